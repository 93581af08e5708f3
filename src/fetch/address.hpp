#pragma once

#include <sys/socket.h>

#include <string>
#include <string_view>

#include "text/error.hpp"

namespace twosource::fetch {

// An http(s) address that may be asked: host in lower case (an IPv6 address in brackets), the port
// that holds, the path with its query ("/" at least), without fragment.
struct Url {
  std::string scheme;
  std::string host;
  std::string port;
  std::string target;

  // The whole again; the scheme's own port is left out.
  [[nodiscard]] std::string text() const;
  // What robots.txt and pauses go by: "https://host:443".
  [[nodiscard]] std::string site() const { return scheme + "://" + host + ":" + port; }
};

// Refuses what is not http or https, has user name or password in it (they would be sent to whoever
// a redirect names), has no host, or is longer than 8000 bytes (RFC 9110, section 4.1, asks for as
// much). Blanks and non-ASCII letters of the path are taken and written as %XX.
[[nodiscard]] Result<Url> parse_url(std::string_view text);

// Where a redirect from `base` leads; refuses like parse_url.
[[nodiscard]] Result<Url> resolve(const Url& base, std::string_view reference);

// What makes an address unreachable for everybody but this network: "loopback", "private",
// "link-local", "multicast", "reserved" (the special-purpose registries of IANA, RFC 6890); empty
// for a public one. IPv4 addresses inside IPv6 ones (mapped, NAT64, 6to4, Teredo) are looked at,
// too. Families other than IPv4 and IPv6 are "reserved".
[[nodiscard]] std::string_view special_use(const sockaddr& address) noexcept;
// "192.0.2.1", "2001:db8::1".
[[nodiscard]] std::string shown(const sockaddr& address);

}  // namespace twosource::fetch
