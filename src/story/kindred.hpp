#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "article/dossier.hpp"
#include "story/cluster.hpp"
#include "story/evidence.hpp"

namespace twosource::story {

// What the cosines of a small stack leave apart. Somebody who hands over a few articles has chosen
// them for one story, and the threshold of grouping.hpp is strict there: texts on one accident that
// come from different days, desks or languages stay below it.

// Two events are one when the mean similarity of their articles is at least kKindred of the
// threshold for one event, their kind of happening is the same or that of one is not known, their
// dates are at most kKindredDays apart, and not all pairs of their articles name only different
// places (a storm or flood may be told from many); where a date is not known, both must name one
// place. Groups of articles as
// group_events gives them, in the same order; empty when nothing is to be joined or the stack has
// more than kKindredStack articles.
[[nodiscard]] std::vector<std::vector<std::uint32_t>> join_kindred(std::span<const Event> events,
                                                                   std::span<const Edge> edges,
                                                                   const SharedAnchors& anchors,
                                                                   double threshold,
                                                                   std::size_t articles);

// Pairs of events of one story by what their articles tell: mean similarity at least kSameStory of
// the threshold for one event. Only in a small stack, as above.
[[nodiscard]] std::vector<std::pair<std::uint32_t, std::uint32_t>> similar_events(
    std::span<const Event> events, std::span<const Edge> edges, double threshold,
    std::size_t articles);

// Set by hand on eight stacks made up for it; the stacks under examples/ stay as they were.
inline constexpr double kKindred = 0.6;
inline constexpr double kSameStory = 0.5;
inline constexpr int kKindredDays = 3;
inline constexpr std::size_t kKindredStack = 24;

}  // namespace twosource::story
