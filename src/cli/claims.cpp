#include <fmt/format.h>

#include "cli/list_command.hpp"

namespace twosource::cli {
namespace {

// "PT2H15M / PT2H16M" of the first difference that contradicts.
std::string differing(const Claim& claim) {
  for (const Difference& d : claim.differences) {
    if (d.relation == Relation::Different) return fmt::format("{} / {}", d.a_value, d.b_value);
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
  Table table(const Dossier& dossier) const override {
    Table table({"id", "verdict", "origins", "articles", "differs", "claim"});
    for (const Claim& c : dossier.claims) {
      std::vector<std::uint32_t> articles;
      for (const Statement& s : c.statements) {
        if (articles.empty() || articles.back() != s.evidence.article) {
          articles.push_back(s.evidence.article);
        }
      }
      table.add({c.id, std::string(to_string(c.verdict)), std::to_string(c.origins),
                 article_ids(dossier, articles), differing(c), c.text});
    }
    return table;
  }
  pipeline::Upto upto() const override { return pipeline::Upto::Claims; }
  const char* nothing() const override { return "no claim found that could be compared"; }
};

}  // namespace

std::unique_ptr<Command> make_claims(CLI::App& app) { return std::make_unique<Claims>(app); }

}  // namespace twosource::cli
