#include "intake/encoding.hpp"

#include <uchardet/uchardet.h>
#include <unicode/ucnv.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <memory>
#include <optional>

#include "text/utf8.hpp"

namespace twosource::intake {
namespace {

constexpr std::size_t kHead = 4096;
constexpr std::size_t kGuessBytes = 1U << 20U;

bool is_ascii_letter(char c) {
  const char l = static_cast<char>(c | 0x20);
  return l >= 'a' && l <= 'z';
}
unsigned char byte_at(std::string_view s, std::size_t i) {
  return static_cast<unsigned char>(s[i]);
}

// Labels that the web uses, and the encoding the WHATWG Encoding Standard gives them. Only these
// are obeyed: a page must not choose UTF-7 or EBCDIC.
struct Label {
  std::string_view label;
  const char* encoding;
};
constexpr auto kLabels = std::to_array<Label>({
    {"utf-8", "UTF-8"},
    {"utf8", "UTF-8"},
    {"utf-16", "UTF-8"},
    {"utf-16le", "UTF-8"},
    {"utf-16be", "UTF-8"},
    {"ascii", "windows-1252"},
    {"us-ascii", "windows-1252"},
    {"iso-8859-1", "windows-1252"},
    {"iso8859-1", "windows-1252"},
    {"iso_8859-1", "windows-1252"},
    {"latin1", "windows-1252"},
    {"latin-1", "windows-1252"},
    {"l1", "windows-1252"},
    {"windows-1252", "windows-1252"},
    {"cp1252", "windows-1252"},
    {"iso-8859-15", "ISO-8859-15"},
    {"latin-9", "ISO-8859-15"},
    {"latin9", "ISO-8859-15"},
    {"iso-8859-2", "ISO-8859-2"},
    {"latin2", "ISO-8859-2"},
    {"windows-1250", "windows-1250"},
    {"cp1250", "windows-1250"},
    {"iso-8859-3", "ISO-8859-3"},
    {"iso-8859-4", "ISO-8859-4"},
    {"iso-8859-5", "ISO-8859-5"},
    {"windows-1251", "windows-1251"},
    {"cp1251", "windows-1251"},
    {"koi8-r", "KOI8-R"},
    {"koi8-u", "KOI8-U"},
    {"ibm866", "ibm-866"},
    {"iso-8859-6", "ISO-8859-6"},
    {"windows-1256", "windows-1256"},
    {"iso-8859-7", "ISO-8859-7"},
    {"windows-1253", "windows-1253"},
    {"iso-8859-8", "ISO-8859-8"},
    {"windows-1255", "windows-1255"},
    {"iso-8859-9", "windows-1254"},
    {"latin5", "windows-1254"},
    {"windows-1254", "windows-1254"},
    {"iso-8859-10", "ISO-8859-10"},
    {"iso-8859-13", "ISO-8859-13"},
    {"windows-1257", "windows-1257"},
    {"iso-8859-14", "ISO-8859-14"},
    {"windows-1258", "windows-1258"},
    {"tis-620", "windows-874"},
    {"windows-874", "windows-874"},
    {"macintosh", "macintosh"},
    {"mac", "macintosh"},
    {"maccyrillic", "x-mac-cyrillic"},
    {"mac-cyrillic", "x-mac-cyrillic"},
    {"mac-centraleurope", "x-mac-centraleurroman"},
    {"ibm852", "ibm-852"},
    {"ibm855", "ibm-855"},
    {"gb2312", "GB18030"},
    {"gbk", "GB18030"},
    {"gb18030", "GB18030"},
    {"big5", "Big5-HKSCS"},
    {"euc-tw", "EUC-TW"},
    {"euc-jp", "EUC-JP"},
    {"iso-2022-jp", "ISO-2022-JP"},
    {"shift_jis", "Shift_JIS"},
    {"shift-jis", "Shift_JIS"},
    {"sjis", "Shift_JIS"},
    {"euc-kr", "windows-949"},
    {"uhc", "windows-949"},
    {"iso-2022-kr", "ISO-2022-KR"},
    {"ks_c_5601-1987", "windows-949"},
});

const char* encoding_of(std::string_view label) {
  const std::string lower = utf8::lower(label);
  const auto* it = std::find_if(kLabels.begin(), kLabels.end(),
                                [&](const Label& l) { return l.label == lower; });
  return it == kLabels.end() ? nullptr : it->encoding;
}

std::size_t count_replacements(std::string_view text) {
  std::size_t n = 0;
  for (std::size_t at = 0; (at = text.find("\xEF\xBF\xBD", at)) != text.npos; at += 3) ++n;
  return n;
}

// Of bytes that are valid UTF-8.
Decoded valid_text(std::string bytes, Decoded::From from) {
  Decoded d;
  d.encoding = "UTF-8";
  d.from = from;
  d.text = std::move(bytes);
  if (d.text.find('\0') != std::string::npos) d.text = utf8::sanitise(d.text);
  return d;
}

Decoded utf8_text(std::string bytes, Decoded::From from) {
  if (utf8::valid(bytes)) return valid_text(std::move(bytes), from);
  Decoded d;
  d.encoding = "UTF-8";
  d.from = from;
  const std::size_t before = count_replacements(bytes);
  d.text = utf8::sanitise(bytes);
  d.replaced = count_replacements(d.text) - before;
  return d;
}

// Decodes with an ICU converter; nullopt when there is none of that name.
std::optional<Decoded> convert(std::string_view bytes, const char* encoding, Decoded::From from) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UConverter, decltype(&ucnv_close)> converter(ucnv_open(encoding, &status),
                                                                     &ucnv_close);
  if (U_FAILURE(status)) return std::nullopt;
  const icu::UnicodeString wide(bytes.data(), static_cast<std::int32_t>(bytes.size()),
                                converter.get(), status);
  if (U_FAILURE(status)) return std::nullopt;
  std::string text;
  wide.toUTF8String(text);
  Decoded d = utf8_text(std::move(text), from);
  d.encoding = encoding;
  d.replaced = count_replacements(d.text);
  return d;
}

// The mark at the start of the bytes: its length and encoding.
std::pair<std::size_t, const char*> byte_order_mark(std::string_view b) {
  using namespace std::string_view_literals;
  if (b.starts_with("\xEF\xBB\xBF"sv)) return {3, "UTF-8"};
  if (b.starts_with("\xFF\xFE\0\0"sv)) return {4, "UTF-32LE"};
  if (b.starts_with("\0\0\xFE\xFF"sv)) return {4, "UTF-32BE"};
  if (b.starts_with("\xFF\xFE"sv)) return {2, "UTF-16LE"};
  if (b.starts_with("\xFE\xFF"sv)) return {2, "UTF-16BE"};
  return {0, nullptr};
}

// How the bytes beyond ASCII stand, seen as UTF-8 and as a single-byte Latin script.
struct Shape {
  std::size_t sequences = 0;   // well-formed multi-byte sequences
  std::size_t ill_formed = 0;  // bytes outside of them
  std::size_t letters = 0;     // of these: letters of windows-1252 beside an ASCII letter
  std::size_t marks = 0;       // … its punctuation (quotation marks, dashes, blanks)
};

Shape shape_of(std::string_view b) {
  Shape s;
  for (std::size_t at = 0; at < b.size();) {
    if (byte_at(b, at) < 0x80) {
      ++at;
      continue;
    }
    const std::size_t begin = at;
    const char32_t c = utf8::decode(b, at);
    if (c != utf8::kReplacement || at - begin == 3) {
      ++s.sequences;
      continue;
    }
    ++s.ill_formed;
    const unsigned char x = byte_at(b, begin);
    const bool beside = (begin > 0 && is_ascii_letter(b[begin - 1])) ||
                        (begin + 1 < b.size() && is_ascii_letter(b[begin + 1]));
    if (x >= 0xC0) s.letters += beside ? 1U : 0U;
    const bool undefined = x == 0x81 || x == 0x8D || x == 0x8F || x == 0x90 || x == 0x9D;
    if (x < 0xC0 && !undefined) ++s.marks;
  }
  return s;
}

std::string uchardet_guess(std::string_view bytes) {
  const std::unique_ptr<uchardet, decltype(&uchardet_delete)> detector(uchardet_new(),
                                                                       &uchardet_delete);
  const std::string_view part = bytes.substr(0, kGuessBytes);
  if (uchardet_handle_data(detector.get(), part.data(), part.size()) != 0) return {};
  uchardet_data_end(detector.get());
  return uchardet_get_charset(detector.get());
}

Decoded guess(std::string bytes) {
  const Shape s = shape_of(std::string_view(bytes).substr(0, kGuessBytes));
  if (s.sequences > 0 && s.sequences >= s.ill_formed) {
    return utf8_text(std::move(bytes), Decoded::From::Guessed);
  }
  // Words of a Latin script have their accented letters among ASCII letters; those of Cyrillic,
  // Greek or East Asian text stand beside each other.
  const bool western = s.letters + s.marks == s.ill_formed && s.letters >= s.marks;
  const char* encoding = "windows-1252";
  if (!western) {
    if (const char* found = encoding_of(uchardet_guess(bytes))) encoding = found;
    if (s.letters + s.marks < s.ill_formed / 2 + 1 &&
        std::string_view(encoding) == "windows-1252") {
      return utf8_text(std::move(bytes), Decoded::From::Guessed);  // no text in it either way
    }
  }
  if (std::string_view(encoding) != "UTF-8") {
    if (auto d = convert(bytes, encoding, Decoded::From::Guessed)) return std::move(*d);
  }
  return utf8_text(std::move(bytes), Decoded::From::Guessed);
}

}  // namespace

char utf16_order(std::string_view head) noexcept {
  const std::size_t pairs = std::min<std::size_t>(head.size() / 2, kHead / 2);
  if (pairs < 4) return 0;
  std::size_t even = 0;
  std::size_t odd = 0;
  for (std::size_t i = 0; i < pairs; ++i) {
    even += head[2 * i] == '\0' ? 1U : 0U;
    odd += head[2 * i + 1] == '\0' ? 1U : 0U;
  }
  // Latin text has a zero in nearly every pair; half leaves room for other scripts' words in it.
  if (odd > pairs / 2 && even * 50 < pairs) return 'l';
  if (even > pairs / 2 && odd * 50 < pairs) return 'b';
  return 0;
}

std::string declared_charset(std::string_view head) {
  const std::string lower = utf8::lower(head.substr(0, kHead));
  const auto value_after = [&lower](std::size_t at) {
    at = lower.find_first_not_of(" \t\r\n=\"'", at);
    if (at == std::string::npos) return std::string();
    const std::size_t end = lower.find_first_of(" \t\r\n\"'/>;?", at);
    return lower.substr(at, end == std::string::npos ? end : end - at);
  };
  for (std::size_t meta = 0; (meta = lower.find("<meta", meta)) != std::string::npos; ++meta) {
    const std::size_t end = lower.find('>', meta);
    const std::size_t charset = lower.find("charset", meta);
    if (charset < end) return value_after(charset + 7);
  }
  if (lower.find("<?xml") != std::string::npos) {
    const std::size_t at = lower.find("encoding");
    if (at < lower.find("?>")) return value_after(at + 8);
  }
  return {};
}

Decoded decode(std::string bytes, std::string_view told) {
  const auto [mark, marked] = byte_order_mark(bytes);
  if (mark != 0) {
    bytes.erase(0, mark);
    if (std::string_view(marked) != "UTF-8") {
      if (auto d = convert(bytes, marked, Decoded::From::Mark)) return std::move(*d);
    }
    return utf8_text(std::move(bytes), Decoded::From::Mark);
  }
  if (const char order = utf16_order(bytes); order != 0) {
    const char* name = order == 'l' ? "UTF-16LE" : "UTF-16BE";
    if (auto d = convert(bytes, name, Decoded::From::Guessed)) return std::move(*d);
  }
  const bool ascii = std::all_of(bytes.begin(), bytes.end(), [](char c) { return c >= 0; });
  if (!ascii && utf8::valid(bytes)) return valid_text(std::move(bytes), Decoded::From::Utf8);
  const char* declared = told.empty() ? nullptr : encoding_of(std::string(told));
  if (declared == nullptr) declared = encoding_of(declared_charset(bytes));
  if (declared != nullptr && std::string_view(declared) != "UTF-8") {
    if (ascii && std::string_view(declared) == "windows-1252") declared = nullptr;
    if (declared != nullptr) {
      if (auto d = convert(bytes, declared, Decoded::From::Declared)) return std::move(*d);
    }
  }
  if (ascii) return valid_text(std::move(bytes), Decoded::From::Utf8);
  if (declared != nullptr) {  // declared UTF-8, and broken: most readers would see it so
    const Shape s = shape_of(std::string_view(bytes).substr(0, kGuessBytes));
    if (s.sequences >= s.ill_formed) return utf8_text(std::move(bytes), Decoded::From::Declared);
  }
  return guess(std::move(bytes));
}

}  // namespace twosource::intake
