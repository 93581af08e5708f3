#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace twosource::claim {

inline constexpr std::size_t kIsoDay = 10;  // characters of an ISO day

// Hours from one ISO moment ("2024-10-15T09:12:00+02:00"; without an offset UTC) to the other,
// never negative. Nothing when one of them has no clock time or is none.
[[nodiscard]] std::optional<double> hours_between(std::string_view a, std::string_view b);

// Within so many hours what two named voices say is of one moment: a later figure replaces only
// what the same voice said. Set by hand, not tuned.
inline constexpr double kOneMoment = 12;

// Do two moments, by their days, or by the clock when both have one, stand so far apart that what
// was said at the earlier one may be overtaken, whoever said it?
[[nodiscard]] bool other_moment(std::string_view a, std::string_view b);

}  // namespace twosource::claim
