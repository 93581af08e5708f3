#pragma once

#include <vector>

#include "article/dossier.hpp"
#include "text/pack.hpp"

namespace twosource::claim {

struct Options {
  unsigned min_origins = 2;  // independent origins that make a claim confirmed
};

// Aligns the statements of different articles of one event into claims, compares their values and
// gives each claim a verdict that counts origins, not outlets; groups quotations into variants.
// Reads everything that stands in the dossier so far and fills `claims` and `quotes`; origins of
// statements (persons, authorities, …) are appended to `origins`. Deterministic.
void build_claims(Dossier& dossier, const PackSet& packs, const Options& options);

}  // namespace twosource::claim
