#include "clean/flat_lex.hpp"

#include "text/utf8.hpp"

namespace twosource::clean {
namespace {

Lex lex_word(std::string_view text, std::size_t at) {
  std::size_t end = at;
  for (std::size_t ahead = at; ahead < text.size(); end = ahead) {
    const char32_t c = utf8::decode(text, ahead);
    if (!utf8::is_letter(c) && !utf8::is_mark(c)) break;
  }
  Lex out;
  out.kind = LexKind::Word;
  out.span = make_span(at, end);
  out.lower = utf8::lower(text.substr(at, end - at));
  return out;
}

}  // namespace

Lex lex_number(std::string_view text, std::size_t at) {
  constexpr std::size_t kMaxDigits = 8;
  Lex out;
  out.kind = LexKind::Number;
  std::size_t end = at;
  int value = 0;
  for (; end < text.size() && text[end] >= '0' && text[end] <= '9'; ++end) {
    if (end - at < kMaxDigits) value = value * 10 + (text[end] - '0');
  }
  out.span = make_span(at, end);
  if (end - at <= kMaxDigits) out.value = value;
  return out;
}

std::vector<Lex> lex(std::string_view text) {
  std::vector<Lex> out;
  out.reserve(text.size() / 4 + 2);
  bool spaced = true;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t next = at;
    const char32_t c = utf8::decode(text, next);
    if (utf8::is_space(c)) {
      spaced = true;
      at = next;
      continue;
    }
    Lex token;
    if (utf8::is_digit(c)) {
      token = lex_number(text, at);
    } else if (utf8::is_letter(c)) {
      token = lex_word(text, at);
    } else {
      token.span = make_span(at, next);
      token.mark = c;
    }
    token.spaced = spaced;
    spaced = false;
    at = token.span.end;
    out.push_back(std::move(token));
  }
  return out;
}

}  // namespace twosource::clean
