#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "text/span.hpp"

namespace twosource::clean {

enum class LexKind : std::uint8_t { Number, Word, Mark };

// A piece of a short line: digits, letters, or one other character. Unlike the tokenizer's tokens
// it needs no rules: dates and credits look at every separator themselves.
struct Lex {
  LexKind kind = LexKind::Mark;
  Span span;
  int value = -1;       // of numbers with at most eight digits
  std::string lower;    // of words
  char32_t mark = 0;    // of marks
  bool spaced = false;  // white space or the start of the text stands before it
};

// Linear. Ill-formed bytes become marks.
[[nodiscard]] std::vector<Lex> lex(std::string_view text);
// The run of digits at `at`.
[[nodiscard]] Lex lex_number(std::string_view text, std::size_t at);

}  // namespace twosource::clean
