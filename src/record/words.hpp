#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "text/hash_map.hpp"
#include "text/pack.hpp"
#include "text/span.hpp"
#include "text/stemmer.hpp"

// Words as the full-text index has them: lower case, stemmed in the article's language, without
// diacritics, separated by blanks, so that SQLite's own `ascii` tokenizer splits them and any
// SQLite tool can ask the index.
namespace twosource::record {

// The words of a text: runs of letters, digits and combining marks, so that "US-Präsident" is two.
// Linear.
[[nodiscard]] std::vector<Span> words_of(std::string_view text);

// Index forms of one language's words. Not thread-safe.
class WordForms {
 public:
  explicit WordForms(std::string_view language) : stemmer_(language) {}
  // The view is valid until the next call. `word` is any spelling of one word.
  [[nodiscard]] std::string_view form(std::string_view word);
  // The forms of all words of `text`, each with a blank behind it.
  [[nodiscard]] std::string forms(std::string_view text);

 private:
  Stemmer stemmer_;
  StringMap<std::string> known_;  // an archive has few different words
};

// Index forms by language; one a thread.
using FormsByLanguage = std::map<std::string, WordForms, std::less<>>;

// How words are also spelt, from `respelled` in the packs' settings.tsv ("ä=ae|ß=ss").
class Spellings {
 public:
  explicit Spellings(const PackSet& packs);
  // The word in lower case and composed (NFC), then as it reads with every respelling made and
  // unmade: "münchen, muenchen". No two alike.
  [[nodiscard]] std::vector<std::string> variants(std::string_view word) const;

 private:
  std::vector<std::pair<std::string, std::string>> pairs_;
};

}  // namespace twosource::record
