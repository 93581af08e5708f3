#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <vector>

#include "article/dossier.hpp"
#include "claim/units.hpp"

namespace twosource::claim {

// Which places the articles of one event name.
class Places {
 public:
  // `dossier` must outlive it. Linear in the units.
  Places(const Dossier& dossier, std::span<const SentenceUnit> units);
  // Does a sentence behind the lead name places, and none that two articles name? Then it tells of
  // something beside the event: "at the airport of … 45 flights fell out, too".
  [[nodiscard]] bool elsewhere(const SentenceUnit& unit) const;

 private:
  const Dossier& dossier_;
  std::map<std::uint32_t, std::vector<std::uint32_t>> named_by_;  // by entity its articles
};

}  // namespace twosource::claim
