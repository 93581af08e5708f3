#include <fmt/format.h>

#include "cli/list_command.hpp"

namespace twosource::cli {
namespace {

class Copies final : public ListCommand {
 public:
  explicit Copies(CLI::App& app)
      : ListCommand(app, "copies", "Which articles share text, and whose",
                    "  twosource copies stack/*.txt\n"
                    "  twosource copies --record story.db --json | jq .containment") {}

 protected:
  std::vector<Json> lines(const Dossier& dossier, const DossierWriter& writer) const override {
    std::vector<Json> out;
    for (const CopyFamily& family : dossier.copies) {
      for (const CopyPair& pair : family.pairs) out.push_back(writer.copy_pair(family, pair));
    }
    return out;
  }
  Table table(const Dossier& dossier) const override {
    Table table({"family", "a", "b", "agency", "shared", "passages"});
    for (const CopyFamily& family : dossier.copies) {
      for (const CopyPair& p : family.pairs) {
        table.add({family.id, dossier.articles[p.a].id, dossier.articles[p.b].id,
                   family.agency.empty() ? "–" : family.agency,
                   fmt::format("{:.0f} %", 100 * p.containment),
                   std::to_string(p.passages.size())});
      }
    }
    return table;
  }
  pipeline::Upto upto() const override { return pipeline::Upto::Copies; }
  const char* nothing() const override { return "no two articles share text"; }
};

}  // namespace

std::unique_ptr<Command> make_copies(CLI::App& app) { return std::make_unique<Copies>(app); }

}  // namespace twosource::cli
