#pragma once

#include <cstdint>
#include <functional>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "article/dossier.hpp"
#include "claim/figure_entry.hpp"
#include "claim/lexicon.hpp"
#include "claim/units.hpp"

namespace twosource::claim {

// Pairs of sentences (indices of units, first < second) that an article sets against each other.
using Contrasts = std::set<std::pair<std::uint32_t, std::uint32_t>>;

// Is somebody cited for a statement, and by name? An agency only where the sentence names it.
enum class Voice : std::uint8_t { None, Anonymous, Named };
[[nodiscard]] Voice voice_of(const Dossier& dossier, const Statement& statement);

// A figure that is none of a known fact, with what the sentence says it is of.
struct Quantity {
  FigureEntry entry;
  Voice voice = Voice::None;
  std::string head;                // head noun of a count or share, lower case; empty: none
  bool people = false;             // the head noun is a word for any persons
  std::vector<std::string> topic;  // other content words but names, as written
};

// Reads what a figure is of. Linear in the sentence.
[[nodiscard]] Quantity read_quantity(const Dossier& dossier, const SentenceUnit& unit,
                                     const Lexicon& lexicon, FigureEntry entry);

// Groups the figures of one event of which different voices give different values, whatever the
// words around them: two voices, one of them named, figures of one kind and size (less than twice,
// without a head noun less than three times as large) and of one thing:
//   - counts of the same head noun that are nearly of one size or share another content word; of
//     people, and shares, two such words;
//   - other figures with two content words in common that are half of those of one sentence;
//   - figures of one kind that the article sets against each other ("Die Behörde geht dagegen von
//     drei Tagen aus").
// A sentence that says nothing but a figure is of what the figure before it is of. Figures of the
// same value join. Nothing is said of sentences that name different places, nor of
// figures that one sentence tells both.
// `same_voice`: are two entries one source's? What it finds on the development claims stands in
// docs/claims.md. Cost: the square of the quantities, of which the first 400 count.
[[nodiscard]] std::vector<std::vector<FigureEntry>> disputed_quantities(
    const Dossier& dossier, std::span<const SentenceUnit> units, const Contrasts& contrasts,
    std::vector<Quantity> all,
    const std::function<bool(const FigureEntry&, const FigureEntry&)>& same_voice);

}  // namespace twosource::claim
