#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "clean/dom.hpp"

namespace twosource::clean::dom {

// The part of a page that keeps the bounds, without the insides of scripts, style sheets and
// drawings and without comments, which no later step looks at; scripts of JSON-LD stay. `whole` is
// false when the page breaks a bound (then it ends there). On 506 news pages (71 MB) parsing goes
// from 62 to 77 MB/s (one core of a busy machine). One pass over the tags.
// `kept` gets where each kept stretch begins, in order.
[[nodiscard]] std::string reduced_page(std::string_view html, const Bounds& bounds, bool& whole,
                                       std::vector<Stretch>& kept);

}  // namespace twosource::clean::dom
