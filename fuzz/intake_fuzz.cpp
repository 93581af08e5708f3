#include <cstdint>
#include <cstdlib>
#include <sstream>
#include <string>

#include "intake/intake.hpp"
#include "text/utf8.hpp"

namespace {
void require(bool holds) {
  if (!holds) std::abort();
}
}  // namespace

// Any bytes as one input, once by content and once as JSON Lines: every document is valid UTF-8
// with an id, and an input that gives no document is named.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace twosource::intake;
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  for (const Format format : {Format::Auto, Format::Jsonl}) {
    Options options;
    options.format = format;
    options.max_document_bytes = 1U << 20U;
    std::istringstream in(bytes);
    std::size_t documents = 0;
    std::size_t named = 0;
    read_inputs(
        {"-"}, options, in,
        [&](RawDocument&& d) {
          ++documents;
          require(!d.id.empty());
          require(twosource::utf8::valid(d.body));
        },
        [&](const Skipped& s) {
          ++named;
          require(!s.reason.empty());
        });
    if (format == Format::Auto && bytes.find('\n') == std::string::npos) {
      require(documents + named > 0);
    }
  }
  return 0;
}
