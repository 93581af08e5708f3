#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "fetch/address.hpp"
#include "intake/byte_source.hpp"

namespace twosource::fetch {

// What one request may cost.
struct Limits {
  std::chrono::milliseconds connect{10'000};
  // Without (almost) any byte for that long, a transfer ends: less than 100 bytes a second.
  std::chrono::seconds stall{20};
  // A transfer may take that long, and a second more for each 64 KiB that came.
  std::chrono::seconds total{60};
  std::uint64_t most_bytes = std::uint64_t{4} << 30U;  // of a body as it comes over the wire
  std::size_t most_head = 64U << 10U;                  // of an answer's headers
};

// What is asked of one address, once.
struct Question {
  Url url;
  std::string agent;                                           // User-Agent
  std::vector<std::pair<std::string, std::string>> headers{};  // more of them
  const std::string* post = nullptr;  // sent as the body of a POST; must outlive the transfer
  bool private_addresses = false;     // may the address connected to be other than public?
};

// The head of an answer.
struct Head {
  int status = 0;
  // Of that name in lower case; of several the first, empty when there is none.
  [[nodiscard]] std::string_view operator[](std::string_view name) const noexcept;
  std::vector<std::pair<std::string, std::string>> fields;
};

// The connections of one user, kept open for the next request to the same host. One thread at a
// time; it must outlive its transfers.
class Connections {
 public:
  Connections();
  ~Connections();
  Connections(const Connections&) = delete;
  Connections& operator=(const Connections&) = delete;
  [[nodiscard]] void* handle() const noexcept { return handle_; }

 private:
  void* handle_;
};

// One request and its answer, without redirects and without opening compressed bodies. Between two
// reads at most 1 MiB waits in memory; the transfer rests until it is taken. Every address that is
// really connected to passes special_use(), so a name that changes its address gains nothing.
// Certificates are checked; proxies of the environment, cookies and .netrc are not used.
class Transfer final : public intake::ByteSource {
 public:
  // `stop` is asked a few times a second; true ends the transfer.
  Transfer(Connections& connections, const Question& question, const Limits& limits,
           std::function<bool()> stop);
  ~Transfer() override;
  Transfer(const Transfer&) = delete;
  Transfer& operator=(const Transfer&) = delete;

  // Waits for the head; refuses with the reason ("no answer within 10 s").
  [[nodiscard]] Result<Head> head();
  std::size_t read(char* into, std::size_t size) override;
  [[nodiscard]] std::string failure() const override { return failure_; }

 private:
  struct Callbacks;
  void step();
  void fail(std::string why);
  void finished(int code);
  bool header_line(std::string_view line);

  Connections& connections_;
  Limits limits_;
  std::function<bool()> stop_;
  bool private_addresses_;
  std::string host_;
  void* easy_ = nullptr;         // CURL*
  void* header_list_ = nullptr;  // curl_slist*
  Head head_;
  bool head_done_ = false;
  bool done_ = false;
  bool paused_ = false;
  std::size_t head_bytes_ = 0;
  std::uint64_t body_bytes_ = 0;
  std::chrono::steady_clock::duration waited_{};
  std::string buffer_;
  std::size_t taken_ = 0;  // of buffer_
  std::string refused_;    // the last address that was not connected to, and why
  std::string failure_;
  std::vector<char> error_;
};

}  // namespace twosource::fetch
