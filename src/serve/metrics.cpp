#include "serve/metrics.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace twosource::serve {
namespace {

void head(std::string& out, const char* name, const char* type, const char* help) {
  out += fmt::format("# HELP {0} {2}\n# TYPE {0} {1}\n", name, type, help);
}

template <class Value>
void one(std::string& out, const char* name, const char* type, const char* help, Value value) {
  head(out, name, type, help);
  out += fmt::format("{} {}\n", name, value);
}

}  // namespace

void Metrics::answered(int status, std::size_t bytes, bool from_cache,
                       std::uint64_t microseconds) noexcept {
  constexpr auto kRelaxed = std::memory_order_relaxed;
  by_class_[static_cast<std::size_t>(std::clamp(status / 100, 0, 5))].fetch_add(1, kRelaxed);
  const auto bound = std::lower_bound(kBounds.begin(), kBounds.end(), microseconds);
  times_[static_cast<std::size_t>(bound - kBounds.begin())].fetch_add(1, kRelaxed);
  microseconds_.fetch_add(microseconds, kRelaxed);
  bytes_.fetch_add(bytes, kRelaxed);
  if (from_cache) hits_.fetch_add(1, kRelaxed);
}

std::string Metrics::text(const TransportCounts& transport, const Counts& record,
                          std::size_t cache_bytes, std::uint64_t generation) const {
  std::string out;
  head(out, "twosource_requests_total", "counter", "Answers by class of status.");
  for (std::size_t c = 1; c < by_class_.size(); ++c) {
    out +=
        fmt::format("twosource_requests_total{{status=\"{}xx\"}} {}\n", c, by_class_.at(c).load());
  }
  head(out, "twosource_answer_seconds", "histogram", "Time from a whole request to its answer.");
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < kBounds.size(); ++i) {
    sum += times_.at(i).load();
    out += fmt::format("twosource_answer_seconds_bucket{{le=\"{}\"}} {}\n",
                       static_cast<double>(kBounds.at(i)) / 1e6, sum);
  }
  sum += times_.back().load();
  out += fmt::format(
      "twosource_answer_seconds_bucket{{le=\"+Inf\"}} {0}\n"
      "twosource_answer_seconds_sum {1}\ntwosource_answer_seconds_count {0}\n",
      sum, static_cast<double>(microseconds_.load()) / 1e6);
  one(out, "twosource_answer_bytes_total", "counter", "Bytes of bodies sent.", bytes_.load());
  one(out, "twosource_cache_hits_total", "counter", "Answers that were ready.", hits_.load());
  one(out, "twosource_cache_bytes", "gauge", "Bytes of finished answers kept.", cache_bytes);
  one(out, "twosource_connections", "gauge", "Open connections.", transport.open);
  one(out, "twosource_connections_total", "counter", "Connections accepted.", transport.accepted);
  one(out, "twosource_connections_ended_total", "counter",
      "Connections ended because they took too long.", transport.ended);
  one(out, "twosource_record_generation", "counter", "States of the record seen.", generation);
  one(out, "twosource_articles", "gauge", "Articles in the record.", record.articles);
  one(out, "twosource_stories", "gauge", "Stories in the record.", record.stories);
  one(out, "twosource_events", "gauge", "Events in the record.", record.events);
  head(out, "twosource_claims", "gauge", "Claims in the record by verdict.");
  for (std::size_t v = 0; v < kVerdicts.size(); ++v) {
    out += fmt::format("twosource_claims{{verdict=\"{}\"}} {}\n", kVerdicts.at(v),
                       record.claims.at(v));
  }
  return out;
}

}  // namespace twosource::serve
