#include "story/grouping.hpp"

#include <cmath>
#include <functional>
#include <map>
#include <utility>

#include "article/edtf.hpp"
#include "story/slices.hpp"
#include "text/hash_map.hpp"

namespace twosource::story {
namespace {

// What is left of a similarity after any time. Headlines agree by chance, so time decides more.
double time_floor(std::size_t terms) { return terms < kShortText ? kShortFloor : kLongFloor; }

double time_factor(const Days& a, const Days& b, std::size_t terms) {
  if (!a.known || !b.known) return kUnknownDate;
  const int gap = std::max({0, a.first - b.last, b.first - a.last});
  const double floor = time_floor(terms);
  const double scale = terms < kShortText ? kShortTimeScaleDays : kTimeScaleDays;
  return floor + (1 - floor) * std::exp(-gap / scale);
}

// What the nodes hold of each term: a column of all nodes for a term that kDenseShare of them hold,
// so that adding it up is a run over memory; else who holds it.
class TermIndex {
 public:
  explicit TermIndex(std::span<const Node> nodes)
      : nodes_(nodes.size()), stride_(padded(nodes.size())) {
    NumberMap<std::uint32_t> holders;
    for (const Node& node : nodes) {
      for (const auto& [term, w] : node.vector) ++holders[term];
    }
    for (const auto& [term, n] : holders) {
      const bool column = n > nodes_ / kDenseShare;
      const std::size_t at = column ? columns_.size() / stride_ : lists_.size();
      places_.emplace(term, Place{column, static_cast<std::uint32_t>(at)});
      column ? columns_.resize(columns_.size() + stride_, 0) : lists_.emplace_back().reserve(n);
    }
    for (std::uint32_t i = 0; i < nodes_; ++i) {
      for (const auto& [term, w] : nodes[i].vector) {
        const auto it = places_.find(term);
        if (it == places_.end()) continue;
        const Place at = it->second;
        at.column ? void(columns_[at.number * stride_ + i] = w)
                  : void(lists_[at.number].emplace_back(i, w));
      }
    }
  }
  // Room for one number a node, in whole blocks.
  static std::size_t padded(std::size_t nodes) { return (nodes + kBlock - 1) / kBlock * kBlock; }
  // Adds the products of a vector with the nodes before `end` to `sums`, which has padded room;
  // what it adds behind `end` means nothing.
  void multiply(const SparseVector& vector, std::uint32_t end, std::vector<float>& sums) const {
    end = std::min(end, static_cast<std::uint32_t>(nodes_));
    for (const auto& [term, w] : vector) {
      const auto it = places_.find(term);
      if (it == places_.end()) continue;
      const Place at = it->second;
      if (at.column) {
        add_column(w, &columns_[at.number * stride_], padded(end), sums.data());
        continue;
      }
      for (const auto& [j, v] : lists_[at.number]) {
        if (j >= end) break;
        sums[j] += w * v;
      }
    }
  }

 private:
  static constexpr std::size_t kDenseShare = 6;
  static constexpr std::size_t kBlock = 16;  // known when compiled: GCC makes it vector code
  static void add_column(float w, const float* __restrict column, std::size_t end,
                         float* __restrict sums) {
    for (std::size_t j = 0; j < end; j += kBlock) {
      for (std::size_t k = 0; k < kBlock; ++k) sums[j + k] += w * column[j + k];
    }
  }
  struct Place {
    bool column = false;
    std::uint32_t number = 0;
  };
  std::size_t nodes_;
  std::size_t stride_;
  NumberMap<Place> places_;
  std::vector<float> columns_;
  std::vector<std::vector<std::pair<std::uint32_t, float>>> lists_;
};

Grouping group_at_once(std::span<const Signature> signatures, std::span<const std::uint32_t> order,
                       const Copied& copied) {
  Frequencies frequencies;
  std::vector<Anchors> anchors;
  std::size_t headlines = 0;
  for (const std::uint32_t i : order) {
    frequencies.add(signatures[i]);
    anchors.push_back(signatures[i].anchors);
    if (is_headline(signatures[i])) ++headlines;
  }
  std::vector<Node> nodes;
  for (const std::uint32_t i : order) nodes.push_back(make_node(signatures[i], frequencies));
  const auto n = static_cast<std::uint32_t>(order.size());
  Grouping out;
  out.edges = similar_pairs(nodes, SharedAnchors(std::move(anchors)), 0, n, kLeastEdge);
  std::vector<std::uint32_t> rank(order.size());
  for (std::uint32_t r = 0; r < n; ++r) rank[order[r]] = r;
  Copied ranked;
  for (const auto& [key, c] : copied) {
    ranked[copied_key(rank[key >> 32U], rank[key & 0xFFFFFFFFU])] = c;
  }
  raise_copies(out.edges, ranked);
  const bool told_by_headlines = 2 * headlines > n;
  out.threshold = same_event(n, told_by_headlines);
  out.groups = average_link(n, out.edges, out.threshold);
  if (!told_by_headlines) attach_left(out.groups, out.edges, out.threshold);
  for (Edge& edge : out.edges) edge = {order[edge.a], order[edge.b], edge.weight};
  return out;
}

}  // namespace

Days days_told(const std::string& published) {
  const auto date = parse_edtf(published);
  if (!date || date->precision == DatePrecision::None) return {};
  return {true, static_cast<int>(first_day(*date).time_since_epoch().count()),
          static_cast<int>(last_day(*date).time_since_epoch().count())};
}

Node make_node(const Signature& signature, const Frequencies& frequencies) {
  return {&signature, frequencies.weigh(signature), days_told(signature.published)};
}

std::vector<Edge> similar_pairs(std::span<const Node> nodes, const SharedAnchors& anchors,
                                std::uint32_t first, std::uint32_t limit, double least) {
  const TermIndex index(nodes.first(std::min<std::size_t>(limit, nodes.size())));
  std::vector<Edge> edges;
  std::vector<float> sums(TermIndex::padded(nodes.size()), 0);
  const auto floor = static_cast<float>(least);
  for (std::uint32_t i = first; i < nodes.size(); ++i) {
    const std::uint32_t end = std::min(i, limit);
    std::fill_n(sums.begin(), TermIndex::padded(end), 0.0F);
    index.multiply(nodes[i].vector, end, sums);
    for (std::uint32_t j = 0; j < end; ++j) {
      if (sums[j] < floor) continue;
      const double weight = edge_weight(sums[j], nodes[i], nodes[j], anchors.factor(i, j), least);
      if (weight > 0) edges.push_back({j, i, weight});
    }
  }
  return edges;
}

double edge_weight(float cosine, const Node& a, const Node& b, double shared, double least) {
  // A day named by both weighs more than the days they were published on.
  const std::size_t terms = std::min(a.vector.size(), b.vector.size());
  const double time = shared > 1 ? 1 : time_factor(a.days, b.days, terms);
  const double weight = static_cast<double>(cosine) * time;
  return weight < least ? 0 : exactly_added(std::min(1.0, weight * shared));
}

double exactly_added(double weight) { return std::nearbyint(weight * kWeightUnit) / kWeightUnit; }

void raise_copies(std::vector<Edge>& edges, const Copied& copied) {
  if (copied.empty()) return;
  for (Edge& e : edges) {
    const auto it = copied.find(copied_key(e.a, e.b));
    if (it != copied.end()) e.weight = std::max(e.weight, exactly_added(it->second));
  }
}

void attach_left(std::vector<std::vector<std::uint32_t>>& groups, std::span<const Edge> edges,
                 double threshold) {
  std::size_t articles = 0;
  for (const auto& g : groups) articles += g.size();
  if (articles <= kFewArticles) return;
  std::vector<std::uint32_t> group_of(articles);
  for (std::uint32_t g = 0; g < groups.size(); ++g) {
    for (const std::uint32_t i : groups[g]) group_of[i] = g;
  }
  const auto alone = [&](std::uint32_t i) { return groups[group_of[i]].size() == 1; };
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::vector<double>> weights;
  for (const Edge& e : edges) {
    if (alone(e.a) && !alone(e.b)) weights[{e.a, group_of[e.b]}].push_back(e.weight);
    if (alone(e.b) && !alone(e.a)) weights[{e.b, group_of[e.a]}].push_back(e.weight);
  }
  struct Choice {
    double first = 0;
    double second = 0;
    std::uint32_t group = 0;
  };
  std::map<std::uint32_t, Choice> choices;
  for (auto& [key, list] : weights) {
    std::sort(list.begin(), list.end(), std::greater<>());
    double mean = 0;
    for (std::size_t k = 0; k < std::min(kNearest, list.size()); ++k) mean += list[k] / kNearest;
    Choice& choice = choices[key.first];
    if (mean > choice.first) {
      choice = {mean, choice.first, key.second};
    } else {
      choice.second = std::max(choice.second, mean);
    }
  }
  for (const auto& [i, choice] : choices) {
    if (choice.first < threshold || choice.first < kNearestLead * choice.second) continue;
    groups[choice.group].push_back(i);
    groups[group_of[i]].clear();
  }
  std::erase_if(groups, [](const auto& g) { return g.empty(); });
  for (std::vector<std::uint32_t>& g : groups) std::sort(g.begin(), g.end());
  std::sort(groups.begin(), groups.end());
}

double same_event(std::size_t articles, bool headlines) {
  const auto n = static_cast<double>(articles);
  const double rise = kSmallStackRise * kSmallStack / (kSmallStack + n);
  if (!headlines) return kSameEvent + rise;
  return kSameHeadlineEvent + kHeadlinePileRise * std::log(std::max(1.0, n / kHeadlinePile)) + rise;
}

double same_slice_event(bool headlines) {
  return headlines ? same_event(kOneSlice, true) : kSameSliceEvent;
}

Grouping group_events(std::span<const Signature> signatures, std::span<const std::uint32_t> order,
                      const Copied& copied) {
  Grouping out = order.size() <= kOneSlice ? group_at_once(signatures, order, copied)
                                           : group_by_slices(signatures, order, copied);
  for (std::vector<std::uint32_t>& group : out.groups) {
    for (std::uint32_t& member : group) member = order[member];
    std::sort(group.begin(), group.end());
  }
  return out;
}

}  // namespace twosource::story
