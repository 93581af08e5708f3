#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "article/dossier.hpp"
#include "reuse/shingles.hpp"

namespace twosource::reuse {

// A run of words in both texts, half-open word ranges; `equal` words of it are the same.
struct WordPassage {
  std::uint32_t a_begin = 0;
  std::uint32_t a_end = 0;
  std::uint32_t b_begin = 0;
  std::uint32_t b_end = 0;
  std::uint32_t equal = 0;
};

// Smallest equal run that stands alone or opens a passage, and the largest edit bridged inside one
// (words, on either side). As the passages of press_reuse_de are defined; smaller runs, from
// kShingleWords on, only continue a passage across an edit.
inline constexpr std::uint32_t kMinRun = 8;
inline constexpr std::uint32_t kMaxEdit = 10;

// Shared passages, disjoint in each text, sorted by place in a; moved blocks are found. Seeds are
// shared shingles, grown to maximal equal runs; the longest run wins where runs overlap; runs with
// the same neighbours in both texts are chained over edits of at most kMaxEdit words.
// Linear in the texts plus the shared
// shingles (a shingle that stands in b more than 8 times is no seed).
[[nodiscard]] std::vector<WordPassage> align(const ShingledText& a, const ShingledText& b);

// A passage that counts words, as byte spans from the first to the last word's token.
[[nodiscard]] Passage in_bytes(const Passage& words, const Article& a, const ShingledText& a_text,
                               const Article& b, const ShingledText& b_text);
// The same when only the article is at hand: finds the words again. Linear in the text.
[[nodiscard]] std::vector<Span> in_bytes(std::span<const Span> words, const Article& article);

}  // namespace twosource::reuse
