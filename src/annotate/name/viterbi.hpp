#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "annotate/name/features.hpp"

namespace twosource::annotate::name {

// Best label sequences of a linear chain whose labels are "outside" and, for each entity type,
// "begins" and "continues" (Viterbi, IEEE Transactions on Information Theory 1967). Scores are
// whole weight units, relative to "outside", and those of a token stay within ±kMostScore; a path
// more than kBeam behind the best is given up. Lanes of a vector are the labels 1 to 8, so that a
// step costs a few operations for each label still followed.
class Viterbi {
 public:
  using Lanes = WordFacts::Sum;
  using Transitions = std::array<std::array<std::int32_t, kLabels>, kLabels>;
  static constexpr std::int16_t kMostScore = 14'000;
  static constexpr std::int16_t kMostTransition = 2'000;

  // transitions[a][b] is added for b after a, within ±kMostTransition. Where no name can begin and
  // every open name lies more than `margin` behind "outside", a token is outside without being
  // scored.
  Viterbi(const Transitions& transitions, std::int16_t margin);

  // Labels tokens [begin, end) of one sentence. `score(i)` gives the lanes of token i;
  // `allowed(i)` masks its labels (bit l: label l). A continuing label follows only its own type.
  template <class ScoreOf, class Allowed>
  void run(std::size_t begin, std::size_t end, ScoreOf&& score, const Allowed& allowed,
           std::vector<std::uint8_t>& labels);

 private:
  static constexpr std::int16_t kBeam = 4'000;  // odds of 1 : 10^8 at 212 units a nat
  static constexpr std::int16_t kDead = -kBeam;
  static constexpr std::int16_t kNever = -16'000;
  static constexpr std::uint32_t kBegins = 0b010101010U;

  // Best scores so far, the best of all at 0, and whence each came.
  struct State {
    std::array<std::int16_t, kLabels> best;
  };
  struct Back {
    Lanes lanes;
    std::uint8_t outside;
    [[nodiscard]] std::uint8_t of(std::uint8_t label) const {
      return label == 0 ? outside : static_cast<std::uint8_t>(lanes[label - 1]);
    }
  };
  static State start() {
    State s;
    s.best.fill(kDead);
    s.best[0] = 0;
    return s;
  }
  static Lanes all(std::int16_t v) { return Lanes{v, v, v, v, v, v, v, v}; }
  // May a token that begins no name go unscored?
  [[nodiscard]] bool open_names_are_far(const State& s) const {
    return s.best[0] - *std::max_element(s.best.begin() + 1, s.best.end()) > margin_;
  }
  void step(State& s, Lanes here, std::uint32_t mask, Back& back) const;

  std::array<Lanes, kLabels> into_names_;             // [a]: of a label after a
  std::array<std::int16_t, kLabels> into_outside_{};  // [a]
  std::array<Lanes, 3> masks_;                        // all, continuing, none: -1 where allowed
  std::int16_t margin_;
  std::vector<Back> back_;
};

inline Viterbi::Viterbi(const Transitions& transitions, std::int16_t margin) : margin_(margin) {
  for (std::size_t a = 0; a < kLabels; ++a) {
    into_outside_[a] = static_cast<std::int16_t>(transitions[a][0]);
    for (std::size_t b = 1; b < kLabels; ++b) {
      const bool follows = b % 2 == 1 || a == b || a + 1 == b;
      into_names_[a][b - 1] = follows ? static_cast<std::int16_t>(transitions[a][b]) : kNever;
    }
  }
  masks_[0] = all(-1);
  masks_[1] = Lanes{0, -1, 0, -1, 0, -1, 0, -1};
  masks_[2] = all(0);
}

inline void Viterbi::step(State& s, Lanes here, std::uint32_t mask, Back& back) const {
  Lanes next = all(kNever);
  Lanes from = all(0);
  std::int16_t outside = kNever;
  back.outside = 0;
  for (std::size_t a = 0; a < kLabels; ++a) {
    const std::int16_t best = s.best[a];
    if (best <= kDead) continue;
    const Lanes candidate = into_names_[a] + best;
    const auto better = candidate > next;
    next = better ? candidate : next;
    from = better ? all(static_cast<std::int16_t>(a)) : from;
    const auto stay = static_cast<std::int16_t>(best + into_outside_[a]);
    if (stay > outside) {
      outside = stay;
      back.outside = static_cast<std::uint8_t>(a);
    }
  }
  back.lanes = from;
  const Lanes reached = (next > all(kDead - kMostTransition)) & masks_[mask == 1U              ? 2
                                                                       : (mask & kBegins) == 0 ? 1
                                                                                               : 0];
  next = reached ? next + here : all(kNever);
  std::int16_t top = outside;
  for (std::size_t l = 0; l + 1 < kLabels; ++l) top = std::max(top, next[l]);
  // Of a label out of reach the difference could pass 16 bits: it is dead before and after.
  s.best[0] = static_cast<std::int16_t>(std::max<int>(outside - top, kDead));
  for (std::size_t l = 0; l + 1 < kLabels; ++l) {
    s.best[l + 1] = static_cast<std::int16_t>(std::max<int>(next[l] - top, kDead));
  }
}

template <class ScoreOf, class Allowed>
void Viterbi::run(std::size_t begin, std::size_t end, ScoreOf&& score, const Allowed& allowed,
                  std::vector<std::uint8_t>& labels) {
  const std::size_t n = end - begin;
  back_.assign(n, Back{});
  State state = start();
  bool only_outside = true;  // no open name leads here
  for (std::size_t t = 0; t < n; ++t) {
    std::uint32_t mask = allowed(begin + t);
    if ((mask & kBegins) == 0 && mask != 1U && (only_outside || open_names_are_far(state)))
      mask = 1U;
    if (mask == 1U && only_outside) continue;  // outside after outside
    step(state, mask == 1U ? all(0) : score(begin + t), mask, back_[t]);
    only_outside = mask == 1U;
  }
  auto label = static_cast<std::uint8_t>(std::max_element(state.best.begin(), state.best.end()) -
                                         state.best.begin());
  for (std::size_t t = n; t-- > 0;) {
    labels[begin + t] = label;
    label = back_[t].of(label);
  }
}

}  // namespace twosource::annotate::name
