#pragma once

#include <cstdint>
#include <vector>

#include "article/article.hpp"

namespace twosource::reuse {

// Words a shingle. Five is what the measured reference (press_reuse_de) and the text-reuse
// literature use: long enough that shared ones are rarely chance, short enough for light edits.
inline constexpr std::size_t kShingleWords = 5;

// One text as normalised words and the shingles over them. A word is a Word or Number token, lower
// case, diacritics folded when it has any (ß = ss: Swiss houses rewrite it). Shingle i covers the
// words i … i + kShingleWords - 1, so `at` is shorter than `words` by kShingleWords - 1.
struct ShingledText {
  std::vector<std::uint32_t> words;  // XXH3 of the word, low 32 bits
  std::vector<std::uint32_t> token;  // index of the word's token
  std::vector<std::uint64_t> at;     // XXH3 of the words' hashes
  std::vector<std::uint64_t> set;    // `at`, sorted, without repetitions
};

// Words and tokens, or all of it. Linear in the text, but for the sorting of the set.
[[nodiscard]] ShingledText shingle_words(const Article& article);
[[nodiscard]] ShingledText shingle(const Article& article);
// Fills `at` and `set` from `words`.
void add_shingles(ShingledText& text);

// Size of the intersection of two sorted sets. Linear.
[[nodiscard]] std::size_t shared(const std::vector<std::uint64_t>& a,
                                 const std::vector<std::uint64_t>& b);

}  // namespace twosource::reuse
