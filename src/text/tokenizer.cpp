#include "text/tokenizer.hpp"

#include <algorithm>

#include "text/sentences.hpp"
#include "text/utf8.hpp"

namespace twosource {
namespace {

bool joins_letters(char32_t c) { return c == U'-' || c == U'\'' || c == U'’' || c == U'‑'; }
bool joins_digits(char32_t c) {
  return c == U'.' || c == U',' || c == U':' || c == U'\'' || c == U'’';
}

// Code point at `at`, or 0 at the end.
char32_t peek(std::string_view text, std::size_t at, std::size_t end) {
  return at < end ? utf8::decode(text, at) : U'\0';
}

// What an ASCII byte is, as bits, and its lower-case form.
constexpr std::uint8_t kAnyLetter = 1;
constexpr std::uint8_t kUpperLetter = 2;
constexpr std::uint8_t kDigit = 4;
struct AsciiByte {
  std::uint8_t is = 0;
  char lower = 0;
};
constexpr auto kAscii = [] {
  std::array<AsciiByte, 128> out{};
  for (unsigned char c = 0; c < out.size(); ++c) out[c].lower = static_cast<char>(c);
  for (unsigned char c = '0'; c <= '9'; ++c) out[c].is = kDigit;
  for (unsigned char c = 'a'; c <= 'z'; ++c) out[c].is = kAnyLetter;
  for (unsigned char c = 'A'; c <= 'Z'; ++c)
    out[c] = {kAnyLetter | kUpperLetter, static_cast<char>(c + 32)};
  return out;
}();

// Notes what letters `word` has, and appends it in lower case: one pass.
void read_letters(std::string_view word, Token& token, std::string& lower) {
  std::size_t letters = 0;
  std::size_t uppers = 0;
  unsigned any = 0;
  const std::size_t begin = lower.size();
  lower.resize(begin + word.size());
  char* out = lower.data() + begin;
  std::size_t at = 0;
  for (; at < word.size() && static_cast<unsigned char>(word[at]) < 0x80; ++at) {
    const AsciiByte byte = kAscii[static_cast<unsigned char>(word[at])];
    *out++ = byte.lower;
    any |= byte.is;
    letters += byte.is & kAnyLetter;
    uppers += (byte.is & kUpperLetter) / kUpperLetter;
    if (at == 0) token.upper = (byte.is & kUpperLetter) != 0;
  }
  token.has_digit = (any & kDigit) != 0;
  if (at < word.size()) lower.resize(begin + at);  // another case may have more bytes
  while (at < word.size()) {
    const bool first = at == 0;
    const char32_t c = utf8::decode(word, at);
    const bool upper = utf8::is_upper(c);
    if (utf8::is_letter(c)) ++letters;
    if (upper) ++uppers;
    if (utf8::is_digit(c)) token.has_digit = true;
    if (first) token.upper = upper;
    if (c < 0x80) {
      lower.push_back(static_cast<char>(upper ? c + 32 : c));
    } else {
      utf8::append(lower, utf8::to_lower(c));
    }
  }
  token.inner_upper = uppers > (token.upper ? 1U : 0U);
  token.all_upper = letters >= 2 && letters == uppers;
}

// Length of the run of ASCII letters and digits at `at`.
std::size_t plain_run(std::string_view text, std::size_t at, std::size_t end) {
  const std::size_t begin = at;
  while (at < end &&
         ((text[at] >= 'a' && text[at] <= 'z') || (text[at] >= 'A' && text[at] <= 'Z') ||
          (text[at] >= '0' && text[at] <= '9'))) {
    ++at;
  }
  return at - begin;
}

// End of a number that starts at `at`: digits, and separators that stand between digits.
std::size_t number_end(std::string_view text, std::size_t at, std::size_t end) {
  while (at < end) {
    if (utf8::is_digit(static_cast<unsigned char>(text[at]))) {
      ++at;
      continue;
    }
    std::size_t next = at;
    const char32_t c = utf8::decode(text, next);
    if (!joins_digits(c) || !utf8::is_digit(peek(text, next, end))) break;
    at = next;
  }
  return at;
}

// "11.11" written before a further dot: day and month of a German date.
bool is_day_month(std::string_view number) {
  const std::size_t dot = number.find('.');
  return dot != std::string_view::npos && dot >= 1 && dot <= 2 && number.size() - dot - 1 >= 1 &&
         number.size() - dot - 1 <= 2 &&
         number.find_first_not_of("0123456789", dot + 1) == std::string_view::npos;
}

}  // namespace

bool is_single_quote_mark(char32_t c) noexcept {
  return c == U'\'' || c == U'‚' || c == U'‘' || c == U'’' || c == U'‛' || c == U'‹' || c == U'›';
}

bool is_quote_mark(char32_t c) noexcept {
  return c == U'"' || c == U'„' || c == U'“' || c == U'”' || c == U'‟' || c == U'«' || c == U'»' ||
         is_single_quote_mark(c);
}

Tokenizer::Tokenizer(const Pack& pack) {
  const Table& table = pack.table("abbreviations.tsv");
  const std::size_t form = table.column("abbreviation");
  const std::size_t follows = table.column("follows");
  for (const Row& row : table.rows()) {
    const std::string& f = row.cells[follows];
    Follows value = Follows::Any;
    if (f == "name") {
      value = Follows::Name;
    } else if (f == "number") {
      value = Follows::Number;
    } else if (f == "word") {
      value = Follows::Word;
    } else if (f == "end") {
      value = Follows::End;
    } else if (f != "any") {
      throw PackError(table.where(row) + ": `follows` is one of name, number, word, any, end");
    }
    std::string lower = utf8::lower(row.cells[form]);
    if (!lower.ends_with('.')) continue;  // without a dot there is nothing to protect
    longest_abbreviation_ = std::max(longest_abbreviation_, lower.size());
    abbreviations_.try_emplace(std::move(lower), value);
  }
  const Table& words = pack.table("sentence.tsv");
  const std::size_t word = words.column("word");
  const std::size_t kind = words.column("class");
  for (const Row& row : words.rows()) {
    const std::string lower = utf8::lower(row.cells[word]);
    if (row.cells[kind] == "after_ordinal") {
      after_ordinal_.insert(lower);
    } else if (row.cells[kind] == "before_ordinal") {
      before_ordinal_.insert(lower);
    } else if (row.cells[kind] == "starter") {
      sentence_starters_.insert(lower);
    } else {
      throw PackError(words.where(row) + ": `class` is after_ordinal, before_ordinal or starter");
    }
  }
  dot_ordinals_ = pack.setting("dot_ordinals").value_or("no") == "yes";
  clitics_ = split_list(pack.setting("clitics").value_or(""));
}

// End of the word that starts at `at`: letters, marks, digits; hyphens and apostrophes between
// them.
std::size_t Tokenizer::word_end(std::string_view text, std::size_t at, std::size_t end) const {
  char32_t before = U'\0';
  while (at < end) {
    if (const std::size_t run = plain_run(text, at, end); run > 0) {
      at += run;
      before = static_cast<unsigned char>(text[at - 1]);
      continue;
    }
    if (text[at] == ' ') break;
    std::size_t next = at;
    const char32_t c = utf8::decode(text, next);
    if (utf8::is_letter(c) || utf8::is_mark(c)) {
      before = c;
      at = next;
      continue;
    }
    const char32_t after = peek(text, next, end);
    const bool inner = utf8::is_letter(after) || utf8::is_digit(after);
    if (joins_letters(c) && inner && before != U'\0') {
      at = next;
      continue;
    }
    if ((c == U'&' || c == U'*' || c == U'_') && inner && utf8::is_letter(before)) {
      at = next;  // "C&A", gendered "Bürger*innen", "Lehrer_innen"
      continue;
    }
    if (c == U':' && after == U'i' && text.substr(next, 2) == "in" && utf8::is_lower(before)) {
      at = next;  // gendered "Lehrer:innen"
      continue;
    }
    break;
  }
  return at;
}

// When a known abbreviation or a run of single letters with dots starts at `at`, its end behind
// the last dot; otherwise `at`.
std::size_t Tokenizer::abbreviation_end(std::string_view text, std::size_t at,
                                        std::size_t end) const {
  std::size_t best = at;
  std::size_t pos = at;
  bool initials = true;  // only "X." parts without blanks so far
  std::string lower;
  while (pos < end && pos - at <= longest_abbreviation_ + 8) {
    const std::size_t part = pos;
    std::size_t letters = 0;
    while (pos < end) {
      std::size_t next = pos;
      const char32_t c = utf8::decode(text, next);
      if (!utf8::is_letter(c) && !(letters > 0 && c == U'-')) break;
      pos = next;
      ++letters;
    }
    if (letters == 0 || pos >= end || text[pos] != '.') break;
    utf8::append_lower(lower, text.substr(part, pos + 1 - part));
    ++pos;
    if (letters != 1) initials = false;
    const bool one_upper = initials && (utf8::starts_upper(text.substr(part)) || best > at);
    if (abbreviations_.contains(lower) || one_upper) best = pos;
    if (pos < end && text[pos] == ' ') {
      std::size_t next = pos + 1;
      if (next >= end || !utf8::is_letter(utf8::decode(text, next))) break;
      lower.push_back(' ');
      ++pos;
      initials = false;
    }
  }
  return best;
}

void Tokenizer::emit(std::string_view text, Span span, TokenKind kind, TokenLayer& out) const {
  Token token;
  token.span = span;
  token.kind = kind;
  token.space_before = spaced(text, span.begin);
  token.lower_begin = static_cast<std::uint32_t>(out.lower_text.size());
  const std::string_view word = slice(text, span);
  if (kind == TokenKind::Word) {
    read_letters(word, token, out.lower_text);
  } else {
    utf8::append_lower(out.lower_text, word);
  }
  token.lower_end = static_cast<std::uint32_t>(out.lower_text.size());
  token.lower_hash = StringHash{}(std::string_view(out.lower_text).substr(token.lower_begin));
  if (kind == TokenKind::Number) token.has_digit = true;
  token.abbreviation = word.size() > 1 && word.back() == '.' &&
                       (kind == TokenKind::Word || kind == TokenKind::Number);
  out.tokens.push_back(token);
}

bool Tokenizer::spaced(std::string_view text, std::uint32_t begin) {
  if (begin == 0) return true;
  std::size_t at = begin;
  return utf8::is_space(utf8::decode_before(text, at));
}

std::size_t Tokenizer::scan_word(std::string_view text, std::size_t at, std::size_t end,
                                 TokenLayer& out) const {
  const std::size_t stop = word_end(text, at, end);
  if (stop < end && text[stop] == '.') {
    // "100 km/h." ends with a unit, not with an abbreviation.
    const bool behind_slash = at > 0 && text[at - 1] == '/';
    const std::size_t dotted = behind_slash ? at : abbreviation_end(text, at, end);
    if (dotted > stop) {
      emit(text, make_span(at, dotted), TokenKind::Word, out);
      return dotted;
    }
  }
  const std::string_view word = text.substr(at, stop - at);
  for (const std::string& clitic : clitics_) {
    if (word.size() > clitic.size() && word.ends_with(clitic)) {
      emit(text, make_span(at, stop - clitic.size()), TokenKind::Word, out);
      emit(text, make_span(stop - clitic.size(), stop), TokenKind::Word, out);
      return stop;
    }
  }
  emit(text, make_span(at, stop), TokenKind::Word, out);
  return stop;
}

// Does the dot behind the number [at, stop) make it an ordinal or a short date?
bool Tokenizer::ordinal_dot(std::string_view text, std::size_t at, std::size_t stop,
                            std::size_t end, const TokenLayer& out) const {
  if (!dot_ordinals_ || stop >= end || text[stop] != '.') return false;
  const std::string_view number = text.substr(at, stop - at);
  if (is_day_month(number)) return true;
  if (number.find_first_not_of("0123456789") != std::string_view::npos || number.size() > 3) {
    return false;
  }
  std::size_t next = stop + 1;
  if (next >= end || !utf8::is_space(utf8::decode(text, next))) return false;
  const std::size_t word_begin = next;
  if (!utf8::is_letter(peek(text, next, end))) return false;
  const std::size_t word_stop = word_end(text, word_begin, end);
  const std::string_view word = text.substr(word_begin, word_stop - word_begin);
  if (!utf8::starts_upper(word)) return true;
  const std::string lower = utf8::lower(word);
  if (after_ordinal_.contains(lower)) return true;
  if (out.tokens.empty() || sentence_starters_.contains(lower)) return false;
  if (const std::size_t n = out.tokens.size();
      n >= 2 && out.tokens[n - 2].abbreviation && out.tokens[n - 2].kind == TokenKind::Number) {
    return true;  // "das 3. und 4. Treffen"
  }
  return before_ordinal_.contains(out.lower(out.tokens.size() - 1));
}

std::size_t Tokenizer::scan_number(std::string_view text, std::size_t at, std::size_t end,
                                   TokenLayer& out) const {
  std::size_t stop = number_end(text, at, end);
  std::size_t next = stop;
  const char32_t c = stop < end ? utf8::decode(text, next) : U'\0';
  const bool letters =
      utf8::is_letter(c) || (joins_letters(c) && utf8::is_letter(peek(text, next, end)));
  if (letters) {  // "20-jährige", "5G", "2016er"
    stop = word_end(text, at, end);
    // A decimal part before the letters: "1,5-fach".
    if (const std::size_t digits = number_end(text, at, end); stop < digits) {
      stop = word_end(text, digits, end);
      if (stop == digits) stop = word_end(text, next, end);
    }
    emit(text, make_span(at, stop), TokenKind::Word, out);
    return stop;
  }
  if (ordinal_dot(text, at, stop, end, out)) ++stop;
  emit(text, make_span(at, stop), TokenKind::Number, out);
  return stop;
}

void Tokenizer::scan_paragraph(std::string_view text, Span paragraph, TokenLayer& out) const {
  std::size_t at = paragraph.begin;
  const std::size_t end = paragraph.end;
  while (at < end) {
    std::size_t next = at;
    const char32_t c = utf8::decode(text, next);
    if (utf8::is_space(c)) {
      at = next;
    } else if (utf8::is_letter(c)) {
      at = scan_word(text, at, end, out);
    } else if (utf8::is_digit(c)) {
      at = scan_number(text, at, end, out);
    } else {
      while (c == U'.' && next < end && text[next] == '.') ++next;  // "..." is one token
      const TokenKind kind = is_quote_mark(c)          ? TokenKind::QuoteMark
                             : utf8::is_punctuation(c) ? TokenKind::Punctuation
                                                       : TokenKind::Symbol;
      emit(text, make_span(at, next), kind, out);
      at = next;
    }
  }
}

TokenLayer Tokenizer::run(std::string_view text, std::span<const Span> paragraphs) const {
  TokenLayer out;
  out.tokens.reserve(text.size() / 5);
  out.lower_text.reserve(text.size());
  for (std::size_t i = 0; i < paragraphs.size(); ++i) {
    const std::size_t first = out.tokens.size();
    Span p = paragraphs[i];
    p.end = std::min(p.end, static_cast<std::uint32_t>(text.size()));
    scan_paragraph(text, p, out);
    SentenceSplitter(*this, text).split(first, static_cast<std::uint32_t>(i), out);
  }
  return out;
}

}  // namespace twosource
