#pragma once

#include "article/dossier.hpp"
#include "record/index.hpp"
#include "record/sqlite.hpp"

namespace twosource::record {

// Replaces the findings of a record by those of the dossier, within the caller's transaction.
// Articles that the record does not have are left out.
void write_findings(Database& database, Index& index, const Dossier& dossier);

}  // namespace twosource::record
