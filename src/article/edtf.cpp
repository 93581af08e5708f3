#include "article/edtf.hpp"

#include <fmt/format.h>

namespace twosource {

int digits_at(std::string_view text, std::size_t at, std::size_t digits) noexcept {
  if (at + digits > text.size()) return -1;
  int value = 0;
  for (std::size_t i = at; i < at + digits; ++i) {
    if (text[i] < '0' || text[i] > '9') return -1;
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

namespace {

// "T20:15", "T20:15:00", each with nothing, "Z" or "+02:00" behind it. ISO's comma or point
// fractions of a second are accepted too.
bool valid_time(std::string_view t) {
  if (t.empty() || (t[0] != 'T' && t[0] != ' ')) return false;
  const int hour = digits_at(t, 1, 2);
  if (hour < 0 || hour > 24) return false;
  if (t.size() == 3) return true;
  if (t[3] != ':') return false;
  const int minute = digits_at(t, 4, 2);
  if (minute < 0 || minute > 59) return false;
  std::size_t at = 6;
  if (at < t.size() && t[at] == ':') {
    const int second = digits_at(t, at + 1, 2);
    if (second < 0 || second > 60) return false;
    at += 3;
    if (at < t.size() && (t[at] == '.' || t[at] == ',')) {
      ++at;
      while (at < t.size() && t[at] >= '0' && t[at] <= '9') ++at;
    }
  }
  if (at == t.size()) return true;
  if (t[at] == 'Z') return at + 1 == t.size();
  if (t[at] != '+' && t[at] != '-') return false;
  const std::string_view zone = t.substr(at + 1);
  const int zone_hour = digits_at(zone, 0, 2);
  if (zone_hour < 0 || zone_hour > 14) return false;
  if (zone.size() == 2) return true;
  return digits_at(zone, zone[2] == ':' ? 3 : 2, 2) >= 0 && (zone.size() == 4 || zone.size() == 5);
}

std::chrono::year_month_day calendar(const PartialDate& d, bool last) {
  using namespace std::chrono;
  const year y{d.year};
  if (d.precision == DatePrecision::Year) {
    return last ? y / December / 31 : y / January / 1;
  }
  const month m{d.month};
  if (d.precision == DatePrecision::Month) {
    return last ? year_month_day(y / m / std::chrono::last) : y / m / 1;
  }
  return y / m / day{d.day};
}

}  // namespace

std::optional<PartialDate> parse_edtf(std::string_view text) {
  PartialDate d;
  d.year = digits_at(text, 0, 4);
  if (d.year <= 0) return std::nullopt;
  d.precision = DatePrecision::Year;
  if (text.size() == 4) return d;
  const int month = text[4] == '-' ? digits_at(text, 5, 2) : -1;
  if (month < 1 || month > 12) return std::nullopt;
  d.month = static_cast<unsigned>(month);
  d.precision = DatePrecision::Month;
  if (text.size() == 7) return d;
  const int day = text[7] == '-' ? digits_at(text, 8, 2) : -1;
  if (day < 1) return std::nullopt;
  d.day = static_cast<unsigned>(day);
  d.precision = DatePrecision::Day;
  if (!calendar(d, false).ok()) return std::nullopt;
  if (text.size() == 10) return d;
  if (!valid_time(text.substr(10))) return std::nullopt;
  d.time = std::string(text.substr(10));
  d.time[0] = 'T';
  d.precision = DatePrecision::Time;
  return d;
}

std::string PartialDate::to_edtf() const {
  switch (precision) {
    case DatePrecision::None:
      return {};
    case DatePrecision::Year:
      return fmt::format("{:04}", year);
    case DatePrecision::Month:
      return fmt::format("{:04}-{:02}", year, month);
    case DatePrecision::Day:
      return fmt::format("{:04}-{:02}-{:02}", year, month, day);
    case DatePrecision::Time:
      return fmt::format("{:04}-{:02}-{:02}{}", year, month, day, time);
  }
  return {};
}

std::optional<std::chrono::sys_days> PartialDate::day_value() const {
  if (precision < DatePrecision::Day) return std::nullopt;
  return std::chrono::sys_days(calendar(*this, false));
}

std::string format_day(std::chrono::sys_days day) {
  const std::chrono::year_month_day d(day);
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(d.year()),
                     static_cast<unsigned>(d.month()), static_cast<unsigned>(d.day()));
}

std::chrono::sys_days first_day(const PartialDate& date) { return calendar(date, false); }
std::chrono::sys_days last_day(const PartialDate& date) { return calendar(date, true); }

}  // namespace twosource
