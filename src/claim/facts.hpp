#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "article/dossier.hpp"
#include "claim/lexicon.hpp"
#include "claim/units.hpp"

namespace twosource::claim {

// What a counted figure is a figure of: the same wherever the same is counted ("zwölf Menschen
// wurden verletzt", "17 Verletzte", "14 von ihnen wurden verletzt"), whatever the number.
struct Fact {
  // What happened to those counted, or what is measured ("Schaden"), by claim_facts.tsv; 0: not
  // known.
  std::uint32_t state = 0;
  std::uint32_t degree = 0;  // a part of them only: the badly hurt; 0: all
  // Head noun where it names a special group (hash of its lower-case letters): "zwei Polizisten
  // wurden verletzt" are not all who were; 0: people in general.
  std::uint32_t group = 0;
  friend auto operator<=>(const Fact&, const Fact&) = default;
  [[nodiscard]] explicit operator bool() const { return state != 0; }
};

// Of which time of a happening a figure is, where the clause says so: of its height
// ("zwischenzeitlich 60 000", "at the height of the storm") or of what is left ("noch 45 000",
// "still without power"). Figures that stand differently neither contradict each other.
enum class Standing : std::uint8_t { Plain, Peak, Left };

// A measure of a sentence and what it is a figure of.
struct Figure {
  Fact fact;
  bool former = false;       // the sentence says that it no longer holds
  bool wrong = false;        // and that it never did: a correction
  std::int8_t moved = 0;     // 1: it rose to this, so it was less before; -1: it fell to this
  std::uint32_t object = 0;  // "Kosten des Umbaus": hash of what a quantity belongs to, 0: not said
  Standing standing = Standing::Plain;  // set whether or not the fact is known
};

// The figures of a sentence, one a measure of the unit in its order; a fact that is empty where the
// measure counts nothing that the words of claim_facts.tsv name, where it is added to others ("drei
// weitere Verletzte") and where it is planned or denied. Other measures are figures of the quantity
// that the clause names nearest to them, if any. A state is looked for in the head noun,
// then in the clause, to the right first. Linear in the sentence for each measure.
[[nodiscard]] std::vector<Figure> read_figures(const Article& article, const SentenceUnit& unit,
                                               const Lexicon& lexicon);

}  // namespace twosource::claim
