#pragma once

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

// Small parts that the readers of written dates share.
namespace twosource::clean::date_parts {

// Years that a page of the web or a scanned newspaper can carry.
inline constexpr int kFirstYear = 1800;
inline constexpr int kLastYear = 2099;
inline constexpr int kFirstUrlYear = 1990;

inline bool leap(int y) { return (y % 4 == 0 && y % 100 != 0) || y % 400 == 0; }

inline bool valid_day(int y, int m, int d) {
  constexpr std::array<int, 12> kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (m < 1 || m > 12 || d < 1 || y < kFirstYear || y > kLastYear) return false;
  const int days = kDays[static_cast<std::size_t>(m - 1)] + (m == 2 && leap(y) ? 1 : 0);
  return d <= days;
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
