#include "fetch/transfer.hpp"

#include <curl/curl.h>
#include <fmt/format.h>
#include <sys/socket.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <mutex>

#include "text/utf8.hpp"

namespace twosource::fetch {
namespace {

constexpr std::size_t kBuffered = 1U << 20U;
constexpr long kLeastSpeed = 100;  // bytes a second, over Limits::stall
constexpr int kPollMs = 200;
constexpr std::uint64_t kBytesPerSecond = 64U << 10U;

void start_curl() {
  static std::once_flag once;
  std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
}

CURL* easy_of(void* p) { return static_cast<CURL*>(p); }
CURLM* multi_of(const Connections& c) { return static_cast<CURLM*>(c.handle()); }

template <class T>
void set(void* easy, CURLoption option, T value) {
  curl_easy_setopt(easy_of(easy), option, value);
}

}  // namespace

std::string_view Head::operator[](std::string_view name) const noexcept {
  for (const auto& [key, value] : fields) {
    if (key == name) return value;
  }
  return {};
}

Connections::Connections() : handle_(nullptr) {
  start_curl();
  handle_ = curl_multi_init();
  curl_multi_setopt(static_cast<CURLM*>(handle_), CURLMOPT_MAXCONNECTS, 16L);
}
Connections::~Connections() { curl_multi_cleanup(static_cast<CURLM*>(handle_)); }

struct Transfer::Callbacks {
  static std::size_t body(char* bytes, std::size_t, std::size_t size, void* self) {
    auto& t = *static_cast<Transfer*>(self);
    if (t.buffer_.size() - t.taken_ >= kBuffered) {
      t.paused_ = true;
      return CURL_WRITEFUNC_PAUSE;
    }
    t.body_bytes_ += size;
    if (t.body_bytes_ > t.limits_.most_bytes) {
      t.fail(fmt::format("more than {} MiB", t.limits_.most_bytes >> 20U));
      return 0;
    }
    t.buffer_.append(bytes, size);
    return size;
  }

  static std::size_t header(char* bytes, std::size_t, std::size_t size, void* self) {
    auto& t = *static_cast<Transfer*>(self);
    return t.header_line({bytes, size}) ? size : 0;
  }

  static curl_socket_t socket(void* self, curlsocktype, curl_sockaddr* address) {
    auto& t = *static_cast<Transfer*>(self);
    if (!t.private_addresses_) {
      const std::string_view use = special_use(address->addr);
      if (!use.empty()) {
        t.refused_ = fmt::format("{} has a {} address, {}", t.host_, use, shown(address->addr));
        return CURL_SOCKET_BAD;
      }
    }
    return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
  }
};

Transfer::Transfer(Connections& connections, const Question& question, const Limits& limits,
                   std::function<bool()> stop)
    : connections_(connections),
      limits_(limits),
      stop_(std::move(stop)),
      private_addresses_(question.private_addresses),
      host_(question.url.host),
      easy_(curl_easy_init()),
      error_(CURL_ERROR_SIZE, '\0') {
  if (easy_ == nullptr) throw IoError("libcurl cannot start");
  set(easy_, CURLOPT_URL, question.url.text().c_str());
  set(easy_, CURLOPT_PROTOCOLS_STR, "http,https");
  set(easy_, CURLOPT_USERAGENT, question.agent.c_str());
  set(easy_, CURLOPT_NOSIGNAL, 1L);
  set(easy_, CURLOPT_FOLLOWLOCATION, 0L);
  set(easy_, CURLOPT_PROXY, "");
  set(easy_, CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
  set(easy_, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(limits.connect.count()));
  set(easy_, CURLOPT_LOW_SPEED_LIMIT, kLeastSpeed);
  set(easy_, CURLOPT_LOW_SPEED_TIME, static_cast<long>(limits.stall.count()));
  set(easy_, CURLOPT_ERRORBUFFER, error_.data());
  set(easy_, CURLOPT_OPENSOCKETFUNCTION, &Callbacks::socket);
  set(easy_, CURLOPT_OPENSOCKETDATA, this);
  set(easy_, CURLOPT_HEADERFUNCTION, &Callbacks::header);
  set(easy_, CURLOPT_HEADERDATA, this);
  set(easy_, CURLOPT_WRITEFUNCTION, &Callbacks::body);
  set(easy_, CURLOPT_WRITEDATA, this);
  set(easy_, CURLOPT_PRIVATE, this);
  curl_slist* headers = nullptr;
  for (const auto& [name, value] : question.headers) {
    headers = curl_slist_append(headers, fmt::format("{}: {}", name, value).c_str());
  }
  if (question.post != nullptr) {
    headers = curl_slist_append(headers, "Expect:");
    set(easy_, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(question.post->size()));
    set(easy_, CURLOPT_POSTFIELDS, question.post->data());
  }
  header_list_ = headers;
  if (headers != nullptr) set(easy_, CURLOPT_HTTPHEADER, headers);
  curl_multi_add_handle(multi_of(connections_), easy_of(easy_));
}

Transfer::~Transfer() {
  curl_multi_remove_handle(multi_of(connections_), easy_of(easy_));
  curl_easy_cleanup(easy_of(easy_));
  curl_slist_free_all(static_cast<curl_slist*>(header_list_));
}

void Transfer::fail(std::string why) {
  if (failure_.empty()) failure_ = std::move(why);
  done_ = true;
}

bool Transfer::header_line(std::string_view line) {
  head_bytes_ += line.size();
  if (head_bytes_ > limits_.most_head) {
    fail(fmt::format("headers of more than {} KiB", limits_.most_head >> 10U));
    return false;
  }
  line = utf8::trim(line);
  if (line.starts_with("HTTP/")) {
    head_ = {};
    const std::size_t blank = std::min(line.find(' '), line.size() - 1);
    std::from_chars(line.data() + blank + 1, line.data() + line.size(), head_.status);
  } else if (line.empty()) {
    head_done_ = head_.status >= 200;  // 1xx announce another head
  } else if (const std::size_t colon = line.find(':'); colon != std::string_view::npos) {
    head_.fields.emplace_back(utf8::lower(utf8::trim(line.substr(0, colon))),
                              utf8::sanitise(utf8::trim(line.substr(colon + 1))));
  }
  return true;
}

void Transfer::finished(int code) {
  done_ = true;
  if (code == CURLE_OK || !failure_.empty()) return;
  const bool unconnected = code == CURLE_COULDNT_CONNECT || code == CURLE_ABORTED_BY_CALLBACK;
  if (unconnected && !refused_.empty()) return fail(refused_);
  if (code == CURLE_OPERATION_TIMEDOUT) {
    return fail(head_done_ ? "the answer came to a halt" : "no answer in time");
  }
  if (code == CURLE_GOT_NOTHING) return fail("the server closed without an answer");
  if (code == CURLE_PARTIAL_FILE) return fail("the answer ended early");
  fail(error_.front() != '\0' ? error_.data() : curl_easy_strerror(static_cast<CURLcode>(code)));
}

// Lets the transfer run until something comes, for 200 ms at most.
void Transfer::step() {
  using Clock = std::chrono::steady_clock;
  if (stop_ && stop_()) return fail("stopped");
  const Clock::time_point begun = Clock::now();
  CURLM* const multi = multi_of(connections_);
  int running = 0;
  const std::uint64_t before = body_bytes_ + head_bytes_;
  curl_multi_perform(multi, &running);
  int left = 0;
  while (const CURLMsg* message = curl_multi_info_read(multi, &left)) {
    if (message->msg != CURLMSG_DONE) continue;
    void* whose = nullptr;
    curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &whose);
    static_cast<Transfer*>(whose)->finished(message->data.result);
  }
  if (!done_ && !paused_ && body_bytes_ + head_bytes_ == before) {
    curl_multi_poll(multi, nullptr, 0, kPollMs, nullptr);
  }
  waited_ += Clock::now() - begun;
  const auto allowed =
      limits_.total +
      std::chrono::seconds(static_cast<std::int64_t>(body_bytes_ / kBytesPerSecond));
  if (!done_ && waited_ > allowed) {
    fail(fmt::format("not done within {} s", allowed.count()));
  }
}

Result<Head> Transfer::head() {
  while (!head_done_ && !done_) step();
  if (!failure_.empty()) return tl::unexpected(Error{failure_, {}});
  return head_;
}

std::size_t Transfer::read(char* into, std::size_t size) {
  std::size_t given = 0;
  while (given < size) {
    if (taken_ < buffer_.size()) {
      const std::size_t part = std::min(size - given, buffer_.size() - taken_);
      std::memcpy(into + given, buffer_.data() + taken_, part);
      taken_ += part;
      given += part;
      continue;
    }
    if (done_) break;
    buffer_.clear();
    taken_ = 0;
    if (paused_) {
      paused_ = false;
      curl_easy_pause(easy_of(easy_), CURLPAUSE_CONT);
    }
    step();
  }
  return given;
}

}  // namespace twosource::fetch
