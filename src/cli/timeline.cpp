#include "cli/list_command.hpp"

namespace twosource::cli {
namespace {

class Timeline final : public ListCommand {
 public:
  explicit Timeline(CLI::App& app)
      : ListCommand(app, "timeline", "What happened in order of time",
                    "  twosource timeline stack/*.txt\n"
                    "  twosource timeline --record story.db --json | jq -r .when") {}

 protected:
  std::vector<Json> lines(const Dossier& dossier, const DossierWriter& writer) const override {
    std::vector<Json> out;
    for (const TimelineEntry& entry : dossier.timeline) {
      out.push_back(writer.timeline_entry(entry));
    }
    return out;
  }
  Table table() const override { return Table({"when", "event", "articles", "what"}); }
  void rows(Table& table, const Json& t) const override {
    const std::string when = text_in(t, "when");
    const std::string event = text_in(t, "event");
    table.add({when.empty() ? "?" : when, event.empty() ? "–" : event,
               joined_texts(list_in(t, "evidence"), " ", "article"), text_in(t, "text")});
  }
  record::Listed listed() const override { return record::Listed::Timeline; }
  const char* nothing() const override { return "no dated happening found in the articles"; }
};

}  // namespace

std::unique_ptr<Command> make_timeline(CLI::App& app) { return std::make_unique<Timeline>(app); }

}  // namespace twosource::cli
