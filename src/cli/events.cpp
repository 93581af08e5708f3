#include "cli/list_command.hpp"
#include "text/join.hpp"

namespace twosource::cli {
namespace {

class Events final : public ListCommand {
 public:
  explicit Events(CLI::App& app)
      : ListCommand(app, "events", "What happened, when, where, and which articles tell it",
                    "  twosource events stack/*.txt\n"
                    "  twosource events --record story.db --json | jq .label") {}

 protected:
  std::vector<Json> lines(const Dossier& dossier, const DossierWriter& writer) const override {
    std::vector<Json> out;
    for (const Event& event : dossier.events) out.push_back(writer.event(event));
    return out;
  }
  Table table(const Dossier& dossier) const override {
    Table table({"id", "when", "where", "what", "articles"});
    for (const Event& e : dossier.events) {
      table.add({e.id, e.when.empty() ? "?" : e.when, joined(e.where, ", "), e.label,
                 article_ids(dossier, e.articles)});
    }
    return table;
  }
  const char* nothing() const override { return "no event found in the articles"; }
};

}  // namespace

std::unique_ptr<Command> make_events(CLI::App& app) { return std::make_unique<Events>(app); }

}  // namespace twosource::cli
