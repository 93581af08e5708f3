#pragma once

#include <string>

#include "article/article.hpp"
#include "article/dossier.hpp"

namespace twosource::annotate {

struct Comparison {
  Relation relation = Relation::Different;
  // False: the two are not about the same quantity (kilometres against euros, a planned against an
  // actual value): no contradiction, whatever `relation` says.
  bool comparable = false;
  std::string why;  // in words, never empty: "they differ by 1 min", "95 lies inside \"about 100\""
};

// Equal: the same value (in whatever unit), said with the same bound. Compatible: the intervals
// that the two can mean overlap by rounding, bound ("fast", "mehr als"), coarser unit or range.
// Different: they do not. Symmetric in `relation` and `comparable`; two exact values of the same
// granularity are compatible only when equal. The head noun (`of`) is not looked at.
[[nodiscard]] Comparison compare(const Measure& a, const Measure& b);

// The values that a measure can mean beside an exact one, as compare() sees them: exact values
// reach half a rounding unit up and down; "rund" 10 % or a rounding unit; "fast", "knapp" 15 %
// down; "mehr als", "gut" 50 % up; "mindestens" without end; "bis zu", "höchstens", "weniger als"
// down to 0. A count or a sum is not farther off than the place of its last digit ("knapp 54
// Millionen": 53 to 54), but by 2 %. Beside an inexact one "rund" reaches 6 % or half a rounding
// unit, and bounds are not rounded again. Two exact counts or sums that differ by half a per cent
// at most may be one rounded. The percentages are our reading of newspaper usage; those of two
// inexact values and of the last place were chosen with the values in view that readers of the
// development claims (docs/claims.md) hold for compatible (up to 1.1 times as large) or for
// different (from 1.2 times on).
struct Interval {
  double low = 0;
  double high = 0;
};
[[nodiscard]] Interval possible_values(const Measure& m);

// Seconds as ISO 8601 duration, largest units first: 8100 -> "PT2H15M", 604800 -> "P7D".
[[nodiscard]] std::string iso_duration(double seconds);

}  // namespace twosource::annotate
