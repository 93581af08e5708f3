#include "story/cluster.hpp"

#include <algorithm>
#include <numeric>
#include <queue>
#include <tuple>

namespace twosource::story {
namespace {

// The best partner of cluster `a` when it was last looked for. A cluster is called by its smallest
// node; a version counts how often it has grown.
struct Join {
  double mean = 0;
  std::uint32_t a = 0;
  std::uint32_t b = 0;
  std::uint32_t version_a = 0;
  std::uint32_t version_b = 0;
  friend bool operator<(const Join& x, const Join& y) {  // top of the queue: best mean, small nodes
    const auto pair = [](const Join& j) { return std::minmax(j.a, j.b); };
    return std::tuple(x.mean, pair(y)) < std::tuple(y.mean, pair(x));
  }
};

// Links of a cluster name nodes by what they were when the link was made; whoever walks them looks
// up the cluster of today, sums up and shortens the list. No one else's list is touched by a join.
class Agglomeration {
 public:
  Agglomeration(const std::vector<std::uint32_t>& sizes, std::span<const Edge> edges,
                double threshold)
      : threshold_(threshold),
        size_(sizes.begin(), sizes.end()),
        members_(sizes.size()),
        links_(sizes.size()),
        version_(sizes.size(), 0),
        sum_(sizes.size(), 0) {
    const std::size_t nodes = sizes.size();
    root_.resize(nodes);
    std::iota(root_.begin(), root_.end(), 0U);
    for (std::uint32_t i = 0; i < nodes; ++i) members_[i] = {i};
    for (const Edge& e : edges) {
      links_[e.a].push_back({e.b, e.weight});
      links_[e.b].push_back({e.a, e.weight});
    }
    for (std::uint32_t i = 0; i < nodes; ++i) offer_best(i);
  }

  std::vector<std::vector<std::uint32_t>> run() {
    while (!queue_.empty()) {
      const Join join = queue_.top();
      queue_.pop();
      if (members_[join.a].empty() || version_[join.a] != join.version_a) continue;
      // The mean of a pair never grows by other joins (average link is reducible), so an outdated
      // partner only means that `a` has to look again.
      if (members_[join.b].empty() || version_[join.b] != join.version_b) {
        offer_best(join.a);
      } else {
        merge(std::min(join.a, join.b), std::max(join.a, join.b));
      }
    }
    std::vector<std::vector<std::uint32_t>> out;
    for (std::vector<std::uint32_t>& m : members_) {
      if (m.empty()) continue;
      std::sort(m.begin(), m.end());
      out.push_back(std::move(m));
    }
    return out;
  }

 private:
  struct Link {
    std::uint32_t node = 0;
    double sum = 0;
  };

  std::uint32_t cluster_of(std::uint32_t node) {
    while (root_[node] != node) node = root_[node] = root_[root_[node]];
    return node;
  }

  // Sums up the links of `a` by today's clusters; links inside `a` go.
  void tidy(std::uint32_t a) {
    std::vector<Link>& links = links_[a];
    touched_.clear();
    for (const Link& link : links) {
      const std::uint32_t other = cluster_of(link.node);
      if (other == a) continue;
      if (sum_[other] == 0) touched_.push_back(other);
      sum_[other] += link.sum;
    }
    links.clear();
    for (const std::uint32_t other : touched_) {
      links.push_back({other, sum_[other]});
      sum_[other] = 0;
    }
  }

  void offer_best(std::uint32_t a) {
    tidy(a);
    Join best;
    for (const Link& link : links_[a]) {
      const double mean = link.sum / (size_[a] * size_[link.node]);
      const Join join{mean, a, link.node, version_[a], version_[link.node]};
      if (mean >= threshold_ && (best.mean == 0 || best < join)) best = join;
    }
    if (best.mean > 0) queue_.push(best);
  }

  void merge(std::uint32_t keep, std::uint32_t gone) {
    root_[gone] = keep;
    size_[keep] += size_[gone];
    join_lists(members_[keep], members_[gone]);
    join_lists(links_[keep], links_[gone]);
    ++version_[keep];
    offer_best(keep);
  }

  template <class T>
  static void join_lists(std::vector<T>& keep, std::vector<T>& gone) {
    if (keep.size() < gone.size()) keep.swap(gone);
    keep.insert(keep.end(), gone.begin(), gone.end());
    gone = {};
  }

  double threshold_;
  std::vector<double> size_;                         // members, counted as the caller counts them
  std::vector<std::vector<std::uint32_t>> members_;  // by smallest node; empty: joined away
  std::vector<std::vector<Link>> links_;
  std::vector<std::uint32_t> version_;
  std::vector<std::uint32_t> root_;  // union-find, roots are smallest nodes
  std::vector<double> sum_;          // zero between calls
  std::vector<std::uint32_t> touched_;
  std::priority_queue<Join> queue_;
};

}  // namespace

std::vector<std::vector<std::uint32_t>> average_link(std::size_t nodes, std::span<const Edge> edges,
                                                     double threshold) {
  return average_link(std::vector<std::uint32_t>(nodes, 1), edges, threshold);
}

std::vector<std::vector<std::uint32_t>> average_link(const std::vector<std::uint32_t>& sizes,
                                                     std::span<const Edge> edges,
                                                     double threshold) {
  return Agglomeration(sizes, edges, threshold).run();
}

}  // namespace twosource::story
