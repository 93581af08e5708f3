#pragma once

#include <string>

namespace twosource::cli {

// A change as `watch` tells it to people: what happened to which claim, the values that differ, and
// the new sentences. Several lines, safe to be printed.
[[nodiscard]] std::string change_text(const std::string& json);

}  // namespace twosource::cli
