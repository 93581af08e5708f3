#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "serve/url.hpp"

namespace twosource::serve {

enum class Method : std::uint8_t { Get, Head, Post };

// What the rest of the server sees of a request; everything else a client sends is dropped.
struct Request {
  Method method = Method::Get;
  std::vector<std::string> path;  // decoded segments
  Fields query;
  Fields form;       // of a form's body
  std::string body;  // of a JSON body
  std::string host;
  std::string origin;
  std::string fetch_site;  // Sec-Fetch-Site
  std::string cookie;
  std::string authorization;
  std::string languages;  // Accept-Language
  std::string if_none_match;
};

struct Response {
  int status = 200;
  const char* type = "text/html; charset=utf-8";
  std::shared_ptr<const std::string> body;
  std::string etag;                           // with its quotes; empty: none
  std::string location;                       // of redirects
  std::string cookie;                         // Set-Cookie
  const char* caching = "private, no-cache";  // Cache-Control
};

[[nodiscard]] Response make_response(int status, const char* type, std::string body);

// What a client may ask of the machine. Times in seconds, sizes in bytes.
struct Limits {
  unsigned connections = 12000;
  unsigned per_address = 0;    // 0: as many as `connections`
  unsigned threads = 0;        // 0: one a core, at least two
  std::size_t memory = 16384;  // a connection's buffer: request line and headers must fit
  std::size_t body = 65536;    // of a POST
  unsigned idle = 15;          // without a byte either way
  unsigned request = 10;       // from the first byte to the end of the headers
  unsigned answer = 60;        // from the end of the headers to the last byte of the answer
};

// Counts of what the transport itself refused or ended.
struct TransportCounts {
  std::uint64_t open = 0;      // connections now
  std::uint64_t accepted = 0;  // connections ever
  std::uint64_t ended = 0;     // ended because they took too long
};

// An HTTP/1.1 server on libmicrohttpd: epoll, a few threads, each serving many connections. GET,
// HEAD and POST only (405); an address or header that does not fit is 414 or 431, a body over the
// limit 413, an address or form that cannot be decoded 400; whoever is slower than `Limits` says is
// cut off. `handle` is called on any of the threads and must not throw.
class HttpServer {
 public:
  using Handler = std::function<Response(const Request&)>;
  // What is answered when the transport itself refuses a request.
  using Refusal = std::function<Response(int status)>;

  // Listens and serves at once; port 0 takes a free one. Throws IoError when the address cannot be
  // had.
  HttpServer(const std::string& address, std::uint16_t port, const Limits& limits, Handler handle,
             Refusal refuse);
  // Ends every connection and joins the threads.
  ~HttpServer();
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  [[nodiscard]] std::uint16_t port() const noexcept;
  [[nodiscard]] TransportCounts counts() const noexcept;

 private:
  class Transport;
  std::unique_ptr<Transport> transport_;
};

}  // namespace twosource::serve
