#include "claim/quantities.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <set>
#include <string_view>
#include <tuple>

#include "annotate/measure/compare.hpp"
#include "claim/value_kinds.hpp"
#include "claim/values.hpp"
#include "text/utf8.hpp"

namespace twosource::claim {
namespace {

constexpr std::size_t kMaxQuantities = 400;
constexpr std::uint32_t kBack = 2;       // sentences back that one without a topic leans on
constexpr std::size_t kMinTopic = 4;     // bytes of a content word
constexpr std::size_t kCommon = 5;       // bytes in a row that two words of one family share
constexpr double kFarHeadless = 3;       // times as large, without a head noun
constexpr double kNearlyOneSize = 1.5;   // of counts that share their head noun alone
constexpr std::size_t kSharedTopic = 2;  // words of figures without a head noun
constexpr double kFewest = 5;            // a count below says little ("zwei Seiten")

bool inside(const std::vector<Span>& spans, Span token) {
  return std::any_of(spans.begin(), spans.end(), [&](const Span& s) { return s.contains(token); });
}

// The spans of a sentence whose words do not tell what a figure is of: values and names.
std::vector<Span> set_apart(const Article& article, const SentenceUnit& unit) {
  std::vector<Span> out;
  for (const std::uint32_t m : unit.measures) out.push_back(article.measures[m].span);
  for (const std::uint32_t t : unit.times) out.push_back(article.times[t].span);
  const auto from =
      std::partition_point(article.mentions.begin(), article.mentions.end(),
                           [&](const Mention& m) { return m.span.end <= unit.span.begin; });
  for (auto it = from; it != article.mentions.end() && it->span.begin < unit.span.end; ++it) {
    out.push_back(it->span);
  }
  return out;
}

// Do two words share so many letters in a row that one may be made from the other ("abgestürzt",
// "stürzte"; "Schiffsstau", "Stau" by its end)?
bool same_family(std::string_view x, std::string_view y) {
  if (same_head(x, y)) return true;
  const std::string_view shorter = x.size() <= y.size() ? x : y;
  const std::string_view longer = x.size() <= y.size() ? y : x;
  if (shorter.size() >= kMinTopic && longer.ends_with(shorter)) return true;
  const std::size_t need = std::max(kCommon, (2 * shorter.size() + 2) / 3);
  for (std::size_t i = 0; i + need <= shorter.size(); ++i) {
    if (longer.find(shorter.substr(i, need)) != std::string_view::npos) return true;
  }
  return false;
}

class Grouping {
 public:
  Grouping(const Dossier& dossier, std::span<const SentenceUnit> units, const Contrasts& contrasts,
           std::vector<Quantity>& all,
           const std::function<bool(const FigureEntry&, const FigureEntry&)>& same_voice)
      : dossier_(dossier),
        units_(units),
        contrasts_(contrasts),
        all_(all),
        same_voice_(same_voice),
        parent_(all.size()),
        disputed_(all.size()) {
    std::iota(parent_.begin(), parent_.end(), 0U);
  }

  std::vector<std::vector<FigureEntry>> run() {
    lean();
    note_pairs();
    for (std::uint32_t i = 0; i < all_.size(); ++i) {
      for (std::uint32_t j = i + 1; j < all_.size(); ++j) {
        const bool differ = disputes(all_[i], all_[j]);
        if (!differ && !agrees(all_[i], all_[j])) continue;
        parent_[root(i)] = root(j);
        if (differ) disputed_[i] = disputed_[j] = true;
      }
    }
    std::map<std::uint32_t, std::vector<std::uint32_t>> groups;
    for (std::uint32_t i = 0; i < all_.size(); ++i) groups[root(i)].push_back(i);
    std::vector<std::vector<FigureEntry>> out;
    for (const auto& [id, members] : groups) {
      if (std::none_of(members.begin(), members.end(),
                       [&](std::uint32_t i) { return disputed_[i]; }))
        continue;
      out.emplace_back();
      for (const std::uint32_t i : members) out.back().push_back(std::move(all_[i].entry));
    }
    return out;
  }

 private:
  std::uint32_t root(std::uint32_t i) {
    while (parent_[i] != i) i = parent_[i] = parent_[parent_[i]];
    return i;
  }

  // A sentence that says nothing but a figure is of what the figure before it is of.
  void lean() {
    for (std::size_t i = 1; i < all_.size(); ++i) {
      Quantity& q = all_[i];
      if (!q.topic.empty() || !q.head.empty()) continue;
      for (std::size_t k = i; k-- > 0;) {
        const Quantity& before = all_[k];
        if (q.entry.unit - before.entry.unit > kBack || article(q) != article(before)) break;
        if (before.entry.unit == q.entry.unit || unit_of(before) != unit_of(q)) continue;
        q.head = before.head;
        q.topic = before.topic;
        break;
      }
    }
  }

  // Figures that one sentence tells of are two: "picture 18 of 25".
  void note_pairs() {
    for (std::size_t i = 1; i < all_.size(); ++i) {
      for (std::size_t k = i; k-- > 0 && all_[k].entry.unit == all_[i].entry.unit;) {
        if (unit_of(all_[k]) == unit_of(all_[i])) together_.insert(sizes(all_[k], all_[i]));
      }
    }
  }
  static std::tuple<Unit, double, double> sizes(const Quantity& x, const Quantity& y) {
    const auto [low, high] = std::minmax(x.entry.measure->low, y.entry.measure->low);
    return {unit_of(x), low, high};
  }

  [[nodiscard]] std::uint32_t article(const Quantity& q) const {
    return units_[q.entry.unit].article;
  }
  static Unit unit_of(const Quantity& q) { return q.entry.measure->unit; }

  [[nodiscard]] bool other_place(const Quantity& x, const Quantity& y) const {
    bool first = false;
    bool second = false;
    const auto location = [&](std::uint32_t e) {
      return dossier_.entities[e].type == EntityType::Location;
    };
    const std::vector<std::uint32_t>& theirs = units_[y.entry.unit].entities;
    for (const std::uint32_t e : units_[x.entry.unit].entities) {
      if (!location(e)) continue;
      first = true;
      if (std::binary_search(theirs.begin(), theirs.end(), e)) return false;
    }
    for (const std::uint32_t e : theirs) second |= location(e);
    return first && second;
  }

  static std::size_t shared(const Quantity& x, const Quantity& y) {
    std::size_t n = 0;
    for (const std::string& w : x.topic) {
      n += std::any_of(y.topic.begin(), y.topic.end(),
                       [&](const std::string& v) { return same_family(w, v); })
               ? 1U
               : 0U;
    }
    return n;
  }

  // Are two figures of one kind, size and thing?
  [[nodiscard]] bool same_thing(const Quantity& x, const Quantity& y) const {
    const Measure& a = *x.entry.measure;
    const Measure& b = *y.entry.measure;
    const double low = std::min(a.low, b.low);
    const double high = std::max(a.high, b.high);
    const bool heads =
        !x.head.empty() && !y.head.empty() && (same_head(x.head, y.head) || (x.people && y.people));
    if (!(low > 0) || high >= (heads ? kFar : kFarHeadless) * low) return false;
    const std::size_t n = shared(x, y);
    if (needs_head(a.unit)) {
      if (!heads || (a.unit == Unit::Count && high < kFewest)) return false;
      // Many things are counted of people, and shares are of many things of one base.
      if (a.unit != Unit::Count || x.people || y.people) return n >= 2;
      return n > 0 || high < kNearlyOneSize * low;
    }
    const auto units = std::minmax(x.entry.unit, y.entry.unit);
    if (contrasts_.contains({units.first, units.second})) return true;
    const std::size_t fewer = std::min(x.topic.size(), y.topic.size());
    return n >= std::min(kSharedTopic, fewer) && n > 0 && 2 * n >= fewer;
  }

  [[nodiscard]] bool comparable(const Quantity& x, const Quantity& y) const {
    return x.entry.unit != y.entry.unit && unit_of(x) == unit_of(y) &&
           x.entry.measure->unit_name == y.entry.measure->unit_name && !other_place(x, y);
  }

  [[nodiscard]] bool disputes(const Quantity& x, const Quantity& y) const {
    if (x.voice == Voice::None || y.voice == Voice::None) return false;
    if (x.voice != Voice::Named && y.voice != Voice::Named) return false;
    if (!comparable(x, y) || same_voice_(x.entry, y.entry)) return false;
    if (x.entry.standing != y.entry.standing) return false;
    Measure a = *x.entry.measure;
    Measure b = *y.entry.measure;
    a.modality = b.modality = Modality::Actual;
    const annotate::Comparison c = annotate::compare(a, b);
    return c.comparable && c.relation == Relation::Different && same_thing(x, y) &&
           !together_.contains(sizes(x, y));
  }

  [[nodiscard]] bool agrees(const Quantity& x, const Quantity& y) const {
    return comparable(x, y) && same_value(x.entry, y.entry) && same_thing(x, y);
  }

  const Dossier& dossier_;
  std::span<const SentenceUnit> units_;
  const Contrasts& contrasts_;
  std::vector<Quantity>& all_;
  const std::function<bool(const FigureEntry&, const FigureEntry&)>& same_voice_;
  std::vector<std::uint32_t> parent_;
  std::vector<bool> disputed_;
  std::set<std::tuple<Unit, double, double>> together_;
};

}  // namespace

Voice voice_of(const Dossier& dossier, const Statement& statement) {
  if (statement.origin < 0) return Voice::None;
  const Origin& o = dossier.origins[static_cast<std::size_t>(statement.origin)];
  switch (o.kind) {
    case OriginKind::Authority:
    case OriginKind::Company:
    case OriginKind::Person:
    case OriginKind::Document:
      return Voice::Named;
    case OriginKind::Anonymous:
      return Voice::Anonymous;
    case OriginKind::Agency: {
      const Article& a = dossier.articles[statement.evidence.article];
      const bool here = a.at(statement.evidence.span).find(o.name) != std::string_view::npos;
      return here ? Voice::Named : Voice::None;
    }
    default:
      return Voice::None;
  }
}

Quantity read_quantity(const Dossier& dossier, const SentenceUnit& unit, const Lexicon& lexicon,
                       FigureEntry entry) {
  const Article& article = dossier.articles[unit.article];
  const TokenLayer& layer = article.tokens;
  const Measure& m = *entry.measure;
  const Voice voice = voice_of(dossier, entry.statement);
  Quantity out{std::move(entry), voice, {}, false, {}};
  const bool head = needs_head(m.unit) && !m.of.empty();
  if (head) {
    const std::size_t blank = m.of.rfind(' ');
    out.head = utf8::lower(blank == std::string::npos ? m.of : m.of.substr(blank + 1));
    out.people = lexicon.fact(out.head).is(FactWord::People);
  }
  const std::vector<Span> apart = set_apart(article, unit);
  const Sentence& s = layer.sentences[unit.sentence];
  for (std::size_t i = s.first_token; i < s.last_token; ++i) {
    const Token& t = layer.tokens[i];
    const std::string_view lower = layer.lower(i);
    if (t.kind != TokenKind::Word || lower.size() < kMinTopic || lexicon.stop_word(lower)) continue;
    if ((head && m.of_span.contains(t.span)) || inside(apart, t.span)) continue;
    if (lexicon.is(lower, ClaimWord::Saying) || lexicon.is(lower, ClaimWord::Contrast) ||
        lexicon.source_kind(lower) || lexicon.fact(lower).is(FactWord::Counts))
      continue;
    out.topic.emplace_back(lower);
  }
  return out;
}

std::vector<std::vector<FigureEntry>> disputed_quantities(
    const Dossier& dossier, std::span<const SentenceUnit> units, const Contrasts& contrasts,
    std::vector<Quantity> all,
    const std::function<bool(const FigureEntry&, const FigureEntry&)>& same_voice) {
  if (all.size() > kMaxQuantities) all.resize(kMaxQuantities);
  return Grouping(dossier, units, contrasts, all, same_voice).run();
}

}  // namespace twosource::claim
