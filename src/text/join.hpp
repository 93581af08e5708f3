// Words put one behind the other.
#pragma once

#include <string>
#include <string_view>

namespace twosource {

// The parts of a container of strings or string views with `separator` between them; empty for
// none. Linear. (fmt::join does the same at a second and a half of compiling for each file.)
template <class Strings>
[[nodiscard]] std::string joined(const Strings& parts, std::string_view separator) {
  std::string out;
  bool first = true;
  for (const auto& part : parts) {
    if (!first) out += separator;
    out += part;
    first = false;
  }
  return out;
}

}  // namespace twosource
