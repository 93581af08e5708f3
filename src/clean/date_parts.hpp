#pragma once

#include <algorithm>
#include <chrono>
#include <string>
#include <string_view>

// Small parts that the readers of written dates share.
namespace twosource::clean::date_parts {

// Years that a page of the web or a scanned newspaper can carry.
inline constexpr int kFirstYear = 1800;
inline constexpr int kLastYear = 2099;
inline constexpr int kFirstUrlYear = 1990;

inline bool valid_day(int y, int m, int d) {
  if (m < 1 || m > 12 || d < 1 || d > 31 || y < kFirstYear || y > kLastYear) return false;
  return std::chrono::year_month_day(std::chrono::year(y),
                                     std::chrono::month(static_cast<unsigned>(m)),
                                     std::chrono::day(static_cast<unsigned>(d)))
      .ok();
}

inline std::string two(int n) {
  return {static_cast<char>('0' + n / 10), static_cast<char>('0' + n % 10)};
}

inline std::string edtf(int y, int m = 0, int d = 0) {
  std::string out = std::to_string(y);
  if (m > 0) out += '-' + two(m);
  if (d > 0) out += '-' + two(d);
  return out;
}

inline bool all_digits(std::string_view s) {
  return !s.empty() && std::all_of(s.begin(), s.end(), [](char c) { return c >= '0' && c <= '9'; });
}

inline int to_int(std::string_view digits) {
  int v = 0;
  for (const char c : digits) v = v * 10 + (c - '0');
  return v;
}

}  // namespace twosource::clean::date_parts
