#pragma once

#include <string>
#include <string_view>

#include "clean/dates.hpp"
#include "clean/dom.hpp"
#include "clean/html_blocks.hpp"

namespace twosource::clean {

// Points of a visible date, set by looking at the conflicts on the development half of
// htmldate-eval (26 pages where the printed day and the machine-readable one differ).
inline constexpr int kDateHint = 1;    // the best there is when nothing else on the page has a date
inline constexpr int kDateEnough = 3;  // a date of the article
inline constexpr int kDateLikely = 4;  // beside the headline or called a date
inline constexpr int kDateShown = 6;   // beside the headline and alone on its line
inline constexpr int kDateSure = 7;    // the same, and called a date or followed by a time of day

// The day that a page prints: the one it was published, the one of the last change. Empty values
// have no points.
struct VisibleDates {
  std::string published;
  std::string modified;
  int score = 0;           // of `published`
  int modified_score = 0;  // of `modified`
  int known_score = 0;     // of the day that was known before
  std::string only;        // the one day in all short lines of the page, pictures' aside
};

// Scans the lines of a page for dates. Short lines near the headline, in elements called a date,
// with a label word count most; dates of captions, other articles and sentences little. `known` is
// the day that the page gives machines, `month` the month in its address; empty when none. Linear.
[[nodiscard]] VisibleDates visible_dates(const dom::Document& doc, const Page& page,
                                         const DateFinder& finder, std::string_view language,
                                         std::string_view known, std::string_view month);

// A date inside a list of other articles or the like.
[[nodiscard]] bool in_other_article(RoleHint role) noexcept;

}  // namespace twosource::clean
