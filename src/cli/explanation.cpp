#include "cli/explanation.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace twosource::cli {
namespace {

template <class Item>
const Item* find(const std::vector<Item>& items, const std::string& id) {
  const auto it =
      std::find_if(items.begin(), items.end(), [&](const Item& x) { return x.id == id; });
  return it == items.end() ? nullptr : &*it;
}

std::string origin_note(const Dossier& d, std::int32_t origin) {
  if (origin < 0) return "origin unknown";
  const Origin& o = d.origins[static_cast<std::size_t>(origin)];
  return fmt::format("origin {} ({}{}{})", o.id, to_string(o.kind), o.name.empty() ? "" : ": ",
                     o.name);
}

// Why reuse gave the sentence at `e` its origin; empty when it did not.
std::string sentence_why(const Dossier& d, const Evidence& e) {
  if (e.article >= d.sentence_origins.size()) return {};
  const std::size_t s = d.articles[e.article].tokens.sentence_at(e.span.begin);
  const auto& origins = d.sentence_origins[e.article];
  return s < origins.size() ? origins[s].why : std::string();
}

Explanation of(const Dossier& d, const Claim& c) {
  Explanation x{c.id,
                "claim",
                c.text,
                fmt::format("{}, {} independent origin{}", to_string(c.verdict), c.origins,
                            c.origins == 1 ? "" : "s"),
                c.why,
                {}};
  for (const Statement& s : c.statements) {
    std::string note = origin_note(d, s.origin);
    if (const std::string why = sentence_why(d, s.evidence); !why.empty()) note += "; " + why;
    for (const SlotValue& v : s.values) note += fmt::format("; {} = {}", v.slot, v.value);
    x.places.push_back({s.evidence, std::move(note)});
  }
  for (const Difference& diff : c.differences) {
    x.why += fmt::format("{}{}: {} against {}, {}{}{}", x.why.empty() ? "" : "; ", diff.slot,
                         diff.a_value, diff.b_value, to_string(diff.relation),
                         diff.why.empty() ? "" : ", ", diff.why);
  }
  return x;
}

Explanation of(const Dossier&, const Event& e) {
  Explanation x{e.id, "event", e.label, e.when.empty() ? "date unknown" : e.when, e.why, {}};
  for (const Evidence& place : e.evidence) x.places.push_back({place, {}});
  return x;
}

Explanation of(const Dossier& d, const CopyFamily& f) {
  Explanation x{f.id,  "copies", {}, f.agency.empty() ? "agency unknown" : "agency " + f.agency,
                f.why, {}};
  for (const std::uint32_t a : f.articles) {
    x.label += (x.label.empty() ? "" : " ") + d.articles[a].id;
  }
  for (const CopyPair& p : f.pairs) {
    for (const Passage& passage : p.passages) {
      const std::string note =
          fmt::format("shared by {} and {}", d.articles[p.a].id, d.articles[p.b].id);
      x.places.push_back({{p.a, passage.a}, note});
      x.places.push_back({{p.b, passage.b}, note});
    }
  }
  return x;
}

Explanation of(const Dossier& d, const QuoteGroup& q) {
  Explanation x{q.id,
                "quotation",
                {},
                fmt::format("{} wordings", q.variants.size()),
                "wordings of one quotation: the same speaker, words in common",
                {}};
  if (q.speaker >= 0) x.label = d.entities[static_cast<std::size_t>(q.speaker)].name;
  for (const QuoteVariant& v : q.variants) x.places.push_back({v.evidence, {}});
  return x;
}

Explanation of(const Dossier&, const CorpusEntity& e) {
  Explanation x{e.id, "person", e.name, {}, "mentions that name or mean one entity", {}};
  if (!e.why.empty()) x.why += "; " + e.why;
  if (e.type != EntityType::Person) x.kind = to_string(e.type);
  for (const std::string& alias : e.aliases) {
    x.result += (x.result.empty() ? "also: " : ", ") + alias;
  }
  for (const Role& r : e.roles) {
    for (const Evidence& place : r.evidence) x.places.push_back({place, "role: " + r.title});
  }
  for (const Evidence& m : e.mentions) x.places.push_back({m, "mention"});
  return x;
}

Explanation of(const Dossier& d, const Story& s) {
  Explanation x{s.id, "story", s.label, fmt::format("{} events", s.events.size()), {}, {}};
  for (const std::uint32_t index : s.events) {
    const Event& e = d.events[index];
    x.why += fmt::format("{}{} {}: {}", x.why.empty() ? "" : "; ", e.id, e.label, e.why);
    for (const Evidence& place : e.evidence) x.places.push_back({place, e.id});
  }
  return x;
}

Explanation of(const Dossier& d, const Origin& o) {
  Explanation x{o.id,
                "origin",
                o.name,
                std::string(to_string(o.kind)),
                "statements that ultimately come from here",
                {}};
  const auto index = static_cast<std::int32_t>(&o - d.origins.data());
  for (const Claim& c : d.claims) {
    for (const Statement& s : c.statements) {
      if (s.origin == index) x.places.push_back({s.evidence, c.id});
    }
  }
  return x;
}

}  // namespace

std::optional<Explanation> explain(const Dossier& d, const std::string& id) {
  if (const Claim* c = find(d.claims, id)) return of(d, *c);
  if (const Event* e = find(d.events, id)) return of(d, *e);
  if (const CopyFamily* f = find(d.copies, id)) return of(d, *f);
  if (const QuoteGroup* q = find(d.quotes, id)) return of(d, *q);
  if (const CorpusEntity* e = find(d.entities, id)) return of(d, *e);
  if (const Story* s = find(d.stories, id)) return of(d, *s);
  if (const Origin* o = find(d.origins, id)) return of(d, *o);
  return std::nullopt;
}

}  // namespace twosource::cli
