#pragma once

#include "record/sqlite.hpp"

namespace twosource::record {

// Brings a record of schema 1 or 2 (which had more findings) to the current one, within the
// caller's transaction. Articles and revisions are kept; findings are dropped (the next `add`
// stores them anew). Throws IoError, naming the article, when one cannot be read; nothing is
// changed then.
void migrate(Database& database);

}  // namespace twosource::record
