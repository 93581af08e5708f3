#pragma once

#include <string>
#include <vector>

#include "article/dossier.hpp"
#include "record/record.hpp"

namespace twosource::desk {

// As much of a record's dossier as make_corrections() (article/make_corrections.hpp) looks at for
// these targets, from the stored findings: the articles, people, events, claims and copy families
// that have one of them as their id or name, with the articles that they stand in, and an article
// of an outlet of that name. Reads some rows; a name that is no id looks at all names.
[[nodiscard]] Dossier named(record::Record& store, const std::vector<std::string>& targets);

}  // namespace twosource::desk
