#pragma once

#include <cstddef>

#include "article/article.hpp"

// Which kinds of measures are compared how; shared by the sources of Slots.
namespace twosource::claim {

// Kinds of which a sentence easily holds several that have nothing to do with each other: they
// need a head noun on both sides.
inline bool needs_head(Unit unit) {
  return unit == Unit::Count || unit == Unit::Percent || unit == Unit::PercentPoints ||
         unit == Unit::Ratio || unit == Unit::Other;
}

// Largest relative distance of two values that are still taken for reports of one quantity.
inline constexpr double kNear = 0.05;
inline constexpr double kNearSpecificity = 2;
// From this ratio on two figures are taken for counts of different things. On the development
// claims 71 of 91 pairs of sentences that count one noun make the same claim below a ratio of 1.3,
// 57 of 126 from there to 2, 4 of 217 above; of those with equal figures 161 of 164.
inline constexpr double kFar = 2;

// Units of which an event easily has several values in no connection, so that being close says
// nothing (durations, sums, strengths of earthquakes), and those whose equal values say nothing.
inline bool closeness_tells(Unit unit) {
  return unit == Unit::Count || unit == Unit::Percent || unit == Unit::Length ||
         unit == Unit::Area || unit == Unit::Volume || unit == Unit::Weight ||
         unit == Unit::Speed || unit == Unit::Energy || unit == Unit::Power;
}
inline bool equality_tells(Unit unit) {
  return unit != Unit::Duration && unit != Unit::Age && unit != Unit::Score &&
         unit != Unit::Ordinal;
}

// "beide Länder" and "zwei Schiffe" are in many sentences: equal counts tell from here on.
inline constexpr double kMany = 3;
inline constexpr std::size_t kMinHead = 4;      // bytes of a head noun that may be inflected
inline constexpr std::size_t kMinHeadPart = 5;  // and of one that may be a part of a compound

}  // namespace twosource::claim
