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

// The defaults were measured by five-fold cross-validation on the GermEval 2014 development half
// (names as the program gives them, main4 F1 70.0): 12 rounds 69.6, rate 0.08 69.1, bias 0.9 69.6.
// Features that fall together by their hash are worth up to a point either way: the same templates
// under other numbers gave 69.0, with 2^18 rows 69.4.
struct CrfOptions {
  int rounds = 8;
  float rate = 0.05F;
  float l2 = 1e-4F;   // pull towards 0 at each update of a weight
  float bias = 0.7F;  // added to what begins a name: without it P 80, R 59
  std::uint32_t bits = 17;
};

// Maximises the likelihood of the labels the annotation agrees with (Lafferty, McCallum & Pereira,
// ICML 2001; where several agree, of all of them together) by AdaGrad (Duchi, Hazan & Singer, JMLR
// 2011), one sentence an update, weights averaged over the second half of the rounds.
[[nodiscard]] Model::Weights train_crf(const std::vector<const Example*>& examples,
                                       const CrfOptions& options);

}  // namespace twosource::annotate::name
