#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "text/hash_map.hpp"
#include "text/token.hpp"

namespace twosource {

// Finds the longest of many phrases that starts at a token: a trie over lower-case tokens. Phrases
// are added once, then the table is only read. A lookup that fails on its first word costs one
// hash lookup; one that goes on costs one more per token.
class PhraseTable {
 public:
  struct Match {
    std::int32_t value = -1;   // what was given to add(); -1: no match
    std::uint32_t tokens = 0;  // how many tokens it covers
    explicit operator bool() const noexcept { return value >= 0; }
  };

  // `phrase` is split at blanks and around punctuation as the tokenizer would; case is ignored.
  // The first value given to a phrase stays. value >= 0.
  void add(std::string_view phrase, std::int32_t value);
  [[nodiscard]] Match longest(const TokenLayer& layer, std::size_t at, std::size_t end) const;
  // The same for tokens given as lower-case strings.
  [[nodiscard]] bool empty() const noexcept { return words_.empty(); }
  // Calls `visit` with every lower-case word that a phrase begins with, in no fixed order.
  template <class Visit>
  void each_first_word(const Visit& visit) const {
    for (const auto& [word, id] : words_) {
      if (child(0, id) >= 0) visit(std::string_view(word));
    }
  }
  // Value of a single lower-case word as a whole phrase, -1 if none.
  [[nodiscard]] std::int32_t word(std::string_view lower) const;

 private:
  struct Node {
    std::int32_t value = -1;
    bool has_children = false;
  };
  [[nodiscard]] std::int64_t child(std::uint32_t node, std::uint32_t word) const;
  StringMap<std::uint32_t> words_;
  NumberMap<std::uint32_t> edges_;  // node << 32 | word -> node
  std::vector<Node> nodes_{Node{}};
};

}  // namespace twosource
