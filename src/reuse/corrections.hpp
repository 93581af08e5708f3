#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "article/corrections.hpp"
#include "article/dossier.hpp"

namespace twosource::reuse {

// Applies JoinCopies and CutCopies: a cut pair goes, a joined one is added with the whole of both
// texts as its passage, and the families are put together anew (families.hpp). `order` is the
// canonical order. Returns what became of each; without such corrections nothing is touched.
[[nodiscard]] std::vector<CorrectionOutcome> correct_families(
    std::vector<CopyFamily>& families, std::span<const Article> articles,
    std::span<const std::uint32_t> order, std::span<const Correction> corrections);

// Takes the passages of joined pairs away again, which no comparison found, and says in `why` of
// the families which corrections made them.
void explain_corrections(std::vector<CopyFamily>& families, std::span<const Article> articles,
                         std::span<const Correction> corrections);

}  // namespace twosource::reuse
