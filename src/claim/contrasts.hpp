#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "claim/attribution.hpp"
#include "claim/figures.hpp"
#include "claim/lexicon.hpp"
#include "claim/quantities.hpp"
#include "claim/similarity.hpp"
#include "claim/units.hpp"

namespace twosource::claim {

// Sentences of which an article sets the second against the first: they follow each other, have
// different sources, one of them named, speak of one thing (a content word in common, or figures of
// one kind), and the second has such a word (claim_words.tsv, class contrast) in its first clause:
// "Nach Angaben von X ist das Schiff frei. Y erklärte dagegen, …". Linear in the units.
[[nodiscard]] Contrasts find_contrasts(const Dossier& dossier, std::span<const SentenceUnit> units,
                                       const Lexicons& lexicons, Attributor& attributor);

// Makes a contradicted claim of each contrast that is not one of two figures, with the sentences of
// other articles that surely say the same (`pairs`, probable and alike in characters). Sorted by
// first unit.
[[nodiscard]] std::vector<FigureClaim> contrast_claims(const Dossier& dossier, std::int32_t event,
                                                       std::span<const SentenceUnit> units,
                                                       const Contrasts& contrasts,
                                                       std::span<const Pair> pairs,
                                                       Attributor& attributor, const OwnTexts& own);

}  // namespace twosource::claim
