#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "article/article.hpp"
#include "text/pack.hpp"
#include "text/phrase_table.hpp"

namespace twosource::annotate {

// A unit of measure_units.tsv.
struct MeasureUnit {
  Unit unit = Unit::Other;
  std::string name;   // what values are kept in: "EUR", "m"
  double factor = 1;  // how many of those one written unit is
  bool before = false;
  std::int32_t heavy = -1;  // index of its reading as a weight: pounds
  std::string word;         // as people say it, for units that are no power of ten of the base
};

// What measure_words.tsv says of a word.
enum class MeasureWord : std::uint8_t {
  Planned,
  PlannedBefore,
  Possible,
  Denied,
  NotBefore,
  NotAfter,
  AgeAfter,
  AgeBefore,
  Range,
  Score,
  ScoreBefore,
  Between,
  BetweenAnd,
  Skip,
  OfLink,
  Both,
  Magnitude,
  ClauseEnd,
  Minus,
  Lasting,
  PluralIrregular,
  Article,
  PlannedDuration,
  Intent,
  HearsayEnd,
  Denier,
  Planner,
  OrdinalNoun,
  RatioBefore,
  ScoreDash,
  VoteNoun,
  Each,
  OutOf,
  OneIn,
  Half,
  Vague,
  From,
  To,
  But,
  Elliptic,
  Partitive,
  Total,
  TotalBefore,
  AgeBeforeEnd,
  AgeOpen,
  AgeClose,
  Leading,
  Address,
  GluedUnit,
  WeightNear,
  TotalAfter,
  CountedState,
  CountedVerb,
  Count
};

static_assert(static_cast<unsigned>(MeasureWord::Count) < 61, "marks() has a bit for each class");

// The words of measure_units.tsv and measure_words.tsv of a pack.
class MeasureLexicon {
 public:
  explicit MeasureLexicon(const Pack& pack);  // throws PackError naming file and line

  struct BoundMatch {
    Bound bound = Bound::Exact;
    std::uint32_t tokens = 0;
  };
  // The bound whose words begin at a token; 0 tokens: none.
  [[nodiscard]] BoundMatch bound_at(const TokenLayer& layer, std::size_t at, std::size_t end) const;
  // The unit that starts at a token, and its length in tokens.
  [[nodiscard]] const MeasureUnit* unit_at(const TokenLayer& layer, std::size_t at, std::size_t end,
                                           std::uint32_t& tokens) const;
  // The unit that a lower-case word is, nullptr if none; what it is where something is weighed.
  [[nodiscard]] const MeasureUnit* unit_word(std::string_view lower) const;
  [[nodiscard]] const MeasureUnit* weighed(const MeasureUnit* unit) const;
  [[nodiscard]] bool is(MeasureWord word, std::string_view lower) const {
    return words_[static_cast<std::size_t>(word)].word(lower) >= 0;
  }
  // Length in tokens of a word of the class at a token, 0 if none.
  [[nodiscard]] std::uint32_t at(MeasureWord word, const TokenLayer& layer, std::size_t i,
                                 std::size_t end) const;
  // Bit `word` of the classes that a phrase beginning with this word belongs to; kBoundBit and
  // kUnitBit for bounds and units. One lookup.
  static constexpr unsigned kBoundBit = 61;
  static constexpr unsigned kUnitBit = 62;
  [[nodiscard]] std::uint64_t marks(const HashedWord& word) const {
    const auto it = find_word(marks_, word);
    return it == marks_.end() ? 0 : it->second;
  }
  // May a word that begins so say a number without number words ("beide", "Hälfte")?
  [[nodiscard]] bool may_open(std::string_view lower) const {
    return !lower.empty() && opens_[static_cast<unsigned char>(lower.front())];
  }
  // Denominator of a fraction word ("Drittel"), 0 if none.
  [[nodiscard]] int denominator(std::string_view lower) const;
  // The same of a word that is a part by itself ("Hälfte"), 0 if none.
  [[nodiscard]] int part(std::string_view lower) const;
  // What a suffix glued to digits multiplies by ("4.2m"), 0 if none.
  [[nodiscard]] double scale_suffix(std::string_view lower) const;

  std::vector<std::string> age_suffixes;    // "-jährige"
  std::vector<std::string> group_suffixes;  // "köpfiges"
  std::string plural_end;                   // "s" where nouns have no capital
  std::string verb_end;                     // "ed": no head noun in second place
  bool capital_nouns = false;

 private:
  void load_units(const Pack& pack);
  void load_words(const Pack& pack);
  void mark_first_words();
  bool add_special(std::string_view name, const std::string& word);

  PhraseTable bounds_;
  PhraseTable unit_words_;
  std::vector<MeasureUnit> units_;
  std::vector<PhraseTable> words_;
  StringMap<std::uint64_t> marks_;
  std::array<bool, 256> opens_{};  // by first byte
  StringMap<int> denominators_;
  StringMap<int> parts_;
  StringMap<double> suffixes_;
};

}  // namespace twosource::annotate
