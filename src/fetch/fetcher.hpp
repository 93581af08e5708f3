#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "fetch/robots.hpp"
#include "fetch/transfer.hpp"
#include "intake/web.hpp"

namespace twosource::fetch {

inline constexpr std::string_view kProduct = "twosource";  // what robots.txt files name

struct Options {
  std::string version;  // of this program, for the User-Agent
  std::string contact;  // address of whoever runs it, shown in the User-Agent; may be empty
  // Addresses of this machine and its network may be asked.
  bool private_addresses = false;
  // At least that long between two requests to one site; "Crawl-delay" may ask for more, up to a
  // minute. What robots.txt itself costs is not counted.
  std::chrono::milliseconds pause{1000};
  Limits limits;
  std::size_t most_body_bytes = 32U << 20U;  // of bodies that must be opened here (deflate, brotli)
  double max_ratio = 200;                    // by which these may grow
  std::function<bool()> stop;                // true: give up; asked a few times a second
};

struct Request {
  std::string url;
  std::string etag;      // of the version that is known: If-None-Match
  std::string modified;  // its Last-Modified: If-Modified-Since
};

struct Answer {
  int status = 0;    // 2xx, or 304 for a request with a known version
  std::string url;   // after redirects
  std::string type;  // as in intake::WebDocument
  std::string charset;
  std::string etag;
  std::string modified;
  std::chrono::seconds fresh{0};             // Cache-Control: max-age or Expires; 0 unknown
  std::unique_ptr<intake::ByteSource> body;  // null for 304
};

// Why there is no answer.
struct Failure {
  std::string reason;
  int status = 0;                       // of the answer that was no good; 0 when there was none
  std::chrono::seconds retry_after{0};  // what the server asks to wait; 0 when it does not
};

// Reads http(s) addresses the way a polite program does: robots.txt first (RFC 9309: a 4xx allows
// everything, an unreachable one nothing; kept for a day), a pause between requests to one site,
// redirects followed eight times at most with every check made anew for each. One thread at a time;
// bodies must be gone before the fetcher is.
class Fetcher final : public intake::Web {
 public:
  explicit Fetcher(Options options);

  [[nodiscard]] tl::expected<Answer, Failure> get(const Request& request);
  // The same for intake. A server that says 429 or 503 and when to come again (within 30 s) is
  // asked once more.
  [[nodiscard]] Result<intake::WebDocument> open(const std::string& url) override;

  // Sends JSON to an address of the user's own: no robots.txt, no redirects. What comes back is the
  // status.
  [[nodiscard]] tl::expected<int, Failure> post(
      const std::string& url, const std::string& json,
      const std::vector<std::pair<std::string, std::string>>& headers = {});

 private:
  using Clock = std::chrono::steady_clock;
  struct Site {
    Robots robots;
    std::string unreachable;  // why robots.txt could not be read
    Clock::time_point robots_until{};
    bool robots_known = false;
    Clock::time_point next{};  // when it may be asked again
  };
  [[nodiscard]] Site& site_of(const Url& url);
  void read_robots(const Url& url, Site& site);
  [[nodiscard]] std::string forbidden(const Url& url, Site& site);
  [[nodiscard]] bool wait_until(Clock::time_point when) const;
  [[nodiscard]] tl::expected<Answer, Failure> answer(Head&& head, const Url& url,
                                                     std::unique_ptr<Transfer> transfer) const;
  [[nodiscard]] Question question(const Url& url) const;

  Options options_;
  std::string agent_;
  Connections connections_;
  std::map<std::string, Site> sites_;
};

}  // namespace twosource::fetch
