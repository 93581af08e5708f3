#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// What a client writes into addresses and forms, read strictly: nothing here trusts its input, all
// of it is linear in the input's length.
namespace twosource::serve {

inline constexpr std::size_t kMostFields = 64;  // more names in one query or form are refused

// Names and values in the order of the request; the first of a name counts.
class Fields {
 public:
  void add(std::string name, std::string value) {
    items_.emplace_back(std::move(name), std::move(value));
  }
  // Empty when there is none of that name.
  [[nodiscard]] std::string_view operator[](std::string_view name) const noexcept;
  [[nodiscard]] bool has(std::string_view name) const noexcept;
  // The number a field writes in decimal digits, clamped to [low, high]; `otherwise` when it is
  // missing, empty or no number.
  [[nodiscard]] std::size_t number(std::string_view name, std::size_t otherwise, std::size_t low,
                                   std::size_t high) const noexcept;
  [[nodiscard]] const std::vector<std::pair<std::string, std::string>>& items() const noexcept {
    return items_;
  }

 private:
  std::vector<std::pair<std::string, std::string>> items_;
};

// %XX as bytes, and + as a blank where `plus` says so. nullopt: a % without two hex digits, a NUL,
// or a result that is not UTF-8.
[[nodiscard]] std::optional<std::string> percent_decode(std::string_view text, bool plus = false);
// `text` as one segment of a path or one value of a query: everything but letters, digits and -._~
// as %XX. The way back is percent_decode.
[[nodiscard]] std::string percent_encode(std::string_view text);

// "a=1&b=2", as in a query or a form's body. nullopt: more than kMostFields, or a part that cannot
// be decoded.
[[nodiscard]] std::optional<Fields> parse_fields(std::string_view text);

// The segments of a request's path, decoded: "/claims/k1" gives {"claims", "k1"}, "/" gives none. A
// slash written as %2F belongs to its segment. nullopt: no leading slash, more than 8 segments, an
// empty one in between, "." or "..", control characters, or a part that cannot be decoded.
[[nodiscard]] std::optional<std::vector<std::string>> parse_path(std::string_view path);

// The value of a cookie in a Cookie header; empty when there is none.
[[nodiscard]] std::string_view cookie(std::string_view header, std::string_view name) noexcept;

// The first of `offered` (codes like "de") that an Accept-Language header prefers, by its quality
// values (RFC 9110, 12.5.4), "de-AT" as "de"; empty when it names none of them.
[[nodiscard]] std::string preferred_language(std::string_view header,
                                             const std::vector<std::string>& offered);

}  // namespace twosource::serve
