// Which pairs of sentences may have a measure of one thing in common.
#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

#include "claim/value_kinds.hpp"
#include "claim/values.hpp"

namespace twosource::claim {
namespace {

constexpr std::size_t kMaxPartners = 256;
constexpr double kArithmetic = 1e-6;  // of the arithmetic

}  // namespace

// Pairs of heads (first <= second) that name the same thing.
std::vector<std::pair<std::uint32_t, std::uint32_t>> Slots::same_heads() const {
  std::map<std::string_view, std::vector<std::uint32_t>> beginnings;
  std::map<std::string_view, std::vector<std::uint32_t>> ends;
  Pairs out;
  for (std::uint32_t h = 1; h < heads_.size(); ++h) {
    const std::string_view head = heads_[h];
    out.emplace_back(h, h);
    if (head.size() >= kMinHead) beginnings[head.substr(0, kMinHead)].push_back(h);
    if (head.size() >= kMinHeadPart) ends[head.substr(head.size() - kMinHeadPart)].push_back(h);
  }
  for (const auto* buckets : {&beginnings, &ends}) {
    for (const auto& [part, list] : *buckets) {
      const std::size_t n = std::min(list.size(), kMaxPartners);
      for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t j = i + 1; j < n; ++j) {
          if (same_head(heads_[list[i]], heads_[list[j]])) out.emplace_back(list[i], list[j]);
        }
      }
    }
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

std::vector<std::pair<std::uint32_t, std::uint32_t>> Slots::value_pairs() const {
  // By head of what needs one, otherwise by unit (after the heads).
  std::vector<std::vector<Place>> places(heads_.size() + 64);
  for (std::uint32_t u = 0; u < units_.size(); ++u) {
    for (const Amount& a : amounts(u)) {
      const Unit unit = a.measure->unit;
      if (unit == Unit::Ordinal || (needs_head(unit) && a.head == 0)) continue;
      const std::size_t key =
          needs_head(unit) ? a.head : heads_.size() + static_cast<std::size_t>(unit);
      places[key].push_back({a.head, unit, a.measure->low, u});
    }
  }
  for (auto& list : places) {
    std::sort(list.begin(), list.end(), [](const Place& x, const Place& y) {
      return std::tie(x.unit, x.low, x.at) < std::tie(y.unit, y.low, y.at);
    });
  }
  Pairs keys = same_heads();
  for (auto k = static_cast<std::uint32_t>(heads_.size()); k < places.size(); ++k) {
    keys.emplace_back(k, k);
  }
  Pairs out;
  for (const auto& [k, l] : keys) {
    for (const bool turned : {false, true}) {
      if (turned && k == l) break;
      pair_up(places[turned ? l : k], places[turned ? k : l], out);
    }
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

// Pairs of each place with those of the other list that are as large or larger, but less than kFar
// times (where that tells nothing: kNear more).
void Slots::pair_up(const std::vector<Place>& xs, const std::vector<Place>& ys, Pairs& out) {
  std::size_t first = 0;
  for (const Place& x : xs) {
    const auto before = [&](const Place& y) {
      return std::tie(y.unit, y.low) < std::tie(x.unit, x.low);
    };
    while (first < ys.size() && before(ys[first])) ++first;
    const double most =
        closeness_tells(x.unit) ? kFar * std::abs(x.low) : (1 + 2 * kNear) * std::abs(x.low);
    const std::size_t end = std::min(ys.size(), first + kMaxPartners);
    for (std::size_t j = first; j < end; ++j) {
      const Place& y = ys[j];
      if (y.unit != x.unit || y.low > most + kArithmetic) break;
      if (x.at != y.at) out.emplace_back(std::minmax(x.at, y.at));
    }
  }
}

}  // namespace twosource::claim
