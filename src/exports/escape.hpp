#pragma once

#include <cstdint>
#include <string>
#include <string_view>

// What stands in an article must stay text in every format. All functions take any bytes; what a
// format cannot hold becomes U+FFFD, one for one code point (one for one byte where the bytes are
// ill-formed), so that offsets in code points still count. Linear.
namespace twosource::exports {

// Characters that XML 1.0 cannot hold (W3C REC-xml, 2.2: Char) replaced. Markup is not escaped: the
// XML writer does that.
[[nodiscard]] std::string xml_text(std::string_view text);

// Spreadsheets run a cell that starts with one of = + - @ (also full-width), TAB or CR.
enum class Formulas : std::uint8_t { Guard, Keep };
// One field of RFC 4180, in quotation marks where needed. Guard puts an apostrophe before a text
// whose first visible character may start a formula, and before one that starts with an apostrophe
// itself: whoever takes one leading apostrophe off every cell has the text back (OWASP, CSV
// Injection). Controls other than TAB, CR and LF become U+FFFD.
[[nodiscard]] std::string csv_cell(std::string_view text, Formulas formulas);

// RFC 5545, 3.3.11: backslash, semicolon and comma escaped; every kind of line break is \n; other
// controls than TAB become U+FFFD.
[[nodiscard]] std::string ics_text(std::string_view text);
// One content line of RFC 5545, 3.1: folded so that no line has more than 75 octets and no code
// point is cut, ended with CR LF. `value` is escaped already.
[[nodiscard]] std::string ics_line(std::string_view name, std::string_view value);

// For a field in braces: braces, which BibTeX counts even behind a backslash, and what LaTeX runs
// are written as commands; white space is squeezed, controls are dropped.
[[nodiscard]] std::string bibtex_text(std::string_view text);

// An address of the web as an URI (RFC 3986): what may not stand in one is percent-encoded. Empty
// when it does not start with http:// or https://, for nothing else may become a link.
[[nodiscard]] std::string web_address(std::string_view url);

// "urn:uuid:…" (RFC 9562, version 8) of the XXH3-128 of a key: the same key, the same name.
[[nodiscard]] std::string uuid_urn(std::string_view key);

}  // namespace twosource::exports
