#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "claim/attribution.hpp"
#include "claim/claim.hpp"
#include "claim/facts.hpp"
#include "claim/quantities.hpp"
#include "claim/units.hpp"
#include "claim/verdict.hpp"

namespace twosource::claim {

// A claim about one figure and the units that its statements are, in their order.
struct FigureClaim {
  Claim claim;
  std::vector<std::uint32_t> units;
};

// Makes claims of the figures of one event, whatever the words around them: all sentences that
// count the same (Fact) stand together. Of each fact comes
//   - where independent voices give other values for the same moment: the disputed figures;
//   - where later values replace earlier ones: the course of the figure, and what is said now;
//   - otherwise one claim.
// A value replaces another when it was given on a later day, when the same voice gave it later,
// when a report says that the other one held before, or that it rose or fell to this from the
// other's side, unless both are of different named voices. In an article the first value counts,
// others only when they are former ones or somebody else's; a headline's bare number gives way to
// the text's "at least". Sentences of another time (moments.hpp) do not count. Values more than
// kFarApart times as large count something else. Facts of one article count only where two named
// voices differ. A figure of the height of what happened and one of another time are not compared,
// one of what is left takes the place of another (Standing). Ages of one person (ages.hpp) that
// differ make a claim; they never replace each other. Other figures make a claim where two voices
// give other values for the same moment (quantities.hpp). Sorted by first unit. Cost: the square of
// the sentences that give one figure, of which the first 400 count.
[[nodiscard]] std::vector<FigureClaim> figure_claims(const Dossier& dossier, std::int32_t event,
                                                     std::span<const SentenceUnit> units,
                                                     const Lexicons& lexicons,
                                                     const Contrasts& contrasts,
                                                     Attributor& attributor, const OwnTexts& own,
                                                     unsigned min_origins);

}  // namespace twosource::claim
