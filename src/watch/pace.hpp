#pragma once

#include <chrono>
#include <string_view>

namespace twosource::watch {

// What a feed and its server say of how often to come; 0: nothing.
struct Hints {
  std::chrono::seconds period{0};       // RSS ttl, sy:updatePeriod and sy:updateFrequency
  std::chrono::seconds fresh{0};        // Cache-Control, Expires
  std::chrono::seconds retry_after{0};  // of a refusal
};

// The period that a feed (RSS, Atom; UTF-8) asks for in front of its entries; 0 when it does not.
[[nodiscard]] std::chrono::seconds feed_period(std::string_view xml);

// When to ask again: after `every`, later when the feed or its server says so (a day at most; what
// a server asks for by Retry-After a week at most). After failures twice as long for each in a row,
// a day at most.
[[nodiscard]] std::chrono::seconds next_in(std::chrono::seconds every, const Hints& hints,
                                           unsigned failures);

}  // namespace twosource::watch
