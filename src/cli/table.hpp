#pragma once

#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

namespace twosource::cli {

// Rows under headings, columns aligned by what a terminal shows: East Asian wide characters count
// two, combining marks none; control characters become blanks. Cells are cut at 48 columns with
// "…", except in the last column.
class Table {
 public:
  explicit Table(std::vector<std::string> headings);
  // One cell a heading.
  void add(std::vector<std::string> cells);
  void print(std::ostream& out) const;
  [[nodiscard]] bool empty() const noexcept { return rows_.size() < 2; }

 private:
  std::vector<std::vector<std::string>> rows_;  // the first row holds the headings
};

// Columns that `text` takes on a terminal.
[[nodiscard]] std::size_t display_width(std::string_view text) noexcept;
// `text` on one line without control characters, white space squeezed.
[[nodiscard]] std::string one_line(std::string_view text);

}  // namespace twosource::cli
