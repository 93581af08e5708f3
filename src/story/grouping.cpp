#include "story/grouping.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

#include "article/edtf.hpp"
#include "story/cluster.hpp"

namespace twosource::story {
namespace {

struct Days {
  bool known = false;
  int first = 0;
  int last = 0;
};

Days days_told(const Article& article) {
  const auto date = parse_edtf(article.published.value);
  if (!date || date->precision == DatePrecision::None) return {};
  return {true, static_cast<int>(first_day(*date).time_since_epoch().count()),
          static_cast<int>(last_day(*date).time_since_epoch().count())};
}

// What is left of a similarity after any time. Headlines agree by chance, so time decides more.
double time_floor(std::size_t terms) { return terms < kShortText ? kShortFloor : kLongFloor; }

double time_factor(const Days& a, const Days& b, std::size_t terms) {
  if (!a.known || !b.known) return kUnknownDate;
  const int gap = std::max({0, a.first - b.last, b.first - a.last});
  const double floor = time_floor(terms);
  const double scale = terms < kShortText ? kShortTimeScaleDays : kTimeScaleDays;
  return floor + (1 - floor) * std::exp(-gap / scale);
}

// A pair that shares copy tells the same happening: at least as similar as the shared part of it.
void add_copies(const reuse::Result& copies, std::span<const std::uint32_t> rank,
                std::vector<Edge>& edges) {
  std::map<std::pair<std::uint32_t, std::uint32_t>, double> shared;
  for (const CopyFamily& family : copies.families) {
    for (const CopyPair& pair : family.pairs) {
      shared[std::minmax(rank[pair.a], rank[pair.b])] = pair.containment;
    }
  }
  for (Edge& e : edges) {
    const auto it = shared.find({e.a, e.b});
    if (it != shared.end()) e.weight = std::max(e.weight, it->second);
  }
}

// Nodes are places in `order`.
std::vector<Edge> similar_pairs(std::span<const Article> articles,
                                std::span<const std::uint32_t> order,
                                std::span<const SparseVector> all, const SharedAnchors& anchors) {
  std::vector<std::vector<std::pair<std::uint32_t, float>>> index;  // by term
  std::vector<const SparseVector*> vectors;
  std::vector<Days> days;
  for (std::uint32_t r = 0; r < order.size(); ++r) {
    vectors.push_back(&all[order[r]]);
    days.push_back(days_told(articles[order[r]]));
    for (const auto& [term, w] : *vectors.back()) {
      if (term >= index.size()) index.resize(term + 1);
      index[term].emplace_back(r, w);
    }
  }
  std::vector<Edge> edges;
  std::vector<double> sum(vectors.size(), 0);
  std::vector<std::uint32_t> touched;
  for (std::uint32_t i = 0; i < vectors.size(); ++i) {
    for (const auto& [term, w] : *vectors[i]) {
      for (const auto& [j, v] : index[term]) {
        if (j >= i) break;
        if (sum[j] == 0) touched.push_back(j);
        sum[j] += static_cast<double>(w) * static_cast<double>(v);
      }
    }
    for (const std::uint32_t j : touched) {
      // A day named by both weighs more than the days they were published on.
      const double shared = anchors.factor(order[i], order[j]);
      const double time =
          shared > 1
              ? 1
              : time_factor(days[i], days[j], std::min(vectors[i]->size(), vectors[j]->size()));
      if (sum[j] * time >= kLeastEdge) {
        edges.push_back({j, i, std::min(1.0, sum[j] * time * shared)});
      }
      sum[j] = 0;
    }
    touched.clear();
  }
  return edges;
}

bool mostly_headlines(std::span<const SparseVector> vectors) {
  const auto n = std::count_if(vectors.begin(), vectors.end(),
                               [](const SparseVector& v) { return v.size() < kShortText; });
  return 2 * static_cast<std::size_t>(n) > vectors.size();
}

double same_event(std::size_t articles, bool headlines) {
  const auto n = static_cast<double>(articles);
  const double rise = kSmallStackRise * kSmallStack / (kSmallStack + n);
  if (!headlines) return kSameEvent + rise;
  return kSameHeadlineEvent + kHeadlinePileRise * std::log(std::max(1.0, n / kHeadlinePile)) + rise;
}

}  // namespace

Grouping group_events(std::span<const Article> articles, std::span<const std::uint32_t> order,
                      std::span<const SparseVector> vectors, const SharedAnchors& anchors,
                      const reuse::Result& copies) {
  std::vector<std::uint32_t> rank(order.size());
  for (std::uint32_t r = 0; r < order.size(); ++r) rank[order[r]] = r;
  std::vector<Edge> edges = similar_pairs(articles, order, vectors, anchors);
  add_copies(copies, rank, edges);
  Grouping out;
  out.threshold = same_event(articles.size(), mostly_headlines(vectors));
  out.groups = average_link(articles.size(), edges, out.threshold);
  for (std::vector<std::uint32_t>& group : out.groups) {
    for (std::uint32_t& member : group) member = order[member];
    std::sort(group.begin(), group.end());
  }
  for (Edge& edge : edges) edge = {order[edge.a], order[edge.b], edge.weight};
  out.edges = std::move(edges);
  return out;
}

}  // namespace twosource::story
