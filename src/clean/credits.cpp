#include "clean/credits.hpp"

#include <algorithm>
#include <utility>

#include "clean/credits_scan.hpp"
#include "text/tokenizer.hpp"
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
    const bool labelled = photo || scan.phrase_at(0, CreditWord::Text) > 0;
    if (!labelled && !stands_alone(text, at, close)) continue;
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
  if (agency && words <= kMaxCreditWords && scan.credit_sentence()) return true;
  if (scan.phrase_at(start, CreditWord::Rights) > 0) return agency && words <= 2 * kMaxCreditWords;
  if (const std::size_t label = scan.phrase_at(start, CreditWord::Text); label > 0) {
    const bool marked = scan.mark(label, ':') || scan.mark(label, kBullet);
    const bool closed = label == n || (label + 1 == n && scan.mark(label, '.'));
    if (agency && scan.names_person(label, n)) out.credits = AgencyKind::Photo;
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
  if (!scan.has_name(0, n) || !scan.name_like(0, n)) return false;
  if (slash) {
    const bool text = scan.text_label() || scan.capitals_first() || scan.has_number();
    if (!text) out.credits = AgencyKind::Photo;
    return true;
  }
  // "Teresa Hansen, dpa", "Associated Press in Oslo"
  constexpr int kLongestByline = 6;
  bool sentence = false;
  const bool short_line = scan.words(0, n, sentence) <= kLongestByline && !scan.has_number();
  const Scan::Name first = scan.name_at(0);
  const bool behind_person = scan.name_at(n - 1).end == n && n > 2 && scan.mark(n - 2, ',');
  const bool before_place = first.end > 1 && first.end + 2 <= n && scan.lower_word(first.end);
  if (short_line && ((behind_person && scan.names_person(0, n)) || before_place)) {
    out.kind = FurnitureKind::Byline;
    return true;
  }
  return false;
}

bool CreditFinder::agency_at_edge(std::string_view line) const {
  constexpr int kMostWords = 8;
  if (line.size() > kMaxCreditBytes) return false;
  const Scan scan{*data_, line, lex(line)};
  if (scan.t.empty()) return false;
  bool sentence = false;
  const bool plain = scan.words(0, scan.t.size(), sentence) <= kMostWords && !sentence;
  const std::size_t last = scan.t.size() - 1;
  return plain && (scan.name_at(0).end != 0 || scan.name_at(last).end == last + 1);
}

// Does a bracket in running text stand for itself: behind a sentence, or at the start of the text
// behind a place ("Berlin (dpa) - ")? "Die Deutsche Presse-Agentur (dpa) feiert" only explains.
bool CreditFinder::stands_alone(std::string_view text, std::size_t open, std::size_t close) const {
  constexpr std::size_t kDateline = 60;                           // bytes
  const std::size_t line = text.substr(0, open).rfind('\n') + 1;  // 0 where there is none
  text.remove_prefix(line);
  open -= line;
  close -= line;
  std::size_t at = open;
  char32_t before = 0;
  while (at > 0 && utf8::is_space(before = utf8::decode_before(text, at))) {
  }
  if (open == 0 || (at == 0 && utf8::is_space(before))) return true;
  if (ends_sentence(before) || is_quote_mark(before) || before == ')') return true;
  if (open > kDateline || text.substr(0, open).find_first_of(".!?;:") != text.npos) return false;
  std::size_t next = close + 1;
  char32_t after = 0;
  while (next < text.size() && utf8::is_space(after = utf8::decode(text, next))) {
  }
  if (after == '-' || after == 0x2013 || after == 0x2014 || after == '.' || after == ':')
    return true;
  const std::string_view head = utf8::trim(text.substr(0, open));
  return utf8::is_upper(after) && head.find(' ') == head.npos;  // "Rom (KNA) Der Papst"
}

}  // namespace twosource::clean
