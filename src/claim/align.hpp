#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "claim/similarity.hpp"
#include "claim/units.hpp"

namespace twosource::claim {

// Groups units into claims by average-link clustering of the pairs' probabilities, so that a chain
// A–B–C does not swallow sentences that only their neighbours know: a group is joined to another
// when the mean probability over all their pairs of different articles reaches `join`.
// Returns groups of at least two units (indices, sorted), in order of their first unit. Every unit
// stands in at most one group. Deterministic: ties go to the smaller indices. Cost: cubic in the
// size of a connected component, which is cut at kMaxComponent by raising its threshold.
[[nodiscard]] std::vector<std::vector<std::uint32_t>> group_units(std::span<const SentenceUnit> units,
                                                                  std::span<const Pair> pairs,
                                                                  double threshold, double join);

}  // namespace twosource::claim
