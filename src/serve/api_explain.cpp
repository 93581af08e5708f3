#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "article/shown.hpp"
#include "reuse/original.hpp"
#include "reuse/origins.hpp"
#include "serve/api.hpp"
#include "serve/page_parts.hpp"
#include "text/join.hpp"

namespace twosource::serve {
namespace {

// Collects the places that something rests on.
class Places {
 public:
  explicit Places(Store& store) : store_(store) {}
  void add(const Json& evidence, const std::string& note) {
    Json item;
    const std::string id = text_of(evidence, "article");
    item["article"] = id;
    item["start"] = number_of(evidence, "start");
    item["end"] = number_of(evidence, "end");
    item["text"] = words(id, number_of(evidence, "start"), number_of(evidence, "end"));
    item["note"] = note;
    list_.push_back(std::move(item));
  }
  [[nodiscard]] Json take() { return std::move(list_); }

 private:
  std::string words(const std::string& id, std::size_t start, std::size_t end) {
    const auto [it, fresh] = texts_.try_emplace(id);
    if (fresh) {
      if (auto text = store_.text(id)) it->second = std::move(text->text);
    }
    const utf8::OffsetIndex offsets(it->second);
    return std::string(slice(it->second, offsets.bytes(make_span(start, end))));
  }
  Store& store_;
  std::map<std::string, std::string> texts_;
  Json list_ = Json::array();
};

struct Explained {
  std::string kind;
  std::string label;
  std::string result;
  std::string why;
};

Explained of_claim(Store& store, const Json& claim, Places& places) {
  const std::size_t origins = number_of(claim, "origins");
  Explained x{"claim", text_of(claim, "text"),
              fmt::format("{}, {} independent origin{}", text_of(claim, "verdict"), origins,
                          origins == 1 ? "" : "s"),
              text_of(claim, "why")};
  for (const Json& s : list_of(claim, "statements")) {
    const auto json = store.json(Kind::Origins, text_of(s, "origin"));
    std::string note = "origin unknown";
    if (json) {
      const Json origin = parsed(*json);
      const std::string name = text_of(origin, "name");
      note = fmt::format("origin {} ({}{}{})", text_of(origin, "id"), text_of(origin, "kind"),
                         name.empty() ? "" : ": ", name);
    }
    if (const std::string why = text_of(s, "why"); !why.empty()) note += "; " + why;
    for (const Json& v : list_of(s, "values")) {
      note += fmt::format("; {} = {}", text_of(v, "slot"), text_of(v, "value"));
    }
    places.add(s, note);
  }
  for (const Json& d : list_of(claim, "differences")) {
    const auto value = [&](const char* side) {
      const auto it = d.find(side);
      return it == d.end() ? std::string() : text_of(*it, "value");
    };
    const std::string why = text_of(d, "why");
    x.why +=
        fmt::format("{}{}: {} against {}, {}{}{}", x.why.empty() ? "" : "; ", text_of(d, "slot"),
                    value("a"), value("b"), text_of(d, "relation"), why.empty() ? "" : ", ", why);
  }
  return x;
}

// "Elbpost, 2024-05-11".
std::string published(Store& store, const std::string& article) {
  record::Statement q(store.record().database(),
                      "SELECT publisher, published FROM main.articles WHERE id = ?");
  q.bind(article);
  if (!q.step()) return {};
  const std::string day = q.text(1).empty() ? "date unknown" : q.string(1);
  return q.text(0).empty() ? day : q.string(0) + ", " + day;
}

Explained of_event(Store& store, const Json& event, Places& places) {
  for (const Json& e : list_of(event, "evidence")) {
    places.add(e, published(store, text_of(e, "article")));
  }
  const std::string when = text_of(event, "when");
  Explained x{"event", text_of(event, "label"), when.empty() ? "date unknown" : when,
              text_of(event, "why")};
  const std::string where = joined(texts_of(event, "where"), ", ");
  if (!where.empty()) x.result += ", " + where;
  if (const std::string type = text_of(event, "type"); !type.empty()) x.result += ", " + type;
  return x;
}

Explained of_person(const Json& person, Places& places) {
  for (const Json& role : list_of(person, "roles")) {
    for (const Json& e : list_of(role, "evidence")) {
      places.add(e, "role: " + text_of(role, "title"));
    }
  }
  for (const Json& m : list_of(person, "mentions")) places.add(m, "mention");
  const std::string type = text_of(person, "type");
  const std::string also = joined(texts_of(person, "aliases"), ", ");
  const std::string why = text_of(person, "why");
  return {type == "PER" || type.empty() ? "person" : type, text_of(person, "name"),
          also.empty() ? also : "also: " + also,
          "mentions that name or mean one entity" + (why.empty() ? why : "; " + why)};
}

Explained of_quote(const Json& quote, Places& places) {
  const Json& variants = list_of(quote, "variants");
  for (const Json& v : variants) places.add(v, {});
  return {"quotation", text_of(quote, "name"), fmt::format("{} wordings", variants.size()),
          "wordings of one quotation: the same speaker, words in common"};
}

Explained of_story(Store& store, const Json& story, Places& places) {
  const std::vector<std::string> events = texts_of(story, "events");
  Explained x{"story", text_of(story, "label"), fmt::format("{} events", events.size()), {}};
  for (const std::string& id : events) {
    const auto json = store.json(Kind::Events, id);
    if (!json) continue;
    const Json event = parsed(*json);
    x.why += fmt::format("{}{} {}: {}", x.why.empty() ? "" : "; ", id, text_of(event, "label"),
                         text_of(event, "why"));
    for (const Json& e : list_of(event, "evidence")) places.add(e, id);
  }
  return x;
}

// What an article shares with others, as reuse sees it (reuse/origins.hpp): of each sentence the
// family that has most of it.
class Sharing {
 public:
  Sharing(Store& store, const std::string& id) : id_(id) {
    if (auto text = store.text(id)) text_ = std::move(*text);
    const utf8::OffsetIndex offsets(text_.text);
    std::erase_if(groups_ = store.record().active_corrections(),
                  [](const Correction& c) { return c.kind != CorrectionKind::SetGroup; });
    const std::string own = house(store, id);
    for (const Json& pair : parsed(store.copies_of(id))) {
      const bool first = text_of(pair, "a") == id;
      const std::string other = text_of(pair, first ? "b" : "a");
      const bool inside = pair.value("revision", false) || house(store, other) == own;
      for (const char* kind : {"passages", "reworked"}) {
        for (const Json& p : list_of(pair, kind)) {
          const auto place = p.find(first ? "a" : "b");
          if (place == p.end()) continue;
          const Span span =
              offsets.bytes(make_span(number_of(*place, "start"), number_of(*place, "end")));
          covers_.push_back({span, {text_of(pair, "family"), other}, inside});
          if (*kind == 'r') reworked_[text_of(pair, "family")].insert(span);
        }
      }
    }
  }

  // "a17 (Elbpost, 2024-05-11): 3 of 9 sentences shared, 1 in other words".
  [[nodiscard]] std::string words(Store& store, const std::string& family) const {
    const auto shared = std::count_if(text_.sentences.begin(), text_.sentences.end(),
                                      [&](Span s) { return family_of(s) == family; });
    std::string out = fmt::format("{} ({}): {} of {} sentences shared", id_, published(store, id_),
                                  shared, text_.sentences.size());
    const auto reworked = reworked_.find(family);
    if (reworked != reworked_.end()) {
      out += fmt::format(", {} in other words", reworked->second.size());
    }
    return out;
  }

 private:
  using Whom = std::pair<std::string, std::string>;  // family, article

  struct Cover {
    Span span;
    Whom whom;
    bool inside = false;  // within one house
  };

  // The house of an article's outlet, as corrections have it.
  std::string house(Store& store, const std::string& id) const {
    record::Statement q(store.record().database(),
                        "SELECT publisher, publisher_group, url FROM main.articles WHERE id = ?");
    q.bind(id);
    Article a;
    a.id = id;
    if (q.step()) {
      a.publisher = q.string(0);
      a.publisher_group = q.string(1);
      a.url = q.string(2);
    }
    const std::string outlet = outlet_of(a);
    for (const Correction& c : groups_) {
      if (c.a.name == outlet) a.publisher_group = c.value;
    }
    return reuse::house_key(a);
  }

  // What is shared with other houses goes before what is shared within one.
  [[nodiscard]] std::string family_of(Span sentence) const {
    std::map<Whom, std::pair<std::uint32_t, bool>> shared;
    for (const Cover& c : covers_) {
      const std::uint32_t begin = std::max(c.span.begin, sentence.begin);
      const std::uint32_t end = std::min(c.span.end, sentence.end);
      if (begin >= end) continue;
      shared[c.whom].first += end - begin;
      shared[c.whom].second = c.inside;
    }
    std::string best;
    std::pair<bool, std::uint32_t> most;  // with another house, bytes
    for (const auto& [whom, taken] : shared) {
      const auto [bytes, inside] = taken;
      if (bytes < reuse::kCopiedSentence * sentence.size()) continue;
      if (const std::pair rank(!inside, bytes); rank > most) {
        most = rank;
        best = whom.first;
      }
    }
    return best;
  }

  std::string id_;
  ArticleText text_;
  std::vector<Correction> groups_;  // those that set the group of an outlet
  std::vector<Cover> covers_;
  std::map<std::string, std::set<Span>> reworked_;  // by family
};

// The member that others are copies of and that is nobody's copy; empty: none, or several.
std::string source_of(const std::vector<Json>& pairs) {
  std::set<std::string> sources;
  std::set<std::string> copies;
  for (const Json& pair : pairs) {
    const std::string original = text_of(pair, "original");
    if (original.empty() || pair.value("revision", false)) continue;
    sources.insert(text_of(pair, original.c_str()));
    copies.insert(text_of(pair, original == "a" ? "b" : "a"));
  }
  std::erase_if(sources, [&](const std::string& a) { return copies.contains(a); });
  return sources.size() == 1 ? *sources.begin() : std::string();
}

// Both sides of what a pair shares word for word, or in other words.
void add_shared(const Json& pair, const char* kind, const std::string& note, Places& places) {
  for (const Json& p : list_of(pair, kind)) {
    for (const char* side : {"a", "b"}) {
      const auto place = p.find(side);
      if (place == p.end()) continue;
      Json evidence = *place;
      evidence["article"] = text_of(pair, side);
      places.add(evidence, note);
    }
  }
}

Explained of_family(Store& store, const std::string& id, const std::vector<Json>& pairs,
                    Places& places) {
  Explained x{"copies", {}, {}, text_of(pairs.front(), "why")};
  const std::string agency = text_of(pairs.front(), "agency");
  x.result = agency.empty() ? "agency unknown" : "agency " + agency;
  if (const std::string source = source_of(pairs); !source.empty()) {
    x.result += "; likely original: " + source;
  }
  std::set<std::pair<std::string, std::string>> members;  // canonical order
  for (const Json& pair : pairs) {
    for (const char* side : {"a", "b"}) {
      const std::string article = text_of(pair, side);
      const auto name = store.article(article);
      members.emplace(name ? name->published : std::string(), article);
    }
    add_shared(pair, "passages",
               fmt::format("shared by {} and {}", text_of(pair, "a"), text_of(pair, "b")), places);
  }
  for (const Json& pair : pairs) {
    add_shared(pair, "reworked",
               fmt::format("in other words in {} and {}", text_of(pair, "a"), text_of(pair, "b")),
               places);
  }
  for (const auto& [unused, article] : members) {
    x.label += (x.label.empty() ? "" : " ") + article;
    x.why += "; " + Sharing(store, article).words(store, id);
  }
  return x;
}

// The statements that go back to it.
Explained of_origin(Store& store, const Json& origin, Places& places) {
  record::Statement q(store.record().database(),
                      R"(SELECT c.id, a.id, s."start", s."start" + s.length
                         FROM (SELECT * FROM statement_rows WHERE origin =
                               (SELECT number FROM origin_rows WHERE id = ?)) s
                         JOIN claim_rows c ON c.number = s.claim
                         JOIN main.articles a ON a.number = s.article ORDER BY 2, 3, 1)");
  q.bind(text_of(origin, "id"));
  while (q.step()) {
    Json evidence;
    evidence["article"] = q.string(1);
    evidence["start"] = static_cast<std::uint64_t>(q.number(2));
    evidence["end"] = static_cast<std::uint64_t>(q.number(3));
    places.add(evidence, q.string(0));
  }
  return {"origin", text_of(origin, "name"), text_of(origin, "kind"),
          "statements that ultimately come from here"};
}

std::optional<Explained> explained(Store& store, const std::string& id, Places& places) {
  if (const auto j = store.json(Kind::Claims, id)) return of_claim(store, parsed(*j), places);
  if (const auto j = store.json(Kind::Events, id)) return of_event(store, parsed(*j), places);
  if (const std::vector<Json> pairs = parsed(store.family(id)); !pairs.empty()) {
    return of_family(store, id, pairs, places);
  }
  if (const auto j = store.json(Kind::Quotes, id)) return of_quote(parsed(*j), places);
  if (const auto j = store.json(Kind::People, id)) return of_person(parsed(*j), places);
  if (const auto j = store.json(Kind::Entities, id)) return of_person(parsed(*j), places);
  if (const auto j = store.json(Kind::Stories, id)) return of_story(store, parsed(*j), places);
  if (const auto j = store.json(Kind::Origins, id)) return of_origin(store, parsed(*j), places);
  return std::nullopt;
}

}  // namespace

std::optional<std::string> explanation_json(Store& store, const std::string& id) {
  Places places(store);
  const std::optional<Explained> x = explained(store, id, places);
  if (!x) return std::nullopt;
  Json j;
  j["id"] = id;
  j["kind"] = x->kind;
  j["label"] = x->label;
  j["result"] = x->result;
  j["why"] = x->why;
  j["evidence"] = places.take();
  return j.dump();
}

}  // namespace twosource::serve
