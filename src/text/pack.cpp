#include "text/pack.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "text/utf8.hpp"

namespace twosource {
namespace {

constexpr std::size_t kMaxTableBytes = 16U << 20U;

std::vector<std::string> split_cells(std::string_view line) {
  std::vector<std::string> cells;
  cells.reserve(static_cast<std::size_t>(std::count(line.begin(), line.end(), '\t')) + 1);
  std::size_t at = 0;
  while (true) {
    const std::size_t tab = line.find('\t', at);
    cells.emplace_back(utf8::trim(line.substr(at, tab == std::string_view::npos ? tab : tab - at)));
    if (tab == std::string_view::npos) return cells;
    at = tab + 1;
  }
}

Error at_line(const std::string& file, int line, std::string message) {
  return {std::move(message), fmt::format("{}:{}", file, line)};
}

}  // namespace

Result<Table> Table::parse(std::string name, std::string_view bytes) {
  if (bytes.size() > kMaxTableBytes) {
    return tl::unexpected(Error{"table is larger than 16 MiB", std::move(name)});
  }
  Table table;
  table.name_ = std::move(name);
  int line_number = 0;
  while (!bytes.empty()) {
    const std::size_t newline = bytes.find('\n');
    std::string_view line = bytes.substr(0, newline);
    bytes.remove_prefix(newline == std::string_view::npos ? bytes.size() : newline + 1);
    ++line_number;
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    if (!utf8::valid(line)) {
      return tl::unexpected(at_line(table.name_, line_number, "the line is not UTF-8"));
    }
    if (utf8::trim(line).empty() || line.front() == '#') continue;
    std::vector<std::string> cells = split_cells(line);
    if (cells[0] == "!columns") {
      if (!table.columns_.empty()) {
        return tl::unexpected(at_line(table.name_, line_number, "a second !columns line"));
      }
      cells.erase(cells.begin());
      table.columns_ = std::move(cells);
      continue;
    }
    if (table.columns_.empty()) {
      return tl::unexpected(at_line(table.name_, line_number,
                                    "the first line must be !columns and the columns' names"));
    }
    if (cells.size() != table.columns_.size()) {
      return tl::unexpected(at_line(table.name_, line_number,
                                    fmt::format("expected {} cells separated by TAB, found {}",
                                                table.columns_.size(), cells.size())));
    }
    table.rows_.push_back({std::move(cells), line_number});
  }
  return table;
}

std::size_t Table::column(std::string_view name) const {
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    if (columns_[i] == name) return i;
  }
  if (rows_.empty()) return 0;  // a missing table has no rows to ask
  throw PackError(fmt::format("{}:1: there is no column \"{}\"", name_, name));
}

std::string Table::where(const Row& row) const { return fmt::format("{}:{}", name_, row.line); }

std::vector<std::string> split_list(std::string_view cell) {
  std::vector<std::string> out;
  std::size_t at = 0;
  while (at <= cell.size()) {
    const std::size_t bar = std::min(cell.find('|', at), cell.size());
    const std::string_view part = utf8::trim(cell.substr(at, bar - at));
    if (!part.empty()) out.emplace_back(part);
    at = bar + 1;
  }
  return out;
}

const Table& Pack::table(std::string_view file) const {
  static const Table kEmpty;
  const auto it = tables_.find(file);
  return it == tables_.end() ? kEmpty : it->second;
}

std::string_view Pack::bytes(std::string_view file) const {
  const auto it = files_.find(file);
  return it == files_.end() ? std::string_view{} : std::string_view(it->second);
}

std::optional<std::string> Pack::setting(std::string_view key) const {
  for (const Row& row : table("settings.tsv").rows()) {
    if (row.cells.size() >= 2 && row.cells[0] == key) return row.cells[1];
  }
  return std::nullopt;
}

Result<void> Pack::add(const std::string& file, std::string_view bytes,
                       const std::string& shown_name) {
  if (!file.ends_with(".tsv")) {
    files_[file] = std::string(bytes);
    return {};
  }
  Result<Table> table = Table::parse(shown_name, bytes);
  if (!table) return tl::unexpected(table.error());
  tables_.insert_or_assign(file, std::move(*table));
  return {};
}

}  // namespace twosource
