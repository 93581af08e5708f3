#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "text/hash_map.hpp"
#include "text/pack.hpp"

namespace twosource::annotate::quote {

// Word classes of quote_words.tsv, one bit each. A word may have several ("der": nominative,
// oblique, genitive, relative). The file's class names are these in lower case with underscores.
enum WordClass : std::uint64_t {
  kComplementiser = 1ULL << 0,  // dass, ob
  kQuestion = 1ULL << 1,        // wer, wie
  kSubordinator = 1ULL << 2,    // weil: the clause has its verb at the end
  kRelative = 1ULL << 3,        // der, welche
  kCoordinator = 1ULL << 4,     // und, aber
  kNominative = 1ULL << 5,      // determiner of a possible subject
  kOblique = 1ULL << 6,         // determiner of another case
  kGenitive = 1ULL << 7,
  kDative = 1ULL << 8,
  kPreposition = 1ULL << 9,
  kComplementPreposition = 1ULL << 10,  // may go on a noun phrase: "der Rat für Umwelt"
  kPronoun = 1ULL << 11,                // subject pronoun
  kObjectPronoun = 1ULL << 12,
  kAdverb = 1ULL << 13,
  kReflexive = 1ULL << 14,
  kNegation = 1ULL << 15,
  kFirstPerson = 1ULL << 16,
  kSourceNoun = 1ULL << 17,          // nach ANGABEN
  kAccordingBefore = 1ULL << 18,     // laut X
  kAccordingNoun = 1ULL << 19,       // nach + source noun
  kAccordingAfter = 1ULL << 20,      // X zufolge
  kAccordingAfterNoun = 1ULL << 21,  // seiner MEINUNG nach
  kAccordingAdverb = 1ULL << 22,     // demnach
  kAccordingLink = 1ULL << 23,       // according TO
  kSo = 1ULL << 24,                  // ", so X"
  kAs = 1ULL << 25,                  // ", wie X mitteilte"
  kInfinitiveMark = 1ULL << 26,      // zu
  kBy = 1ULL << 27,                  // agent of a passive
  kAddressee = 1ULL << 28,           // sagte X REPORTERN
  kTitleNoun = 1ULL << 29,           // the ZEITUNG „X“
  kScare = 1ULL << 30,               // SOGENANNTE „X“
  kCueNoun = 1ULL << 31,             // die BEHAUPTUNG, dass
  kAuxiliary = 1ULL << 32,
  kPassive = 1ULL << 33,
  kModal = 1ULL << 34,
  kExpletive = 1ULL << 35,          // es: no speaker
  kSourcePreposition = 1ULL << 36,  // hieß es IN der Erklärung
  kStatePassive = 1ULL << 37,       // ist, war: with a participle a passive
  kFocus = 1ULL << 38,              // AUCH Putin: goes with the subject behind it
  kTells = 1ULL << 41,              // TOLD somebody: what follows is the addressee
  kSupposes = 1ULL << 40,           // könnte, dürfte: the writer supposes
  kCited = 1ULL << 39,              // wird X ZITIERT: the subject of the passive speaks
};

enum FormKind : std::uint8_t {
  kPresent = 1,
  kPast = 2,
  kSubjunctive1 = 4,
  kSubjunctive2 = 8,
  kParticiple = 16,
  kInfinitive = 32,
  kZuInfinitive = 64,
  kGerund = 128,
};
inline constexpr std::uint8_t kFinite = kPresent | kPast | kSubjunctive1 | kSubjunctive2;

// What a cue goes with (column `takes` of quote_cues.tsv).
enum Takes : std::uint8_t {
  kTakesClause = 1,
  kTakesInfinitive = 2,
  kTakesQuestion = 4,
  kTakesDirect = 8,
  kTakesNoun = 16,
  kTakesLabel = 32,
};

struct VerbForm {
  std::uint16_t verb = 0;
  std::uint8_t kinds = 0;
  std::int16_t particle = -1;  // joined in front: "ankündigte"
};
struct Cue {
  std::uint16_t verb = 0;
  std::uint8_t takes = 0;
  std::int16_t particle = -1;
  std::vector<std::string> with;     // words of the clause that belong to it
  std::vector<std::string> without;  // words of the clause that it means something else beside
};
struct WordEntry {
  std::uint64_t classes = 0;
  std::uint8_t kinds = 0;  // of all its forms
  bool cue = false;        // one of its verbs is a cue
  std::vector<VerbForm> forms;
};

// The quotation tables of one pack in one hash map. Const after construction.
class Lexicon {
 public:
  explicit Lexicon(const Pack& pack);

  // nullptr for a word without class and verb form.
  [[nodiscard]] const WordEntry* find(const HashedWord& lower) const {
    const auto it = find_word(words_, lower);
    return it == words_.end() ? nullptr : &it->second;
  }
  [[nodiscard]] std::span<const Cue> cues(std::uint16_t verb) const { return cues_[verb]; }
  [[nodiscard]] std::string_view particle(std::int16_t index) const {
    return particles_[static_cast<std::size_t>(index)];
  }
  // Does the main clause have its verb in second place, so that the subject may follow it?
  [[nodiscard]] bool verb_second() const noexcept { return verb_second_; }
  // Are marked words inside an indirect quotation a quotation of their own, too?
  [[nodiscard]] bool split_fragments() const noexcept { return split_fragments_; }
  // Is a quotation that follows an attributed one in the paragraph a further part of it?
  [[nodiscard]] bool join_quotations() const noexcept { return join_quotations_; }
  // Does an unknown lower-case word look like a finite verb by its ending?
  [[nodiscard]] bool finite_ending(std::string_view lower) const noexcept;

 private:
  void read_words(const Table& table);
  void read_verbs(const Table& table, StringMap<std::uint16_t>& ids);
  void read_cues(const Table& table, const StringMap<std::uint16_t>& ids);
  void read_settings(const Table& table);
  void add_forms(const std::string& form, VerbForm what);
  void join_particle(std::uint16_t verb, std::int16_t particle);
  [[nodiscard]] std::int16_t particle_id(const std::string& particle);

  StringMap<WordEntry> words_;
  std::vector<std::vector<Cue>> cues_;  // by verb
  std::vector<std::string> lemmas_;
  std::vector<std::vector<std::pair<std::string, std::uint8_t>>> paradigms_;  // by verb
  std::vector<std::string> particles_;
  std::vector<std::string> finite_endings_;
  std::string infinitive_mark_;
  bool verb_second_ = false;
  bool split_fragments_ = false;
  bool join_quotations_ = false;
};

}  // namespace twosource::annotate::quote
