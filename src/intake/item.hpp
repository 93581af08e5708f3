#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "intake/intake.hpp"

namespace twosource::intake {

// One article inside a file that holds several (a feed's entry, an agency's JSON).
struct Item {
  std::string id;
  std::string url;
  std::string headline;
  std::string teaser;     // HTML or text
  std::string content;    // HTML or text; empty when only the teaser came
  std::string published;  // as written
  std::string publisher;
  std::string language;
  std::vector<std::string> authors;
  bool html = true;     // teaser and content are HTML
  std::string problem;  // why it is not to be read ("withdrawn by its sender")
};

// The document of an item; `path` and `id` are the caller's business. HTML is wrapped in a page
// with the headline on top. Its body is empty when the item has no text.
[[nodiscard]] RawDocument document_of(Item&& item);

// "Tue, 10 Jun 2003 04:00:00 +0200" (RFC 5322) or an ISO date as EDTF; empty when it is neither.
[[nodiscard]] std::string edtf_date(std::string_view written);

// &, < and > as character references.
[[nodiscard]] std::string escaped(std::string_view text);

}  // namespace twosource::intake
