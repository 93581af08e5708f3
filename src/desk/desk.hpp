#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "claim/claim.hpp"
#include "pipeline/pipeline.hpp"
#include "record/record.hpp"

namespace twosource::desk {

// A claim whose verdict is another than before.
struct VerdictChange {
  std::string claim;   // its id; of one that is gone, the id it had
  std::string event;   // id of its event, empty when it has none
  std::string text;    // what is claimed
  std::string before;  // "single-outlet", …; empty: there was no such claim
  std::string after;   // empty: there is none any more
};

// What a renewal changed.
struct Changes {
  bool renewed = false;  // false: the findings were up to date, everything else is empty
  std::vector<VerdictChange> verdicts;         // in order of the claims' ids
  std::vector<CorrectionOutcome> corrections;  // of those that hold, whether they found something
};

// Keeps the findings of a record true while articles and corrections come and go: what `add`,
// `correct`, `serve` and `watch` call after they changed something in it.
//
//   record::Record store(path, record::Record::Mode::Write);
//   desk::Desk desk(store, stages);
//   store.add(article);                       // any number; add, remove, add_correction, undo
//   const desk::Changes changes = desk.renew();
//
// One desk a record at a time and one thread; readers may go on reading the findings as they were.
// Throws IoError.
class Desk {
 public:
  // Both must outlive the desk; `stages` with all layers.
  Desk(record::Record& store, const pipeline::Stages& stages, const claim::Options& options = {});
  // Brings the findings up to date with the articles and corrections of the record, one
  // transaction. What others added meanwhile is found too.
  Changes renew();

 private:
  record::Record& store_;
  const pipeline::Stages& stages_;
  claim::Options options_;
};

// The articles of a record with tokens, dates as corrected.
[[nodiscard]] std::vector<Article> articles_of(record::Record& store,
                                               const pipeline::Stages& stages,
                                               std::span<const Correction> corrections);

}  // namespace twosource::desk
