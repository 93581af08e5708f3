#pragma once

#include <cstdint>
#include <vector>

#include "article/article.hpp"
#include "claim/lexicon.hpp"

namespace twosource::claim {

// Is the text a body's own: `genre` says so, or a line at its top does ("Pressemitteilung",
// "Medieninformation der Stadtwerke")? Then it speaks for that body, not for a newsroom.
[[nodiscard]] bool is_release(const Article& article, const Lexicon& lexicon);

// The answers of an interview printed as question and answer, in text order.
struct Interview {
  std::vector<Span> answers;
  std::int32_t entity = -1;  // of the article: who answers, -1 when nobody knows
};

// Paragraphs in turn from the first that ends with a question mark, where two do and one of them
// addresses somebody ("Frau Krull, …"); a list of questions that nobody is asked is none. Where
// turns and question marks disagree, only what stands right behind a question is an answer. Linear.
[[nodiscard]] Interview find_interview(const Article& article, const Lexicon& lexicon);

}  // namespace twosource::claim
