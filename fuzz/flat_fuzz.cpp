// Plain text to article: whatever the bytes, paragraphs are sorted, inside the text and on UTF-8
// boundaries, and no letter is lost or invented.
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "clean/flat.hpp"
#include "text/utf8.hpp"

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

using Letters = std::array<std::size_t, 4096>;

void count(std::string_view text, Letters& out) {
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = twosource::utf8::decode(text, at);
    if (twosource::utf8::is_letter(c)) ++out[c % out.size()];
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const twosource::PackSet packs = twosource::PackSet::builtin();
  static const twosource::clean::FlatCleaner cleaner(packs);
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const twosource::clean::FlatResult out = cleaner.run(input);
  require(twosource::utf8::valid(out.text));
  std::uint32_t last = 0;
  for (const twosource::Paragraph& p : out.paragraphs) {
    require(p.span.begin >= last && p.span.begin < p.span.end && p.span.end <= out.text.size());
    require(twosource::utf8::valid(twosource::slice(out.text, p.span)));
    last = p.span.end;
  }
  Letters before{};
  Letters after{};
  count(input, before);
  count(out.text, after);
  std::uint32_t place = 0;
  for (const twosource::Furniture& f : out.furniture) {
    require(f.before >= place && f.before <= out.text.size());
    place = f.before;
    count(f.text, after);
  }
  require(before == after);
  for (const twosource::AgencyCredit& a : out.agencies) {
    require(a.furniture < static_cast<std::int32_t>(out.furniture.size()));
    require(a.span.end <= out.text.size());
  }
  return 0;
}
