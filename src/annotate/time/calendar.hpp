#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

// Calendar arithmetic on the proleptic Gregorian calendar. Weekdays are 1 = Monday … 7 = Sunday.
namespace twosource::annotate {

using Day = std::chrono::sys_days;

struct IsoWeek {
  int year = 0;  // ISO year: may differ from the calendar year around New Year
  int week = 1;  // 1 … 53
};

[[nodiscard]] Day make_day(int year, int month, int day);
[[nodiscard]] std::optional<Day> checked_day(int year, int month, int day);
[[nodiscard]] int year_of(Day day);
[[nodiscard]] int month_of(Day day);
[[nodiscard]] int weekday_of(Day day);
[[nodiscard]] IsoWeek iso_week(Day day);
[[nodiscard]] Day monday_of(IsoWeek week);
// The day `months` later; days beyond the end of the month become its last day.
[[nodiscard]] Day add_months(Day day, int months);

// Western Easter Sunday (the anonymous Gregorian algorithm: Meeus, Astronomical Algorithms, ch. 8)
// and Orthodox Easter (Meeus' Julian algorithm, shifted to the Gregorian calendar).
[[nodiscard]] Day easter(int year);
[[nodiscard]] Day orthodox_easter(int year);
// The day `offset` days behind the beginning of a month of Ramadan that falls into Gregorian `year`
// (the first one when two do), by the tabular Islamic calendar (type II, civil epoch): within a day
// or two of the announced date. The month has 30 days; 30 is the feast of fast-breaking, 98 that of
// sacrifice (10 Dhu al-Hijja).
[[nodiscard]] std::optional<Day> ramadan(int year, int offset = 0);

// The day a rule of time_holidays.tsv names in `year`: "12-25" (a fixed day), "easter+49",
// "orthodox-2", "sun<12-25-3" (third Sunday before 25 December), "thu>11-01+3" (fourth Thursday on
// or after 1 November), "ramadan+30". nullopt for a rule that is none.
[[nodiscard]] std::optional<Day> holiday(std::string_view rule, int year);

}  // namespace twosource::annotate
