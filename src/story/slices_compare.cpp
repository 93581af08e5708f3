#include <algorithm>
#include <numeric>
#include <unordered_map>

#include "story/evidence.hpp"
#include "story/slices.hpp"

// Of Slices: comparing the articles of a slice with one another and with those of the next.
namespace twosource::story {

Weighed Slices::weigh(int key) const {
  Weighed out;
  const auto shift = static_cast<unsigned>(at(key)->shift);
  out.frequencies = Frequencies(1U << shift, one_ ? 0xFFFFFFFFU : kMostHolders);
  const int reach = key == kUndated ? 0 : 1;
  for (int k = -reach; k <= reach; ++k) {
    const Slice* slice = at(key + k);
    if (slice == nullptr) continue;
    for (const std::uint32_t n : slice->members) {
      if (shift == 0 || trailing_zeros(articles_[n].id) >= static_cast<int>(shift)) {
        out.frequencies.add(articles_[n]);
      }
    }
  }
  for (const std::uint32_t n : at(key)->members) out.add(n, articles_[n]);
  return out;
}

const Weighed& Slices::weighed(int key, Weighed& here) const {
  const Slice* slice = at(key);
  if (slice->warm) return slice->warm->weighed;
  here = weigh(key);
  return here;
}

void Slices::warm_up(int key, Slice& slice) const {
  slice.warm = std::make_unique<Warm>();
  slice.warmed = true;
  slice.warm->weighed = weigh(key);
  for (const std::uint32_t n : slice.members) {
    for (const std::uint64_t anchor : anchor_keys(articles_[n].anchors)) {
      ++slice.warm->anchors[anchor];
    }
  }
}

// When few slices changed, they and their neighbours are kept ready for the next change.
void Slices::keep_warm(const std::vector<int>& keys, unsigned threads) {
  std::set<int> wanted;
  if (!one_) {
    for (const int key : keys) {
      wanted.insert(key);
      if (key == kUndated) continue;
      if (at(key - 1) != nullptr) wanted.insert(key - 1);
      if (at(key + 1) != nullptr) wanted.insert(key + 1);
    }
  }
  if (wanted.size() > kWarm) wanted.clear();
  std::vector<std::pair<std::uint64_t, Slice*>> others;
  for (auto& [key, slice] : slices_) {
    if (!slice.warm || wanted.contains(key)) continue;
    wanted.empty() ? slice.warm.reset() : void(others.emplace_back(slice.warm->used, &slice));
  }
  std::sort(others.begin(), others.end());
  const std::size_t surplus =
      std::min(others.size(),
               wanted.size() + others.size() > kWarm ? wanted.size() + others.size() - kWarm : 0);
  for (std::size_t i = 0; i < surplus; ++i) others[i].second->warm.reset();
  std::vector<int> cold;
  for (const int key : wanted) {
    Slice& slice = slices_.at(key);
    if (slice.anew || !slice.warm) {
      cold.push_back(key);
      continue;
    }
    refresh(slice);
  }
  in_parallel(cold.size(), threads,
              [&](std::size_t job) { warm_up(cold[job], slices_.at(cold[job])); });
  for (const int key : wanted) slices_.at(key).warm->used = updates_;
}

// Copies between the articles of these lists, by place in all of them together.
Copied Slices::copied_among(std::span<const Numbers* const> lists, const CopiesOf& copies) const {
  Copied out;
  std::unordered_map<std::uint32_t, std::uint32_t> place;
  for (const Numbers* list : lists) {
    for (const std::uint32_t n : *list) place.emplace(n, static_cast<std::uint32_t>(place.size()));
  }
  for (const auto& [number, i] : place) {
    for (const auto& [partner, containment] : copies(number)) {
      const auto other = place.find(partner);
      if (other != place.end()) out[copied_key(i, other->second)] = containment;
    }
  }
  return out;
}

void Slices::group(int key, Slice& slice, const CopiesOf& copies) const {
  if (slice.warm && slice.warm->edges && !slice.anew) {
    patch(slice, copies);
    link(slice, *slice.warm->edges);
    return;
  }
  Weighed here;
  const Weighed& all = weighed(key, here);
  std::vector<Anchors> anchors;
  for (const Node& node : all.nodes) anchors.push_back(node.signature->anchors);
  std::vector<Edge> edges = similar_pairs(all.nodes, SharedAnchors(std::move(anchors)), 0,
                                          static_cast<std::uint32_t>(all.nodes.size()), least());
  const Numbers* lists[] = {&all.numbers};
  raise_copies(edges, copied_among(lists, copies));
  for (Edge& e : edges) e.a = all.numbers[e.a], e.b = all.numbers[e.b];
  if (slice.warm) slice.warm->edges = edges;
  link(slice, std::move(edges));
}

namespace {

bool holds(const Node& node, std::uint64_t anchor) {
  return has_anchor(node.signature->anchors, anchor);
}

std::vector<std::uint32_t> holders_of(const Weighed& all, std::uint64_t anchor) {
  std::vector<std::uint32_t> out;
  for (std::uint32_t i = 0; i < all.nodes.size(); ++i) {
    if (holds(all.nodes[i], anchor)) out.push_back(i);
  }
  return out;
}

}  // namespace

// Brings the vectors of a slice up to date with the articles that came and left.
void Slices::refresh(Slice& slice) const {
  Warm& warm = *slice.warm;
  for (const auto& [anchor, by] : slice.anchors) {
    warm.anchors[anchor] += static_cast<std::uint32_t>(by);
  }
  Weighed& w = warm.weighed;
  if (!slice.stale.empty()) {
    w.remove([&](std::uint32_t n) { return slice.stale.contains(n); });
    for (const std::uint32_t n : slice.members) {
      if (slice.stale.contains(n)) w.add(n, articles_[n]);
    }
  }
  // The articles may have moved in memory.
  for (std::size_t i = 0; i < w.nodes.size(); ++i) w.nodes[i].signature = &articles_[w.numbers[i]];
}

// Brings the edges between the articles of a slice up to date.
void Slices::patch(Slice& slice, const CopiesOf& copies) const {
  const Weighed& all = slice.warm->weighed;
  std::vector<Edge>& edges = *slice.warm->edges;
  const auto stale = [&](std::uint32_t n) { return slice.stale.contains(n); };
  std::erase_if(edges, [&](const Edge& e) { return stale(e.a) || stale(e.b); });
  const AnchorView anchors(slice.warm->anchors, nullptr);
  const auto compare = [&](std::span<const std::uint32_t> of, std::uint32_t i) {
    const Comparison row(all.numbers[i], all.nodes[i], copies);
    for (const std::uint32_t j : of) {
      const double weight = row.weight(all.numbers[j], all.nodes[j], anchors, least());
      if (weight > 0) edges.push_back({all.numbers[j], all.numbers[i], weight});
    }
  };
  std::vector<std::uint32_t> others;
  std::vector<std::uint32_t> fresh;
  for (std::uint32_t i = 0; i < all.numbers.size(); ++i) {
    (stale(all.numbers[i]) ? fresh : others).push_back(i);
  }
  for (const std::uint32_t i : fresh) {
    compare(others, i);
    others.push_back(i);
  }
  for (const std::uint64_t anchor : anchors.turned(slice.anchors, nullptr)) {
    const std::vector<std::uint32_t> holders = holders_of(all, anchor);
    std::set<std::uint32_t> numbers;
    for (const std::uint32_t i : holders) numbers.insert(all.numbers[i]);
    std::erase_if(edges,
                  [&](const Edge& e) { return numbers.contains(e.a) && numbers.contains(e.b); });
    for (std::size_t i = 1; i < holders.size(); ++i) {
      compare(std::span(holders).first(i), holders[i]);
    }
  }
}

// Groups the articles of a slice by these edges.
void Slices::link(Slice& slice, std::vector<Edge> edges) const {
  const auto n = static_cast<std::uint32_t>(slice.members.size());
  std::vector<std::uint32_t> place(articles_.size());
  for (std::uint32_t i = 0; i < n; ++i) place[slice.members[i]] = i;
  for (Edge& e : edges) e.a = place[e.a], e.b = place[e.b];
  const bool attach = one_ && 2 * headlines_ <= size_;
  if (!attach) {  // edges between what no chain of edges at the threshold holds together do nothing
    std::vector<std::uint32_t> root(n);
    std::iota(root.begin(), root.end(), 0U);
    const auto root_of = [&](std::uint32_t x) {
      while (root[x] != x) x = root[x] = root[root[x]];
      return x;
    };
    for (const Edge& e : edges) {
      if (e.weight >= threshold()) root[root_of(e.a)] = root_of(e.b);
    }
    std::erase_if(edges, [&](const Edge& e) { return root_of(e.a) != root_of(e.b); });
  }
  slice.parts = average_link(n, edges, threshold());
  if (attach) attach_left(slice.parts, edges, threshold());
  for (Numbers& part : slice.parts) {
    for (std::uint32_t& i : part) i = slice.members[i];
  }
}

// Edges between the articles of a slice and of the next.
std::vector<Edge> Slices::compare(int key, const CopiesOf& copies) const {
  Weighed here[2];
  const Weighed& one = weighed(key, here[0]);
  const Weighed& two = weighed(key + 1, here[1]);
  const auto first = static_cast<std::uint32_t>(one.nodes.size());
  std::vector<Node> nodes = one.nodes;
  nodes.insert(nodes.end(), two.nodes.begin(), two.nodes.end());
  std::vector<Anchors> anchors;
  for (const Node& node : nodes) anchors.push_back(node.signature->anchors);
  std::vector<Edge> edges =
      similar_pairs(nodes, SharedAnchors(std::move(anchors)), first, first, least());
  const Numbers* lists[] = {&one.numbers, &two.numbers};
  raise_copies(edges, copied_among(lists, copies));
  for (Edge& e : edges) e.a = one.numbers[e.a], e.b = two.numbers[e.b - first];
  return edges;
}

void Slices::patch_next(Slice& slice, const Slice& next, const CopiesOf& copies) const {
  const Weighed& one = slice.warm->weighed;
  const Weighed& two = next.warm->weighed;
  std::vector<Edge>& edges = *slice.warm->to_next;
  std::erase_if(
      edges, [&](const Edge& e) { return slice.stale.contains(e.a) || next.stale.contains(e.b); });
  const AnchorView anchors(slice.warm->anchors, &next.warm->anchors);
  const auto put = [&](std::uint32_t a, std::uint32_t b, double weight) {
    if (weight > 0) edges.push_back({a, b, weight});
  };
  for (std::size_t i = 0; i < one.numbers.size(); ++i) {
    if (!slice.stale.contains(one.numbers[i])) continue;
    const Comparison row(one.numbers[i], one.nodes[i], copies);
    for (std::size_t j = 0; j < two.numbers.size(); ++j) {
      put(one.numbers[i], two.numbers[j],
          row.weight(two.numbers[j], two.nodes[j], anchors, least()));
    }
  }
  for (std::size_t j = 0; j < two.numbers.size(); ++j) {
    if (!next.stale.contains(two.numbers[j])) continue;
    const Comparison row(two.numbers[j], two.nodes[j], copies);
    for (std::size_t i = 0; i < one.numbers.size(); ++i) {
      if (slice.stale.contains(one.numbers[i])) continue;
      put(one.numbers[i], two.numbers[j],
          row.weight(one.numbers[i], one.nodes[i], anchors, least()));
    }
  }
  for (const std::uint64_t anchor : anchors.turned(slice.anchors, &next.anchors)) {
    const std::vector<std::uint32_t> from = holders_of(one, anchor);
    const std::vector<std::uint32_t> to = holders_of(two, anchor);
    std::set<std::uint32_t> numbers;
    for (const std::uint32_t i : from) numbers.insert(one.numbers[i]);
    for (const std::uint32_t j : to) numbers.insert(two.numbers[j]);
    std::erase_if(edges,
                  [&](const Edge& e) { return numbers.contains(e.a) && numbers.contains(e.b); });
    for (const std::uint32_t i : from) {
      const Comparison row(one.numbers[i], one.nodes[i], copies);
      for (const std::uint32_t j : to) {
        put(one.numbers[i], two.numbers[j],
            row.weight(two.numbers[j], two.nodes[j], anchors, least()));
      }
    }
  }
}

// Sums of the similarities between the groups of a slice and of the next.
void Slices::connect(int key, Slice& slice, const CopiesOf& copies) const {
  slice.to_next.clear();
  const Slice* next = next_of(key);
  if (next == nullptr) {
    if (slice.warm) slice.warm->to_next.reset();
    return;
  }
  const bool known = slice.warm && slice.warm->to_next && next->warm && !slice.anew &&
                     !next->anew && (!next->warmed || next->stale.empty());
  if (known) {
    patch_next(slice, *next, copies);
    sum_up(slice, *next, *slice.warm->to_next);
    return;
  }
  std::vector<Edge> edges = compare(key, copies);
  sum_up(slice, *next, edges);
  if (slice.warm) slice.warm->to_next = std::move(edges);
}

void Slices::sum_up(Slice& slice, const Slice& next, std::span<const Edge> edges) const {
  std::vector<std::uint32_t> part(articles_.size());
  for (const Slice* s : {&std::as_const(slice), &next}) {
    for (std::uint32_t p = 0; p < s->parts.size(); ++p) {
      for (const std::uint32_t n : s->parts[p]) part[n] = p;
    }
  }
  // Edges by the group they come from.
  std::vector<std::uint32_t> begin(slice.parts.size() + 1, 0);
  for (const Edge& e : edges) ++begin[part[e.a] + 1];
  std::partial_sum(begin.begin(), begin.end(), begin.begin());
  std::vector<std::pair<std::uint32_t, double>> to(edges.size());
  std::vector<std::uint32_t> fill(begin.begin(), begin.end());
  for (const Edge& e : edges) to[fill[part[e.a]]++] = {part[e.b], e.weight};
  const double least = kLeastOfThreshold * threshold();
  std::vector<double> sums(next.parts.size(), 0);
  for (std::uint32_t a = 0; a < slice.parts.size(); ++a) {
    Numbers touched;
    for (std::uint32_t i = begin[a]; i < begin[a + 1]; ++i) {
      if (sums[to[i].first] == 0) touched.push_back(to[i].first);
      sums[to[i].first] += to[i].second;
    }
    std::sort(touched.begin(), touched.end());
    for (const std::uint32_t b : touched) {
      const double members =
          static_cast<double>(slice.parts[a].size()) * static_cast<double>(next.parts[b].size());
      if (sums[b] >= least * members) slice.to_next.push_back({a, b, sums[b]});
      sums[b] = 0;
    }
  }
}

}  // namespace twosource::story
