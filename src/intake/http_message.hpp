#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "text/error.hpp"

namespace twosource::intake {

// An HTTP answer as web archives keep it (RFC 9112), read leniently: bare line feeds, missing
// reasons and folded lines are taken.
struct HttpMessage {
  int status = 0;
  std::string type;       // media type without parameters, lower case; empty when not given
  std::string charset;    // of Content-Type, lower case
  std::string encoding;   // Content-Encoding, lower case
  bool chunked = false;   // Transfer-Encoding
  std::string_view body;  // into the bytes that were parsed
};

// Refuses bytes that begin with no status line or whose head does not end within 64 KiB.
[[nodiscard]] Result<HttpMessage> parse_http(std::string_view bytes);

// The page in the message: chunks joined (a body that is called chunked and is not is taken as it
// stands) and gzip, deflate or zstd opened (so is a body that was opened before it was archived).
// Refuses other encodings, broken data, and more than `limit` bytes or `max_ratio` times the
// compressed ones.
[[nodiscard]] Result<std::string> http_payload(const HttpMessage& message, std::size_t limit,
                                               double max_ratio);

// The media type and the charset of a Content-Type value, lower case.
void read_content_type(std::string_view value, std::string& type, std::string& charset);

}  // namespace twosource::intake
