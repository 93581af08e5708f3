#include "annotate/time/duration.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

namespace twosource::annotate {
namespace {

std::optional<double> to_number(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

struct UnitLength {
  std::string_view code;  // as it stands in a value
  bool time = false;      // behind the T
  double seconds = 0;
};
constexpr double kDay = 86400;
constexpr UnitLength kUnits[] = {{"DE", false, 3652.5 * kDay},
                                 {"CE", false, 36525 * kDay},
                                 {"WE", false, 2 * kDay},
                                 {"Y", false, 365.25 * kDay},
                                 {"M", false, 30.44 * kDay},
                                 {"W", false, 7 * kDay},
                                 {"D", false, kDay},
                                 {"Q", false, 91.31 * kDay},
                                 {"H", true, 3600},
                                 {"M", true, 60},
                                 {"S", true, 1}};

void append(std::string& out, bool& in_time, std::string_view n, std::string_view unit) {
  if (unit.size() == 2 && unit.front() == 'T') {
    if (!in_time) out += 'T';
    in_time = true;
    unit.remove_prefix(1);
  }
  out += n;
  out += unit;
}

}  // namespace

std::string duration_value(std::string_view n, std::string_view unit, std::string_view n2,
                           std::string_view unit2) {
  std::string out = "P";
  bool in_time = false;
  const auto hours = unit == "TH" ? to_number(n) : std::nullopt;
  const bool quarter = hours && std::abs(*hours * 4 - std::round(*hours * 4)) < 1e-9 &&
                       std::abs(*hours * 2 - std::round(*hours * 2)) > 1e-9;
  if (quarter && n2.empty()) {
    const int minutes = static_cast<int>(std::lround(*hours * 60));
    if (minutes < 60) return fmt::format("PT{}M", minutes);
    return fmt::format("PT{}H{}M", minutes / 60, minutes % 60);
  }
  append(out, in_time, n, unit);
  if (!n2.empty() && !unit2.empty()) append(out, in_time, n2, unit2);
  return out;
}

std::optional<DurationSize> duration_size(std::string_view value) {
  if (!value.starts_with('P') || value.size() < 3 || value.ends_with("_REF")) return std::nullopt;
  value.remove_prefix(1);
  DurationSize out;
  bool in_time = false;
  bool any = false;
  while (!value.empty()) {
    if (value.front() == 'T') {
      if (in_time) return std::nullopt;
      in_time = true;
      value.remove_prefix(1);
      continue;
    }
    const std::size_t digits = std::min(value.find_first_not_of("0123456789."), value.size());
    const auto n = to_number(value.substr(0, digits));
    if (digits == 0 || !n) return std::nullopt;
    const std::string_view number = value.substr(0, digits);
    value.remove_prefix(digits);
    const UnitLength* unit = nullptr;
    for (const UnitLength& u : kUnits) {
      if (unit == nullptr && u.time == in_time && value.starts_with(u.code)) unit = &u;
    }
    if (unit == nullptr) return std::nullopt;
    value.remove_prefix(unit->code.size());
    out.seconds += *n * unit->seconds;
    const bool fraction = number.find('.') != std::string_view::npos;
    out.granularity = fraction ? unit->seconds * (*n - std::floor(*n)) : unit->seconds;
    any = true;
  }
  if (!any) return std::nullopt;
  return out;
}

}  // namespace twosource::annotate
