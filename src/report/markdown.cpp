#include <fmt/format.h>

#include "report/report.hpp"
#include "report/view.hpp"
#include "text/utf8.hpp"

namespace twosource::report {
namespace {

// Text of articles as literal CommonMark: every character that could begin markup is escaped.
std::string literal(std::string_view text) {
  std::string out;
  for (const char c : utf8::squeeze(text)) {
    if (std::string_view("\\`*_{}[]()#+-!|<>~&").find(c) != std::string_view::npos) {
      out.push_back('\\');
    }
    out.push_back(c);
  }
  return out;
}

class MarkdownReport {
 public:
  MarkdownReport(const Dossier& dossier, const PackSet& packs)
      : d_(dossier), view_(dossier, packs), labels_(view_.labels()) {}

  std::string render() {
    out_ = fmt::format("# {}\n\n{}\n\n", literal(view_.title()), literal(view_.time_span()));
    sources();
    claims();
    timeline();
    quotes();
    people();
    copies();
    out_ += fmt::format("---\n\n{}\n", labels_("note"));
    return std::move(out_);
  }

 private:
  void heading(std::string_view key) { out_ += fmt::format("## {}\n\n", labels_(key)); }

  void sources() {
    heading("sources");
    out_ += fmt::format("| {} | {} | {} | {} |\n| --- | --- | --- | --- |\n", labels_("outlet"),
                        labels_("headline"), labels_("date"), labels_("rests_on"));
    for (std::uint32_t i = 0; i < d_.articles.size(); ++i) {
      const Article& a = d_.articles[i];
      const std::string date =
          a.published.value.empty() ? labels_("unknown_date") : labels_.date(a.published.value);
      out_ += fmt::format("| {} | {} | {} | {} |\n", literal(view_.outlet(i)), literal(a.headline),
                          date, literal(view_.rests_on(i)));
    }
    out_ += "\n";
  }

  void claims() {
    heading("brief");
    const std::vector<ClaimGroup> groups = view_.groups();
    if (groups.empty()) out_ += labels_("no_claims") + "\n\n";
    for (const ClaimGroup& g : groups) {
      out_ += fmt::format("- {}: {}\n", labels_(fmt::format("verdict.{}", to_string(g.verdict))),
                          g.claims.size());
    }
    out_ += "\n";
    for (const ClaimGroup& g : groups) {
      out_ += fmt::format("## {}\n\n", labels_(fmt::format("verdict.{}", to_string(g.verdict))));
      for (const std::uint32_t k : g.claims) claim(d_.claims[k]);
    }
  }

  void claim(const Claim& c) {
    out_ += fmt::format("### {}: {}\n\n{}\n\n", c.id, literal(c.text),
                        labels_.count("origins", c.origins));
    if (!c.why.empty()) out_ += literal(labels_.reason(c.why)) + "\n\n";
    for (const Difference& d : c.differences) {
      out_ += fmt::format("- {}: **{}** ({}) / **{}** ({}), {}\n", literal(view_.slot_name(d.slot)),
                          literal(view_.value_words(c.statements[d.a], d.slot, d.a_value)),
                          literal(view_.outlet(c.statements[d.a].evidence.article)),
                          literal(view_.value_words(c.statements[d.b], d.slot, d.b_value)),
                          literal(view_.outlet(c.statements[d.b].evidence.article)),
                          labels_(fmt::format("relation.{}", to_string(d.relation))));
    }
    for (const Statement& s : c.statements) {
      out_ += fmt::format("- {}, {}: {}\n", literal(view_.outlet(s.evidence.article)),
                          literal(view_.origin_name(s.origin)),
                          literal(d_.articles[s.evidence.article].at(s.evidence.span)));
    }
    out_ += "\n";
  }

  void timeline() {
    if (d_.timeline.empty()) return;
    heading("timeline");
    for (const TimelineEntry& t : d_.timeline) {
      out_ += fmt::format("- **{}** {}\n",
                          t.when.empty() ? labels_("unknown_date") : labels_.date(t.when),
                          literal(t.text));
    }
    out_ += "\n";
  }

  void quotes() {
    if (d_.quotes.empty()) return;
    heading("quotes");
    for (const QuoteGroup& q : d_.quotes) {
      const std::string who = q.speaker < 0 ? labels_("no_speaker")
                                            : d_.entities[static_cast<std::size_t>(q.speaker)].name;
      for (const QuoteVariant& v : q.variants) {
        out_ += fmt::format("- {} ({}): {}\n", literal(who),
                            literal(view_.outlet(v.evidence.article)), literal(v.text));
      }
    }
    out_ += "\n";
  }

  void people() {
    const std::vector<std::uint32_t> list = view_.people();
    if (list.empty()) return;
    heading("people");
    for (const std::uint32_t e : list) {
      const CorpusEntity& p = d_.entities[e];
      out_ += fmt::format("- **{}**", literal(p.name));
      for (const Role& r : p.roles) {
        const std::string dates = view_.role_dates(r);
        out_ += fmt::format("; {}{}", literal(r.title), dates.empty() ? "" : " (" + dates + ")");
      }
      out_ += "\n";
    }
    out_ += "\n";
  }

  void copies() {
    if (d_.copies.empty()) return;
    heading("copies");
    for (const CopyFamily& family : d_.copies) {
      for (const CopyPair& p : family.pairs) {
        out_ +=
            fmt::format("- {} / {}: {}{}\n", literal(view_.outlet(p.a)), literal(view_.outlet(p.b)),
                        labels_.fill("share", fmt::format("{:.0f}", 100 * p.containment)),
                        family.agency.empty() ? "" : ", " + literal(family.agency));
      }
    }
    out_ += "\n";
  }

  const Dossier& d_;
  View view_;
  const Labels& labels_;
  std::string out_;
};

}  // namespace

std::string to_markdown(const Dossier& dossier, const PackSet& packs) {
  return MarkdownReport(dossier, packs).render();
}

}  // namespace twosource::report
