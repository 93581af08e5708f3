#pragma once

#include <cstdint>

#include "article/dossier.hpp"
#include "claim/lexicon.hpp"
#include "claim/units.hpp"

namespace twosource::claim {

// Whose age a measure of the unit is, an index into Dossier::entities: of the person named directly
// before it ("Ilse Korn, 51,", "Ilse Korn (51)") or behind it with at most two words between ("die
// 51-jährige Lehrerin Ilse Korn"), or, where a sentence begins with nothing but the age ("Die
// 51-Jährige", "The 51-year-old"), of the last person named in the two sentences before it. -1:
// nobody, or the measure is no age. Logarithmic in the article's mentions.
[[nodiscard]] std::int32_t person_of_age(const Dossier& dossier, const SentenceUnit& unit,
                                         const Measure& measure, const Lexicon& lexicon);

}  // namespace twosource::claim
