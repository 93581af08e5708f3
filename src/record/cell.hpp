#pragma once

#include <sqlite3.h>

#include <optional>
#include <string>
#include <string_view>

namespace twosource::record {

// What is found in one cell, as `cells.packed` keeps it: lines of JSON as columns (columns.hpp),
// compressed with sample lines as dictionary. The last line is the header: what has to be erased
// with the cell, and under "texts" each article whose words were left out, with the lower 32 bits
// of XXH3 of its text.
enum class LineKind : unsigned char { Event, Claim, Copy, Quote, Entity, Moment, Header };

[[nodiscard]] std::uint32_t text_hash(std::string_view text);
// Compresses what a ColumnsWriter took; throws IoError without memory.
[[nodiscard]] std::string pack_columns(std::string_view columns);
// The header of a cell; nullopt when it is damaged.
[[nodiscard]] std::optional<std::string> cell_header(std::string_view packed);

// Makes cell_line(packed, number) known to a connection: a line of a cell, counted from 1, words
// read from the article as it was then (or its revision); NULL when it is damaged.
void register_cell_line(sqlite3* handle);

}  // namespace twosource::record
