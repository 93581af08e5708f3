#pragma once

#include <vector>

#include "annotate/quote/attribution.hpp"

namespace twosource::annotate::quote {

// What the steps over one unit hand on to each other.
struct Attributor::Work {
  const Unit& unit;
  std::vector<CueHit> hits;
  std::vector<char> used;  // by hit: made a quotation
  Result result;

  [[nodiscard]] std::uint32_t segments() const {
    return static_cast<std::uint32_t>(unit.segments.size());
  }
  [[nodiscard]] bool any_taken(std::uint32_t from, std::uint32_t to) const {
    for (std::uint32_t s = from; s < to; ++s) {
      if (result.taken[s] != 0) return true;
    }
    return false;
  }
  void take(std::uint32_t from, std::uint32_t to) {
    for (std::uint32_t s = from; s < to; ++s) result.taken[s] = 1;
  }
  void mark_used(const CueHit& hit) { used[static_cast<std::size_t>(&hit - hits.data())] = 1; }
  [[nodiscard]] bool is_used(const CueHit& hit) const {
    return used[static_cast<std::size_t>(&hit - hits.data())] != 0;
  }
  [[nodiscard]] bool holds_used_hit(std::uint32_t s) const {
    for (const CueHit& hit : hits) {
      if (hit.segment == s && is_used(hit)) return true;
    }
    return false;
  }
  // Text of the segments [from, to).
  [[nodiscard]] Span text(std::uint32_t from, std::uint32_t to) const {
    return unit.span_of(unit.segments[from].first, unit.segments[to - 1].last);
  }
};

}  // namespace twosource::annotate::quote
