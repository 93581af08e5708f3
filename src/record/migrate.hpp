#pragma once

#include "record/sqlite.hpp"

namespace twosource::record {

// Brings a record of an older schema to the current one, within the caller's transaction. Articles,
// their revisions and corrections, and what `watch` keeps, stay; findings are dropped, and the next
// program that writes finds them anew. Throws IoError, naming the article, when one cannot be read;
// nothing is changed then.
void migrate(Database& database);

}  // namespace twosource::record
