#pragma once

#include <vector>

#include "article/dossier.hpp"
#include "claim/units.hpp"
#include "claim/values.hpp"

namespace twosource::claim {

// Where two sentences of one claim quote the same speaker in other words ("völlig unbegründet" /
// "ungerechtfertigt"): at most one comparison, slot "quote", the values are the two wordings
// without their marks. A fragment that both have is no difference, nor is one that is part of the
// other. Empty where different speakers are named, and where long fragments, or one of several on a
// side, share less than half of the shorter one's words.
[[nodiscard]] std::vector<SlotComparison> compare_wordings(const Dossier& dossier,
                                                           const SentenceUnit& a,
                                                           const SentenceUnit& b);

}  // namespace twosource::claim
