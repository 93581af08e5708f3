#pragma once

#include "record/sqlite.hpp"

namespace twosource::record {

// Creates the tables in an empty database, checks the schema version of another one: refuses
// (throws IoError) files that are no record and records of a newer version.
void prepare_schema(Database& database, const std::string& path, bool may_write);

}  // namespace twosource::record
