#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "article/dossier.hpp"
#include "claim/moments.hpp"

namespace twosource::claim {

// One sentence's figure of a fact.
struct FigureEntry {
  std::uint32_t unit = 0;
  const Measure* measure = nullptr;
  bool former = false;
  bool wrong = false;        // a correction says that it never held
  std::int8_t moved = 0;     // Figure::moved
  std::uint32_t object = 0;  // Figure::object
  bool quoted = false;       // in quotation marks: somebody's words, whoever it is
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

// Groups of figures of nearly one size: from a figure to the next larger one at most four times as
// much, of sums, speeds and shares two and a half times. Set by hand, not tuned.
[[nodiscard]] std::vector<std::vector<FigureEntry>> split_by_size(std::vector<FigureEntry> entries);

}  // namespace twosource::claim
