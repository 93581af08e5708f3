#include "annotate/time/compare.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <optional>

#include "annotate/time/calendar.hpp"
#include "article/edtf.hpp"

namespace twosource::annotate {
namespace {

using std::chrono::days;

// "um den 5. Mai", and feasts by the tabular Islamic calendar, are right within two days (set by
// hand, not tuned).
constexpr days kApproximateDays{2};
// "Anfang 2014" lies in the first half of the year, "Mitte" in the half around the middle, "Ende"
// in the last half (wide on purpose, set by hand); of what is shorter than a week nothing is cut.
constexpr days kShortestPeriod{7};

// What is known of a point in time. Days: [first, last] when the year is known; month and day of
// the year when only those are. Minutes of the day: [from, to].
struct Point {
  std::optional<Day> first;
  std::optional<Day> last;
  int month = 0;
  int day = 0;
  int weekday = 0;
  int from = -1;
  int to = -1;
  bool clock = false;
  std::optional<int> zone;  // minutes ahead of UTC
  [[nodiscard]] bool any() const { return first || month > 0 || weekday > 0 || from >= 0; }
  [[nodiscard]] bool one_day() const { return first && *first == *last; }
};

void set_days(Point& p, Day first, Day last) {
  p.first = first;
  p.last = last;
}

// Minutes of the day that the TIMEX3 codes for parts of the day cover, as newspapers use them.
void set_daypart(Point& p, std::string_view code) {
  struct Part {
    std::string_view code;
    int from;
    int to;
  };
  constexpr Part kParts[] = {{"MO", 240, 720},   {"MI", 660, 840},   {"AF", 720, 1080},
                             {"EV", 1020, 1439}, {"NI", 1200, 1439}, {"DT", 360, 1200}};
  for (const Part& part : kParts) {
    if (part.code == code) {
      p.from = part.code == "NI" ? 0 : part.from;
      p.to = part.to;
    }
  }
}

void set_clock(Point& p, std::string_view time) {
  const int hour = digits_at(time, 0, 2);
  if (hour < 0) {
    set_daypart(p, time.substr(0, 2));
    return;
  }
  const int minute = time.size() >= 5 ? digits_at(time, 3, 2) : -1;
  p.clock = true;
  p.from = hour * 60 + std::max(minute, 0);
  const std::string_view zone = time.size() > 5 ? time.substr(5) : std::string_view();
  if (zone == "Z") p.zone = 0;
  if (zone.size() == 6 && digits_at(zone, 1, 2) >= 0 && digits_at(zone, 4, 2) >= 0) {
    p.zone = (zone[0] == '-' ? -1 : 1) * (digits_at(zone, 1, 2) * 60 + digits_at(zone, 4, 2));
  }
  p.to = minute >= 0 ? p.from : p.from + 59;
}

void set_season(Point& p, int year, std::string_view code) {
  struct Season {
    std::string_view code;
    int from;
    int months;
  };
  // Meteorological seasons, a month wider at both ends: newspapers are not strict.
  constexpr Season kSeasons[] = {{"SP", 2, 5}, {"SU", 5, 5}, {"FA", 8, 5}, {"WI", 11, 5}};
  for (const Season& s : kSeasons) {
    if (s.code != code) continue;
    const Day first = make_day(year, s.from, 1);
    set_days(p, s.code == "WI" ? make_day(year - 1, 11, 1) : first,
             add_months(first, s.months) - days(1));
  }
}

// The part behind the year: "-07", "-07-08", "-W23", "-W23-WE", "-W23-6", "-Q3", "-H2", "-SU".
void set_in_year(Point& p, int year, std::string_view rest) {
  const char kind = rest.size() > 1 ? rest[1] : '\0';
  if (kind == 'W' && digits_at(rest, 2, 2) > 0) {
    const Day monday = monday_of({year, std::min(digits_at(rest, 2, 2), 53)});
    set_days(p, monday, monday + days(6));
    if (rest.substr(4) == "-WE") p.first = monday + days(5);
    if (const int weekday = digits_at(rest, 5, 1); weekday > 0) {
      set_days(p, monday + days(weekday - 1), monday + days(weekday - 1));
    }
  } else if (kind == 'Q' || kind == 'H') {
    const int size = kind == 'Q' ? 3 : 6;
    const int index = std::max(digits_at(rest, 2, 1), 1);
    const Day first = make_day(year, 1, 1);
    set_days(p, add_months(first, size * (index - 1)), add_months(first, size * index) - days(1));
  } else if (const int month = digits_at(rest, 1, 2); month >= 1 && month <= 12) {
    const int day = digits_at(rest, 4, 2);
    const Day first = make_day(year, month, 1);
    set_days(p, first, add_months(first, 1) - days(1));
    if (const auto exact = checked_day(year, month, day)) set_days(p, *exact, *exact);
  } else if (rest.size() == 3) {
    set_season(p, year, rest.substr(1));
  }
}

Point parse_one(const TimeValue& v) {
  Point p;
  p.weekday = v.weekday;
  std::string_view date = v.value;
  if (const std::size_t t = date.find('T');
      t != std::string_view::npos && !date.starts_with('P') && !date.ends_with("_REF")) {
    set_clock(p, date.substr(t + 1));
    date = date.substr(0, t);
  }
  if (date.starts_with("XXXX")) {
    if (const std::size_t w = date.find("-WXX-"); w != std::string_view::npos && p.weekday == 0) {
      p.weekday = std::max(digits_at(date, w + 5, 1), 0);
    }
    const int month = digits_at(date, 5, 2);
    if (month > 0) p.month = month;
    if (month > 0) p.day = std::max(digits_at(date, 8, 2), 0);
    return p;
  }
  const std::size_t digits = std::min(date.find_first_not_of("0123456789"), date.size());
  if (digits < 2 || digits > 4) return p;
  const int head = digits_at(date, 0, digits);
  if (digits == 4 && head > 0) {
    set_days(p, make_day(head, 1, 1), make_day(head, 12, 31));
    set_in_year(p, head, date.substr(4));
    if (const std::size_t w = date.find("-WXX-"); w != std::string_view::npos && p.weekday == 0) {
      p.weekday = std::max(digits_at(date, w + 5, 1), 0);
    }
  } else if (digits == date.size() && head > 0) {  // a decade or a century
    const int span = digits == 3 ? 10 : 100;
    set_days(p, make_day(head * span, 1, 1), make_day(head * span + span - 1, 12, 31));
  }
  return p;
}

// The part of a period that "Anfang", "Mitte", "Ende" name.
void set_part(Point& p, std::string_view mod) {
  if (!p.first || *p.last - *p.first + days(1) < kShortestPeriod) return;
  const days half = (*p.last - *p.first) / 2;
  if (mod == "START") p.last = *p.first + half;
  if (mod == "END") p.first = *p.first + half + days(1);
  if (mod == "MID") set_days(p, *p.first + half / 2, *p.last - half / 2);
}

// A period "2020-10/2021-03" reaches from the first to the last day of its ends.
Point parse(const TimeValue& v) {
  const std::size_t slash = v.value.find('/');
  Point p = parse_one({v.value.substr(0, slash), v.mod, v.weekday});
  if (slash != std::string_view::npos) {
    const Point end = parse_one({v.value.substr(slash + 1), v.mod, 0});
    if (p.first && end.first) p.last = std::max(*p.first, *end.last);
    if (p.first && v.value.ends_with("/..")) p.last = make_day(9999, 12, 31);
  } else if (v.value.ends_with("TNI") && p.first) {
    // The night of a day is the one behind it or, "in der Nacht zum Dienstag", the one before it.
    p.first = *p.first - days(1);
    p.last = *p.last + days(1);
    return p;
  }
  set_part(p, v.mod);
  if (v.mod == "APPROX" && p.one_day() && p.from < 0) {
    p.first = *p.first - kApproximateDays;
    p.last = *p.last + kApproximateDays;
  }
  return p;
}

std::string day_name(int weekday) {
  constexpr std::string_view kNames[] = {"",         "Monday", "Tuesday",  "Wednesday",
                                         "Thursday", "Friday", "Saturday", "Sunday"};
  return std::string(kNames[weekday >= 1 && weekday <= 7 ? weekday : 0]);
}

bool may_fall_on(const Point& p, int month, int day) {
  if (!p.first)
    return p.month == 0 || (p.month == month && (p.day == 0 || day == 0 || p.day == day));
  if (*p.last - *p.first >= days(366)) return true;
  for (int year = year_of(*p.first); year <= year_of(*p.last); ++year) {
    const Day from = make_day(year, month, std::max(day, 1));
    const Day to = day > 0 ? from : add_months(from, 1) - days(1);
    if (from <= *p.last && *p.first <= to) return true;
  }
  return false;
}

// As it is shown: "the end of 2014".
std::string show(const TimeValue& v) {
  const std::string_view part = v.mod == "START" ? "the start of "
                                : v.mod == "MID" ? "the middle of "
                                : v.mod == "END" ? "the end of "
                                                 : "";
  return fmt::format("{}{}", part, v.value);
}

// Two clock times of known days whose zones are known: put into the zone of `a`.
void to_zone_of(const Point& a, Point& b) {
  if (!a.zone || !b.zone || !b.clock || !b.one_day()) return;
  const int minutes = b.from + *a.zone - *b.zone;
  const int shift = minutes < 0 ? -1 : minutes >= 1440 ? 1 : 0;
  const int width = b.to - b.from;
  b.from = minutes - 1440 * shift;
  b.to = b.from + width;
  set_days(b, *b.first + days(shift), *b.last + days(shift));
}

// Can both dates be one date? The reason when not.
std::optional<std::string> date_conflict(const Point& a, const Point& b, const TimeValue& va,
                                         const TimeValue& vb) {
  if (a.first && b.first) {
    if (*a.last < *b.first || *b.last < *a.first) {
      return fmt::format("{} and {} do not overlap", show(va), show(vb));
    }
  } else if ((b.month > 0 && !may_fall_on(a, b.month, b.day)) ||
             (a.month > 0 && !may_fall_on(b, a.month, a.day))) {
    return fmt::format("{} and {} name different days of the year", va.value, vb.value);
  }
  if (a.weekday > 0 && b.weekday > 0 && a.weekday != b.weekday) {
    return fmt::format("{} is not {}", day_name(a.weekday), day_name(b.weekday));
  }
  if (a.one_day() && b.weekday > 0 && weekday_of(*a.first) != b.weekday) {
    return fmt::format("{} is a {}, not a {}", va.value, day_name(weekday_of(*a.first)),
                       day_name(b.weekday));
  }
  if (b.one_day() && a.weekday > 0 && weekday_of(*b.first) != a.weekday) {
    return fmt::format("{} is a {}, not a {}", vb.value, day_name(weekday_of(*b.first)),
                       day_name(a.weekday));
  }
  return std::nullopt;
}

constexpr int kApproximateMinutes = 10;  // "gegen 7.40 Uhr" against "7.42 Uhr"

std::optional<std::string> clock_conflict(const Point& a, const Point& b, const TimeValue& va,
                                          const TimeValue& vb) {
  if (a.from < 0 || b.from < 0) return std::nullopt;
  const bool approximate = va.mod == "APPROX" || vb.mod == "APPROX";
  const int slack = a.clock && b.clock ? (approximate ? kApproximateMinutes : 0) : 60;
  if (a.from <= b.to + slack && b.from <= a.to + slack) return std::nullopt;
  if (a.clock && b.clock) {
    return fmt::format("the clock times differ by {} minutes", std::abs(a.from - b.from));
  }
  return fmt::format("{} and {} are different parts of the day", va.value, vb.value);
}

std::string compatible_reason(const Point& a, const Point& b, const TimeValue& va,
                              const TimeValue& vb) {
  if (a.weekday > 0 && b.one_day()) {
    return fmt::format("{} is a {}", vb.value, day_name(a.weekday));
  }
  if (b.weekday > 0 && a.one_day()) {
    return fmt::format("{} is a {}", va.value, day_name(b.weekday));
  }
  if (a.first && b.first && (*a.last - *a.first) != (*b.last - *b.first)) {
    const bool a_wider = *a.last - *a.first > *b.last - *b.first;
    return fmt::format("{} contains {}", show(a_wider ? va : vb), show(a_wider ? vb : va));
  }
  if (a.clock && b.clock) return "the clock times agree as far as they are exact";
  return fmt::format("{} and {} can be the same time", show(va), show(vb));
}

}  // namespace

TimeComparison compare_times(const TimeValue& a, const TimeValue& b) {
  const Point pa = parse(a);
  Point pb = parse(b);
  to_zone_of(pa, pb);
  TimeComparison out;
  if (!pa.any() || !pb.any()) {
    out.why = fmt::format("{} is no point in time", pa.any() ? b.value : a.value);
    if (a.value == b.value) out.relation = Relation::Equal;
    return out;
  }
  out.comparable = true;
  if (auto conflict = date_conflict(pa, pb, a, b)) {
    out.why = std::move(*conflict);
  } else if (auto clash = clock_conflict(pa, pb, a, b)) {
    out.why = std::move(*clash);
  } else if (a.value == b.value && pa.weekday == pb.weekday && pa.first == pb.first &&
             pa.last == pb.last) {
    // Two "am Samstag" whose weeks are unknown agree, but need not be one day.
    const bool known = pa.first || pa.day > 0;
    out.relation = known && pa.weekday == 0 ? Relation::Equal : Relation::Compatible;
    out.why = known ? "the same time" : "the same words for a time that is not known exactly";
  } else {
    out.relation = Relation::Compatible;
    out.why = compatible_reason(pa, pb, a, b);
  }
  return out;
}

TimeComparison compare_times(std::string_view a, std::string_view b) {
  return compare_times(TimeValue{a, {}, 0}, TimeValue{b, {}, 0});
}

TimeComparison compare_times(const Timex& a, const Timex& b) {
  return compare_times(TimeValue{a.value, a.mod, a.weekday}, TimeValue{b.value, b.mod, b.weekday});
}

}  // namespace twosource::annotate
