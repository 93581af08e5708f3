#include "claim/claim.hpp"

namespace twosource::claim {

void build_claims(Dossier&, const PackSet&, const Options&) {}

}  // namespace twosource::claim
