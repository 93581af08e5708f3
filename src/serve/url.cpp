#include "serve/url.hpp"

#include <algorithm>

#include "text/utf8.hpp"

namespace twosource::serve {
namespace {

constexpr std::size_t kMostSegments = 8;

int hex_value(char c) noexcept {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool plain(char c) noexcept {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '.' || c == '_' || c == '~';
}

bool control(std::string_view s) noexcept {
  return std::any_of(s.begin(), s.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x20 || static_cast<unsigned char>(c) == 0x7F;
  });
}

std::string_view trim(std::string_view s) noexcept {
  while (!s.empty() && (s.front() == ' ' || s.front() == '\t')) s.remove_prefix(1);
  while (!s.empty() && (s.back() == ' ' || s.back() == '\t')) s.remove_suffix(1);
  return s;
}

// Takes the part of `rest` before `mark` off it.
std::string_view take(std::string_view& rest, char mark) noexcept {
  const std::size_t at = rest.find(mark);
  const std::string_view part = rest.substr(0, at);
  rest = at == std::string_view::npos ? std::string_view() : rest.substr(at + 1);
  return part;
}

// "0.8" as 800; 1000 when it is missing or odd.
int quality(std::string_view parameters) noexcept {
  const std::size_t at = parameters.find("q=");
  if (at == std::string_view::npos) return 1000;
  const std::string_view q = trim(parameters.substr(at + 2));
  if (q.empty() || q[0] == '1') return 1000;
  int value = 0;
  int unit = 100;
  for (std::size_t i = 2; i < q.size() && i < 5 && q[i] >= '0' && q[i] <= '9'; ++i, unit /= 10) {
    value += unit * (q[i] - '0');
  }
  return value;
}

}  // namespace

std::string_view Fields::operator[](std::string_view name) const noexcept {
  for (const auto& [key, value] : items_) {
    if (key == name) return value;
  }
  return {};
}

bool Fields::has(std::string_view name) const noexcept {
  return std::any_of(items_.begin(), items_.end(), [&](const auto& f) { return f.first == name; });
}

std::size_t Fields::number(std::string_view name, std::size_t otherwise, std::size_t low,
                           std::size_t high) const noexcept {
  const std::string_view digits = (*this)[name];
  if (digits.empty()) return otherwise;
  std::size_t value = 0;
  for (const char c : digits) {
    if (c < '0' || c > '9') return otherwise;
    value = std::min<std::size_t>(high, value * 10 + static_cast<std::size_t>(c - '0'));
  }
  return std::clamp(value, low, high);
}

std::optional<std::string> percent_decode(std::string_view text, bool plus) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (c == '%') {
      if (i + 2 >= text.size()) return std::nullopt;
      const int high = hex_value(text[i + 1]);
      const int low = hex_value(text[i + 2]);
      if (high < 0 || low < 0) return std::nullopt;
      c = static_cast<char>(high * 16 + low);
      i += 2;
    } else if (c == '+' && plus) {
      c = ' ';
    }
    if (c == '\0') return std::nullopt;
    out += c;
  }
  if (!utf8::valid(out)) return std::nullopt;
  return out;
}

std::string percent_encode(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    if (plain(c)) {
      out += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    out += '%';
    out += kDigits[byte >> 4U];
    out += kDigits[byte & 15U];
  }
  return out;
}

std::optional<Fields> parse_fields(std::string_view text) {
  Fields out;
  while (!text.empty()) {
    std::string_view part = take(text, '&');
    if (part.empty()) continue;
    if (out.items().size() == kMostFields) return std::nullopt;
    const auto name = percent_decode(take(part, '='), true);
    auto value = percent_decode(part, true);
    if (!name || !value) return std::nullopt;
    out.add(*name, std::move(*value));
  }
  return out;
}

std::optional<std::vector<std::string>> parse_path(std::string_view path) {
  if (!path.starts_with('/')) return std::nullopt;
  path.remove_prefix(1);
  std::vector<std::string> out;
  while (!path.empty()) {
    auto segment = percent_decode(take(path, '/'));
    if (!segment || segment->empty() || *segment == "." || *segment == "..") return std::nullopt;
    if (control(*segment) || out.size() == kMostSegments) return std::nullopt;
    out.push_back(std::move(*segment));
  }
  return out;
}

std::string_view cookie(std::string_view header, std::string_view name) noexcept {
  while (!header.empty()) {
    std::string_view pair = trim(take(header, ';'));
    if (trim(take(pair, '=')) == name) return trim(pair);
  }
  return {};
}

std::string preferred_language(std::string_view header, const std::vector<std::string>& offered) {
  std::string best;
  int best_quality = 0;
  for (std::size_t n = 0; n < kMostFields && !header.empty(); ++n) {
    std::string_view parameters = take(header, ',');
    const std::string_view range = trim(take(parameters, ';'));
    const std::string code = utf8::lower(range.substr(0, range.find('-')));
    const int q = quality(parameters);
    if (q > best_quality && std::find(offered.begin(), offered.end(), code) != offered.end()) {
      best = code;
      best_quality = q;
    }
  }
  return best;
}

}  // namespace twosource::serve
