#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "claim/figures.hpp"

namespace twosource::claim {

// What a sentence says of the state of one thing, by the words of claim_status.tsv: "Die Brücke ist
// gesperrt" (kind access, state closed, of "brücke").
struct Status {
  std::uint32_t unit = 0;
  std::string kind;
  std::string state;
  std::string words;                // as listed: "wieder frei"
  Span span;                        // of the words
  std::string nearest;              // the noun nearest to them, lower case, with a number behind it
  std::vector<std::string> things;  // all nouns of the clause
};

// The states of things that the sentence gives; not those that it denies or holds for a part.
// Linear in the sentence.
[[nodiscard]] std::vector<Status> read_statuses(const Article& article, const SentenceUnit& unit,
                                                const Lexicon& lexicon);

// Claims of the states of one thing that a later article gives otherwise ("superseded"), with the
// units they stand on, in order of their first unit. `links`, by pair of units (smaller first),
// gets the differences.
[[nodiscard]] std::vector<FigureClaim> status_claims(
    const Dossier& dossier, std::int32_t event, std::span<const SentenceUnit> units,
    const Lexicons& lexicons, Attributor& attributor,
    std::map<std::pair<std::uint32_t, std::uint32_t>, Difference>& links);

}  // namespace twosource::claim
