#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "annotate/name/features.hpp"

namespace twosource::annotate::name {

using Scores = std::array<std::int32_t, kLabels>;

[[nodiscard]] std::vector<std::uint8_t> labels_of(std::size_t tokens,
                                                  const std::vector<NameSpan>& spans);
[[nodiscard]] std::vector<NameSpan> spans_of(const TokenLayer& layer,
                                             const std::vector<std::uint8_t>& labels);

// Best label sequence of tokens [begin, end) of one sentence. `score(i, scores)` fills the scores
// of token i; `transition[a][b]` is added for b after a; `allowed` masks labels (bit l: label l).
// A continuing label follows only its own type. Where no name can begin and every open name lies
// more than `margin` behind "outside", the token is outside without being scored.
// O(tokens * labels^2); `scratch` saves an allocation a sentence.
using BackPointers = std::vector<std::array<std::uint8_t, kLabels>>;
inline constexpr std::int32_t kNoPruning = 1'000'000'000;
template <class ScoreOf, class Allowed>
void viterbi(std::size_t begin, std::size_t end, const std::array<Scores, kLabels>& transition,
             ScoreOf& score, const Allowed& allowed, std::vector<std::uint8_t>& labels,
             BackPointers& scratch, std::int32_t margin = kNoPruning);

// A trained linear-chain CRF (crf.hpp) over hashed features, weights quantised to a byte. File:
// "TSNM", then little-endian u32 version (1), bits, labels; i32 transitions [labels][labels]; i8
// weights [2^bits][labels]. Const, thread-safe.
class Model {
 public:
  // No model when `bytes` is empty; throws PackError when they are not such a file.
  explicit Model(std::string_view bytes);
  [[nodiscard]] bool empty() const noexcept { return weights_ == nullptr; }
  [[nodiscard]] std::vector<NameSpan> run(const View& view,
                                          const std::vector<NameSpan>& rules) const;

  struct Weights {
    std::uint32_t bits = 18;
    std::array<Scores, kLabels> transition{};
    std::vector<std::int8_t> rows;  // [2^bits][kLabels]
  };
  [[nodiscard]] static std::string serialise(const Weights& weights);

 private:
  // A row holds what every other label gains over "outside".
  static constexpr std::size_t kRow = kLabels - 1;
  struct Row {
    // Eight 16-bit numbers, added at once (vector extension of GCC and Clang).
    using Vector [[gnu::vector_size(16)]] = std::int16_t;
    Vector of;
  };
  struct Free {
    void operator()(Row* rows) const noexcept { std::free(rows); }
  };
  using Rows = std::unique_ptr<Row, Free>;
  class Scorer;
  [[nodiscard]] static Rows allocate_rows(std::size_t rows);
  std::uint32_t mask_ = 0;
  std::array<Scores, kLabels> transition_{};
  Rows weights_;
};

inline constexpr std::int32_t kNeverScore = -1'000'000'000;

// One step of Viterbi: the best score of every label allowed after `best`.
[[nodiscard]] inline Scores viterbi_step(const Scores& best, const Scores& here, std::uint32_t mask,
                                         const std::array<Scores, kLabels>& transition,
                                         std::array<std::uint8_t, kLabels>& back) {
  Scores next{};
  next.fill(kNeverScore);
  for (std::size_t b = 0; b < kLabels; ++b) {
    if ((mask & (1U << b)) == 0) continue;
    const bool continues = b > 0 && b % 2 == 0;
    for (std::size_t a = continues ? b - 1 : 0; a < (continues ? b + 1 : kLabels); ++a) {
      if (best[a] == kNeverScore) continue;
      const std::int32_t s = best[a] + transition[a][b] + here[b];
      if (s > next[b]) {
        next[b] = s;
        back[b] = static_cast<std::uint8_t>(a);
      }
    }
  }
  return next;
}

template <class ScoreOf, class Allowed>
void viterbi(std::size_t begin, std::size_t end, const std::array<Scores, kLabels>& transition,
             ScoreOf& score, const Allowed& allowed, std::vector<std::uint8_t>& labels,
             BackPointers& scratch, std::int32_t margin) {
  constexpr std::uint32_t kBegins = 0b010101010U;
  const std::size_t n = end - begin;
  scratch.resize(std::max(n, scratch.size()));
  std::fill_n(scratch.begin(), n, BackPointers::value_type{});
  Scores best{};
  best.fill(kNeverScore);
  best[0] = 0;
  bool only_outside = true;  // no open name leads here
  for (std::size_t t = 0; t < n; ++t) {
    std::uint32_t mask = allowed(begin + t);
    if ((mask & kBegins) == 0 && mask != 1U) {
      if (only_outside || best[0] - *std::max_element(best.begin() + 1, best.end()) > margin)
        mask = 1U;
    }
    if (mask == 1U && only_outside) {
      best[0] += transition[0][0];
      continue;
    }
    Scores here{};
    if (mask != 1U) score(begin + t, here);
    best = viterbi_step(best, here, mask, transition, scratch[t]);
    only_outside = mask == 1U;
  }
  std::size_t label =
      static_cast<std::size_t>(std::max_element(best.begin(), best.end()) - best.begin());
  for (std::size_t t = n; t-- > 0;) {
    labels[begin + t] = static_cast<std::uint8_t>(label);
    label = scratch[t][label];
  }
}

}  // namespace twosource::annotate::name
