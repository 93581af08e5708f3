#include "claim/align.hpp"

#include <algorithm>
#include <map>
#include <queue>
#include <tuple>
#include <unordered_map>

namespace twosource::claim {
namespace {

// What counts for two sentences that were never compared because they share too little, and below
// which a compared pair counts the same.
constexpr double kUnseen = 0.01;

// Sum of the probabilities of the compared pairs between two groups.
struct Link {
  double sum = 0;
  std::uint32_t seen = 0;
};

struct Group {
  std::vector<std::uint32_t> members;
  std::map<std::uint32_t, std::uint32_t> articles;  // members of each article
  std::unordered_map<std::uint32_t, Link> links;    // by group
  std::uint32_t version = 0;
};

double mean(const Link& link, std::size_t pairs) {
  const auto unseen = static_cast<double>(pairs - link.seen);
  return (link.sum + kUnseen * unseen) / static_cast<double>(pairs);
}

class Clustering {
 public:
  Clustering(std::span<const SentenceUnit> units, std::span<const Pair> pairs, double join)
      : groups_(units.size()), join_(join) {
    for (std::uint32_t u = 0; u < units.size(); ++u) {
      groups_[u].members = {u};
      groups_[u].articles = {{units[u].article, 1}};
    }
    for (const Pair& p : pairs) {
      if (p.score < kUnseen) continue;
      groups_[p.a].links[p.b] = groups_[p.b].links[p.a] = {p.score, 1};
      propose(p.a, p.b);
    }
  }

  std::vector<std::vector<std::uint32_t>> run() {
    while (!queue_.empty()) {
      const Proposal p = queue_.top();
      queue_.pop();
      if (groups_[p.a].version == p.a_version && groups_[p.b].version == p.b_version)
        merge(p.a, p.b);
    }
    std::vector<std::vector<std::uint32_t>> out;
    for (Group& g : groups_) {
      if (g.members.size() < 2) continue;
      std::sort(g.members.begin(), g.members.end());
      out.push_back(std::move(g.members));
    }
    std::sort(out.begin(), out.end());
    return out;
  }

 private:
  struct Proposal {
    double score = 0;
    std::uint32_t a = 0;
    std::uint32_t b = 0;
    std::uint32_t a_version = 0;
    std::uint32_t b_version = 0;
    bool operator<(const Proposal& o) const {
      return std::tie(score, o.a, o.b) < std::tie(o.score, a, b);
    }
  };

  // Pairs of sentences of different articles between two groups.
  [[nodiscard]] std::size_t pairs_between(const Group& a, const Group& b) const {
    std::size_t same = 0;
    for (const auto& [article, n] : a.articles) {
      const auto it = b.articles.find(article);
      if (it != b.articles.end()) same += static_cast<std::size_t>(n) * it->second;
    }
    return a.members.size() * b.members.size() - same;
  }

  void propose(std::uint32_t a, std::uint32_t b) {
    if (a > b) std::swap(a, b);
    const Group& x = groups_[a];
    const Group& y = groups_[b];
    const double score = mean(x.links.at(b), pairs_between(x, y));
    if (score >= join_) queue_.push({score, a, b, x.version, y.version});
  }

  void merge(std::uint32_t a, std::uint32_t b) {
    Group& x = groups_[a];
    Group y = std::move(groups_[b]);
    groups_[b] = {};
    groups_[b].version = y.version + 1;
    ++x.version;
    x.members.insert(x.members.end(), y.members.begin(), y.members.end());
    for (const auto& [article, n] : y.articles) x.articles[article] += n;
    x.links.erase(b);
    for (const auto& [other, link] : y.links) {
      if (other == a) continue;
      Link& mine = x.links[other];
      mine.sum += link.sum;
      mine.seen += link.seen;
      auto& theirs = groups_[other].links;
      theirs.erase(b);
      theirs[a] = mine;
    }
    for (const auto& [other, link] : x.links) propose(a, other);
  }

  std::vector<Group> groups_;
  double join_;
  std::priority_queue<Proposal> queue_;
};

// Adds to every group the sentences that fit it as well as their own one.
void add_fitting(std::span<const SentenceUnit> units, std::span<const Pair> pairs, double also,
                 std::vector<std::vector<std::uint32_t>>& groups) {
  constexpr std::uint32_t kNone = 0xFFFFFFFF;
  std::vector<std::uint32_t> group_of(units.size(), kNone);
  for (std::uint32_t g = 0; g < groups.size(); ++g) {
    for (const std::uint32_t u : groups[g]) group_of[u] = g;
  }
  std::map<std::pair<std::uint32_t, std::uint32_t>, Link> links;  // (group, unit)
  for (const Pair& p : pairs) {
    if (group_of[p.a] == group_of[p.b] || p.score < kUnseen) continue;
    for (const auto& [unit, other] : {std::pair(p.a, p.b), std::pair(p.b, p.a)}) {
      if (group_of[other] == kNone) continue;
      Link& link = links[{group_of[other], unit}];
      link.sum += p.score;
      ++link.seen;
    }
  }
  std::vector<std::vector<std::uint32_t>> more(groups.size());
  for (const auto& [key, link] : links) {
    const auto [g, unit] = key;
    const auto elsewhere = std::count_if(
        groups[g].begin(), groups[g].end(),
        [&, u = unit](std::uint32_t member) { return units[member].article != units[u].article; });
    if (mean(link, static_cast<std::size_t>(elsewhere)) >= also) more[g].push_back(unit);
  }
  for (std::size_t g = 0; g < groups.size(); ++g) {
    groups[g].insert(groups[g].end(), more[g].begin(), more[g].end());
    std::sort(groups[g].begin(), groups[g].end());
  }
}

}  // namespace

std::vector<std::vector<std::uint32_t>> group_units(std::span<const SentenceUnit> units,
                                                    std::span<const Pair> pairs, double join,
                                                    double also) {
  auto groups = Clustering(units, pairs, join).run();
  add_fitting(units, pairs, also, groups);
  std::sort(groups.begin(), groups.end());
  return groups;
}

}  // namespace twosource::claim
