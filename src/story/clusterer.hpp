#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "story/signature.hpp"

namespace twosource::story {

// What a commit changed, by event id; each list sorted.
struct Changes {
  std::vector<std::string> added;
  std::vector<std::string> changed;  // same id, other articles
  // Events that are no more, and the event that took over most of their articles (empty: none).
  std::vector<std::pair<std::string, std::string>> gone;
};

// Ids of the articles one shares copy with, and the containment of each pair: partners() of a
// reuse::Index.
using Partners = std::function<std::vector<std::pair<std::string, double>>(std::string_view)>;

// Any number of articles grouped into events, kept up to date while articles come and go; holds
// signatures, no texts. What it finds after commit() is a function of the set of signatures in it
// and their copies: order and batches do not show, taking one out is as if it had never come,
// putting one under an id that is there replaces it. Ids of events derive from their canonically
// first article, so they stay when later articles join; those that go leave a tombstone.
//
// Up to kOneSlice articles are grouped at once (grouping.hpp), and those left alone attached. More
// are cut into slices of kSliceDays publication days; an article of unknown day counts by the last
// day it names. Each slice is grouped by average link, with term frequencies of a sample of itself
// and its neighbours; then the groups of all slices are, by the mean similarity of their members,
// where pairs in one slice and in neighbouring slices count. A happening that is told on after more
// than two slices without a word is a new event of its story.
//
// Cost of a commit of one article: it is compared with the articles of its slice and of the
// neighbours, and groups that hang together with it are joined anew. If it is one of the sample, or
// in slices that did not change lately, these are compared and grouped as a whole, some 0.1 ms an
// article in them. Measured in docs/benchmarks.md. Not thread-safe; const members may be used by
// many threads.
class Clusterer {
 public:
  Clusterer();
  ~Clusterer();
  Clusterer(Clusterer&&) noexcept;
  Clusterer& operator=(Clusterer&&) noexcept;

  // Adds, or replaces the one of the same id.
  void put(Signature signature);
  // False when there is none of this id.
  bool remove(std::string_view id);
  // The copies of this article are others now (reuse::Changes::articles).
  void touch(std::string_view id);
  // Brings the events up to date with what happened since the last commit. `threads`: for
  // comparing; the result is the same. The others see the state of the last commit.
  Changes commit(const Partners& partners, unsigned threads = 1);

  [[nodiscard]] std::size_t size() const noexcept;
  // nullptr when it is not held; valid until the next put() or remove().
  [[nodiscard]] const Signature* find(std::string_view id) const;
  // Article ids of each event in canonical order; events in canonical order of their first.
  struct View {
    std::string id;  // "v" and 12 digits (text/short_id.hpp)
    std::vector<std::string> articles;
  };
  [[nodiscard]] std::vector<View> events() const;
  // Empty articles when there is no such event (any more).
  [[nodiscard]] View event(std::string_view id) const;
  // The event an article is in; empty when it is not held.
  [[nodiscard]] std::string event_of(std::string_view article) const;
  // The living id that an event id stands for today: itself, or what it was merged into; empty when
  // it never was or all its articles are gone.
  [[nodiscard]] std::string resolve(std::string_view event) const;

  // For the record: everything but the signatures, which it keeps by article. restore() takes the
  // signatures of the same articles in any order and what save() gave, and compares nothing again;
  // false, and a Clusterer that has to commit() from the start, when the bytes do not fit them.
  [[nodiscard]] std::string save() const;
  bool restore(std::vector<Signature> signatures, std::string_view saved);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace twosource::story
