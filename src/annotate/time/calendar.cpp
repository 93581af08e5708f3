#include "annotate/time/calendar.hpp"

#include <charconv>
#include <cstdlib>

namespace twosource::annotate {
namespace {

using std::chrono::days;
using std::chrono::year_month_day;

std::optional<int> to_int(std::string_view text) {
  if (!text.empty() && text.front() == '+') text.remove_prefix(1);
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

// "12-25" in a year.
std::optional<Day> month_day(std::string_view text, int year) {
  if (text.size() != 5 || text[2] != '-') return std::nullopt;
  const auto month = to_int(text.substr(0, 2));
  const auto day = to_int(text.substr(3));
  if (!month || !day) return std::nullopt;
  return checked_day(year, *month, *day);
}

int weekday_code(std::string_view code) {
  constexpr std::string_view kCodes[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
  for (int i = 0; i < 7; ++i) {
    if (kCodes[i] == code) return i + 1;
  }
  return 0;
}

// "sun<12-25-3" or "thu>11-01+3".
std::optional<Day> counted_weekday(std::string_view rule, int year) {
  const int weekday = rule.size() >= 9 ? weekday_code(rule.substr(0, 3)) : 0;
  if (weekday == 0 || (rule[3] != '<' && rule[3] != '>')) return std::nullopt;
  const auto anchor = month_day(rule.substr(4, 5), year);
  if (!anchor) return std::nullopt;
  int weeks = 0;
  if (rule.size() > 9) {
    const auto n = to_int(rule.substr(9));
    if (!n) return std::nullopt;
    weeks = *n;
  }
  const int at = weekday_of(*anchor);
  if (rule[3] == '>') return *anchor + days((weekday - at + 7) % 7 + 7 * weeks);
  const int back = (at - weekday + 7) % 7;
  return *anchor - days(back == 0 ? 7 : back) + days(7 * weeks);
}

std::optional<Day> offset_from(std::string_view rule, std::string_view name, Day base) {
  rule.remove_prefix(name.size());
  if (rule.empty()) return base;
  const auto n = to_int(rule);
  if (!n) return std::nullopt;
  return base + days(*n);
}

}  // namespace

Day make_day(int year, int month, int day) {
  return Day(year_month_day(std::chrono::year(year),
                            std::chrono::month(static_cast<unsigned>(month)),
                            std::chrono::day(static_cast<unsigned>(day))));
}

std::optional<Day> checked_day(int year, int month, int day) {
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > 31) {
    return std::nullopt;
  }
  const year_month_day ymd(std::chrono::year(year),
                           std::chrono::month(static_cast<unsigned>(month)),
                           std::chrono::day(static_cast<unsigned>(day)));
  if (!ymd.ok()) return std::nullopt;
  return Day(ymd);
}

int year_of(Day day) { return static_cast<int>(year_month_day(day).year()); }
int month_of(Day day) {
  return static_cast<int>(static_cast<unsigned>(year_month_day(day).month()));
}
int weekday_of(Day day) { return static_cast<int>(std::chrono::weekday(day).iso_encoding()); }

IsoWeek iso_week(Day day) {
  const Day thursday = day + days(4 - weekday_of(day));
  const int year = year_of(thursday);
  return {year, static_cast<int>((thursday - make_day(year, 1, 1)).count()) / 7 + 1};
}

Day monday_of(IsoWeek week) {
  const Day fourth = make_day(week.year, 1, 4);  // always in week 1
  return fourth - days(weekday_of(fourth) - 1) + days(7 * (week.week - 1));
}

Day add_months(Day day, int months) {
  const year_month_day d(day);
  const auto moved = d.year() / d.month() + std::chrono::months(months);
  const year_month_day result(moved.year(), moved.month(), d.day());
  if (result.ok()) return Day(result);
  return Day(year_month_day(moved / std::chrono::last));
}

Day easter(int year) {
  const int a = year % 19;
  const int b = year / 100;
  const int c = year % 100;
  const int h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
  const int l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
  const int m = (a + 11 * h + 22 * l) / 451;
  const int n = h + l - 7 * m + 114;
  return make_day(year, n / 31, n % 31 + 1);
}

Day orthodox_easter(int year) {
  const int d = (19 * (year % 19) + 15) % 30;
  const int e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7;
  const int n = d + e + 114;
  const int shift = year / 100 - year / 400 - 2;  // Julian to Gregorian
  return make_day(year, n / 31, n % 31 + 1) + days(shift);
}

std::optional<Day> ramadan(int year, int offset) {
  // Day number of 1 Ramadan of Islamic year y: 8 full months (30 and 29 in turn) behind New Year.
  const Day epoch = make_day(622, 7, 19);  // 1 Muharram 1, civil
  const int guess = (year - 622) * 33 / 32;
  for (int y = guess - 2; y <= guess + 2; ++y) {
    if (y < 1) continue;
    const int start = (y - 1) * 354 + (3 + 11 * y) / 30 + 236;
    const Day day = epoch + days(start + offset);
    if (year_of(day) == year) return day;
  }
  return std::nullopt;
}

std::optional<Day> holiday(std::string_view rule, int year) {
  if (year < 1583 || year > 9998) return std::nullopt;
  if (rule.starts_with("easter")) return offset_from(rule, "easter", easter(year));
  if (rule.starts_with("orthodox")) return offset_from(rule, "orthodox", orthodox_easter(year));
  if (rule.starts_with("ramadan")) {
    rule.remove_prefix(std::string_view("ramadan").size());
    const auto offset = rule.empty() ? std::optional<int>(0) : to_int(rule);
    return offset && std::abs(*offset) < 400 ? ramadan(year, *offset) : std::nullopt;
  }
  if (const auto fixed = month_day(rule, year)) return fixed;
  return counted_weekday(rule, year);
}

}  // namespace twosource::annotate
