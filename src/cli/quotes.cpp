#include <fmt/format.h>

#include "cli/list_command.hpp"

namespace twosource::cli {
namespace {

class Quotes final : public ListCommand {
 public:
  explicit Quotes(CLI::App& app)
      : ListCommand(app, "quotes", "Who said what, in which wordings",
                    "  twosource quotes stack/*.txt\n"
                    "  twosource quotes --record story.db --json | jq .variants") {}

 protected:
  std::vector<Json> lines(const Dossier& dossier, const DossierWriter& writer) const override {
    std::vector<Json> out;
    for (const QuoteGroup& group : dossier.quotes) out.push_back(writer.quote_group(group));
    return out;
  }
  Table table(const Dossier& dossier) const override {
    Table table({"id", "speaker", "article", "wording"});
    for (const QuoteGroup& group : dossier.quotes) {
      for (const QuoteVariant& v : group.variants) {
        table.add({group.id, entity_name(dossier, group.speaker),
                   dossier.articles[v.evidence.article].id, v.text});
      }
    }
    return table;
  }
  pipeline::Upto upto() const override { return pipeline::Upto::Claims; }
  const char* nothing() const override { return "no quotation found in the articles"; }
};

}  // namespace

std::unique_ptr<Command> make_quotes(CLI::App& app) { return std::make_unique<Quotes>(app); }

}  // namespace twosource::cli
