#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "story/ties.hpp"

namespace twosource::desk {

// Which events story::join_by_ties would join directly with one, among any number: found without
// looking at all of them. Names are kept as hashes, so that once in 2^64 times it names one too
// many. Events are the keys of a map that outlives the links. Logarithmic in the events.
class StoryLinks {
 public:
  using Name = const std::string*;
  void put(Name event, const story::Ties& ties);
  void erase(Name event, const story::Ties& ties);  // the ties it was put with
  [[nodiscard]] std::vector<Name> of(Name event, const story::Ties& ties) const;

 private:
  using Somewhere = std::set<std::tuple<std::uint64_t, int, int, Name>>;  // from when till when
  std::set<std::tuple<std::uint64_t, int, Name>> pairs_;                  // of two persons: when
  Somewhere places_;                                                      // of the events
  Somewhere references_;
};

}  // namespace twosource::desk
