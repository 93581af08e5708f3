#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "serve/http.hpp"

namespace twosource::serve {

// Who may ask and who may write.
//
// Reading: whoever reaches the port, but only under a name that this server goes by (localhost, the
// address it is bound to, names given): so a page of elsewhere whose name is made to point here is
// refused (DNS rebinding).
// Writing: whoever holds the token of this start, as a cookie (given by the address that `serve`
// prints) or as "Authorization: Bearer"; with the cookie the request must also come from a page of
// this server (Origin or Sec-Fetch-Site) and bring the form's second token.
class Access {
 public:
  // `names`: hosts to answer to, without port. `writable`: false refuses every change.
  Access(std::vector<std::string> names, bool writable);

  [[nodiscard]] bool host_allowed(const Request& request) const;
  [[nodiscard]] bool writable() const noexcept { return writable_; }
  // Holds the token; for showing forms.
  [[nodiscard]] bool is_writer(const Request& request) const;
  // May this POST change something?
  [[nodiscard]] bool may_write(const Request& request) const;
  [[nodiscard]] bool is_token(std::string_view text) const noexcept;
  [[nodiscard]] const std::string& token() const noexcept { return token_; }
  [[nodiscard]] const std::string& form_token() const noexcept { return form_token_; }
  // The Set-Cookie header that makes a browser a writer until it is closed.
  [[nodiscard]] std::string set_cookie() const;

 private:
  std::vector<std::string> names_;
  bool writable_;
  std::string token_;
  std::string form_token_;
};

// Host of a Host header or an origin ("http://[::1]:8080"), without port and brackets, in lower
// case.
[[nodiscard]] std::string host_name(std::string_view host);

// 64 hex digits from the system's random numbers. Throws IoError when there are none.
[[nodiscard]] std::string random_token();

// Compares without stopping at the first difference.
[[nodiscard]] bool same_secret(std::string_view a, std::string_view b) noexcept;

}  // namespace twosource::serve
