#include "clean/credits.hpp"

#include <algorithm>
#include <utility>

#include "clean/credits_scan.hpp"
#include "text/utf8.hpp"

namespace twosource::clean {
CreditFinder::CreditFinder(const PackSet& packs) {
  auto data = std::make_unique<Data>();
  for (const std::string& code : packs.languages()) {
    data->load_agencies(packs.get(code).table("agencies.tsv"));
    data->load_words(packs.get(code).table("credit_words.tsv"));
  }
  data->fill_hashes();
  data_ = std::move(data);
}
CreditFinder::~CreditFinder() = default;
CreditFinder::CreditFinder(CreditFinder&&) noexcept = default;

namespace {

AgencyKind other_than_photo(bool photo) { return photo ? AgencyKind::Photo : AgencyKind::Text; }

}  // namespace

std::string_view CreditFinder::canonical(std::string_view name) const {
  const Scan scan{*data_, name, lex(name)};
  if (scan.t.empty()) return {};
  const Scan::Name found = scan.name_at(0);
  return found.end == scan.t.size() ? std::string_view(data_->agencies[found.agency].name)
                                    : std::string_view{};
}

std::vector<CreditMatch> CreditFinder::find(std::string_view text, CreditPlace place) const {
  std::vector<CreditMatch> out;
  if (place == CreditPlace::Body) {
    find_in_body(text, out);
    return out;
  }
  const Scan scan{*data_, text, lex(text)};
  if (place == CreditPlace::Photo) {
    scan.names(0, scan.t.size(), AgencyKind::Photo, out);
    return out;
  }
  // An author field may bring the photographer along: "Text: AFP, Foto: dpa".
  AgencyKind kind = AgencyKind::Text;
  for (std::size_t i = 0; i < scan.t.size();) {
    if (scan.photo_label(i) > 0 && !scan.mark(i, kCopyrightSign)) kind = AgencyKind::Photo;
    if (kind == AgencyKind::Photo && (scan.phrase_at(i, CreditWord::By) > i || scan.mark(i, ')'))) {
      kind = AgencyKind::Text;
    }
    const Scan::Name name = scan.name_at(i);
    if (name.end == 0) {
      ++i;
      continue;
    }
    const Agency& agency = data_->agencies[name.agency];
    out.push_back(
        {agency.name, agency.photo_only ? AgencyKind::Photo : kind, scan.span(i, name.end)});
    i = name.end;
  }
  return out;
}

// Brackets are looked at one by one; everything else in running text is no credit.
void CreditFinder::find_in_body(std::string_view text, std::vector<CreditMatch>& out) const {
  constexpr std::size_t kMaxBracket = 120;
  for (std::size_t at = text.find('('); at != std::string_view::npos; at = text.find('(', at + 1)) {
    const std::size_t close = text.find(')', at);
    if (close == std::string_view::npos) return;
    if (close - at > kMaxBracket || text.substr(at + 1, close - at).find('(') != text.npos)
      continue;
    const std::string_view inside = text.substr(at + 1, close - at - 1);
    const Scan scan{*data_, inside, lex(inside)};
    if (scan.t.empty() || !scan.has_name(0, scan.t.size())) continue;
    const bool photo = scan.photo_label(0) > 0 || scan.phrase_at(0, CreditWord::Photo) > 0;
    bool slash_name = false;  // "(Ada Hansen/Associated Press)"
    if (!photo && !scan.only_credit(0, scan.t.size())) {
      slash_name = inside.find('/') != std::string_view::npos && scan.name_like(0, scan.t.size()) &&
                   utf8::starts_upper(inside);
      if (!slash_name) continue;
    }
    std::vector<CreditMatch> found;
    scan.names(0, scan.t.size(), other_than_photo(photo || slash_name), found);
    const auto shift = static_cast<std::uint32_t>(at + 1);
    for (CreditMatch& m : found) {
      m.span = {m.span.begin + shift, m.span.end + shift};
      out.push_back(std::move(m));
    }
  }
}

bool CreditFinder::may_credit(std::string_view line, const FlatWord* words, std::size_t count,
                              std::uint32_t base) const {
  if (line.find_first_of("/\xC2") != std::string_view::npos) return true;
  for (std::size_t i = 0; i < count; ++i) {
    if (data_->name_hashes.contains(words[i].hash)) return true;
    const std::size_t end = words[i].span.end - base;
    const bool colon = end < line.size() && line[end] == ':';
    if (i > 0 && !colon) continue;
    if (data_->label_hashes.contains(words[i].hash)) return true;
    // "LawrowBild:"
    const std::string_view rest = slice(line, make_span(words[i].span.begin - base + 1, end));
    if (std::any_of(rest.begin(), rest.end(), [](char c) { return c >= 'A' && c <= 'Z'; })) {
      return true;
    }
  }
  return false;
}

bool CreditFinder::is_credit_line(std::string_view line, CreditSpan& out) const {
  const Span trimmed = utf8::trim_span(line, make_span(0, line.size()));
  if (trimmed.empty() || trimmed.size() > kMaxCreditBytes) return false;
  const Scan scan{*data_, line, lex(line)};
  out = {trimmed, FurnitureKind::Credit, AgencyKind::Text};
  const std::size_t n = scan.t.size();
  return labelled_line(scan, out) || bare_line(scan, n, out);
}

// "Foto: …", "© …", "Quelle: …", "Von …", "Copyright 2024 The Associated Press …".
bool CreditFinder::labelled_line(const Scan& scan, CreditSpan& out) const {
  const std::size_t n = scan.t.size();
  const std::size_t start = opens_bracket(scan.t[0].mark) && scan.photo_label(0) == 0 ? 1 : 0;
  if (start >= n) return false;
  bool sentence = false;
  const int words = scan.words(start, n, sentence);
  const bool agency = scan.has_name(start, n);
  if (const std::size_t label = scan.photo_label(start); label > 0) {
    if (scan.mark(start, kCopyrightSign) && agency && has_report_number(scan)) return true;
    const bool year = n > label && scan.t[label].kind == LexKind::Number;
    out.credits = AgencyKind::Photo;
    return !sentence && words <= kMaxCreditWords && !year;
  }
  if (scan.phrase_at(start, CreditWord::Rights) > 0) return agency && words <= 2 * kMaxCreditWords;
  if (const std::size_t label = scan.phrase_at(start, CreditWord::Text); label > 0) {
    const bool marked = scan.mark(label, ':') || scan.mark(label, kBullet);
    const bool closed = label == n || (label + 1 == n && scan.mark(label, '.'));
    return words <= 2 * kMaxCreditWords && (marked || agency || (closed && words > 1));
  }
  if (const std::size_t label = scan.phrase_at(start, CreditWord::By); label > 0) {
    out.kind = FurnitureKind::Byline;
    const bool marked = scan.mark(label, ':');
    const bool full_stop = scan.mark(n - 1, '.') && scan.word(n - 2) && !agency;
    return label < n && !sentence && !full_stop && scan.name_like(marked ? label + 1 : label, n);
  }
  return false;
}

bool CreditFinder::has_report_number(const Scan& scan) const {
  for (std::size_t i = 0; i < scan.t.size(); ++i) {
    const Scan::Name name = scan.name_at(i);
    if (name.end != 0 && scan.report_number(name.end) > name.end) return true;
  }
  return false;
}

// "(dpa)", "dpa/AFP", "cgn/fab (afpe, dpa)", "srf/abcd;efgh", "Ada Hansen / Reuters".
bool CreditFinder::bare_line(const Scan& scan, std::size_t n, CreditSpan& out) const {
  bool slash = false;
  bool codes_only = true;
  bool codes = false;
  bool blank_between_codes = false;
  for (std::size_t i = 0; i < n; ++i) {
    slash = slash || scan.mark(i, '/') || scan.mark(i, '|');
    if (!scan.word(i)) continue;
    const bool code = is_author_code(scan.t[i], scan.text);
    codes_only = codes_only && code;
    codes = codes || (code && scan.name_at(i).end == 0);
    if (i > 0 && code && scan.t[i].spaced && scan.word(i - 1)) blank_between_codes = true;
  }
  if (scan.only_credit(0, n)) {
    const Scan::Name first = scan.name_at(scan.word(0) ? 0 : 1);
    out.kind = codes && first.end == 0 ? FurnitureKind::AuthorCode : FurnitureKind::Credit;
    if (first.end != 0 && data_->agencies[first.agency].photo_only) out.credits = AgencyKind::Photo;
    return true;
  }
  if (codes_only && slash && !blank_between_codes) {
    out.kind = FurnitureKind::AuthorCode;
    return true;
  }
  if (slash && scan.has_name(0, n) && scan.name_like(0, n)) {
    out.credits = AgencyKind::Photo;
    return true;
  }
  return false;
}

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
  return slash && upper && scan.has_name(open + 1, close) ? open + 1 : 0;
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

CreditSpan CreditFinder::code_at_end(std::string_view line) const {
  constexpr std::size_t kTail = 32;  // bytes
  const Span trimmed = utf8::trim_span(line, make_span(0, line.size()));
  std::size_t from = trimmed.size() > kTail ? trimmed.end - kTail : trimmed.begin;
  const std::string_view tail = slice(line, {static_cast<std::uint32_t>(from), trimmed.end});
  const Scan scan{*data_, tail, lex(tail)};
  std::size_t i = scan.t.size();
  constexpr std::size_t kMaxCode = 5;
  while (i > 1 && scan.word(i - 1) && scan.t[i - 1].span.size() <= kMaxCode &&
         !scan.t[i - 1].spaced && scan.mark(i - 2, '/')) {
    const std::string_view code = slice(tail, scan.t[i - 1].span);
    const bool capitals =
        std::all_of(code.begin(), code.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
    if (code != scan.t[i - 1].lower && !capitals) break;
    i -= 2;
  }
  if (i == 0 || i == scan.t.size() || scan.t[i - 1].kind != LexKind::Mark) return {};
  const char32_t before = scan.t[i - 1].mark;
  if (before != '.' && before != '!' && before != '?' && !is_quote_mark(before)) return {};
  const auto begin = static_cast<std::uint32_t>(from + scan.t[i].span.begin);
  return {{begin, trimmed.end}, FurnitureKind::AuthorCode, AgencyKind::Text};
}

CreditSpan CreditFinder::text_credit_at_end(std::string_view line) const {
  const Span trimmed = utf8::trim_span(line, make_span(0, line.size()));
  if (trimmed.empty() || line[trimmed.end - 1] != ')') return {};
  const std::size_t open = line.rfind('(');
  if (open == std::string_view::npos || trimmed.end - open > kMaxCreditBytes) return {};
  const std::string_view inside = line.substr(open + 1, trimmed.end - 2 - open);
  const Scan scan{*data_, inside, lex(inside)};
  if (scan.t.empty() || !scan.only_credit(0, scan.t.size())) return {};
  return {make_span(open, trimmed.end), FurnitureKind::Credit, AgencyKind::Text};
}

}  // namespace twosource::clean
