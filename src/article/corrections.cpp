#include "article/corrections.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "text/join.hpp"
#include "text/utf8.hpp"

namespace twosource {
namespace {

constexpr auto kKinds = std::to_array<std::pair<CorrectionKind, std::string_view>>(
    {{CorrectionKind::MergePeople, "merge-people"},
     {CorrectionKind::SplitPerson, "split-person"},
     {CorrectionKind::RenamePerson, "rename-person"},
     {CorrectionKind::SetRole, "set-role"},
     {CorrectionKind::RemoveRole, "remove-role"},
     {CorrectionKind::MergeEvents, "merge-events"},
     {CorrectionKind::SplitEvent, "split-event"},
     {CorrectionKind::RenameEvent, "rename-event"},
     {CorrectionKind::JoinCopies, "join-copies"},
     {CorrectionKind::CutCopies, "cut-copies"},
     {CorrectionKind::SetDate, "set-date"},
     {CorrectionKind::SetGroup, "set-group"},
     {CorrectionKind::SameClaim, "same-claim"},
     {CorrectionKind::NotSameClaim, "not-same-claim"}});

std::string listed(const std::vector<std::string>& items) { return joined(items, ", "); }

}  // namespace

std::string_view to_string(CorrectionKind kind) noexcept {
  for (const auto& [k, name] : kKinds) {
    if (k == kind) return name;
  }
  return {};
}

std::optional<CorrectionKind> correction_kind(std::string_view name) noexcept {
  for (const auto& [k, n] : kKinds) {
    if (n == name) return k;
  }
  return std::nullopt;
}

std::string signature(const Correction& c) {
  return fmt::format("correction {} by {}: {}", c.id, c.by, c.why);
}

std::string describe(const Correction& c) {
  const std::string& a = c.a.name;
  switch (c.kind) {
    case CorrectionKind::MergePeople:
      return fmt::format("{} and {} are one person", a, c.b.name);
    case CorrectionKind::SplitPerson:
      return fmt::format("{} is somebody else in {}{}", a, listed(c.articles),
                         c.value.empty() ? "" : ": " + c.value);
    case CorrectionKind::RenamePerson:
      return fmt::format("{} is called {}", a, c.value);
    case CorrectionKind::SetRole:
      return fmt::format("{} is {}{}{}", a, c.value, c.from.empty() ? "" : " from " + c.from,
                         c.to.empty() ? "" : " to " + c.to);
    case CorrectionKind::RemoveRole:
      return fmt::format("{} is not {}", a, c.value);
    case CorrectionKind::MergeEvents:
      return fmt::format("\"{}\" and \"{}\" are one event", a, c.b.name);
    case CorrectionKind::SplitEvent:
      return fmt::format("{} tell of another event than the rest of \"{}\"", listed(c.articles), a);
    case CorrectionKind::RenameEvent:
      return fmt::format("the event \"{}\" is called \"{}\"", a, c.value);
    case CorrectionKind::JoinCopies:
      return fmt::format("{} descend from one text", listed(c.articles));
    case CorrectionKind::CutCopies:
      return fmt::format("{} are no copies", listed(c.articles));
    case CorrectionKind::SetDate:
      return fmt::format("{} was published on {}", listed(c.articles), c.value);
    case CorrectionKind::SetGroup:
      return fmt::format("{} belongs to {}", a, c.value);
    case CorrectionKind::SameClaim:
      return fmt::format("\"{}\" and \"{}\" say the same thing", a, c.b.name);
    case CorrectionKind::NotSameClaim:
      return fmt::format("\"{}\" and \"{}\" are not about the same thing", a, c.b.name);
  }
  return {};
}

std::optional<Span> find_words(const Anchor& anchor, std::string_view text) {
  if (anchor.words.empty()) return std::nullopt;
  const std::size_t wanted = utf8::OffsetIndex(text).bytes(anchor.start);
  std::optional<std::size_t> best;
  const auto far = [&](std::size_t at) { return at > wanted ? at - wanted : wanted - at; };
  for (std::size_t at = text.find(anchor.words); at != std::string_view::npos;
       at = text.find(anchor.words, at + anchor.words.size())) {
    if (!best || far(at) < far(*best)) best = at;
    if (at >= wanted) break;
  }
  if (!best) return std::nullopt;
  return make_span(*best, *best + anchor.words.size());
}

namespace {

// Longer anchors find no more.
constexpr std::uint32_t kLongestAnchor = 200;  // code points
constexpr std::size_t kMostStatements = 64;    // of a claim

Anchor anchor_of(const Dossier& d, const Evidence& e) {
  const Article& a = d.articles[e.article];
  const utf8::OffsetIndex offsets(a.text);
  const Span place = offsets.code_points(e.span);
  const std::uint32_t end = offsets.bytes(std::min(place.end, place.begin + kLongestAnchor));
  return {a.id, place.begin, std::string(a.at({e.span.begin, end}))};
}

// The one item that `id` names, by its id or by a name that only it has.
template <class Item, class Name>
const Item* one(const std::vector<Item>& items, std::string_view id, const Name& name) {
  const Item* found = nullptr;
  for (const Item& item : items) {
    if (item.id == id) return &item;
  }
  for (const Item& item : items) {
    if (name(item) != id) continue;
    if (found != nullptr) return nullptr;
    found = &item;
  }
  return found;
}

Target target(const Dossier& d, const CorpusEntity& person) {
  Target t{person.name, {}};
  std::vector<Evidence> named;
  std::vector<Evidence> other;
  for (const Evidence& m : person.mentions) {
    const bool whole = d.articles[m.article].at(m.span) == person.name;
    (whole ? named : other).push_back(m);
  }
  named.insert(named.end(), other.begin(), other.end());
  // From different articles: one of them may be withdrawn.
  std::vector<std::uint32_t> seen;
  for (const Evidence& m : named) {
    if (t.places.size() == kTargetPlaces) break;
    if (std::find(seen.begin(), seen.end(), m.article) != seen.end()) continue;
    seen.push_back(m.article);
    t.places.push_back(anchor_of(d, m));
  }
  return t;
}

Target target(const Dossier& d, const Event& event) {
  Target t{event.label, {}};
  for (const std::uint32_t a : event.articles) {
    if (t.places.size() == kTargetPlaces) break;
    t.places.push_back({d.articles[a].id, 0, {}});
  }
  return t;
}

const Claim* claim_of(const Dossier& d, std::string_view id) {
  return one(d.claims, id, [](const Claim& c) -> const std::string& { return c.text; });
}

}  // namespace

ArticleIndex::ArticleIndex(std::span<const Article> articles) : articles_(articles) {
  for (std::uint32_t i = 0; i < articles.size(); ++i) by_id_.emplace(articles[i].id, i);
}

std::int64_t ArticleIndex::find(std::string_view id) const {
  const auto it = by_id_.find(id);
  return it == by_id_.end() ? -1 : std::int64_t{it->second};
}

std::vector<Evidence> ArticleIndex::places(const Target& target) const {
  std::vector<Evidence> out;
  for (const Anchor& anchor : target.places) {
    const std::int64_t a = find(anchor.article);
    if (a < 0) continue;
    const auto article = static_cast<std::uint32_t>(a);
    if (anchor.words.empty()) {
      out.push_back({article, {}});
    } else if (const std::optional<Span> s = find_words(anchor, articles_[article].text)) {
      out.push_back({article, *s});
    }
  }
  return out;
}

std::vector<std::uint32_t> ArticleIndex::articles(const std::vector<std::string>& ids) const {
  std::vector<std::uint32_t> out;
  for (const std::string& id : ids) {
    if (const std::int64_t a = find(id); a >= 0) out.push_back(static_cast<std::uint32_t>(a));
  }
  return out;
}

std::optional<Target> target_of(const Dossier& d, std::string_view id) {
  if (id.empty()) return std::nullopt;
  const auto name = [](const CorpusEntity& e) {
    return e.type == EntityType::Person ? std::string_view(e.name) : std::string_view();
  };
  if (const CorpusEntity* e = one(d.entities, id, name)) {
    if (e->type == EntityType::Person) return target(d, *e);
    return std::nullopt;
  }
  if (const Event* e =
          one(d.events, id, [](const Event& x) -> const std::string& { return x.label; })) {
    return target(d, *e);
  }
  if (claim_of(d, id) != nullptr) return statements_of(d, id, {}, false);
  return std::nullopt;
}

std::optional<Target> statements_of(const Dossier& d, std::string_view claim,
                                    const std::vector<std::string>& articles, bool inside) {
  const Claim* c = claim_of(d, claim);
  if (c == nullptr) return std::nullopt;
  Target t{c->text, {}};
  for (const Statement& s : c->statements) {
    const std::string& id = d.articles[s.evidence.article].id;
    const bool among = std::find(articles.begin(), articles.end(), id) != articles.end();
    if (among == inside && t.places.size() < kMostStatements) {
      t.places.push_back(anchor_of(d, s.evidence));
      if (inside && t.places.size() == 1) t.name = t.places[0].words;
    }
  }
  if (t.places.empty()) return std::nullopt;
  return t;
}

}  // namespace twosource
