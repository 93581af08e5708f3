#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "claim/claim.hpp"
#include "pipeline/pipeline.hpp"
#include "record/record.hpp"
#include "reuse/signature.hpp"
#include "story/signature.hpp"

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
  bool renewed = false;   // false: the findings were up to date, everything else is empty
  std::size_t cells = 0;  // cross-checked anew
  std::vector<VerdictChange> verdicts;         // in order of the claims' ids
  std::vector<CorrectionOutcome> corrections;  // of those that hold, whether they found something
};

// How a renewal goes about it.
struct Renewal {
  unsigned threads = 1;
  bool verdicts = true;  // compare the verdicts with those before
  bool rebuild = false;  // forget all findings first
};

// What is compared of an article when copies and events are looked for.
struct Signed {
  reuse::Signature copies;
  story::Signature events;
};

// Keeps the findings of a record true while articles and corrections come and go: what `add`,
// `correct`, `serve` and `watch` call after they changed something in it.
//
//   record::Record store(path, record::Record::Mode::Write);
//   desk::Desk desk(store, stages);
//   store.add(article);                       // any number; add, remove, add_correction, undo
//   const desk::Changes changes = desk.renew();
//
// What is found is a function of the articles and corrections in the record: adding, revising and
// withdrawing in any order ends in the same findings as a rebuild. Only the cells (cells.hpp) that
// a change concerns are cross-checked anew, and of these only those of which something that goes in
// is another (each has a fingerprint of it). A desk that goes on living holds the indices of copies
// and events in memory, some 5 KiB an article, and leaves them to the next in a file beside the
// record (sidecar.hpp); without it the first renewal of a new one reads all articles.
//
// One desk a record at a time and one thread; readers may go on reading the findings as they were.
// Many cells are committed some hundreds at a time, the findings being out of date
// (Record::findings_generation) until the last: a renewal that was killed goes on from there.
// Throws IoError.
class Desk {
 public:
  // Both must outlive the desk; `stages` with all layers. The file beside the record is written of
  // records of so many articles: of fewer it would spare less than it costs.
  Desk(record::Record& store, const pipeline::Stages& stages, const claim::Options& options = {},
       std::size_t remember_from = 256);
  ~Desk();
  // Brings the findings up to date with the articles and corrections of the record. What others
  // added meanwhile is found too.
  Changes renew(const Renewal& how = {});
  // For who adds many: an article just read, with all its layers, is signed on any thread, so that
  // the next renewal need not read it again from the record.
  //   record::Record::Ready ready = record::Record::ready(article);
  //   desk::Signed signs = desk.sign(article);
  //   if (store.add(ready) != Added::Unchanged) desk.expect(ready, std::move(signs));
  [[nodiscard]] Signed sign(const Article& article) const;
  void expect(const record::Record::Ready& added, Signed signs);
  // All that is found in the record, whether or not its findings are up to date: ids are those of
  // the findings. Writes nothing; costs a cross-check of everything.
  [[nodiscard]] Dossier dossier(unsigned threads = 1);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

// Are the stored findings what these options find in the articles and corrections as they are now?
[[nodiscard]] bool is_current(record::Record& store, const claim::Options& options);
// Of each correction that holds, whether it found something when the findings were stored.
[[nodiscard]] std::vector<CorrectionOutcome> stored_outcomes(record::Record& store);

// The articles of a record with tokens, dates as corrected.
[[nodiscard]] std::vector<Article> articles_of(record::Record& store,
                                               const pipeline::Stages& stages,
                                               std::span<const Correction> corrections);

}  // namespace twosource::desk
