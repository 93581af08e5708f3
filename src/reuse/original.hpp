#pragma once

#include <cstdint>
#include <span>

#include "article/dossier.hpp"

namespace twosource::reuse {

// Index of the article of the pair that likely came first, -1 when unclear. Points are given to
// each side and two more than the other's decide: earlier publication, as far as the precision of
// both dates allows (2); press release (3); a text agency credited by this side only (1);
// completeness: contains nine tenths of the other, which has less than seven tenths of it (1). A
// reprint, told by the disclaimer among its furniture, is never the original.
[[nodiscard]] std::int32_t likely_original(std::span<const Article> articles, const CopyPair& pair);

// -1: a is surely earlier than b, 1: later, 0: the same or not known ("2017-11" and "2017-11-11").
[[nodiscard]] int compare_dates(const PublicationDate& a, const PublicationDate& b);

// A republisher's page: it says itself that the text is somebody else's.
[[nodiscard]] bool is_reprint(const Article& article);

}  // namespace twosource::reuse
