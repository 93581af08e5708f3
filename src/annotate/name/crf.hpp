#pragma once

#include <cstdint>
#include <vector>

#include "annotate/name/model.hpp"

// Training side of the name model: linear-chain CRF. Not part of the program.
namespace twosource::annotate::name {

struct Example {
  std::vector<std::vector<std::uint32_t>> features;  // of each token; empty: never scored
  std::vector<std::uint32_t> allowed;                // labels the decoder may give
  std::vector<std::uint32_t> gold;                   // labels the annotation agrees with
  int fold = -1;
  float weight = 1;
};

// Measured by five-fold cross-validation on the GermEval 2014 development half (names as the
// program gives them, four classes, F1), with sentences of our own and others with swapped
// names: 71.3; bias 0.4 71.5, but uner_pud_de 73.4 instead of 73.8; 2^19 rows and twice the swapped
// sentences 71.0. Before those and the lists of persons' names, of the model alone: 2^17 rows 70.6,
// 2^18 71.4, 2^20 71.5 (12 rounds 71.3): features that fall together by their hash cost up to a
// point.
struct CrfOptions {
  int rounds = 8;
  float rate = 0.05F;
  float l2 = 1e-4F;   // pull towards 0 at each update of a weight
  float bias = 0.7F;  // added to what begins a name: P 77, R 67; at 0.4 P 79, R 66
  std::uint32_t bits = 18;
};

// Maximises the likelihood of the labels the annotation agrees with (Lafferty, McCallum & Pereira,
// ICML 2001; where several agree, of all of them together) by AdaGrad (Duchi, Hazan & Singer, JMLR
// 2011), one sentence an update, weights averaged over the second half of the rounds.
[[nodiscard]] Model::Weights train_crf(const std::vector<const Example*>& examples,
                                       const CrfOptions& options);

}  // namespace twosource::annotate::name
