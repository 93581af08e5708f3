#pragma once

#include <cstdint>
#include <vector>

#include "article/dossier.hpp"

namespace twosource::claim {

// Which articles of an event are texts of their own: by index into Dossier::articles, 1 for those
// that credit no agency and of whose sentences hardly any resembles one of another house. Empty:
// nothing is known about it.
using OwnTexts = std::vector<std::uint8_t>;

// The voices behind a claim: origins of which no two may be the same, sorted, and the origin that
// each statement counts for (-1: none).
struct Voices {
  std::vector<std::uint32_t> origins;
  std::vector<std::int32_t> of_statement;
};

inline constexpr std::size_t kFigureCiting = 4;

// The largest set of origins behind a claim's statements of which no two may be the same voice.
// Equal keys are one origin. Fails closed:
//   - unknown and anonymous origins confirm nothing but themselves;
//   - an outlet that names no source may have left out the one that another names, so outlets'
//     own words count only beside other outlets', when nobody is cited; where own texts are known,
//     only outlets with an own text count;
//   - an agency may be what an outlet rests on, so agencies count only beside agencies;
//   - a person may speak for a body, so persons count beside persons, and authorities, companies
//     and documents beside each other;
//   - officials, capitals and bodies that are not named ("das Ministerium") may be one authority,
//     so they count as one;
//   - sentences that share copy are one voice, whoever they name.
// An own text also counts beside the text that others share or take from agencies, all of which is
// one voice more, when at most one in `citing` of the statements cites somebody: half of them; of a
// figure a quarter, since who gives one is nearly always the source of the others.
// On the development claims this gives the precision that docs/claims.md reports.
[[nodiscard]] Voices independent_voices(const Dossier& dossier, const Claim& claim,
                                        const OwnTexts& own, std::size_t citing = 2);

// Sets verdict, origins (at least 1) and why of a claim whose statements and differences are
// filled, from its `voices`:
//   contradicted   a value differs for the same moment
//   superseded     values differ, and a later figure replaces an earlier one
//   confirmed      at least `min_origins` independent origins, and `sure`: the caller knows that
//                  statements of two of them make the same claim beyond doubt
//   agency-only, authority-only, single-outlet, relayed-only: by the kind of what there is
void judge(const Dossier& dossier, Claim& claim, const Voices& voices, unsigned min_origins,
           bool sure);

}  // namespace twosource::claim
