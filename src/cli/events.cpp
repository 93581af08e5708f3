#include "cli/list_command.hpp"

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
  Table table() const override { return Table({"id", "when", "where", "what", "articles"}); }
  void rows(Table& table, const Json& e) const override {
    const std::string when = text_in(e, "when");
    table.add({text_in(e, "id"), when.empty() ? "?" : when, joined_texts(list_in(e, "where"), ", "),
               text_in(e, "label"), joined_texts(list_in(e, "articles"), " ")});
  }
  record::Listed listed() const override { return record::Listed::Events; }
  const char* nothing() const override { return "no event found in the articles"; }
};

}  // namespace

std::unique_ptr<Command> make_events(CLI::App& app) { return std::make_unique<Events>(app); }

}  // namespace twosource::cli
