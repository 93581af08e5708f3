#include "watch/pace.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <string>

#include "text/utf8.hpp"

namespace twosource::watch {
namespace {
using std::chrono::seconds;

constexpr seconds kDay{86400};
constexpr seconds kWeek{7 * 86400};
constexpr unsigned kMostDoublings = 20;

// The text of the first element of that name: "<ttl>60</ttl>" gives "60".
std::string_view element(std::string_view xml, std::string_view name) {
  const std::string open = "<" + std::string(name);
  for (std::size_t at = xml.find(open); at != std::string_view::npos; at = xml.find(open, at + 1)) {
    const std::size_t behind = at + open.size();
    if (behind >= xml.size() || (xml[behind] != '>' && xml[behind] != ' ')) continue;
    const std::size_t begin = xml.find('>', behind);
    if (begin == std::string_view::npos) return {};
    const std::size_t end = xml.find('<', begin);
    return utf8::trim(xml.substr(begin + 1, end == std::string_view::npos ? 0 : end - begin - 1));
  }
  return {};
}

std::int64_t number(std::string_view digits) {
  std::int64_t n = 0;
  const auto got = std::from_chars(digits.data(), digits.data() + digits.size(), n);
  return got.ec == std::errc{} && n > 0 && n < 1'000'000 ? n : 0;
}

// RSS 1.0 Syndication module.
seconds named_period(std::string_view name) {
  if (name == "hourly") return seconds{3600};
  if (name == "daily") return kDay;
  if (name == "weekly") return kWeek;
  if (name == "monthly") return seconds{30 * 86400};
  if (name == "yearly") return seconds{365 * 86400};
  return seconds{0};
}

}  // namespace

seconds feed_period(std::string_view xml) {
  constexpr std::size_t kHead = 64U << 10U;
  std::string_view head = xml.substr(0, kHead);
  head = head.substr(0, std::min({head.find("<item>"), head.find("<item "), head.find("<entry>"),
                                  head.find("<entry ")}));
  const seconds ttl{number(element(head, "ttl")) * 60};
  const seconds period = named_period(element(head, "sy:updatePeriod"));
  const std::int64_t times = std::max<std::int64_t>(1, number(element(head, "sy:updateFrequency")));
  return std::max(ttl, period / times);
}

seconds next_in(seconds every, const Hints& hints, unsigned failures) {
  seconds in = std::max(every, std::min(std::max(hints.period, hints.fresh), kDay));
  for (unsigned i = 0; i < std::min(failures, kMostDoublings) && in < kDay; ++i) in *= 2;
  if (failures > 0) in = std::max(every, std::min(in, kDay));
  return std::max(in, std::min(hints.retry_after, kWeek));
}

}  // namespace twosource::watch
