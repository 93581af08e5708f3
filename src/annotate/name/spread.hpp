#pragma once

#include <vector>

#include "annotate/name/marks.hpp"

namespace twosource::annotate::name {

// The second pass over a text: what was once seen as a name is that name wherever it stands alone.
// Adds surnames of persons named in full (and of office holders), genitives included, and repeats
// of other names; never touches tokens already covered. Gives all spans, sorted. Linear.
[[nodiscard]] std::vector<NameSpan> spread_names(const View& view, std::vector<NameSpan> spans);

}  // namespace twosource::annotate::name
