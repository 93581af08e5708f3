#pragma once

#include <string>
#include <string_view>

namespace twosource {

struct LanguageGuess {
  std::string code;       // ISO 639-1, empty when undecided
  int percent = 0;        // share of the text in that language, by CLD2
  bool reliable = false;  // CLD2's own word
};

// Language of plain UTF-8 text by CLD2 (Sites, 2013): by its first 512 bytes where CLD2 finds one
// language alone in them and is sure of it, else by the first 64 KiB.
[[nodiscard]] LanguageGuess identify_language(std::string_view text);

}  // namespace twosource
