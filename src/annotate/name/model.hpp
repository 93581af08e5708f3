#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "annotate/name/marks.hpp"

namespace twosource::annotate::name {

// Labels of a token: 0 outside; 1 + 2 t begins, 2 + 2 t continues a name of EntityType t.
inline constexpr std::size_t kLabels = 9;
using Scores = std::array<std::int32_t, kLabels>;

[[nodiscard]] std::vector<std::uint8_t> labels_of(std::size_t tokens,
                                                  const std::vector<NameSpan>& spans);
[[nodiscard]] std::vector<NameSpan> spans_of(const TokenLayer& layer,
                                             const std::vector<std::uint8_t>& labels);

// The observations of a text's tokens as hashes, from which a token's features are mixed: the word,
// its affixes and shape, what the lexicon and the rules say about it and its neighbours (a window
// of two). Templates after Ratinov & Roth, "Design challenges and misconceptions in named entity
// recognition" (CoNLL 2009), with affixes for German after GermaNER (Benikova et al., GSCL 2015).
class Features {
 public:
  Features(const View& view, const std::vector<NameSpan>& rules);
  // Feature hashes of token i, in a fixed order; `out` is cleared.
  void of(std::size_t i, std::vector<std::uint32_t>& out) const;
  // The labels a token may get, as bits: all; outside and continuing ones for a word that looks
  // like no beginning; only outside when no name can reach it.
  [[nodiscard]] std::uint32_t allowed(std::size_t i) const {
    constexpr std::uint32_t kAll = (1U << kLabels) - 1U;
    constexpr std::uint32_t kContinue = 0b101010101U;
    return facts_[i].may_begin ? kAll : facts_[i].near_name ? kContinue : 1U;
  }

 private:
  struct Facts {
    std::uint32_t lower = 0;
    std::uint32_t prefix3 = 0;
    std::uint32_t prefix4 = 0;
    std::uint32_t prefix2 = 0;
    std::uint32_t suffix6 = 0;
    std::uint32_t suffix2 = 0;
    std::uint32_t suffix3 = 0;
    std::uint32_t suffix4 = 0;
    std::uint32_t part = 0;  // last part of a hyphenated word
    std::uint32_t shape = 0;
    std::uint32_t known = 0;           // gazetteer type and position
    std::uint32_t classes = 0;         // word classes that matter
    std::uint32_t rule = 0;            // label the rules give
    std::uint32_t rule_elsewhere = 0;  // label the rules give the word elsewhere in the text
    bool may_begin = false;
    bool near_name = false;
  };
  [[nodiscard]] const Facts& at(std::size_t i, std::ptrdiff_t offset) const;
  [[nodiscard]] Facts read(const View& view, std::size_t i, std::uint8_t rule) const;
  std::vector<Facts> facts_;
  std::vector<std::uint32_t> sentence_;
  Facts outside_;
};

// Best label sequence of tokens [begin, end) of one sentence. `score(i, scores)` fills the scores
// of token i; `transition[a][b]` is added for b after a; `allowed` masks labels (bit l: label l).
// A continuing label follows only its own type. O(tokens * labels^2).
template <class ScoreOf, class Allowed>
void viterbi(std::size_t begin, std::size_t end, const std::array<Scores, kLabels>& transition,
             const ScoreOf& score, const Allowed& allowed, std::vector<std::uint8_t>& labels);

// A trained averaged structured perceptron (Collins, EMNLP 2002) over hashed features, weights
// quantised to a byte. File: "TSNM", then little-endian u32 version (1), bits, labels; i32
// transitions [labels][labels]; i8 weights [2^bits][labels]. Const, thread-safe.
class Model {
 public:
  // No model when `bytes` is empty; throws PackError when they are not such a file.
  explicit Model(std::string_view bytes);
  [[nodiscard]] bool empty() const noexcept { return weights_.empty(); }
  [[nodiscard]] std::vector<NameSpan> run(const View& view,
                                          const std::vector<NameSpan>& rules) const;

  struct Weights {
    std::uint32_t bits = 18;
    std::array<Scores, kLabels> transition{};
    std::vector<std::int8_t> rows;  // [2^bits][kLabels]
  };
  [[nodiscard]] static std::string serialise(const Weights& weights);

 private:
  static constexpr std::size_t kRow = 16;  // a row is padded to one cache-line quarter
  std::uint32_t mask_ = 0;
  std::array<Scores, kLabels> transition_{};
  std::vector<std::int8_t> weights_;
};

template <class ScoreOf, class Allowed>
void viterbi(std::size_t begin, std::size_t end, const std::array<Scores, kLabels>& transition,
             const ScoreOf& score, const Allowed& allowed, std::vector<std::uint8_t>& labels) {
  constexpr std::int32_t kNever = -1'000'000'000;
  const std::size_t n = end - begin;
  if (n == 0) return;
  std::vector<std::array<std::uint8_t, kLabels>> back(n);
  Scores best{};
  best.fill(kNever);
  best[0] = 0;
  for (std::size_t t = 0; t < n; ++t) {
    const std::uint32_t mask = allowed(begin + t);
    Scores next{};
    next.fill(kNever);
    Scores here{};
    if (mask != 1U) score(begin + t, here);
    for (std::size_t b = 0; b < kLabels; ++b) {
      if ((mask & (1U << b)) == 0) continue;
      const bool continues = b > 0 && b % 2 == 0;
      for (std::size_t a = continues ? b - 1 : 0; a < (continues ? b + 1 : kLabels); ++a) {
        if (best[a] == kNever) continue;
        const std::int32_t s = best[a] + transition[a][b] + here[b];
        if (s > next[b]) {
          next[b] = s;
          back[t][b] = static_cast<std::uint8_t>(a);
        }
      }
    }
    best = next;
  }
  std::size_t label = 0;
  for (std::size_t b = 1; b < kLabels; ++b) {
    if (best[b] > best[label]) label = b;
  }
  for (std::size_t t = n; t-- > 0;) {
    labels[begin + t] = static_cast<std::uint8_t>(label);
    label = back[t][label];
  }
}

}  // namespace twosource::annotate::name
