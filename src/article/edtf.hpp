#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace twosource {

// Precision of a date, coarse to fine.
enum class DatePrecision : std::uint8_t { None, Year, Month, Day, Time };

// The part of EDTF (ISO 8601-2:2019, level 0) that publication dates use: "2017", "2017-07",
// "2017-07-08", "2017-07-08T20:15:00Z" or with an offset. Months and days are checked.
struct PartialDate {
  int year = 0;
  unsigned month = 0;  // 0: unknown
  unsigned day = 0;    // 0: unknown
  DatePrecision precision = DatePrecision::None;
  std::string time;  // "T20:15:00+02:00" as written, for precision Time

  [[nodiscard]] std::string to_edtf() const;
  [[nodiscard]] std::optional<std::chrono::sys_days> day_value() const;
};

// nullopt when `text` is not such a date (also "0000-00-00", "2017-13", "2017-02-30").
[[nodiscard]] std::optional<PartialDate> parse_edtf(std::string_view text);
// The number that `digits` ASCII digits at `at` write, -1 when they are not there.
[[nodiscard]] int digits_at(std::string_view text, std::size_t at, std::size_t digits) noexcept;
[[nodiscard]] std::string format_day(std::chrono::sys_days day);  // "2017-07-08"
// First and last day a partial date can mean. Requires precision != None.
[[nodiscard]] std::chrono::sys_days first_day(const PartialDate& date);
[[nodiscard]] std::chrono::sys_days last_day(const PartialDate& date);

}  // namespace twosource
