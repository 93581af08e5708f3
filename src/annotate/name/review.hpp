#pragma once

#include <vector>

#include "annotate/name/marks.hpp"

namespace twosource::annotate::name {

// Checks a model's names against what the tables and rules are sure of: cuts articles, roles and
// titles off their ends, parts a genitive from the noun behind it, drops single words that only
// their place at a sentence's start can have made look like a name, and adds names the rules found
// by full evidence (known names; first name and surname) where the model found none. Linear.
[[nodiscard]] std::vector<NameSpan> review_names(const View& view, std::vector<NameSpan> found,
                                                 const std::vector<NameSpan>& rules);

}  // namespace twosource::annotate::name
