#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "article/article.hpp"
#include "article/edtf.hpp"
#include "text/hash_map.hpp"
#include "text/pack.hpp"
#include "text/span.hpp"

namespace twosource::clean {

// What the words before or behind a date say about it. Other: a day of something else than the text
// ("Registriert: 18.09.2008", "gültig bis 1.1.2020").
enum class DateRole : std::uint8_t { Plain, Published, Modified, Other };

struct FoundDate {
  // EDTF as far as written: "2017", "2017-07", "2017-11-11". A time of day without an offset is no
  // EDTF; it stands in `clock`.
  std::string value;
  std::string clock;  // "08:30" when a time of day follows the date, else empty
  DateRole role = DateRole::Plain;
  Span span;        // the date itself with its time of day
  Span with_label;  // the same with weekday and label ("Stand: Samstag, 11.11.2017, 08:30 Uhr")
};

// Reads dates as pages print them. Month names, weekdays, labels and the order of numeric dates are
// data: lang/*/months.tsv (word, month) and lang/*/date_words.tsv (word, class). Const,
// thread-safe.
class DateFinder {
 public:
  explicit DateFinder(const PackSet& packs);

  // All dates of a short text (a line, a <time> element, an attribute value), in order. Day
  // precision or, with a month's name, month precision. Never a number without the shape of a date:
  // no telephone numbers, versions, law numbers ("§ 5 2.1.2003" has the shape; callers choose the
  // lines). `language` decides 11/12/2017: day first unless the pack says month_first. O(length).
  [[nodiscard]] std::vector<FoundDate> find(std::string_view text, std::string_view language) const;

  // The date of a line that is nothing but a date: labels, weekday, place, clock, and at most
  // five other words (an author, a place). nullopt for a sentence that happens to hold a date.
  [[nodiscard]] std::optional<FoundDate> date_line(std::string_view line,
                                                   std::string_view language) const;

  // The role that a line of nothing but label words gives the date in the line after it ("Letzte
  // Änderung:"); Plain for every other line.
  [[nodiscard]] DateRole label_line(std::string_view line) const;

  // A short line of nothing but numbers and words of time ("vor 3 Stunden", "Heute, 12:34 Uhr").
  [[nodiscard]] bool is_time_line(std::string_view line) const;

  // "11.04 Uhr: …", "12:31 – …": an entry of a live ticker.
  [[nodiscard]] bool starts_with_clock(std::string_view line) const;

  // "date 2017-07", "2017-07-08:" and the like in front of a text. `with_label` is what to cut.
  [[nodiscard]] std::optional<FoundDate> prefix(std::string_view text) const;

  // The date in a path (/2017/11/11/, /2017-11-11-, 20171111), day precision or year and month.
  // Years 1990 to 2099 only; empty when the digits are no date.
  [[nodiscard]] std::string from_url(std::string_view url) const;

  // Month by its name or abbreviation in any pack (lower case, with or without dot); 0 if none.
  [[nodiscard]] unsigned month(std::string_view lower_word) const;

 private:
  struct Scan;
  enum class WordClass : std::uint8_t {
    None,
    Published,
    Modified,
    Weekday,
    Clock,
    Morning,
    Afternoon,
    Filler,
    Zone,
    Ordinal,
    Other
  };
  [[nodiscard]] WordClass word_class(std::string_view lower_word) const;
  static void add_months(const Table& months, StringMap<unsigned>& out);
  void add_words(const Table& words);

  StringMap<unsigned> months_;
  StringMap<unsigned> other_months_;  // of lang/common: languages without a pack
  StringMap<WordClass> words_;
  StringSet month_first_;  // languages that write 11/12/2017 with the month first
};

}  // namespace twosource::clean
