#pragma once

#include <vector>

#include "annotate/quote/lexicon.hpp"
#include "article/article.hpp"

namespace twosource::annotate::quote {

// Sets Quote::speaker from the mentions that overlap the speaker span: the mention with that very
// span, else the first person, else the first organisation or place that opens or closes the span;
// -1 when there is none. Pronouns count only with the very span. O((q + m) log m).
// Two names joined by a coordinator are no single speaker: -1.
void resolve_speakers(const Article& article, const Lexicon& lexicon, std::vector<Quote>& quotes);

}  // namespace twosource::annotate::quote
