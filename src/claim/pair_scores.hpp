#pragma once

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <span>
#include <vector>

#include "claim/similarity.hpp"

namespace twosource::claim {

// The probabilities of an event's pairs, and those inside one group at hand. Pairs sorted by (a,
// b).
class PairScores {
 public:
  PairScores() = default;
  // `pairs` must outlive it.
  PairScores(std::span<const Pair> pairs, std::size_t units) : pairs_(pairs), first_(units + 1) {
    for (const Pair& pair : pairs) ++first_[pair.a + 1];
    std::partial_sum(first_.begin(), first_.end(), first_.begin());
  }

  // Of two units (a < b), 0 when they were not compared.
  [[nodiscard]] double of(std::uint32_t a, std::uint32_t b) const {
    const auto end = pairs_.begin() + first_[a + 1];
    const auto it = std::lower_bound(pairs_.begin() + first_[a], end, b,
                                     [](const Pair& p, std::uint32_t x) { return p.b < x; });
    return it != end && it->b == b ? it->score : 0;
  }

  // Makes a group (sorted) the one at hand. Quadratic in it.
  void take(std::span<const std::uint32_t> group) {
    size_ = group.size();
    scores_.assign(size_ * size_, 0);
    for (std::size_t i = 0; i < size_; ++i) {
      for (std::size_t j = i + 1; j < size_; ++j) {
        scores_[i * size_ + j] = scores_[j * size_ + i] = of(group[i], group[j]);
      }
    }
  }
  // Of two members of the group at hand, by place in it.
  [[nodiscard]] double at(std::size_t i, std::size_t j) const { return scores_[i * size_ + j]; }
  // The sum of a member's.
  [[nodiscard]] double sum(std::size_t i) const {
    const auto row = scores_.begin() + static_cast<std::ptrdiff_t>(i * size_);
    return std::accumulate(row, row + static_cast<std::ptrdiff_t>(size_), 0.0);
  }

 private:
  std::span<const Pair> pairs_;
  std::vector<std::int32_t> first_;  // by the pair's first unit, and one past the end
  std::size_t size_ = 0;
  std::vector<double> scores_;
};

}  // namespace twosource::claim
