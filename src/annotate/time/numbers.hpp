#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "text/pack.hpp"
#include "text/token.hpp"

namespace twosource::annotate {

// A number as written: "1.234,5", "350 000", "zweieinhalb Millionen", "twenty-five", "11.".
struct Number {
  double value = 0;
  // What one step of the last written digit is worth: 1 for "17", 0.1 for "4,2", 100000 for
  // "4,2 Millionen". Of the trailing zeros of "350 000" those behind the third digit count as
  // rounding (1000); a short "400" is taken as exact.
  double granularity = 1;
  std::uint32_t tokens = 0;  // how many it covers; 0: no number here
  bool ordinal = false;
  bool article = false;  // nothing but "ein", "a": a number only before a unit
  bool digits = false;   // begins with digits
  bool scaled = false;   // ends in a scale word: "Millionen"
  explicit operator bool() const noexcept { return tokens > 0; }
};

// Reads numbers by numbers.tsv (word, value, kind) and the decimal and grouping marks of
// settings.tsv. Words may be glued ("zweihundertfünfzig") or apart ("two hundred and fifty").
// Const, thread-safe; one hash lookup a token that is no number.
class NumberReader {
 public:
  explicit NumberReader(const Pack& pack);

  // The longest number that starts at token `at` and ends before token `end`.
  [[nodiscard]] Number read(const TokenLayer& layer, std::size_t at, std::size_t end) const;
  // A lower-case word or digits alone; no number when `tokens` is 0.
  [[nodiscard]] Number word(std::string_view lower) const;
  // Digits with this language's decimal and grouping marks. False for "14.30" in German.
  [[nodiscard]] bool parse_digits(std::string_view text, double& value, double& granularity) const;

  // May a word that begins so be or begin with a number? One table access.
  [[nodiscard]] bool may_start(std::string_view lower) const;

 private:
  enum class Kind : std::uint8_t {
    One,
    Digit,
    Ten,
    Hundred,
    Scale,
    Special,
    Plus,
    Half,
    And,
    Ordinal,
    OrdinalSuffix,
    DigitSuffix
  };
  struct Morpheme {
    double value = 0;
    Kind kind = Kind::Digit;
  };
  class Sum;
  [[nodiscard]] static Kind parse_kind(const Table& table, const Row& row, std::string_view name);
  void note_start(std::string_view word);
  [[nodiscard]] bool split(std::string_view word, std::vector<Morpheme>& out) const;
  [[nodiscard]] const Morpheme* find(std::string_view word) const;
  [[nodiscard]] Number read_digits(const TokenLayer& layer, std::size_t at, std::size_t end) const;
  [[nodiscard]] Number read_half(const TokenLayer& layer, std::size_t at, std::size_t end) const;
  [[nodiscard]] Number ordinal_digits(std::string_view lower) const;
  void read_scale(const TokenLayer& layer, std::size_t at, std::size_t end, Number& number) const;
  // Value of a fraction said after a number ("and a half") and its length in tokens.
  [[nodiscard]] std::size_t read_plus(const TokenLayer& layer, std::size_t at, std::size_t end,
                                      double& value) const;

  StringMap<Morpheme> morphemes_;
  std::vector<std::pair<std::vector<std::string>, double>> plus_;  // words of "and a half"
  // By the first two bytes of a word: bit n is set when a morpheme of n bytes begins so. The bits
  // of `may_start_`, by a hash of the first three bytes, say whether a number word other than "and"
  // begins so: most words ask no more.
  NumberMap<std::uint32_t> starts_;
  NumberMap<std::uint32_t> inner_;  // the same with those that never come first
  std::vector<bool> may_start_;
  std::size_t longest_ = 0;
  char decimal_ = '.';
  char grouping_ = ',';
};

}  // namespace twosource::annotate
