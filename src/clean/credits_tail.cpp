#include <algorithm>

#include "clean/credits.hpp"
#include "clean/credits_scan.hpp"
#include "text/tokenizer.hpp"
#include "text/utf8.hpp"

// Credits at the end of a line that has other text before them.
namespace twosource::clean {

CreditSpan CreditFinder::photo_credit_at_end(std::string_view line) const {
  std::size_t from = line.size() > kTailBytes ? line.size() - kTailBytes : 0;
  while (from < line.size() && (static_cast<unsigned char>(line[from]) & 0xC0U) == 0x80U) ++from;
  if (line.find_first_of(":/|(\xC2", from) == std::string_view::npos) return {};
  const std::string_view tail = line.substr(from);
  const Scan scan{*data_, tail, lex(tail)};
  const auto shift = static_cast<std::uint32_t>(from);
  const Span end_span = utf8::trim_span(line, make_span(0, line.size()));
  CreditSpan out{{}, FurnitureKind::Credit, AgencyKind::Photo};
  for (std::size_t i = 0; i < scan.t.size(); ++i) {
    std::size_t label = 0;
    std::uint32_t begin = scan.t[i].span.begin;
    std::size_t end = scan.t.size();
    if (scan.t[i].kind == LexKind::Mark && opens_bracket(scan.t[i].mark)) {
      const std::size_t close = scan.closing(i);
      if (close == 0 || close + 2 < end) continue;
      label = photo_bracket(scan, i, close);
      end = close;
    } else if (const std::uint32_t glued = scan.glued_label(i); glued > 0) {
      begin = glued;
      label = i + 2;
    } else {
      label = scan.photo_label(i);
    }
    if (label == 0 || label >= end || !scan.name_like(label, end)) continue;
    out.span = {begin + shift, end_span.end};
    return out;
  }
  const std::size_t person = person_and_agency_at_end(scan);
  if (person < scan.t.size()) out.span = {scan.t[person].span.begin + shift, end_span.end};
  return out;
}

// Behind which token of a bracket its credit starts: "(Foto: …)", "(Ada Hansen/Associated Press)".
std::size_t CreditFinder::photo_bracket(const Scan& scan, std::size_t open,
                                        std::size_t close) const {
  if (const std::size_t label = scan.photo_label(open + 1); label > 0) return label;
  if (const std::size_t label = scan.phrase_at(open + 1, CreditWord::Photo); label > 0) {
    return label < close ? label : open + 1;
  }
  bool slash = false;
  for (std::size_t i = open + 1; i < close; ++i) slash = slash || scan.mark(i, '/');
  const bool upper =
      scan.word(open + 1) && utf8::starts_upper(slice(scan.text, scan.t[open + 1].span));
  const bool person = slash && upper && !scan.only_credit(open + 1, close);
  return person && scan.has_name(open + 1, close) ? open + 1 : 0;
}

// "… in einer Klinik.Ada Hansen/dpa": index of the first token of "Ada", t.size() if none.
std::size_t CreditFinder::person_and_agency_at_end(const Scan& scan) const {
  constexpr std::size_t kReach = 12;
  const std::size_t n = scan.t.size();
  for (std::size_t i = n; i-- > 1 && i + kReach > n;) {
    if (!scan.mark(i, '/') || scan.name_at(i + 1).end != n) continue;
    std::size_t first = i;
    while (first > 0 && scan.word(first - 1) &&
           utf8::starts_upper(slice(scan.text, scan.t[first - 1].span))) {
      --first;
      if (!scan.t[first].spaced) break;
    }
    const bool glued =
        first > 0 && first < i && !scan.t[first].spaced && scan.t[first - 1].kind == LexKind::Mark;
    if (glued) return first;
  }
  return n;
}

// First of the tokens that sign off at the end: words that are agencies or codes, with nothing but
// "/", "," and blanks between them, or such words in brackets; t.size() if there are none.
// `agency`: one of them is an agency.
std::size_t CreditFinder::first_of_sign_off(const Scan& scan, bool& agency) const {
  constexpr std::size_t kMaxCode = 5;  // bytes
  const std::size_t n = scan.t.size();
  std::size_t first = n;
  bool codes = true;
  for (std::size_t i = n; i-- > 0;) {
    if (scan.t[i].kind == LexKind::Mark) {
      const char32_t mark = scan.t[i].mark;
      if (mark != '/' && mark != ',' && !opens_bracket(mark) && !closes_bracket(mark)) break;
      if (mark == '/' || opens_bracket(mark)) first = i;
      if (opens_bracket(mark)) break;
      continue;
    }
    const bool name = scan.name_at(i).end != 0;
    const std::string_view word = slice(scan.text, scan.t[i].span);
    const bool capitals =
        std::all_of(word.begin(), word.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
    if (!name && (word.size() > kMaxCode || (word != scan.t[i].lower && !capitals))) break;
    agency = agency || name;
    codes = codes && !name;
    first = i;
  }
  const bool open_bracket =
      scan.t.empty() || scan.t[n - 1].kind != LexKind::Mark ||
      !closes_bracket(scan.t[n - 1].mark) || first == n ||
      (scan.t[first].kind == LexKind::Mark && opens_bracket(scan.t[first].mark));
  if (!open_bracket) return n;
  if (first == n || (codes && scan.word(first))) return n;  // "… weiter. das" is no signature
  return first;
}

CreditSpan CreditFinder::sign_off(std::string_view line) const {
  constexpr std::size_t kTail = 80;  // bytes
  const Span trimmed = utf8::trim_span(line, make_span(0, line.size()));
  std::size_t from = trimmed.size() > kTail ? trimmed.end - kTail : trimmed.begin;
  while (from < trimmed.end && (static_cast<unsigned char>(line[from]) & 0xC0U) == 0x80U) ++from;
  const std::string_view tail = line.substr(from, trimmed.end - from);
  if (tail.empty() || ends_sentence(static_cast<unsigned char>(tail.back()))) return {};
  const Scan scan{*data_, tail, lex(tail)};
  bool agency = false;
  std::size_t first = first_of_sign_off(scan, agency);
  // "(mit Material von AFP)"
  if (scan.t.empty()) return {};
  if (first == scan.t.size() && scan.t.back().kind == LexKind::Mark &&
      closes_bracket(scan.t.back().mark)) {
    for (std::size_t i = scan.t.size(); i-- > 0;) {
      if (scan.t[i].kind != LexKind::Mark || !opens_bracket(scan.t[i].mark)) continue;
      agency = scan.only_credit(i + 1, scan.t.size() - 1);
      if (agency) first = i;
      break;
    }
  }
  // "… erwartet. Nachrichtenagenturen dpa, AFP"
  if (agency && first > 0 && first < scan.t.size() && scan.word(first - 1) &&
      data_->is(CreditWord::Text, scan.t[first - 1].lower)) {
    --first;
  }
  if (first == 0 || first == scan.t.size() || scan.t[first - 1].kind != LexKind::Mark) return {};
  const char32_t before = scan.t[first - 1].mark;
  if (before != '.' && before != '!' && before != '?' && !is_quote_mark(before)) return {};
  return {make_span(from + scan.t[first].span.begin, trimmed.end),
          agency ? FurnitureKind::Credit : FurnitureKind::AuthorCode, AgencyKind::Text};
}

}  // namespace twosource::clean
