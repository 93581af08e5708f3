#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "text/hash_map.hpp"
#include "text/span.hpp"

namespace twosource {

enum class TokenKind : std::uint8_t {
  Word,         // letters, with inner apostrophes and hyphens: "US-Präsident", "G20-Gipfel"
  Number,       // digits with inner separators: "1.234,5", "350 000" is two tokens, "14.30"
  QuoteMark,    // one of the quotation marks, single or double
  Punctuation,  // . , ; : ! ? ( ) – …
  Symbol,       // everything else: % € + emoji
};

// Facts about the surface that the stages ask again and again.
struct Token {
  Span span;                      // into the text
  std::uint32_t lower_begin = 0;  // into TokenLayer::lower_text
  std::uint32_t lower_end = 0;
  std::uint32_t sentence = 0;  // index into TokenLayer::sentences
  std::size_t lower_hash = 0;  // StringHash of the lower-cased token
  TokenKind kind = TokenKind::Word;
  bool upper = false;        // first letter upper case
  bool all_upper = false;    // two or more letters, all upper case
  bool inner_upper = false;  // a capital behind the first letter: "dbb-Chef", "GmbH"
  bool has_digit = false;
  bool space_before = false;  // white space or the start of a paragraph stands before it
  bool abbreviation = false;  // includes its dot: "z.B.", "Dr.", "11." (a German ordinal)
};

struct Sentence {
  Span span;                      // trimmed
  std::uint32_t first_token = 0;  // half-open range of tokens
  std::uint32_t last_token = 0;
  std::uint32_t paragraph = 0;  // index of the paragraph it lies in
};

// The tokens and sentences of one text. Tokens are in text order and do not overlap; every token
// lies in exactly one sentence; sentences never cross a paragraph.
struct TokenLayer {
  std::vector<Token> tokens;
  std::vector<Sentence> sentences;
  std::string lower_text;  // lower-cased tokens, one after the other

  [[nodiscard]] std::string_view lower(std::size_t i) const noexcept {
    return std::string_view(lower_text)
        .substr(tokens[i].lower_begin, tokens[i].lower_end - tokens[i].lower_begin);
  }
  // The same with its hash, for tables that are asked at every token.
  [[nodiscard]] HashedWord word(std::size_t i) const noexcept {
    return {lower(i), tokens[i].lower_hash};
  }
  [[nodiscard]] std::span<const Token> of(const Sentence& s) const noexcept {
    return std::span(tokens).subspan(s.first_token, s.last_token - s.first_token);
  }
  // Index of the first token that ends after `byte`; tokens.size() if none. O(log n).
  [[nodiscard]] std::size_t token_at(std::uint32_t byte) const noexcept;
  // Index of the sentence that contains `byte`, or of the next one; sentences.size() if none.
  [[nodiscard]] std::size_t sentence_at(std::uint32_t byte) const noexcept;
  // Half-open range of tokens that lie in `span` (whole tokens only).
  [[nodiscard]] std::pair<std::size_t, std::size_t> tokens_in(Span span) const noexcept;
};

}  // namespace twosource
