#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace twosource::story {

// The words of a name, split at blanks and hyphens.
[[nodiscard]] std::vector<std::string_view> name_words(std::string_view name);

// A spelling-tolerant key of one word of a name: folded, and letters that transliterations of
// Cyrillic, Arabic and others interchange made one (j/y/i, w/v, z/s, sch/sh, ph/f, ck/k), doubled
// letters single: "Selenskyj", "Zelensky", "Zelenskyy" agree; so do "Lawrow" and "Lavrov". Loose on
// purpose: a key joins two names only together with a second sign (first name, role).
[[nodiscard]] std::string spelling_key(std::string_view word);

// Same first name, or one is the other's initial ("D." and "Donald")?
[[nodiscard]] bool first_names_agree(std::string_view a, std::string_view b);

}  // namespace twosource::story
