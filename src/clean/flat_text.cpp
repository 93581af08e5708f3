#include "clean/flat_text.hpp"

#include <algorithm>

#include "text/utf8.hpp"

namespace twosource::clean {
namespace {

// A text broken at more than this many code points is taken as paragraphs: mail and news software
// breaks at 72 to 80, PDF pages hold up to about 110 in a line.
constexpr std::size_t kMaxWidth = 120;
constexpr std::size_t kMinWidth = 30;
constexpr std::size_t kMinEvidence = 3;  // lines that go on in lower case

bool line_end(char32_t c) {
  return c == '\n' || c == '\r' || c == '\f' || c == '\v' || c == 0x85 || c == 0x2028 ||
         c == 0x2029;
}

bool invisible(char32_t c) {
  return c == 0xAD || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
         (c >= 0x2060 && c <= 0x2064) || c == 0xFEFF || c < 0x20 || (c >= 0x7F && c < 0xA0);
}

// Collects the lines of a text.
class LineWriter {
 public:
  explicit LineWriter(FlatText& out) : out_(out) {}

  void bytes(std::string_view s) {
    if (pending_blank_ && out_.buffer.size() > line_begin_) out_.buffer += ' ';
    pending_blank_ = false;
    out_.buffer += s;
  }
  void blank() { pending_blank_ = true; }
  void end_line() {
    pending_blank_ = false;
    if (out_.buffer.size() == line_begin_) {
      blank_before_ = true;
      return;
    }
    out_.lines.push_back({make_span(line_begin_, out_.buffer.size()), blank_before_});
    out_.buffer += '\n';
    line_begin_ = out_.buffer.size();
    blank_before_ = false;
  }

 private:
  FlatText& out_;
  std::size_t line_begin_ = 0;
  bool pending_blank_ = false;
  bool blank_before_ = true;
};

void write_lines(std::string_view text, LineWriter& out) {
  for (std::size_t at = 0; at < text.size();) {
    std::size_t run = at;
    while (run < text.size() && text[run] > ' ' && text[run] < 0x7F) ++run;
    if (run > at) {
      out.bytes(text.substr(at, run - at));
      at = run;
      continue;
    }
    std::size_t next = at;
    const char32_t c = utf8::decode(text, next);
    if (line_end(c)) {
      if (c == '\r' && next < text.size() && text[next] == '\n') ++next;
      out.end_line();
    } else if (utf8::is_space(c)) {
      out.blank();
    } else if (c == utf8::kReplacement) {
      out.bytes("\xEF\xBF\xBD");
    } else if (!invisible(c)) {
      out.bytes(text.substr(at, next - at));
    }
    at = next;
  }
  out.end_line();
}

bool ends_open(std::string_view line) {
  std::size_t at = line.size();
  const char32_t last = utf8::decode_before(line, at);
  return utf8::is_letter(last) || utf8::is_digit(last) || last == ',' || last == '-' || last == ';';
}

bool starts_lower(std::string_view line) {
  std::size_t at = 0;
  return utf8::is_lower(utf8::decode(line, at));
}

// Does the line divide a word at its end: "ver-", before "sprochen"?
bool divides_word(std::string_view line, std::string_view next) {
  if (line.size() < 3 || line.back() != '-' || !starts_lower(next)) return false;
  std::size_t at = line.size() - 1;
  return utf8::is_lower(utf8::decode_before(line, at));
}

// "Sach-" before "und Personenschaden": the hyphen stays. Such a next word is short and followed by
// a capital, while the rest of a divided word rarely is.
bool suspended_hyphen(std::string_view next) {
  const std::size_t blank = next.find(' ');
  constexpr std::size_t kMaxConjunction = 5;
  return blank != std::string_view::npos && blank <= kMaxConjunction && blank + 1 < next.size() &&
         utf8::starts_upper(next.substr(blank + 1));
}

FlatText unwrap(const FlatText& in, std::size_t width) {
  FlatText out;
  out.buffer.reserve(in.buffer.size());
  std::string_view before;
  for (const TextLine& line : in.lines) {
    const std::string_view text = slice(in.buffer, line.span);
    const std::string_view first_word = text.substr(0, text.find(' '));
    // The next word did not fit any more, or the sentence plainly goes on.
    const bool full = utf8::length(before) + 1 + utf8::length(first_word) > width;
    const bool joins =
        !before.empty() && !line.blank_before &&
        (full || (starts_lower(text) && ends_open(before) && 2 * utf8::length(before) > width));
    if (joins) {
      out.buffer.pop_back();
      const bool divided = divides_word(before, text);
      if (divided && !suspended_hyphen(text)) {
        out.buffer.pop_back();
      } else if (!before.ends_with('-') || divided || !utf8::starts_upper(text)) {
        out.buffer += ' ';
      }
      out.buffer += text;
      out.lines.back().span.end = static_cast<std::uint32_t>(out.buffer.size());
    } else {
      const std::size_t begin = out.buffer.size();
      out.buffer += text;
      out.lines.push_back({make_span(begin, out.buffer.size()), line.blank_before});
    }
    out.buffer += '\n';
    before = text;
  }
  return out;
}

}  // namespace

std::size_t wrap_width(const FlatText& text) {
  std::vector<std::size_t> widths;
  for (std::size_t i = 0; i + 1 < text.lines.size(); ++i) {
    if (!text.lines[i + 1].blank_before) {
      widths.push_back(utf8::length(slice(text.buffer, text.lines[i].span)));
    }
  }
  if (widths.size() < kMinEvidence) return 0;
  // The second widest of a hundred: one address that could not be broken does not count.
  const std::size_t rank = widths.size() - 1 - widths.size() / 50;
  std::nth_element(widths.begin(), widths.begin() + static_cast<std::ptrdiff_t>(rank),
                   widths.end());
  const std::size_t width = widths[rank];
  if (width > kMaxWidth || width < kMinWidth) return 0;
  std::size_t full = 0;
  std::size_t lower = 0;
  for (std::size_t i = 0; i + 1 < text.lines.size(); ++i) {
    const std::string_view line = slice(text.buffer, text.lines[i].span);
    if (text.lines[i + 1].blank_before || 5 * utf8::length(line) < 3 * width) continue;
    ++full;
    const std::string_view next = slice(text.buffer, text.lines[i + 1].span);
    if (ends_open(line) && starts_lower(next)) ++lower;
  }
  return lower >= kMinEvidence && 3 * lower >= full ? width : 0;
}

FlatText normalise(std::string_view text) {
  FlatText out;
  out.buffer.reserve(text.size() + 1);
  LineWriter writer(out);
  write_lines(text, writer);
  const std::size_t width = wrap_width(out);
  return width == 0 ? out : unwrap(out, width);
}

}  // namespace twosource::clean
