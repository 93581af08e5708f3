#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "claim/attribution.hpp"
#include "claim/figures.hpp"
#include "claim/units.hpp"

namespace twosource::claim {

// Does a sentence say that something said before was taken back? A word that says so by itself
// ("widerrief", "Falschmeldung"), or one for taking back and one for what was said ("zog ihre
// Darstellung zurück"): roles of claim_facts.tsv.
[[nodiscard]] bool takes_back(const Article& article, const SentenceUnit& unit,
                              const Lexicon& lexicon);

// Claims that their own source has taken back, verdict withdrawn: a sentence that says so, and the
// sentences of other articles, not later ones, that report what the same source said, and share at
// least two content words with it beside the source's name, one of them in at most a twentieth of
// the event's sentences (or three of them), or at least four. Sorted by first unit. Cost: sentences
// that take back times sentences of the event.
[[nodiscard]] std::vector<FigureClaim> withdrawals(const Dossier& dossier, std::int32_t event,
                                                   std::span<const SentenceUnit> units,
                                                   const Vocabulary& vocabulary,
                                                   const Lexicons& lexicons,
                                                   Attributor& attributor);

}  // namespace twosource::claim
