#include <algorithm>

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
  Table table(const Dossier& dossier) const override {
    Table table({"id", "name", "mentions", "articles", "roles"});
    for (const CorpusEntity& e : dossier.entities) {
      if (e.type != EntityType::Person) continue;
      std::vector<std::uint32_t> articles;
      for (const Evidence& m : e.mentions) articles.push_back(m.article);
      std::sort(articles.begin(), articles.end());
      articles.erase(std::unique(articles.begin(), articles.end()), articles.end());
      std::vector<std::string> roles;
      for (const Role& r : e.roles) roles.push_back(r.title);
      table.add({e.id, e.name, std::to_string(e.mentions.size()), std::to_string(articles.size()),
                 joined(roles, ", ")});
    }
    return table;
  }
  const char* nothing() const override { return "no person found in the articles"; }
};

}  // namespace

std::unique_ptr<Command> make_people(CLI::App& app) { return std::make_unique<People>(app); }

}  // namespace twosource::cli
