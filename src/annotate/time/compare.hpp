#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "article/article.hpp"
#include "article/dossier.hpp"

namespace twosource::annotate {

// A time value as compared: TIMEX3 value ("2017-07-08", "2017-07-XX", "2021-03-02TEV",
// "2017-11-11T14:30", "2009-Q3"), its @mod and the weekday named (1 = Monday … 7, 0 none).
struct TimeValue {
  std::string_view value;
  std::string_view mod;
  int weekday = 0;
};

struct TimeComparison {
  Relation relation = Relation::Different;
  bool comparable =
      false;        // false: not two points in time (a duration, PRESENT_REF, nothing known)
  std::string why;  // in words, never empty: "2017-11 contains 2017-11-11"
};

// Equal: the same time. Compatible: one contains the other or is coarser ("2017-11" and
// "2017-11-11", "Samstag" and a date that is a Saturday, "7.40 Uhr" and "am Morgen"; clock times up
// to ten minutes apart when one is approximate). Different: they cannot both be right. The mods
// START, MID and END name half of a period of a week or longer. Symmetric in relation and
// comparable. EDTF dates are accepted too.
[[nodiscard]] TimeComparison compare_times(const TimeValue& a, const TimeValue& b);
[[nodiscard]] TimeComparison compare_times(std::string_view a, std::string_view b);
[[nodiscard]] TimeComparison compare_times(const Timex& a, const Timex& b);

}  // namespace twosource::annotate
