#include "clean/flat_lines.hpp"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "text/tokenizer.hpp"
#include "text/utf8.hpp"

namespace twosource::clean {
namespace {

constexpr std::uint32_t kShortLine = 40;   // words; longer lines are neither credits nor dates
constexpr std::size_t kGram = 5;           // words that must agree to call a line quoted again
constexpr std::uint32_t kMinQuoting = 18;  // words of a line that can quote another

// The kind of mark that ends the line, closing quotation marks and brackets taken off.
std::uint8_t line_ending(std::string_view line) {
  bool quoted = false;
  for (std::size_t at = line.size(); at > 0;) {
    const char32_t c = utf8::decode_before(line, at);
    if (is_quote_mark(c)) {
      quoted = true;
      continue;
    }
    if (c == ')' || c == ']') continue;
    if (c == '.' || c == 0x2026) return '.';
    if (c == '?' || c == '!') return '?';
    if (c == ':') return ':';
    return quoted ? '"' : 0;
  }
  return 0;
}

bool sentence_mark(char32_t c) { return c == '.' || c == '!' || c == '?' || c == 0x2026; }

// Ends of sentences between two words: a mark behind a word of three letters or more, and a capital
// or a quotation mark next.
bool sentence_between(std::string_view line, const FlatWord& a, const FlatWord& b,
                      std::uint32_t base) {
  if (a.number || a.span.size() < 3 || b.span.begin - a.span.end < 2) return false;
  bool mark = false;
  for (std::size_t at = a.span.end - base; at < b.span.begin - base;) {
    const char32_t c = utf8::decode(line, at);
    if (sentence_mark(c)) mark = true;
  }
  return mark && (b.upper || b.number);
}

// "Lesen Sie auch: Die Brücke im Bild": the one article it points to stands in the line itself.
bool names_its_link(std::string_view line, const LineFacts& facts) {
  const std::size_t colon = line.find(':');
  return colon != line.npos && colon + 1 + facts.span.begin >= facts.hit.strongest.end &&
         utf8::trim(line.substr(colon + 1)).find(' ') != line.npos;
}

std::uint64_t mix(std::uint64_t h, std::uint64_t word) {
  h ^= word + 0x9E3779B97F4A7C15ULL + (h << 6U) + (h >> 2U);
  return h * 0xD6E8FEB86659FD93ULL;
}

void count_words(std::string_view line, const std::vector<FlatWord>& words,
                 const FurniturePhrases& phrases, LineFacts& out) {
  for (std::uint32_t i = out.first_word; i < out.last_word; ++i) {
    const FlatWord& w = words[i];
    out.hash = mix(out.hash, w.hash);
    if (w.number) ++out.numbers;
    if (w.upper) ++out.upper_words;
    if (i - out.first_word < kShortLine && phrases.is_function_word(w.hash)) {
      ++out.function_words;
    }
    if (i > out.first_word && sentence_between(line, words[i - 1], w, out.span.begin)) {
      ++out.inner_sentences;
    }
  }
}

void look_at_start(std::string_view line, LineFacts& out) {
  std::size_t at = 0;
  const char32_t c = utf8::decode(line, at);
  out.starts_lower = utf8::is_lower(c);
  out.starts_quote = is_quote_mark(c);
}

// Template code and runs of separators: "{* #form *}", "A | B | C | D".
bool has_symbols(std::string_view line) {
  std::size_t pipes = 0;
  for (const char c : line) {
    if (c == '{' || c == '}') return true;
    if (c == '|') ++pipes;
  }
  return pipes >= 3;
}

void mark_repeats(std::vector<LineFacts>& lines) {
  std::unordered_map<std::uint64_t, std::uint32_t> seen;
  seen.reserve(lines.size());
  for (const LineFacts& line : lines) {
    if (line.words > 0) ++seen[line.hash];
  }
  for (LineFacts& line : lines) {
    if (line.words > 0) line.repeats = seen[line.hash] - 1;
  }
}

std::uint64_t gram(const std::vector<FlatWord>& words, std::size_t at) {
  std::uint64_t h = 0;
  for (std::size_t k = 0; k < kGram; ++k) h = mix(h, words[at + k].hash);
  return h;
}

// A quotation set apart from the text says again what stands in a paragraph.
void mark_quoted(LineTable& table) {
  std::unordered_map<std::uint64_t, std::uint32_t> first_words;
  for (std::uint32_t i = 0; i < table.lines.size(); ++i) {
    const LineFacts& line = table.lines[i];
    const std::uint32_t count = line.last_word - line.first_word;
    if (count < kGram || count >= kShortLine) continue;
    first_words.try_emplace(gram(table.words, line.first_word), i);
  }
  if (first_words.empty()) return;
  for (std::uint32_t k = 0; k < table.lines.size(); ++k) {
    const LineFacts& line = table.lines[k];
    if (line.words < kMinQuoting) continue;
    for (std::size_t w = line.first_word; w + kGram <= line.last_word; ++w) {
      const auto it = first_words.find(gram(table.words, w));
      if (it == first_words.end() || it->second == k) continue;
      LineFacts& quoted = table.lines[it->second];
      if (quoted.words < line.words) quoted.quoted_again = true;
    }
  }
}

// A line whose five-word sequences mostly stood in earlier lines tells them again: an article in a
// mail form, a text version at the end. Every eighth sequence or so is looked at, chosen by the
// hash of its first word.
void mark_retold(LineTable& table) {
  constexpr std::uint64_t kSampleRate = 8;
  constexpr std::uint32_t kMinSampled = 4;
  std::unordered_set<std::uint64_t> seen;
  std::vector<std::uint64_t> own;
  for (LineFacts& line : table.lines) {
    if (line.words < kMinQuoting) continue;
    own.clear();
    std::uint32_t known = 0;
    for (std::size_t w = line.first_word; w + kGram <= line.last_word; ++w) {
      if ((table.words[w].hash >> 32U) % kSampleRate != 0) continue;
      const std::uint64_t h = gram(table.words, w);
      own.push_back(h);
      if (seen.contains(h)) ++known;
    }
    line.retold = own.size() >= kMinSampled && 10 * known >= 7 * own.size();
    seen.insert(own.begin(), own.end());
  }
}

}  // namespace

void LineReader::read_line(std::string_view line, std::string_view language, LineFacts& out,
                           std::vector<FlatWord>& words) const {
  out.first_word = static_cast<std::uint32_t>(words.size());
  split_words(line, out.span.begin, words);
  out.last_word = static_cast<std::uint32_t>(words.size());
  out.words = out.last_word - out.first_word;
  count_words(line, words, phrases_, out);
  look_at_start(line, out);
  out.end = line_ending(line);
  if (out.end == 0 && out.words > 4)
    out.end = line_ending(utf8::trim(line.substr(0, credits_.sign_off(line).span.begin)));
  out.symbols = has_symbols(line);
  out.hit = phrases_.find(words.data() + out.first_word, out.words);
  if (out.hit.opens > 0 && out.hit.kind == FurnitureKind::Related && names_its_link(line, out)) {
    out.hit.opens = 0;
    out.inline_link = true;
  }
  if (out.words > 2 * kShortLine) return;
  const FlatWord* first = words.data() + out.first_word;
  if (out.words > 0 && credits_.may_credit(line, first, out.words, out.span.begin)) {
    out.photo_tail = credits_.photo_credit_at_end(line);
    CreditSpan credit;
    if (out.words <= kShortLine && credits_.is_credit_line(line, credit)) out.credit = credit;
  }
  if (out.words > kShortLine) return;
  if (out.numbers == 0) return;
  out.time_line = dates_.is_time_line(line);
  out.date_line = dates_.date_line(line, language).has_value();
  if (!out.date_line || out.credit.span.empty()) date_and_credit(line, language, out);
  out.clock_start = !out.time_line && out.words >= 4 && dates_.starts_with_clock(line);
}

// "4. Mai 2021 · Von Ada Hansen und Jan Maier, Kiel": a date, and what is left is a credit.
void LineReader::date_and_credit(std::string_view line, std::string_view language,
                                 LineFacts& out) const {
  constexpr std::size_t kLongest = 200;  // bytes; as DateFinder::date_line
  constexpr std::string_view kBetween = " ,;|-/";
  if (line.size() > kLongest || out.inner_sentences > 0) return;
  const std::vector<FoundDate> dates = dates_.find(line, language);
  if (dates.empty()) return;
  // "4. Mai 2021, 10:02 Uhr | Von: dpa" is read as a credit.
  if (!out.credit.span.empty()) {
    out.date_line = dates.front().with_label.begin == 0;
    return;
  }
  // "Hamburg, 4. Mai 2021, 10:02 Uhr, dpa"
  if (credits_.agency_at_edge(line)) {
    const Span trimmed = utf8::trim_span(line, make_span(0, line.size()));
    out.credit = {trimmed, FurnitureKind::Credit, AgencyKind::Text};
    out.date_line = true;
    return;
  }
  if (dates.front().with_label.begin > 0) return;
  std::size_t from = dates.back().with_label.end;
  for (std::size_t next = from; next < line.size(); from = next) {
    const char32_t c = utf8::decode(line, next);
    if (utf8::is_letter(c) || utf8::is_digit(c) ||
        (c < 0x80 && kBetween.find(static_cast<char>(c)) == kBetween.npos))
      break;
  }
  CreditSpan credit;
  if (from >= line.size() || !credits_.is_credit_line(line.substr(from), credit)) return;
  const auto shift = static_cast<std::uint32_t>(from);
  credit.span = {credit.span.begin + shift, credit.span.end + shift};
  out.credit = credit;
  out.date_line = true;
}

LineTable LineReader::read(const FlatText& text, std::string_view language) const {
  LineTable out;
  out.lines.reserve(text.lines.size());
  out.words.reserve(text.buffer.size() / 6);
  for (const TextLine& line : text.lines) {
    LineFacts facts;
    facts.span = line.span;
    facts.blank_before = line.blank_before;
    facts.forced = line.forced;
    read_line(slice(text.buffer, line.span), language, facts, out.words);
    out.lines.push_back(facts);
  }
  mark_repeats(out.lines);
  mark_quoted(out);
  mark_retold(out);
  return out;
}

}  // namespace twosource::clean
