#include "claim/values.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "annotate/measure/compare.hpp"
#include "annotate/time/compare.hpp"
#include "claim/value_kinds.hpp"
#include "text/utf8.hpp"

namespace twosource::claim {
namespace {

// Last word of a noun phrase, lower case: its head in German and English.
std::string head(std::string_view phrase) {
  const std::size_t blank = phrase.rfind(' ');
  return utf8::lower(blank == std::string_view::npos ? phrase : phrase.substr(blank + 1));
}

// Orders of magnitude between a number and the unit it is rounded to: 135 minutes said to the
// minute 2.1, "370 Schiffe" 1.6, "rund 400" 0.6.
double specificity(const Measure& m) {
  const double unit = m.granularity > 0 ? m.granularity : 1;
  return m.low > unit ? std::log10(m.low / unit) : 0;
}

// Of a sentence, for every layer: fits the bits of a word.
constexpr std::size_t kMaxValues = 64;
constexpr std::size_t kTableValues = 1024;  // different ones up to which a table holds all pairs
constexpr std::size_t kHeadReach = 6;       // tokens back from a share to what it is a share of

// What a share without a noun of its own is a share of: the nearest word with a capital before it
// in the clause, not the sentence's first ("die Wahlbeteiligung lag bei 61 Prozent"). Empty where
// nouns have no capital, and if there is none.
std::string implied_head(const Article& article, const SentenceUnit& unit, const Measure& m) {
  if (m.unit != Unit::Percent || !unit.capital_nouns) return {};
  const TokenLayer& layer = article.tokens;
  const std::size_t first = layer.sentences[unit.sentence].first_token;
  std::size_t i = layer.token_at(m.span.begin);
  for (std::size_t left = kHeadReach; left > 0 && i > first; --left) {
    const Token& t = layer.tokens[--i];
    if (t.kind != TokenKind::Word && t.kind != TokenKind::Number) return {};
    if (t.kind == TokenKind::Word && t.upper && i > first) return std::string(layer.lower(i));
  }
  return {};
}

// Two figures of one thing do not differ tenfold: a price for one share and for all of them do. Set
// by hand, not tuned.
bool far_apart(const Measure& x, const Measure& y) {
  constexpr double kTimes = 10;
  const double low = std::min(std::abs(x.low), std::abs(y.low));
  const double high = std::max(std::abs(x.low), std::abs(y.low));
  return low > 0 && high >= kTimes * low;
}

// One number, said to be inexact by one of the two at most: nobody would call that a difference.
bool same_but_about(const Measure& x, const Measure& y) {
  const auto plain = [](const Measure& m) {
    return m.bound == Bound::Exact || m.bound == Bound::Approx;
  };
  return x.value == y.value && x.low == y.low && x.high == y.high && plain(x) && plain(y);
}

// All that annotate::compare() looks at.
std::string value_key(const Measure& m) {
  return fmt::format("{}|{}|{}|{}|{}|{}|{}|{}", static_cast<int>(m.unit), m.unit_name, m.value,
                     m.low, m.high, m.granularity, static_cast<int>(m.bound),
                     static_cast<int>(m.modality));
}

}  // namespace

template <class Comparison>
Slots::Known Slots::known_of(const Comparison& c) {
  if (!c.comparable) return Known::Incomparable;
  return c.relation == Relation::Equal        ? Known::Equal
         : c.relation == Relation::Compatible ? Known::Compatible
                                              : Known::Different;
}

// Keeps per value the best of what was found: "different" only where the partner agrees with no
// other value.
void Slots::keep_best(Partners& found) {
  if (found.size() < 2) return;
  std::stable_sort(found.begin(), found.end(),
                   [](const Found& x, const Found& y) { return x.relation < y.relation; });
  std::uint64_t used_a = 0;
  std::uint64_t used_b = 0;
  std::erase_if(found, [&](const Found& f) {
    const std::uint64_t a = std::uint64_t{1} << f.a;
    const std::uint64_t b = std::uint64_t{1} << f.b;
    if ((used_a & a) != 0 || (used_b & b) != 0) return true;
    used_a |= a;
    used_b |= b;
    return false;
  });
}

std::string slot_name(const Measure& m) {
  std::string slot(to_string(m.unit));
  if (!m.of.empty()) slot.append(":").append(m.of);
  return slot;
}

bool same_size(const Measure& x, const Measure& y) {
  constexpr double kTimes = 1.25;
  const double low = std::min(std::abs(x.low), std::abs(y.low));
  const double high = std::max(std::abs(x.low), std::abs(y.low));
  return high <= kTimes * low;
}

bool same_head(std::string_view x, std::string_view y) {
  if (x == y) return true;
  const std::string_view shorter = x.size() <= y.size() ? x : y;
  const std::string_view longer = x.size() <= y.size() ? y : x;
  if (shorter.size() < kMinHead) return false;
  if (longer.starts_with(shorter) && longer.size() - shorter.size() <= 2) return true;
  return shorter.size() >= kMinHeadPart && longer.ends_with(shorter);
}

Slots::Slots(const Dossier& dossier, std::span<const SentenceUnit> units, const Lexicons* lexicons)
    : dossier_(dossier), units_(units) {
  for (const ResolvedTime& r : dossier.resolved) {
    resolved_[(static_cast<std::uint64_t>(r.article) << 32U) | r.timex] = &r.value;
  }
  heads_.emplace_back();
  for (const SentenceUnit& unit : units) {
    read(unit, lexicons);
    read_vague(unit, lexicons);
  }
  first_vague_.push_back(static_cast<std::uint32_t>(vague_.size()));
  first_amount_.push_back(static_cast<std::uint32_t>(amounts_.size()));
  first_point_.push_back(static_cast<std::uint32_t>(points_.size()));
  if (value_ids_.size() <= kTableValues) {
    known_table_.resize(value_ids_.size() * value_ids_.size());
  }
  for (std::uint32_t u = 0; u < units.size(); ++u) {
    for (const Amount& x : amounts(u)) {
      told_.insert(voice(u, *x.measure));
      for (const Amount& y : amounts(u)) {
        if (x.measure->unit == y.measure->unit && x.measure->low < y.measure->low)
          together_.insert({x.measure->unit, x.measure->low, y.measure->low});
      }
    }
  }
}

void Slots::read(const SentenceUnit& unit, const Lexicons* lexicons) {
  const Article& article = dossier_.articles[unit.article];
  places_.emplace_back();
  for (const std::uint32_t e : unit.entities) {
    if (dossier_.entities[e].type == EntityType::Location) places_.back().push_back(e);
  }
  const auto value_id = [&](const std::string& key) {
    return value_ids_.try_emplace(key, static_cast<std::uint32_t>(value_ids_.size())).first->second;
  };
  first_amount_.push_back(static_cast<std::uint32_t>(amounts_.size()));
  std::vector<Figure> figures(unit.measures.size());
  if (lexicons != nullptr && !figures.empty())
    figures = read_figures(article, unit, lexicons->of(article.language));
  for (std::size_t k = 0; k < unit.measures.size(); ++k) {
    const std::uint32_t i = unit.measures[k];
    if (amounts_.size() - first_amount_.back() == kMaxValues) break;
    const Measure& m = article.measures[i];
    Amount amount{
        &m, value_id(value_key(m)), 0, specificity(m), figures[k].fact.state, figures[k].standing};
    const std::string noun = m.of.empty() ? implied_head(article, unit, m) : head(m.of);
    if (!noun.empty()) {
      const auto next = static_cast<std::uint32_t>(heads_.size());
      const auto [it, fresh] = head_ids_.try_emplace(noun, next);
      if (fresh) heads_.push_back(it->first);
      amount.head = it->second;
    }
    amounts_.push_back(amount);
  }
  first_point_.push_back(static_cast<std::uint32_t>(points_.size()));
  for (const std::uint32_t t : unit.times) {
    if (points_.size() - first_point_.back() == kMaxValues) break;
    Point point{article.times[t], 0};
    Timex& x = point.time;
    if (x.type != TimexType::Date && x.type != TimexType::Time) continue;
    const auto it = resolved_.find((static_cast<std::uint64_t>(unit.article) << 32U) | t);
    if (it != resolved_.end()) {
      x.value = *it->second;
      x.weekday = 0;
    }
    point.value = value_id(fmt::format("@{}|{}|{}", x.value, x.mod, x.weekday));
    points_.push_back(std::move(point));
  }
}

std::span<const Slots::Amount> Slots::amounts(std::uint32_t unit) const {
  return std::span(amounts_).subspan(first_amount_[unit],
                                     first_amount_[unit + 1] - first_amount_[unit]);
}

std::span<const Slots::Point> Slots::points(std::uint32_t unit) const {
  return std::span(points_).subspan(first_point_[unit],
                                    first_point_[unit + 1] - first_point_[unit]);
}

Slots::Known& Slots::known(std::uint32_t a, std::uint32_t b) const {
  if (!known_table_.empty()) return known_table_[a * value_ids_.size() + b];
  return known_[(static_cast<std::uint64_t>(a) << 32U) | b];
}

Slots::Known Slots::relate(const Amount& a, const Amount& b) const {
  Known& relation = known(a.value, b.value);
  if (relation == Known::Nothing) relation = known_of(annotate::compare(*a.measure, *b.measure));
  return relation;
}

Slots::Known Slots::relate(const Point& a, const Point& b) const {
  Known& relation = known(a.value, b.value);
  if (relation == Known::Nothing) relation = known_of(annotate::compare_times(a.time, b.time));
  return relation;
}

bool Slots::same_slot(const Amount& a, const Amount& b) const {
  const Unit unit = a.measure->unit;
  if (unit != b.measure->unit || unit == Unit::Ordinal) return false;
  if (a.state != 0 && b.state != 0 && a.state != b.state) return false;
  if (a.head == 0 || b.head == 0) return !needs_head(unit);
  return a.head == b.head || same_head(heads_[a.head], heads_[b.head]);
}

// Do both sentences name places, and none in common? Then their figures are of different places.
bool Slots::other_place(std::uint32_t a, std::uint32_t b) const {
  const std::vector<std::uint32_t>& xs = places_[a];
  const std::vector<std::uint32_t>& ys = places_[b];
  return !xs.empty() && !ys.empty() &&
         std::find_first_of(xs.begin(), xs.end(), ys.begin(), ys.end()) == xs.end();
}

// Does one who tells of both figures tell them as two? A sentence with both, or the same voice in
// one article: "152 km/h on the mountain, 162 at the lighthouse".
bool Slots::known_apart(std::uint32_t a, std::uint32_t b, const Measure& x,
                        const Measure& y) const {
  return told_.contains(voice(a, y)) || told_.contains(voice(b, x)) ||
         together_.contains({x.unit, std::min(x.low, y.low), std::max(x.low, y.low)});
}

Slots::Told Slots::voice(std::uint32_t unit, const Measure& m) const {
  return {units_[unit].article, units_[unit].speaker, m.unit, m.low};
}

std::vector<SlotValue> Slots::values(std::uint32_t unit) const {
  std::vector<SlotValue> out;
  for (const Amount& a : amounts(unit)) {
    out.push_back({slot_name(*a.measure), a.measure->value, a.measure->span});
  }
  for (const Point& p : points(unit)) {
    out.push_back({p.time.type == TimexType::Date ? "date" : "time", p.time.value, p.time.span});
  }
  return out;
}

const Slots::Partners& Slots::measure_partners(std::uint32_t a, std::uint32_t b) const {
  found_.clear();
  const std::span<const Amount> xs = amounts(a);
  const std::span<const Amount> ys = amounts(b);
  for (std::uint32_t i = 0; i < xs.size(); ++i) {
    for (std::uint32_t j = 0; j < ys.size(); ++j) {
      if (!same_slot(xs[i], ys[j])) continue;
      const Known known = relate(xs[i], ys[j]);
      if (known == Known::Incomparable) continue;
      found_.push_back({i, j, known});
    }
  }
  keep_best(found_);
  return found_;
}

std::vector<SlotComparison> Slots::compared(std::uint32_t a, std::uint32_t b,
                                            bool equal_too) const {
  std::vector<SlotComparison> out;
  for (const Found& f : measure_partners(a, b)) {
    if (f.relation == Known::Equal && !equal_too) continue;
    const Measure& x = *amounts(a)[f.a].measure;
    const Measure& y = *amounts(b)[f.b].measure;
    if (!equal_too && same_but_about(x, y)) continue;
    if (f.relation == Known::Different &&
        (amounts(a)[f.a].standing != amounts(b)[f.b].standing || far_apart(x, y) ||
         other_place(a, b) || known_apart(a, b, x, y)))
      continue;
    const std::uint64_t key =
        (static_cast<std::uint64_t>(amounts(a)[f.a].value) << 32U) | amounts(b)[f.b].value;
    annotate::Comparison& c = compared_[key];
    if (c.why.empty()) c = annotate::compare(x, y);
    out.push_back(
        {c.relation, {slot_name(x), x.value, x.span}, {slot_name(y), y.value, y.span}, c.why});
  }
  for (const Found& f : date_partners(a, b)) {
    if (f.relation == Known::Equal && !equal_too) continue;
    const Timex& x = points(a)[f.a].time;
    const Timex& y = points(b)[f.b].time;
    if (!equal_too && x.value == y.value && x.mod == y.mod) continue;  // "am Samstag", twice
    const std::uint64_t key =
        (static_cast<std::uint64_t>(points(a)[f.a].value) << 32U) | points(b)[f.b].value;
    std::string& why = times_compared_[key];
    if (why.empty()) why = annotate::compare_times(x, y).why;
    const char* slot =
        on_the_clock(points(a)[f.a]) && on_the_clock(points(b)[f.b]) ? "time" : "date";
    const Relation relation = f.relation == Known::Equal        ? Relation::Equal
                              : f.relation == Known::Compatible ? Relation::Compatible
                                                                : Relation::Different;
    out.push_back({relation, {slot, x.value, x.span}, {slot, y.value, y.span}, why});
  }
  if (!equal_too) {
    compare_vague(a, b, false, out);
    compare_vague(b, a, true, out);
  }
  return out;
}

std::vector<SlotComparison> Slots::compare(std::uint32_t a, std::uint32_t b) const {
  return compared(a, b, true);
}

std::vector<SlotComparison> Slots::differing(std::uint32_t a, std::uint32_t b) const {
  return compared(a, b, false);
}

bool Slots::agree(std::uint32_t a, std::uint32_t b) const {
  const auto different = [](const Found& f) { return f.relation == Known::Different; };
  const Partners& measures = measure_partners(a, b);
  if (std::any_of(measures.begin(), measures.end(), different)) return false;
  if (!std::all_of(measures.begin(), measures.end(), [&](const Found& f) {
        return same_size(*amounts(a)[f.a].measure, *amounts(b)[f.b].measure);
      }))
    return false;
  const std::size_t agreeing = measures.size();
  const Partners& dates = date_partners(a, b);
  if (std::any_of(dates.begin(), dates.end(), different)) return false;
  return agreeing >= std::min(amounts(a).size(), amounts(b).size());
}

std::size_t Slots::unmatched(std::uint32_t a, std::uint32_t b) const {
  return amounts(a).size() - measure_partners(a, b).size();
}

void Slots::match_measures(std::uint32_t a, std::uint32_t b, ValueMatch& match) const {
  for (const Amount& p : amounts(a)) {
    const Measure& x = *p.measure;
    for (const Amount& q : amounts(b)) {
      const Measure& y = *q.measure;
      if (x.unit != y.unit || x.unit == Unit::Ordinal) continue;
      if (needs_head(x.unit) && !same_slot(p, q)) continue;
      const double telling = std::min(p.specificity, q.specificity);
      const Known known = relate(p, q);
      if (known == Known::Incomparable) continue;
      if (known == Known::Equal) {
        match.same_thing |= equality_tells(x.unit) && (x.unit != Unit::Count || x.low >= kMany);
        if (telling >= kNearSpecificity) {
          match.telling = std::max(match.telling, std::min(1.0, telling / 4));
        }
        if (x.modality == Modality::Planned) match.telling = std::max(match.telling, 0.5);
        continue;
      }
      const double low = std::min(x.low, y.low);
      const double high = std::max(x.low, y.low);
      if (low > 0 && high < kFar * low && closeness_tells(x.unit)) {
        match.close = std::max(match.close, 1 - std::log2(high / low));
      }
      if (known == Known::Different && telling >= kNearSpecificity && x.bound == Bound::Exact &&
          y.bound == Bound::Exact && high - low <= kNear * high) {
        match.near = true;
      }
    }
  }
}

std::vector<TellingValue> Slots::telling(std::uint32_t unit) const {
  std::vector<TellingValue> out;
  for (const Amount& a : amounts(unit)) {
    const Measure& m = *a.measure;
    if (m.unit == Unit::Ordinal || needs_head(m.unit)) continue;
    if (m.modality != Modality::Planned && a.specificity < kNearSpecificity) continue;
    std::string key(to_string(m.unit));
    key.append(" ").append(to_string(m.modality)).append(" ").append(m.value);
    out.push_back({std::move(key), {slot_name(m), m.value, m.span}});
  }
  return out;
}

ValueMatch Slots::match(std::uint32_t a, std::uint32_t b) const {
  ValueMatch match;
  match_measures(a, b, match);
  const auto count = [&](const Partners& list) {
    for (const Found& f : list) ++(f.relation == Known::Different ? match.clashing : match.equal);
  };
  if (!amounts(a).empty() && !amounts(b).empty()) count(measure_partners(a, b));
  if (!points(a).empty() && !points(b).empty()) count(date_partners(a, b));
  return match;
}

}  // namespace twosource::claim
