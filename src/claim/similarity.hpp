#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <span>
#include <string_view>
#include <vector>

#include "claim/grams.hpp"
#include "claim/units.hpp"
#include "claim/values.hpp"
#include "text/pack.hpp"

namespace twosource::claim {

// What two sentences of different articles have in common, as numbers in [0, 1] or near it. The
// names are those of claim_weights.tsv and of docs/claims.md.
enum class Feature : std::uint8_t {
  Bias,            // always 1
  Containment,     // matched weight of the lighter sentence / its weight (soft matching)
  Dice,            // matched weight of both / weight of both
  Exact,           // the same with equal stems only
  LowerCover,      // matched weight of lower-case terms of the lighter side / theirs
  UpperCover,      // the same for capitalised terms
  Bigrams,         // shared adjacent stem pairs / those of the sentence with fewer
  Entities,        // shared entities' weight / that of the side with less
  EqualValues,     // 1 when a measure or a date is equal
  ClashingValues,  // 1 when a slot of both has no equal pair of values
  Rarest,          // weight of the rarest shared stem / largest possible weight
  Matched,         // log(1 + number of matched terms) / log(16)
  LengthRatio,     // terms of the shorter / terms of the longer
  SameSpeaker,     // both are speech of the same person
  OtherSpeaker,    // both are speech, of different persons
  Negation,        // one of the two is negated, the other not
  Context,         // Dice of the surrounding sentences (one on each side)
  TellingValue,    // 1 when an equal measure is telling (ValueMatch::telling), and not SameThing
  NearValue,       // 1 when two exact measures differ by little (ValueMatch::near)
  SameThing,       // 1 when they have an equal measure of one thing (ValueMatch::same_thing)
  CloseFigures,    // how close two figures of one thing are (ValueMatch::close)
  Characters,      // cosine of the character 4-grams (GramIndex)
  Earlier,         // 1 / (1 + place in its article) of the sentence that stands nearer to the start
  Later,           // the same of the other one
  BothLead,  // 1 when both stand in their article's lead: headlines and leads tell the main thing
  HeadlineLead,  // 1 when one opens its article and the other stands in the lead
  LessCentral,   // GramIndex::central of the less central sentence
  MoreCentral,   // the same of the other one
  kCount
};
inline constexpr std::size_t kFeatures = static_cast<std::size_t>(Feature::kCount);
using Features = std::array<double, kFeatures>;
[[nodiscard]] std::string_view to_string(Feature feature) noexcept;

// A pair of units (indices into the list given to SimilarityIndex, a < b) with what was found.
struct Pair {
  std::uint32_t a = 0;
  std::uint32_t b = 0;
  double score = 0;       // probability that both make the same claim
  double characters = 0;  // Feature::Characters
};

// Logistic regression over Features; weights from lang/common/claim_weights.tsv (columns feature,
// weight). Trained by tools/train_claims.py, see docs/claims.md for data, method and result.
class Model {
 public:
  explicit Model(const Pack& common);
  [[nodiscard]] double probability(const Features& f) const noexcept;
  // Groups are joined down to a mean of `join`; a sentence joins further groups from `also` up.
  [[nodiscard]] double join() const noexcept { return join_; }
  [[nodiscard]] double also() const noexcept { return also_; }

 private:
  Features weights_{};
  double join_ = 0.4;
  double also_ = 0.5;
};

// The sentences of one event. Term weights are inverse sentence frequencies inside the event, so
// that what every sentence says ("Trump", "Putin") counts little.
class SimilarityIndex {
 public:
  SimilarityIndex(const Dossier& dossier, const Vocabulary& vocabulary,
                  std::span<const SentenceUnit> units);

  // Calls found(a, b, features) for each pair of units (a < b) of different articles that shares
  // enough weight to be looked at, in order of (a, b). Cost: the postings of the terms, and for
  // every pair looked at the grams and terms of one of the two.
  using Found = std::function<void(std::uint32_t, std::uint32_t, const Features&)>;
  void candidates(const Found& found) const;

 private:
  struct Neighbour {
    std::uint32_t term = 0;
    float similarity = 0;
  };
  void weigh();
  void find_neighbours(const Vocabulary& vocabulary);
  void link(std::uint32_t a, std::uint32_t b, float similarity);
  class Focus;
  [[nodiscard]] Features features(const Focus& focus, std::uint32_t b, double cosine) const;
  void match_places(std::uint32_t a, std::uint32_t b, Features& f) const;
  void match_values(std::uint32_t a, std::uint32_t b, Features& f) const;
  void match_entities(std::uint32_t a, std::uint32_t b, Features& f) const;
  // Pairs that share a value of one thing, whatever their words: by unit the others, sorted.
  [[nodiscard]] std::vector<std::vector<std::uint32_t>> value_partners() const;

  const Dossier& dossier_;
  Slots slots_;
  GramIndex grams_;
  std::span<const SentenceUnit> units_;
  std::vector<float> weight_;         // by term
  std::vector<float> entity_weight_;  // by entity
  std::vector<double> unit_weight_;   // sum of its terms' weights
  std::vector<double> who_weight_;    // sum of its entities' weights
  std::vector<std::vector<Neighbour>> neighbours_;
  std::vector<std::vector<std::uint32_t>> postings_;
  double max_weight_ = 1;
};

}  // namespace twosource::claim
