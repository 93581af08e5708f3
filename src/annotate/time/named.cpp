#include <fmt/format.h>

#include <array>
#include <cstdlib>

#include "annotate/time/resolve.hpp"
#include "annotate/time/values.hpp"
#include "article/edtf.hpp"

// Holidays, named periods, seasons, decades and centuries of a draft.
namespace twosource::annotate {
namespace {

using std::chrono::days;

// A rule of a period is "BEGIN~END": two rules of holiday() ("sun<12-25-3~12-24") or two months
// ("10~03"). The end is the first such one behind the begin.
struct PeriodDays {
  Day begin;
  Day end;
  bool months = false;
};

int month_only(std::string_view rule) {
  if (rule.size() != 2 || rule[0] < '0' || rule[0] > '9' || rule[1] < '0' || rule[1] > '9')
    return 0;
  const int month = (rule[0] - '0') * 10 + (rule[1] - '0');
  return month >= 1 && month <= 12 ? month : 0;
}

std::optional<PeriodDays> period_in(std::string_view rule, int year) {
  const std::size_t tilde = rule.find('~');
  if (tilde == std::string_view::npos || year < 1 || year > 9997) return std::nullopt;
  const std::string_view from = rule.substr(0, tilde);
  const std::string_view to = rule.substr(tilde + 1);
  if (const int first = month_only(from), last = month_only(to); first != 0 && last != 0) {
    const Day end = make_day(last < first ? year + 1 : year, last, 1);
    return PeriodDays{make_day(year, first, 1), add_months(end, 1) - days(1), true};
  }
  const auto begin = holiday(from, year);
  auto end = holiday(to, year);
  if (begin && end && *end < *begin) end = holiday(to, year + 1);
  if (!begin || !end) return std::nullopt;
  return PeriodDays{*begin, *end, false};
}

}  // namespace

std::string Resolver::holiday_value(const Draft& draft, Timex& out) {
  const std::string& rule = draft.get(Key::Holiday);
  int year = explicit_year(draft);
  if (!draft.has(Key::Year) && !draft.has(Key::YearShift) && reference_.year != 0) {
    const auto sample = holiday(rule, reference_.year);
    if (sample) year = choose_year(draft, month_of(*sample), 0, out);
  }
  const std::string& unit = draft.get(Key::UnitOf);  // "am Osterwochenende": of the week
  if (year == 0) return rule.size() == 5 && unit.empty() ? "XXXX-" + rule : values::unknown(unit);
  const auto day = holiday(rule, year);
  if (day && !unit.empty()) return values::of_day(*day, 0, unit);
  return day ? format_day(*day) + time_part(draft) : "XXXX-XX-XX";
}

// The year in which the period begins that is meant: by the wording the last one that is over or
// the next one, else the one around the publication, else by tense the last or the next, else the
// nearer one; 0 unknown.
int Resolver::choose_period(const Draft& draft, std::string_view rule, Timex& out) const {
  if (draft.has(Key::Year) || draft.has(Key::YearShift) || reference_.year == 0) {
    return explicit_year(draft);
  }
  const Day now = reference_.day.value_or(make_day(reference_.year,
                                                   reference_.month == 0 ? 7 : reference_.month,
                                                   reference_.month == 0 ? 1 : 15));
  const bool said = draft.has(Key::Direction);
  const int side = direction(draft);
  int nearest = 0;
  days least = days::max();
  for (int year = reference_.year - 2; year <= reference_.year + 2; ++year) {
    const auto p = period_in(rule, year);
    if (!p) continue;
    const bool around = p->begin <= now && now <= p->end;
    if (around && (!said || side == 0)) return year;
    const days distance = p->end < now ? now - p->end : p->begin - now;
    const bool wrong_side = (side < 0 && p->end >= now) || (side > 0 && p->begin <= now);
    if (around || wrong_side || distance >= least) continue;
    least = distance;
    nearest = year;
  }
  out.direction = static_cast<std::int8_t>(side);
  return nearest;
}

std::string Resolver::period(const Draft& draft, Timex& out) {
  const std::string& rule = draft.get(Key::Holiday);
  const int year = choose_period(draft, rule, out);
  const auto p = period_in(rule, year);
  if (!p) return "XXXX-XX-XX/XXXX-XX-XX";
  const std::size_t size = p->months ? 7 : 10;  // as precise as the rule
  return fmt::format("{}/{}", format_day(p->begin).substr(0, size),
                     format_day(p->end).substr(0, size));
}

std::string Resolver::season(const Draft& draft, Timex& out) {
  const std::string& code = draft.get(Key::Season);
  int year = explicit_year(draft);
  if (!draft.has(Key::Year) && !draft.has(Key::YearShift)) {
    const int month = code == "SP" ? 4 : code == "SU" ? 7 : code == "FA" ? 10 : 12;
    year = code == "WI" && reference_.month > 0 && reference_.month <= 3
               ? reference_.year
               : choose_year(draft, month, 0, out);
  }
  return fmt::format("{}-{}", values::year(year), code);
}

std::string Resolver::decade(const Draft& draft) const {
  const int tens = draft.number(Key::Decade).value_or(0);
  if (tens >= 1000) return fmt::format("{}", tens / 10);
  int century = draft.number(Key::Century).value_or(0);
  if (century == 0) {
    const int now = reference_.year != 0 ? reference_.year : 2020;
    century = now / 100;
    if (century * 100 + tens > now) --century;
  }
  return fmt::format("{}{}", century, tens / 10);
}

std::string Resolver::century(const Draft& draft) const {
  if (const auto n = draft.number(Key::Century)) return fmt::format("{:02}", *n - 1);
  if (reference_.year == 0) return "XX";
  return fmt::format("{:02}", reference_.year / 100 + draft.number(Key::Number).value_or(0));
}

}  // namespace twosource::annotate
