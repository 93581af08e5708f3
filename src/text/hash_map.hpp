#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#define XXH_INLINE_ALL  // short keys are hashed in place, not through a library call
#include <xxhash.h>

namespace twosource {

// XXH3 of the bytes; transparent, so that lookups by string_view allocate nothing.
struct StringHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view s) const noexcept {
    return static_cast<std::size_t>(XXH3_64bits(s.data(), s.size()));
  }
};

}  // namespace twosource

// libstdc++ (manual, "Hash Code" of unordered containers): keep the hash in the nodes, so that
// walking a bucket compares numbers instead of hashing the strings again.
template <>
struct std::__is_fast_hash<twosource::StringHash> : std::false_type {};

namespace twosource {

template <class T>
using StringMap = std::unordered_map<std::string, T, StringHash, std::equal_to<>>;
using StringSet = std::unordered_set<std::string, StringHash, std::equal_to<>>;

}  // namespace twosource
