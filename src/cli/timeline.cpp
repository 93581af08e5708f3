#include <fmt/format.h>

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
  Table table(const Dossier& dossier) const override {
    Table table({"when", "event", "articles", "what"});
    for (const TimelineEntry& t : dossier.timeline) {
      std::vector<std::uint32_t> articles;
      for (const Evidence& e : t.evidence) {
        if (articles.empty() || articles.back() != e.article) articles.push_back(e.article);
      }
      table.add({t.when.empty() ? "?" : t.when,
                 t.event < 0 ? "–" : dossier.events[static_cast<std::size_t>(t.event)].id,
                 article_ids(dossier, articles), t.text});
    }
    return table;
  }
  const char* nothing() const override { return "no dated happening found in the articles"; }
};

}  // namespace

std::unique_ptr<Command> make_timeline(CLI::App& app) { return std::make_unique<Timeline>(app); }

}  // namespace twosource::cli
