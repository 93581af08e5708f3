#include "annotate/time/resolve.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "annotate/time/duration.hpp"
#include "annotate/time/values.hpp"
#include "article/edtf.hpp"

namespace twosource::annotate {
namespace {

using std::chrono::days;

// "2014-11" and finer ends with a whole day?
bool names_day(std::string_view value) {
  return value.size() >= 10 && value[4] == '-' && value[7] == '-' && value[8] != 'X' &&
         value[0] != 'X' && value[5] != 'W';
}

}  // namespace

Resolver::Resolver(const Article& article, const TenseReader& tense, DatePreference preference)
    : article_(article), tense_(tense), preference_(preference) {
  if (const auto published = parse_edtf(article.published.value)) {
    reference_.year = published->year;
    reference_.month = static_cast<int>(published->month);
    reference_.day = published->day_value();
  }
}

// Does the text speak of single days (a daily paper)? Then "heute" is the day, else "nowadays".
bool Resolver::day_oriented(const std::vector<Draft>& drafts) const {
  return std::any_of(drafts.begin(), drafts.end(), [](const Draft& d) {
    const bool near_day = d.kind == DraftKind::Shift && d.get(Key::UnitOf) == "D" &&
                          !d.has(Key::Reference) &&
                          std::abs(d.number(Key::Number).value_or(9)) <= 2;
    return near_day || d.kind == DraftKind::Clock || d.kind == DraftKind::Part ||
           (d.kind == DraftKind::Today && d.has(Key::Part)) ||
           (d.kind == DraftKind::Weekday && !d.has(Key::Direction));
  });
}

std::vector<Timex> Resolver::run(const std::vector<Draft>& drafts) {
  day_oriented_ = day_oriented(drafts);
  std::vector<Timex> out;
  out.reserve(drafts.size());
  for (const Draft& d : drafts) out.push_back(resolve(d));
  attach_clock_times(drafts, out);
  for (std::size_t i = 0; i + 1 < drafts.size(); ++i) {
    if (!drafts[i].interval || drafts[i].group != drafts[i + 1].group) continue;
    order_weekdays(drafts[i], drafts[i + 1], out[i], out[i + 1]);
    for (Timex* t : {&out[i], &out[i + 1]}) {
      t->begin_point = out[i].value;
      t->end_point = out[i + 1].value;
    }
  }
  return out;
}

// "von Montag bis Freitag": the end is the first such day behind the begin.
void Resolver::order_weekdays(const Draft& first, const Draft& second, const Timex& begin,
                              Timex& end) {
  if (first.kind != DraftKind::Weekday || second.kind != DraftKind::Weekday) return;
  if (begin.value.size() != 10 || end.value.size() != 10 || begin.value < end.value) return;
  const auto from = parse_edtf(begin.value);
  const auto to = parse_edtf(end.value);
  if (!from || !to || !from->day_value() || !to->day_value() || !names_day(begin.value) ||
      !names_day(end.value))
    return;
  Day day = *to->day_value();
  while (day <= *from->day_value()) day += std::chrono::days(7);
  end.value = format_day(day);
}

Timex Resolver::resolve(const Draft& draft) {
  Timex out;
  out.span = draft.span;
  out.type = draft.type;
  out.mod = draft.get(Key::Mod);
  out.quant = draft.get(Key::Quant);
  out.freq = draft.get(Key::Freq);
  out.value = value_of(draft, out);
  if (out.type == TimexType::Date && out.value.find('T') != std::string::npos &&
      !out.value.ends_with("_REF")) {
    out.type = TimexType::Time;
  }
  if (const std::size_t slash = out.value.find('/'); slash != std::string::npos) {
    out.begin_point = out.value.substr(0, slash);
    out.end_point = out.value.substr(slash + 1);
  } else if (out.type == TimexType::Date || out.type == TimexType::Time) {
    remember(out.value);
  }
  return out;
}

void Resolver::remember(const std::string& value) {
  if (value.ends_with("_REF") || value.empty() || value[0] == 'X' || value[0] == 'T') return;
  last_ = value;
  if (!names_day(value)) return;
  if (const auto d = parse_edtf(std::string_view(value).substr(0, 10))) last_day_ = d->day_value();
}

std::string Resolver::value_of(const Draft& draft, Timex& out) {
  switch (draft.kind) {
    case DraftKind::Date:
      return date(draft, out);
    case DraftKind::Weekday:
      return weekday(draft, out);
    case DraftKind::Shift:
      return shift(draft, draft.number(Key::Number).value_or(0), draft.get(Key::UnitOf));
    case DraftKind::Season:
      return season(draft, out);
    case DraftKind::Decade:
      return decade(draft);
    case DraftKind::Century:
      return century(draft);
    case DraftKind::Duration:
      anchor(draft, out);
      return duration_value(draft.get(Key::Number), draft.get(Key::UnitOf), draft.get(Key::Number2),
                            draft.get(Key::UnitOf2));
    case DraftKind::Set:
      if (draft.has(Key::Value)) return draft.get(Key::Value);
      return duration_value(draft.get(Key::Number), draft.get(Key::UnitOf), "", "");
    case DraftKind::Literal:
      return draft.get(Key::Value);
    case DraftKind::Clock:
    case DraftKind::Part:
      return time_part(draft);  // the day is put before it later
    case DraftKind::Holiday:
      return holiday_value(draft, out);
    case DraftKind::Week: {
      const int year = explicit_year(draft);
      const int week = draft.number(Key::Week).value_or(1);
      return fmt::format("{}-W{:02}", values::year(year != 0 ? year : reference_.year), week);
    }
    case DraftKind::Weekend:
      return weekend(draft, out);
    case DraftKind::Today:
      if (!day_oriented_ && !draft.has(Key::Part)) return "PRESENT_REF";
      return shift(draft, 0, "D");
    case DraftKind::Same:
      return same(draft);
    case DraftKind::Period:
      return period(draft, out);
  }
  return {};
}

std::string Resolver::time_part(const Draft& draft) {
  if (!draft.has(Key::Hour)) return draft.has(Key::Part) ? "T" + draft.get(Key::Part) : "";
  int hour = draft.number(Key::Hour).value_or(0);
  int minute = draft.number(Key::Minute).value_or(0);
  const std::string& part = draft.get(Key::Part);
  if ((part == "PM" || part == "AF" || part == "EV") && hour < 12) hour += 12;
  if (part == "AM" && hour == 12) hour = 0;
  if (part == "NI" && hour >= 6 && hour < 12) hour += 12;
  if (minute < 0) {  // "Viertel vor acht"
    minute += 60;
    hour = (hour + 23) % 24;
  }
  return fmt::format("T{:02}:{:02}{}", hour, minute, draft.get(Key::Zone));
}

int Resolver::direction(const Draft& draft, Told* by) const {
  Told ignored = Told::Wording;
  Told& told = by == nullptr ? ignored : *by;
  told = Told::Wording;
  if (const auto said = draft.number(Key::Direction)) return *said;
  const Tense tense = tense_.around(article_.tokens, draft.first_token, draft.last_token);
  told = Told::Tense;
  if (tense == Tense::Past) return -1;
  if (tense == Tense::Future) return 1;
  if (const auto lean = draft.number(Key::Lean)) return *lean;
  if (tense == Tense::Perfect) return -1;
  if (preference_ != DatePreference::Text) {
    told = Told::Preference;
    return preference_ == DatePreference::Past ? -1 : 1;
  }
  if (tense == Tense::Present) told = Told::PresentTense;
  return tense == Tense::Unknown ? 0 : 1;
}

int Resolver::explicit_year(const Draft& draft) const {
  if (const auto y = draft.number(Key::Year)) {
    if (*y >= 100 || draft.get(Key::Year).size() > 2) return *y;
    // Two digits: up to ten years ahead of the publication (or of 2030), otherwise the past
    // century.
    const int now = reference_.year != 0 ? reference_.year : 2020;
    const int year = now / 100 * 100 + *y;
    return year > now + 10 ? year - 100 : year;
  }
  if (const auto n = draft.number(Key::YearShift)) {
    if (draft.get(Key::Reference) == "last" && !last_.empty()) {
      return values::leading_year(last_) + *n;
    }
    return reference_.year == 0 ? 0 : reference_.year + *n;
  }
  return 0;
}

int Resolver::choose_year(const Draft& draft, int month, int day, Timex& out) {
  if (reference_.year == 0) return 0;
  Told told = Told::Wording;
  out.direction = static_cast<std::int8_t>(direction(draft, &told));
  if (reference_.month == 0) return out.direction == 0 ? reference_.year : 0;
  const int ahead = month - reference_.month;
  if (told == Told::Preference) return preferred_year(month, day, out.direction);
  if (out.direction < 0) return ahead > 0 ? reference_.year - 1 : reference_.year;
  if (out.direction > 0) {
    // A month well before the publication, said in the future tense, is next year's; the present
    // tense is also used of the past, so that it needs half a year.
    const int back = told == Told::PresentTense ? -6 : -2;
    return ahead <= back ? reference_.year + 1 : reference_.year;
  }
  if (ahead > 8) return reference_.year - 1;
  return ahead < -8 ? reference_.year + 1 : reference_.year;
}

// The last year in which the month (and day, if not 0) is not behind the publication, or the first
// in which it is not before it.
int Resolver::preferred_year(int month, int day, int direction) const {
  int side = month - reference_.month;
  if (side == 0 && day != 0 && reference_.day) {
    const auto same_year = checked_day(reference_.year, month, day);
    side = !same_year                     ? 0
           : *same_year < *reference_.day ? -1
           : *same_year > *reference_.day ? 1
                                          : 0;
  }
  return side * direction < 0 ? reference_.year + direction : reference_.year;
}

std::string Resolver::date(const Draft& draft, Timex& out) {
  if (draft.has(Key::Iso)) return draft.get(Key::Iso) + time_part(draft);
  const int month = draft.number(Key::Month).value_or(0);
  const int day = draft.number(Key::MonthDay).value_or(0);
  int year = explicit_year(draft);
  const bool free = !draft.has(Key::Year) && !draft.has(Key::YearShift);
  if (const auto q = draft.number(Key::Quarter)) {
    if (free) year = choose_year(draft, *q * 3 - 1, 0, out);
    return fmt::format("{}-Q{}", values::year(year), *q);
  }
  if (const auto half = draft.number(Key::Half)) {
    if (free) year = choose_year(draft, *half * 6, 0, out);
    return fmt::format("{}-H{}", values::year(year), *half);
  }
  if (month == 0) {
    if (day == 0) return values::year(year) + time_part(draft);
    // "am 5.": of the last month named, else of the month of publication.
    std::string value =
        last_.size() >= 7 && last_[5] != 'W' && last_[5] != 'Q'
            ? last_.substr(0, 7)
            : fmt::format("{}-{}", values::year(reference_.year), values::two(reference_.month));
    return fmt::format("{}-{:02}{}", value, day, time_part(draft));
  }
  if (free) year = choose_year(draft, month, day, out);
  if (day == 0) return fmt::format("{}-{:02}{}", values::year(year), month, time_part(draft));
  if (year != 0 && !checked_day(year, month, day)) {
    return fmt::format("{}-{:02}", values::year(year), month);
  }
  if (const auto wd = draft.number(Key::Weekday)) out.weekday = static_cast<std::uint8_t>(*wd);
  return fmt::format("{}-{:02}-{:02}{}", values::year(year), month, day, time_part(draft));
}

std::string Resolver::weekday(const Draft& draft, Timex& out) {
  const int wd = draft.number(Key::Weekday).value_or(1);
  out.weekday = static_cast<std::uint8_t>(wd);
  const std::string time = time_part(draft);
  const auto weeks = draft.number(Key::WeekShift);
  out.direction = static_cast<std::int8_t>(weeks ? std::clamp(*weeks, -1, 1) : direction(draft));
  if (!reference_.day) {
    if (reference_.month == 0 || reference_.year == 0) {
      return fmt::format("XXXX-WXX-{}{}", wd, time);
    }
    return fmt::format("{}-{}-XX{}", values::year(reference_.year), values::two(reference_.month),
                       time);
  }
  const Day now = *reference_.day;
  const int today = weekday_of(now);
  if (weeks) return format_day(now + days(7 * *weeks + wd - today)) + time;
  const bool said = draft.has(Key::Direction);  // "vergangenen", "kommenden": never today
  const int more = 7 * std::clamp(draft.number(Key::Number).value_or(0), 0, 10000);
  if (out.direction > 0) {
    const int ahead = (wd - today + 7) % 7;
    return format_day(now + days(more + (ahead == 0 && said ? 7 : ahead))) + time;
  }
  const int back = (today - wd + 7) % 7;
  return format_day(now - days(more + (back == 0 && said ? 7 : back))) + time;
}

std::string Resolver::shift(const Draft& draft, int n, std::string_view unit) {
  const bool from_last = draft.get(Key::Reference) == "last";
  const std::string time = time_part(draft);
  n = std::clamp(n, -100000, 100000);
  if (from_last && !last_.empty()) return values::shifted(last_, last_day_, n, unit) + time;
  if (from_last) return values::unknown(unit) + time;
  // "heute vor einem Jahr": not the year but the day
  if (reference_.day && draft.get(Key::UnitOf2) == "D") {
    return values::of_day(values::moved(*reference_.day, n, unit), 0, "D") + time;
  }
  std::string value = reference_.day
                          ? values::of_day(*reference_.day, n, unit)
                          : values::of_partial(reference_.year, reference_.month, n, unit);
  // "am 5. dieses Monats"
  if (const auto day = draft.number(Key::MonthDay); day && unit == "M" && value.size() == 7) {
    value += fmt::format("-{:02}", *day);
  }
  return value + time;
}

std::string Resolver::weekend(const Draft& draft, Timex& out) {
  const auto said = draft.number(Key::Direction);
  out.direction = static_cast<std::int8_t>(direction(draft));
  if (!reference_.day) return values::of_partial(reference_.year, reference_.month, 0, "WE");
  int weeks = 0;
  const bool is_weekend = weekday_of(*reference_.day) >= 6;
  if (out.direction <= 0 && (!is_weekend || said)) weeks = -1;
  if (out.direction > 0 && is_weekend && said) weeks = 1;
  return values::of_day(*reference_.day, weeks, "WE");
}

// "am selben Tag", "in dem Jahr": the last date mentioned, cut to the unit.
std::string Resolver::same(const Draft& draft) const {
  const std::string& unit = draft.get(Key::UnitOf);
  if (last_.empty()) return values::unknown(unit);
  return values::shifted(last_, last_day_, 0, unit) + time_part(draft);
}

// "vor drei Wochen": the period between that day and the publication.
void Resolver::anchor(const Draft& draft, Timex& out) const {
  const auto side = draft.number(Key::Anchor);
  const auto n = draft.number(Key::Number);
  if (!side || !n || reference_.year == 0) return;
  const std::string unit = draft.get(Key::UnitOf);
  if (unit.size() > 1 && unit != "DE" && unit != "CE") return;
  const auto at = [&](int count) {
    const int steps = std::clamp(count, -100000, 100000);
    return reference_.day ? values::of_day(*reference_.day, steps, unit)
                          : values::of_partial(reference_.year, reference_.month, steps, unit);
  };
  const std::string now = article_.published.value.substr(0, 10);
  out.direction = static_cast<std::int8_t>(*side < 0 ? -1 : 1);
  out.begin_point = *side < 0 ? at(-*n) : now;
  out.end_point = *side < 0 ? now : at(*n);
}

// Was a clock time of the past still to come when the text appeared? (Two hours for time zones.)
bool Resolver::of_day_before(const Draft& draft, std::string_view time) const {
  const int said = digits_at(time, 1, 2);
  const int now = digits_at(article_.published.value, 11, 2);
  return said >= 0 && now >= 0 && said > now + 2 && direction(draft) < 0;
}

// The day a clock time or part of the day belongs to: the nearest day named in the sentence (before
// it rather than behind it), else for a clock time of the past the last one named in the sentences
// before ("am Dienstag … Gegen 7.40 Uhr"), the publication day otherwise, or the day before.
std::string Resolver::context_day(const std::vector<Draft>& drafts, const std::vector<Timex>& out,
                                  std::size_t i) const {
  // MEANTIME value F1 82.3 -> 82.8, KRAUTS 81.2 as without; no other number was tried.
  constexpr std::uint32_t kSentencesBack = 3;
  const auto sentence_of = [&](std::size_t k) {
    return article_.tokens.tokens[drafts[k].first_token].sentence;
  };
  const std::uint32_t sentence = sentence_of(i);
  const auto usable = [&](std::size_t k) {
    const DraftKind kind = drafts[k].kind;
    return out[k].value.size() >= 10 &&
           (kind == DraftKind::Date || kind == DraftKind::Weekday || kind == DraftKind::Shift ||
            kind == DraftKind::Today || kind == DraftKind::Holiday || kind == DraftKind::Same);
  };
  const auto day_part = [&](std::size_t k) {
    return out[k].value.substr(0, std::min(out[k].value.find('T'), out[k].value.size()));
  };
  for (std::size_t k = i; k-- > 0 && sentence_of(k) == sentence;) {
    if (usable(k)) return day_part(k);
  }
  for (std::size_t k = i + 1; k < drafts.size() && sentence_of(k) == sentence; ++k) {
    if (usable(k)) return day_part(k);
  }
  const bool told = drafts[i].kind == DraftKind::Clock && direction(drafts[i]) < 0;
  const std::string now = reference_.day ? format_day(*reference_.day) : std::string();
  for (std::size_t k = i; told && k-- > 0 && sentence_of(k) + kSentencesBack >= sentence;) {
    if (usable(k) && (now.empty() || day_part(k) <= now)) return day_part(k);
  }
  const bool before = of_day_before(drafts[i], out[i].value);
  if (reference_.day) return format_day(*reference_.day - days(before ? 1 : 0));
  return reference_.year == 0 ? std::string()
                              : values::of_partial(reference_.year, reference_.month, 0, "D");
}

void Resolver::attach_clock_times(const std::vector<Draft>& drafts, std::vector<Timex>& out) const {
  for (std::size_t i = 0; i < drafts.size(); ++i) {
    const bool clock = drafts[i].kind == DraftKind::Clock || drafts[i].kind == DraftKind::Part;
    if (!clock || out[i].type == TimexType::Set) continue;
    out[i].value = context_day(drafts, out, i) + out[i].value;
    out[i].type = TimexType::Time;
  }
}

}  // namespace twosource::annotate
