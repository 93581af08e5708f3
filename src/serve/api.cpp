#include "serve/api.hpp"

#include <fmt/format.h>

#include <array>

#include "serve/page_parts.hpp"

namespace twosource::serve {
namespace {

constexpr const char* kJson = "application/json";
constexpr std::size_t kMostItems = 1000;
constexpr std::size_t kItems = 50;

struct ListRoute {
  std::string_view name;
  Kind kind;
  bool elements;  // /name/ID gives one
};
constexpr std::array<ListRoute, 10> kLists = {{{"articles", Kind::Articles, true},
                                               {"stories", Kind::Stories, true},
                                               {"events", Kind::Events, true},
                                               {"claims", Kind::Claims, true},
                                               {"people", Kind::People, true},
                                               {"entities", Kind::Entities, true},
                                               {"origins", Kind::Origins, true},
                                               {"quotes", Kind::Quotes, true},
                                               {"copies", Kind::Copies, false},
                                               {"timeline", Kind::Timeline, false}}};

// The address of the same list from another offset.
std::string next_address(const Request& r, std::string_view name, std::size_t offset) {
  std::string out = fmt::format("/api/v1/{}?", name);
  for (const auto& [key, value] : r.query.items()) {
    if (key != "offset") out += percent_encode(key) + "=" + percent_encode(value) + "&";
  }
  return out + fmt::format("offset={}", offset);
}

Response list(Store& store, const Request& r, const ListRoute& route) {
  Filter filter;
  filter.event = r.query["event"];
  filter.article = r.query["article"];
  filter.story = r.query["story"];
  filter.verdict = r.query["verdict"];
  filter.name = r.query["name"];
  filter.outlet = r.query["outlet"];
  const std::size_t offset = r.query.number("offset", 0, 0, 1'000'000'000);
  const std::size_t limit = r.query.number("limit", kItems, 1, kMostItems);
  const Listing found = store.list(route.kind, filter, offset, limit);
  std::string out = "{\"items\":[";
  for (std::size_t i = 0; i < found.items.size(); ++i) {
    if (i > 0) out += ',';
    out += found.items[i].json;
  }
  const std::size_t end = offset + found.items.size();
  out += fmt::format(
      "],\"total\":{},\"offset\":{},\"limit\":{},\"next\":{}}}", found.total, offset, limit,
      end < found.total && !found.items.empty() ? Json(next_address(r, route.name, end)).dump()
                                                : "null");
  return make_response(200, kJson, std::move(out));
}

Json sentence_json(const record::SearchSentence& s) {
  Json j;
  j["start"] = s.place.begin;
  j["end"] = s.place.end;
  j["text"] = s.text;
  Json matches = Json::array();
  for (const Span m : s.matches) matches.push_back({{"start", m.begin}, {"end", m.end}});
  j["matches"] = std::move(matches);
  return j;
}

Json text_or_null(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

// Articles in the order of the search, as `search --json` prints them.
Response search(const PageContext& c) {
  const record::SearchQuery query = search_query(c.request);
  const record::SearchHits hits = record::search(c.store.record(), query, c.packs);
  Json items = Json::array();
  for (const record::ArticleHit& hit : hits.articles) {
    Json j;
    j["article"] = hit.id;
    j["headline"] = text_or_null(hit.headline);
    j["outlet"] = hit.outlet;
    j["published"] = text_or_null(hit.published);
    j["inLanguage"] = text_or_null(hit.language);
    j["url"] = text_or_null(hit.url);
    j["score"] = hit.score;
    Json sentences = Json::array();
    for (const record::SearchSentence& s : hit.sentences) sentences.push_back(sentence_json(s));
    j["sentences"] = std::move(sentences);
    items.push_back(std::move(j));
  }
  const std::size_t end = query.offset + hits.articles.size();
  Json out;
  out["items"] = std::move(items);
  out["total"] = hits.total;
  out["offset"] = query.offset;
  out["limit"] = query.limit;
  out["next"] = end < hits.total && !hits.articles.empty()
                    ? Json(next_address(c.request, "search", end))
                    : Json(nullptr);
  return make_response(200, kJson, out.dump());
}

Response summary(const Counts& counts, const std::string& version) {
  Json j;
  j["name"] = "twosource";
  j["version"] = version;
  j["articles"] = counts.articles;
  j["stories"] = counts.stories;
  j["events"] = counts.events;
  j["people"] = counts.people;
  j["copies"] = counts.copies;
  Json claims;
  for (std::size_t v = 0; v < kVerdicts.size(); ++v) claims[kVerdicts.at(v)] = counts.claims.at(v);
  j["claims"] = std::move(claims);
  return make_response(200, kJson, j.dump());
}

}  // namespace

Response api_error(int status, std::string_view detail) {
  Json j;
  j["type"] = "about:blank";
  j["title"] = status == 404   ? "Not Found"
               : status == 400 ? "Bad Request"
               : status == 403 ? "Forbidden"
               : status == 405 ? "Method Not Allowed"
               : status == 413 ? "Content Too Large"
               : status == 409 ? "Conflict"
               : status == 421 ? "Misdirected Request"
                               : "Internal Server Error";
  j["status"] = status;
  j["detail"] = std::string(detail);
  return make_response(status, "application/problem+json", j.dump());
}

Response api_answer(const PageContext& c, const std::string& version) {
  const Request& r = c.request;
  Store& store = c.store;
  // path: api, v1, name, id
  if (r.path.size() == 2) return summary(c.all.counts(store), version);
  if (r.path.size() > 4) return api_error(404, "there is no such address");
  const std::string& name = r.path[2];
  if (name == "explain" && r.path.size() == 4) {
    if (auto found = explanation_json(store, r.path[3])) {
      return make_response(200, kJson, std::move(*found));
    }
    return api_error(404, "there is nothing of that id");
  }
  if (name == "search" && r.path.size() == 3) return search(c);
  if (name == "corrections" && r.path.size() == 3) {
    return make_response(200, kJson, corrections_json(store));
  }
  for (const ListRoute& route : kLists) {
    if (name != route.name) continue;
    if (r.path.size() == 3) return list(store, r, route);
    if (!route.elements) break;
    if (auto found = store.json(route.kind, r.path[3])) {
      return make_response(200, kJson, std::move(*found));
    }
    return api_error(404, "there is nothing of that id");
  }
  return api_error(404, "there is no such address");
}

}  // namespace twosource::serve
