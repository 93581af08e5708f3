#include "story/kindred.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <tuple>

#include "article/edtf.hpp"

namespace twosource::story {
namespace {

using Pair = std::pair<std::uint32_t, std::uint32_t>;

// Mean similarity of the articles of every two events, missing edges counting 0.
std::map<Pair, double> means(std::span<const Event> events, std::span<const Edge> edges,
                             std::size_t articles) {
  std::vector<std::uint32_t> event_of(articles, 0);
  for (std::uint32_t e = 0; e < events.size(); ++e) {
    for (const std::uint32_t i : events[e].articles) event_of[i] = e;
  }
  std::map<Pair, double> out;
  for (const Edge& edge : edges) {
    const auto pair = std::minmax(event_of[edge.a], event_of[edge.b]);
    if (pair.first != pair.second) out[pair] += edge.weight;
  }
  for (auto& [pair, sum] : out) {
    sum /= static_cast<double>(events[pair.first].articles.size()) *
           static_cast<double>(events[pair.second].articles.size());
  }
  return out;
}

bool dates_agree(const Event& a, const Event& b) {
  const auto x = parse_edtf(a.when);
  const auto y = parse_edtf(b.when);
  if (a.when.empty() || b.when.empty() || !x || !y) return true;
  const auto gap = std::max(first_day(*x) - last_day(*y), first_day(*y) - last_day(*x));
  return gap <= std::chrono::days(kKindredDays);
}

// Without a date on both sides one place must be named by both: the same two men meet again.
bool places_agree(const Event& a, const Event& b, const SharedAnchors& anchors) {
  if (a.type == "DISASTER" || b.type == "DISASTER") return true;
  const bool dated = !a.when.empty() && !b.when.empty();
  return std::any_of(a.articles.begin(), a.articles.end(), [&](std::uint32_t i) {
    return std::any_of(b.articles.begin(), b.articles.end(), [&](std::uint32_t j) {
      return anchors.same_place(i, j) || (dated && anchors.factor(i, j) >= 1);
    });
  });
}

bool kindred(const Event& a, const Event& b, const SharedAnchors& anchors) {
  const bool type = a.type == b.type || a.type.empty() || b.type.empty();
  return type && dates_agree(a, b) && places_agree(a, b, anchors);
}

}  // namespace

std::vector<std::vector<std::uint32_t>> join_kindred(std::span<const Event> events,
                                                     std::span<const Edge> edges,
                                                     const SharedAnchors& anchors, double threshold,
                                                     std::size_t articles) {
  if (articles > kKindredStack || events.size() < 2) return {};
  std::vector<std::uint32_t> joined(events.size());  // event -> the first event it is one with
  std::iota(joined.begin(), joined.end(), 0U);
  std::vector<std::tuple<double, Pair>> best;
  for (const auto& [pair, mean] : means(events, edges, articles)) {
    if (mean >= kKindred * threshold) best.emplace_back(-mean, pair);
  }
  std::sort(best.begin(), best.end());
  bool any = false;
  for (const auto& [mean, pair] : best) {
    const std::uint32_t a = joined[pair.first];
    const std::uint32_t b = joined[pair.second];
    if (a == b) continue;
    bool all = true;  // every two of the joined events must agree
    for (std::uint32_t x = 0; x < events.size() && all; ++x) {
      for (std::uint32_t y = 0; y < events.size() && all; ++y) {
        if (joined[x] == a && joined[y] == b) all = kindred(events[x], events[y], anchors);
      }
    }
    if (!all) continue;
    any = true;
    for (std::uint32_t& j : joined) {
      if (j == a || j == b) j = std::min(a, b);
    }
  }
  if (!any) return {};
  std::vector<std::vector<std::uint32_t>> groups;
  for (std::uint32_t e = 0; e < events.size(); ++e) {
    if (joined[e] != e) continue;
    groups.emplace_back();
    for (std::uint32_t other = e; other < events.size(); ++other) {
      if (joined[other] != e) continue;
      groups.back().insert(groups.back().end(), events[other].articles.begin(),
                           events[other].articles.end());
    }
    std::sort(groups.back().begin(), groups.back().end());
  }
  return groups;
}

std::vector<Pair> similar_events(std::span<const Event> events, std::span<const Edge> edges,
                                 double threshold, std::size_t articles) {
  std::vector<Pair> out;
  if (articles > kKindredStack) return out;
  for (const auto& [pair, mean] : means(events, edges, articles)) {
    if (mean >= kSameStory * threshold) out.push_back(pair);
  }
  return out;
}

}  // namespace twosource::story
