#include "serve/http.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <microhttpd.h>
#include <netdb.h>
#include <netinet/tcp.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <cstring>
#include <list>
#include <mutex>
#include <optional>
#include <thread>

#include "text/error.hpp"

// The one file that knows libmicrohttpd.
namespace twosource::serve {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::seconds;

std::int64_t now_ms() noexcept {
  return std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now().time_since_epoch())
      .count();
}
std::int64_t in(unsigned s) noexcept { return now_ms() + 1000 * static_cast<std::int64_t>(s); }

// One request while it comes in.
struct Exchange {
  std::string uri;
  std::string body;
  bool begun = false;
  bool too_large = false;
  bool answered = false;
};

// A descriptor that closes itself unless it was released.
class Socket {
 public:
  explicit Socket(int fd) : fd_(fd) {}
  ~Socket() {
    if (fd_ >= 0) ::close(fd_);
  }
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;
  [[nodiscard]] int get() const noexcept { return fd_; }
  [[nodiscard]] int release() noexcept { return std::exchange(fd_, -1); }

 private:
  int fd_;
};

// A socket that listens; throws IoError saying why not.
int listen_at(const std::string& address, std::uint16_t port) {
  addrinfo hints{};
  hints.ai_family = AF_UNSPEC;
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
  addrinfo* found = nullptr;
  const int code = ::getaddrinfo(address.c_str(), std::to_string(port).c_str(), &hints, &found);
  if (code != 0) throw IoError(fmt::format("{}: {}", address, ::gai_strerror(code)));
  const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> owner(found, &::freeaddrinfo);
  Socket s(::socket(found->ai_family, found->ai_socktype | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  const int on = 1;
  if (s.get() >= 0) ::setsockopt(s.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (s.get() < 0 || ::bind(s.get(), found->ai_addr, found->ai_addrlen) != 0 ||
      ::listen(s.get(), 4096) != 0) {
    throw IoError(
        fmt::format("cannot listen at {}, port {}: {}", address, port, std::strerror(errno)));
  }
  return s.release();
}

std::uint16_t port_of(int socket) {
  sockaddr_storage address{};
  socklen_t size = sizeof address;
  std::array<char, 8> port{};
  if (::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size) != 0 ||
      ::getnameinfo(reinterpret_cast<sockaddr*>(&address), size, nullptr, 0, port.data(),
                    port.size(), NI_NUMERICSERV) != 0) {
    return 0;
  }
  return static_cast<std::uint16_t>(std::strtoul(port.data(), nullptr, 10));
}

// Room for so many connections beside the files of the program; what can be had comes back.
unsigned room_for(unsigned connections) {
  constexpr rlim_t kOther = 128;
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return std::min(connections, 512U);
  const rlim_t wanted = connections + kOther;
  if (limit.rlim_cur < wanted) {
    limit.rlim_cur = limit.rlim_max == RLIM_INFINITY ? wanted : std::min(wanted, limit.rlim_max);
    ::setrlimit(RLIMIT_NOFILE, &limit);
    ::getrlimit(RLIMIT_NOFILE, &limit);
  }
  if (limit.rlim_cur == RLIM_INFINITY || limit.rlim_cur >= wanted) return connections;
  return static_cast<unsigned>(limit.rlim_cur > 2 * kOther ? limit.rlim_cur - kOther : kOther);
}

std::string header(MHD_Connection* c, const char* name) {
  const char* value = MHD_lookup_connection_value(c, MHD_HEADER_KIND, name);
  return value == nullptr ? std::string() : std::string(value);
}

std::optional<Method> method_of(std::string_view name) noexcept {
  if (name == "GET") return Method::Get;
  if (name == "HEAD") return Method::Head;
  if (name == "POST") return Method::Post;
  return std::nullopt;
}

// nullopt: the address or the form cannot be decoded.
std::optional<Request> request_of(MHD_Connection* c, Method method, Exchange& exchange) {
  Request r;
  r.method = method;
  const std::string_view uri = exchange.uri;
  const std::size_t mark = uri.find('?');
  auto path = parse_path(uri.substr(0, mark));
  auto query =
      parse_fields(mark == std::string_view::npos ? std::string_view() : uri.substr(mark + 1));
  if (!path || !query) return std::nullopt;
  r.path = std::move(*path);
  r.query = std::move(*query);
  r.host = header(c, "Host");
  r.origin = header(c, "Origin");
  r.fetch_site = header(c, "Sec-Fetch-Site");
  r.cookie = header(c, "Cookie");
  r.authorization = header(c, "Authorization");
  r.languages = header(c, "Accept-Language");
  r.if_none_match = header(c, "If-None-Match");
  if (method != Method::Post) return r;
  if (header(c, "Content-Type").starts_with("application/json")) {
    r.body = std::move(exchange.body);
  } else {
    auto form = parse_fields(exchange.body);
    if (!form) return std::nullopt;
    r.form = std::move(*form);
  }
  return r;
}

void add(MHD_Response* r, const char* name, const char* value) {
  MHD_add_response_header(r, name, value);
}

// What every answer says, so that a browser runs, frames and sends nothing of it elsewhere.
void add_safety(MHD_Response* r) {
  add(r, "Content-Security-Policy",
      "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action "
      "'self'; "
      "base-uri 'none'; frame-ancestors 'none'");
  add(r, "X-Content-Type-Options", "nosniff");
  add(r, "X-Frame-Options", "DENY");
  add(r, "Referrer-Policy", "same-origin");
  add(r, "Cross-Origin-Opener-Policy", "same-origin");
  add(r, "Cross-Origin-Resource-Policy", "same-origin");
}

MHD_Result send(MHD_Connection* c, const Response& response) {
  static const std::string kNothing;
  auto* body = new std::shared_ptr<const std::string>(response.body);
  const std::string& bytes = *body ? **body : kNothing;
  MHD_Response* r = MHD_create_response_from_buffer_with_free_callback_cls(
      bytes.size(), const_cast<char*>(bytes.data()),
      [](void* cls) { delete static_cast<std::shared_ptr<const std::string>*>(cls); }, body);
  if (r == nullptr) {
    delete body;
    return MHD_NO;
  }
  add_safety(r);
  if (response.status != 304) add(r, "Content-Type", response.type);
  add(r, "Cache-Control", response.caching);
  add(r, "Vary", "Accept-Language, Cookie");
  if (!response.etag.empty()) add(r, "ETag", response.etag.c_str());
  if (!response.location.empty()) add(r, "Location", response.location.c_str());
  if (!response.cookie.empty()) add(r, "Set-Cookie", response.cookie.c_str());
  if (response.status == 405) add(r, "Allow", "GET, HEAD, POST");
  const MHD_Result result = MHD_queue_response(c, static_cast<unsigned>(response.status), r);
  MHD_destroy_response(r);
  return result;
}

}  // namespace

Response make_response(int status, const char* type, std::string body) {
  Response r;
  r.status = status;
  r.type = type;
  r.body = std::make_shared<const std::string>(std::move(body));
  return r;
}

class HttpServer::Transport {
 public:
  Transport(const std::string& address, std::uint16_t port, const Limits& limits, Handler handle,
            Refusal refuse)
      : limits_(limits), handle_(std::move(handle)), refuse_(std::move(refuse)) {
    const unsigned cores = std::max(2U, std::thread::hardware_concurrency());
    const unsigned threads = limits.threads == 0 ? cores : limits.threads;
    const unsigned most = std::max(room_for(limits.connections), threads);
    Socket socket(listen_at(address, port));
    port_ = port_of(socket.get());
    daemon_ = MHD_start_daemon(
        MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_ITC, 0, nullptr, nullptr, &Transport::on_request,
        this, MHD_OPTION_LISTEN_SOCKET, socket.get(), MHD_OPTION_THREAD_POOL_SIZE, threads,
        MHD_OPTION_CONNECTION_LIMIT, most, MHD_OPTION_PER_IP_CONNECTION_LIMIT, limits.per_address,
        MHD_OPTION_CONNECTION_TIMEOUT, limits.idle, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
        limits.memory, MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_URI_LOG_CALLBACK,
        &Transport::on_uri, this, MHD_OPTION_NOTIFY_COMPLETED, &Transport::on_completed, this,
        MHD_OPTION_NOTIFY_CONNECTION, &Transport::on_connection, this, MHD_OPTION_END);
    if (daemon_ == nullptr) throw IoError("the web server cannot be started");
    (void)socket.release();  // the daemon closes it
    watch_ = std::thread([this] { watch(); });
  }

  ~Transport() {
    MHD_stop_daemon(daemon_);
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
    }
    wake_.notify_all();
    watch_.join();
  }
  Transport(const Transport&) = delete;
  Transport& operator=(const Transport&) = delete;

  [[nodiscard]] std::uint16_t port() const noexcept { return port_; }
  [[nodiscard]] TransportCounts counts() const noexcept {
    return {open_.load(), accepted_.load(), ended_.load()};
  }

 private:
  // One open connection: who is behind its deadline is cut off.
  struct Connection {
    int socket = -1;
    std::atomic<std::int64_t> deadline{0};
    std::list<Connection>::iterator self{};
  };

  static Connection* state(MHD_Connection* c) {
    const auto* info = MHD_get_connection_info(c, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    return info == nullptr ? nullptr : static_cast<Connection*>(info->socket_context);
  }

  static void* on_uri(void* cls, const char* uri, MHD_Connection* c) {
    const auto* self = static_cast<Transport*>(cls);
    if (Connection* s = state(c)) s->deadline = in(self->limits_.request);
    auto exchange = std::make_unique<Exchange>();
    exchange->uri = uri;
    return exchange.release();
  }

  static void on_completed(void* cls, MHD_Connection* c, void** exchange,
                           MHD_RequestTerminationCode) {
    const auto* self = static_cast<Transport*>(cls);
    delete static_cast<Exchange*>(*exchange);
    *exchange = nullptr;
    if (Connection* s = state(c)) s->deadline = in(self->limits_.idle + self->limits_.request);
  }

  static void on_connection(void* cls, MHD_Connection* c, void** context,
                            MHD_ConnectionNotificationCode what) {
    static_cast<Transport*>(cls)->count(c, context, what);
  }

  void count(MHD_Connection* c, void** context, MHD_ConnectionNotificationCode what) {
    const std::lock_guard lock(mutex_);
    if (what == MHD_CONNECTION_NOTIFY_STARTED) {
      ++accepted_;
      ++open_;
      connections_.emplace_front();
      Connection& s = connections_.front();
      s.self = connections_.begin();
      const auto* info = MHD_get_connection_info(c, MHD_CONNECTION_INFO_CONNECTION_FD);
      s.socket = info == nullptr ? -1 : info->connect_fd;
      s.deadline = in(limits_.request);
      *context = &s;
    } else if (auto* s = static_cast<Connection*>(*context)) {
      --open_;
      connections_.erase(s->self);
      *context = nullptr;
    }
  }

  // Once a second: shuts what is behind its deadline. A connection leaves the list before its
  // socket is closed, so that no other one's can be hit.
  void watch() {
    std::unique_lock lock(mutex_);
    while (!wake_.wait_for(lock, seconds(1), [this] { return stopping_; })) {
      const std::int64_t now = now_ms();
      for (Connection& s : connections_) {
        if (s.deadline.load() >= now || s.socket < 0) continue;
        ::shutdown(s.socket, SHUT_RDWR);
        s.deadline = in(3600);
        ++ended_;
      }
    }
  }

  static MHD_Result on_request(void* cls, MHD_Connection* c, const char*, const char* method,
                               const char*, const char* upload, std::size_t* upload_size,
                               void** context) {
    return static_cast<Transport*>(cls)->receive(c, method, {upload, *upload_size}, upload_size,
                                                 *static_cast<Exchange*>(*context));
  }

  MHD_Result receive(MHD_Connection* c, std::string_view name, std::string_view upload,
                     std::size_t* upload_size, Exchange& exchange) {
    const std::optional<Method> method = method_of(name);
    if (!exchange.begun) {
      exchange.begun = true;
      if (Connection* s = state(c)) s->deadline = in(limits_.answer);
      if (!method) return send(c, refuse_(405));
      const std::string length = header(c, "Content-Length");
      if (length.size() > 9 || std::strtoull(length.c_str(), nullptr, 10) > limits_.body) {
        return send(c, refuse_(413));
      }
      return MHD_YES;
    }
    if (!upload.empty()) {
      *upload_size = 0;
      if (exchange.body.size() + upload.size() > limits_.body) return MHD_NO;
      exchange.body += upload;
      return MHD_YES;
    }
    if (exchange.answered) return MHD_YES;
    exchange.answered = true;
    const std::optional<Request> request = request_of(c, *method, exchange);
    return send(c, request ? handle_(*request) : refuse_(400));
  }

  Limits limits_;
  Handler handle_;
  Refusal refuse_;
  MHD_Daemon* daemon_ = nullptr;
  std::uint16_t port_ = 0;
  std::atomic<std::uint64_t> open_{0};
  std::atomic<std::uint64_t> accepted_{0};
  std::atomic<std::uint64_t> ended_{0};
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;
  std::list<Connection> connections_;
  std::thread watch_;
};

HttpServer::HttpServer(const std::string& address, std::uint16_t port, const Limits& limits,
                       Handler handle, Refusal refuse)
    : transport_(std::make_unique<Transport>(address, port, limits, std::move(handle),
                                             std::move(refuse))) {}
HttpServer::~HttpServer() = default;
std::uint16_t HttpServer::port() const noexcept { return transport_->port(); }
TransportCounts HttpServer::counts() const noexcept { return transport_->counts(); }

}  // namespace twosource::serve
