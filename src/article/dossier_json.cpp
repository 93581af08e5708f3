#include <nlohmann/json.hpp>

#include "article/json.hpp"

namespace twosource {
namespace {

// Why the sentence there has its origin; empty when nothing says so.
std::string origin_why(const Dossier& d, const Evidence& e) {
  if (e.article >= d.sentence_origins.size()) return {};
  const std::size_t s = d.articles[e.article].tokens.sentence_at(e.span.begin);
  const auto& origins = d.sentence_origins[e.article];
  return s < origins.size() ? origins[s].why : std::string();
}

}  // namespace

DossierWriter::DossierWriter(const Dossier& dossier) : dossier_(dossier) {
  offsets_.reserve(dossier.articles.size());
  for (const Article& a : dossier.articles) offsets_.emplace_back(a.text);
}

Json DossierWriter::span(std::uint32_t article, Span s) const {
  const Span c = offsets_[article].code_points(s);
  Json j;
  j["start"] = c.begin;
  j["end"] = c.end;
  return j;
}

Json DossierWriter::evidence(const Evidence& e) const {
  Json j;
  j["article"] = dossier_.articles[e.article].id;
  const Span c = offsets_[e.article].code_points(e.span);
  j["start"] = c.begin;
  j["end"] = c.end;
  return j;
}

Json DossierWriter::entity_id(std::int32_t entity) const {
  if (entity < 0) return nullptr;
  return dossier_.entities[static_cast<std::size_t>(entity)].id;
}

Json DossierWriter::person(const CorpusEntity& entity) const {
  Json j;
  j["id"] = entity.id;
  j["name"] = entity.name;
  j["type"] = to_string(entity.type);
  j["aliases"] = entity.aliases;
  Json roles = Json::array();
  for (const Role& r : entity.roles) {
    Json role;
    role["title"] = r.title;
    role["from"] = or_null(r.from);
    role["to"] = or_null(r.to);
    Json list = Json::array();
    for (const Evidence& e : r.evidence) list.push_back(evidence(e));
    role["evidence"] = std::move(list);
    roles.push_back(std::move(role));
  }
  j["roles"] = std::move(roles);
  Json mentions = Json::array();
  for (const Evidence& e : entity.mentions) mentions.push_back(evidence(e));
  j["mentions"] = std::move(mentions);
  if (!entity.why.empty()) j["why"] = entity.why;
  return j;
}

Json DossierWriter::copy_pair(const CopyFamily& family, const CopyPair& pair) const {
  Json j;
  j["family"] = family.id;
  j["a"] = dossier_.articles[pair.a].id;
  j["b"] = dossier_.articles[pair.b].id;
  j["agency"] = or_null(family.agency);
  j["containment"] = pair.containment;
  j["revision"] = pair.revision;
  j["original"] = pair.original == static_cast<std::int32_t>(pair.a)   ? Json("a")
                  : pair.original == static_cast<std::int32_t>(pair.b) ? Json("b")
                                                                       : Json(nullptr);
  Json passages = Json::array();
  for (const Passage& p : pair.passages) {
    Json item;
    item["a"] = span(pair.a, p.a);
    item["b"] = span(pair.b, p.b);
    passages.push_back(std::move(item));
  }
  j["passages"] = std::move(passages);
  Json reworked = Json::array();
  for (const Reworked& r : family.reworked) {
    if (r.a.article != pair.a || r.b.article != pair.b) continue;
    Json item;
    item["a"] = span(pair.a, r.a.span);
    item["b"] = span(pair.b, r.b.span);
    reworked.push_back(std::move(item));
  }
  j["reworked"] = std::move(reworked);
  j["why"] = family.why;
  return j;
}

Json DossierWriter::copies(const CopyFamily& family) const {
  Json j;
  j["id"] = family.id;
  Json articles = Json::array();
  for (const std::uint32_t a : family.articles) articles.push_back(dossier_.articles[a].id);
  j["articles"] = std::move(articles);
  j["agency"] = or_null(family.agency);
  Json pairs = Json::array();
  Json passages = Json::array();
  for (const CopyPair& pair : family.pairs) {
    Json item;
    item["a"] = dossier_.articles[pair.a].id;
    item["b"] = dossier_.articles[pair.b].id;
    item["containment"] = pair.containment;
    item["revision"] = pair.revision;
    item["original"] = pair.original < 0
                           ? Json(nullptr)
                           : Json(dossier_.articles[static_cast<std::size_t>(pair.original)].id);
    pairs.push_back(std::move(item));
    for (const Passage& p : pair.passages) {
      Json passage;
      passage["a"] = evidence({pair.a, p.a});
      passage["b"] = evidence({pair.b, p.b});
      passages.push_back(std::move(passage));
    }
  }
  for (const Reworked& r : family.reworked) {
    Json passage;
    passage["a"] = evidence(r.a);
    passage["b"] = evidence(r.b);
    passage["reworked"] = true;
    passages.push_back(std::move(passage));
  }
  j["pairs"] = std::move(pairs);
  j["passages"] = std::move(passages);
  j["why"] = family.why;
  return j;
}

Json DossierWriter::origin(const Origin& origin) const {
  Json j;
  j["id"] = origin.id;
  j["kind"] = to_string(origin.kind);
  j["name"] = or_null(origin.name);
  return j;
}

Json DossierWriter::event(const Event& event) const {
  Json j;
  j["id"] = event.id;
  j["label"] = event.label;
  j["when"] = or_null(event.when);
  j["where"] = event.where;
  Json who = Json::array();
  Json names = Json::array();
  for (const std::uint32_t e : event.who) {
    who.push_back(dossier_.entities[e].id);
    names.push_back(dossier_.entities[e].name);
  }
  j["who"] = std::move(who);
  j["names"] = std::move(names);
  j["type"] = event.type;
  Json articles = Json::array();
  for (const std::uint32_t a : event.articles) articles.push_back(dossier_.articles[a].id);
  j["articles"] = std::move(articles);
  j["story"] = event.story < dossier_.stories.size() ? Json(dossier_.stories[event.story].id)
                                                     : Json(nullptr);
  Json list = Json::array();
  for (const Evidence& e : event.evidence) list.push_back(evidence(e));
  j["evidence"] = std::move(list);
  j["why"] = event.why;
  return j;
}

Json DossierWriter::story(const Story& story) const {
  Json j;
  j["id"] = story.id;
  j["label"] = story.label;
  Json events = Json::array();
  for (const std::uint32_t e : story.events) events.push_back(dossier_.events[e].id);
  j["events"] = std::move(events);
  return j;
}

Json DossierWriter::claim(const Claim& claim) const {
  Json j;
  j["id"] = claim.id;
  j["event"] = claim.event < 0 ? Json(nullptr)
                               : Json(dossier_.events[static_cast<std::size_t>(claim.event)].id);
  j["text"] = claim.text;
  j["verdict"] = to_string(claim.verdict);
  j["origins"] = claim.origins;
  Json statements = Json::array();
  for (const Statement& s : claim.statements) {
    Json item = evidence(s.evidence);
    item["speaker"] = entity_id(s.speaker);
    item["origin"] = s.origin < 0 ? Json(nullptr)
                                  : Json(dossier_.origins[static_cast<std::size_t>(s.origin)].id);
    if (!s.via.empty()) item["via"] = s.via;
    if (std::string why = origin_why(dossier_, s.evidence); !why.empty()) {
      item["why"] = std::move(why);
    }
    Json values = Json::array();
    for (const SlotValue& v : s.values) {
      Json value;
      value["slot"] = v.slot;
      value["value"] = v.value;
      if (!v.span.empty()) value.update(span(s.evidence.article, v.span));
      values.push_back(std::move(value));
    }
    item["values"] = std::move(values);
    statements.push_back(std::move(item));
  }
  j["statements"] = std::move(statements);
  Json differences = Json::array();
  for (const Difference& d : claim.differences) {
    Json item;
    item["slot"] = d.slot;
    item["relation"] = to_string(d.relation);
    item["a"] = evidence(claim.statements[d.a].evidence);
    item["a"]["value"] = d.a_value;
    item["b"] = evidence(claim.statements[d.b].evidence);
    item["b"]["value"] = d.b_value;
    item["why"] = d.why;
    differences.push_back(std::move(item));
  }
  j["differences"] = std::move(differences);
  j["why"] = claim.why;
  return j;
}

Json DossierWriter::quote_group(const QuoteGroup& group) const {
  Json j;
  j["id"] = group.id;
  j["speaker"] = entity_id(group.speaker);
  j["name"] = group.speaker < 0
                  ? Json(nullptr)
                  : Json(dossier_.entities[static_cast<std::size_t>(group.speaker)].name);
  Json variants = Json::array();
  for (const QuoteVariant& v : group.variants) {
    Json item = evidence(v.evidence);
    item["text"] = v.text;
    variants.push_back(std::move(item));
  }
  j["variants"] = std::move(variants);
  return j;
}

Json DossierWriter::timeline_entry(const TimelineEntry& entry) const {
  Json j;
  j["when"] = or_null(entry.when);
  j["text"] = entry.text;
  j["event"] = entry.event < 0 ? Json(nullptr)
                               : Json(dossier_.events[static_cast<std::size_t>(entry.event)].id);
  Json list = Json::array();
  for (const Evidence& e : entry.evidence) list.push_back(evidence(e));
  j["evidence"] = std::move(list);
  if (!entry.why.empty()) j["why"] = entry.why;
  return j;
}

Json DossierWriter::dossier(bool full) const {
  Json j;
  j["title"] = dossier_.title;
  Json list = Json::array();
  for (const Article& a : dossier_.articles) {
    list.push_back(article_to_json(a, full ? Layers::With : Layers::Without));
  }
  j["articles"] = std::move(list);
  const auto each = [&](const char* key, const auto& items, auto&& write) {
    Json array = Json::array();
    for (const auto& item : items) array.push_back(write(item));
    j[key] = std::move(array);
  };
  Json people = Json::array();
  Json others = Json::array();
  for (const CorpusEntity& e : dossier_.entities) {
    (e.type == EntityType::Person ? people : others).push_back(person(e));
  }
  j["people"] = std::move(people);
  j["entities"] = std::move(others);
  each("origins", dossier_.origins, [&](const Origin& o) { return origin(o); });
  each("copies", dossier_.copies, [&](const CopyFamily& f) { return copies(f); });
  each("events", dossier_.events, [&](const Event& e) { return event(e); });
  each("stories", dossier_.stories, [&](const Story& s) { return story(s); });
  each("claims", dossier_.claims, [&](const Claim& c) { return claim(c); });
  each("quotes", dossier_.quotes, [&](const QuoteGroup& g) { return quote_group(g); });
  each("timeline", dossier_.timeline, [&](const TimelineEntry& t) { return timeline_entry(t); });
  return j;
}

}  // namespace twosource
