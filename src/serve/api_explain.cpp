#include <fmt/format.h>

#include <set>

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

Explained of_event(const Json& event, Places& places) {
  for (const Json& e : list_of(event, "evidence")) places.add(e, {});
  const std::string when = text_of(event, "when");
  return {"event", text_of(event, "label"), when.empty() ? "date unknown" : when,
          text_of(event, "why")};
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
  return {type == "PER" || type.empty() ? "person" : type, text_of(person, "name"),
          also.empty() ? also : "also: " + also, "mentions that name or mean one entity"};
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

Explained of_family(const std::vector<Json>& pairs, Places& places) {
  Explained x{"copies", {}, {}, text_of(pairs.front(), "why")};
  const std::string agency = text_of(pairs.front(), "agency");
  x.result = agency.empty() ? "agency unknown" : "agency " + agency;
  std::set<std::string> members;
  for (const Json& pair : pairs) {
    const std::string a = text_of(pair, "a");
    const std::string b = text_of(pair, "b");
    members.insert(a);
    members.insert(b);
    const std::string note = fmt::format("shared by {} and {}", a, b);
    for (const Json& p : list_of(pair, "passages")) {
      for (const auto& [key, id] : {std::pair("a", a), std::pair("b", b)}) {
        const auto place = p.find(key);
        if (place == p.end()) continue;
        Json evidence = *place;
        evidence["article"] = id;
        places.add(evidence, note);
      }
    }
  }
  x.label = joined(members, " ");
  return x;
}

Explained of_origin(const Json& origin) {
  return {"origin", text_of(origin, "name"), text_of(origin, "kind"),
          "statements that ultimately come from here"};
}

std::optional<Explained> explained(Store& store, const std::string& id, Places& places) {
  if (const auto j = store.json(Kind::Claims, id)) return of_claim(store, parsed(*j), places);
  if (const auto j = store.json(Kind::Events, id)) return of_event(parsed(*j), places);
  if (const std::vector<Json> pairs = parsed(store.family(id)); !pairs.empty()) {
    return of_family(pairs, places);
  }
  if (const auto j = store.json(Kind::Quotes, id)) return of_quote(parsed(*j), places);
  if (const auto j = store.json(Kind::People, id)) return of_person(parsed(*j), places);
  if (const auto j = store.json(Kind::Entities, id)) return of_person(parsed(*j), places);
  if (const auto j = store.json(Kind::Stories, id)) return of_story(store, parsed(*j), places);
  if (const auto j = store.json(Kind::Origins, id)) return of_origin(parsed(*j));
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
