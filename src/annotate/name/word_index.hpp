#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "text/hash_map.hpp"

namespace twosource::annotate::name {

struct Word;

// The hash by which the name stage knows a lower-case word: that of its token.
[[nodiscard]] inline std::uint64_t word_hash(std::string_view lower) noexcept {
  return StringHash{}(lower);
}

// All tables' words in one open-addressing table, so that a token costs one look-up. Keys are the
// hashes alone: two words of one hash would be taken for each other, which at 64 bits and 10^5
// words is not to be expected and would mistake a word, no more.
class WordIndex {
 public:
  struct Entry {
    std::uint64_t hash = 0;
    const Word* word = nullptr;
    bool begins_known = false;  // a name of a gazetteer begins with it
    bool begins_role = false;   // a role noun of several words begins with it
    bool common = false;        // a noun, verb or adjective that is no name by itself
    bool common_tail = false;   // … and neither is a compound that ends with it
    bool function = false;      // a stop word
    bool body = false;          // a noun for a company or club: "Reederei"
    bool carrier = false;       // a noun for things that bear persons' names: "Sturmtief"
    bool past = false;          // a verb in the past: "wore"
    bool present = false;       // … in the present: "speaks"
    bool used = false;
  };

  // The entry of a word, made when there is none. Call reserve() first.
  Entry& at(std::uint64_t hash);
  void reserve(std::size_t words);
  [[nodiscard]] const Entry* find(std::uint64_t hash) const noexcept {
    for (std::size_t i = hash & mask_;; i = (i + 1) & mask_) {
      if (!slots_[i].used) return nullptr;
      if (slots_[i].hash == hash) return &slots_[i];
    }
  }

 private:
  std::size_t mask_ = 1;
  std::size_t count_ = 0;
  std::vector<Entry> slots_ = std::vector<Entry>(2);
};

}  // namespace twosource::annotate::name
