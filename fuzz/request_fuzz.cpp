#include <cstdint>
#include <cstdlib>
#include <string>

#include "serve/access.hpp"
#include "serve/url.hpp"
#include "text/utf8.hpp"

namespace {
void require(bool holds) {
  if (!holds) std::abort();
}
}  // namespace

// Any bytes as an address, a query, a form, cookies, languages and a host: what is taken is UTF-8, no
// segment of a path leads elsewhere, and what is written anew is read back the same.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace twosource::serve;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const std::size_t mark = bytes.find('?');
  if (const auto path = parse_path(bytes.substr(0, mark))) {
    require(path->size() <= 8);
    std::string again;
    for (const std::string& segment : *path) {
      require(!segment.empty() && segment != "." && segment != "..");
      require(twosource::utf8::valid(segment));
      again += '/' + percent_encode(segment);
    }
    require(path->empty() || parse_path(again) == path);
  }
  for (const std::string_view text :
       {bytes, mark == std::string_view::npos ? bytes : bytes.substr(mark + 1)}) {
    const auto fields = parse_fields(text);
    if (!fields) continue;
    require(fields->items().size() <= kMostFields);
    for (const auto& [name, value] : fields->items()) {
      require(twosource::utf8::valid(name) && twosource::utf8::valid(value));
      require(percent_decode(percent_encode(value)) == value);
      require(fields->number(name, 7, 3, 9) >= 3 && fields->number(name, 7, 3, 9) <= 9);
    }
  }
  require(cookie(bytes, "lang").size() <= size);
  const std::string language = preferred_language(bytes, {"de", "en"});
  require(language.empty() || language == "de" || language == "en");
  require(host_name(bytes).size() <= 3 * size);
  return 0;
}
