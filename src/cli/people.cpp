#include <set>

#include "cli/list_command.hpp"
#include "text/join.hpp"

namespace twosource::cli {
namespace {

class People final : public ListCommand {
 public:
  explicit People(CLI::App& app)
      : ListCommand(app, "people", "Who occurs, with roles and in how many articles",
                    "  twosource people stack/*.txt\n"
                    "  twosource people --record story.db --json | jq .roles") {}

 protected:
  std::vector<Json> lines(const Dossier& dossier, const DossierWriter& writer) const override {
    std::vector<Json> out;
    for (const CorpusEntity& entity : dossier.entities) {
      if (entity.type == EntityType::Person) out.push_back(writer.person(entity));
    }
    return out;
  }
  Table table() const override { return Table({"id", "name", "mentions", "articles", "roles"}); }
  void rows(Table& table, const Json& p) const override {
    const Json& mentions = list_in(p, "mentions");
    std::set<std::string> articles;
    for (const Json& m : mentions) articles.insert(text_in(m, "article"));
    std::vector<std::string> roles;
    for (const Json& r : list_in(p, "roles")) roles.push_back(text_in(r, "title"));
    table.add({text_in(p, "id"), text_in(p, "name"), std::to_string(mentions.size()),
               std::to_string(articles.size()), joined(roles, ", ")});
  }
  record::Listed listed() const override { return record::Listed::People; }
  const char* nothing() const override { return "no person found in the articles"; }
};

}  // namespace

std::unique_ptr<Command> make_people(CLI::App& app) { return std::make_unique<People>(app); }

}  // namespace twosource::cli
