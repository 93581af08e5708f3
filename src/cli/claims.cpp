#include <fmt/format.h>

#include "cli/list_command.hpp"

namespace twosource::cli {
namespace {

// "PT2H15M / PT2H16M" of the first difference that contradicts.
std::string differing(const Json& claim) {
  for (const Json& d : list_in(claim, "differences")) {
    if (text_in(d, "relation") != "different") continue;
    return fmt::format("{} / {}", text_in(d.value("a", Json::object()), "value"),
                       text_in(d.value("b", Json::object()), "value"));
  }
  return {};
}

class Claims final : public ListCommand {
 public:
  explicit Claims(CLI::App& app)
      : ListCommand(app, "claims",
                    "What is claimed, by how many independent origins, and what contradicts it",
                    "  twosource claims stack/*.txt\n"
                    "  twosource claims --record story.db --json | jq -r .verdict") {}

 protected:
  std::vector<Json> lines(const Dossier& dossier, const DossierWriter& writer) const override {
    std::vector<Json> out;
    for (const Claim& claim : dossier.claims) out.push_back(writer.claim(claim));
    return out;
  }
  Table table() const override {
    return Table({"id", "verdict", "origins", "articles", "differs", "claim"});
  }
  void rows(Table& table, const Json& c) const override {
    table.add({text_in(c, "id"), text_in(c, "verdict"), std::to_string(c.value("origins", 0U)),
               joined_texts(list_in(c, "statements"), " ", "article"), differing(c),
               text_in(c, "text")});
  }
  record::Listed listed() const override { return record::Listed::Claims; }
  pipeline::Upto upto() const override { return pipeline::Upto::Claims; }
  const char* nothing() const override { return "no claim found that could be compared"; }
};

}  // namespace

std::unique_ptr<Command> make_claims(CLI::App& app) { return std::make_unique<Claims>(app); }

}  // namespace twosource::cli
