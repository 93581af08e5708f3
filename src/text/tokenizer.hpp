#pragma once

#include <span>
#include <string_view>

#include "text/pack.hpp"
#include "text/token.hpp"

namespace twosource {

// Splits text into tokens and sentences. Knows no language: abbreviations, words that follow an
// ordinal and the like come from the pack (abbreviations.tsv, sentence.tsv, settings.tsv). Const,
// thread-safe.
class Tokenizer {
 public:
  explicit Tokenizer(const Pack& pack);

  // `paragraphs` are disjoint spans in text order; text outside them gets no tokens. Any bytes
  // are accepted (ill-formed UTF-8 becomes Symbol tokens). Linear in the text.
  [[nodiscard]] TokenLayer run(std::string_view text, std::span<const Span> paragraphs) const;

 private:
  friend class SentenceSplitter;
  // What the text after an abbreviation's dot usually is (column `follows`).
  enum class Follows : std::uint8_t { Any, Name, Number, Word, End };

  void scan_paragraph(std::string_view text, Span paragraph, TokenLayer& out) const;
  [[nodiscard]] std::size_t scan_word(std::string_view text, std::size_t at, std::size_t end,
                                      TokenLayer& out) const;
  [[nodiscard]] std::size_t scan_number(std::string_view text, std::size_t at, std::size_t end,
                                        TokenLayer& out) const;
  [[nodiscard]] std::size_t word_end(std::string_view text, std::size_t at, std::size_t end) const;
  [[nodiscard]] std::size_t abbreviation_end(std::string_view text, std::size_t at,
                                             std::size_t end) const;
  [[nodiscard]] bool ordinal_dot(std::string_view text, std::size_t at, std::size_t stop,
                                 std::size_t end, const TokenLayer& out) const;
  void emit(std::string_view text, Span span, TokenKind kind, TokenLayer& out) const;
  [[nodiscard]] static bool spaced(std::string_view text, std::uint32_t begin);

  StringMap<Follows> abbreviations_;  // lower case, with the final dot
  StringSet after_ordinal_;           // words behind "11." that make it an ordinal: "mai"
  StringSet before_ordinal_;          // words before "11." that make it an ordinal: "am"
  StringSet sentence_starters_;       // words that begin a sentence when written with a capital
  std::vector<std::string> clitics_;  // endings that are tokens of their own: "'s"
  bool dot_ordinals_ = false;         // "11. Mai": the dot belongs to the number
  std::size_t longest_abbreviation_ = 0;
};

[[nodiscard]] bool is_quote_mark(char32_t c) noexcept;
[[nodiscard]] bool is_single_quote_mark(char32_t c) noexcept;

}  // namespace twosource
