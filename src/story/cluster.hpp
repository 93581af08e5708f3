#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace twosource::story {

// An edge of a similarity graph, a < b.
struct Edge {
  std::uint32_t a = 0;
  std::uint32_t b = 0;
  double weight = 0;
};

// Average-link agglomeration over a sparse graph: the two clusters with the highest mean
// similarity of their members (missing edges count 0) are joined until that mean falls below
// `threshold`. Weights are positive, the threshold too. Ties go to the smaller node numbers.
// Returns clusters of nodes, each sorted, in order of their smallest node. Every cluster keeps one
// entry in a queue, its best partner, and looks again when that partner has changed (nearest
// neighbours kept lazily, as in Müllner, "fastcluster", 2013): on news about O(edges + joins ·
// degree).
[[nodiscard]] std::vector<std::vector<std::uint32_t>> average_link(std::size_t nodes,
                                                                   std::span<const Edge> edges,
                                                                   double threshold);
// The same when each node is a cluster already, of so many members; a weight is the sum of the
// similarities of the members of both.
[[nodiscard]] std::vector<std::vector<std::uint32_t>> average_link(
    const std::vector<std::uint32_t>& sizes, std::span<const Edge> edges, double threshold);

}  // namespace twosource::story
