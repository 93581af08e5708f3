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

// The defaults are those of five-fold cross-validation on the GermEval 2014 development half (model
// alone, main4 F1 71.0). Measured beside: 12 rounds at rate 0.1 70.5, 20 at 0.05 with l2 3e-4 70.2,
// l2 1e-3 70.0, 2^20 rows 70.0, dropout 0.15 70.0.
struct CrfOptions {
  int rounds = 8;
  float rate = 0.05F;
  float l2 = 1e-4F;   // pull towards 0 at each update of a weight
  float bias = 0.7F;  // added to what begins a name: without it P 80, R 59
  std::uint32_t bits = 18;
};

// Maximises the likelihood of the labels the annotation agrees with (Lafferty, McCallum & Pereira,
// ICML 2001; where several agree, of all of them together) by AdaGrad (Duchi, Hazan & Singer, JMLR
// 2011), one sentence an update, weights averaged over the second half of the rounds.
[[nodiscard]] Model::Weights train_crf(const std::vector<const Example*>& examples,
                                       const CrfOptions& options);

}  // namespace twosource::annotate::name
