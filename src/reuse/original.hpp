#pragma once

#include <string>

#include "article/article.hpp"
#include "reuse/signature.hpp"

namespace twosource::reuse {

// Which of the pair likely came first: -1 the first, 1 the second, 0 when unclear; `a_share` and
// `b_share`: how much of each stands in the other. Points are given to each side and two more than
// the other's decide: earlier publication, as far as the precision of both dates allows (4: no
// credit makes a later print the source of an earlier one); press release (5); a text agency
// credited by this side only (1); completeness: contains nine tenths of the other, which has less
// than seven tenths of it (1). A reprint, told by the disclaimer among its furniture, is never the
// original. Points set by hand, not tuned; what they find: docs/benchmarks.md, "Originals".
[[nodiscard]] int likely_original(const Signature& a, const Signature& b, double a_share,
                                  double b_share);
// -1: a is surely earlier than b, 1: later, 0: the same or not known ("2017-11" and "2017-11-11").
// EDTF dates of publication.
[[nodiscard]] int compare_dates(const std::string& a, const std::string& b);
// A republisher's page: it says itself that the text is somebody else's.
[[nodiscard]] bool is_reprint(const Article& article);

}  // namespace twosource::reuse
