#include "fetch/fetcher.hpp"

#include <curl/curl.h>
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <ctime>
#include <thread>
#include <utility>

#include "intake/http_message.hpp"
#include "text/utf8.hpp"

namespace twosource::fetch {
namespace {
using std::chrono::seconds;

constexpr int kMostRedirects = 8;
constexpr int kMostRobotsRedirects = 5;           // RFC 9309, section 2.3.1.2
constexpr std::chrono::hours kRobotsKept{24};     // section 2.4
constexpr std::chrono::minutes kFailureKept{10};  // of a robots.txt that could not be read
constexpr double kLongestDelay_s = 60;
constexpr seconds kLongestWait{30};
constexpr std::size_t kMostSites = 10000;

tl::unexpected<Failure> failure(std::string reason, int status = 0, seconds retry = seconds{0}) {
  return tl::unexpected(Failure{std::move(reason), status, retry});
}

std::optional<seconds> number_of(std::string_view digits) {
  std::int64_t n = 0;
  const auto got = std::from_chars(digits.data(), digits.data() + digits.size(), n);
  if (got.ec != std::errc{} || got.ptr == digits.data() || n < 0) return std::nullopt;
  return seconds(std::min<std::int64_t>(n, std::int64_t{10} * 365 * 86400));
}

// An HTTP date as seconds from now, 0 when it is past or no date.
seconds until(std::string_view date) {
  const std::time_t then = curl_getdate(std::string(date).c_str(), nullptr);
  const std::time_t now = std::time(nullptr);
  return then > now ? seconds(then - now) : seconds{0};
}

seconds retry_after(const Head& head) {
  const std::string_view value = head["retry-after"];
  if (const auto n = number_of(value)) return *n;
  return value.empty() ? seconds{0} : until(value);
}

seconds freshness(const Head& head) {
  const std::string control = utf8::lower(head["cache-control"]);
  if (control.find("no-store") != std::string::npos ||
      control.find("no-cache") != std::string::npos)
    return seconds{0};
  const std::size_t at = control.find("max-age=");
  if (at != std::string::npos) {
    return number_of(std::string_view(control).substr(at + 8)).value_or(seconds{0});
  }
  const std::string_view expires = head["expires"];
  return expires.empty() ? seconds{0} : until(expires);
}

bool is_redirect(int status) {
  return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

Result<Url> redirected(const Url& from, const Head& head) {
  const std::string_view where = head["location"];
  if (where.empty()) return tl::unexpected(Error{"the answer does not say where", {}});
  return resolve(from, where);
}

std::string status_words(int status) {
  switch (status) {
    case 401:
      return "401, wants a log-in";
    case 402:
      return "402, wants to be paid";
    case 403:
      return "403, forbidden";
    case 404:
      return "404, not found";
    case 410:
      return "410, gone for good";
    case 429:
      return "429, too many requests";
    case 451:
      return "451, not available for legal reasons";
    case 503:
      return "503, not available now";
    default:
      return std::to_string(status);
  }
}

}  // namespace

Fetcher::Fetcher(Options options) : options_(std::move(options)) {
  agent_ = fmt::format("{}/{}", kProduct, options_.version.empty() ? "0" : options_.version);
  if (!options_.contact.empty()) agent_ += fmt::format(" (+{})", options_.contact);
}

Question Fetcher::question(const Url& url) const {
  Question q;
  q.url = url;
  q.agent = agent_;
  q.private_addresses = options_.private_addresses;
  return q;
}

bool Fetcher::wait_until(Clock::time_point when) const {
  constexpr std::chrono::milliseconds kSlice{100};
  while (Clock::now() < when) {
    if (options_.stop && options_.stop()) return false;
    std::this_thread::sleep_for(std::min<Clock::duration>(kSlice, when - Clock::now()));
  }
  return !(options_.stop && options_.stop());
}

Fetcher::Site& Fetcher::site_of(const Url& url) {
  if (sites_.size() >= kMostSites) sites_.clear();
  return sites_[url.site()];
}

void Fetcher::read_robots(const Url& site_url, Site& site) {
  site.robots_known = true;
  site.unreachable.clear();
  site.robots = Robots();
  site.robots_until = Clock::now() + kRobotsKept;
  const auto unreachable = [&](std::string why) {
    site.unreachable = std::move(why);
    site.robots = Robots::nothing();
    site.robots_until = Clock::now() + kFailureKept;
  };
  Url url = site_url;
  url.target = "/robots.txt";
  for (int hop = 0; hop <= kMostRobotsRedirects; ++hop) {
    Question q = question(url);
    q.headers = {{"Accept", "text/plain,*/*;q=0.5"}, {"Accept-Encoding", "gzip"}};
    auto transfer = std::make_unique<Transfer>(connections_, q, options_.limits, options_.stop);
    const Result<Head> head = transfer->head();
    if (!head) return unreachable(head.error().message);
    if (is_redirect(head->status)) {
      Result<Url> next = redirected(url, *head);
      if (!next) return;  // leads nowhere: there is none
      url = std::move(*next);
      continue;
    }
    if (head->status >= 500 || head->status == 429) return unreachable(status_words(head->status));
    if (head->status < 200 || head->status > 299) return;  // there is none: all is allowed
    intake::Input input(std::move(transfer), options_.max_ratio);
    std::string text;
    if (!input.read_all(Robots::kMostBytes, text)) text.resize(Robots::kMostBytes);
    if (const std::string broken = input.failure(); !broken.empty()) return unreachable(broken);
    site.robots = Robots(text, kProduct);
    return;
  }
}

std::string Fetcher::forbidden(const Url& url, Site& site) {
  if (!site.robots_known || Clock::now() >= site.robots_until) read_robots(url, site);
  if (!site.unreachable.empty()) {
    return "its robots.txt cannot be read, so nothing may be: " + site.unreachable;
  }
  return site.robots.allows(url.target) ? std::string()
                                        : "the robots.txt of " + url.host + " forbids it";
}

tl::expected<Answer, Failure> Fetcher::answer(Head&& head, const Url& url,
                                              std::unique_ptr<Transfer> transfer) const {
  if (head.status != 304 && (head.status < 200 || head.status > 299)) {
    return failure(status_words(head.status), head.status, retry_after(head));
  }
  Answer a;
  a.status = head.status;
  a.url = url.text();
  a.etag = head["etag"];
  a.modified = head["last-modified"];
  a.fresh = freshness(head);
  intake::read_content_type(head["content-type"], a.type, a.charset);
  if (head.status == 304) return a;
  const std::string encoding = utf8::lower(head["content-encoding"]);
  if (encoding != "br" && encoding != "deflate" && encoding != "compress") {
    a.body = std::move(transfer);  // gzip and zstd are opened by intake, told by their first bytes
    return a;
  }
  // Nobody asked for these.
  intake::HttpMessage message;
  message.encoding = encoding;
  intake::Input input(std::move(transfer), options_.max_ratio);
  std::string bytes;
  const bool whole = input.read_all(options_.most_body_bytes, bytes);
  if (const std::string broken = input.failure(); !broken.empty()) return failure(broken);
  if (!whole) return failure(fmt::format("larger than {} MiB", options_.most_body_bytes >> 20U));
  message.body = bytes;
  Result<std::string> opened =
      intake::http_payload(message, options_.most_body_bytes, options_.max_ratio);
  if (!opened) return failure(opened.error().message);
  a.body = intake::from_string(std::move(*opened));
  return a;
}

tl::expected<Answer, Failure> Fetcher::get(const Request& request) {
  Result<Url> url = parse_url(request.url);
  if (!url) return failure(url.error().message);
  std::string from;  // said of what a redirect led to
  for (int hop = 0; hop <= kMostRedirects; ++hop) {
    Site& site = site_of(*url);
    if (std::string why = forbidden(*url, site); !why.empty()) return failure(why + from);
    if (!wait_until(site.next)) return failure("stopped");
    const double delay_s = std::min(site.robots.delay_s(), kLongestDelay_s);
    const auto delay = std::chrono::milliseconds(static_cast<std::int64_t>(delay_s * 1000));
    Question q = question(*url);
    q.headers = {{"Accept",
                  "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,"
                  "application/feed+json,*/*;q=0.5"},
                 {"Accept-Encoding", "gzip"}};
    if (!request.etag.empty()) q.headers.emplace_back("If-None-Match", request.etag);
    if (!request.modified.empty()) q.headers.emplace_back("If-Modified-Since", request.modified);
    auto transfer = std::make_unique<Transfer>(connections_, q, options_.limits, options_.stop);
    Result<Head> head = transfer->head();
    site.next = Clock::now() + std::max(options_.pause, delay);
    if (!head) return failure(head.error().message + from);
    if (!is_redirect(head->status)) return answer(std::move(*head), *url, std::move(transfer));
    Result<Url> next = redirected(*url, *head);
    if (!next) return failure("redirected to nowhere: " + next.error().message);
    url = std::move(next);
    from = " (redirected to " + url->text().substr(0, 200) + ")";
  }
  return failure(fmt::format("redirected more than {} times", kMostRedirects));
}

Result<intake::WebDocument> Fetcher::open(const std::string& url) {
  tl::expected<Answer, Failure> got = get({url, {}, {}});
  const bool again = !got && (got.error().status == 429 || got.error().status == 503) &&
                     got.error().retry_after.count() > 0 && got.error().retry_after <= kLongestWait;
  if (again && wait_until(Clock::now() + got.error().retry_after)) got = get({url, {}, {}});
  if (!got) {
    std::string reason = got.error().reason;
    if (got.error().retry_after.count() > 0) {
      reason += fmt::format(", may be asked again in {} s", got.error().retry_after.count());
    }
    return tl::unexpected(Error{std::move(reason), {}});
  }
  if (!got->body) return tl::unexpected(Error{"304 without a question for it", {}});
  return intake::WebDocument{std::move(got->url), std::move(got->type), std::move(got->charset),
                             std::move(got->body)};
}

tl::expected<int, Failure> Fetcher::post(
    const std::string& url, const std::string& json,
    const std::vector<std::pair<std::string, std::string>>& headers) {
  const Result<Url> where = parse_url(url);
  if (!where) return failure(where.error().message);
  Question q = question(*where);
  q.headers = headers;
  q.headers.emplace_back("Content-Type", "application/json");
  q.post = &json;
  Transfer transfer(connections_, q, options_.limits, options_.stop);
  const Result<Head> head = transfer.head();
  if (!head) return failure(head.error().message);
  if (head->status < 200 || head->status > 299) {
    return failure(status_words(head->status), head->status, retry_after(*head));
  }
  return head->status;
}

}  // namespace twosource::fetch
