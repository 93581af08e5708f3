#pragma once

#include <cstddef>
#include <cstdint>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "annotate/measure/compare.hpp"
#include "article/dossier.hpp"
#include "claim/facts.hpp"
#include "claim/lexicon.hpp"
#include "claim/units.hpp"
#include "text/hash_map.hpp"

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
  // Have they an equal measure of one thing: a count or share with the same head noun, or a money
  // amount, length, …? Durations, ages and scores are not asked: many things last two hours.
  bool same_thing = false;
  // How close two different figures of one thing are: 1 - log2(larger / smaller), 0 from twice on.
  double close = 0;
};

// Are two figures of nearly one size (within a quarter)? "At least two" does not contradict "five",
// but neither confirms the other. Set by hand, not tuned.
[[nodiscard]] bool same_size(const Measure& x, const Measure& y);

// A measure that is telling enough to be a claim of its own; equal keys are equal values.
struct TellingValue {
  std::string key;
  SlotValue value;
};

// Reads and compares the values of the sentences of one event, named by their index. Dates count as
// the story stage resolved them. What two values are to each other is worked out once and kept, so
// an object serves one thread. Of a sentence with more than 64 measures or dates the first 64
// count.
class Slots {
 public:
  // All must outlive it. Lexicons, where given, tell the dead from the hurt (facts.hpp): figures of
  // different facts are of no common slot.
  Slots(const Dossier& dossier, std::span<const SentenceUnit> units,
        const Lexicons* lexicons = nullptr);
  // The values of a sentence as they stand in JSON: measures, then dates and clock times.
  [[nodiscard]] std::vector<SlotValue> values(std::uint32_t unit) const;
  // Each value of `a` with the value of `b` that agrees best; at most one comparison a value, and
  // "different" only where neither side has a partner that agrees, and where the two may be figures
  // of one thing: less than tenfold apart, no different places named, neither alone said to be of
  // the height or of what is left, and told as two figures by nobody.
  [[nodiscard]] std::vector<SlotComparison> compare(std::uint32_t a, std::uint32_t b) const;
  // The same without those that are equal, or equal but for "about".
  [[nodiscard]] std::vector<SlotComparison> differing(std::uint32_t a, std::uint32_t b) const;
  // Is nothing different, and has each measure of one of the two its partner in the other?
  [[nodiscard]] bool agree(std::uint32_t a, std::uint32_t b) const;
  // How many measures of `a` have no partner in `b`.
  [[nodiscard]] std::size_t unmatched(std::uint32_t a, std::uint32_t b) const;
  [[nodiscard]] ValueMatch match(std::uint32_t a, std::uint32_t b) const;
  // Pairs of units (a < b, sorted, unique) that may have a measure of one thing in common: all for
  // which match() finds `telling`, `near`, `same_thing` or `close`. Of very many that do, the next
  // 256 of each by size.
  [[nodiscard]] std::vector<std::pair<std::uint32_t, std::uint32_t>> value_pairs() const;
  // The telling measures of a sentence: planned ones, and those written to a hundredth or finer.
  [[nodiscard]] std::vector<TellingValue> telling(std::uint32_t unit) const;
  // Do the sentences name different days or times? Then their figures are not of one moment.
  [[nodiscard]] bool other_time(std::uint32_t a, std::uint32_t b) const;

 private:
  struct Amount {
    const Measure* measure = nullptr;
    std::uint32_t value = 0;  // equal numbers: alike in all that a comparison looks at
    std::uint32_t head = 0;   // of the head noun, 0: none
    double specificity = 0;
    std::uint32_t state = 0;  // what happened to those counted (Fact), 0: not known
    Standing standing = Standing::Plain;
  };
  struct Point {
    Timex time;
    std::uint32_t value = 0;
  };
  // A number that is not known: "mehrere Boote", "einige Tage" (in seconds).
  struct Vague {
    Unit unit = Unit::Count;
    double low = 0;
    double high = 0;
    std::vector<std::string> heads;  // that it may count, lower case
    Span span;
    char letter = 0;  // of the calendar unit of a duration
  };
  // What two values are to each other.
  enum class Known : std::uint8_t { Nothing, Incomparable, Equal, Compatible, Different };
  [[nodiscard]] static bool on_the_clock(const Point& p);
  // Two values of two sentences, by place in their lists.
  struct Found {
    std::uint32_t a = 0;
    std::uint32_t b = 0;
    Known relation = Known::Nothing;
  };
  using Partners = std::vector<Found>;

  template <class Comparison>
  static Known known_of(const Comparison& c);
  static void keep_best(Partners& found);
  void read(const SentenceUnit& unit, const Lexicons* lexicons);
  void read_vague(const SentenceUnit& unit, const Lexicons* lexicons);
  // Adds what is vague in `a` and known in `b`, as a comparison of (a, b), or turned.
  void compare_vague(std::uint32_t a, std::uint32_t b, bool turned,
                     std::vector<SlotComparison>& out) const;
  [[nodiscard]] const Amount* known_amount(const Vague& v, std::uint32_t unit) const;
  [[nodiscard]] std::span<const Amount> amounts(std::uint32_t unit) const;
  [[nodiscard]] std::span<const Point> points(std::uint32_t unit) const;
  [[nodiscard]] Known& known(std::uint32_t a, std::uint32_t b) const;
  [[nodiscard]] Known relate(const Amount& a, const Amount& b) const;
  [[nodiscard]] Known relate(const Point& a, const Point& b) const;
  // Who told a figure of which size, and sizes that one sentence tells of.
  using Told = std::tuple<std::uint32_t, std::int32_t, Unit, double>;
  [[nodiscard]] Told voice(std::uint32_t unit, const Measure& m) const;
  [[nodiscard]] bool known_apart(std::uint32_t a, std::uint32_t b, const Measure& x,
                                 const Measure& y) const;
  [[nodiscard]] bool other_place(std::uint32_t a, std::uint32_t b) const;
  [[nodiscard]] bool same_slot(const Amount& a, const Amount& b) const;
  [[nodiscard]] const Partners& measure_partners(std::uint32_t a, std::uint32_t b) const;
  [[nodiscard]] const Partners& date_partners(std::uint32_t a, std::uint32_t b) const;
  [[nodiscard]] std::vector<SlotComparison> compared(std::uint32_t a, std::uint32_t b,
                                                     bool equal_too) const;
  struct Place {
    std::uint32_t head = 0;
    Unit unit = Unit::Count;
    double low = 0;
    std::uint32_t at = 0;  // unit
  };
  using Pairs = std::vector<std::pair<std::uint32_t, std::uint32_t>>;
  [[nodiscard]] Pairs same_heads() const;
  static void pair_up(const std::vector<Place>& xs, const std::vector<Place>& ys, Pairs& out);
  void match_measures(std::uint32_t a, std::uint32_t b, ValueMatch& match) const;

  const Dossier& dossier_;
  std::span<const SentenceUnit> units_;
  std::vector<std::vector<std::uint32_t>> places_;  // locations a unit names, sorted
  std::set<Told> told_;
  std::set<std::tuple<Unit, double, double>> together_;
  NumberMap<const std::string*> resolved_;  // by article and index of the time
  std::vector<std::string> heads_;
  StringMap<std::uint32_t> head_ids_;
  StringMap<std::uint32_t> value_ids_;
  std::vector<Amount> amounts_;
  std::vector<Point> points_;
  std::vector<Vague> vague_;                 // no value of a sentence, only compared with those
  std::vector<std::uint32_t> first_vague_;   // of a unit, and one past the end
  std::vector<std::uint32_t> first_amount_;  // of a unit, and one past the end
  std::vector<std::uint32_t> first_point_;
  mutable std::vector<Known> known_table_;            // by the values of two amounts or points
  mutable NumberMap<Known> known_;                    // the same where there are too many values
  mutable NumberMap<annotate::Comparison> compared_;  // in words, by the same values
  mutable NumberMap<std::string> times_compared_;     // why two times are not equal, by the same
  mutable Partners found_;                            // scratch
};

// How a measure's slot is called in JSON: "count:Verletzte", "length".
[[nodiscard]] std::string slot_name(const Measure& m);

// Do two head nouns name the same thing? Equal up to inflection, or one is a compound of the other
// ("Schwerverletzte" / "Verletzte"). Lower case expected.
[[nodiscard]] bool same_head(std::string_view a, std::string_view b);

}  // namespace twosource::claim
