#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "article/dossier.hpp"
#include "claim/lexicon.hpp"
#include "text/hash_map.hpp"
#include "text/stemmer.hpp"

namespace twosource::claim {

// A content word of a sentence: index into Vocabulary, and whether it was written with a capital
// (in German a noun or a name; the others are mostly verbs and adjectives, that is the predicate).
struct Term {
  std::uint32_t id = 0;
  bool upper = false;
};

// One sentence as the alignment sees it. Values are named by index into the article's layers.
struct SentenceUnit {
  std::uint32_t article = 0;
  std::uint32_t sentence = 0;
  std::uint32_t position = 0;  // among the article's units
  Span span;
  std::vector<Term> terms;              // sorted by id, unique
  std::vector<std::uint64_t> bigrams;   // adjacent terms, sorted, unique
  std::vector<std::uint32_t> entities;  // indices into Dossier::entities, sorted, unique
  std::vector<std::uint32_t> measures;
  std::vector<std::uint32_t> times;
  std::int32_t speaker = -1;  // index into Dossier::entities, when most of the sentence is speech
  bool negated = false;
  bool planned = false;  // its first clause says that something is to be, not that it was
  bool bare = false;     // says nothing by itself: a place alone, or "das teilte die Polizei mit"
  bool headline = false;
  bool capital_nouns = false;  // of its language
};

// Is a sentence that stands alone worth a row? It has a value or somebody says it, and it is not a
// headline.
[[nodiscard]] bool checkable(const SentenceUnit& unit);

// How many content words of `unit` the other one does not have.
[[nodiscard]] std::size_t terms_of_its_own(const SentenceUnit& unit, const SentenceUnit& other);

// Stems of one run, shared by all languages (a name is spelled alike in many).
class Vocabulary {
 public:
  struct Entry {
    std::string stem;
    std::vector<std::int32_t> synonyms;  // groups of near synonyms, unique over languages
    bool numeric = false;
  };
  // The stem's number; `lexicon` gives a new one its synonyms (null: a number).
  std::uint32_t add(std::string_view stem, const Lexicon* lexicon);
  [[nodiscard]] const std::vector<Entry>& entries() const noexcept { return entries_; }

 private:
  StringMap<std::uint32_t> ids_;
  std::vector<Entry> entries_;
  std::map<std::pair<std::string, std::int32_t>, std::int32_t> synonym_ids_;
};

// Builds the units of articles. One per thread: it holds stemmers.
class UnitBuilder {
 public:
  UnitBuilder(const Dossier& dossier, const Lexicons& lexicons)
      : dossier_(dossier), lexicons_(lexicons) {}
  // One unit a sentence that has at least one content word, in text order. Linear in the article.
  [[nodiscard]] std::vector<SentenceUnit> build(std::uint32_t article);
  [[nodiscard]] const Vocabulary& vocabulary() const noexcept { return vocabulary_; }

 private:
  void add_terms(const Article& a, const Sentence& s, const Lexicon& lexicon, SentenceUnit& unit);
  void add_word(std::string_view lower, bool upper, const Lexicon& lexicon, SentenceUnit& unit);
  void add_layers(const Article& a, SentenceUnit& unit) const;
  Stemmer& stemmer(const std::string& language);

  const Dossier& dossier_;
  const Lexicons& lexicons_;
  Vocabulary vocabulary_;
  std::map<std::string, Stemmer, std::less<>> stemmers_;
};

}  // namespace twosource::claim
