#pragma once

#include <string>

#include "serve/pages.hpp"

namespace twosource::serve {

// The answers of /api/v1: the elements of the corpus commands' --json, lists with "items", "total",
// "offset", "limit", "next". `path` starts behind /api/v1. Errors are application/problem+json.
[[nodiscard]] Response api_answer(const PageContext& c, const std::string& version);
[[nodiscard]] Response api_error(int status, std::string_view detail);

// Why an element is as it is: {"id", "kind", "label", "result", "why", "evidence": [{article,
// start, end, text, note}]}. nullopt when there is none of that id.
[[nodiscard]] std::optional<std::string> explanation_json(Store& store, const std::string& id);

}  // namespace twosource::serve
