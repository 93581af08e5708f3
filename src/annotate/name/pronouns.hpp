#pragma once

#include <vector>

#include "annotate/name/descriptions.hpp"
#include "annotate/name/references.hpp"

namespace twosource::annotate::name {

// Resolves personal, possessive and relative pronouns to persons; appends them to `out` and
// `persons` (in text order, which stays so). Only agreement decides: a pronoun is resolved when one
// person of its gender stands in its sentence before it or, when nobody does, in the sentence
// before (in the sentence before that too beside a word of speech), and nobody whose gender is
// unknown beside. An object is nobody's own subject ("Brandt gab ihm …"). "sie" needs a verb in the
// singular; "ihr" as a dative is always one woman. "Bevor sie sprach, trank Brandt": a clause that
// opens a sentence may point forward. "Brandt, der …": the person before the comma. Pronouns in
// direct speech are left alone. O(pronouns * persons).
void find_pronouns(const View& view, const Linked& linked, std::vector<PersonPoint>& persons,
                   std::vector<Reference>& out);

}  // namespace twosource::annotate::name
