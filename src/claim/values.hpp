#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "article/dossier.hpp"
#include "claim/units.hpp"

namespace twosource::claim {

// How the values of two sentences relate, slot by slot. A slot is a kind of value with its head
// noun: "duration:Treffen", "count:Verletzte", "date". Values are compared only within a slot and
// with equal modality (what was planned does not contradict what happened).
struct SlotComparison {
  Relation relation = Relation::Equal;
  SlotValue a;
  SlotValue b;
  std::string why;  // in words, from the comparison of the values
};

struct ValueMatch {
  std::size_t equal = 0;     // values with an equal or compatible partner
  std::size_t clashing = 0;  // slots that both sides fill, without such a pair
  // How telling the best equal measure is: log10(value / rounding unit) / 4, at most 1; a planned
  // value that is equal counts 1/2 at least.
  double telling = 0;
  bool near = false;  // two exact measures differ by at most 5 %, and are written to the unit
};

// A measure that is telling enough to be a claim of its own; equal keys are equal values.
struct TellingValue {
  std::string key;
  SlotValue value;
};

// Reads and compares the values of sentences. Dates count as the story stage resolved them.
class Slots {
 public:
  explicit Slots(const Dossier& dossier);
  // The values of a sentence as they stand in JSON: measures, then dates and clock times.
  [[nodiscard]] std::vector<SlotValue> values(const SentenceUnit& unit) const;
  // Each value of `a` with the value of `b` that agrees best; at most one comparison a value, and
  // "different" only where neither side has a partner that agrees.
  [[nodiscard]] std::vector<SlotComparison> compare(const SentenceUnit& a,
                                                    const SentenceUnit& b) const;
  [[nodiscard]] ValueMatch match(const SentenceUnit& a, const SentenceUnit& b) const;
  // Only `telling` and `near` of it; both are of no account unless each sentence is specific.
  [[nodiscard]] ValueMatch match_telling(const SentenceUnit& a, const SentenceUnit& b) const;
  // Has it a measure that is planned, or written to a hundredth or finer?
  [[nodiscard]] bool specific(const SentenceUnit& unit) const;
  // The telling measures of a sentence: planned ones, and those written to a hundredth or finer.
  [[nodiscard]] std::vector<TellingValue> telling(const SentenceUnit& unit) const;
  // Do the sentences name different days or times? Then their figures are not of one moment.
  [[nodiscard]] bool other_time(const SentenceUnit& a, const SentenceUnit& b) const;

 private:
  void match_measures(const SentenceUnit& a, const SentenceUnit& b, ValueMatch& match) const;
  void compare_measures(const SentenceUnit& a, const SentenceUnit& b,
                        std::vector<SlotComparison>& out) const;
  void compare_dates(const SentenceUnit& a, const SentenceUnit& b,
                     std::vector<SlotComparison>& out) const;
  // Dates and clock times of a sentence with their resolved values.
  [[nodiscard]] std::vector<Timex> points(const SentenceUnit& unit) const;

  const Dossier& dossier_;
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::string> resolved_;
};

// Do two head nouns name the same thing? Equal up to inflection, or one is a compound of the other
// ("Schwerverletzte" / "Verletzte"). Lower case expected.
[[nodiscard]] bool same_head(std::string_view a, std::string_view b);

}  // namespace twosource::claim
