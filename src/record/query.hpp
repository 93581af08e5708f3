#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "record/words.hpp"

namespace twosource::record {

// What somebody typed, understood: FTS5's query for it, and a test for single words.
class Query {
 public:
  // `languages`: those of the record; words are stemmed in each. Any text is a query. `phrases`
  // false: words in quotation marks need not stand one behind the other, for an index without
  // places.
  Query(std::string_view words, const std::vector<std::string>& languages,
        const Spellings& spellings, bool phrases = true);

  // The MATCH expression; empty when nothing but signs and excluded words were typed.
  [[nodiscard]] const std::string& expression() const noexcept { return expression_; }
  // How many terms there are, without excluded ones.
  [[nodiscard]] std::size_t terms() const noexcept { return terms_.size(); }
  // The number of the term (0, 1, …) that a word in index form belongs to, -1 for none.
  [[nodiscard]] int term_of(std::string_view form) const;

 private:
  struct Term {
    std::set<std::string, std::less<>> forms;
    std::vector<std::string> prefixes;
  };
  struct Piece;
  [[nodiscard]] static std::vector<Piece> split(std::string_view words);
  [[nodiscard]] std::string phrase(const std::vector<std::string_view>& words, bool prefix,
                                   bool excluded);
  std::vector<WordForms> stemmers_;
  const Spellings& spellings_;
  std::vector<Term> terms_;
  std::string expression_;
  bool phrases_;
};

}  // namespace twosource::record
