#include "story/cluster.hpp"

#include <algorithm>
#include <map>
#include <queue>
#include <tuple>

namespace twosource::story {
namespace {

struct Join {
  double mean = 0;
  std::uint32_t a = 0;
  std::uint32_t b = 0;
  friend bool operator<(const Join& x, const Join& y) {  // top of the queue: best mean, small nodes
    return std::tie(x.mean, y.a, y.b) < std::tie(y.mean, x.a, x.b);
  }
};

class Agglomeration {
 public:
  Agglomeration(std::size_t nodes, std::span<const Edge> edges, double threshold)
      : threshold_(threshold), members_(nodes), links_(nodes) {
    for (std::uint32_t i = 0; i < nodes; ++i) members_[i] = {i};
    for (const Edge& e : edges) {
      links_[e.a][e.b] += e.weight;
      links_[e.b][e.a] += e.weight;
    }
    for (std::uint32_t i = 0; i < nodes; ++i) {
      for (const auto& [j, sum] : links_[i]) {
        if (i < j) offer(i, j, sum);
      }
    }
  }

  std::vector<std::vector<std::uint32_t>> run() {
    while (!queue_.empty()) {
      const Join join = queue_.top();
      queue_.pop();
      if (current(join)) merge(join.a, join.b);
    }
    std::vector<std::vector<std::uint32_t>> out;
    for (std::vector<std::uint32_t>& m : members_) {
      if (m.empty()) continue;
      std::sort(m.begin(), m.end());
      out.push_back(std::move(m));
    }
    std::sort(out.begin(), out.end());
    return out;
  }

 private:
  double mean(std::uint32_t a, std::uint32_t b, double sum) const {
    return sum /
           (static_cast<double>(members_[a].size()) * static_cast<double>(members_[b].size()));
  }

  void offer(std::uint32_t a, std::uint32_t b, double sum) {
    const double m = mean(a, b, sum);
    if (m >= threshold_) queue_.push({m, std::min(a, b), std::max(a, b)});
  }

  // Is the entry still what the two clusters are? Means of changed clusters were offered anew.
  bool current(const Join& j) const {
    if (members_[j.a].empty() || members_[j.b].empty()) return false;
    const auto it = links_[j.a].find(j.b);
    return it != links_[j.a].end() && mean(j.a, j.b, it->second) == j.mean;
  }

  // The smaller node keeps its number, so that ties do not depend on the order of joins.
  void merge(std::uint32_t keep, std::uint32_t gone) {
    members_[keep].insert(members_[keep].end(), members_[gone].begin(), members_[gone].end());
    members_[gone].clear();
    for (const auto& [other, sum] : links_[gone]) {
      links_[other].erase(gone);
      if (other == keep) continue;
      links_[keep][other] += sum;
      links_[other][keep] += sum;
    }
    links_[gone].clear();
    for (const auto& [other, sum] : links_[keep]) offer(keep, other, sum);
  }

  double threshold_;
  std::vector<std::vector<std::uint32_t>> members_;
  std::vector<std::map<std::uint32_t, double>> links_;
  std::priority_queue<Join> queue_;
};

}  // namespace

std::vector<std::vector<std::uint32_t>> average_link(std::size_t nodes, std::span<const Edge> edges,
                                                     double threshold) {
  return Agglomeration(nodes, edges, threshold).run();
}

}  // namespace twosource::story
