#pragma once

#include "serve/page_parts.hpp"

// The pictures of report/ over what a record holds.
namespace twosource::serve {

// Timeline entries as a picture; nothing when fewer than two have a date.
[[nodiscard]] Data timeline_picture(const PageContext& c, const std::vector<Json>& entries);
// Who copied whom among these articles; nothing when nobody did.
[[nodiscard]] Data copies_picture(const PageContext& c, Quoter& quoter,
                                  const std::vector<std::string>& articles);
// The same for copy pairs.
[[nodiscard]] Data pairs_picture(const PageContext& c, Quoter& quoter,
                                 const std::vector<Json>& pairs);

}  // namespace twosource::serve
