#pragma once

#include <cstdint>
#include <string>

#include "record/sqlite.hpp"

namespace twosource::record {

inline constexpr std::int64_t kSchemaVersion = 6;

// Is it a record of the current schema? False for an empty file and an older schema. Throws IoError
// for a file that is no record and for a newer schema.
[[nodiscard]] bool is_current(Database& database, const std::string& path);
// Creates the tables in an empty database and brings an older schema up to date, in one transaction
// each (or refuses it, when not `may_write`), then sets what every connection
// needs: on it, all tables of findings and `articles` have a column `json` for reading.
void prepare_schema(Database& database, const std::string& path, bool may_write);
// The tables of the current schema in a database without any; within a transaction.
void create_tables(Database& database);
// Those of the findings, and the views; then the version is the current one.
void create_findings(Database& database);
void create_findings_tables(Database& database);

}  // namespace twosource::record
