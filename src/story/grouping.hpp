#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "article/article.hpp"
#include "reuse/reuse.hpp"
#include "story/cluster.hpp"
#include "story/evidence.hpp"
#include "story/features.hpp"

namespace twosource::story {

// Similarity of two articles: cosine of their vectors, at least the containment where they share
// copy, times a factor that falls with the days between their publication dates:
// floor + (1 - floor) · exp(-days / scale); a date that is only a month counts by its
// nearest day, an unknown one gives kUnknownDate. Texts with fewer than kShortText terms
// (headlines) have the lower floor and the shorter scale: they agree by chance more easily. Two
// articles that name one day and one place (evidence.hpp) are not set apart by their publication
// dates. Two clusters are one event from kSameEvent on, plus kSmallStackRise in a small stack (half
// of it at kSmallStack articles): there the background's rarity counts, under which all cosines are
// higher. In a pile that is mostly headlines the threshold starts at kSameHeadlineEvent and rises
// with the logarithm of the pile beyond kHeadlinePile: the more headlines, the more pairs agree by
// chance.
// Tuned on og2021_titles and g5w1h_events_en, dev halves: B-Cubed F1 German headlines (185) 77.6,
// English (1256) 76.1, full text 93.1; and on the stacks under examples/, five real articles of
// three meetings of the same two men, and claims_de (12 events alone and together).
inline constexpr double kSameEvent = 0.12;
inline constexpr double kSmallStackRise = 0.11;
inline constexpr double kSmallStack = 20;
inline constexpr double kLeastEdge = 0.02;
inline constexpr double kSameHeadlineEvent = 0.07;
inline constexpr double kHeadlinePileRise = 0.035;
inline constexpr double kHeadlinePile = 185;
inline constexpr double kTimeScaleDays = 4;
inline constexpr double kShortTimeScaleDays = 2;
inline constexpr double kShortFloor = 0.1;
inline constexpr double kLongFloor = 0.6;
inline constexpr double kUnknownDate = 0.8;
inline constexpr std::size_t kShortText = 40;

// Articles grouped into events by average link (cluster.hpp); each group sorted, groups in
// canonical order of their first article, which `order` gives; with the similarities between
// articles and the threshold they were grouped by. An inverted index makes the cost that of the
// shared terms, not of all pairs.
struct Grouping {
  std::vector<std::vector<std::uint32_t>> groups;
  std::vector<Edge> edges;  // between articles
  double threshold = 0;
};
[[nodiscard]] Grouping group_events(std::span<const Article> articles,
                                    std::span<const std::uint32_t> order,
                                    std::span<const SparseVector> vectors,
                                    const SharedAnchors& anchors, const reuse::Result& copies);

}  // namespace twosource::story
