#pragma once

#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "article/json.hpp"
#include "cli/command.hpp"
#include "cli/options.hpp"
#include "cli/table.hpp"
#include "record/stored.hpp"

namespace twosource::cli {

// A command that lists one kind of finding: JSON Lines with --json, a table without. Of a record
// whose findings are up to date it reads them as they are stored; else it cross-checks.
class ListCommand : public Command {
 public:
  ListCommand(CLI::App& app, const char* name, const char* what, const char* examples);
  [[nodiscard]] ExitCode run(const Env& env) final;

 protected:
  // What --json prints, one object a line, in the order of the dossier.
  [[nodiscard]] virtual std::vector<Json> lines(const Dossier& dossier,
                                                const DossierWriter& writer) const = 0;
  // The table without rows, and the row or rows of one such line.
  [[nodiscard]] virtual Table table() const = 0;
  virtual void rows(Table& table, const Json& line) const = 0;
  [[nodiscard]] virtual record::Listed listed() const = 0;
  // How much of the corpus half the findings need.
  [[nodiscard]] virtual pipeline::Upto upto() const { return pipeline::Upto::Stories; }
  // Said on standard error when there is nothing to list ("no two articles share text").
  [[nodiscard]] virtual const char* nothing() const = 0;

 private:
  // Cross-checks; the number of articles.
  std::size_t from_articles(const Env& env, Talk& talk,
                            const std::function<void(std::string_view)>& each);
  CorpusOptions options_;
  bool json_ = false;
  std::string output_;
};

// Ids of articles, joined with blanks.
[[nodiscard]] std::string article_ids(const Dossier& dossier,
                                      const std::vector<std::uint32_t>& articles);
// A member that is a text; "" when it is null or missing.
[[nodiscard]] std::string text_in(const Json& json, const char* key);
// A member that is a list; an empty one when it is missing.
[[nodiscard]] const Json& list_in(const Json& json, const char* key);
// Texts of a list, joined; of a list of objects the member `key` of each, one that is repeated at
// once only once.
[[nodiscard]] std::string joined_texts(const Json& list, const char* glue,
                                       const char* key = nullptr);

}  // namespace twosource::cli
