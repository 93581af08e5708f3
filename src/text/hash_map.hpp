#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include <xxhash.h>

namespace twosource {

// XXH3 of the bytes; transparent, so that lookups by string_view allocate nothing.
struct StringHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view s) const noexcept {
    return static_cast<std::size_t>(XXH3_64bits(s.data(), s.size()));
  }
};

template <class T>
using StringMap = std::unordered_map<std::string, T, StringHash, std::equal_to<>>;
using StringSet = std::unordered_set<std::string, StringHash, std::equal_to<>>;

}  // namespace twosource
