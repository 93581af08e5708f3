#include "claim/figure_entry.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <tuple>
#include <utility>

#include "claim/values.hpp"

namespace twosource::claim {
namespace {

constexpr double kCountsApart = 4;
constexpr double kMeasuresApart = 2.5;
constexpr double kYearsApart = 3;  // set by hand, not tuned

}  // namespace

bool in_quotation_marks(const Article& article, const SentenceUnit& unit, const Measure& m) {
  for (const Quote& q : article.quotes) {
    if (q.span.begin >= unit.span.end) break;
    if (q.kind != QuoteKind::Direct && q.kind != QuoteKind::Mixed) continue;
    if (q.span.contains(m.span)) return true;
  }
  return false;
}

bool of_one_person(const std::vector<FigureEntry>& ages) {
  const auto [least, most] = std::minmax_element(
      ages.begin(), ages.end(),
      [](const FigureEntry& x, const FigureEntry& y) { return x.measure->low < y.measure->low; });
  return least != ages.end() && most->measure->low - least->measure->low <= kYearsApart;
}

Relation other_standing(const FigureEntry& x, const FigureEntry& y, std::string& why) {
  if (x.standing == y.standing) return Relation::Different;
  if (x.standing == Standing::Peak || y.standing == Standing::Peak) return Relation::Equal;
  why = "one of them says what is left";
  return Relation::Superseded;
}

bool two_give_it(const std::vector<FigureEntry>& entries, const std::vector<std::int64_t>& place,
                 const Voices& voices) {
  const auto voice = [&](std::size_t i) {
    return place[i] < 0 ? -1 : voices.of_statement[static_cast<std::size_t>(place[i])];
  };
  for (std::size_t i = 0; i < entries.size(); ++i) {
    for (std::size_t j = i + 1; voice(i) >= 0 && j < entries.size(); ++j) {
      if (voice(j) >= 0 && voice(i) != voice(j) &&
          same_size(*entries[i].measure, *entries[j].measure))
        return true;
    }
  }
  return false;
}

void drop_short_headlines(std::span<const SentenceUnit> units, std::vector<FigureEntry>& entries) {
  const auto vague = [](const FigureEntry& e) { return e.measure->bound != Bound::Exact; };
  std::erase_if(entries, [&](const FigureEntry& h) {
    return units[h.unit].headline && !vague(h) &&
           std::any_of(entries.begin(), entries.end(), [&](const FigureEntry& e) {
             return units[e.unit].article == units[h.unit].article && vague(e) && same_value(e, h);
           });
  });
}

bool plainer(std::span<const SentenceUnit> units, const FigureEntry& x, const FigureEntry& y) {
  const auto rank = [&](const FigureEntry& e) {
    const SentenceUnit& u = units[e.unit];
    std::string day(day_of(e));
    for (char& c : day) c = static_cast<char>(0x7F - c);  // later days first
    return std::tuple(e.former, u.headline, std::move(day), u.measures.size() + u.times.size(),
                      u.span.size(), e.unit);
  };
  return rank(x) < rank(y);
}

std::vector<std::vector<FigureEntry>> split_by_object(std::vector<FigureEntry> entries) {
  std::map<std::uint32_t, std::vector<FigureEntry>> by_object;
  std::map<std::uint32_t, std::size_t> objects;
  for (const FigureEntry& e : entries) {
    if (e.object != 0) ++objects[e.object];
  }
  for (FigureEntry& e : entries) {
    by_object[objects.size() > 1 ? e.object : 0].push_back(std::move(e));
  }
  std::vector<std::vector<FigureEntry>> out;
  for (auto& [object, list] : by_object) out.push_back(std::move(list));
  return out;
}

std::vector<std::vector<FigureEntry>> split_by_size(std::vector<FigureEntry> entries) {
  const Unit unit = entries.front().measure->unit;
  const double far = unit == Unit::Count || unit == Unit::Age ? kCountsApart : kMeasuresApart;
  std::vector<double> sizes;
  for (const FigureEntry& e : entries) sizes.push_back(e.measure->low);
  std::sort(sizes.begin(), sizes.end());
  std::vector<double> starts;
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    if (i == 0 || sizes[i] > far * std::max(1.0, sizes[i - 1])) starts.push_back(sizes[i]);
  }
  std::vector<std::vector<FigureEntry>> out(starts.size());
  for (FigureEntry& e : entries) {
    const auto at = std::upper_bound(starts.begin(), starts.end(), e.measure->low);
    out[static_cast<std::size_t>(at - starts.begin()) - 1].push_back(std::move(e));
  }
  return out;
}

}  // namespace twosource::claim
