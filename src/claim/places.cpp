#include "claim/places.hpp"

#include <algorithm>

namespace twosource::claim {
namespace {

constexpr std::uint32_t kLeadSentences = 3;

}  // namespace

Places::Places(const Dossier& dossier, std::span<const SentenceUnit> units) : dossier_(dossier) {
  for (const SentenceUnit& u : units) {
    for (const std::uint32_t e : u.entities) {
      std::vector<std::uint32_t>& by = named_by_[e];
      if (std::find(by.begin(), by.end(), u.article) == by.end()) by.push_back(u.article);
    }
  }
}

bool Places::elsewhere(const SentenceUnit& unit) const {
  if (unit.position < kLeadSentences) return false;
  bool named = false;
  for (const std::uint32_t e : unit.entities) {
    if (dossier_.entities[e].type != EntityType::Location) continue;
    named = true;
    const auto by = named_by_.find(e);
    if (by != named_by_.end() && by->second.size() > 1) return false;
  }
  return named;
}

}  // namespace twosource::claim
