#pragma once

#include <compare>
#include <cstdint>
#include <string_view>

namespace twosource {

// Half-open byte range [begin, end) into an article's text. Bytes, never code points; both ends
// lie on UTF-8 boundaries. Texts are below 4 GiB (intake refuses larger ones long before).
struct Span {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  [[nodiscard]] constexpr std::uint32_t size() const noexcept { return end - begin; }
  [[nodiscard]] constexpr bool empty() const noexcept { return begin >= end; }
  [[nodiscard]] constexpr bool contains(Span other) const noexcept {
    return begin <= other.begin && other.end <= end;
  }
  [[nodiscard]] constexpr bool contains(std::uint32_t at) const noexcept {
    return begin <= at && at < end;
  }
  [[nodiscard]] constexpr bool overlaps(Span other) const noexcept {
    return begin < other.end && other.begin < end;
  }
  friend constexpr auto operator<=>(const Span&, const Span&) = default;
};

// The characters a span covers; empty when the span does not fit the text.
[[nodiscard]] constexpr std::string_view slice(std::string_view text, Span span) noexcept {
  if (span.begin > span.end || span.end > text.size()) return {};
  return text.substr(span.begin, span.size());
}

[[nodiscard]] constexpr Span make_span(std::size_t begin, std::size_t end) noexcept {
  return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
}

}  // namespace twosource
