#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "annotate/time/calendar.hpp"

// TIMEX3 values of dates at every precision. Units as in duration.hpp. A year or month of 0 is
// unknown and written XXXX or XX.
namespace twosource::annotate::values {

[[nodiscard]] std::string year(int year);
[[nodiscard]] std::string two(int month);
// The day `n` units (D, W, M, Y) from `day`, at most 5000.
[[nodiscard]] Day moved(Day day, int n, std::string_view unit);
// The unit that lies `n` units from `day`: (2017-11-11, -1, "W") -> "2017-W44".
[[nodiscard]] std::string of_day(Day day, int n, std::string_view unit);
// The same when the day (month 0: also the month) of the starting point is unknown; what that
// leaves open stays open: (2017, 7, -1, "D") -> "2017-07-XX", (2017, 0, -1, "M") -> "XXXX-XX".
[[nodiscard]] std::string of_partial(int year, int month, int n, std::string_view unit);
// The same from an earlier value and, when it named one, its day.
[[nodiscard]] std::string shifted(std::string_view value, const std::optional<Day>& day, int n,
                                  std::string_view unit);
[[nodiscard]] std::string unknown(std::string_view unit);
// Year at the beginning of a value; that of the middle for "199" and "19"; 0 if none.
[[nodiscard]] int leading_year(std::string_view value);

}  // namespace twosource::annotate::values
