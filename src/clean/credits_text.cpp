#include <algorithm>

#include "clean/credits.hpp"
#include "clean/credits_scan.hpp"
#include "text/utf8.hpp"

// Credits of a text whose lines nobody took apart: those of cleaned text stand on lines of their
// own.
namespace twosource::clean {
namespace {

constexpr std::size_t kSources = 80;  // bytes of a label, and of the names behind it

void move_to(std::vector<CreditMatch>& found, std::size_t offset, std::vector<CreditMatch>& out) {
  const auto shift = static_cast<std::uint32_t>(offset);
  for (CreditMatch& m : found) {
    m.span = {m.span.begin + shift, m.span.end + shift};
    out.push_back(std::move(m));
  }
}

bool behind_a_sentence(std::string_view text, std::size_t at) {
  while (at > 0) {
    const char32_t before = utf8::decode_before(text, at);
    if (!utf8::is_space(before)) {
      return ends_sentence(before) || is_quote_mark(before) || closes_bracket(before);
    }
  }
  return true;
}

}  // namespace

// Index behind what may stand in a list of sources: agencies, codes of authors, sites ("ntv.de").
std::size_t CreditFinder::Scan::end_of_sources() const {
  std::size_t i = 0;
  for (std::size_t from = 0; i < t.size(); from = i) {
    if (const Name name = name_at(i); name.end > i) {
      i = name.end;
    } else if (i + 2 < t.size() && word(i) && mark(i + 1, '.') && word(i + 2) && !t[i + 1].spaced &&
               !t[i + 2].spaced) {
      i += 3;
    } else if (is_author_code(t[i], text)) {
      ++i;
    } else {
      return from;
    }
    if (i == t.size()) return i;
    if (!mark(i, '/') && !mark(i, ',') && !mark(i, '&') && !mark(i, '|')) return i;
    ++i;
  }
  return i;
}

// "… erwartet. Quelle: ntv.de, jwu/dpa/AFP Mehr zum Thema …"
void CreditFinder::find_labelled(std::string_view text, std::vector<CreditMatch>& out) const {
  for (std::size_t at = text.find(':'); at != text.npos; at = text.find(':', at + 1)) {
    std::size_t begin = at;
    while (begin > 0 && at - begin <= kSources &&
           !utf8::is_space(static_cast<unsigned char>(text[begin - 1]))) {
      --begin;
    }
    if (at - begin > kSources ||
        !data_->is(CreditWord::Text, utf8::lower(text.substr(begin, at - begin))) ||
        !behind_a_sentence(text, begin)) {
      continue;
    }
    std::size_t end = std::min(text.size(), at + 1 + kSources);
    while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
    const std::string_view behind = text.substr(at + 1, end - at - 1);
    const Scan scan{*data_, behind, lex(behind)};
    std::vector<CreditMatch> found;
    scan.names(0, scan.end_of_sources(), AgencyKind::Text, found);
    move_to(found, at + 1, out);
  }
}

std::vector<CreditMatch> CreditFinder::find_in_text(std::string_view text) const {
  std::vector<CreditMatch> out = find(text, CreditPlace::Body);
  find_labelled(text, out);
  const std::string_view whole =
      text.substr(0, utf8::trim_span(text, make_span(0, text.size())).end);
  const std::size_t line = whole.rfind('\n') == whole.npos ? 0 : whole.rfind('\n') + 1;
  if (const CreditSpan end = sign_off(whole.substr(line)); !end.span.empty()) {
    std::vector<CreditMatch> found = find(slice(whole.substr(line), end.span), CreditPlace::Author);
    move_to(found, line + end.span.begin, out);
  }
  std::sort(out.begin(), out.end(),
            [](const CreditMatch& a, const CreditMatch& b) { return a.span.begin < b.span.begin; });
  const auto same = [](const CreditMatch& a, const CreditMatch& b) {
    return a.span == b.span && a.name == b.name;
  };
  out.erase(std::unique(out.begin(), out.end(), same), out.end());
  return out;
}

}  // namespace twosource::clean
