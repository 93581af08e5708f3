#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "article/article.hpp"
#include "claim/units.hpp"

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

// Does a sentence name a year other than the event's (EDTF; empty: the publication's), a day more
// than a month before it, or a time weeks, months or years ago ("vor einer Woche")? Then it tells
// of something else.
[[nodiscard]] bool tells_of_another_time(const Article& article, const SentenceUnit& unit,
                                         const std::string& event);

// When a value of a sentence was said: the day that the words about who said it name ("…, sagte sie
// am Mittwoch"), else the article's publication; EDTF, empty when not known.
[[nodiscard]] std::string said_on(const Article& article, const SentenceUnit& unit, Span value);

}  // namespace twosource::claim
