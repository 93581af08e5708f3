#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "article/dossier.hpp"
#include "claim/facts.hpp"
#include "claim/moments.hpp"
#include "claim/verdict.hpp"

namespace twosource::claim {

// One sentence's figure of a fact.
struct FigureEntry {
  std::uint32_t unit = 0;
  const Measure* measure = nullptr;
  bool former = false;
  bool wrong = false;        // a correction says that it never held
  std::int8_t moved = 0;     // Figure::moved
  std::uint32_t object = 0;  // Figure::object
  Standing standing = Standing::Plain;
  bool quoted = false;  // in quotation marks: somebody's words, whoever it is
  Statement statement;
  std::string when;  // day or moment at which it was said, empty: not known
};

inline bool same_value(const FigureEntry& x, const FigureEntry& y) {
  return x.measure->value == y.measure->value;
}

inline std::string_view day_of(const FigureEntry& e) {
  return std::string_view(e.when).substr(0, kIsoDay);
}

// Does a quotation in quotation marks hold the measure of the unit?
[[nodiscard]] bool in_quotation_marks(const Article& article, const SentenceUnit& unit,
                                      const Measure& m);

// Where figures of several objects are told ("Kosten des Umbaus", "Kosten der Suche"), those of
// each, in the order of their units; nobody knows whose the others are.
[[nodiscard]] std::vector<std::vector<FigureEntry>> split_by_object(
    std::vector<FigureEntry> entries);

// Are the ages of one person? More than three years apart they are of two who are called alike.
[[nodiscard]] bool of_one_person(const std::vector<FigureEntry>& ages);

// What two different figures of one fact are where one is said to be of the height or of what is
// left: of what was and of what is left of it the later one holds, the height is a figure of its
// own (Equal: not to be compared). `why` in words where it is Superseded.
[[nodiscard]] Relation other_standing(const FigureEntry& x, const FigureEntry& y, std::string& why);

// Do two voices give nearly the same value? `place`: the statement of each entry, -1: none.
[[nodiscard]] bool two_give_it(const std::vector<FigureEntry>& entries,
                               const std::vector<std::int64_t>& place, const Voices& voices);

// "Storm leaves three dead" is short for the text's "at least three": such headlines go.
void drop_short_headlines(std::span<const SentenceUnit> units, std::vector<FigureEntry>& entries);

// Are x's words plainer than y's for a claim? The latest sentence with the fewest values is, the
// shortest of those; headlines and what held before come last.
[[nodiscard]] bool plainer(std::span<const SentenceUnit> units, const FigureEntry& x,
                           const FigureEntry& y);

// Groups of figures of nearly one size: from a figure to the next larger one at most four times as
// much, of sums, speeds and shares two and a half times. Set by hand, not tuned.
[[nodiscard]] std::vector<std::vector<FigureEntry>> split_by_size(std::vector<FigureEntry> entries);

}  // namespace twosource::claim
