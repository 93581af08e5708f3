#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace twosource::annotate::name {

// What the language's table of words says of one word as it is written.
struct WordInfo {
  std::uint32_t path = 0;   // bits of the cluster's path in the cluster tree, first branch lowest
  std::uint8_t common = 0;  // 0: never small; 1: rarer, 2: about as often, 3: more often small
  bool surname = false;     // a frequent surname
  bool noun = false;        // a noun of the dictionary
  bool place = false;       // a town of the gazetteer
  bool known = false;       // in the table at all
  // For the model alone: 1: on lists of first names, 2: of surnames, 4: part of a town's name of
  // several words, 8: a town anywhere; 16 times the frequency, 0 (in no table) to 6.
  std::uint8_t marks = 0;
};

// Words with their clusters (Brown et al., "Class-based n-gram models of natural language",
// Computational Linguistics 1992) in a flat table, made by tools/make_name_clusters.py. File:
// "TSWC", u32 version (2), bits, number of clusters; u32 path of each cluster; u32 slots [2^bits]
// of an open-addressing table by the word's XXH3: fingerprint (17 bits), cluster (10), common (2),
// surname, noun, place; u8 marks [2^bits]. A fingerprint fits a word that is not in the table about
// once in 10^5 look-ups.
class WordClusters {
 public:
  // Empty when `bytes` are; throws PackError when they are not such a file. Copies them.
  explicit WordClusters(std::string_view bytes);
  [[nodiscard]] bool empty() const noexcept { return slots_.empty(); }
  [[nodiscard]] WordInfo of(std::string_view word) const noexcept;

 private:
  std::uint32_t mask_ = 0;
  std::vector<std::uint32_t> paths_;
  std::vector<std::uint32_t> slots_;
  std::vector<std::uint8_t> marks_;
};

}  // namespace twosource::annotate::name
