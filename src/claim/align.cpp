#include "claim/align.hpp"

#include <algorithm>
#include <numeric>

namespace twosource::claim {
namespace {

constexpr std::size_t kMaxComponent = 300;
// What counts for two sentences that were never compared because they share too little.
constexpr double kUnseen = 0.01;

class UnionFind {
 public:
  explicit UnionFind(std::size_t n) : parent_(n) { std::iota(parent_.begin(), parent_.end(), 0U); }
  std::uint32_t find(std::uint32_t x) {
    while (parent_[x] != x) x = parent_[x] = parent_[parent_[x]];
    return x;
  }
  void join(std::uint32_t a, std::uint32_t b) {
    a = find(a);
    b = find(b);
    parent_[std::max(a, b)] = std::min(a, b);
  }

 private:
  std::vector<std::uint32_t> parent_;
};

// Average-link clustering of one connected component.
class Component {
 public:
  Component(std::span<const SentenceUnit> units, std::vector<std::uint32_t> members,
            std::span<const Pair> pairs)
      : units_(units), members_(std::move(members)), n_(members_.size()) {
    sum_.assign(n_ * n_, 0);
    count_.assign(n_ * n_, 0);
    for (std::size_t i = 0; i < n_; ++i) {
      clusters_.push_back({members_[i]});
      for (std::size_t j = 0; j < n_; ++j) {
        if (units_[members_[i]].article == units_[members_[j]].article) continue;
        sum_[i * n_ + j] = kUnseen;
        count_[i * n_ + j] = 1;
      }
    }
    for (const Pair& p : pairs) {
      const std::size_t i = position(p.a);
      const std::size_t j = position(p.b);
      if (i < n_ && j < n_) sum_[i * n_ + j] = sum_[j * n_ + i] = p.score;
    }
  }

  std::vector<std::vector<std::uint32_t>> cluster(double join) {
    while (merge_best(join)) {
    }
    std::vector<std::vector<std::uint32_t>> out;
    for (auto& c : clusters_) {
      std::sort(c.begin(), c.end());
      if (c.size() >= 2) out.push_back(std::move(c));
    }
    return out;
  }

 private:
  [[nodiscard]] std::size_t position(std::uint32_t unit) const {
    const auto it = std::lower_bound(members_.begin(), members_.end(), unit);
    return it != members_.end() && *it == unit ? static_cast<std::size_t>(it - members_.begin()) : n_;
  }

  bool merge_best(double join) {
    double best = 0;
    std::size_t bi = 0;
    std::size_t bj = 0;
    for (std::size_t i = 0; i < n_; ++i) {
      if (clusters_[i].empty()) continue;
      for (std::size_t j = i + 1; j < n_; ++j) {
        if (clusters_[j].empty() || count_[i * n_ + j] == 0) continue;
        const double mean = sum_[i * n_ + j] / count_[i * n_ + j];
        if (mean > best + 1e-12) {
          best = mean;
          bi = i;
          bj = j;
        }
      }
    }
    if (best < join) return false;
    auto& target = clusters_[bi];
    target.insert(target.end(), clusters_[bj].begin(), clusters_[bj].end());
    clusters_[bj].clear();
    for (std::size_t k = 0; k < n_; ++k) {
      sum_[bi * n_ + k] += sum_[bj * n_ + k];
      count_[bi * n_ + k] += count_[bj * n_ + k];
      sum_[k * n_ + bi] = sum_[bi * n_ + k];
      count_[k * n_ + bi] = count_[bi * n_ + k];
    }
    return true;
  }

  std::span<const SentenceUnit> units_;
  std::vector<std::uint32_t> members_;
  std::size_t n_;
  std::vector<double> sum_;    // of pair probabilities between clusters i and j
  std::vector<int> count_;     // of pairs of different articles between them
  std::vector<std::vector<std::uint32_t>> clusters_;
};

std::vector<std::vector<std::uint32_t>> components(std::size_t n, std::span<const Pair> pairs,
                                                   double threshold) {
  UnionFind sets(n);
  for (const Pair& p : pairs) {
    if (p.score >= threshold) sets.join(p.a, p.b);
  }
  std::vector<std::vector<std::uint32_t>> by_root(n);
  for (std::uint32_t u = 0; u < n; ++u) by_root[sets.find(u)].push_back(u);
  std::erase_if(by_root, [](const auto& c) { return c.size() < 2; });
  return by_root;
}

}  // namespace

std::vector<std::vector<std::uint32_t>> group_units(std::span<const SentenceUnit> units,
                                                    std::span<const Pair> pairs, double threshold,
                                                    double join) {
  std::vector<std::vector<std::uint32_t>> out;
  while (true) {
    bool too_large = false;
    out.clear();
    for (auto& members : components(units.size(), pairs, threshold)) {
      if (members.size() > kMaxComponent) {
        too_large = true;
        break;
      }
      for (auto& group : Component(units, std::move(members), pairs).cluster(join)) {
        out.push_back(std::move(group));
      }
    }
    if (!too_large || threshold > 0.99) break;
    threshold = (1 + threshold) / 2;
  }
  std::sort(out.begin(), out.end());
  return out;
}

}  // namespace twosource::claim
