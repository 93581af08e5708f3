#include "serve/access.hpp"

#include <sys/random.h>

#include <algorithm>
#include <array>

#include "text/error.hpp"
#include "text/utf8.hpp"

namespace twosource::serve {
namespace {

constexpr std::string_view kCookie = "twosource";

// Sent by a page of this server? Browsers say so by Sec-Fetch-Site, older ones by Origin only; who
// says nothing at all is no browser and has to bring the token as a header.
bool from_here(const Request& request) {
  if (!request.fetch_site.empty() && request.fetch_site != "same-origin") return false;
  if (request.origin.empty()) return !request.fetch_site.empty();
  const std::size_t scheme = request.origin.find("://");
  return scheme != std::string::npos &&
         std::string_view(request.origin).substr(scheme + 3) == request.host;
}

}  // namespace

std::string host_name(std::string_view host) {
  if (const std::size_t scheme = host.find("://"); scheme != std::string_view::npos) {
    host.remove_prefix(scheme + 3);
  }
  if (host.starts_with('[')) return utf8::lower(host.substr(1, host.find(']') - 1));
  return utf8::lower(host.substr(0, host.find(':')));
}

std::string random_token() {
  std::array<unsigned char, 32> bytes{};
  if (::getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size())) {
    throw IoError("the system gives no random numbers");
  }
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string out;
  for (const unsigned char b : bytes) {
    out += kDigits[b >> 4U];
    out += kDigits[b & 15U];
  }
  return out;
}

bool same_secret(std::string_view a, std::string_view b) noexcept {
  unsigned different = a.size() == b.size() ? 0 : 1;
  for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) {
    different |=
        static_cast<unsigned>(static_cast<unsigned char>(a[i]) ^ static_cast<unsigned char>(b[i]));
  }
  return different == 0;
}

Access::Access(std::vector<std::string> names, bool writable)
    : names_(std::move(names)),
      writable_(writable),
      token_(random_token()),
      form_token_(random_token()) {
  for (std::string& n : names_) n = host_name(n);
}

bool Access::host_allowed(const Request& request) const {
  const std::string host = host_name(request.host);
  return std::find(names_.begin(), names_.end(), host) != names_.end();
}

bool Access::is_token(std::string_view text) const noexcept { return same_secret(text, token_); }

bool Access::is_writer(const Request& request) const {
  return writable_ && is_token(serve::cookie(request.cookie, kCookie));
}

bool Access::may_write(const Request& request) const {
  if (!writable_) return false;
  constexpr std::string_view kBearer = "Bearer ";
  if (request.authorization.starts_with(kBearer)) {
    return is_token(std::string_view(request.authorization).substr(kBearer.size()));
  }
  if (!is_writer(request)) return false;
  return from_here(request) && same_secret(request.form["form_token"], form_token_);
}

std::string Access::set_cookie() const {
  return std::string(kCookie) + "=" + token_ + "; HttpOnly; SameSite=Strict; Path=/";
}

}  // namespace twosource::serve
