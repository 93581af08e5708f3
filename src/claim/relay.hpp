#pragma once

#include <optional>

#include "article/article.hpp"
#include "claim/lexicon.hpp"

namespace twosource::claim {

// What a sentence says of whom its medium relies on: "berichtet die Zeitung unter Berufung auf die
// Polizei", "citing police".
struct Citing {
  Span phrase;  // with the source: no part of what is reported
  Span source;  // the words for the source; never empty
};

// The first one of a sentence (phrases: claim_words.tsv, class citing). The source ends at a
// punctuation mark, a verb of saying or, where nouns have capitals, at a small word behind one that
// is no stop word; at most twelve tokens. Linear.
[[nodiscard]] std::optional<Citing> find_citing(const Article& article, const Sentence& sentence,
                                                const Lexicon& lexicon);

}  // namespace twosource::claim
