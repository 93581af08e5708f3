#pragma once

#include <memory>
#include <mutex>
#include <vector>

#include "annotate/name/features.hpp"

namespace twosource::annotate::name {

// What was found about frequent words in earlier texts: facts and sums depend on the word, the
// lexicon and the model alone, so that a text reads the same with any memo of its tagger, an empty
// one too. A fixed table, one place a word (by hash): a word that comes again gains a life, one
// that wants its place costs a life, so that frequent words stay and rare ones pass (after the
// "frequent" algorithm of Misra & Gries, Science of Computer Programming 1982). About 700 KB. One
// thread at a time.
class WordMemo {
 public:
  WordMemo() : slots_(kSlots) {}
  // What is known of the word with this key, else nullptr; valid until the next keep().
  [[nodiscard]] const WordFacts* find(std::uint64_t key) const noexcept {
    const WordFacts& facts = slots_[place(key)].facts;
    return facts.key == key ? &facts : nullptr;
  }
  void keep(const WordFacts& facts) noexcept {
    Slot& slot = slots_[place(facts.key)];
    if (slot.facts.key == facts.key) {
      slot.lives = slot.lives < kMostLives ? slot.lives + 1 : kMostLives;
      if (slot.facts.summed != facts.summed) slot.facts = facts;
    } else if (slot.lives == 0) {
      slot = {facts, 0};
    } else {
      --slot.lives;
    }
  }

 private:
  static constexpr std::size_t kSlots = 4096;
  static std::size_t place(std::uint64_t key) noexcept { return (key >> 1U) & (kSlots - 1); }
  static constexpr std::uint32_t kMostLives = 15;
  struct Slot {
    WordFacts facts;
    std::uint32_t lives = 0;
  };
  std::vector<Slot> slots_;
};

// The memos of one model, lent to one run at a time: as many as runs go on at once. Thread-safe.
class MemoPool {
 public:
  struct GiveBack {
    MemoPool* pool;
    void operator()(WordMemo* memo) const {
      const std::lock_guard lock(pool->mutex_);
      pool->idle_.emplace_back(memo);
    }
  };
  using Lease = std::unique_ptr<WordMemo, GiveBack>;
  [[nodiscard]] Lease lease() {
    const std::lock_guard lock(mutex_);
    if (idle_.empty()) return Lease(new WordMemo, GiveBack{this});
    Lease lease(idle_.back().release(), GiveBack{this});
    idle_.pop_back();
    return lease;
  }

 private:
  std::mutex mutex_;
  std::vector<std::unique_ptr<WordMemo>> idle_;
};

}  // namespace twosource::annotate::name
