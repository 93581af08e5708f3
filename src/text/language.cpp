#include "text/language.hpp"

#include <cld2/public/compact_lang_det.h>

#include <algorithm>

namespace twosource {

namespace {

LanguageGuess guess(std::string_view text, std::size_t most) {
  std::size_t n = std::min(text.size(), most);
  while (n < text.size() && n > 0 && (static_cast<unsigned char>(text[n]) & 0xC0U) == 0x80U) --n;
  CLD2::Language languages[3];
  int percents[3];
  int text_bytes = 0;
  bool reliable = false;
  CLD2::DetectLanguageSummary(text.data(), static_cast<int>(n), /*is_plain_text=*/true, languages,
                              percents, &text_bytes, &reliable);
  if (languages[0] == CLD2::UNKNOWN_LANGUAGE) return {};
  return {CLD2::LanguageCode(languages[0]), percents[0], reliable};
}

}  // namespace

LanguageGuess identify_language(std::string_view text) {
  constexpr std::size_t kBeginning = 512;
  constexpr std::size_t kMaxBytes = 64U << 10U;
  constexpr int kAlone = 95;  // percent
  LanguageGuess found = guess(text, kBeginning);
  if (text.size() > kBeginning && (!found.reliable || found.percent < kAlone))
    found = guess(text, kMaxBytes);
  return found;
}

}  // namespace twosource
