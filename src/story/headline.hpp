#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "article/article.hpp"

namespace twosource::story {

// The headline; of a text without one its first line, when that is short and no sentence. Blanks
// squeezed; empty when there is none of at most kMaxLabel bytes.
inline constexpr std::size_t kMaxLabel = 120;
[[nodiscard]] std::string headline_of(const Article& article);

// Index of the article whose headline says best what the articles `members` tell: the share of
// articles that hold a word (by its first kTermLetters letters), summed over the headline's words
// of kTellingLetters letters and more, divided by the root of their number, so that neither a long
// nor a one-word headline wins by that alone. A question or a quotation counts half: it does
// not say what happened. The first of equals; the first member when none has a headline. Beyond
// kMaxVoices articles only so many are asked. Linear in the text of the members. The numbers are
// set by hand, not tuned.
inline constexpr std::size_t kTellingLetters = 4;
inline constexpr std::size_t kMaxVoices = 200;
[[nodiscard]] std::uint32_t most_telling_headline(std::span<const Article> articles,
                                                  std::span<const std::uint32_t> members);

}  // namespace twosource::story
