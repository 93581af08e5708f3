#pragma once

#include <cstdint>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "article/dossier.hpp"
#include "claim/units.hpp"
#include "claim/values.hpp"

namespace twosource::claim {

// The words in quotation marks of one event's sentences, compared.
class Wordings {
 public:
  // Both must outlive it. An object serves one thread.
  Wordings(const Dossier& dossier, std::span<const SentenceUnit> units);
  // Where two sentences (by index) of one claim quote the same speaker in other words ("völlig
  // unbegründet" / "ungerechtfertigt"): at most one comparison, slot "quote", the values are the
  // two wordings without their marks. A fragment that both have is no difference, nor is one that
  // is part of the other. Empty where different speakers are named, and where long fragments, or
  // one of several on a side, share less than half of the shorter one's words.
  [[nodiscard]] std::vector<SlotComparison> compare(std::uint32_t a, std::uint32_t b) const;

 private:
  struct Fragment {
    std::string text;                // without marks
    std::vector<std::string> words;  // lower case
    Span span;
  };
  // The fragments in quotation marks that begin in the sentence, and who says them (corpus entity).
  struct Quoted {
    std::vector<Fragment> fragments;
    std::set<std::uint32_t> speakers;
  };
  static Quoted quoted_in(const Dossier& dossier, const SentenceUnit& unit);
  static bool alike(const Fragment& x, const Fragment& y, bool only_ones);
  static void drop_common(std::vector<const Fragment*>& xs, std::vector<const Fragment*>& ys);

  std::vector<Quoted> quoted_;  // by unit
};

}  // namespace twosource::claim
