#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "serve/page_parts.hpp"
#include "text/join.hpp"

namespace twosource::serve {
namespace {

constexpr std::size_t kOthers = 200;    // claims of the event that a form offers
constexpr std::uint32_t kChoice = 110;  // code points of each

std::string origin_words(const PageContext& c, const std::string& id) {
  const auto json = id.empty() ? std::nullopt : c.store.json(Kind::Origins, id);
  if (!json) return c.skin.labels()("origin.unknown");
  const Json origin = parsed(*json);
  const std::string kind = text_of(origin, "kind");
  const std::string words = c.skin.labels()("origin." + kind);
  const std::string name = text_of(origin, "name");
  return name.empty() || kind == "unknown" ? words : fmt::format("{} ({})", name, words);
}

std::string slot_words(const PageContext& c, const std::string& slot) {
  const std::size_t colon = slot.find(':');
  const std::string kind = c.skin.labels()("slot." + slot.substr(0, colon));
  return colon == std::string::npos ? kind : fmt::format("{} ({})", kind, slot.substr(colon + 1));
}

Data statement(const PageContext& c, Quoter& quoter, const Json& s) {
  Data item = quoter.place(s);
  item.set("origin", origin_words(c, text_of(s, "origin")));
  item.set("via", joined(texts_of(s, "via"), ", "));
  if (const std::string speaker = text_of(s, "speaker"); !speaker.empty()) {
    item.set("speaker", entity_link(c, speaker));
  }
  Data values = Data::list();
  for (const Json& v : list_of(s, "values")) {
    Data value;
    value.set("slot", slot_words(c, text_of(v, "slot")));
    value.set("value", text_of(v, "value"));
    values.push_back(std::move(value));
  }
  item.set("values", std::move(values));
  return item;
}

Data side(Quoter& quoter, const Json& claim, const Json& place) {
  Data out = quoter.named(text_of(place, "article"));
  out.set("href", quoter.address(place));
  std::string words = text_of(place, "value");
  for (const Json& s : list_of(claim, "statements")) {
    if (text_of(s, "article") != text_of(place, "article") ||
        number_of(s, "start") != number_of(place, "start")) {
      continue;
    }
    for (const Json& v : list_of(s, "values")) {
      if (text_of(v, "value") == text_of(place, "value") && v.contains("start")) {
        words = quoter.words(text_of(s, "article"), number_of(v, "start"), number_of(v, "end"));
      }
    }
  }
  out.set("words", words);
  return out;
}

Data difference(const PageContext& c, Quoter& quoter, const Json& claim, const Json& d) {
  Data item;
  const std::string relation = text_of(d, "relation");
  item.set("slot", slot_words(c, text_of(d, "slot")));
  item.set("relation", relation);
  item.set("relation_name", c.skin.labels()("relation." + relation));
  item.set("sign", relation == "compatible" ? "≈" : relation == "superseded" ? "↻" : "≠");
  item.set("why", c.skin.labels().reason(text_of(d, "why")));
  for (const char* key : {"a", "b"}) {
    if (const auto place = d.find(key); place != d.end()) {
      item.set(key, side(quoter, claim, *place));
    }
  }
  return item;
}

// What the forms for corrections offer: the articles of the claim, and other claims of its event.
void add_choices(Data& page, const PageContext& c, Quoter& quoter, const Json& claim) {
  Data said_in = Data::list();
  std::set<std::string> seen;
  for (const Json& s : list_of(claim, "statements")) {
    const std::string article = text_of(s, "article");
    if (seen.insert(article).second) said_in.push_back(quoter.named(article));
  }
  page.set("several", Data(seen.size() > 1));
  page.set("said_in", std::move(said_in));
  const auto all = c.store.claims_of_event(text_of(claim, "event"));
  Data others = Data::list();
  for (std::size_t i = 0; i < std::min(all.size(), kOthers); ++i) {
    const auto json = c.store.json(Kind::Claims, all[i].first);
    if (!json || all[i].first == text_of(claim, "id")) continue;
    const std::string text = utf8::squeeze(text_of(parsed(*json), "text"));
    const utf8::OffsetIndex offsets(text);
    Data item;
    item.set("other", all[i].first);
    item.set("text",
             offsets.total() <= kChoice ? text : text.substr(0, offsets.bytes(kChoice)) + "…");
    others.push_back(std::move(item));
  }
  page.set("has_others", Data(others.shown()));
  page.set("others", std::move(others));
}

// The claims before and behind this one in its event.
void add_neighbours(Data& page, const PageContext& c, const std::string& event,
                    const std::string& id) {
  if (event.empty()) return;
  const auto all = c.store.claims_of_event(event);
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i].first != id) continue;
    if (i > 0) page.set("previous", link("claims", all[i - 1].first));
    if (i + 1 < all.size()) page.set("next", link("claims", all[i + 1].first));
    const std::size_t part = i / kPageItems * kPageItems;
    page.set("back", part == 0 ? link("events", event)
                               : fmt::format("{}?offset={}", link("events", event), part));
  }
}

}  // namespace

Page claim_page(const PageContext& c, const std::string& id) {
  const auto json = c.store.json(Kind::Claims, id);
  if (!json) return std::nullopt;
  const Json claim = parsed(*json);
  const std::string verdict = text_of(claim, "verdict");
  const std::string event = text_of(claim, "event");
  Data page = page_data(c, utf8::squeeze(text_of(claim, "text")), "stories",
                        event.empty() ? "/" : link("events", event));
  page.set("id", id);
  page.set("verdict", verdict);
  page.set("verdict_name", c.skin.labels()("verdict." + verdict));
  page.set("explanation", c.skin.labels()("explain." + verdict));
  page.set("origins", c.skin.labels().count("origins", number_of(claim, "origins")));
  page.set("why", c.skin.labels().reason(text_of(claim, "why")));
  if (const auto name = c.store.event(event)) {
    page.set("event_href", link("events", event));
    page.set("event_label", name->label);
    page.set("event_when", date_words(c, name->when));
  }
  Quoter quoter(c);
  Data differences = Data::list();
  for (const Json& d : list_of(claim, "differences")) {
    differences.push_back(difference(c, quoter, claim, d));
  }
  page.set("differences", std::move(differences));
  Data statements = Data::list();
  for (const Json& s : list_of(claim, "statements")) statements.push_back(statement(c, quoter, s));
  page.set("statements", std::move(statements));
  add_neighbours(page, c, event, id);
  if (c.writer) add_choices(page, c, quoter, claim);
  return c.skin.render("claim", page);
}

}  // namespace twosource::serve
