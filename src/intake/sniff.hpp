#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace twosource::intake {

// Why the first bytes of some data are no text of an article ("PNG image, not text"); empty when
// they may be. Knows magic numbers of common formats, zero bytes and control characters.
[[nodiscard]] std::string binary_reason(std::string_view head);

// HTML by content: a document type or one of the outer elements, or tags of running text that are
// closed again. Looks at the first 64 KiB.
[[nodiscard]] bool looks_like_html(std::string_view text);

// The first line is a JSON object with text, html or file in it.
[[nodiscard]] bool looks_like_jsonl(std::string_view head);

// Bounds on a page before a parser sees it. Real pages stay far below: over 1,481 news pages (six
// public test sets, 310 MB, measured with this fence) the deepest nests 138 elements, the most
// attributes of one element are 98 and unclosed formatting repeats at most 187 elements.
struct HtmlBounds {
  std::size_t depth = 512;            // elements within each other; Blink flattens deeper ones, too
  std::size_t attributes = 1000;      // of one element; parsers compare each with each
  std::size_t reopened = 10'000'000;  // elements that unclosed formatting makes a parser repeat
};
// Why a page is refused ("elements nested more than 512 deep"); empty when it may be parsed. One
// pass over the tags that never underestimates the depth a parser builds by more than its implied
// elements (html, head, body, tbody).
[[nodiscard]] std::string html_refusal(std::string_view html, const HtmlBounds& bounds = {});

}  // namespace twosource::intake
