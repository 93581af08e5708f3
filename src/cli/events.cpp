#include <algorithm>

#include "cli/list_command.hpp"

namespace twosource::cli {
namespace {

class Events final : public ListCommand {
 public:
  explicit Events(CLI::App& app)
      : ListCommand(app, "events", "What happened, when, where, and which articles tell it",
                    "  twosource events stack/*.txt\n"
                    "  twosource events --record story.db --json | jq .label") {}

 private:
  // The first two names.
  static std::string who(const Json& event) {
    constexpr std::size_t kNames = 2;
    const Json& names = list_in(event, "names");
    std::string out;
    for (std::size_t i = 0; i < std::min(names.size(), kNames); ++i) {
      if (names[i].is_string()) out += (i > 0 ? ", " : "") + names[i].get<std::string>();
    }
    return names.size() > kNames ? out + " …" : out;
  }

 protected:
  std::vector<Json> lines(const Dossier& dossier, const DossierWriter& writer) const override {
    std::vector<Json> out;
    for (const Event& event : dossier.events) out.push_back(writer.event(event));
    return out;
  }
  Table table() const override {
    return Table({"id", "when", "where", "who", "type", "what", "articles"});
  }
  void rows(Table& table, const Json& e) const override {
    const std::string when = text_in(e, "when");
    table.add({text_in(e, "id"), when.empty() ? "?" : when, joined_texts(list_in(e, "where"), ", "),
               who(e), text_in(e, "type"), text_in(e, "label"),
               joined_texts(list_in(e, "articles"), " ")});
  }
  record::Listed listed() const override { return record::Listed::Events; }
  const char* nothing() const override { return "no event found in the articles"; }
};

}  // namespace

std::unique_ptr<Command> make_events(CLI::App& app) { return std::make_unique<Events>(app); }

}  // namespace twosource::cli
