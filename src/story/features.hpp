#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "story/signature.hpp"
#include "text/hash_map.hpp"

namespace twosource::story {

// Terms of one article with their TF-IDF weights, sorted by term, of length 1 (or empty).
using SparseVector = std::vector<std::pair<std::uint32_t, float>>;

// What an article is about, as TF-IDF over stems (Snowball), numbers and names of headline and
// text. A stem counts by its first kTermLetters letters (truncation, "trun5" in McNamee, Nicholas,
// Mayfield, SIGIR 2009): German says in one compound what another headline says in two words. Of a
// word with hyphens its parts and the whole without hyphens count too. Terms are spelled without
// language, so that names and numbers of a German and an English article on one event meet. Term
// frequency is damped (1 + ln tf); the headline counts kHeadlineWeight times, the first
// kLeadSentences sentences kLeadWeight times, names kNameWeight times. IDF is ln(1 + (N + B) / (df
// + B · r)): the corpus of N articles with a background of B = kBackgroundArticles, of which a
// share r holds the term (guessed from what the term is, see features.cpp). In a stack on one event
// all telling words are in every article; only the background knows that they are rare.
// Deterministic whatever the order of the articles.
inline constexpr std::size_t kTermLetters = 5;
inline constexpr float kHeadlineWeight = 2.0F;
inline constexpr float kLeadWeight = 1.5F;
inline constexpr float kNameWeight = 1.5F;
inline constexpr std::size_t kLeadSentences = 5;
inline constexpr double kBackgroundArticles = 100;
// A term that a sample does not hold counts as one that so much of one of its articles holds: on a
// made-up archive of 20,000 (archive_scale) events have F1 99.1; 98.5 where it counts as one that
// one article of all holds, since story words in the sample and out of it then lie too far apart.
inline constexpr double kUnseen = 0.5;

// Units of Term::frequency and Term::rate.
inline constexpr double kFrequencyUnit = 16;
inline constexpr double kRateUnit = 65535;

// How many articles of a corpus hold each term.
class Frequencies {
 public:
  // `scale`: those added are a sample, each standing for so many. `most`: terms of more holders get
  // no weight, so that comparing stays linear.
  explicit Frequencies(std::uint32_t scale = 1, std::uint32_t most = 0xFFFFFFFF)
      : scale_(scale), most_(most) {}
  void add(const Signature& signature);
  // The vector of an article of the corpus.
  [[nodiscard]] SparseVector weigh(const Signature& signature) const;

 private:
  struct Known {
    std::uint32_t holders = 0;
    std::uint16_t rate = 0;
  };
  NumberMap<Known> terms_;
  std::size_t articles_ = 0;
  std::uint32_t scale_;
  std::uint32_t most_;
};

}  // namespace twosource::story
