#include "clean/flat_dateline.hpp"

#include <algorithm>
#include <array>

#include "text/tokenizer.hpp"
#include "text/utf8.hpp"

namespace twosource::clean {
namespace {

constexpr std::size_t kDatelineReach = 120;  // bytes in which a dateline must end
constexpr std::size_t kMaxPlace = 40;        // bytes of one place
constexpr std::size_t kMinUnknown = 4;       // letters of an unknown place that is glued on

bool all_caps(std::string_view word) {
  std::size_t letters = 0;
  for (std::size_t at = 0; at < word.size();) {
    const char32_t c = utf8::decode(word, at);
    if (utf8::is_lower(c)) return false;
    if (utf8::is_letter(c)) ++letters;
  }
  return letters >= 3;
}

// One to three words that start with capitals, nothing but letters, blanks, dots and hyphens.
bool place_form(std::string_view name) {
  if (name.empty() || name.size() > kMaxPlace || !utf8::starts_upper(name)) return false;
  int words = 1;
  for (std::size_t at = 0; at < name.size();) {
    const char32_t c = utf8::decode(name, at);
    if (c == ' ') ++words;
    if (!utf8::is_letter(c) && !utf8::is_mark(c) && c != ' ' && c != '-' && c != '.') return false;
  }
  return words <= 3;
}

bool ascii_digit(char c) { return c >= '0' && c <= '9'; }

// "…, 9": one or two digits behind a blank, as the day of a date has.
bool ordinal(std::string_view head) {
  std::size_t digits = 0;
  while (digits < head.size() && ascii_digit(head[head.size() - 1 - digits])) ++digits;
  return digits <= 2 && digits < head.size() && head[head.size() - 1 - digits] == ' ';
}

// Does text that follows a dateline look like the start of a sentence?
bool sentence_starts(std::string_view rest) {
  if (rest.empty()) return false;
  std::size_t at = 0;
  const char32_t c = utf8::decode(rest, at);
  return utf8::is_upper(c) || utf8::is_digit(c) || is_quote_mark(c);
}

// A capital and then small letters, long enough for no ending of a brand ("BerlinAG").
bool noun_form(std::string_view word) {
  constexpr std::size_t kShortest = 4;
  std::size_t at = 0;
  if (word.size() < kShortest || !utf8::is_upper(utf8::decode(word, at))) return false;
  while (at < word.size()) {
    if (!utf8::is_lower(utf8::decode(word, at))) return false;
  }
  return true;
}

}  // namespace

DatelineFinder::DatelineFinder(const PackSet& packs, const FurniturePhrases& phrases,
                               const CreditFinder& credits, const DateFinder& dates)
    : phrases_(phrases), credits_(credits), dates_(dates) {
  for (const std::string& code : packs.languages()) {
    const Table& table = packs.get(code).table("places.tsv");
    if (table.rows().empty()) continue;
    const std::size_t name = table.column("name");
    const std::size_t aliases = table.column("aliases");
    for (const Row& row : table.rows()) {
      places_.emplace(utf8::lower(row.cells[name]), row.cells[name]);
      for (const std::string& alias : split_list(row.cells[aliases])) {
        places_.emplace(utf8::lower(alias), alias);
      }
    }
    const Table& words = packs.get(code).table("name_words.tsv");
    if (words.rows().empty()) continue;
    for (const Row& row : words.rows()) {
      if (row.cells[words.column("class")] == "place_preposition")
        place_prepositions_.emplace(utf8::lower(row.cells[words.column("word")]), true);
    }
  }
}

bool DatelineFinder::known(std::string_view name) const {
  return places_.contains(utf8::lower(name));
}

std::string DatelineFinder::spelled(std::string_view name) const {
  const auto it = places_.find(utf8::lower(name));
  return it == places_.end() || !all_caps(name) ? std::string(name) : it->second;
}

bool DatelineFinder::function_word(std::string_view word) const {
  std::vector<FlatWord> words;
  split_words(word, 0, words);
  return words.size() == 1 && phrases_.is_function_word(words[0].hash);
}

// "HAMBURG/BERLIN", "GLOUCESTER, Mass.", "Berlin, 11. November 2017": the first piece is a place,
// the others are places, short names of regions, or a date.
bool DatelineFinder::pieces(std::string_view head, bool agency, std::string_view language,
                            DatelineHit& out) const {
  std::size_t at = 0;
  bool first = true;
  while (at <= head.size()) {
    const std::size_t end = std::min(head.find_first_of("/,", at), head.size());
    const std::string_view piece = utf8::trim(head.substr(at, end - at));
    const bool joined = at > 0 && head[at - 1] == '/';
    at = end + 1;
    if (piece.empty()) continue;
    const bool digits = piece.find_first_of("0123456789") != std::string_view::npos;
    if (digits && !first) {
      const std::vector<FoundDate> dates = dates_.find(piece, language);
      if (!dates.empty()) out.date = dates.front().value;
      continue;
    }
    if (!place_form(piece)) return false;
    if (!known(piece) && !all_caps(piece) && !agency && (first || joined)) return false;
    if (first || joined) {
      if (!out.place.empty()) out.place += '/';
      out.place += spelled(piece);
    }
    first = false;
  }
  return !out.place.empty();
}

DatelineHit DatelineFinder::before_dash(std::string_view text, std::string_view language) const {
  static constexpr std::array<std::string_view, 5> kDashes = {" - ", " – ", " — ", " -- ", ". – "};
  std::string_view head = text.substr(0, kDatelineReach);
  const std::size_t open = head.find('(');
  const std::size_t close = open == head.npos ? head.npos : head.find(')', open);
  bool agency = false;
  std::size_t end = head.npos;
  std::size_t cut = 0;
  if (close != head.npos) {
    agency = !credits_.find(text.substr(open, close + 1 - open), CreditPlace::Body).empty();
    if (agency) {
      end = open;
      cut = close + 1;
    }
  }
  for (const std::string_view dash : kDashes) {
    const std::size_t at = text.substr(0, kDatelineReach).find(dash, cut);
    if (at == head.npos || (agency && at != cut)) continue;
    if (!agency && end != head.npos && at > end) continue;
    if (!agency) end = at;
    cut = at + dash.size();
    break;
  }
  if (end == head.npos || cut == 0) return {};
  if (agency && cut < text.size() && (text[cut] == ':' || text[cut] == '.')) ++cut;
  while (cut < text.size() && text[cut] == ' ') ++cut;
  DatelineHit out;
  if (!sentence_starts(text.substr(cut))) return {};
  // A whole date behind it makes any name a place: "Lohburg, 3. Februar 2023 - ".
  const std::string_view place = utf8::trim(text.substr(0, end));
  const std::size_t comma = place.find(',');
  const bool dated = comma != place.npos && whole_date(place.substr(comma + 1), language);
  if (!pieces(place, agency || dated, language, out)) return {};
  out.cut = cut;
  return out;
}

DatelineHit DatelineFinder::before_stop(std::string_view text, std::string_view language) const {
  constexpr std::size_t kLongestHead = 60;  // bytes of places and a date
  std::size_t stop = text.substr(0, kLongestHead).find(". ");
  // "Madrid, 9. Juni 2022. ": the point of an ordinal ends nothing.
  while (stop != std::string_view::npos && stop > 0 && ascii_digit(text[stop - 1]) &&
         stop + 2 < text.size() && ordinal(text.substr(0, stop))) {
    stop = text.substr(0, kLongestHead).find(". ", stop + 1);
  }
  if (stop == std::string_view::npos || !sentence_starts(text.substr(stop + 2))) return {};
  DatelineHit out;
  const std::string_view head = text.substr(0, stop);
  out.cut = stop + 2;
  if (head.size() <= kMaxPlace && pieces(head, false, language, out)) {
    return head.find(',') != head.npos && out.date.empty() ? DatelineHit{} : out;
  }
  out = {};
  out.cut = stop + 2;
  const std::string_view place = utf8::trim(head.substr(0, head.find(',')));
  const bool sure = place_form(place) && (known(place) || told_of(place, text.substr(stop)));
  if (!sure || !pieces(head, true, language, out)) return {};
  return head.find(',') != head.npos && out.date.empty() ? DatelineHit{} : out;
}

// Is the text a date with day, month and year and nothing else?
bool DatelineFinder::whole_date(std::string_view text, std::string_view language) const {
  constexpr std::size_t kDay = 10;  // "2023-02-03"
  const std::vector<FoundDate> dates = dates_.find(text, language);
  if (dates.size() != 1 || dates.front().value.size() < kDay) return false;
  const Span all = utf8::trim_span(text, make_span(0, text.size()));
  return dates.front().with_label.begin <= all.begin && dates.front().with_label.end >= all.end;
}

// Does the text say that something is in, from or near the place ("in Wallmünde")?
bool DatelineFinder::told_of(std::string_view place, std::string_view text) const {
  for (std::size_t at = text.find(place); at != text.npos; at = text.find(place, at + 1)) {
    const std::size_t end = at + place.size();
    if (end < text.size() && (utf8::is_letter(static_cast<unsigned char>(text[end])) ||
                              static_cast<unsigned char>(text[end]) >= 0x80))
      continue;
    if (at < 2 || text[at - 1] != ' ') continue;
    const std::size_t from = text.rfind(' ', at - 2);
    const std::string_view word =
        text.substr(from == text.npos ? 0 : from + 1, at - 1 - (from == text.npos ? 0 : from + 1));
    if (place_prepositions_.contains(utf8::lower(word))) return true;
  }
  return false;
}

// Agencies or codes with slashes between them, an agency among them: "dpa", "afp/dpa".
bool DatelineFinder::agencies(std::string_view piece) const {
  bool any = false;
  std::size_t at = 0;
  while (at <= piece.size()) {
    const std::size_t end = std::min(piece.find('/', at), piece.size());
    if (credits_.canonical(piece.substr(at, end - at)).empty()) return false;
    any = true;
    at = end + 1;
  }
  return any;
}

// "dpa FRANKFURT. ", "BRÜSSEL dpa | ", "Berlin/dpa. ": agencies beside a place, without brackets.
DatelineHit DatelineFinder::beside_agency(std::string_view text) const {
  const std::string_view reach = text.substr(0, kMaxPlace);
  const std::size_t end = std::min(reach.find(". "), reach.find(" | "));
  if (end == reach.npos) return {};
  std::size_t cut = end + (text[end] == '.' ? 2 : 3);
  if (!sentence_starts(text.substr(cut))) return {};
  const std::string_view head = text.substr(0, end);
  const std::size_t first = head.find(' ');
  const std::size_t last = head.rfind(' ');
  const std::size_t slash = head.find('/');
  std::string_view place;
  if (first != head.npos && agencies(head.substr(0, first))) {
    place = head.substr(first + 1);
  } else if (last != head.npos && agencies(head.substr(last + 1))) {
    place = head.substr(0, last);
  } else if (slash != head.npos && agencies(head.substr(slash + 1))) {
    place = head.substr(0, slash);
  }
  DatelineHit out;
  if (place.empty() || !pieces(place, true, {}, out)) return {};
  out.cut = cut;
  return out;
}

// "HamburgOb es …": the place ends where a capital stands inside a word.
DatelineHit DatelineFinder::glued(std::string_view text) const {
  const std::string_view head = text.substr(0, kMaxPlace + kDatelineReach / 2);
  char32_t before = 0;
  for (std::size_t at = 0; at < head.size() && at <= kMaxPlace;) {
    const std::size_t here = at;
    const char32_t c = utf8::decode(head, at);
    const bool inner = utf8::is_letter(before) && utf8::is_upper(c);
    if (inner && (utf8::is_lower(before) || all_caps(head.substr(0, here)))) {
      std::size_t end = at;
      for (std::size_t next = at; next < head.size(); end = next) {
        if (!utf8::is_letter(utf8::decode(head, next))) break;
      }
      const std::string_view place = head.substr(0, here);
      const std::string_view word = head.substr(here, end - here);
      const bool single = place.find(' ') == place.npos;
      const bool plain = single && place.size() >= kMinUnknown && utf8::starts_upper(place);
      if (place_form(place) && function_word(word) && (known(place) || plain)) {
        return {here, spelled(place), {}, 0};
      }
      if (place_form(place) && known(place) && noun_form(word) && !known(word) &&
          text.substr(end).starts_with(' ')) {
        return {here, spelled(place), {}, end};
      }
      if (utf8::is_lower(before) && place.find(' ') == place.npos && !known(place)) return {};
    }
    if (!utf8::is_letter(c) && c != ' ' && c != '-' && c != '/') return {};
    before = c;
  }
  return {};
}

DatelineHit DatelineFinder::find(std::string_view paragraph, std::string_view language) const {
  DatelineHit out = before_dash(paragraph, language);
  if (out.cut == 0) out = beside_agency(paragraph);
  if (out.cut == 0) out = before_stop(paragraph, language);
  if (out.cut == 0) out = glued(paragraph);
  return out;
}

}  // namespace twosource::clean
