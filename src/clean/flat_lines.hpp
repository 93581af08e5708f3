#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "clean/credits.hpp"
#include "clean/dates.hpp"
#include "clean/flat_text.hpp"
#include "clean/furniture.hpp"

namespace twosource::clean {

// What the line model sees of one line.
struct LineFacts {
  Span span;                     // into FlatText::buffer
  std::uint32_t first_word = 0;  // range in LineTable::words
  std::uint32_t last_word = 0;
  std::uint64_t hash = 0;  // of the words in order
  std::uint32_t words = 0;
  std::uint32_t function_words = 0;
  std::uint32_t upper_words = 0;
  std::uint32_t numbers = 0;
  std::uint32_t inner_sentences = 0;  // ends of sentences before the last
  std::uint32_t repeats = 0;          // other lines with the same words
  FurnitureHit hit;
  CreditSpan credit;      // the line is a credit, code or byline; empty span: it is not
  CreditSpan photo_tail;  // a photo credit at its end
  std::uint8_t end = 0;   // '.' sentence, '?', '"' a quotation, ':' or 0
  bool date_line = false;
  bool time_line = false;
  bool clock_start = false;  // "11.04 Uhr: …"
  bool starts_lower = false;
  bool starts_quote = false;
  bool symbols = false;       // braces, pipes, angle brackets
  bool quoted_again = false;  // its first words stand in a longer line too
  bool retold = false;        // most of it stands in lines before it
  bool inline_link = false;   // "Lesen Sie auch: …" with the one article it points to
  bool blank_before = false;
  std::int8_t forced = -1;  // TextLine::forced

  [[nodiscard]] bool ends_sentence() const { return end == '.' || end == '?' || end == '"'; }
  // A credit and nothing else: no caption in front of it.
  [[nodiscard]] bool only_credit() const {
    return !credit.span.empty() && (photo_tail.span.empty() || photo_tail.span.begin == 0);
  }
  // A line that is plainly furniture whatever stands around it.
  [[nodiscard]] bool marked() const {
    return !credit.span.empty() || date_line || time_line || hit.weight >= 5;
  }
};

struct LineTable {
  std::vector<FlatWord> words;
  std::vector<LineFacts> lines;
};

// Reads the facts of all lines. Linear in the text. Const, thread-safe.
class LineReader {
 public:
  LineReader(const FurniturePhrases& phrases, const CreditFinder& credits, const DateFinder& dates)
      : phrases_(phrases), credits_(credits), dates_(dates) {}
  [[nodiscard]] LineTable read(const FlatText& text, std::string_view language) const;

 private:
  void read_line(std::string_view line, std::string_view language, LineFacts& out,
                 std::vector<FlatWord>& words) const;
  void date_and_credit(std::string_view line, std::string_view language, LineFacts& out) const;
  const FurniturePhrases& phrases_;
  const CreditFinder& credits_;
  const DateFinder& dates_;
};

}  // namespace twosource::clean
