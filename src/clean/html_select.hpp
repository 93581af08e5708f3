#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "clean/credits.hpp"
#include "clean/furniture.hpp"
#include "clean/html_blocks.hpp"

namespace twosource::clean {

// Which blocks are the article. One entry a block.
enum class BlockUse : std::uint8_t { Furniture, Headline, Teaser, Subhead, Body };

// What else is known about the article when blocks are chosen.
struct PageHints {
  std::string_view body;            // articleBody of structured data, empty when none
  const FurniturePhrases& phrases;  // what furniture says, by language
  const CreditFinder& credits;      // tell captions by the photo credit they end with
};

// Decides over the sequence of blocks: each gets points for being article text (length, sentences,
// links, words of class and id, place in the dominating container, agreement with the structured
// data), changing between article and furniture costs points, less where the page's structure
// breaks; the best path is found by Viterbi (after Gibson et al. 2007; features after Kohlschütter
// et al. 2010). Linear in the number of blocks.
[[nodiscard]] std::vector<BlockUse> select_blocks(const dom::Document& doc, const Page& page,
                                                  const PageHints& known);

}  // namespace twosource::clean
