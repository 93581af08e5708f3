#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace twosource::annotate {

// Units of time in rules: "D" day, "W" week, "M" month, "Q" quarter, "Y" year, "DE" decade, "CE"
// century, "WE" weekend, "TH" hour, "TM" minute, "TS" second, anything else as it is.

// TIMEX3 duration of one or two counted units: ("2", "TH", "15", "TM") -> "PT2H15M"; "X" is an
// unknown number; n2 and u2 may be empty. Quarters of an hour become minutes (PT45M).
[[nodiscard]] std::string duration_value(std::string_view n, std::string_view unit,
                                         std::string_view n2, std::string_view unit2);

struct DurationSize {
  double seconds = 0;
  double granularity = 1;  // seconds of the smallest unit named, or of the fraction of it
};
// Length of a TIMEX3 duration: days of 86400 s, weeks of 7 days, months of 30.44, years of 365.25
// (mean Gregorian lengths, rounded). nullopt for unknown numbers (PXY) and what is no duration.
[[nodiscard]] std::optional<DurationSize> duration_size(std::string_view value);

}  // namespace twosource::annotate
