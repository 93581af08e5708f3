#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "intake/byte_source.hpp"
#include "text/error.hpp"

namespace twosource::intake {

// An answer from the network, read as it comes. The body may still be compressed with gzip or zstd
// (Input opens that).
struct WebDocument {
  std::string url;      // where it came from, after redirects
  std::string type;     // media type of the answer, lower case; empty when not told
  std::string charset;  // of the answer, lower case; empty when not told
  std::unique_ptr<ByteSource> body;
};

// The way to documents on the network. The stage knows none itself: who reads inputs gives one
// along (twosource::fetch has it), or addresses are refused.
class Web {
 public:
  virtual ~Web() = default;
  // Refuses with a reason in words. The body must be gone before the Web is.
  [[nodiscard]] virtual Result<WebDocument> open(const std::string& url) = 0;
};

// Begins it with http:// or https://, in any case?
[[nodiscard]] bool is_address(std::string_view input) noexcept;
// The id of what lies at an address: the last words of its path and 8 hex digits of XXH3 of the
// whole without its fragment ("/news/storm-hits.html" gives "storm-hits-5f0c…"); the same in every
// run, whatever else is read.
[[nodiscard]] std::string address_id(std::string_view url);
// `reference` as it is meant on the page `base` (RFC 3986, section 5): an http(s) address without
// fragment; empty when it is no such thing.
[[nodiscard]] std::string resolve_address(std::string_view base, std::string_view reference);

}  // namespace twosource::intake
