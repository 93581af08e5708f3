#include "claim/figure_entry.hpp"

#include <algorithm>
#include <iterator>
#include <map>

namespace twosource::claim {
namespace {

constexpr double kCountsApart = 4;
constexpr double kMeasuresApart = 2.5;

}  // namespace

bool in_quotation_marks(const Article& article, const SentenceUnit& unit, const Measure& m) {
  for (const Quote& q : article.quotes) {
    if (q.span.begin >= unit.span.end) break;
    if (q.kind != QuoteKind::Direct && q.kind != QuoteKind::Mixed) continue;
    if (q.span.contains(m.span)) return true;
  }
  return false;
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
