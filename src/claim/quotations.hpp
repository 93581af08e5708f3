#pragma once

#include <string>
#include <vector>

#include "article/dossier.hpp"
#include "claim/lexicon.hpp"

namespace twosource::claim {

// Groups the quotations of all articles into utterances with variants: quotations of one speaker
// (or of none on both sides) whose wording aligns: the longest common subsequence of their word
// stems covers at least kSameUtterance of the shorter one and one word in common is no stop word.
// Groups come sorted by speaker and place; variants by place; each utterance is listed, also those
// with one variant.
[[nodiscard]] std::vector<QuoteGroup> group_quotations(const Dossier& dossier,
                                                       const Lexicons& lexicons);

// Length of the longest common subsequence of two word lists. O(n * m), both cut at 200 words.
[[nodiscard]] std::size_t common_subsequence(const std::vector<std::string>& a,
                                             const std::vector<std::string>& b);

}  // namespace twosource::claim
