#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "clean/cleaner.hpp"
#include "text/utf8.hpp"

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

bool on_border(std::string_view text, std::uint32_t at) {
  return at == text.size() || (static_cast<unsigned char>(text[at]) & 0xC0U) != 0x80U;
}

void check(std::string_view text, twosource::Span span) {
  require(span.begin <= span.end && span.end <= text.size());
  require(on_border(text, span.begin) && on_border(text, span.end));
}

}  // namespace

// Any page: the cleaner ends, and what it gives keeps the rules of Article.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const twosource::clean::Cleaner cleaner(twosource::PackSet::builtin());
  twosource::intake::RawDocument raw;
  raw.content = twosource::intake::Content::Html;
  raw.body = twosource::utf8::sanitise({reinterpret_cast<const char*>(data), size});
  const twosource::Article a = cleaner.run(raw);
  require(twosource::utf8::valid(a.text));
  std::uint32_t last = 0;
  for (const twosource::Paragraph& p : a.paragraphs) {
    check(a.text, p.span);
    require(!p.span.empty() && p.span.begin >= last);
    last = p.span.end;
  }
  for (const twosource::Furniture& f : a.furniture) {
    require(f.before <= a.text.size() && twosource::utf8::valid(f.text));
  }
  for (const twosource::AgencyCredit& c : a.agencies) {
    check(a.text, c.span);
    require(c.furniture < static_cast<std::int32_t>(a.furniture.size()));
  }
  return 0;
}
