#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "text/span.hpp"

namespace twosource::clean {

struct TextLine {
  Span span;                  // into FlatText::buffer, trimmed, never empty
  bool blank_before = false;  // an empty line (or the start of the text) stands before it
  std::int8_t forced = -1;    // a FurnitureKind that is already known, -1: none
};

// A text with its white space put in order: one blank between words, lines without blanks at their
// ends. Tabs, no-break spaces and the like are blanks; zero-width characters, soft hyphens, text
// directions and control characters are gone; CR, CRLF, form feed and U+2028/2029 end lines.
// Ill-formed UTF-8 is U+FFFD. Lines that were broken at a fixed width (e-mail, PDF text) are joined
// again, with the hyphen of a divided word taken out.
struct FlatText {
  std::string buffer;
  std::vector<TextLine> lines;
};

// Linear in the text.
[[nodiscard]] FlatText normalise(std::string_view text);

// Width at which the lines of the text were broken, 0 if they are paragraphs. The test: among lines
// that reach 60 % of the widest and are followed by another, at least a third go on in lower case.
[[nodiscard]] std::size_t wrap_width(const FlatText& text);

}  // namespace twosource::clean
