#include "intake/web.hpp"

#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>
#include <vector>

#include "text/utf8.hpp"

namespace twosource::intake {
namespace {

constexpr std::size_t kShownName = 60;  // bytes of a path that an id shows

// "https://host/a/b" as scheme with colon, "//host" and the rest.
struct Parts {
  std::string_view scheme;
  std::string_view host;
  std::string_view path;   // with its slash; may be empty
  std::string_view query;  // with its question mark
};

Parts split(std::string_view url) {
  Parts p;
  url = url.substr(0, url.find('#'));
  const std::size_t colon = url.find("://");
  p.scheme = url.substr(0, colon + 1);
  url.remove_prefix(colon + 1);
  const std::size_t end = std::min(url.find_first_of("/?", 2), url.size());
  p.host = url.substr(0, end);
  url.remove_prefix(end);
  const std::size_t query = std::min(url.find('?'), url.size());
  p.path = url.substr(0, query);
  p.query = url.substr(query);
  return p;
}

// RFC 3986, section 5.2.4.
std::string without_dots(std::string_view path) {
  std::vector<std::string_view> kept;
  bool folder = false;  // ends in a slash
  while (!path.empty()) {
    path.remove_prefix(1);
    const std::size_t end = std::min(path.find('/'), path.size());
    const std::string_view segment = path.substr(0, end);
    path.remove_prefix(end);
    folder = segment == "." || segment == "..";
    if (segment == ".." && !kept.empty()) kept.pop_back();
    if (!folder) kept.push_back(segment);
  }
  std::string out;
  for (const std::string_view segment : kept) out.append("/").append(segment);
  return folder || out.empty() ? out + "/" : out;
}

bool is_scheme(std::string_view text) {
  return !text.empty() &&
         text.find_first_not_of(
             "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-.") ==
             std::string_view::npos;
}

}  // namespace

bool is_address(std::string_view input) noexcept {
  const auto begins = [input](std::string_view prefix) {
    if (input.size() <= prefix.size()) return false;
    for (std::size_t i = 0; i < prefix.size(); ++i) {
      const char c = input[i];
      if ((c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c) != prefix[i]) return false;
    }
    return true;
  };
  return begins("http://") || begins("https://");
}

std::string address_id(std::string_view url) {
  url = url.substr(0, url.find('#'));
  const Parts p = split(url);
  std::string_view name = p.path;
  while (name.ends_with('/')) name.remove_suffix(1);
  name = name.substr(name.rfind('/') + 1);
  if (name.empty()) name = p.host.substr(std::min<std::size_t>(2, p.host.size()));
  name = name.substr(0, name.rfind('.') == 0 ? name.size() : name.rfind('.'));
  std::string id;
  for (const char c : name.substr(0, kShownName)) {
    const bool plain =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    id += plain ? c : '-';
  }
  return fmt::format("{}-{:08x}", id, XXH3_64bits(url.data(), url.size()) >> 32U);
}

std::string resolve_address(std::string_view base, std::string_view reference) {
  reference = utf8::trim(reference);
  reference = reference.substr(0, reference.find('#'));
  if (is_address(reference)) return std::string(reference);
  if (!is_address(base) || reference.empty()) return {};
  const std::size_t colon = reference.find(':');
  if (colon < reference.find_first_of("/?") && is_scheme(reference.substr(0, colon))) return {};
  const Parts p = split(base);
  const std::string root = std::string(p.scheme) + std::string(p.host);
  if (reference.starts_with("//")) {
    return reference.size() > 2 ? std::string(p.scheme) + std::string(reference) : std::string();
  }
  if (reference.starts_with("?")) return root + std::string(p.path) + std::string(reference);
  const std::size_t query = std::min(reference.find('?'), reference.size());
  std::string path(reference.substr(0, query));
  if (!path.starts_with('/')) {
    path = std::string(p.path.substr(0, p.path.rfind('/') + 1)) + path;
    if (!path.starts_with('/')) path = '/' + path;
  }
  return root + without_dots(path) + std::string(reference.substr(query));
}

}  // namespace twosource::intake
