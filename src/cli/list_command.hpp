#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "article/json.hpp"
#include "cli/command.hpp"
#include "cli/options.hpp"
#include "cli/table.hpp"

namespace twosource::cli {

// A command that lists one kind of finding: JSON Lines with --json, a table without.
class ListCommand : public Command {
 public:
  ListCommand(CLI::App& app, const char* name, const char* what, const char* examples);
  [[nodiscard]] ExitCode run(const Env& env) final;

 protected:
  // What --json prints, one object a line, in the order of the dossier.
  [[nodiscard]] virtual std::vector<Json> lines(const Dossier& dossier,
                                                const DossierWriter& writer) const = 0;
  [[nodiscard]] virtual Table table(const Dossier& dossier) const = 0;
  // How much of the corpus half the findings need.
  [[nodiscard]] virtual pipeline::Upto upto() const { return pipeline::Upto::Stories; }
  // Said on standard error when there is nothing to list ("no two articles share text").
  [[nodiscard]] virtual const char* nothing() const = 0;

 private:
  CorpusOptions options_;
  bool json_ = false;
  std::string output_;
};

// Ids of articles, joined with blanks.
[[nodiscard]] std::string article_ids(const Dossier& dossier,
                                      const std::vector<std::uint32_t>& articles);
// Name of an entity, "–" for none.
[[nodiscard]] std::string entity_name(const Dossier& dossier, std::int32_t entity);

}  // namespace twosource::cli
