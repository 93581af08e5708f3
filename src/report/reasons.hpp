#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace twosource::report {

// The stages give their reasons in English, whatever the language of the articles, so that `why` in
// JSON reads the same everywhere. A page says them in its own language: each pattern has a text to
// put in its place (lang/<xx>/reasons.tsv).
//   pattern   "{a} is {b} rounded"         {a} stands for any words, but not for none
//             "{n} articles: {why*}"       {why*} only for words that some pattern fits, too
//             "both say {a?}"              {a?} for any words, translated if some pattern fits
//   text      "beide sagen {a}"            what stood for it, by its name
// Of several patterns that fit the first in the table counts.
class Reasons {
 public:
  // False when the two do not name the same places, or the pattern has two places side by side.
  bool add(std::string_view pattern, std::string_view text);
  // The reason in this language; as it came when no pattern fits it, so that nothing is lost. At
  // most kSteps attempts, however the words are chosen.
  [[nodiscard]] std::string operator()(std::string_view reason) const;

 private:
  enum class Kind { Words, Place, Anew, Either };
  struct Piece {
    std::string text;  // the words; the name of a place
    Kind kind = Kind::Words;
  };
  struct Rule {
    std::vector<Piece> pattern;
    std::vector<Piece> text;
  };
  class Attempt;
  static std::optional<std::vector<Piece>> pieces(std::string_view text);

  static constexpr std::size_t kSteps = 20000;
  std::vector<Rule> rules_;
};

}  // namespace twosource::report
