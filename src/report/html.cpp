#include <fmt/format.h>

#include <algorithm>

#include "report/drawings.hpp"
#include "report/html_timeline.hpp"
#include "report/page_parts.hpp"
#include "report/passages.hpp"
#include "report/report.hpp"
#include "report/template.hpp"
#include "report/view.hpp"
#include "text/join.hpp"
#include "text/utf8.hpp"

namespace twosource::report {
namespace {

class HtmlReport {
 public:
  HtmlReport(const Dossier& dossier, const PackSet& packs)
      : d_(dossier), view_(dossier, packs), labels_(view_.labels()), passages_(dossier) {}

  std::string render() {
    Data page;
    page.set("language", view_.language());
    page.set("version", std::string(kVersion));
    page.set("style", Data::markup(std::string(style_sheet())));
    page.set("style_hash", Data::markup(std::string(kStyleHash)));
    page.set("title", view_.title());
    page.set("time_span", view_.time_span());
    page.set("source_count", labels_.count("articles", d_.articles.size()));
    page.set("statement_note", labels_.count("claims_count", d_.claims.size()));
    collect_backlinks();
    page.set("articles", articles());
    page.set("verdicts", verdicts());
    section(page, "timeline", timeline_rows(view_));
    page.set("timeline_picture", Data::markup(timeline_drawing(view_)));
    page.set("column_groups", column_groups());
    page.set("columns", column_list());
    page.set("groups", claim_groups());
    section(page, "speakers", speakers(), "has_quotes");
    section(page, "people", people());
    section(page, "families", families(), "has_copies");
    page.set("copies_picture", Data::markup(copies_drawing(view_)));
    return Template(page_template(), [this](std::string_view key) { return labels_(key); })
        .render(page);
  }

 private:
  static void section(Data& page, const std::string& key, Data list, const std::string& flag = {}) {
    page.set(flag.empty() ? "has_" + key : flag, Data(list.shown()));
    page.set(key, std::move(list));
  }
  std::string date(const std::string& edtf) const {
    return edtf.empty() ? labels_("unknown_date") : labels_.date(edtf);
  }
  static Data list() { return Data::list(); }

  // Which claims, utterances … a sentence is evidence of: the way back from the text.
  void collect_backlinks() {
    for (const Claim& c : d_.claims) {
      for (const Statement& s : c.statements)
        backlinks_[view_.sentence_anchor(s.evidence)].insert(c.id);
    }
    for (const QuoteGroup& q : d_.quotes) {
      if (q.variants.size() < 2) continue;
      for (const QuoteVariant& v : q.variants) {
        backlinks_[view_.sentence_anchor(v.evidence)].insert(q.id);
      }
    }
  }

  Data articles() {
    Data out = list();
    for (std::uint32_t i = 0; i < d_.articles.size(); ++i) {
      const Article& a = d_.articles[i];
      Data item;
      item.set("anchor", View::article_anchor(i));
      item.set("outlet", view_.outlet(i));
      item.set("headline", view_.headline(i));
      item.set("date", date(a.published.value));
      item.set("rests_on", view_.rests_on(i));
      item.set("authors", joined(a.authors, ", "));
      item.set("url", View::safe_url(a.url));
      item.set("language", a.language.empty() ? view_.language() : a.language);
      item.set("paragraphs", paragraphs(i));
      Data furniture = list();
      for (const Furniture& f : a.furniture) {
        Data piece;
        piece.set("kind", labels_(fmt::format("furniture.{}", to_string(f.kind))));
        piece.set("text", f.text);
        furniture.push_back(piece);
      }
      item.set("furniture_count", std::to_string(a.furniture.size()));
      section(item, "furniture", furniture);
      out.push_back(item);
    }
    return out;
  }

  Data paragraphs(std::uint32_t article) {
    const Article& a = d_.articles[article];
    Data out = list();
    std::size_t next = 0;
    for (std::size_t p = 0; p < a.paragraphs.size(); ++p) {
      Data paragraph;
      paragraph.set("kind", std::string(to_string(a.paragraphs[p].kind)));
      paragraph.set("form", std::string(to_string(a.paragraphs[p].form)));
      Data sentences = list();
      while (next < a.tokens.sentences.size() && a.tokens.sentences[next].paragraph <= p) {
        sentences.push_back(sentence(article, next));
        ++next;
      }
      paragraph.set("sentences", sentences);
      out.push_back(paragraph);
    }
    return out;
  }

  Data sentence(std::uint32_t article, std::size_t index) {
    const Article& a = d_.articles[article];
    const std::string id = fmt::format("a{}-s{}", article + 1, index + 1);
    Data out;
    out.set("id", id);
    Data segments = list();
    for (const Segment& s : passages_.segments(article, a.tokens.sentences[index].span)) {
      Data segment;
      segment.set("text", std::string(a.at(s.span)));
      segment.set("copied", Data(s.copied));
      segment.set("quoted", Data(s.quoted));
      segments.push_back(segment);
    }
    out.set("segments", segments);
    Data back = list();
    if (const auto it = backlinks_.find(id); it != backlinks_.end()) {
      for (const std::string& target : it->second) {
        Data link;
        link.set("id", target);
        back.push_back(link);
      }
    }
    out.set("backlinks", back);
    return out;
  }

  Data verdicts() const {
    Data out = list();
    for (const ClaimGroup& group : view_.groups()) {
      const std::string verdict(to_string(group.verdict));
      Data item;
      item.set("verdict", verdict);
      item.set("count", std::to_string(group.claims.size()));
      item.set("name", labels_("verdict." + verdict));
      out.push_back(item);
    }
    return out;
  }

  void link(Data& item, const Evidence& e, const std::string& prefix = {}) const {
    item.set(prefix + "href", view_.sentence_anchor(e));
    item.set(prefix + "outlet", view_.outlet(e.article));
  }

  Data column_list() const {
    Data out = list();
    for (const Column& c : view_.columns()) {
      Data item;
      item.set("anchor", View::article_anchor(c.article));
      item.set("outlet", view_.outlet(c.article));
      out.push_back(item);
    }
    return out;
  }

  Data column_groups() const {
    Data out = list();
    const std::vector<Column> columns = view_.columns();
    for (std::size_t i = 0; i < columns.size();) {
      std::size_t n = i;
      while (n < columns.size() && columns[n].group == columns[i].group) ++n;
      Data item;
      item.set("name", columns[i].group);
      item.set("span", std::to_string(n - i));
      out.push_back(item);
      i = n;
    }
    return out;
  }

  Data claim_groups() const {
    Data out = list();
    for (const ClaimGroup& group : view_.groups()) {
      const std::string verdict(to_string(group.verdict));
      Data item;
      item.set("verdict", verdict);
      item.set("name", labels_("verdict." + verdict));
      item.set("explanation", labels_("explain." + verdict));
      Data claims = list();
      for (const std::uint32_t k : group.claims) claims.push_back(claim(d_.claims[k]));
      item.set("claims", claims);
      out.push_back(item);
    }
    return out;
  }

  Data claim(const Claim& c) const {
    Data out;
    out.set("id", c.id);
    out.set("verdict", std::string(to_string(c.verdict)));
    out.set("text", utf8::squeeze(c.text));
    out.set("origins", labels_.count("origins", c.origins));
    out.set("why", labels_.reason(c.why));
    Data statements = list();
    for (const Statement& s : c.statements) statements.push_back(statement(s));
    out.set("statements", statements);
    Data differences = list();
    for (const Difference& d : c.differences) differences.push_back(difference(c, d));
    out.set("differences", differences);
    Data cells = list();
    for (const Column& column : view_.columns()) {
      const Cell cell = view_.cell(c, column.article);
      Data item;
      item.set("state", std::string(css_class(cell.state)));
      item.set("sign", std::string(sign(cell.state)));
      item.set("outlet", view_.outlet(column.article));
      item.set("hidden", Data(cell.words.empty()));
      const bool copies = cell.state == CellState::Copies;
      item.set("words", cell.words.empty() ? labels_(copies ? "copies_cell" : css_class(cell.state))
                                           : cell.words);
      cells.push_back(item);
    }
    out.set("cells", cells);
    return out;
  }

  Data statement(const Statement& s) const {
    Data item;
    item.set("text", utf8::squeeze(d_.articles[s.evidence.article].at(s.evidence.span)));
    link(item, s.evidence);
    item.set("origin", view_.origin_name(s.origin));
    item.set("speaker",
             s.speaker < 0 ? std::string() : d_.entities[static_cast<std::size_t>(s.speaker)].name);
    item.set("via", joined(s.via, ", "));
    return item;
  }

  Data difference(const Claim& c, const Difference& d) const {
    Data item;
    item.set("slot", view_.slot_name(d.slot));
    item.set("relation", std::string(to_string(d.relation)));
    item.set("relation_name", labels_(fmt::format("relation.{}", to_string(d.relation))));
    item.set("sign", std::string(d.relation == Relation::Compatible ? "≈" : "≠"));
    item.set("a_words", view_.value_words(c.statements[d.a], d.slot, d.a_value));
    item.set("b_words", view_.value_words(c.statements[d.b], d.slot, d.b_value));
    link(item, c.statements[d.a].evidence, "a_");
    link(item, c.statements[d.b].evidence, "b_");
    return item;
  }

  Data speakers() const {
    Data out = list();
    std::map<std::int32_t, std::vector<const QuoteGroup*>> by_speaker;
    for (const QuoteGroup& q : d_.quotes) by_speaker[q.speaker].push_back(&q);
    std::vector<std::int32_t> order;
    for (const auto& [speaker, groups] : by_speaker) order.push_back(speaker);
    std::stable_sort(order.begin(), order.end(), [&](std::int32_t x, std::int32_t y) {
      if ((x < 0) != (y < 0)) return y < 0;  // unknown speakers last
      return by_speaker[x].size() > by_speaker[y].size();
    });
    for (const std::int32_t speaker : order) {
      Data item;
      item.set("name", speaker < 0 ? labels_("no_speaker")
                                   : d_.entities[static_cast<std::size_t>(speaker)].name);
      Data utterances = list();
      auto groups = by_speaker[speaker];
      std::stable_sort(groups.begin(), groups.end(), [](const QuoteGroup* x, const QuoteGroup* y) {
        return x->variants.size() > y->variants.size();
      });
      for (const QuoteGroup* q : groups) utterances.push_back(utterance(*q));
      item.set("utterances", utterances);
      out.push_back(item);
    }
    return out;
  }

  Data utterance(const QuoteGroup& q) const {
    Data item;
    item.set("id", q.id);
    Data variants = list();
    for (const QuoteVariant& v : q.variants) {
      Data variant;
      variant.set("text", utf8::squeeze(v.text));
      link(variant, v.evidence);
      variants.push_back(variant);
    }
    item.set("variants", variants);
    return item;
  }

  Data people() const {
    Data out = list();
    for (const std::uint32_t e : view_.people()) {
      const CorpusEntity& person = d_.entities[e];
      Data item;
      item.set("id", person.id);
      item.set("name", person.name);
      item.set("aliases", joined(person.aliases, ", "));
      item.set("mentions", labels_.count("mentions", person.mentions.size()));
      Data roles = list();
      for (const Role& r : person.roles) {
        Data role;
        role.set("title", r.title);
        role.set("dates", view_.role_dates(r));
        role.set("href",
                 r.evidence.empty() ? std::string() : view_.sentence_anchor(r.evidence.front()));
        roles.push_back(role);
      }
      section(item, "roles", roles);
      out.push_back(item);
    }
    return out;
  }

  Data families() const {
    Data out = list();
    for (const CopyFamily& family : d_.copies) {
      Data item;
      item.set("id", family.id);
      item.set("name", family.agency.empty() ? labels_.fill("family", family.id) : family.agency);
      Data pairs = list();
      for (const CopyPair& p : family.pairs) pairs.push_back(copy_pair(p));
      item.set("pairs", pairs);
      out.push_back(item);
    }
    return out;
  }

  Data copy_pair(const CopyPair& p) const {
    Data item;
    item.set("a_anchor", View::article_anchor(p.a));
    item.set("b_anchor", View::article_anchor(p.b));
    item.set("a_outlet", view_.outlet(p.a));
    item.set("b_outlet", view_.outlet(p.b));
    item.set("share", labels_.fill("share", fmt::format("{:.0f}", 100 * p.containment)));
    item.set("original",
             p.original < 0 ? std::string() : view_.outlet(static_cast<std::uint32_t>(p.original)));
    item.set("revision", Data(p.revision));
    Data passages = list();
    for (const Passage& passage : p.passages) {
      Data row;
      row.set("a_text", utf8::squeeze(d_.articles[p.a].at(passage.a)));
      row.set("b_text", utf8::squeeze(d_.articles[p.b].at(passage.b)));
      row.set("a_href", view_.sentence_anchor({p.a, passage.a}));
      row.set("b_href", view_.sentence_anchor({p.b, passage.b}));
      passages.push_back(row);
    }
    item.set("passages", passages);
    return item;
  }

  const Dossier& d_;
  View view_;
  const Labels& labels_;
  PassageIndex passages_;
  std::map<std::string, std::set<std::string>> backlinks_;
};

}  // namespace

std::string to_html(const Dossier& dossier, const PackSet& packs) {
  return HtmlReport(dossier, packs).render();
}

}  // namespace twosource::report
