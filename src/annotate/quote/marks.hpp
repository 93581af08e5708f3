#pragma once

#include <cstdint>
#include <vector>

#include "article/article.hpp"
#include "text/span.hpp"

namespace twosource::annotate {

// A stretch between quotation marks, marks included, inside one paragraph; or a block quotation
// (ParagraphForm::Quotation) without marks.
struct MarkedRegion {
  Span span;
  std::uint32_t first_token = 0;  // the opening mark, or the first word when it has none
  std::uint32_t last_token = 0;   // half-open; behind the closing mark
  std::uint32_t depth = 0;        // 0: outermost
  std::int32_t continues = -1;  // index of the region of the paragraph before that this one goes on
  bool single = false;          // single marks: ‚…‘
  bool set_out = false;         // a block quotation without marks
};

// Pairs the quotation marks of an article. What a mark does is read from its surroundings, not from
// its shape, so that „…“ “…” »…« «…» "…" and same-style nesting («… «…» …», "… "…", …") all work. A
// quotation that a paragraph leaves open goes on when the next paragraph reopens it, or closes it
// first of all; otherwise its mark is ignored. A block quotation counts when the paragraph before
// ends with a colon or is one itself. In order of (begin, outer first). Linear.
[[nodiscard]] std::vector<MarkedRegion> find_marked_regions(const Article& article);

}  // namespace twosource::annotate
