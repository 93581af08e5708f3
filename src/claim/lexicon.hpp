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
  Risen,
  Fallen,
  Reached,
  Counts,
  Relative,
  Withdraw,
  Back,
  Said,
  Correct,
  Holds,
  Quantity,
  Generic,
  Peak,
  Left
};

// Classes of claim_words.tsv.
enum class ClaimWord : std::uint8_t {
  Negation,
  Planned,
  Saying,
  Pronoun,
  This,
  Release,
  Honorific,
  Contrast
};

// What claim_facts.tsv says of a word.
struct FactMark {
  std::uint32_t state = 0;     // hash of the class of a word for what happened, 0: none
  std::uint32_t degree = 0;    // the same of a word for how badly
  std::uint32_t quantity = 0;  // the same of a word that names what is measured
  Unit unit = Unit::Count;     // of that quantity
  std::uint32_t roles = 0;     // bit n: FactWord n
  [[nodiscard]] bool is(FactWord role) const noexcept {
    return ((roles >> static_cast<unsigned>(role)) & 1U) != 0;
  }
};

// The numbers that a word like "mehrere" can stand for.
struct VagueNumber {
  double low = 0;
  double high = 0;
};

// A state of a thing, from claim_status.tsv.
struct StatusWord {
  std::string kind;
  std::string state;
  std::vector<std::string> words;  // that stand one behind the other
};

// What the claim stage knows of one language, read from its pack: stopwords.tsv, synonyms.tsv,
// claim_words.tsv, claim_sources.tsv, claim_facts.tsv, claim_status.tsv, roles.tsv (column
// authority).
class Lexicon {
 public:
  explicit Lexicon(const Pack& pack);

  [[nodiscard]] bool stop_word(std::string_view lower) const { return stop_words_.contains(lower); }
  [[nodiscard]] bool negation(std::string_view lower) const {
    return is(lower, ClaimWord::Negation);
  }
  [[nodiscard]] bool is(std::string_view lower, ClaimWord what) const {
    const auto it = words_.find(lower);
    return it != words_.end() &&
           ((std::uint32_t{it->second} >> static_cast<unsigned>(what)) & 1U) != 0;
  }
  // Groups of near synonyms that a stem belongs to, sorted; empty for none.
  [[nodiscard]] std::span<const std::int32_t> synonym_groups(std::string_view stem) const;
  // Kind of a source noun; a compound counts by its last part ("Hafenbehörde").
  [[nodiscard]] std::optional<OriginKind> source_kind(std::string_view lower) const;
  // The noun for a source that a word holds which is none itself: without the ending of a case
  // ("wahlamts" -> "wahlamt"; claim_words.tsv, class source_ending) or without a last part for what
  // or by whom a source speaks ("polizeiangaben" -> "polizei"; class source_tail). Else the word.
  [[nodiscard]] std::string_view source_base(std::string_view lower) const;
  // The word for a body without the last part by which it is the body itself, its head office, its
  // operator or who speaks for it ("flughafenbetreiber", "flughafensprecher" -> "flughafen";
  // classes body_tail and source_tail). Else the word.
  [[nodiscard]] std::string_view body_stem(std::string_view lower) const;
  // Is the word itself in claim_sources.tsv?
  [[nodiscard]] bool source_noun(std::string_view lower) const { return sources_.contains(lower); }
  // What a word says of a figure beside it; a compound by its last part ("Schwerverletzte": state
  // injured, degree severe). Nothing for most words.
  [[nodiscard]] FactMark fact(std::string_view lower) const;
  // Does claim_facts.tsv list the words themselves in that role? One look-up.
  [[nodiscard]] bool listed(std::string_view lower, FactWord role) const {
    const auto it = facts_.find(lower);
    return it != facts_.end() && it->second.is(role);
  }
  // Phrases by which a medium names its source, as words, that begin with this one.
  [[nodiscard]] std::span<const std::vector<std::string>> citing(std::string_view lower) const;
  // States whose words begin with this one; empty for most words.
  [[nodiscard]] std::span<const StatusWord> status_words(std::string_view lower) const;
  // What a word for a number that is not known can stand for ("dozens"); null for other words.
  [[nodiscard]] const VagueNumber* vague(std::string_view lower) const {
    const auto it = vague_.find(lower);
    return it == vague_.end() ? nullptr : &it->second;
  }
  // Is it a noun that is never the thing that has a state?
  [[nodiscard]] bool no_thing(std::string_view lower) const { return no_things_.contains(lower); }
  // Does a role title speak for an authority? Looks at its words and their last parts.
  [[nodiscard]] bool authority_role(std::string_view title) const;
  [[nodiscard]] const std::string& language() const noexcept { return language_; }
  [[nodiscard]] bool capital_nouns() const noexcept { return capital_nouns_; }

 private:
  void load_facts(const Pack& pack);
  void load_statuses(const Pack& pack);

  std::string language_;
  bool capital_nouns_ = false;
  StringSet stop_words_;
  StringMap<std::uint8_t> words_;                  // bit n: ClaimWord n
  StringMap<std::vector<std::int32_t>> synonyms_;  // by stem
  StringMap<OriginKind> sources_;
  std::vector<std::string> source_endings_;
  std::vector<std::string> source_tails_;
  std::vector<std::string> body_tails_;
  StringMap<FactMark> facts_;
  StringMap<std::vector<StatusWord>> statuses_;              // by first word
  StringMap<std::vector<std::vector<std::string>>> citing_;  // by first word
  StringMap<VagueNumber> vague_;
  StringSet no_things_;
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
