#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "claim/similarity.hpp"
#include "claim/units.hpp"

namespace twosource::claim {

// Groups units into claims by average-link clustering of the pairs' probabilities, so that a chain
// A–B–C does not swallow sentences that only their neighbours know: a group is joined to another
// when the mean probability over all their pairs of different articles reaches `join`. Then a
// sentence that says two things ("… starb, zwei wurden verletzt") also joins every other group with
// whose members of other articles its mean probability reaches `also`.
// Returns groups of at least two units (indices, sorted), in order of their first unit.
// Deterministic: ties go to the smaller indices. Cost: sorting the pairs that reach `join`, and at
// each joining of two groups the number of groups that they share pairs with.
[[nodiscard]] std::vector<std::vector<std::uint32_t>> group_units(
    std::span<const SentenceUnit> units, std::span<const Pair> pairs, double join, double also);

}  // namespace twosource::claim
