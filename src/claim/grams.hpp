#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "claim/units.hpp"

namespace twosource::claim {

// Sentences as vectors of their character 4-grams (code points of the lower-case words, numbers and
// the blanks between them), weighted (1 + log n) * inverse sentence frequency, length 1. They see
// what stems miss: inflection, parts of compounds, spellings of a name. 4-grams after P. McNamee
// and J. Mayfield, Character N-Gram Tokenization for European Language Text Retrieval, 2004.
class GramIndex {
 public:
  GramIndex(const Dossier& dossier, std::span<const SentenceUnit> units);
  // Cosine of two units, by index, in [0, 1]. Linear in their grams.
  [[nodiscard]] double cosine(std::size_t a, std::size_t b) const;
  // One unit's weights by gram, for its cosine with many others: spread() it over `weights` (which
  // must be empty or all 0), ask cosine_to() for each other one, then clear() it.
  void spread(std::size_t unit, std::vector<float>& weights) const;
  void clear(std::size_t unit, std::vector<float>& weights) const;
  [[nodiscard]] double cosine_to(const std::vector<float>& weights, std::size_t unit) const;
  // Cosine of a unit with the sum of all: how much it says what the whole event is about.
  [[nodiscard]] double central(std::size_t unit) const { return central_[unit]; }

 private:
  struct Gram {
    std::uint32_t id = 0;
    float weight = 0;
  };
  void weigh(std::size_t grams);
  void centralise(std::size_t grams);
  [[nodiscard]] std::span<const Gram> of(std::size_t unit) const {
    return std::span(grams_).subspan(first_[unit], first_[unit + 1] - first_[unit]);
  }

  std::size_t size_ = 0;            // different grams
  std::vector<Gram> grams_;         // of all units, by unit, sorted by id
  std::vector<std::size_t> first_;  // of a unit, and one past the end
  std::vector<double> central_;
};

}  // namespace twosource::claim
