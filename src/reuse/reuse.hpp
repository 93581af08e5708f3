#pragma once

#include <span>
#include <vector>

#include "article/dossier.hpp"
#include "text/pack.hpp"

namespace twosource::reuse {

struct Result {
  std::vector<CopyFamily> families;  // ids c1, c2, … in order of their first article
  std::vector<Origin> origins;       // agencies, outlets, … that sentences were traced to
  std::vector<std::vector<SentenceOrigin>> sentence_origins;  // [article][sentence]
};

// Finds near-copies and shared passages between articles, and from them and the agency credits the
// origin of every sentence; what cannot be determined stays Unknown (fail closed). Articles need
// tokens, agencies and metadata. Deterministic; the order of `articles` only names the indices.
[[nodiscard]] Result find_copies(std::span<const Article> articles, const PackSet& packs);

}  // namespace twosource::reuse
