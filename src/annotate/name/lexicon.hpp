#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "annotate/name/clusters.hpp"
#include "annotate/name/word_index.hpp"
#include "article/article.hpp"
#include "text/hash_map.hpp"
#include "text/pack.hpp"
#include "text/phrase_table.hpp"

namespace twosource::annotate::name {

// What the closed-class table and the fact tables say about one lower-case word: a set of these.
enum WordClass : std::uint32_t {
  kStop = 1U << 0U,
  kParticle = 1U << 1U,
  kArticle = 1U << 2U,
  kIndefinite = 1U << 3U,
  kAnd = 1U << 4U,
  kBoth = 1U << 5U,
  kTitle = 1U << 6U,
  kOrgTail = 1U << 7U,
  kOrgHead = 1U << 8U,
  kEventHead = 1U << 9U,
  kPronoun = 1U << 10U,
  kPossessive = 1U << 11U,
  kReportedVerb = 1U << 12U,
  kSpeechVerb = 1U << 13U,
  kComplementizer = 1U << 14U,
  kPreposition = 1U << 15U,
  kRelation = 1U << 16U,
  kPlacePreposition = 1U << 17U,
  kPlaceTail = 1U << 18U,
  kPlaceHead = 1U << 19U,
  kEventTail = 1U << 20U,
  kFirstName = 1U << 21U,
  kRole = 1U << 22U,
  kPlaceAdjective = 1U << 23U,
  kDemonym = 1U << 24U,
  kInnerParticle = 1U << 26U,  // only behind another particle: "von der Leyen"
  kFormer = 1U << 27U,
  kRelational = 1U << 29U,   // a role only in relation to somebody: "Vorgänger"
  kOf = 1U << 28U,           // joins a role and its place: "president of", "von"
  kMember = 1U << 31U,       // a noun for a person that only a party before it makes one: "Mann"
  kDescription = 1U << 30U,  // a role that describes: "Politiker"
  kAmbiguous = 1U << 25U,    // a place's name that is mostly another word: "Essen"
};

enum class Gender : std::uint8_t { Unknown, Male, Female };

// One lower-case word.
struct Word {
  std::uint32_t classes = 0;
  std::int32_t role = -1;                // index into Lexicon::roles
  std::int32_t place = -1;               // of an adjective or demonym: index into Lexicon::places
  Gender gender = Gender::Unknown;       // of a title, article, pronoun, relation
  Gender first_name = Gender::Unknown;   // of a first name (Unknown also for both)
  Gender role_gender = Gender::Unknown;  // of a role's form
  bool role_plural_only = false;         // the form is never singular
  bool role_plural = false;              // the form can be plural
  bool demonym_plural = false;
  bool acting = false;    // "kommissarisch": belongs to a role's title, and the office is held
  bool relative = false;  // can be a relative pronoun
  bool oblique = false;   // a pronoun that is no subject: "ihm"
  bool genitive = false;  // an article that can be a genitive: "des"
  bool surname = false;   // an everyday word that is a surname as well: "Sonntag"
  bool saint = false;     // before a saint's name: "St"
  [[nodiscard]] bool is(std::uint32_t any) const noexcept { return (classes & any) != 0; }
};

struct Place {
  std::string name;
  bool country = false;
  bool metonym = false;  // commonly said for the government of `of`
  std::string of;
  std::string genitive;  // "Russlands", "der USA"
};

// A name of a gazetteer.
struct Known {
  std::string name;  // canonical form
  EntityType type = EntityType::Other;
  std::int32_t place = -1;  // index into Lexicon::places for places
  bool caps = false;        // only counts when written in capitals: "IS", "US"
  bool party = false;       // a political party
  bool government = false;  // a body that stands for the government of its country: "Kreml"
};

struct Role {
  std::string noun;      // "Präsident"
  std::string feminine;  // "Präsidentin"; empty if there is none
  bool authority = false;
  bool relational = false;      // only in relation to somebody: "Vorgänger"
  bool member = false;          // with a party before it, a member: "CDU-Mann"
  bool description = false;     // says what somebody is and names no office: "Politiker"
  std::uint8_t kind = 0;        // field of the role, a number for each of roles.tsv
  std::int32_t former_of = -1;  // the office somebody had: "Altkanzler"
  bool office = false;  // an office that a country has: in the table of offices, or an authority
};

// One term of office; days half-open. `office` is lower case.
struct Holder {
  std::string office;
  std::string of;
  std::string person;
  std::chrono::sys_days from;
  std::chrono::sys_days to;
};

// A role word as it stands in a text: noun and what a compound's first part adds.
struct RoleWord {
  std::int32_t role = -1;
  std::int32_t place = -1;
  Gender gender = Gender::Unknown;
  bool plural_only = false;
  std::uint64_t first = 0;  // word_hash of the compound's first part, 0 for no compound
  std::int32_t body = -1;   // index into Lexicon::known: the compound's first part ("CDU-Chef")
  bool former = false;      // "Ex-Kanzler", "Altkanzler"
  explicit operator bool() const noexcept { return role >= 0; }
};

// All tables of the name stage for one language, merged for look-up by lower-case word or phrase.
class Lexicon {
 public:
  Lexicon(const PackSet& packs, const Pack& pack);

  [[nodiscard]] const Word* word(std::string_view lower) const;
  // The role noun at the end of a word that is no role by itself ("US-Präsident", "Kremlsprecher").
  [[nodiscard]] RoleWord compound_role(std::string_view lower) const;
  // What all tables together say of a word; nullptr: it is in none.
  [[nodiscard]] const WordIndex::Entry* entry_of(std::uint64_t hash) const {
    return index_.find(hash);
  }
  // The role noun that begins at a token, of one or several words; writes its length in tokens.
  // `entry` is that of the token's word.
  [[nodiscard]] RoleWord role_at(const TokenLayer& layer, std::size_t at, std::size_t end,
                                 const WordIndex::Entry* entry, std::uint32_t& tokens) const;
  // Names that a lower-case word alone stands for; -1 if none. Genitives included.
  [[nodiscard]] std::int32_t known_word(std::string_view lower) const {
    return phrases_.word(lower);
  }
  // Index into `known` of the longest name that begins at a token; writes its length in tokens.
  [[nodiscard]] std::int32_t known_at(const TokenLayer& layer, std::size_t at, std::size_t end,
                                      std::uint32_t& tokens) const;
  // Is a lower-case word a noun for a company or club, or a compound that ends in one? O(length).
  [[nodiscard]] bool body_noun(std::string_view lower) const;
  // … or for a thing that bears a person's name: a storm, a ship. O(length).
  [[nodiscard]] bool carrier_noun(std::string_view lower) const;
  // Is a capitalised word, by its lower-case form, an everyday noun, a compound that ends in one,
  // or formed as abstract nouns are? O(length).
  [[nodiscard]] bool common_noun(std::string_view lower) const;
  // Does the table of words know a word, as written, as a name only: no noun of the dictionary, and
  // hardly ever small? False for a word it does not hold; `everyday` is no opposite for those.
  [[nodiscard]] bool only_name(std::string_view word) const {
    const WordInfo info = clusters.of(word);
    return info.known && !info.noun && info.common < 2;
  }
  [[nodiscard]] bool everyday(std::string_view word) const {
    const WordInfo info = clusters.of(word);
    return info.known && (info.noun || info.common >= 2);
  }
  [[nodiscard]] bool function_word(std::uint64_t hash) const {
    const WordIndex::Entry* entry = index_.find(hash);
    return entry != nullptr && entry->function;
  }
  // Does the lower-case word say that there are two ("beiden")?
  [[nodiscard]] bool two(std::string_view lower) const {
    return std::find(two_words_.begin(), two_words_.end(), lower) != two_words_.end();
  }
  // Is it a verb in the past ("wore")?
  [[nodiscard]] bool past_form(std::uint64_t hash) const {
    const WordIndex::Entry* entry = index_.find(hash);
    return entry != nullptr && entry->past;
  }
  // … or in the present or past?
  [[nodiscard]] bool verb_form(std::uint64_t hash) const {
    const WordIndex::Entry* entry = index_.find(hash);
    return entry != nullptr && (entry->past || entry->present);
  }
  [[nodiscard]] bool place_suffix(std::string_view lower) const;
  // Does a word with a number say an age and stand for a person ("38-jährige")?
  [[nodiscard]] bool aged(std::string_view lower) const;
  [[nodiscard]] std::int32_t place_by_name(std::string_view name) const;
  // The country whose government the place stands for; -1 if none.
  [[nodiscard]] std::int32_t metonym_of(std::int32_t place) const;
  // Is an office's noun the head of another's: "Minister" of "Familienminister"?
  [[nodiscard]] bool role_tail(std::int32_t head, std::int32_t whole) const;
  // The office that a role (index) is or was: "Kanzler" of "Altkanzler".
  [[nodiscard]] std::int32_t office_of(std::int32_t role) const {
    if (role < 0) return role;
    const std::int32_t former = roles[static_cast<std::size_t>(role)].former_of;
    return former < 0 ? role : former;
  }
  // Do two role nouns (indices) stand for the same office in one text?
  [[nodiscard]] bool roles_agree(std::int32_t a, std::int32_t b) const;
  // Does the lower-case word end as an adjective before a noun does? Any word where the pack does
  // not say how adjectives end.
  [[nodiscard]] bool adjective_like(std::string_view lower) const;
  // Is the lower-case word (or its last part) a plural form of a role?
  [[nodiscard]] bool may_be_plural(std::string_view lower) const;
  // Is it the surname of somebody in the table of offices? As written, nominative.
  [[nodiscard]] bool office_surname(std::string_view word) const {
    return office_surnames_.contains(word);
  }
  // May a word that begins with these four bytes be such a surname? A quick no.
  [[nodiscard]] bool office_surname_like(std::string_view word) const {
    return word.size() >= 4 && surname_heads_[surname_head(word)];
  }
  // Holders of an office (any noun that agrees with `role`) of a place on `day`.
  [[nodiscard]] std::vector<const Holder*> holders(std::int32_t role, std::int32_t place,
                                                   std::chrono::sys_days first,
                                                   std::chrono::sys_days last) const;

  // Is it the usual name of a party?
  [[nodiscard]] bool party(std::string_view name) const { return parties_.contains(name); }
  // Rows of `offices` whose holder is called by a title of one word (lower case): "kanzlerin".
  [[nodiscard]] std::span<const std::uint32_t> offices_titled(std::string_view lower) const;

  // Rows of `offices` of a place or body.
  [[nodiscard]] std::span<const std::uint32_t> offices_of(const std::string& of) const {
    const auto it = offices_of_.find(of);
    return it == offices_of_.end() ? std::span<const std::uint32_t>{} : std::span(it->second);
  }

  std::vector<Place> places;
  std::vector<Known> known;
  std::vector<Role> roles;
  std::vector<Holder> offices;
  std::uint8_t politics = 0;       // Role::kind of politicians and members of governments
  bool capital_nouns = false;      // nouns are capitalised: a capital alone is no sign of a name
  bool has_genitive_s = false;     // "Putins": a genitive is part of the word
  std::string verb_plural_ending;  // "en"; empty: no such sign
  WordClusters clusters;

 private:
  void load_words(const Pack& pack);
  void load_places(const Pack& pack);
  void load_place_words(const Table& table, const Row& row, std::int32_t place);
  void load_organisations(const Pack& pack);
  void load_media(const Pack& pack);
  void load_things(const Pack& pack);
  void load_first_names(const Pack& pack);
  void load_roles(const Pack& pack);
  void load_role_links(const Pack& pack);
  void find_former_roles();
  void load_offices(const Pack& pack);
  [[nodiscard]] std::int32_t country_of(const std::string& code) const {
    const auto it = country_by_code_.find(code);
    return it == country_by_code_.end() ? -1 : it->second;
  }
  void index_words();
  void load_common(const Pack& pack);
  void add_known(const std::string& form, std::int32_t index);
  void add_role_form(const std::string& form, std::int32_t role, Gender gender, bool plural_only);
  Word& entry(std::string_view form);

  StringMap<Word> words_;
  PhraseTable phrases_;
  StringMap<std::int32_t> place_by_name_;
  StringMap<std::int32_t> country_by_code_;  // ISO 3166 alpha-2
  StringMap<std::int32_t> role_by_noun_;
  PhraseTable role_phrases_;  // role nouns of several words: "prime minister"
  std::unordered_map<std::uint32_t, std::uint64_t> role_tails_;  // last four bytes of role forms ->
                                                                 // their lengths, as bits
  WordIndex index_;
  StringMap<std::vector<std::uint32_t>> offices_of_;  // place -> rows of offices
  StringSet parties_;
  StringMap<std::vector<std::uint32_t>> offices_titled_;  // title, lower case -> rows of offices
  [[nodiscard]] static std::size_t surname_head(std::string_view word) {
    return (four_bytes(word) * 0x9E3779B1U) >> 16U;
  }
  [[nodiscard]] static std::uint32_t four_bytes(std::string_view word) {
    std::uint32_t v = 0;
    for (std::size_t k = 0; k < 4; ++k) v = v << 8U | static_cast<unsigned char>(word[k]);
    return v;
  }
  StringSet office_surnames_;
  std::vector<bool> surname_heads_ = std::vector<bool>(1U << 16U);
  std::vector<std::vector<std::int32_t>> links_;  // role -> roles it can stand for
  std::vector<std::string> place_suffixes_;
  std::vector<std::string> aged_;
  std::vector<std::string> noun_suffixes_;
  std::vector<std::string> carriers_;
  std::vector<std::string> former_prefixes_;
  std::vector<std::string> two_words_;
  std::vector<std::string> still_prefixes_;  // "Noch-Präsident"
  std::vector<std::string> feminine_endings_;
  std::vector<std::string> plural_endings_;
  std::vector<std::string> adjective_endings_;
  std::vector<std::string> genitive_endings_;
  std::vector<std::string> name_adjective_endings_;
};

}  // namespace twosource::annotate::name
