#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "text/span.hpp"

// UTF-8 and the Unicode properties the stages ask for. Properties are those of ICU; code points
// below U+0250 (all letters of German and English) and those of U+2000 to U+20CF (quotation marks,
// dashes, currencies) come from a table built once from ICU.
namespace twosource::utf8 {

namespace detail {
enum Property : std::uint8_t {
  kLetter = 1,
  kUpper = 2,
  kLower = 4,
  kSpace = 8,
  kMark = 16,
  kPunctuation = 32
};
inline constexpr char32_t kLetters = 0x250;  // end of the first block of the table
inline constexpr char32_t kSigns = 0x2000;   // the second block
inline constexpr char32_t kSignsEnd = 0x20D0;
// Filled before main: not for other static initialisers.
extern const std::array<std::uint8_t, kLetters> kLetterProperties;
extern const std::array<std::uint8_t, kSignsEnd - kSigns> kSignProperties;
[[nodiscard]] std::uint8_t icu_properties(char32_t c) noexcept;
[[nodiscard]] inline bool has(char32_t c, std::uint8_t property) noexcept {
  if (c < kLetters) return (kLetterProperties[c] & property) != 0;
  if (c >= kSigns && c < kSignsEnd) return (kSignProperties[c - kSigns] & property) != 0;
  return (icu_properties(c) & property) != 0;
}
[[nodiscard]] char32_t decode_sequence(std::string_view text, std::size_t& at) noexcept;
[[nodiscard]] char32_t decode_sequence_before(std::string_view text, std::size_t& at) noexcept;
}  // namespace detail

inline constexpr char32_t kReplacement = 0xFFFD;

// Decodes the code point at `at` and moves `at` past it. An ill-formed sequence gives U+FFFD and
// moves one byte. Requires at < text.size().
[[nodiscard]] inline char32_t decode(std::string_view text, std::size_t& at) noexcept {
  const auto lead = static_cast<unsigned char>(text[at]);
  if (lead >= 0x80) return detail::decode_sequence(text, at);
  ++at;
  return lead;
}
// Decodes the code point that ends before `at` and moves `at` to its first byte. Requires at > 0.
[[nodiscard]] inline char32_t decode_before(std::string_view text, std::size_t& at) noexcept {
  const auto last = static_cast<unsigned char>(text[at - 1]);
  if (last >= 0x80) return detail::decode_sequence_before(text, at);
  --at;
  return last;
}
void append(std::string& out, char32_t code_point);

// Well-formed per Unicode ch. 3.9 (no surrogates, no overlong forms)? One pass, ASCII by words.
[[nodiscard]] bool valid(std::string_view bytes) noexcept;
// `bytes` with every ill-formed sequence replaced by one U+FFFD per maximal subpart (W3C practice);
// NUL is replaced too, because C interfaces downstream stop at it.
[[nodiscard]] std::string sanitise(std::string_view bytes);

[[nodiscard]] inline bool is_letter(char32_t c) noexcept { return detail::has(c, detail::kLetter); }
// Uppercase or titlecase letter.
[[nodiscard]] inline bool is_upper(char32_t c) noexcept { return detail::has(c, detail::kUpper); }
[[nodiscard]] inline bool is_lower(char32_t c) noexcept { return detail::has(c, detail::kLower); }
// ASCII digits only: values are computed from them.
[[nodiscard]] inline bool is_digit(char32_t c) noexcept { return c >= U'0' && c <= U'9'; }
// Includes U+00A0, U+202F, line breaks.
[[nodiscard]] inline bool is_space(char32_t c) noexcept { return detail::has(c, detail::kSpace); }
// Combining mark: continues a word.
[[nodiscard]] inline bool is_mark(char32_t c) noexcept { return detail::has(c, detail::kMark); }
[[nodiscard]] inline bool is_punctuation(char32_t c) noexcept {
  return detail::has(c, detail::kPunctuation);
}
[[nodiscard]] char32_t to_lower(char32_t c) noexcept;

// Simple (one to one) lower case of every code point. Byte length may differ from the input's.
[[nodiscard]] std::string lower(std::string_view text);
void append_lower(std::string& out, std::string_view text);
// Lower case without diacritics, ß as ss, for comparing spellings of names ("Selenskyj",
// "Çavuşoğlu"); combining marks are dropped.
[[nodiscard]] std::string fold(std::string_view text);
// NFC: letters and the marks behind them as one code point where there is one. Text without
// combining marks comes back as it is.
[[nodiscard]] std::string composed(std::string_view text);
// First code point upper case?
[[nodiscard]] bool starts_upper(std::string_view word) noexcept;
// `text` without white space (is_space) at both ends; `trim_span` the same for a range of `text`.
[[nodiscard]] std::string_view trim(std::string_view text) noexcept;
[[nodiscard]] Span trim_span(std::string_view text, Span span) noexcept;
// Runs of white space as one blank, ends trimmed.
[[nodiscard]] std::string squeeze(std::string_view text);
// Number of code points; ill-formed bytes count one each.
[[nodiscard]] std::size_t length(std::string_view text) noexcept;

// Byte offsets of one text as code point offsets and back, for output and input. Building is one
// pass; a lookup is one table access plus at most kStride bytes. The text must outlive the index.
class OffsetIndex {
 public:
  explicit OffsetIndex(std::string_view text);
  [[nodiscard]] std::uint32_t code_points(std::uint32_t byte) const noexcept;
  // The byte offset of a code point offset; text size when beyond the end.
  [[nodiscard]] std::uint32_t bytes(std::uint32_t code_point) const noexcept;
  [[nodiscard]] Span code_points(Span s) const noexcept {
    return {code_points(s.begin), code_points(s.end)};
  }
  [[nodiscard]] Span bytes(Span s) const noexcept { return {bytes(s.begin), bytes(s.end)}; }
  [[nodiscard]] std::uint32_t total() const noexcept { return total_; }

 private:
  static constexpr std::uint32_t kStride = 64;
  std::string_view text_;
  std::vector<std::uint32_t> before_;  // code points before byte i * kStride
  std::uint32_t total_ = 0;
  bool ascii_ = false;
};

}  // namespace twosource::utf8
