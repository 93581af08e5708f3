#pragma once

#include <span>
#include <vector>

#include "article/corrections.hpp"
#include "article/dossier.hpp"
#include "reuse/credits.hpp"
#include "text/pack.hpp"

namespace twosource::reuse {

struct Result {
  std::vector<CopyFamily> families;  // ids c1, c2, … in order of their first article
  std::vector<Origin> origins;       // agencies, outlets, … that sentences were traced to
  std::vector<std::vector<SentenceOrigin>> sentence_origins;  // [article][sentence]
  std::vector<CorrectionOutcome> corrections{};               // what became of those about copies
};

// Finds near-copies and shared passages between articles, and from them and the agency credits the
// origin of every sentence; what cannot be determined stays Unknown (fail closed). Articles need
// tokens, agencies and metadata. Deterministic; the order of `articles` only names the indices. Of
// `corrections`, pairs that are (no) copies are taken as they say.
[[nodiscard]] Result find_copies(std::span<const Article> articles, const PackSet& packs,
                                 std::span<const Correction> corrections = {});

// The same for families that an Index holds: `articles` in canonical order and every member of the
// families among them; the passages of the families count words. Families keep their ids; where
// corrections about copies regroup them, ids derive from their first pair as in an Index.
[[nodiscard]] Result trace_copies(std::span<const Article> articles,
                                  std::vector<CopyFamily> families, const Credits& credits,
                                  std::span<const Correction> corrections = {});

}  // namespace twosource::reuse
