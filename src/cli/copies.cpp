#include <fmt/format.h>

#include "cli/list_command.hpp"

namespace twosource::cli {
namespace {

class Copies final : public ListCommand {
 public:
  explicit Copies(CLI::App& app)
      : ListCommand(app, "copies", "Which articles share text, and whose",
                    "  twosource copies stack/*.txt\n"
                    "  twosource copies --record story.db --json | jq .containment") {}

 private:
  static std::string reworded(const Json& pair) {
    const std::size_t n = list_in(pair, "reworked").size();
    return n == 0 ? "–" : std::to_string(n);
  }
  static std::string original(const Json& pair) {
    if (pair.value("revision", false)) return "(versions of one article)";
    const std::string side = text_in(pair, "original");
    return side.empty() ? "–" : text_in(pair, side.c_str());
  }

 protected:
  std::vector<Json> lines(const Dossier& dossier, const DossierWriter& writer) const override {
    std::vector<Json> out;
    for (const CopyFamily& family : dossier.copies) {
      for (const CopyPair& pair : family.pairs) out.push_back(writer.copy_pair(family, pair));
    }
    return out;
  }
  Table table() const override {
    return Table({"family", "a", "b", "agency", "shared", "passages", "reworded", "original"});
  }
  void rows(Table& table, const Json& p) const override {
    const std::string agency = text_in(p, "agency");
    table.add({text_in(p, "family"), text_in(p, "a"), text_in(p, "b"),
               agency.empty() ? "–" : agency,
               fmt::format("{:.0f} %", 100 * p.value("containment", 0.0)),
               std::to_string(list_in(p, "passages").size()), reworded(p), original(p)});
  }
  record::Listed listed() const override { return record::Listed::Copies; }
  pipeline::Upto upto() const override { return pipeline::Upto::Copies; }
  const char* nothing() const override { return "no two articles share text"; }
};

}  // namespace

std::unique_ptr<Command> make_copies(CLI::App& app) { return std::make_unique<Copies>(app); }

}  // namespace twosource::cli
