#pragma once

#include <tsl/ordered_map.h>
#include <tsl/ordered_set.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#define XXH_INLINE_ALL  // short keys are hashed in place, not through a library call
#include <xxhash.h>

// Hash tables for what is looked up at every token. They keep their elements in the order in which
// they were put in (so that walking them is deterministic), in one array; the table itself is eight
// bytes a bucket, hash included, so that a look-up that fails, the usual one, touches one cache
// line and no string. Iterators and references end with the next insertion; `it.value()` changes a
// value.
namespace twosource {

// XXH3 of the bytes; transparent, so that lookups by string_view allocate nothing.
struct StringHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view s) const noexcept {
    return static_cast<std::size_t>(XXH3_64bits(s.data(), s.size()));
  }
};

// Mixes the bits of a number (the finaliser of MurmurHash3), since tables use the low ones.
struct NumberHash {
  std::size_t operator()(std::uint64_t x) const noexcept {
    x = (x ^ (x >> 33U)) * 0xFF51AFD7ED558CCDULL;
    x = (x ^ (x >> 33U)) * 0xC4CEB9FE1A85EC53ULL;
    return static_cast<std::size_t>(x ^ (x >> 33U));
  }
};

template <class T>
using StringMap = tsl::ordered_map<std::string, T, StringHash, std::equal_to<>,
                                   std::allocator<std::pair<std::string, T>>,
                                   std::vector<std::pair<std::string, T>>>;
using StringSet = tsl::ordered_set<std::string, StringHash, std::equal_to<>,
                                   std::allocator<std::string>, std::vector<std::string>>;
template <class T>
using NumberMap = tsl::ordered_map<std::uint64_t, T, NumberHash, std::equal_to<>,
                                   std::allocator<std::pair<std::uint64_t, T>>,
                                   std::vector<std::pair<std::uint64_t, T>>>;
using NumberSet = tsl::ordered_set<std::uint64_t, NumberHash, std::equal_to<>,
                                   std::allocator<std::uint64_t>, std::vector<std::uint64_t>>;

// A word with its StringHash: hashed once, looked up in many tables.
struct HashedWord {
  std::string_view text;
  std::size_t hash = 0;
};

// The place of `word` in a StringMap or StringSet, end() if it has none.
template <class Table>
[[nodiscard]] auto find_word(const Table& table, const HashedWord& word) {
  return table.find(word.text, word.hash);
}
template <class Table>
[[nodiscard]] bool has_word(const Table& table, const HashedWord& word) {
  return table.find(word.text, word.hash) != table.end();
}

}  // namespace twosource
