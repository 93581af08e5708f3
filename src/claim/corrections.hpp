#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "article/corrections.hpp"
#include "article/dossier.hpp"
#include "claim/similarity.hpp"
#include "claim/units.hpp"
#include "claim/verdict.hpp"

namespace twosource::claim {

// Applies SameClaim and NotSameClaim while the claims of one event after the other are made.
class ClaimCorrections {
 public:
  // The dossier must outlive it.
  ClaimCorrections(const Dossier& dossier, std::span<const Correction> corrections);
  [[nodiscard]] bool empty() const noexcept { return links_.empty(); }

  // Sentences that say the same thing match beyond doubt, others not at all. Pairs stay sorted.
  void adjust(std::span<const SentenceUnit> units, std::vector<Pair>& pairs);
  // Puts groups of sentences together and apart likewise; groups have two members at least.
  void adjust(std::span<const SentenceUnit> units,
              std::vector<std::vector<std::uint32_t>>& groups) const;
  // Takes statements that are not about the same thing out of the claims from `first` on into
  // claims of their own, judged anew (a claim stays confirmed only while the sentence that two
  // voices share is in it), and signs the claims that a correction made.
  void finish(Dossier& dossier, std::size_t first, const OwnTexts& own, unsigned min_origins) const;
  [[nodiscard]] std::vector<CorrectionOutcome> outcomes() const;

 private:
  struct Link {
    const Correction* correction = nullptr;
    bool same = false;
    std::vector<Evidence> a;
    std::vector<Evidence> b;
    bool met = false;  // did an event hold sentences of both?
  };
  std::vector<Link> links_;
};

}  // namespace twosource::claim
