#include "clean/dates.hpp"

#include <algorithm>
#include <array>

#include "clean/date_parts.hpp"
#include "clean/flat_lex.hpp"
#include "text/utf8.hpp"

namespace twosource::clean {

namespace {

// Every date has a year of four digits, or a point behind the digits of its day. Most lines with a
// number have neither, and are not taken apart.
bool may_hold_date(std::string_view text) {
  std::size_t digits = 0;
  for (const char c : text) {
    if (digits > 0 && c == '.') return true;
    digits = c >= '0' && c <= '9' ? digits + 1 : 0;
    if (digits == 4) return true;
  }
  return false;
}

// A line with more words than this that belong to no date is a sentence, not a date line: the
// longest bylines with a date in the development pages have five ("Ana Weiss · Radio Nord ·
// Posted").
constexpr int kMaxForeignWords = 5;
// How many words in front of a date can label it ("Zuletzt aktualisiert am Montag, den").
constexpr std::size_t kLabelReach = 5;

}  // namespace

// The lexed text and the shapes that may start at a token. Every shape returns the index behind
// its last token, 0 if it does not fit, and fills `value`.
struct DateFinder::Scan {
  const DateFinder& finder;
  std::string_view text;
  std::vector<Lex> lexed;
  bool month_first = false;
  std::string value;

  [[nodiscard]] const Lex* at(std::size_t i) const {
    return i < lexed.size() ? &lexed[i] : nullptr;
  }
  [[nodiscard]] bool mark(std::size_t i, char32_t c) const {
    return i < lexed.size() && lexed[i].kind == LexKind::Mark && lexed[i].mark == c;
  }
  [[nodiscard]] int digits(std::size_t i) const {
    if (i >= lexed.size() || lexed[i].kind != LexKind::Number) return 0;
    return static_cast<int>(lexed[i].span.size());
  }
  [[nodiscard]] int number(std::size_t i) const { return digits(i) > 0 ? lexed[i].value : -1; }
  [[nodiscard]] int month_at(std::size_t i) const {
    if (i >= lexed.size() || lexed[i].kind != LexKind::Word) return 0;
    return static_cast<int>(finder.month(lexed[i].lower));
  }
  // The same with the months of languages that have no pack.
  [[nodiscard]] int any_month_at(std::size_t i) const {
    const int own = month_at(i);
    if (own != 0 || i >= lexed.size() || lexed[i].kind != LexKind::Word) return own;
    const auto it = finder.other_months_.find(lexed[i].lower);
    return it == finder.other_months_.end() ? 0 : static_cast<int>(it->second);
  }
  // Part of a longer number or code: "1.2.3.2017", "A4-11.11.2017" (a hyphen to a letter is one).
  [[nodiscard]] bool joined_before(std::size_t i) const {
    if (i == 0 || lexed[i].spaced) return false;
    const Lex& before = lexed[i - 1];
    if (before.kind == LexKind::Word) {  // "Erstellt am09.02.2022"
      return finder.word_class(before.lower) == WordClass::None;
    }
    if (before.kind != LexKind::Mark) return true;
    if (before.mark != '.' && before.mark != '-' && before.mark != '/' && before.mark != ':') {
      return before.mark == '+' || before.mark == '#' || before.mark == '=';
    }
    return !before.spaced && i >= 2 && lexed[i - 2].kind == LexKind::Number;
  }
  [[nodiscard]] bool joined_after(std::size_t end) const {
    const Lex* next = at(end);
    if (next == nullptr || next->spaced) return false;
    if (next->kind == LexKind::Number) return true;
    if (next->mark != '.' && next->mark != '-' && next->mark != '/') return false;
    return digits(end + 1) > 0 && digits(end + 1) != 2 && !lexed[end + 1].spaced;
  }
  bool set(int y, int m, int d) {
    if (d == 0 ? (m < 1 || m > 12 || y < date_parts::kFirstYear || y > date_parts::kLastYear)
               : !date_parts::valid_day(y, m, d)) {
      return false;
    }
    value = date_parts::edtf(y, m, d);
    return true;
  }
  // "2017" as a year, "17" with two digits; -1 otherwise.
  [[nodiscard]] int year(std::size_t i, bool short_allowed) const {
    if (digits(i) == 4) return number(i);
    if (short_allowed && digits(i) == 2) return number(i) + (number(i) < 70 ? 2000 : 1900);
    return -1;
  }

  // 2017-11-11, 2017/11/11, 2017.11.11
  std::size_t iso(std::size_t i) {
    if (digits(i) != 4 || digits(i + 2) != 2 || digits(i + 4) != 2) return 0;
    const char32_t sep = lexed[i + 1].mark;
    if ((sep != '-' && sep != '/' && sep != '.') || !mark(i + 3, sep)) return 0;
    return set(number(i), number(i + 2), number(i + 4)) ? i + 5 : 0;
  }
  // 11.11.2017, 11. 11. 2017, 11.11.17; 11/11/2017 by the language's order
  std::size_t numeric(std::size_t i) {
    if (digits(i) == 0 || digits(i) > 2 || digits(i + 2) == 0 || digits(i + 2) > 2) return 0;
    const char32_t sep = at(i + 1)->mark;
    if ((sep != '.' && sep != '/' && sep != '-') || !mark(i + 3, sep)) return 0;
    if (lexed[i + 1].spaced || lexed[i + 3].spaced) return 0;
    if (sep != '.' && (digits(i + 4) != 4 || lexed[i + 2].spaced)) return 0;
    int y = year(i + 4, true);
    if (digits(i + 4) > 4 && sep == '.') return glued_year(i);
    int d = number(i);
    int m = number(i + 2);
    if (sep == '/' && ((month_first && d <= 12) || m > 12)) std::swap(d, m);
    return y > 0 && set(y, m, d) ? i + 5 : 0;
  }
  // "30.01.202430. Januar 2024": two forms of one date run together; the first is taken.
  std::size_t glued_year(std::size_t i) {
    if (!mark(i + 5, '.') || month_at(i + 6) == 0) return 0;
    const int y = date_parts::to_int(text.substr(lexed[i + 4].span.begin, 4));
    if (!set(y, number(i + 2), number(i))) return 0;
    return digits(i + 7) == 4 ? i + 8 : i + 7;
  }
  // 11. November 2017, 11 November 2017, 11th of November 2017, 11-Nov-2017
  std::size_t day_month(std::size_t i) {
    if (digits(i) == 0 || digits(i) > 2) return 0;
    std::size_t m = i + 1;
    if (mark(m, '.') || mark(m, '-')) {
      ++m;
    } else if (at(m) != nullptr && !lexed[m].spaced && lexed[m].kind == LexKind::Word) {
      if (finder.word_class(lexed[m].lower) != WordClass::Ordinal) return 0;
      ++m;
    }
    if (at(m) != nullptr && finder.word_class(lexed[m].lower) == WordClass::Filler) ++m;
    const int month = any_month_at(m);
    if (month == 0) return 0;
    std::size_t y = m + 1;
    if (mark(y, '.') || mark(y, '-') || mark(y, ',')) ++y;
    if (at(y) != nullptr && finder.word_class(lexed[y].lower) == WordClass::Filler) ++y;
    return digits(y) == 4 && set(number(y), month, number(i)) ? y + 1 : 0;
  }
  // November 11, 2017; Nov. 11 2017; November 11th, 2017; November 2017
  std::size_t month_day(std::size_t i) {
    if (month_at(i) == 0) return 0;
    std::size_t d = mark(i + 1, '.') ? i + 2 : i + 1;
    if (digits(d) == 4 && set(number(d), month_at(i), 0)) return d + 1;
    if (digits(d) == 0 || digits(d) > 2) return 0;
    std::size_t y = d + 1;
    if (at(y) != nullptr && lexed[y].kind == LexKind::Word && !lexed[y].spaced) ++y;
    if (mark(y, ',')) ++y;
    return digits(y) == 4 && set(number(y), month_at(i), number(d)) ? y + 1 : 0;
  }
  std::size_t any(std::size_t i) {
    const bool day_before = digits(i - 1) > 0 || (mark(i - 1, '.') && digits(i - 2) > 0);
    if (lexed[i].kind == LexKind::Word) return i > 0 && day_before ? 0 : month_day(i);
    if (lexed[i].kind != LexKind::Number || lexed[i].value < 0) return 0;
    if (joined_before(i) || at(i + 1) == nullptr) return 0;
    std::size_t end = iso(i);
    if (end == 0 && at(i + 4) != nullptr) end = numeric(i);
    if (end == 0) end = day_month(i);
    return end;
  }

  // A time of day behind token `i` ("08:30 Uhr", "- 16:17", "4:00 AM"): "08:30" and the index
  // behind it in `end`; empty if there is none.
  [[nodiscard]] std::string clock(std::size_t i, std::size_t& end) const {
    std::size_t h = i;
    while (h < lexed.size() && h < i + 2 && digits(h) == 0) ++h;
    if (digits(h) == 0 || digits(h) > 2 || digits(h + 2) != 2) return {};
    if (!mark(h + 1, ':') && !mark(h + 1, '.')) return {};
    if (lexed[h + 1].spaced || lexed[h + 2].spaced) return {};
    int hour = number(h);
    if (hour > 23 || number(h + 2) > 59) return {};
    std::size_t after = h + 3;
    if (mark(after, ':') && digits(after + 1) == 2) after += 2;
    const Lex* word = at(after);
    const WordClass kind = word != nullptr && word->kind == LexKind::Word
                               ? finder.word_class(word->lower)
                               : WordClass::None;
    if (mark(h + 1, '.') && kind != WordClass::Clock) return {};
    if (kind == WordClass::Afternoon && hour < 12) hour += 12;
    if (kind == WordClass::Morning && hour == 12) hour = 0;
    const bool named = kind == WordClass::Clock || kind == WordClass::Afternoon ||
                       kind == WordClass::Morning || kind == WordClass::Zone;
    end = named ? after + 1 : after;
    return date_parts::two(hour) + ':' + date_parts::two(number(h + 2));
  }
  // Label words and weekdays in front of token `i`; moves `first` to the first of them.
  [[nodiscard]] DateRole label(std::size_t i, std::size_t from, std::size_t& first) const {
    DateRole role = DateRole::Plain;
    std::size_t words = 0;
    for (std::size_t k = i; k > from && words < kLabelReach; --k) {
      const Lex& t = lexed[k - 1];
      if (t.kind == LexKind::Number) break;
      if (t.kind == LexKind::Mark) continue;
      const WordClass kind = finder.word_class(t.lower);
      if (kind == WordClass::None) break;
      ++words;
      first = k - 1;
      if (kind == WordClass::Published && role == DateRole::Plain) role = DateRole::Published;
      if (kind == WordClass::Modified) role = DateRole::Modified;
      if (kind == WordClass::Other) return DateRole::Other;
    }
    return role;
  }
  // A label that closes the sentence behind the date ("am 3. Mai 2020 um 7 Uhr geändert"); moves
  // `end` behind it. No label when another date may follow, which it would belong to.
  [[nodiscard]] DateRole label_behind(std::size_t& end) const {
    DateRole role = DateRole::Plain;
    std::size_t behind = end;
    for (std::size_t k = end; k < lexed.size() && k < end + kLabelReach; ++k) {
      const Lex& t = lexed[k];
      if (t.kind == LexKind::Mark && t.mark == ':') return DateRole::Plain;
      if (t.kind != LexKind::Word || role != DateRole::Plain) continue;
      const WordClass kind = finder.word_class(t.lower);
      if (kind == WordClass::Published) role = DateRole::Published;
      if (kind == WordClass::Modified) role = DateRole::Modified;
      if (role == DateRole::Plain && kind != WordClass::Filler && kind != WordClass::Clock) break;
      behind = k + 1;
    }
    for (std::size_t k = end; k < lexed.size() && k < behind + kLabelReach; ++k) {
      if (lexed[k].kind == LexKind::Number && k >= behind) return DateRole::Plain;
    }
    if (role != DateRole::Plain) end = behind;
    return role;
  }
};

DateFinder::DateFinder(const PackSet& packs) {
  for (const std::string& code : packs.languages()) {
    const Pack& pack = packs.get(code);
    if (pack.setting("month_first").value_or("") == "yes") month_first_.insert(code);
    add_months(pack.table("months.tsv"), months_);
    add_words(pack.table("date_words.tsv"));
  }
  add_months(packs.common().table("months.tsv"), other_months_);
  add_words(packs.common().table("date_words.tsv"));
}

void DateFinder::add_months(const Table& months, StringMap<unsigned>& out) {
  for (const Row& row : months.rows()) {
    const unsigned m = static_cast<unsigned>(date_parts::to_int(row.cells[months.column("month")]));
    if (m < 1 || m > 12) throw PackError(months.where(row) + ": month must be 1 to 12");
    out.emplace(row.cells[months.column("word")], m);
  }
}

void DateFinder::add_words(const Table& words) {
  static constexpr std::array<std::string_view, 11> kClasses = {
      "",   "published", "modified", "weekday", "clock", "am",
      "pm", "filler",    "zone",     "ordinal", "other"};
  for (const Row& row : words.rows()) {
    const std::string& name = row.cells[words.column("class")];
    const auto* it = std::find(kClasses.begin() + 1, kClasses.end(), name);
    if (it == kClasses.end()) throw PackError(words.where(row) + ": unknown class " + name);
    words_.emplace(row.cells[words.column("word")], static_cast<WordClass>(it - kClasses.begin()));
  }
}

DateFinder::WordClass DateFinder::word_class(std::string_view lower_word) const {
  const auto it = words_.find(lower_word);
  return it == words_.end() ? WordClass::None : it->second;
}

unsigned DateFinder::month(std::string_view lower_word) const {
  const auto it = months_.find(lower_word);
  return it == months_.end() ? 0 : it->second;
}

std::vector<FoundDate> DateFinder::find(std::string_view text, std::string_view language) const {
  std::vector<FoundDate> out;
  if (!may_hold_date(text)) return out;
  Scan scan{*this, text, lex(text), month_first_.contains(language), {}};
  std::size_t from = 0;
  for (std::size_t i = 0; i < scan.lexed.size();) {
    std::size_t end = scan.any(i);
    if (end == 0 || scan.joined_after(end)) {
      ++i;
      continue;
    }
    FoundDate found;
    found.value = scan.value;
    std::size_t first = i;
    found.role = scan.label(i, from, first);
    found.clock = scan.clock(end, end);
    end = std::min(end, scan.lexed.size());
    found.span = {scan.lexed[i].span.begin, scan.lexed[end - 1].span.end};
    if (found.role == DateRole::Plain) found.role = scan.label_behind(end);
    found.with_label = {scan.lexed[first].span.begin, scan.lexed[end - 1].span.end};
    out.push_back(std::move(found));
    i = from = end;
  }
  return out;
}

std::optional<FoundDate> DateFinder::date_line(std::string_view line,
                                               std::string_view language) const {
  constexpr std::size_t kMaxLine = 200;
  if (line.size() > kMaxLine) return std::nullopt;
  std::vector<FoundDate> dates = find(line, language);
  if (dates.empty()) return std::nullopt;
  int foreign = 0;
  int lower = 0;
  for (const Lex& t : lex(line)) {
    if (t.kind != LexKind::Word) continue;
    const bool inside = std::any_of(dates.begin(), dates.end(), [&](const FoundDate& d) {
      return d.with_label.contains(t.span);
    });
    if (inside || word_class(t.lower) != WordClass::None || month(t.lower) != 0) continue;
    ++foreign;
    if (!utf8::starts_upper(slice(line, t.span))) ++lower;
  }
  if (foreign > kMaxForeignWords || lower > 1) return std::nullopt;
  const auto published = std::find_if(
      dates.begin(), dates.end(), [](const FoundDate& d) { return d.role == DateRole::Published; });
  return published != dates.end() ? *published : dates.front();
}

DateRole DateFinder::label_line(std::string_view line) const {
  constexpr std::size_t kMaxLabel = 40;
  DateRole role = DateRole::Plain;
  if (line.size() > kMaxLabel) return role;
  for (const Lex& t : lex(line)) {
    if (t.kind == LexKind::Mark) continue;
    const WordClass kind = t.kind == LexKind::Word ? word_class(t.lower) : WordClass::None;
    if (kind == WordClass::None) return DateRole::Plain;
    if (kind == WordClass::Published) role = DateRole::Published;
    if (kind == WordClass::Modified) role = DateRole::Modified;
    if (kind == WordClass::Other) return DateRole::Other;
  }
  return role;
}

bool DateFinder::is_time_line(std::string_view line) const {
  constexpr std::size_t kMaxLine = 80;
  if (line.size() > kMaxLine) return false;
  bool number = false;
  for (const Lex& t : lex(line)) {
    if (t.kind == LexKind::Number) number = true;
    if (t.kind == LexKind::Word && word_class(t.lower) == WordClass::None && month(t.lower) == 0) {
      return false;
    }
  }
  return number;
}

bool DateFinder::starts_with_clock(std::string_view line) const {
  constexpr std::size_t kReach = 16;
  if (line.empty() || line[0] < '0' || line[0] > '9') return false;
  const std::string_view head = line.substr(0, kReach);
  const Scan scan{*this, head, lex(head), false, {}};
  std::size_t end = 0;
  return !scan.clock(0, end).empty();
}

std::optional<FoundDate> DateFinder::prefix(std::string_view text) const {
  constexpr std::size_t kReach = 48;
  std::string_view head = text.substr(0, kReach);
  while (!head.empty() && (static_cast<unsigned char>(head.back()) & 0xC0U) == 0x80U) {
    head.remove_suffix(1);
  }
  Scan scan{*this, head, lex(head), false, {}};
  const auto& lx = scan.lexed;
  std::size_t i = 0;
  bool label = false;
  while (i < lx.size() && i < 3 && lx[i].kind != LexKind::Number) {
    if (lx[i].kind == LexKind::Word) {
      if (word_class(lx[i].lower) != WordClass::Published) return std::nullopt;
      label = true;
    }
    ++i;
  }
  if (i >= lx.size() || lx[i].kind != LexKind::Number) return std::nullopt;
  std::size_t end = scan.any(i);
  if (end == 0 && label && scan.digits(i) == 4 && scan.mark(i + 1, '-') &&
      scan.digits(i + 2) == 2 && scan.set(scan.number(i), scan.number(i + 2), 0)) {
    end = i + 3;
  }
  if (end == 0 && label && scan.digits(i) == 4 && scan.number(i) >= date_parts::kFirstUrlYear &&
      scan.number(i) <= date_parts::kLastYear) {
    scan.value = date_parts::edtf(scan.number(i));
    end = i + 1;
  }
  if (end == 0 || (!label && scan.digits(i) != 4)) return std::nullopt;
  if (end < lx.size() && !lx[end].spaced && !scan.mark(end, ':')) return std::nullopt;
  FoundDate found;
  found.value = scan.value;
  found.clock = scan.clock(end, end);
  if (scan.mark(end, ':')) ++end;
  found.span = {lx[i].span.begin, lx[end - 1].span.end};
  found.with_label = {0, found.span.end};
  return found;
}

}  // namespace twosource::clean
