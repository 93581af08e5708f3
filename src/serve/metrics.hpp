#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <string>

#include "serve/http.hpp"
#include "serve/overview.hpp"

namespace twosource::serve {

// What the server did since it started. Counting costs a few relaxed atomic additions.
class Metrics {
 public:
  void answered(int status, std::size_t bytes, bool from_cache,
                std::uint64_t microseconds) noexcept;
  // Prometheus text exposition format, version 0.0.4.
  [[nodiscard]] std::string text(const TransportCounts& transport, const Counts& record,
                                 std::size_t cache_bytes, std::uint64_t generation) const;

 private:
  // Upper ends of the histogram of answer times, in microseconds.
  static constexpr std::array<std::uint64_t, 8> kBounds = {100,   300,   1000,   3000,
                                                           10000, 30000, 100000, 1000000};
  std::array<std::atomic<std::uint64_t>, 6> by_class_{};  // status / 100
  std::array<std::atomic<std::uint64_t>, kBounds.size() + 1> times_{};
  std::atomic<std::uint64_t> microseconds_{0};
  std::atomic<std::uint64_t> bytes_{0};
  std::atomic<std::uint64_t> hits_{0};
};

}  // namespace twosource::serve
