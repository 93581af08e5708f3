#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "text/hash_map.hpp"

namespace twosource::annotate {

// A word of a class as written in time_words.tsv and its value.
struct WordForm {
  std::string form;
  std::string value;
};
using WordClasses = StringMap<std::vector<WordForm>>;

// A cell of the column `word` with every {class} replaced by each word of that class, the value's
// {class} by that word's value: "{weekday}{daypart}" gives "montagabend", "1/EV". False when a
// class is unknown, more than 4096 words or one above 256 bytes would come out; `reason` says
// which.
[[nodiscard]] bool expand_word(std::string_view form, std::string_view value,
                               const WordClasses& classes, std::vector<WordForm>& out,
                               std::string& reason);

// False when a % is followed by none of the letters below, or a shape has more than eight fields.
// A cheap key of a word, so that most words of a text need no lookup.
inline std::size_t word_key(std::string_view word) {
  const auto byte = [&](std::size_t i) {
    return static_cast<std::size_t>(static_cast<unsigned char>(word[i]));
  };
  if (word.empty()) return 0;
  const std::size_t second = word.size() > 1 ? byte(1) : 0;
  const std::size_t third = word.size() > 2 ? byte(2) : 0;
  return (byte(0) * 389 + second * 1543 + third * 53 + byte(word.size() - 1) * 7919 + word.size()) &
         0xFFFFU;
}

// A set of the characters that are no digits, by their last six bits: of a text, and of what a
// shape matches. A text of a shape has the same set, so that most shapes need no look.
[[nodiscard]] std::uint64_t signs_of(std::string_view text);
[[nodiscard]] std::uint64_t shape_signs(std::string_view shape);
[[nodiscard]] bool is_shape(std::string_view shape);

// Matches digits and text against a shape: %Y year 1000-2099, %y two digits, %m month, %d day,
// %H hour 0-24, %M minute or second (two digits), %n whole number, anything else itself. On success
// `value` is `template_value` with the fields filled in, zero-padded to their usual width.
[[nodiscard]] bool match_shape(std::string_view shape, std::string_view text,
                               std::string_view template_value, std::string& value);

}  // namespace twosource::annotate
