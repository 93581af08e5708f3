#include "intake/sniff.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>

#include "intake/encoding.hpp"
#include "intake/tag_scanner.hpp"
#include "text/utf8.hpp"

namespace twosource::intake {
namespace {
using namespace std::string_view_literals;

struct Magic {
  std::size_t at;
  std::string_view bytes;
  std::string_view name;
};
constexpr auto kMagic = std::to_array<Magic>({
    {0, "\x89PNG\r\n\x1a\n"sv, "PNG image"},
    {0, "\xff\xd8\xff"sv, "JPEG image"},
    {0, "GIF87a"sv, "GIF image"},
    {0, "GIF89a"sv, "GIF image"},
    {8, "WEBPVP8"sv, "WebP image"},
    {8, "WAVEfmt "sv, "WAV sound"},
    {8, "AVI LIST"sv, "AVI film"},
    {0, "II*\0"sv, "TIFF image"},
    {0, "MM\0*"sv, "TIFF image"},
    {0, "\0\0\1\0"sv, "icon"},
    {4, "ftyp"sv, "MP4, HEIC or AVIF file"},
    {0, "\x1a\x45\xdf\xa3"sv, "Matroska or WebM film"},
    {0, "ID3"sv, "MP3 sound"},
    {0, "OggS"sv, "Ogg sound"},
    {0, "fLaC"sv, "FLAC sound"},
    {0, "%PDF-"sv, "PDF document"},
    {0, "%!PS"sv, "PostScript document"},
    {0, "{\\rtf"sv, "RTF document"},
    {0, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"sv, "old Microsoft Office document"},
    {0, "PK\3\4"sv, "ZIP archive or office document"},
    {0, "PK\5\6"sv, "ZIP archive"},
    {0, "BZh"sv, "bzip2 archive"},
    {0,
     "\xfd"
     "7zXZ\0"sv,
     "xz archive"},
    {0, "7z\xbc\xaf\x27\x1c"sv, "7z archive"},
    {0, "Rar!\x1a\x07"sv, "RAR archive"},
    {257, "ustar"sv, "tar archive"},
    {0,
     "\x7f"
     "ELF"sv,
     "program"},
    {0, "MZ\x90"sv, "program"},
    {0, "\0asm"sv, "WebAssembly program"},
    {0, "\xca\xfe\xba\xbe"sv, "Java class"},
    {0, "SQLite format 3\0"sv, "SQLite database"},
    {0, "wOFF"sv, "font"},
    {0, "wOF2"sv, "font"},
    {0, "\0\1\0\0"sv, "font"},
    {0, "PAR1"sv, "Parquet table"},
    {0, "\x04\x22\x4d\x18"sv, "LZ4 archive"},
});
constexpr std::size_t kSniffedText = 64U << 10U;

bool outer_element(std::string_view name) {
  return name == "html" || name == "head" || name == "body";
}
bool running_text_element(std::string_view name) {
  constexpr auto kNames = std::to_array<std::string_view>(
      {"p", "div", "a", "span", "h1", "h2", "h3", "article", "section", "main", "ul", "li", "td",
       "em", "strong", "b", "i", "blockquote", "figure"});
  return std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

// Is one of the next eight bytes below the blank? (Mycroft's test for a byte less than n.)
bool any_control(const char* bytes) {
  constexpr std::uint64_t kOnes = 0x0101010101010101ULL;
  std::uint64_t word = 0;
  std::memcpy(&word, bytes, sizeof word);
  return ((word - kOnes * 0x20U) & ~word & (kOnes * 0x80U)) != 0;
}

}  // namespace

std::string binary_reason(std::string_view head) {
  head = head.substr(0, kSniffedText);
  for (const Magic& m : kMagic) {
    if (head.size() > m.at && head.substr(m.at).starts_with(m.bytes)) {
      return fmt::format("{}, not an article's text", m.name);
    }
  }
  const bool marked = head.starts_with("\xff\xfe"sv) || head.starts_with("\xfe\xff"sv) ||
                      head.starts_with("\0\0\xfe\xff"sv);
  if (marked || utf16_order(head) != 0) return {};
  std::size_t zeros = 0;
  std::size_t controls = 0;
  for (std::size_t i = 0; i < head.size(); ++i) {
    if (i + 8 <= head.size() && !any_control(head.data() + i)) {
      i += 7;
      continue;
    }
    const char c = head[i];
    zeros += c == '\0' ? 1U : 0U;
    const bool blank = c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v' || c == '\x1b';
    controls += c >= 0 && c < ' ' && !blank ? 1U : 0U;
  }
  if (!head.empty() && zeros == head.size()) return "binary data (nothing but zero bytes)";
  // One zero in a thousand bytes may be an accident in a text; more is another kind of file.
  if (zeros > 1 + head.size() / 1000) return "binary data (zero bytes)";
  if (controls > 8 + head.size() / 50) return "binary data (control characters)";
  return {};
}

bool looks_like_html(std::string_view text) {
  text = text.substr(0, kSniffedText);
  const std::size_t start = text.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
  if (start == std::string_view::npos) return false;
  if (utf8::lower(text.substr(start, 14)) == "<!doctype html") return true;
  TagScanner scanner(text);
  Tag tag;
  unsigned closed = 0;
  while (scanner.next(tag)) {
    if (!tag.closing && outer_element(tag.name)) return true;
    // One pair of tags may be quoted in a plain text; three closed elements are a page's part.
    if (tag.closing && running_text_element(tag.name) && ++closed >= 3) return true;
    if (tag.closing && tag.name == "p") return true;
  }
  return false;
}

bool looks_like_jsonl(std::string_view head) {
  const std::size_t start = head.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
  if (start == std::string_view::npos || head[start] != '{') return false;
  const std::size_t key = head.find_first_not_of(" \t\r\n", start + 1);
  if (key == std::string_view::npos || head[key] != '"') return false;
  const std::string_view line = head.substr(start, head.find('\n', start) - start);
  const auto has = [line](std::string_view k) { return line.find(k) != line.npos; };
  return has("\"text\"") || has("\"html\"") || has("\"file\"");
}

}  // namespace twosource::intake
