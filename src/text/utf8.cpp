#include "text/utf8.hpp"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

namespace twosource::utf8 {
namespace detail {

std::uint8_t icu_properties(char32_t c) noexcept {
  const auto cp = static_cast<UChar32>(c);
  std::uint8_t p = 0;
  if (u_isalpha(cp)) p |= kLetter;
  if (u_isupper(cp) || u_istitle(cp)) p |= kUpper;
  if (u_islower(cp)) p |= kLower;
  if (u_isUWhiteSpace(cp)) p |= kSpace;
  if ((U_GET_GC_MASK(cp) & U_GC_M_MASK) != 0) p |= kMark;
  if (u_ispunct(cp)) p |= kPunctuation;
  return p;
}

template <std::size_t kSize>
std::array<std::uint8_t, kSize> block(char32_t first) {
  std::array<std::uint8_t, kSize> out{};
  for (char32_t c = 0; c < kSize; ++c) out[c] = icu_properties(first + c);
  return out;
}

const std::array<std::uint8_t, kLetters> kLetterProperties = block<kLetters>(0);
const std::array<std::uint8_t, kSignsEnd - kSigns> kSignProperties =
    block<kSignsEnd - kSigns>(kSigns);

}  // namespace detail

namespace {

const std::array<char16_t, detail::kLetters> kLowerCase = [] {
  std::array<char16_t, detail::kLetters> out{};
  for (char32_t c = 0; c < detail::kLetters; ++c) {
    out[c] = static_cast<char16_t>(u_tolower(static_cast<UChar32>(c)));
  }
  return out;
}();

unsigned char byte_at(std::string_view s, std::size_t i) noexcept {
  return static_cast<unsigned char>(s[i]);
}

// Length of the well-formed sequence at `at`, or 0. `maximal` receives the length of the maximal
// subpart of an ill-formed one (Unicode 15, ch. 3.9, table 3-7).
std::size_t sequence_length(std::string_view s, std::size_t at, std::size_t& maximal) noexcept {
  const unsigned char lead = byte_at(s, at);
  maximal = 1;
  if (lead < 0x80) return 1;
  std::size_t need = 0;
  unsigned char low = 0x80;
  unsigned char high = 0xBF;
  if (lead >= 0xC2 && lead <= 0xDF) {
    need = 1;
  } else if (lead >= 0xE0 && lead <= 0xEF) {
    need = 2;
    if (lead == 0xE0) low = 0xA0;
    if (lead == 0xED) high = 0x9F;
  } else if (lead >= 0xF0 && lead <= 0xF4) {
    need = 3;
    if (lead == 0xF0) low = 0x90;
    if (lead == 0xF4) high = 0x8F;
  } else {
    return 0;
  }
  for (std::size_t i = 1; i <= need; ++i) {
    if (at + i >= s.size()) return 0;
    const unsigned char b = byte_at(s, at + i);
    if (b < low || b > high) return 0;
    low = 0x80;
    high = 0xBF;
    maximal = i + 1;
  }
  return need + 1;
}

constexpr std::uint64_t kHighBits = 0x8080808080808080ULL;

std::uint64_t word_at(const char* p) noexcept {
  std::uint64_t word = 0;
  std::memcpy(&word, p, sizeof word);
  return word;
}

// First place from `at` on that holds no ASCII character, the size when there is none.
std::size_t behind_ascii(std::string_view s, std::size_t at) noexcept {
  const char* const p = s.data();
  while (at + 32 <= s.size()) {
    const std::uint64_t all =
        word_at(p + at) | word_at(p + at + 8) | word_at(p + at + 16) | word_at(p + at + 24);
    if ((all & kHighBits) != 0) break;
    at += 32;
  }
  while (at + 8 <= s.size() && (word_at(p + at) & kHighBits) == 0) at += 8;
  while (at < s.size() && byte_at(s, at) < 0x80) ++at;
  return at;
}

// Characters that begin in [begin, end): its bytes without those that continue one (10xxxxxx).
std::uint32_t characters(std::string_view s, std::size_t begin, std::size_t end) noexcept {
  auto count = static_cast<std::uint32_t>(end - begin);
  for (; begin + 8 <= end; begin += 8) {
    const std::uint64_t word = word_at(s.data() + begin);
    count -= static_cast<std::uint32_t>(std::popcount(word & ~(word << 1U) & kHighBits));
  }
  for (; begin < end; ++begin) count -= (byte_at(s, begin) & 0xC0U) == 0x80U ? 1U : 0U;
  return count;
}

}  // namespace

char32_t detail::decode_sequence(std::string_view text, std::size_t& at) noexcept {
  const unsigned char lead = byte_at(text, at);
  if (lead >= 0xC2 && lead <= 0xDF && at + 1 < text.size() &&
      (byte_at(text, at + 1) & 0xC0U) == 0x80U) {
    at += 2;
    return (lead & 0x1FU) << 6U | (byte_at(text, at - 1) & 0x3FU);
  }
  std::size_t maximal = 0;
  const std::size_t n = sequence_length(text, at, maximal);
  if (n == 0) {
    ++at;
    return kReplacement;
  }
  char32_t c = n == 2 ? lead & 0x1FU : n == 3 ? lead & 0x0FU : lead & 0x07U;
  for (std::size_t i = 1; i < n; ++i) c = (c << 6) | (byte_at(text, at + i) & 0x3FU);
  at += n;
  return c;
}

char32_t detail::decode_sequence_before(std::string_view text, std::size_t& at) noexcept {
  std::size_t begin = at - 1;
  while (begin > 0 && at - begin < 4 && (byte_at(text, begin) & 0xC0U) == 0x80U) --begin;
  std::size_t end = begin;
  const char32_t c = decode(text, end);
  if (end != at) {  // ill-formed: one byte
    --at;
    return kReplacement;
  }
  at = begin;
  return c;
}

void append(std::string& out, char32_t c) {
  if (c < 0x80) {
    out.push_back(static_cast<char>(c));
  } else if (c < 0x800) {
    out.push_back(static_cast<char>(0xC0U | (c >> 6)));
    out.push_back(static_cast<char>(0x80U | (c & 0x3FU)));
  } else if (c < 0x10000) {
    out.push_back(static_cast<char>(0xE0U | (c >> 12)));
    out.push_back(static_cast<char>(0x80U | ((c >> 6) & 0x3FU)));
    out.push_back(static_cast<char>(0x80U | (c & 0x3FU)));
  } else {
    out.push_back(static_cast<char>(0xF0U | (c >> 18)));
    out.push_back(static_cast<char>(0x80U | ((c >> 12) & 0x3FU)));
    out.push_back(static_cast<char>(0x80U | ((c >> 6) & 0x3FU)));
    out.push_back(static_cast<char>(0x80U | (c & 0x3FU)));
  }
}

bool valid(std::string_view bytes) noexcept {
  std::size_t maximal = 0;
  for (std::size_t at = 0; (at = behind_ascii(bytes, at)) < bytes.size();) {
    const std::size_t n = sequence_length(bytes, at, maximal);
    if (n == 0) return false;
    at += n;
  }
  return true;
}

std::string sanitise(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size());
  std::size_t at = 0;
  while (at < bytes.size()) {
    std::size_t maximal = 0;
    const std::size_t n = sequence_length(bytes, at, maximal);
    if (n == 0 || bytes[at] == '\0') {
      append(out, kReplacement);
      at += maximal;
    } else {
      out.append(bytes.substr(at, n));
      at += n;
    }
  }
  return out;
}

char32_t to_lower(char32_t c) noexcept {
  if (c < detail::kLetters) return kLowerCase[c];
  return static_cast<char32_t>(u_tolower(static_cast<UChar32>(c)));
}

void append_lower(std::string& out, std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t end = behind_ascii(text, at);
    const std::size_t old = out.size();
    out.append(text, at, end - at);
    for (std::size_t i = old; i < out.size(); ++i) {
      const char b = out[i];
      out[i] = static_cast<char>(b + (b >= 'A' && b <= 'Z' ? 32 : 0));
    }
    if (end < text.size()) append(out, to_lower(decode(text, at = end)));
    at = std::max(at, end);
  }
}

std::string lower(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  append_lower(out, text);
  return out;
}

std::string composed(std::string_view text) {
  bool marks = false;
  for (std::size_t at = 0; at < text.size() && !marks;) marks = is_mark(decode(text, at));
  std::string out(text);
  if (!marks || !valid(text)) return out;
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* nfc = icu::Normalizer2::getNFCInstance(status);
  if (U_FAILURE(status)) return out;
  std::string normal;
  icu::StringByteSink<std::string> sink(&normal);
  nfc->normalizeUTF8(0, icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())), sink,
                     nullptr, status);
  return U_FAILURE(status) ? out : normal;
}

std::string fold(std::string_view text) {
  static const UNormalizer2* const kNfd = [] {
    UErrorCode status = U_ZERO_ERROR;
    return unorm2_getNFDInstance(&status);
  }();
  std::string out;
  out.reserve(text.size());
  std::size_t at = 0;
  while (at < text.size()) {
    const char32_t c = to_lower(decode(text, at));
    if (c < 0x80) {
      out.push_back(static_cast<char>(c));
      continue;
    }
    if (c == U'ß') {
      out += "ss";
      continue;
    }
    if (is_mark(c)) continue;
    std::array<UChar, 8> parts{};
    UErrorCode status = U_ZERO_ERROR;
    const int n = kNfd == nullptr ? -1
                                  : unorm2_getDecomposition(kNfd, static_cast<UChar32>(c),
                                                            parts.data(), 8, &status);
    if (n > 0 && U_SUCCESS(status) && !U16_IS_SURROGATE(parts[0])) {
      append(out, parts[0]);
    } else {
      append(out, c);
    }
  }
  return out;
}

bool starts_upper(std::string_view word) noexcept {
  if (word.empty()) return false;
  std::size_t at = 0;
  return is_upper(decode(word, at));
}

Span trim_span(std::string_view text, Span span) noexcept {
  std::size_t begin = span.begin;
  std::size_t end = std::min<std::size_t>(span.end, text.size());
  while (begin < end) {
    std::size_t next = begin;
    if (!is_space(decode(text, next))) break;
    begin = next;
  }
  while (end > begin) {
    std::size_t before = end;
    if (!is_space(decode_before(text, before))) break;
    end = before;
  }
  return make_span(begin, end);
}

std::string_view trim(std::string_view text) noexcept {
  return slice(text, trim_span(text, make_span(0, text.size())));
}

std::string squeeze(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  std::size_t at = 0;
  bool pending = false;
  while (at < text.size()) {
    const std::size_t begin = at;
    if (is_space(decode(text, at))) {
      pending = !out.empty();
      continue;
    }
    if (pending) out.push_back(' ');
    pending = false;
    out.append(text.substr(begin, at - begin));
  }
  return out;
}

std::size_t length(std::string_view text) noexcept {
  std::size_t n = 0;
  std::size_t at = 0;
  while (at < text.size()) {
    (void)decode(text, at);
    ++n;
  }
  return n;
}

OffsetIndex::OffsetIndex(std::string_view text) : text_(text) {
  std::uint32_t count = 0;
  before_.reserve(text.size() / kStride + 2);
  for (std::size_t i = 0; i < text.size(); i += kStride) {
    before_.push_back(count);
    count += characters(text, i, std::min(i + kStride, text.size()));
  }
  if (text.size() % kStride == 0) before_.push_back(count);
  total_ = count;
  ascii_ = count == text.size();
}

std::uint32_t OffsetIndex::code_points(std::uint32_t byte) const noexcept {
  if (byte >= text_.size()) return total_;
  if (ascii_) return byte;
  return before_[byte / kStride] + characters(text_, byte / kStride * kStride, byte);
}

std::uint32_t OffsetIndex::bytes(std::uint32_t code_point) const noexcept {
  if (code_point >= total_) return static_cast<std::uint32_t>(text_.size());
  if (ascii_) return code_point;
  const auto it = std::upper_bound(before_.begin(), before_.end(), code_point);
  const auto block = static_cast<std::size_t>(it - before_.begin()) - 1;
  std::uint32_t count = before_[block];
  std::size_t i = block * kStride;
  while (i < text_.size()) {
    if ((byte_at(text_, i) & 0xC0U) != 0x80U) {
      if (count == code_point) break;
      ++count;
    }
    ++i;
  }
  return static_cast<std::uint32_t>(i);
}

}  // namespace twosource::utf8
