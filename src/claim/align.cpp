#include "claim/align.hpp"

#include <algorithm>
#include <numeric>
#include <queue>
#include <tuple>
#include <utility>

namespace twosource::claim {
namespace {

// What counts for two sentences that were never compared because they share too little, and below
// which a compared pair counts the same.
constexpr double kUnseen = 0.01;
constexpr double kRounding = 1e-9;  // of the arithmetic

// Sum of the probabilities of the compared pairs with another group. Links are brought up to date
// only when their own group grows: until then `other` may be a group that has joined another.
struct Link {
  std::uint32_t other = 0;
  std::uint32_t seen = 0;
  double sum = 0;
};
using Links = std::vector<Link>;

struct Group {
  std::vector<std::uint32_t> members;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> articles;  // members of each, sorted
  Links links;
  std::uint32_t changed = 0;  // by which joining it last grew or ended
};

double mean(double sum, std::size_t seen, std::size_t pairs) {
  return (sum + kUnseen * static_cast<double>(pairs - seen)) / static_cast<double>(pairs);
}

// Members of each article of both.
void add_articles(Group& x, const Group& y) {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> both;
  both.reserve(x.articles.size() + y.articles.size());
  auto a = x.articles.begin();
  auto b = y.articles.begin();
  while (a != x.articles.end() || b != y.articles.end()) {
    if (b == y.articles.end() || (a != x.articles.end() && a->first < b->first)) {
      both.push_back(*a++);
    } else if (a == x.articles.end() || b->first < a->first) {
      both.push_back(*b++);
    } else {
      both.emplace_back(a->first, a->second + b->second);
      ++a, ++b;
    }
  }
  x.articles = std::move(both);
}

class Clustering {
 public:
  Clustering(std::span<const SentenceUnit> units, std::span<const Pair> pairs, double join)
      : groups_(units.size()), joined_(units.size()), place_(units.size()), join_(join) {
    for (std::uint32_t u = 0; u < units.size(); ++u) {
      groups_[u].members = {u};
      groups_[u].articles = {{units[u].article, 1}};
    }
    std::iota(joined_.begin(), joined_.end(), 0);
    for (const Pair& p : pairs) {
      if (p.score >= kUnseen) ++place_[p.a], ++place_[p.b];
    }
    for (std::uint32_t u = 0; u < units.size(); ++u) {
      groups_[u].links.reserve(std::exchange(place_[u], 0));
    }
    for (const Pair& p : pairs) {
      if (p.score < kUnseen) continue;
      groups_[p.a].links.push_back({p.b, 1, p.score});
      groups_[p.b].links.push_back({p.a, 1, p.score});
      if (p.score >= join_) single_.push_back({p.score, p.a, p.b, 0, kNobody});
    }
    std::sort(single_.begin(), single_.end());
  }

  std::vector<std::vector<std::uint32_t>> run() {
    while (!single_.empty() || !queue_.empty()) {
      const Proposal p = next();
      if (groups_[p.a].changed <= p.made && groups_[p.b].changed <= p.made) {
        merge(p.a, p.b);
      } else if (p.owner != kNobody && groups_[p.owner].changed <= p.made) {
        propose_best(p.owner);
      }
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
  // Two groups to be joined. Of single sentences all pairs are proposed, of a larger group, its
  // owner, only the best one. What is out of date is never too low: the mean of a group with one
  // that has grown is not above the better of the two means before.
  struct Proposal {
    double score = 0;
    std::uint32_t a = 0;
    std::uint32_t b = 0;
    std::uint32_t made = 0;  // after how many joinings
    std::uint32_t owner = 0;
    bool operator<(const Proposal& o) const {
      return std::tie(score, o.a, o.b) < std::tie(o.score, a, b);
    }
  };
  static constexpr std::uint32_t kNobody = 0xFFFFFFFF;

  Proposal next() {
    Proposal p;
    if (queue_.empty() || (!single_.empty() && queue_.top() < single_.back())) {
      p = single_.back();
      single_.pop_back();
    } else {
      p = queue_.top();
      queue_.pop();
    }
    return p;
  }

  // Pairs of sentences of different articles between two groups.
  [[nodiscard]] static std::size_t pairs_between(const Group& a, const Group& b) {
    std::size_t same = 0;
    for (auto x = a.articles.begin(), y = b.articles.begin();
         x != a.articles.end() && y != b.articles.end();) {
      if (x->first == y->first) same += static_cast<std::size_t>(x->second) * y->second;
      const bool forward = x->first <= y->first;
      if (y->first <= x->first) ++y;
      if (forward) ++x;
    }
    return a.members.size() * b.members.size() - same;
  }

  // Brings the links of a group up to date and proposes the best of them.
  void propose_best(std::uint32_t group, const Links& more = {}) {
    Group& x = groups_[group];
    const Links old = std::move(x.links);
    x.links.clear();
    x.links.reserve(std::max(old.size(), more.size()));
    for (const Links* links : {&old, &more}) {
      for (const Link& link : *links) add_link(x.links, group, link);
    }
    Proposal best{0, 0, 0, joinings_, group};
    bool found = false;
    for (const Link& link : x.links) {
      place_[link.other] = 0;
      // The mean over the pairs that were compared is the most that the mean over all can be.
      if (link.sum < (join_ - kRounding) * link.seen) continue;
      const auto [a, b] = std::minmax(group, link.other);
      const double score = mean(link.sum, link.seen, pairs_between(groups_[a], groups_[b]));
      const Proposal p{score, a, b, joinings_, group};
      if (score < join_ || (found && p < best)) continue;
      best = p;
      found = true;
    }
    if (found) queue_.push(best);
  }

  void merge(std::uint32_t a, std::uint32_t b) {
    Group& x = groups_[a];
    const Group y = std::move(groups_[b]);
    ++joinings_;
    groups_[b] = {};
    groups_[b].changed = joinings_;
    x.changed = joinings_;
    joined_[b] = a;
    x.members.insert(x.members.end(), y.members.begin(), y.members.end());
    add_articles(x, y);
    propose_best(a, y.links);
  }

  // Adds to the links of `group` what leads to another one.
  void add_link(Links& links, std::uint32_t group, const Link& link) {
    const std::uint32_t other = now(link.other);
    if (other == group) return;
    std::uint32_t& place = place_[other];
    if (place == 0) {
      links.push_back({other, link.seen, link.sum});
      place = static_cast<std::uint32_t>(links.size());
    } else {
      links[place - 1].seen += link.seen;
      links[place - 1].sum += link.sum;
    }
  }

  // The group that a group belongs to by now; paths are halved on the way.
  std::uint32_t now(std::uint32_t group) {
    while (joined_[group] != group) {
      joined_[group] = joined_[joined_[group]];
      group = joined_[group];
    }
    return group;
  }

  std::vector<Group> groups_;
  std::vector<std::uint32_t> joined_;  // by group: the one it has joined, or itself
  std::vector<std::uint32_t> place_;   // by group: 1 + its place in the links being made, 0: none
  double join_;
  std::uint32_t joinings_ = 0;
  std::vector<Proposal> single_;         // of single sentences, the best one last
  std::priority_queue<Proposal> queue_;  // of larger groups
};

// Adds to every group the sentences that fit it as well as their own one.
void add_fitting(std::span<const SentenceUnit> units, std::span<const Pair> pairs, double also,
                 std::vector<std::vector<std::uint32_t>>& groups) {
  constexpr std::uint32_t kNone = 0xFFFFFFFF;
  std::vector<std::uint32_t> group_of(units.size(), kNone);
  for (std::uint32_t g = 0; g < groups.size(); ++g) {
    for (const std::uint32_t u : groups[g]) group_of[u] = g;
  }
  struct Fit {
    std::uint64_t key = 0;  // group and unit
    double score = 0;
  };
  std::vector<Fit> fits;
  for (const Pair& p : pairs) {
    if (group_of[p.a] == group_of[p.b] || p.score < kUnseen) continue;
    for (const auto& [unit, other] : {std::pair(p.a, p.b), std::pair(p.b, p.a)}) {
      if (group_of[other] == kNone) continue;
      fits.push_back({(static_cast<std::uint64_t>(group_of[other]) << 32U) | unit, p.score});
    }
  }
  std::stable_sort(fits.begin(), fits.end(),
                   [](const Fit& x, const Fit& y) { return x.key < y.key; });
  std::vector<std::vector<std::uint32_t>> more(groups.size());
  for (auto fit = fits.begin(); fit != fits.end();) {
    const std::uint64_t key = fit->key;
    double sum = 0;
    std::size_t seen = 0;
    for (; fit != fits.end() && fit->key == key; ++fit, ++seen) sum += fit->score;
    if (sum < (also - kRounding) * static_cast<double>(seen)) continue;
    const auto g = static_cast<std::uint32_t>(key >> 32U);
    const auto unit = static_cast<std::uint32_t>(key);
    const auto elsewhere = std::count_if(
        groups[g].begin(), groups[g].end(),
        [&](std::uint32_t member) { return units[member].article != units[unit].article; });
    if (mean(sum, seen, static_cast<std::size_t>(elsewhere)) >= also) more[g].push_back(unit);
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
