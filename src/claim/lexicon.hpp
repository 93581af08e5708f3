#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "article/dossier.hpp"
#include "text/hash_map.hpp"
#include "text/pack.hpp"

namespace twosource::claim {

// Roles of claim_facts.tsv.
enum class FactWord : std::uint8_t {
  State,
  Degree,
  Partly,
  People,
  More,
  Former,
  Counts,
  Relative,
  Withdraw,
  Back,
  Said,
  Correct,
  Holds
};

// What claim_facts.tsv says of a word.
struct FactMark {
  std::uint32_t state = 0;   // hash of the class of a word for what happened, 0: none
  std::uint32_t degree = 0;  // the same of a word for how badly
  std::uint16_t roles = 0;   // bit n: FactWord n
  [[nodiscard]] bool is(FactWord role) const noexcept {
    return ((roles >> static_cast<unsigned>(role)) & 1U) != 0;
  }
};

// What the claim stage knows of one language, read from its pack: stopwords.tsv, synonyms.tsv,
// claim_words.tsv, claim_sources.tsv, claim_facts.tsv, roles.tsv (column authority).
class Lexicon {
 public:
  explicit Lexicon(const Pack& pack);

  [[nodiscard]] bool stop_word(std::string_view lower) const { return stop_words_.contains(lower); }
  [[nodiscard]] bool negation(std::string_view lower) const { return negations_.contains(lower); }
  // Groups of near synonyms that a stem belongs to, sorted; empty for none.
  [[nodiscard]] std::span<const std::int32_t> synonym_groups(std::string_view stem) const;
  // Kind of a source noun; a compound counts by its last part ("Hafenbehörde").
  [[nodiscard]] std::optional<OriginKind> source_kind(std::string_view lower) const;
  // Is the word itself in claim_sources.tsv?
  [[nodiscard]] bool source_noun(std::string_view lower) const { return sources_.contains(lower); }
  // What a word says of a figure beside it; a compound by its last part ("Schwerverletzte": state
  // injured, degree severe). Nothing for most words.
  [[nodiscard]] FactMark fact(std::string_view lower) const;
  // Does a role title speak for an authority? Looks at its words and their last parts.
  [[nodiscard]] bool authority_role(std::string_view title) const;
  [[nodiscard]] const std::string& language() const noexcept { return language_; }
  [[nodiscard]] bool capital_nouns() const noexcept { return capital_nouns_; }

 private:
  void load_facts(const Pack& pack);

  std::string language_;
  bool capital_nouns_ = false;
  StringSet stop_words_;
  StringSet negations_;
  StringMap<std::vector<std::int32_t>> synonyms_;  // by stem
  StringMap<OriginKind> sources_;
  StringMap<FactMark> facts_;
  StringSet authority_roles_;
};

// One lexicon a language of the packs.
class Lexicons {
 public:
  explicit Lexicons(const PackSet& packs);
  [[nodiscard]] const Lexicon& of(std::string_view language) const;

 private:
  std::map<std::string, Lexicon, std::less<>> by_language_;
};

}  // namespace twosource::claim
