#pragma once

#include <memory>
#include <span>
#include <vector>

#include "article/corrections.hpp"
#include "article/dossier.hpp"
#include "text/pack.hpp"

namespace twosource::claim {

struct Options {
  unsigned min_origins = 2;  // independent origins that make a claim confirmed
  // An article without a date is held against the others as if of their moment: a draft. Otherwise
  // nobody knows whether its figures were overtaken, and those that may grow contradict nothing.
  bool undated_now = false;
};

// Aligns the statements of different articles of one event into claims, compares their values and
// gives each claim a verdict that counts origins, not outlets; groups quotations into variants.
// Reads everything that stands in the dossier so far and fills `claims` and `quotes`; origins of
// statements (persons, authorities, …) are appended to `origins`. Of
// `corrections`, those about claims are applied; what became of them is appended to `corrections`
// of the dossier. Deterministic.
void build_claims(Dossier& dossier, const PackSet& packs, const Options& options,
                  std::span<const Correction> corrections = {});

// The same for many dossiers: what it reads from the packs is built once. Const after
// construction, for all threads.
class Checker {
 public:
  explicit Checker(const PackSet& packs);
  ~Checker();
  void build(Dossier& dossier, const Options& options,
             std::span<const Correction> corrections = {}) const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace twosource::claim
