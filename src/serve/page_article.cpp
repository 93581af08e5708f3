#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "article/json.hpp"
#include "article/shown.hpp"
#include "report/passages.hpp"
#include "serve/page_parts.hpp"
#include "text/join.hpp"

namespace twosource::serve {
namespace {

constexpr std::size_t kBacklinks = 2000;  // claims of one article that lead back from its text
constexpr std::size_t kNames = 24;        // people and bodies named above the text

// One article as people read it.
class ArticlePage {
 public:
  ArticlePage(const PageContext& c, const Article& article, const Json& json)
      : c_(c), a_(article), offsets_(article.text), quoter_(c) {
    for (const Json& s : list_of(json, "sentences")) {
      sentences_.push_back(offsets_.bytes(make_span(number_of(s, "start"), number_of(s, "end"))));
    }
    for (const Quote& q : a_.quotes) {
      if (q.kind != QuoteKind::Direct && q.kind != QuoteKind::Mixed) continue;
      quoted_.insert(quoted_.end(), q.parts.begin(), q.parts.end());
    }
    report::merge_spans(quoted_);
    collect_copies();
    collect_claims();
  }

  void fill(Data& page) {
    const ArticleName& name = quoter_.article(a_.id);
    page.set("id", a_.id);
    page.set("outlet", name.outlet);
    page.set("date", date_words(c_, a_.published.value));
    page.set("authors", joined(a_.authors, ", "));
    const bool web = a_.url.starts_with("https://") || a_.url.starts_with("http://");
    page.set("url", web ? a_.url : std::string());
    page.set("text_language", a_.language.empty() ? c_.skin.language() : a_.language);
    page.set("paragraphs", paragraphs());
    page.set("furniture", furniture());
    page.set("furniture_count", std::to_string(a_.furniture.size()));
    page.set("credits", credits());
    page.set("has_copies", Data(copies_.shown()));
    page.set("copies", copies_);
    page.set("entities", entities());
    page.set("events", events());
    page.set("claims_count", c_.skin.labels().count("claims_count", claims_));
  }

 private:
  Span bytes(const Json& span) const {
    return offsets_.bytes(make_span(number_of(span, "start"), number_of(span, "end")));
  }
  std::size_t sentence_at(std::uint32_t byte) const {
    return static_cast<std::size_t>(std::partition_point(sentences_.begin(), sentences_.end(),
                                                         [&](Span s) { return s.end <= byte; }) -
                                    sentences_.begin());
  }

  void collect_copies() {
    for (const Json& pair : parsed(c_.store.copies_of(a_.id))) {
      const bool first = text_of(pair, "a") == a_.id;
      for (const Json& p : list_of(pair, "passages")) {
        if (const auto it = p.find(first ? "a" : "b"); it != p.end()) copied_.push_back(bytes(*it));
      }
      Data item = quoter_.named(text_of(pair, first ? "b" : "a"));
      item.set("family_href", link("copies", text_of(pair, "family")));
      const auto share = pair.find("containment");
      const double percent =
          share != pair.end() && share->is_number() ? 100 * share->get<double>() : 0;
      item.set("share", c_.skin.labels().fill("share", fmt::format("{:.0f}", percent)));
      const std::string original = text_of(pair, "original");
      if (!original.empty()) {
        item.set("original", quoter_.article(text_of(pair, original.c_str())).outlet);
      }
      item.set("why", c_.skin.labels().reason(text_of(pair, "why")));
      copies_.push_back(std::move(item));
    }
    report::merge_spans(copied_);
  }

  void collect_claims() {
    Filter filter;
    filter.article = a_.id;
    const Listing all = c_.store.list(Kind::Claims, filter, 0, kBacklinks);
    claims_ = all.total;
    for (const Json& claim : parsed(all.items)) {
      for (const Json& s : list_of(claim, "statements")) {
        if (text_of(s, "article") != a_.id) continue;
        const std::size_t sentence = sentence_at(bytes(s).begin);
        backlinks_[sentence].emplace(text_of(claim, "id"), text_of(claim, "verdict"));
      }
    }
  }

  Data paragraphs() const {
    Data out = Data::list();
    std::size_t next = 0;
    for (const Paragraph& p : a_.paragraphs) {
      Data paragraph;
      paragraph.set("kind", to_string(p.kind));
      paragraph.set("form", to_string(p.form));
      Data sentences = Data::list();
      while (next < sentences_.size() && sentences_[next].begin < p.span.end) {
        sentences.push_back(sentence(next));
        ++next;
      }
      paragraph.set("sentences", std::move(sentences));
      out.push_back(std::move(paragraph));
    }
    return out;
  }

  Data sentence(std::size_t index) const {
    Data out;
    out.set("id", fmt::format("s{}", index + 1));
    Data segments = Data::list();
    for (const report::Segment& s : report::segments_of(sentences_[index], copied_, quoted_)) {
      Data segment;
      segment.set("text", a_.at(s.span));
      segment.set("copied", Data(s.copied));
      segment.set("quoted", Data(s.quoted));
      segments.push_back(std::move(segment));
    }
    out.set("segments", std::move(segments));
    Data back = Data::list();
    if (const auto it = backlinks_.find(index); it != backlinks_.end()) {
      for (const auto& [id, verdict] : it->second) {
        Data item;
        item.set("id", id);
        item.set("href", link("claims", id));
        item.set("verdict", verdict);
        item.set("verdict_name", c_.skin.labels()("verdict." + verdict));
        back.push_back(std::move(item));
      }
    }
    out.set("marked", Data(back.shown()));
    out.set("backlinks", std::move(back));
    return out;
  }

  Data furniture() const {
    Data out = Data::list();
    for (const Furniture& f : a_.furniture) {
      Data item;
      item.set("kind", c_.skin.labels()(fmt::format("furniture.{}", to_string(f.kind))));
      item.set("text", f.text);
      out.push_back(std::move(item));
    }
    return out;
  }

  std::string credits() const {
    std::vector<std::string> names;
    for (const AgencyCredit& credit : a_.agencies) {
      const bool known = std::find(names.begin(), names.end(), credit.name) != names.end();
      if (credit.kind == AgencyKind::Text && !known) names.push_back(credit.name);
    }
    return joined(names, ", ");
  }

  // Those mentioned most.
  Data entities() const {
    std::vector<std::size_t> count(a_.entities.size());
    for (const Mention& m : a_.mentions) {
      if (m.entity < count.size()) ++count[m.entity];
    }
    std::vector<std::size_t> order(count.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t x, std::size_t y) { return count[x] > count[y]; });
    Data out = Data::list();
    for (std::size_t i = 0; i < std::min(order.size(), kNames); ++i) {
      Data item;
      item.set("name", a_.entities[order[i]].name);
      item.set("roles", joined(a_.entities[order[i]].roles, ", "));
      out.push_back(std::move(item));
    }
    return out;
  }

  Data events() const {
    Filter filter;
    filter.article = a_.id;
    Data out = Data::list();
    for (const Json& event : parsed(c_.store.list(Kind::Events, filter, 0, kPageItems).items)) {
      Data item;
      item.set("href", link("events", text_of(event, "id")));
      item.set("label", text_of(event, "label"));
      item.set("when", date_words(c_, text_of(event, "when")));
      out.push_back(std::move(item));
    }
    return out;
  }

  const PageContext& c_;
  const Article& a_;
  utf8::OffsetIndex offsets_;
  Quoter quoter_;
  std::vector<Span> sentences_;
  std::vector<Span> copied_;
  std::vector<Span> quoted_;
  std::map<std::size_t, std::set<std::pair<std::string, std::string>>> backlinks_;
  Data copies_ = Data::list();
  std::size_t claims_ = 0;
};

}  // namespace

Page article_page(const PageContext& c, const std::string& id) {
  const auto text = c.store.json(Kind::Articles, id);
  if (!text) return std::nullopt;
  const Json json = parsed(*text);
  const Result<Article> article = article_from_json(json);
  if (!article) throw IoError("article cannot be read: " + article.error().describe());
  Filter filter;
  filter.article = id;
  const Listing events = c.store.list(Kind::Events, filter, 0, 1);
  Data page = page_data(c, article->headline.empty() ? id : article->headline, "sources",
                        events.items.empty() ? "/" : link("events", events.items[0].id));
  ArticlePage(c, *article, json).fill(page);
  return c.skin.render("article", page);
}

}  // namespace twosource::serve
