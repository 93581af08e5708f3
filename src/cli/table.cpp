#include "cli/table.hpp"

#include <unicode/uchar.h>

#include <algorithm>
#include <ostream>

#include "cli/talk.hpp"
#include "text/utf8.hpp"

namespace twosource::cli {
namespace {

constexpr std::size_t kWidestCell = 48;

std::size_t width_of(char32_t c) noexcept {
  if (c < 0x300) return 1;
  if (utf8::is_mark(c) || c == 0x200B || c == 0x200D || c == 0xFE0F) return 0;
  const int wide = u_getIntPropertyValue(static_cast<UChar32>(c), UCHAR_EAST_ASIAN_WIDTH);
  return wide == U_EA_WIDE || wide == U_EA_FULLWIDTH ? 2 : 1;
}

std::string cut(std::string text, std::size_t width) {
  if (display_width(text) <= width) return text;
  std::size_t used = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    used += width_of(utf8::decode(text, at));
    if (used + 1 > width) {
      text.resize(begin);
      return text + "…";
    }
  }
  return text;
}

}  // namespace

std::size_t display_width(std::string_view text) noexcept {
  std::size_t width = 0;
  for (std::size_t at = 0; at < text.size();) width += width_of(utf8::decode(text, at));
  return width;
}

std::string one_line(std::string_view text) { return utf8::squeeze(printable(text)); }

Table::Table(std::vector<std::string> headings) { rows_.push_back(std::move(headings)); }

void Table::add(std::vector<std::string> cells) {
  cells.resize(rows_.front().size());
  for (std::size_t i = 0; i < cells.size(); ++i) {
    cells[i] = one_line(cells[i]);
    if (i + 1 < cells.size()) cells[i] = cut(std::move(cells[i]), kWidestCell);
  }
  rows_.push_back(std::move(cells));
}

void Table::print(std::ostream& out) const {
  std::vector<std::size_t> widths(rows_.front().size());
  for (const auto& row : rows_) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      widths[i] = std::max(widths[i], display_width(row[i]));
    }
  }
  for (const auto& row : rows_) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      out << row[i];
      if (i + 1 < row.size()) out << std::string(widths[i] - display_width(row[i]) + 2, ' ');
    }
    out << '\n';
  }
}

}  // namespace twosource::cli
