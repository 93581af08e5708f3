#pragma once

#include <string>
#include <vector>

#include "article/dossier.hpp"

namespace twosource::claim {

// The independent origins behind a claim's statements: equal keys are one origin. Unknown and
// anonymous origins confirm nothing but themselves, so they never add to others; a claim that has
// only such origins counts one.
[[nodiscard]] std::vector<std::uint32_t> independent_origins(const Dossier& dossier,
                                                             const Claim& claim);

// Sets verdict, origins and why of a claim whose statements and differences are filled:
//   contradicted   a value differs for the same moment
//   superseded     values differ, and a later figure replaces an earlier one
//   withdrawn      a statement says that the account was taken back
//   confirmed      at least `min_origins` independent origins
//   agency-only, authority-only, single-outlet, relayed-only: by the kind of what there is
void judge(const Dossier& dossier, Claim& claim, unsigned min_origins, bool withdrawn);

}  // namespace twosource::claim
