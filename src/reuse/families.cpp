#include "reuse/families.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <string>
#include <tuple>
#include <utility>

namespace twosource::reuse {
namespace {

class DisjointSets {
 public:
  explicit DisjointSets(std::size_t n) : parent_(n) {
    std::iota(parent_.begin(), parent_.end(), std::size_t{0});
  }
  std::size_t find(std::size_t x) {
    while (parent_[x] != x) x = parent_[x] = parent_[parent_[x]];
    return x;
  }
  void join(std::size_t a, std::size_t b) {
    a = find(a), b = find(b);
    parent_[std::max(a, b)] = std::min(a, b);
  }

 private:
  std::vector<std::size_t> parent_;
};

// What one pair takes from one article.
struct Share {
  std::size_t pair = 0;
  std::uint32_t other = 0;
  std::vector<Span> spans;  // sorted, disjoint
  std::uint32_t bytes = 0;
};

Share share_of(std::span<const CopyPair> pairs, std::size_t index, bool side_a) {
  Share share;
  share.pair = index;
  share.other = side_a ? pairs[index].b : pairs[index].a;
  for (const Passage& p : pairs[index].passages) share.spans.push_back(side_a ? p.a : p.b);
  std::sort(share.spans.begin(), share.spans.end());
  for (const Span s : share.spans) share.bytes += s.size();
  return share;
}

std::uint32_t overlap(const std::vector<Span>& a, const std::vector<Span>& b) {
  std::uint32_t bytes = 0;
  for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    const std::uint32_t begin = std::max(a[i].begin, b[j].begin);
    const std::uint32_t end = std::min(a[i].end, b[j].end);
    if (begin < end) bytes += end - begin;
    a[i].end < b[j].end ? ++i : ++j;
  }
  return bytes;
}

bool same_text(const Share& a, const Share& b) {
  const std::uint32_t smaller = std::min(a.bytes, b.bytes);
  return smaller > 0 && overlap(a.spans, b.spans) >= kSameText * static_cast<double>(smaller);
}

// Joins the pairs of one article that take the same text from it. Largest first; each is compared
// with the first of every group only, so that a family of n copies costs n, not n².
void join_shares(std::vector<Share>& shares, std::span<const std::uint32_t> rank,
                 DisjointSets& sets) {
  std::sort(shares.begin(), shares.end(), [&](const Share& x, const Share& y) {
    return std::tuple(y.bytes, rank[x.other]) < std::tuple(x.bytes, rank[y.other]);
  });
  std::vector<const Share*> groups;
  for (const Share& share : shares) {
    bool joined = false;
    for (const Share* group : groups) {
      if (!same_text(*group, share)) continue;
      sets.join(group->pair, share.pair);
      joined = true;
    }
    if (!joined) groups.push_back(&share);
  }
}

std::vector<CopyFamily> collect(std::span<const CopyPair> pairs, DisjointSets& sets) {
  std::map<std::size_t, CopyFamily> by_root;
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    CopyFamily& family = by_root[sets.find(i)];
    family.pairs.push_back(pairs[i]);
    family.articles.push_back(pairs[i].a);
    family.articles.push_back(pairs[i].b);
  }
  std::vector<CopyFamily> families;
  for (auto& [root, family] : by_root) {
    std::sort(family.articles.begin(), family.articles.end());
    family.articles.erase(std::unique(family.articles.begin(), family.articles.end()),
                          family.articles.end());
    families.push_back(std::move(family));
  }
  return families;
}

}  // namespace

std::vector<CopyFamily> group_families(std::span<const CopyPair> pairs,
                                       std::span<const std::uint32_t> rank) {
  std::map<std::uint32_t, std::vector<Share>> by_article;
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    by_article[pairs[i].a].push_back(share_of(pairs, i, true));
    by_article[pairs[i].b].push_back(share_of(pairs, i, false));
  }
  DisjointSets sets(pairs.size());
  for (auto& [article, shares] : by_article) join_shares(shares, rank, sets);
  std::vector<CopyFamily> families = collect(pairs, sets);

  const auto ranks = [&](const CopyFamily& family) {
    std::vector<std::uint32_t> out;
    for (const std::uint32_t a : family.articles) out.push_back(rank[a]);
    std::sort(out.begin(), out.end());
    return out;
  };
  std::sort(families.begin(), families.end(),
            [&](const CopyFamily& x, const CopyFamily& y) { return ranks(x) < ranks(y); });
  for (std::size_t i = 0; i < families.size(); ++i) {
    families[i].id = std::to_string(i + 1).insert(0, 1, 'c');
  }
  return families;
}

}  // namespace twosource::reuse
