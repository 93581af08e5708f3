#include "annotate/measure/compare.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <optional>
#include <string_view>
#include <system_error>

namespace twosource::annotate {
namespace {

bool same(double a, double b) {
  return std::abs(a - b) <= 1e-9 * std::max({1.0, std::abs(a), std::abs(b)});
}

std::string_view words(Bound bound) {
  switch (bound) {
    case Bound::Exact:
      return "";
    case Bound::Approx:
      return "about ";
    case Bound::AtLeast:
      return "at least ";
    case Bound::MoreThan:
      return "more than ";
    case Bound::AtMost:
      return "at most ";
    case Bound::LessThan:
      return "less than ";
    case Bound::Nearly:
      return "nearly ";
  }
  return "";
}

std::string show(const Measure& m) { return fmt::format("{}{}", words(m.bound), m.value); }

// A value as it is shown, "11 Knoten": its number and its unit's name.
struct Shown {
  double number = 0;
  std::string_view unit;
};
std::optional<Shown> shown(const Measure& m) {
  const std::size_t space = m.value.find(' ');
  if (space == std::string::npos) return std::nullopt;
  Shown out{0, std::string_view(m.value).substr(space + 1)};
  const char* const end = m.value.data() + space;
  const auto [stop, error] = std::from_chars(m.value.data(), end, out.number);
  if (error != std::errc() || stop != end) return std::nullopt;
  return out;
}

// In the unit in which both are given ("3 Knoten"), else in the base unit.
std::string show_difference(const Measure& a, const Measure& b, double difference) {
  if (a.unit == Unit::Duration) return iso_duration(difference);
  const std::optional<Shown> x = shown(a);
  const std::optional<Shown> y = shown(b);
  if (x && y && x->unit == y->unit) {
    return fmt::format("{:.6g} {}", std::abs(x->number - y->number), x->unit);
  }
  if (same(difference, std::round(difference))) {
    return fmt::format("{:.0f}{}{}", difference, a.unit_name.empty() ? "" : " ", a.unit_name);
  }
  return fmt::format("{:.6g}{}{}", difference, a.unit_name.empty() ? "" : " ", a.unit_name);
}

// Why the two are about different quantities; empty when they are not.
std::string not_comparable(const Measure& a, const Measure& b) {
  if (a.unit != b.unit) {
    return fmt::format("{} and {} are different kinds of quantity", to_string(a.unit),
                       to_string(b.unit));
  }
  // Length, weight and so on are kept in base units; currencies and scores are not convertible.
  if (a.unit == Unit::Money && a.unit_name != b.unit_name) {
    return fmt::format("{} and {} are different currencies", a.unit_name, b.unit_name);
  }
  const bool actual_a = a.modality == Modality::Actual;
  const bool actual_b = b.modality == Modality::Actual;
  if (a.modality != b.modality && (actual_a || actual_b)) {
    return fmt::format("one is {}, the other {}", to_string(a.modality), to_string(b.modality));
  }
  return {};
}

// A score or vote is two numbers: low and high are its sides, not a range.
Comparison compare_scores(const Measure& a, const Measure& b) {
  Comparison out;
  out.comparable = true;
  const bool equal = same(a.low, b.low) && same(a.high, b.high);
  const bool turned = same(a.low, b.high) && same(a.high, b.low);
  out.relation = equal ? Relation::Equal : turned ? Relation::Compatible : Relation::Different;
  out.why = equal    ? fmt::format("both say {}", a.value)
            : turned ? "the same score seen from the other side"
                     : fmt::format("{} is not {}", a.value, b.value);
  return out;
}

// The place of the last digit that is not 0, or five of it where that digit is a 5: what a number
// is rounded to at most (370: 10, 9600: 100, 25: 5). Only of numbers that are kept as they are
// written.
double last_place(const Measure& m) {
  const double size = std::max(std::abs(m.low), std::abs(m.high));
  if ((m.unit != Unit::Count && m.unit != Unit::Money) || !(size >= 1 && size < 1e15)) {
    return std::numeric_limits<double>::infinity();
  }
  double place = 1;
  while (same(std::fmod(size, 10 * place), 0)) place *= 10;
  const bool five = same(std::fmod(size / place, 10), 5);
  return five ? 5 * place : place;
}

std::string compatible_reason(const Measure& a, const Measure& b) {
  if (a.low < a.high || b.low < b.high) return "the ranges overlap";
  if (a.bound != Bound::Exact || b.bound != Bound::Exact) {
    return fmt::format("{} and {} allow each other", show(a), show(b));
  }
  const bool first = a.granularity != b.granularity ? a.granularity > b.granularity
                                                    : last_place(a) >= last_place(b);
  const Measure& coarse = first ? a : b;
  const Measure& fine = first ? b : a;
  return fmt::format("{} is {} rounded", coarse.value, fine.value);
}

// How far a number that is said to be inexact may be off: `share` of it, not more than the place of
// its last digit ("knapp 54 Millionen" is no 50), but 2 % always.
double slack_of(const Measure& m, double share) {
  const double size = std::max(std::abs(m.low), std::abs(m.high));
  return std::min(share * size, std::max(0.02 * size, last_place(m)));
}

// What a value can mean beside one that is inexact as well: who rounds, too, does not round to the
// other one's neighbour ("rund 30" and "etwa 25" are two values).
Interval narrow_values(const Measure& m) {
  constexpr double kNarrow = 0.06;
  const double low = std::min(m.low, m.high);
  const double high = std::max(m.low, m.high);
  switch (m.bound) {
    case Bound::Approx: {
      const double slack = std::max(std::max(m.granularity, 0.0) / 2, slack_of(m, kNarrow));
      return {low - slack, high + slack};
    }
    case Bound::AtLeast:
      return {low, std::numeric_limits<double>::infinity()};
    case Bound::AtMost:
      return {std::min(0.0, low), high};
    default:
      return possible_values(m);
  }
}

// Is one of two exact numbers the other one rounded, though neither says so ("740 Milliarden", "741
// Milliarden")? Then they differ by half a per cent at most.
bool rounded(const Measure& a, const Measure& b) {
  constexpr double kClose = 0.005;
  if (a.bound != Bound::Exact || b.bound != Bound::Exact || a.low < a.high || b.low < b.high) {
    return false;
  }
  const double difference = std::abs(a.low - b.low);
  const double place = std::max(last_place(a), last_place(b));
  return std::isfinite(place) && difference <= kClose * std::max(a.low, b.low) &&
         difference <= place / 2;
}

}  // namespace

Interval possible_values(const Measure& m) {
  const double half = std::max(m.granularity, 0.0) / 2;
  const double low = std::min(m.low, m.high);
  const double high = std::max(m.low, m.high);
  switch (m.bound) {
    case Bound::Exact:
      break;
    case Bound::Approx: {
      const double slack = std::max(half, slack_of(m, 0.1));
      return {low - slack, high + slack};
    }
    case Bound::AtLeast:
      return {low - half, std::numeric_limits<double>::infinity()};
    case Bound::MoreThan:
      return {low, std::max(high + half, high + 0.5 * std::abs(high))};
    case Bound::AtMost:
      return {std::min(0.0, low), high + half};
    case Bound::LessThan:
      return {std::min(0.0, low), high};
    case Bound::Nearly:
      return {std::min(low - half, low - slack_of(m, 0.15)), high};
  }
  return {low - half, high + half};
}

Comparison compare(const Measure& a, const Measure& b) {
  Comparison out;
  out.why = not_comparable(a, b);
  if (!out.why.empty()) return out;
  if (a.unit == Unit::Score) return compare_scores(a, b);
  out.comparable = true;
  const bool same_value = same(a.low, b.low) && same(a.high, b.high);
  if (same_value && a.bound == b.bound) {
    out.relation = Relation::Equal;
    out.why = a.value == b.value ? fmt::format("both say {}", show(a))
                                 : fmt::format("{} is {}", a.value, b.value);
    return out;
  }
  const bool inexact = a.bound != Bound::Exact && b.bound != Bound::Exact;
  const Interval x = inexact ? narrow_values(a) : possible_values(a);
  const Interval y = inexact ? narrow_values(b) : possible_values(b);
  // Touching ends do not overlap: 135 and 136 minutes are not each other's rounding.
  const double overlap = std::min(x.high, y.high) - std::max(x.low, y.low);
  const double scale = std::max({1e-12, a.granularity, b.granularity});
  if (same_value || overlap > 1e-6 * scale || rounded(a, b)) {
    out.relation = Relation::Compatible;
    out.why = compatible_reason(a, b);
  } else {
    const double gap = a.low < b.low ? b.low - a.high : a.low - b.high;
    out.why = fmt::format("they differ by {}", show_difference(a, b, gap));
  }
  return out;
}

std::string iso_duration(double seconds) {
  const double rest = std::abs(seconds);
  if (!(rest < 1e15)) return "PXD";
  auto whole = static_cast<std::int64_t>(std::llround(rest));
  if (whole == 0) return rest > 0 ? fmt::format("PT{:.3g}S", rest) : "PT0S";
  const std::int64_t days = whole / 86400;
  whole %= 86400;
  std::string out = days > 0 ? fmt::format("P{}D", days) : "P";
  if (whole == 0) return out;
  out += 'T';
  if (whole / 3600 > 0) out += fmt::format("{}H", whole / 3600);
  if (whole / 60 % 60 > 0) out += fmt::format("{}M", whole / 60 % 60);
  if (whole % 60 > 0) out += fmt::format("{}S", whole % 60);
  return out;
}

}  // namespace twosource::annotate
