#include <fmt/format.h>

#include "article/edtf.hpp"
#include "record/search.hpp"
#include "serve/page_parts.hpp"

namespace twosource::serve {
namespace {

constexpr unsigned kFindings = 8;  // claims and events shown beside the articles

// The sentence in pieces, those that match marked.
Data pieces(const record::SearchSentence& s) {
  const utf8::OffsetIndex offsets(s.text);
  Data out = Data::list();
  std::uint32_t at = 0;
  const auto add = [&](Span span, bool match) {
    if (span.empty()) return;
    Data piece;
    piece.set("text", slice(s.text, span));
    piece.set("match", Data(match));
    out.push_back(std::move(piece));
  };
  for (const Span m : s.matches) {
    const Span span = offsets.bytes({m.begin - s.place.begin, m.end - s.place.begin});
    add({at, span.begin}, false);
    add(span, true);
    at = span.end;
  }
  add(make_span(at, s.text.size()), false);
  return out;
}

Data article_hit(Quoter& quoter, const record::ArticleHit& hit) {
  Data item = quoter.named(hit.id);
  Data sentences = Data::list();
  for (const record::SearchSentence& s : hit.sentences) {
    Json evidence;
    evidence["article"] = hit.id;
    evidence["start"] = s.place.begin;
    evidence["end"] = s.place.end;
    Data sentence;
    sentence.set("href", quoter.address(evidence));
    sentence.set("pieces", pieces(s));
    sentences.push_back(std::move(sentence));
  }
  item.set("sentences", std::move(sentences));
  return item;
}

Data findings(const PageContext& c, const std::vector<record::FindingHit>& hits,
              std::string_view folder) {
  Data out = Data::list();
  for (const record::FindingHit& hit : hits) {
    Data item;
    item.set("href", link(folder, hit.id));
    item.set("text", utf8::squeeze(hit.text));
    const bool claim = folder == "claims";
    item.set("verdict", claim ? hit.detail : std::string());
    item.set("detail",
             claim ? c.skin.labels()("verdict." + hit.detail) : date_words(c, hit.detail));
    out.push_back(std::move(item));
  }
  return out;
}

}  // namespace

record::SearchQuery search_query(const Request& r) {
  record::SearchQuery q;
  q.words = r.query["q"];
  // What is no date asks for nothing.
  if (parse_edtf(r.query["from"])) q.from = r.query["from"];
  if (parse_edtf(r.query["to"])) q.to = r.query["to"];
  q.publisher = r.query["outlet"];
  q.language = r.query["language"];
  q.limit = static_cast<unsigned>(r.query.number("limit", kPageItems, 1, 1000));
  q.offset = static_cast<unsigned>(r.query.number("offset", 0, 0, 1'000'000));
  return q;
}

Page search_page(const PageContext& c) {
  record::SearchQuery q = search_query(c.request);
  q.limit = kPageItems;
  const auto& labels = c.skin.labels();
  Data page = page_data(c, q.words.empty() ? labels("search") : labels("search") + ": " + q.words,
                        "search");
  page.set("from", q.from);
  page.set("to", q.to);
  page.set("outlet", q.publisher);
  Data languages = Data::list();
  for (const std::string& code : c.languages) {
    Data item;
    item.set("code", code);
    item.set("name", labels("language." + code));
    item.set("chosen", Data(code == q.language));
    languages.push_back(std::move(item));
  }
  page.set("text_languages", std::move(languages));
  if (q.words.empty()) return c.skin.render("search", page);

  Quoter quoter(c);
  const record::SearchHits hits = record::search(c.store.record(), q, c.packs);
  Data articles = Data::list();
  for (const record::ArticleHit& hit : hits.articles) {
    articles.push_back(article_hit(quoter, hit));
  }
  page.set("found", labels.count("articles", hits.total));
  page.set("articles", std::move(articles));
  if (q.offset == 0) {
    record::SearchQuery few = q;
    few.limit = kFindings;
    page.set("claims",
             findings(c, record::search_claims(c.store.record(), few, c.packs), "claims"));
    page.set("events",
             findings(c, record::search_events(c.store.record(), few, c.packs), "events"));
  }
  add_pager(page, c, q.offset, hits.total);
  return c.skin.render("search", page);
}

}  // namespace twosource::serve
