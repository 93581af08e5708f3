#pragma once

#include <xxhash.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace twosource {

// Ids that derive from what they name, so that they do not depend on what else there is: 60 bits of
// XXH3, written as a letter and 12 digits of base 32 (Crockford's, lower case). Among a million ids
// two are alike with probability 4 · 10^-7.
inline constexpr std::string_view kShortDigits = "0123456789abcdefghjkmnpqrstvwxyz";
inline constexpr std::size_t kShortLength = 12;

// A key of two names that is not 0 and not `taken`; the next salt is tried while it is.
template <class Taken>
[[nodiscard]] std::uint64_t short_key(std::string_view a, std::string_view b, Taken taken) {
  std::string both(a);
  both.push_back('\0');
  both.append(b);
  for (std::uint64_t salt = 0;; ++salt) {
    const std::uint64_t key = XXH3_64bits_withSeed(both.data(), both.size(), salt) >> 4U;
    if (key != 0 && !taken(key)) return key;
  }
}

[[nodiscard]] inline std::string short_id(char kind, std::uint64_t key) {
  std::string out(kShortLength + 1, kind);
  for (std::size_t i = kShortLength; i > 0; --i, key >>= 5U) out[i] = kShortDigits[key & 31U];
  return out;
}

// The key in an id of this kind; 0 when it is none.
[[nodiscard]] inline std::uint64_t key_of(char kind, std::string_view id) {
  if (id.size() != kShortLength + 1 || id[0] != kind) return 0;
  std::uint64_t key = 0;
  for (const char c : id.substr(1)) {
    const std::size_t digit = kShortDigits.find(c);
    if (digit == std::string_view::npos) return 0;
    key = key << 5U | digit;
  }
  return key;
}

}  // namespace twosource
