#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "article/dossier.hpp"

namespace twosource::reuse {

// Two pairs that meet in one article descend from the same text when their passages there overlap
// by this share of the smaller. Plain connected components would chain: a round-up that prints one
// paragraph each of two dispatches would make one family of both.
inline constexpr double kSameText = 0.5;

// Families of `pairs`: connected by overlapping text. An article that draws on two texts is in two
// families. `rank[i]` is the place of article i in canonical order; families and their ids c1, c2,
// … follow it. Agency and why are left empty. Near-linear in the pairs.
[[nodiscard]] std::vector<CopyFamily> group_families(std::span<const CopyPair> pairs,
                                                     std::span<const std::uint32_t> rank);

}  // namespace twosource::reuse
