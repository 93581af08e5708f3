#include <cstdint>
#include <cstdlib>
#include <string>

#include "fetch/address.hpp"
#include "fetch/robots.hpp"
#include "intake/web.hpp"

namespace {
void require(bool holds) {
  if (!holds) std::abort();
}
}  // namespace

// A path in the first line, a robots.txt behind it, and the whole as an address: /robots.txt may
// always be read, two ways to write one path get one answer, what is taken as an address is http(s)
// without a user, and is read back the same.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace twosource;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const std::size_t end = std::min(bytes.find('\n'), bytes.size());
  const std::string path = "/" + std::string(bytes.substr(0, end));
  const fetch::Robots robots(bytes.substr(std::min(end + 1, bytes.size())), "twosource");
  require(robots.allows("/robots.txt"));
  require(robots.allows(path) == robots.allows(fetch::robots_normal(path)));
  require(fetch::robots_normal(fetch::robots_normal(path)) == fetch::robots_normal(path));
  require(robots.delay_s() >= 0);
  if (const auto url = fetch::parse_url(bytes)) {
    require(url->scheme == "http" || url->scheme == "https");
    require(url->text().find_first_of(" \r\n\t") == std::string::npos);
    const auto again = fetch::parse_url(url->text());
    require(again && again->text() == url->text());
  }
  const std::string resolved = intake::resolve_address("https://elb.example/a/b?c", bytes);
  require(resolved.empty() || intake::is_address(resolved));
  require(intake::address_id(resolved) == intake::address_id(resolved + "#x"));
  return 0;
}
