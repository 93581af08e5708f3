#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace twosource::intake {

// Text decoded to UTF-8, and how its encoding was found.
struct Decoded {
  enum class From : unsigned char { Utf8, Mark, Declared, Guessed };
  std::string text;      // valid UTF-8 without byte order mark and NUL
  std::string encoding;  // as ICU and the WHATWG call it: "UTF-8", "windows-1252"
  From from = From::Utf8;
  std::size_t replaced = 0;  // ill-formed bytes that became U+FFFD
};

// Finds the encoding and decodes. In this order: byte order mark (UTF-8, UTF-16, UTF-32); the zero
// bytes of UTF-16 without mark; valid UTF-8 with more than ASCII; what the first 4096 bytes declare
// (`<meta charset>`, `http-equiv`, `<?xml encoding>`; labels as in the WHATWG Encoding Standard);
// UTF-8 when most of the bytes beyond ASCII are well-formed; windows-1252 when they stand like
// letters of a Latin script between ASCII letters; else uchardet's guess, else windows-1252.
// Total: any bytes give valid UTF-8. Linear, UTF-8 input is not copied.
// `told` is the charset that came with the bytes (of an HTTP head or a mail's part), empty when
// none; it counts after a byte order mark and valid UTF-8, before what the bytes declare.
[[nodiscard]] Decoded decode(std::string bytes, std::string_view told = {});

// The charset that a page's first bytes declare, lower case; empty when they declare none.
[[nodiscard]] std::string declared_charset(std::string_view head);

// UTF-16 without a byte order mark: 'l' or 'b' for its byte order, 0 for anything else. Looks for
// zero bytes in every second place.
[[nodiscard]] char utf16_order(std::string_view head) noexcept;

}  // namespace twosource::intake
