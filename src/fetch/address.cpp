#include "fetch/address.hpp"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <netinet/in.h>

#include <array>
#include <cstdint>
#include <cstring>
#include <memory>

namespace twosource::fetch {
namespace {

constexpr std::size_t kLongest = 8000;

struct FreeUrl {
  void operator()(CURLU* u) const { curl_url_cleanup(u); }
};
using Handle = std::unique_ptr<CURLU, FreeUrl>;

tl::unexpected<Error> refused(std::string why) { return tl::unexpected(Error{std::move(why), {}}); }

std::string part(CURLU* u, CURLUPart which, unsigned flags = 0) {
  char* text = nullptr;
  if (curl_url_get(u, which, &text, flags) != CURLUE_OK || text == nullptr) return {};
  std::string out(text);
  curl_free(text);
  return out;
}

Result<Url> taken(CURLU* u) {
  Url url;
  url.scheme = part(u, CURLUPART_SCHEME);
  if (url.scheme != "http" && url.scheme != "https") {
    return refused("neither http nor https");
  }
  if (!part(u, CURLUPART_USER).empty() || !part(u, CURLUPART_PASSWORD).empty()) {
    return refused("an address with a user name or password in it");
  }
  url.host = part(u, CURLUPART_HOST);
  for (char& c : url.host) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  if (url.host.empty()) return refused("an address without a host");
  // What is decoded once more would be another host.
  if (url.host.find('%') != std::string::npos) return refused("a host with a percent sign");
  url.port = part(u, CURLUPART_PORT, CURLU_DEFAULT_PORT);
  const std::string path = part(u, CURLUPART_PATH);
  url.target = path.empty() ? "/" : path;
  const std::string query = part(u, CURLUPART_QUERY);
  if (!query.empty()) url.target += '?' + query;
  if (url.target.size() > kLongest) return refused("an address of more than 8000 bytes");
  return url;
}

bool within(std::uint32_t address, std::uint32_t net, unsigned bits) {
  return (address ^ net) >> (32 - bits) == 0;
}

struct Net {
  std::uint32_t net;
  unsigned bits;
  std::string_view use;
};
constexpr std::uint32_t ip(std::uint32_t a, std::uint32_t b, std::uint32_t c, std::uint32_t d) {
  return a << 24U | b << 16U | c << 8U | d;
}
// IANA IPv4 Special-Purpose Address Registry, and multicast (RFC 5771).
constexpr auto kSpecial4 = std::to_array<Net>({
    {ip(0, 0, 0, 0), 8, "reserved"},
    {ip(10, 0, 0, 0), 8, "private"},
    {ip(100, 64, 0, 0), 10, "private"},
    {ip(127, 0, 0, 0), 8, "loopback"},
    {ip(169, 254, 0, 0), 16, "link-local"},
    {ip(172, 16, 0, 0), 12, "private"},
    {ip(192, 0, 0, 0), 24, "reserved"},
    {ip(192, 0, 2, 0), 24, "reserved"},
    {ip(192, 88, 99, 0), 24, "reserved"},
    {ip(192, 168, 0, 0), 16, "private"},
    {ip(198, 18, 0, 0), 15, "private"},
    {ip(198, 51, 100, 0), 24, "reserved"},
    {ip(203, 0, 113, 0), 24, "reserved"},
    {ip(224, 0, 0, 0), 4, "multicast"},
    {ip(240, 0, 0, 0), 4, "reserved"},
});

std::string_view special4(std::uint32_t address) {
  for (const Net& n : kSpecial4) {
    if (within(address, n.net, n.bits)) return n.use;
  }
  return {};
}

std::string_view special6(const std::array<std::uint8_t, 16>& a) {
  const auto v4 = [&](std::size_t at) { return ip(a[at], a[at + 1], a[at + 2], a[at + 3]); };
  const auto zero = [&](std::size_t from, std::size_t to) {
    for (std::size_t i = from; i < to; ++i) {
      if (a[i] != 0) return false;
    }
    return true;
  };
  if (zero(0, 15)) return a[15] == 1 ? "loopback" : "reserved";
  if (zero(0, 10) && a[10] == 0xFF && a[11] == 0xFF) return special4(v4(12));  // mapped
  if (zero(0, 12)) return "reserved";                                          // compatible, gone
  if (a[0] == 0 && a[1] == 0x64 && a[2] == 0xFF && a[3] == 0x9B) {             // NAT64
    return zero(4, 12) ? special4(v4(12)) : "private";
  }
  if (a[0] == 0x20 && a[1] == 0x02) return special4(v4(2));  // 6to4
  if (a[0] == 0x20 && a[1] == 0x01 && a[2] == 0 && a[3] == 0) {
    // Teredo: the client's address stands there inverted (RFC 4380, section 4).
    return special4(~v4(12));
  }
  if (a[0] == 0x20 && a[1] == 0x01 && a[2] < 0x02) return "reserved";
  if (a[0] == 0x20 && a[1] == 0x01 && a[2] == 0x0D && a[3] == 0xB8) return "reserved";
  if (a[0] == 0xFF) return "multicast";
  if (a[0] == 0xFE && (a[1] & 0xC0U) == 0x80) return "link-local";
  if (a[0] == 0xFE && (a[1] & 0xC0U) == 0xC0) return "private";  // site-local, gone
  if ((a[0] & 0xFEU) == 0xFC) return "private";
  return (a[0] & 0xE0U) == 0x20 ? std::string_view() : "reserved";  // 2000::/3 is what is routed
}

}  // namespace

std::string Url::text() const {
  const bool usual = port == (scheme == "https" ? "443" : "80");
  return scheme + "://" + host + (usual ? "" : ":" + port) + target;
}

Result<Url> parse_url(std::string_view text) {
  if (text.size() > kLongest) return refused("an address of more than 8000 bytes");
  if (text.find('\0') != std::string_view::npos) return refused("no address");
  const Handle u(curl_url());
  const CURLUcode code =
      curl_url_set(u.get(), CURLUPART_URL, std::string(text).c_str(), CURLU_URLENCODE);
  if (code == CURLUE_UNSUPPORTED_SCHEME) return refused("neither http nor https");
  if (code != CURLUE_OK) return refused(std::string("no address: ") + curl_url_strerror(code));
  return taken(u.get());
}

Result<Url> resolve(const Url& base, std::string_view reference) {
  if (reference.size() > kLongest) return refused("an address of more than 8000 bytes");
  if (reference.find('\0') != std::string_view::npos) return refused("no address");
  const Handle u(curl_url());
  CURLUcode code = curl_url_set(u.get(), CURLUPART_URL, base.text().c_str(), 0);
  if (code == CURLUE_OK) {
    code = curl_url_set(u.get(), CURLUPART_URL, std::string(reference).c_str(), CURLU_URLENCODE);
  }
  if (code == CURLUE_UNSUPPORTED_SCHEME) return refused("neither http nor https");
  if (code != CURLUE_OK) return refused(std::string("no address: ") + curl_url_strerror(code));
  return taken(u.get());
}

std::string_view special_use(const sockaddr& address) noexcept {
  if (address.sa_family == AF_INET) {
    sockaddr_in in{};
    std::memcpy(&in, &address, sizeof in);
    return special4(ntohl(in.sin_addr.s_addr));
  }
  if (address.sa_family == AF_INET6) {
    sockaddr_in6 in{};
    std::memcpy(&in, &address, sizeof in);
    std::array<std::uint8_t, 16> bytes{};
    std::memcpy(bytes.data(), &in.sin6_addr, bytes.size());
    return special6(bytes);
  }
  return "reserved";
}

std::string shown(const sockaddr& address) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  if (address.sa_family == AF_INET) {
    sockaddr_in in{};
    std::memcpy(&in, &address, sizeof in);
    inet_ntop(AF_INET, &in.sin_addr, text.data(), text.size());
  } else if (address.sa_family == AF_INET6) {
    sockaddr_in6 in{};
    std::memcpy(&in, &address, sizeof in);
    inet_ntop(AF_INET6, &in.sin6_addr, text.data(), text.size());
  }
  return text.data();
}

}  // namespace twosource::fetch
