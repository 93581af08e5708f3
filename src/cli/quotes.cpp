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
  Table table() const override { return Table({"id", "speaker", "article", "wording"}); }
  void rows(Table& table, const Json& q) const override {
    const std::string name = text_in(q, "name");
    for (const Json& v : list_in(q, "variants")) {
      table.add(
          {text_in(q, "id"), name.empty() ? "–" : name, text_in(v, "article"), text_in(v, "text")});
    }
  }
  record::Listed listed() const override { return record::Listed::Quotes; }
  pipeline::Upto upto() const override { return pipeline::Upto::Claims; }
  const char* nothing() const override { return "no quotation found in the articles"; }
};

}  // namespace

std::unique_ptr<Command> make_quotes(CLI::App& app) { return std::make_unique<Quotes>(app); }

}  // namespace twosource::cli
