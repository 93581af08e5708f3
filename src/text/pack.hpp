#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "text/error.hpp"
#include "text/hash_map.hpp"

namespace twosource {

// One line of a table. Cells are trimmed; `line` is 1-based in the file.
struct Row {
  std::vector<std::string> cells;
  int line = 0;
};

// One file of a language pack: TAB-separated cells, `#` comments, and a first line
// "!columns<TAB>name<TAB>…" that names the columns. Lists inside a cell are separated by `|`.
class Table {
 public:
  // Refuses: no or second !columns line, a row with another number of cells, text that is not
  // UTF-8, a file above 16 MiB. `name` is what error messages call the file.
  [[nodiscard]] static Result<Table> parse(std::string name, std::string_view bytes);

  [[nodiscard]] const std::string& name() const noexcept { return name_; }
  [[nodiscard]] const std::vector<std::string>& columns() const noexcept { return columns_; }
  [[nodiscard]] const std::vector<Row>& rows() const noexcept { return rows_; }
  // Index of a column; throws PackError naming file and column when it is missing.
  [[nodiscard]] std::size_t column(std::string_view name) const;
  // "lang/de/months.tsv:12", for messages about a row.
  [[nodiscard]] std::string where(const Row& row) const;

 private:
  std::string name_;
  std::vector<std::string> columns_;
  std::vector<Row> rows_;
};

// The cell's list, split at `|`, parts trimmed, empty parts dropped.
[[nodiscard]] std::vector<std::string> split_list(std::string_view cell);

// A pack that cannot be used: thrown while stages are built, never while texts are read. The
// message starts with file and line.
class PackError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// The tables and other files of one language folder. Stages read what they need when they are
// constructed; a missing file is an empty table, so that a small pack works as far as it goes.
class Pack {
 public:
  Pack() = default;
  explicit Pack(std::string code) : code_(std::move(code)) {}

  [[nodiscard]] const std::string& code() const noexcept { return code_; }  // "de"
  // Table `file` ("months.tsv"); an empty table without columns when the pack has none.
  [[nodiscard]] const Table& table(std::string_view file) const;
  // Bytes of a file that is not a table (a model, a rule file); empty when missing.
  [[nodiscard]] std::string_view bytes(std::string_view file) const;
  // First cell of the row whose `key` column equals `key` in settings.tsv (columns key, value).
  [[nodiscard]] std::optional<std::string> setting(std::string_view key) const;

  // Adds or replaces a file; *.tsv is parsed as a table at once.
  [[nodiscard]] Result<void> add(const std::string& file, std::string_view bytes,
                                 const std::string& shown_name);

 private:
  std::string code_;
  std::map<std::string, Table, std::less<>> tables_;
  std::map<std::string, std::string, std::less<>> files_;
};

// All packs of a run: "de", "en", … and "common" (facts that belong to no language).
class PackSet {
 public:
  // The packs compiled into the program. They are checked by tests, so a failure is a bug (throws).
  [[nodiscard]] static PackSet builtin();
  // The built-in packs with every file below `dir`/<code>/ put over them.
  [[nodiscard]] static Result<PackSet> with_overrides(const std::string& dir);

  // The pack of a language; the English one for a language without pack.
  [[nodiscard]] const Pack& get(std::string_view code) const;
  [[nodiscard]] bool has(std::string_view code) const;
  [[nodiscard]] const Pack& common() const { return get("common"); }
  // Codes of the languages (without "common"), sorted.
  [[nodiscard]] std::vector<std::string> languages() const;
  [[nodiscard]] Result<void> add(std::string_view path, std::string_view bytes,
                                 const std::string& shown_name);

 private:
  std::map<std::string, Pack, std::less<>> packs_;
};

}  // namespace twosource
