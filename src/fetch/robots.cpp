#include "fetch/robots.hpp"

#include <string.h>

#include <algorithm>
#include <charconv>

#include "text/utf8.hpp"

namespace twosource::fetch {
namespace {

int hex(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool same_name(std::string_view a, std::string_view b) {
  const auto low = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [&](char x, char y) { return low(x) == low(y); });
}

// The product token at the beginning of a User-agent value ("twosource/1.0" means twosource).
std::string_view token(std::string_view value) {
  std::size_t end = 0;
  while (end < value.size()) {
    const char c = value[end];
    const bool part = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
    if (!part) break;
    ++end;
  }
  return value.substr(0, end);
}

void append_escaped(std::string& out, char c) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  const auto byte = static_cast<unsigned char>(c);
  out += '%';
  out += kDigits[byte >> 4U];
  out += kDigits[byte & 15U];
}

// One line as key and value; both empty for anything else.
struct Line {
  std::string_view key;
  std::string_view value;
};
Line line_of(std::string_view text) {
  text = text.substr(0, text.find('#'));
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos) return {};
  return {utf8::trim(text.substr(0, colon)), utf8::trim(text.substr(colon + 1))};
}

double delay_of(std::string_view value) {
  double s = 0;
  const auto got = std::from_chars(value.data(), value.data() + value.size(), s);
  return got.ec == std::errc{} && s > 0 && s < 1e6 ? s : 0;
}

}  // namespace

std::string robots_normal(std::string_view path) {
  std::string out;
  out.reserve(path.size());
  for (std::size_t i = 0; i < path.size(); ++i) {
    const char c = path[i];
    const bool escape =
        c == '%' && i + 2 < path.size() && hex(path[i + 1]) >= 0 && hex(path[i + 2]) >= 0;
    if (escape) {
      const char meant = static_cast<char>(hex(path[i + 1]) * 16 + hex(path[i + 2]));
      const bool unreserved = (meant >= 'a' && meant <= 'z') || (meant >= 'A' && meant <= 'Z') ||
                              (meant >= '0' && meant <= '9') || meant == '-' || meant == '.' ||
                              meant == '_' || meant == '~';
      unreserved ? out.push_back(meant) : append_escaped(out, meant);
      i += 2;
    } else if (static_cast<unsigned char>(c) <= 0x20 || static_cast<unsigned char>(c) >= 0x7F ||
               c == '%') {
      append_escaped(out, c);
    } else {
      out += c;
    }
  }
  return out;
}

bool robots_match(std::string_view pattern, std::string_view target) noexcept {
  const bool whole = pattern.ends_with('$');
  if (whole) pattern.remove_suffix(1);
  std::size_t star = pattern.find('*');
  if (star == std::string_view::npos) {
    return whole ? target == pattern : target.starts_with(pattern);
  }
  if (!target.starts_with(pattern.substr(0, star))) return false;
  target.remove_prefix(star);
  // Each piece between two * where it first occurs leaves most to those behind it.
  for (;;) {
    pattern.remove_prefix(star + 1);
    star = pattern.find('*');
    const std::string_view piece = pattern.substr(0, star);
    if (star == std::string_view::npos && whole) return target.ends_with(piece);
    const void* found = ::memmem(target.data(), target.size(), piece.data(), piece.size());
    if (found == nullptr) return false;
    if (star == std::string_view::npos) return true;
    const auto at = static_cast<std::size_t>(static_cast<const char*>(found) - target.data());
    target.remove_prefix(at + piece.size());
  }
}

Robots::Robots(std::string_view text, std::string_view product) {
  if (text.size() > kMostBytes) {
    text = text.substr(0, kMostBytes);
    text = text.substr(0, text.find_last_of("\r\n") + 1);  // half a pattern would mean another one
  }
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  std::vector<Rule> own;
  std::vector<Rule> others;
  double own_delay = 0;
  double others_delay = 0;
  bool named = false;   // any group of this product at all
  bool in_own = false;  // what the group at hand is for
  bool in_others = false;
  bool in_rules = true;  // the next User-agent begins a new group
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of("\r\n"), text.size());
    const Line line = line_of(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (same_name(line.key, "user-agent")) {
      if (in_rules) in_own = in_others = in_rules = false;
      if (line.value.starts_with('*')) in_others = true;
      if (same_name(token(line.value), product)) in_own = named = true;
    } else if (same_name(line.key, "allow") || same_name(line.key, "disallow")) {
      in_rules = true;
      if (line.value.empty()) continue;  // "Disallow:" forbids nothing
      Rule rule{robots_normal(line.value), same_name(line.key, "allow")};
      if (in_own && own.size() < kMostRules) own.push_back(rule);
      if (in_others && others.size() < kMostRules) others.push_back(std::move(rule));
    } else if (same_name(line.key, "crawl-delay")) {
      in_rules = true;
      if (in_own) own_delay = std::max(own_delay, delay_of(line.value));
      if (in_others) others_delay = std::max(others_delay, delay_of(line.value));
    }
  }
  rules_ = std::move(named ? own : others);
  delay_s_ = named ? own_delay : others_delay;
}

Robots Robots::nothing() {
  Robots r;
  r.rules_.push_back({"/", false});
  return r;
}

bool Robots::allows(std::string_view target) const {
  const std::string path = robots_normal(target);
  if (path == "/robots.txt") return true;
  const Rule* best = nullptr;
  for (const Rule& rule : rules_) {
    const std::size_t size = rule.pattern.size();
    if (best != nullptr && size < best->pattern.size()) continue;
    if (best != nullptr && size == best->pattern.size() && !rule.allow) continue;
    if (robots_match(rule.pattern, path)) best = &rule;
  }
  return best == nullptr || best->allow;
}

}  // namespace twosource::fetch
