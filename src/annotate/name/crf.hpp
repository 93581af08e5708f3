#pragma once

#include <cstdint>
#include <vector>

#include "annotate/name/model.hpp"

// Training side of the name model: linear-chain CRF. Not part of the program.
namespace twosource::annotate::name {

// Marks a feature that is only learnt and left out of the model: what is one corpus' own.
inline constexpr std::uint32_t kApart = 1U << 31U;

struct Example {
  std::vector<std::vector<std::uint32_t>> features;  // of each token; empty: never scored
  std::vector<std::uint32_t> allowed;                // labels the decoder may give
  std::vector<std::uint32_t> gold;                   // labels the annotation agrees with
  int fold = -1;
  float weight = 1;
};

// Measured by five-fold cross-validation on the GermEval 2014 development half (four classes, F1 of
// the model alone unless it says names), with 5,231 sentences of our own and others with swapped
// names. `drop` (dropout; for sequences of labels Wang & Manning, ICML 2013): 0 72.2, 0.2 73.1, 0.5
// 73.5; 0.65 with what our sentences have of their own learnt apart 74.4, 0.5 so 74.0. Rate
// 0.1 73.1; 12 rounds 73.1 instead of 73.5; 2^19 rows 73.9 instead of 74.4. bias 0 73.0, 0.3 73.1,
// 0.7 and 1.0 74.0. Names 72.1. Two runs that differ by chance alone differ by up to 0.6.
struct CrfOptions {
  int rounds = 8;
  float rate = 0.05F;
  float l2 = 1e-4F;   // pull towards 0 at each update of a weight
  float bias = 0.7F;  // added to what begins a name: P 79, R 69; at 1.0 P 77, R 71
  std::uint32_t bits = 18;
  float drop = 0.65F;  // share of a token's features left out at random in an update
};

// Maximises the likelihood of the labels the annotation agrees with (Lafferty, McCallum & Pereira,
// ICML 2001; where several agree, of all of them together) by AdaGrad (Duchi, Hazan & Singer, JMLR
// 2011), one sentence an update, weights averaged over the second half of the rounds.
[[nodiscard]] Model::Weights train_crf(const std::vector<const Example*>& examples,
                                       const CrfOptions& options);

}  // namespace twosource::annotate::name
