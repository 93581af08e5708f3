#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "story/cluster.hpp"
#include "story/clusterer.hpp"
#include "story/grouping.hpp"

namespace twosource::story {

// An article is one of the sample of every 2^shift-th when its id's hash ends in so many zeros. The
// sample of a set of articles is the same whatever came first, and one article more changes it
// once in 2^shift times only, else the weights of all others stay as they are.
[[nodiscard]] int trailing_zeros(std::string_view article_id);

// Articles of a slice, by number, with their vectors under the slice's frequencies.
struct Weighed {
  std::vector<std::uint32_t> numbers;
  std::vector<Node> nodes;  // beside `numbers`
  Frequencies frequencies;

  void add(std::uint32_t number, const Signature& signature);
  void remove(const std::function<bool(std::uint32_t)>& which);
};

// How many articles name each place and day.
using AnchorCounts = std::unordered_map<std::uint64_t, std::uint32_t>;
// How many more (or fewer) do than at the last update.
using AnchorChanges = std::unordered_map<std::uint64_t, int>;

// Of which pairs of a place and a day a slice, or two neighbours, know how many articles hold them.
class AnchorView {
 public:
  AnchorView(const AnchorCounts& one, const AnchorCounts* two) : one_(one), two_(two) {}
  [[nodiscard]] std::uint32_t holders(std::uint64_t key) const;
  [[nodiscard]] bool tells(std::uint64_t key) const { return holders(key) <= kMostOfOneAnchor; }
  // Keys that told before the changes and tell no more, or the other way round.
  [[nodiscard]] std::vector<std::uint64_t> turned(const AnchorChanges& one,
                                                  const AnchorChanges* two) const;

 private:
  const AnchorCounts& one_;
  const AnchorCounts* two_;
};

// Numbers of the articles one shares copy with, and the containment of each pair.
using CopiesOf = std::function<std::vector<std::pair<std::uint32_t, double>>(std::uint32_t)>;

// One article against others: the edges that similar_pairs and raise_copies would find, to the bit.
// Costs a look-up a term of the others.
class Comparison {
 public:
  Comparison(std::uint32_t number, const Node& node, const CopiesOf& copies);
  // Weight of the edge to this article, 0 when there is none.
  [[nodiscard]] double weight(std::uint32_t number, const Node& node, const AnchorView& anchors,
                              double least) const;

 private:
  static constexpr std::uint32_t kFilterBits = 1U << 13U;
  [[nodiscard]] float cosine(const SparseVector& other) const;
  std::uint32_t number_;
  const Node& node_;
  std::vector<std::uint64_t> keys_;
  std::vector<std::pair<std::uint32_t, double>> copies_;
  std::vector<std::uint64_t> filter_;
  std::vector<std::pair<std::uint32_t, float>> table_;  // open addressing; weight 0: free
};

}  // namespace twosource::story
