#include "cli/explanation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "text/join.hpp"

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

std::string published(const Dossier& d, std::uint32_t article) {
  const Article& a = d.articles[article];
  const std::string day = a.published.value.empty() ? "date unknown" : a.published.value;
  return a.publisher.empty() ? day : a.publisher + ", " + day;
}

Explanation of(const Dossier& d, const Event& e) {
  Explanation x{e.id, "event", e.label, e.when.empty() ? "date unknown" : e.when, e.why, {}};
  if (!e.where.empty()) x.result += ", " + joined(e.where, ", ");
  if (!e.type.empty()) x.result += ", " + e.type;
  for (const Evidence& place : e.evidence) x.places.push_back({place, published(d, place.article)});
  return x;
}

// The member that others are copies of and that is nobody's copy; -1: none, or several.
std::int32_t source_of(const CopyFamily& f) {
  std::set<std::uint32_t> sources;
  std::set<std::uint32_t> copies;
  for (const CopyPair& p : f.pairs) {
    if (p.original < 0 || p.revision) continue;
    const auto original = static_cast<std::uint32_t>(p.original);
    sources.insert(original);
    copies.insert(original == p.a ? p.b : p.a);
  }
  std::erase_if(sources, [&](std::uint32_t a) { return copies.contains(a); });
  return sources.size() == 1 ? static_cast<std::int32_t>(*sources.begin()) : -1;
}

// "3 of 9 sentences shared, 1 of them in other words".
std::string taken_over(const Dossier& d, const CopyFamily& f, std::uint32_t article) {
  const auto family = static_cast<std::int32_t>(&f - d.copies.data());
  const std::vector<SentenceOrigin>& sentences = d.sentence_origins[article];
  const auto shared = std::count_if(sentences.begin(), sentences.end(),
                                    [&](const auto& s) { return s.family == family; });
  std::set<Span> reworked;
  for (const Reworked& r : f.reworked) {
    for (const Evidence& e : {r.a, r.b}) {
      if (e.article == article) reworked.insert(e.span);
    }
  }
  std::string out = fmt::format("{} ({}): {} of {} sentences shared", d.articles[article].id,
                                published(d, article), shared, sentences.size());
  if (!reworked.empty()) out += fmt::format(", {} in other words", reworked.size());
  return out;
}

Explanation of(const Dossier& d, const CopyFamily& f) {
  Explanation x{f.id,  "copies", {}, f.agency.empty() ? "agency unknown" : "agency " + f.agency,
                f.why, {}};
  if (const std::int32_t source = source_of(f); source >= 0) {
    x.result += "; likely original: " + d.articles[static_cast<std::size_t>(source)].id;
  }
  for (const std::uint32_t a : f.articles) {
    x.label += (x.label.empty() ? "" : " ") + d.articles[a].id;
    if (a < d.sentence_origins.size()) x.why += "; " + taken_over(d, f, a);
  }
  for (const CopyPair& p : f.pairs) {
    for (const Passage& passage : p.passages) {
      const std::string note =
          fmt::format("shared by {} and {}", d.articles[p.a].id, d.articles[p.b].id);
      x.places.push_back({{p.a, passage.a}, note});
      x.places.push_back({{p.b, passage.b}, note});
    }
  }
  for (const Reworked& r : f.reworked) {
    const std::string note = fmt::format("in other words in {} and {}", d.articles[r.a.article].id,
                                         d.articles[r.b.article].id);
    x.places.push_back({r.a, note});
    x.places.push_back({r.b, note});
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
