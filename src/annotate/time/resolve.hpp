#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "annotate/time/calendar.hpp"
#include "annotate/time/draft.hpp"
#include "annotate/time/tense.hpp"
#include "annotate/time/time.hpp"
#include "article/article.hpp"

namespace twosource::annotate {

// Second step: drafts become TIMEX3 values against the publication date (whole day, only month,
// only year or unknown), the tense of the clause and the last date mentioned. What none of them
// tells stays under-specified. One resolver an article.
class Resolver {
 public:
  Resolver(const Article& article, const TenseReader& tense, DatePreference preference);
  [[nodiscard]] std::vector<Timex> run(const std::vector<Draft>& drafts);

 private:
  struct Reference {
    int year = 0;   // 0: unknown
    int month = 0;  // 0: unknown
    std::optional<Day> day;
  };
  static void order_weekdays(const Draft& first, const Draft& second, const Timex& begin,
                             Timex& end);
  [[nodiscard]] Timex resolve(const Draft& draft);
  [[nodiscard]] std::string value_of(const Draft& draft, Timex& out);
  [[nodiscard]] std::string date(const Draft& draft, Timex& out);
  [[nodiscard]] std::string weekday(const Draft& draft, Timex& out);
  [[nodiscard]] std::string shift(const Draft& draft, int n, std::string_view unit);
  [[nodiscard]] std::string weekend(const Draft& draft, Timex& out);
  [[nodiscard]] std::string season(const Draft& draft, Timex& out);
  [[nodiscard]] std::string decade(const Draft& draft) const;
  [[nodiscard]] std::string century(const Draft& draft) const;
  [[nodiscard]] std::string holiday_value(const Draft& draft, Timex& out);
  [[nodiscard]] std::string period(const Draft& draft, Timex& out);
  [[nodiscard]] int choose_period(const Draft& draft, std::string_view rule, Timex& out) const;
  [[nodiscard]] std::string same(const Draft& draft) const;
  void anchor(const Draft& draft, Timex& out) const;
  // Appends "TEV" or "T14:30" when the draft has a part of the day or a clock time.
  [[nodiscard]] static std::string time_part(const Draft& draft);
  // What tells on which side of the publication an expression lies.
  enum class Told : std::uint8_t { Wording, Tense, PresentTense, Preference };
  // -1, 1 by the wording (dir=…), the tense or the preference; 0 unknown.
  [[nodiscard]] int direction(const Draft& draft, Told* by = nullptr) const;
  // The year a month (and day) without year falls in; 0 unknown.
  [[nodiscard]] int choose_year(const Draft& draft, int month, int day, Timex& out);
  [[nodiscard]] int preferred_year(int month, int day, int direction) const;
  [[nodiscard]] int explicit_year(const Draft& draft) const;
  [[nodiscard]] bool day_oriented(const std::vector<Draft>& drafts) const;
  void attach_clock_times(const std::vector<Draft>& drafts, std::vector<Timex>& out) const;
  [[nodiscard]] bool of_day_before(const Draft& draft, std::string_view time) const;
  [[nodiscard]] std::string context_day(const std::vector<Draft>& drafts,
                                        const std::vector<Timex>& out, std::size_t i) const;
  void remember(const std::string& value);

  const Article& article_;
  const TenseReader& tense_;
  DatePreference preference_;
  Reference reference_;
  std::string last_;  // value of the last date mentioned, empty if none
  std::optional<Day> last_day_;
  bool day_oriented_ = false;
};

}  // namespace twosource::annotate
