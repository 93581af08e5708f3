#pragma once

#include <span>
#include <vector>

#include "annotate/name/descriptions.hpp"
#include "annotate/name/references.hpp"

namespace twosource::annotate::name {

// Resolves persons named by their age alone ("die 38-Jährige", "the 38-year-old"; the endings are
// lang/*/name_words.tsv, class aged) and appends them to `out`: the only one of whom the article
// gives that age beside the name ("Aylin Demir (38)", "der 38-jährige Tom Rau"), or else the only
// one of the article's gender that the nearest sentence with persons names as a subject, when it
// is of the same paragraph and at most two sentences before, and no age is known of that person.
// Nobody when two fit or a gender is unknown. `persons` in text order. O(tokens + ages * persons).
void find_aged(const View& view, const Linked& linked, std::span<const PersonPoint> persons,
               std::vector<Reference>& out);

}  // namespace twosource::annotate::name
