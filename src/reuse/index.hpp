#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "article/dossier.hpp"
#include "reuse/signature.hpp"

namespace twosource::reuse {

// A copy family in an Index.
struct IndexFamily {
  std::string id;                    // "c" and 12 hexadecimal digits
  std::vector<std::uint32_t> texts;  // numbers, in canonical order
  // Pairs of numbers, `a` before `b` in canonical order; `original` is a number. The spans of their
  // passages count WORDS of the signatures, not bytes: in_bytes() of align.hpp turns them into
  // places in the text.
  std::vector<CopyPair> pairs;
};

// Up to so many texts are compared with all others; more are blocked by time (holders.hpp).
inline constexpr std::size_t kOneEra = 20000;

// What a commit changed, by family id; each list sorted.
struct Changes {
  std::vector<std::string> added;
  std::vector<std::string> changed;  // same id, other texts or pairs
  // Families that are no more, and the family that took over most of their texts (empty: none).
  std::vector<std::pair<std::string, std::string>> gone;
  // Ids of the articles held that share copy with others, or to another degree, than before;
  // sorted.
  std::vector<std::string> articles;
};

// The copies among any number of articles, kept up to date while articles come and go; holds
// signatures and an inverted index of their shingles, no texts. What it finds after commit() is a
// function of the set of signatures in it: the order and the batches in which they came do not
// show, taking one out is as if it had never come, and putting one under an id that is there
// replaces it (a revision is a new id under the same URL). Ids of families derive from their
// canonically first pair, so they stay when later articles join; those that go leave a tombstone.
//
// Cost: per article a look-up for each indexed shingle (holders.hpp), per pair of articles that
// share enough of them an exact comparison. A hash that many texts hold pairs them with the first
// kHub of them only. Of more than `one_era` texts only what was published near a text is compared
// with it in full; when that number is passed, in either direction, the next commit looks at all
// texts again. Measured in docs/benchmarks.md. Not thread-safe; const members may be used by many
// threads.
class Index {
 public:
  explicit Index(std::size_t one_era = kOneEra);
  ~Index();
  Index(Index&&) noexcept;
  Index& operator=(Index&&) noexcept;

  // Adds, or replaces the one of the same id. Returns its number, valid until it is removed.
  std::uint32_t put(Signature signature);
  // False when there is none of this id.
  bool remove(std::string_view id);
  // Brings pairs and families up to date with what was put and removed since the last commit.
  // `threads`: for comparing; the result is the same. The others see the state of the last commit.
  Changes commit(unsigned threads = 1);

  [[nodiscard]] std::size_t size() const noexcept;
  [[nodiscard]] const Signature* find(std::string_view id) const;
  [[nodiscard]] const Signature& at(std::uint32_t number) const;
  // All families, in canonical order of their texts.
  [[nodiscard]] std::vector<const IndexFamily*> families() const;
  // nullptr when there is none (any more).
  [[nodiscard]] const IndexFamily* family(std::string_view id) const;
  // Ids of the families an article is in.
  [[nodiscard]] std::vector<std::string> families_of(std::string_view id) const;
  // Ids of the articles it shares copy with, and the containment of each pair; sorted.
  [[nodiscard]] std::vector<std::pair<std::string, double>> partners(std::string_view id) const;
  // The living id that a family id stands for today: itself, or what it was merged into; empty when
  // it never was or fell apart.
  [[nodiscard]] std::string resolve(std::string_view family) const;

  // For the record: everything but the signatures, which it keeps by article. restore() takes the
  // signatures of the same articles in any order and what save() gave, and compares nothing again;
  // false, and an Index that has to commit() from the start, when the bytes do not fit them.
  [[nodiscard]] std::string save() const;
  bool restore(std::vector<Signature> signatures, std::string_view saved);

  // Bytes held in signatures and postings, about.
  [[nodiscard]] std::size_t bytes() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace twosource::reuse
