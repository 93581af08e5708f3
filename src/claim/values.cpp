#include "claim/values.hpp"

#include <algorithm>
#include <cmath>

#include "annotate/measure/compare.hpp"
#include "annotate/time/compare.hpp"
#include "text/utf8.hpp"

namespace twosource::claim {
namespace {

std::string slot_name(const Measure& m) {
  std::string slot(to_string(m.unit));
  if (!m.of.empty()) slot.append(":").append(m.of);
  return slot;
}

// Last word of a noun phrase, lower case: its head in German and English.
std::string head(std::string_view phrase) {
  const std::size_t blank = phrase.rfind(' ');
  return utf8::lower(blank == std::string_view::npos ? phrase : phrase.substr(blank + 1));
}

// Kinds of which a sentence easily holds several that have nothing to do with each other: they
// need a head noun on both sides.
bool needs_head(Unit unit) {
  return unit == Unit::Count || unit == Unit::Percent || unit == Unit::PercentPoints ||
         unit == Unit::Ratio || unit == Unit::Other;
}

bool same_slot(const Measure& a, const Measure& b) {
  if (a.unit != b.unit || a.unit == Unit::Ordinal) return false;
  if (a.of.empty() || b.of.empty()) return !needs_head(a.unit);
  return same_head(head(a.of), head(b.of));
}

int rank(Relation relation) {
  return relation == Relation::Equal ? 0 : relation == Relation::Compatible ? 1 : 2;
}

// Keeps of `found` (index of the partner, comparison) per value the best; drops "different" where
// the partner agrees with another value.
struct Found {
  std::size_t a = 0;
  std::size_t b = 0;
  SlotComparison comparison;
};
void keep_best(std::vector<Found> found, std::vector<SlotComparison>& out) {
  std::stable_sort(found.begin(), found.end(), [](const Found& x, const Found& y) {
    return rank(x.comparison.relation) < rank(y.comparison.relation);
  });
  std::vector<std::size_t> used_a;
  std::vector<std::size_t> used_b;
  const auto used = [](const std::vector<std::size_t>& list, std::size_t i) {
    return std::find(list.begin(), list.end(), i) != list.end();
  };
  for (Found& f : found) {
    if (used(used_a, f.a) || used(used_b, f.b)) continue;
    used_a.push_back(f.a);
    used_b.push_back(f.b);
    out.push_back(std::move(f.comparison));
  }
}

// Orders of magnitude between a number and the unit it is rounded to: 135 minutes said to the
// minute 2.1, "370 Schiffe" 1.6, "rund 400" 0.6.
double specificity(const Measure& m) {
  const double unit = m.granularity > 0 ? m.granularity : 1;
  return m.low > unit ? std::log10(m.low / unit) : 0;
}

// Largest relative distance of two values that are still taken for reports of one quantity.
constexpr double kNear = 0.05;
constexpr double kNearSpecificity = 2;

}  // namespace

bool same_head(std::string_view x, std::string_view y) {
  if (x == y) return true;
  const std::string_view shorter = x.size() <= y.size() ? x : y;
  const std::string_view longer = x.size() <= y.size() ? y : x;
  if (shorter.size() < 4) return false;
  if (longer.starts_with(shorter) && longer.size() - shorter.size() <= 2) return true;
  return shorter.size() >= 5 && longer.ends_with(shorter);
}

Slots::Slots(const Dossier& dossier) : dossier_(dossier) {
  for (const ResolvedTime& r : dossier.resolved) resolved_[{r.article, r.timex}] = r.value;
}

std::vector<Timex> Slots::points(const SentenceUnit& unit) const {
  std::vector<Timex> out;
  for (const std::uint32_t t : unit.times) {
    Timex x = dossier_.articles[unit.article].times[t];
    if (x.type != TimexType::Date && x.type != TimexType::Time) continue;
    if (const auto it = resolved_.find({unit.article, t}); it != resolved_.end()) {
      x.value = it->second;
      x.weekday = 0;
    }
    out.push_back(std::move(x));
  }
  return out;
}

std::vector<SlotValue> Slots::values(const SentenceUnit& unit) const {
  std::vector<SlotValue> out;
  for (const std::uint32_t m : unit.measures) {
    const Measure& x = dossier_.articles[unit.article].measures[m];
    out.push_back({slot_name(x), x.value, x.span});
  }
  for (const Timex& t : points(unit)) {
    out.push_back({t.type == TimexType::Date ? "date" : "time", t.value, t.span});
  }
  return out;
}

void Slots::compare_measures(const SentenceUnit& a, const SentenceUnit& b,
                             std::vector<SlotComparison>& out) const {
  if (a.measures.empty() || b.measures.empty()) return;
  std::vector<Found> found;
  for (std::size_t i = 0; i < a.measures.size(); ++i) {
    const Measure& x = dossier_.articles[a.article].measures[a.measures[i]];
    for (std::size_t j = 0; j < b.measures.size(); ++j) {
      const Measure& y = dossier_.articles[b.article].measures[b.measures[j]];
      if (!same_slot(x, y)) continue;
      annotate::Comparison c = annotate::compare(x, y);
      if (!c.comparable) continue;
      found.push_back({i, j, {c.relation,
                              {slot_name(x), x.value, x.span},
                              {slot_name(y), y.value, y.span},
                              std::move(c.why)}});
    }
  }
  keep_best(std::move(found), out);
}

void Slots::compare_dates(const SentenceUnit& a, const SentenceUnit& b,
                          std::vector<SlotComparison>& out) const {
  if (a.times.empty() || b.times.empty()) return;
  const std::vector<Timex> xs = points(a);
  const std::vector<Timex> ys = points(b);
  // With several dates on a side nobody can say which belongs to what: only agreement counts then.
  const bool one_each = xs.size() == 1 && ys.size() == 1;
  std::vector<Found> found;
  for (std::size_t i = 0; i < xs.size(); ++i) {
    for (std::size_t j = 0; j < ys.size(); ++j) {
      annotate::TimeComparison c = annotate::compare_times(xs[i], ys[j]);
      if (!c.comparable || (c.relation == Relation::Different && !one_each)) continue;
      found.push_back({i, j, {c.relation,
                              {"date", xs[i].value, xs[i].span},
                              {"date", ys[j].value, ys[j].span},
                              std::move(c.why)}});
    }
  }
  keep_best(std::move(found), out);
}

std::vector<SlotComparison> Slots::compare(const SentenceUnit& a, const SentenceUnit& b) const {
  std::vector<SlotComparison> out;
  compare_measures(a, b, out);
  compare_dates(a, b, out);
  return out;
}

void Slots::match_measures(const SentenceUnit& a, const SentenceUnit& b, ValueMatch& match) const {
  for (const std::uint32_t i : a.measures) {
    const Measure& x = dossier_.articles[a.article].measures[i];
    for (const std::uint32_t j : b.measures) {
      const Measure& y = dossier_.articles[b.article].measures[j];
      const double telling = std::min(specificity(x), specificity(y));
      // What falls below neither tells nor is near: most pairs end here.
      if (telling < kNearSpecificity && x.modality != Modality::Planned) continue;
      if (x.unit != y.unit || x.unit == Unit::Ordinal || (needs_head(x.unit) && !same_slot(x, y))) continue;
      const annotate::Comparison c = annotate::compare(x, y);
      if (!c.comparable) continue;
      if (c.relation == Relation::Equal) {
        match.telling = std::max(match.telling, std::min(1.0, telling / 4));
        if (x.modality == Modality::Planned) match.telling = std::max(match.telling, 0.5);
      } else if (c.relation == Relation::Different && telling >= kNearSpecificity &&
                 x.bound == Bound::Exact && y.bound == Bound::Exact &&
                 std::abs(x.low - y.low) <= kNear * std::max(x.low, y.low)) {
        match.near = true;
      }
    }
  }
}

std::vector<TellingValue> Slots::telling(const SentenceUnit& unit) const {
  std::vector<TellingValue> out;
  for (const std::uint32_t i : unit.measures) {
    const Measure& m = dossier_.articles[unit.article].measures[i];
    if (m.unit == Unit::Ordinal || needs_head(m.unit)) continue;
    if (m.modality != Modality::Planned && specificity(m) < kNearSpecificity) continue;
    std::string key(to_string(m.unit));
    key.append(" ").append(to_string(m.modality)).append(" ").append(m.value);
    out.push_back({std::move(key), {slot_name(m), m.value, m.span}});
  }
  return out;
}

bool Slots::other_time(const SentenceUnit& a, const SentenceUnit& b) const {
  if (a.times.empty() || b.times.empty()) return false;
  bool different = false;
  for (const Timex& x : points(a)) {
    for (const Timex& y : points(b)) {
      const annotate::TimeComparison c = annotate::compare_times(x, y);
      if (!c.comparable) continue;
      if (c.relation != Relation::Different) return false;
      different = true;
    }
  }
  return different;
}

ValueMatch Slots::match_telling(const SentenceUnit& a, const SentenceUnit& b) const {
  ValueMatch match;
  match_measures(a, b, match);
  return match;
}

bool Slots::specific(const SentenceUnit& unit) const {
  return std::any_of(unit.measures.begin(), unit.measures.end(), [&](std::uint32_t i) {
    const Measure& m = dossier_.articles[unit.article].measures[i];
    return m.modality == Modality::Planned || specificity(m) >= kNearSpecificity;
  });
}

ValueMatch Slots::match(const SentenceUnit& a, const SentenceUnit& b) const {
  ValueMatch match;
  match_measures(a, b, match);
  for (const SlotComparison& c : compare(a, b)) {
    ++(c.relation == Relation::Different ? match.clashing : match.equal);
  }
  return match;
}

}  // namespace twosource::claim
