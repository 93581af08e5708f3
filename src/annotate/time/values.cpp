#include "annotate/time/values.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "article/edtf.hpp"

namespace twosource::annotate::values {
namespace {

using std::chrono::days;

std::string month_value(int year_number, int month, int n) {
  const int index = year_number * 12 + month - 1 + n;
  return fmt::format("{}-{:02}", year(index / 12), index % 12 + 1);
}

std::string quarter_value(int year_number, int month, int n) {
  const int index = year_number * 4 + (month - 1) / 3 + n;
  return fmt::format("{}-Q{}", year(index / 4), index % 4 + 1);
}

}  // namespace

std::string year(int year) {
  return year <= 0 || year > 9999 ? "XXXX" : fmt::format("{:04}", year);
}

std::string two(int month) { return month <= 0 ? "XX" : fmt::format("{:02}", month); }

int leading_year(std::string_view value) {
  int number = 0;
  std::size_t digits = 0;
  while (digits < value.size() && digits < 4 && value[digits] >= '0' && value[digits] <= '9') {
    number = number * 10 + (value[digits++] - '0');
  }
  if (digits == 4) return number;
  return digits == 3 ? number * 10 + 5 : digits == 2 ? number * 100 + 50 : 0;
}

std::string unknown(std::string_view unit) {
  if (unit == "Y") return "XXXX";
  if (unit == "M") return "XXXX-XX";
  if (unit == "W") return "XXXX-WXX";
  if (unit == "WE") return "XXXX-WXX-WE";
  if (unit == "Q") return "XXXX-QX";
  return "XXXX-XX-XX";
}

Day moved(Day day, int n, std::string_view unit) {
  n = std::clamp(n, -5000, 5000);
  if (unit == "M" || unit == "Y") return add_months(day, unit == "Y" ? 12 * n : n);
  return day + days(unit == "W" ? 7 * n : n);
}

std::string of_day(Day day, int n, std::string_view unit) {
  const int y = year_of(day);
  if (y < 1 || y > 9999) return unknown(unit);
  if (unit == "D") return format_day(day + days(n));
  if (unit == "W" || unit == "WE") {
    const IsoWeek week = iso_week(day + days(7 * n));
    return fmt::format("{:04}-W{:02}{}", week.year, week.week, unit == "WE" ? "-WE" : "");
  }
  return of_partial(y, month_of(day), n, unit);
}

std::string of_partial(int year_number, int month, int n, std::string_view unit) {
  if (year_number == 0) return unknown(unit);
  if (unit == "Y") return year(year_number + n);
  if (unit == "DE") return fmt::format("{:03}", std::max(year_number + 10 * n, 0) / 10);
  if (unit == "CE") return fmt::format("{:02}", std::max(year_number + 100 * n, 0) / 100);
  if (unit == "W") return fmt::format("{}-WXX", year(year_number));
  if (unit == "WE") return fmt::format("{}-WXX-WE", year(year_number));
  if (month == 0) return unknown(unit);
  if (unit == "M") return month_value(year_number, month, n);
  if (unit == "Q") return quarter_value(year_number, month, n);
  return fmt::format("{}-{:02}-XX", year(year_number), month);
}

std::string shifted(std::string_view value, const std::optional<Day>& day, int n,
                    std::string_view unit) {
  const int y = leading_year(value);
  if (unit == "Y" || unit == "DE" || unit == "CE") return of_partial(y, 0, n, unit);
  const bool is_week = value.size() >= 8 && value[4] == '-' && value[5] == 'W' && value[6] != 'X';
  if (unit == "W" && is_week) {
    const int week = (value[6] - '0') * 10 + (value[7] - '0');
    return of_day(monday_of({y, week}), n, "W");
  }
  if (value.size() >= 10 && value[8] != 'X' && day) return of_day(*day, n, unit);
  if (value.size() >= 7 && value[5] >= '0' && value[5] <= '9') {
    return of_partial(y, (value[5] - '0') * 10 + (value[6] - '0'), n, unit);
  }
  return day ? of_day(*day, n, unit) : unknown(unit);
}

}  // namespace twosource::annotate::values
