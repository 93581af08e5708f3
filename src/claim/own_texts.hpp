#pragma once

#include <span>

#include "claim/similarity.hpp"
#include "claim/units.hpp"
#include "claim/verdict.hpp"

namespace twosource::claim {

// The articles of an event that credit no agency and of whose sentences hardly any resembles one of
// another outlet, from the event's units and the pairs that were compared. Linear in both.
[[nodiscard]] OwnTexts find_own_texts(const Dossier& dossier, std::span<const SentenceUnit> units,
                                      std::span<const Pair> pairs);

}  // namespace twosource::claim
