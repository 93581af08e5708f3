#pragma once

#include <cstdint>
#include <vector>

#include "annotate/quote/phrase.hpp"
#include "annotate/quote/unit.hpp"

namespace twosource::annotate::quote {

// A cue in a segment: the verb form and what belongs to it.
struct CueHit {
  std::uint32_t segment = 0;
  std::uint32_t verb = 0;          // item of the cue verb form
  std::uint32_t finite = kNoItem;  // item of the finite form: the verb or its auxiliary
  std::uint8_t takes = 0;          // Takes bits of all rows that match equally well
  bool passive = false;
  bool inverted = false;             // the finite verb opens its segment
  bool relayed = false;              // itself in the subjunctive: part of what another said
  bool as_clause = false;            // "wie X mitteilte"
  std::vector<std::uint32_t> items;  // all items of the cue, sorted
  Phrase speaker;
  Phrase addressee;
};

// Finds the cues of a unit, in order, with subject and addressee.
class CueFinder {
 public:
  CueFinder(const Article& article, const Lexicon& lexicon, const PhraseReader& phrases)
      : layer_(article.tokens), lexicon_(lexicon), phrases_(phrases) {}
  [[nodiscard]] std::vector<CueHit> find(const Unit& unit) const;
  // The subject as a speaker: empty for expletives, whose source may follow ("hieß es in …").
  [[nodiscard]] Phrase speaker(const Unit& unit, std::uint32_t segment, std::uint32_t finite) const;
  // Subject of the clause whose finite verb is given; empty when it cannot be told.
  [[nodiscard]] Phrase subject(const Unit& unit, std::uint32_t segment, std::uint32_t finite) const;

 private:
  struct Choice {
    const Cue* cue = nullptr;
    int score = -1;
    std::uint8_t takes = 0;
    std::vector<std::uint32_t> items;
  };
  [[nodiscard]] Choice choose(const Unit& unit, const Segment& segment, std::uint32_t at) const;
  [[nodiscard]] bool match(const Unit& unit, const Segment& segment, std::uint32_t at,
                           const VerbForm& form, const Cue& cue,
                           std::vector<std::uint32_t>& items) const;
  [[nodiscard]] bool finite_part(const Unit& unit, const Segment& segment, std::uint32_t at,
                                 CueHit& hit) const;
  [[nodiscard]] Phrase agent(const Unit& unit, const Segment& segment) const;
  [[nodiscard]] Phrase addressee(const Unit& unit, const CueHit& hit) const;
  [[nodiscard]] Phrase subject_in_subordinate(const Unit& unit, const Segment& segment,
                                              std::uint32_t finite) const;
  [[nodiscard]] Phrase subject_before(const Unit& unit, std::uint32_t segment,
                                      std::uint32_t finite) const;
  [[nodiscard]] Phrase with_apposition(const Unit& unit, std::uint32_t segment,
                                       Phrase phrase) const;
  const TokenLayer& layer_;
  const Lexicon& lexicon_;
  const PhraseReader& phrases_;
};

}  // namespace twosource::annotate::quote
