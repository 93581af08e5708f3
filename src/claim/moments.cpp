#include "claim/moments.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>

#include "article/edtf.hpp"

namespace twosource::claim {
namespace {

// Minutes since 1970, UTC.
std::optional<double> minutes(std::string_view text) {
  const int year = digits_at(text, 0, 4);
  const int month = digits_at(text, 5, 2);
  const int day = digits_at(text, 8, 2);
  const int hour = digits_at(text, 11, 2);
  const int minute = digits_at(text, 14, 2);
  if (year < 0 || month < 0 || day < 0 || hour < 0 || minute < 0 || text[kIsoDay] != 'T') return {};
  const std::chrono::year_month_day date(std::chrono::year(year),
                                         std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day)));
  if (!date.ok()) return {};
  const auto days = std::chrono::sys_days(date).time_since_epoch().count();
  double out = static_cast<double>(days) * 1440;
  out += hour * 60 + minute;
  const std::size_t sign = text.find_first_of("+-", kIsoDay + 6);
  if (sign == std::string_view::npos) return out;
  const int offset_hours = digits_at(text, sign + 1, 2);
  const int offset_minutes = digits_at(text, sign + 4, 2);
  if (offset_hours < 0) return out;
  const double offset = offset_hours * 60 + std::max(0, offset_minutes);
  return text[sign] == '+' ? out - offset : out + offset;
}

}  // namespace

std::optional<double> hours_between(std::string_view a, std::string_view b) {
  const std::optional<double> x = minutes(a);
  const std::optional<double> y = minutes(b);
  if (!x || !y) return std::nullopt;
  return std::abs(*x - *y) / 60;
}

bool other_moment(std::string_view a, std::string_view b) {
  if (a.size() < kIsoDay || b.size() < kIsoDay || a.substr(0, kIsoDay) == b.substr(0, kIsoDay))
    return false;
  const std::optional<double> hours = hours_between(a, b);
  return !hours || *hours >= kOneMoment;
}

bool tells_of_another_time(const Article& article, const SentenceUnit& unit,
                           const std::string& event) {
  const std::string& now = event.size() >= 4 ? event : article.published.value;
  if (now.size() < 4) return false;
  return std::any_of(unit.times.begin(), unit.times.end(), [&](std::uint32_t t) {
    const Timex& x = article.times[t];
    // "Vor genau einer Woche waren es 399": set beside today's to compare.
    const bool ago = x.type == TimexType::Duration && x.direction < 0 && !x.begin_point.empty();
    if (ago && x.value.find_first_of("WMY") != std::string::npos &&
        x.value.find('T') == std::string::npos) {
      return true;
    }
    if (x.type != TimexType::Date && x.type != TimexType::Time) return false;
    if (digits_at(x.value, 0, 4) < 0) return false;
    if (x.value.compare(0, 4, now, 0, 4) != 0) return true;
    const int then = digits_at(x.value, 5, 2);
    const int month = digits_at(now, 5, 2);
    return then > 0 && month > 0 && month - then > 1;
  });
}

std::string said_on(const Article& article, const SentenceUnit& unit, Span value) {
  std::string out = article.published.value;
  for (const Quote& q : article.quotes) {
    if (q.span.begin >= unit.span.end) break;
    const bool holds = std::any_of(q.parts.begin(), q.parts.end(),
                                   [&](Span part) { return part.contains(value); });
    if (!holds) continue;
    for (const std::uint32_t t : unit.times) {
      const Timex& x = article.times[t];
      const bool outside = std::none_of(q.parts.begin(), q.parts.end(), [&](Span part) {
        return part.begin < x.span.end && x.span.begin < part.end;
      });
      const bool is_day = x.value.size() >= kIsoDay && x.value[4] == '-' && x.value[7] == '-';
      if (outside && is_day && x.value.substr(0, kIsoDay) < out.substr(0, kIsoDay)) {
        out = x.value.substr(0, kIsoDay);
      }
    }
  }
  return out;
}

}  // namespace twosource::claim
