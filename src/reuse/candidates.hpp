#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "reuse/shingles.hpp"

namespace twosource::reuse {

// Pairs of texts (smaller index first, sorted) that may share copy, from an inverted index over a
// FracMinHash sketch: of a text with more than kSketchAll shingles only those below 1/kSketchRate
// of the hash range (Irber et al. 2022, "Lightweight compositional analysis of metagenomes with
// FracMinHash"). Unlike MinHash with bands its hits estimate containment, so a short dispatch
// inside a long article is found; a pair that shares 40 shingles is missed with probability
// < 0.001. `texts` in canonical order; a shingle in more than kWindow texts pairs each only with
// its kWindow neighbours in that order, which keeps the cost linear in the number of texts.
// Lists too many, loses few: every pair needs exact verification.
inline constexpr std::size_t kSketchAll = 256;
inline constexpr std::uint64_t kSketchRate = 4;
inline constexpr std::size_t kWindow = 64;

[[nodiscard]] std::vector<std::pair<std::uint32_t, std::uint32_t>> find_candidates(
    std::span<const ShingledText* const> texts);

}  // namespace twosource::reuse
