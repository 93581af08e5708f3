#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "intake/item.hpp"
#include "text/error.hpp"

namespace twosource::intake {

// Is it one of the forms below? Looks at the first bytes only.
[[nodiscard]] bool looks_like_news_json(std::string_view head);

// The articles of one JSON value: a JSON Feed (jsonfeed.org, 1.0 and 1.1), an article of
// news-please, of ninjs (IPTC, 1.x and 2.x) or of dpa-digitalwires, or a list of such articles. A
// withdrawn article comes with its problem. Refuses other JSON.
[[nodiscard]] Result<std::vector<Item>> read_news_json(std::string_view json);

}  // namespace twosource::intake
