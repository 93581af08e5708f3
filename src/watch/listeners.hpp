#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "fetch/fetcher.hpp"
#include "watch/state.hpp"

namespace twosource::watch {

// Somebody who is told of changes. Messages come in their order; the next one comes when the last
// was Told or Refused.
class Listener {
 public:
  enum class Outcome : unsigned char {
    Told,
    Later,   // to be tried again
    Refused  // never to be: it was tried enough, or trying again would be no use
  };
  virtual ~Listener() = default;
  // The same in every run: how far it was told is kept under this name.
  [[nodiscard]] virtual std::string name() const = 0;
  // `why` says what went wrong when it was not told. `line` is the message with its number.
  [[nodiscard]] virtual Outcome tell(const Message& message, const std::string& line,
                                     std::string& why) = 0;
  // The newest number it has by its own account; nullopt when it keeps none.
  [[nodiscard]] virtual std::optional<std::int64_t> account() { return std::nullopt; }
};

// A message as it leaves: {"n":12,…}.
[[nodiscard]] std::string line_of(const Message& message);

// A file of JSON Lines that is only ever added to. Its last line says how far it was told, so that
// nothing is missing or there twice however a run ended; half a line at its end is cut off when it
// is opened. Throws IoError.
class FileListener final : public Listener {
 public:
  explicit FileListener(std::string path);
  ~FileListener() override;
  FileListener(const FileListener&) = delete;
  FileListener& operator=(const FileListener&) = delete;
  [[nodiscard]] std::string name() const override;
  [[nodiscard]] Outcome tell(const Message& message, const std::string& line,
                             std::string& why) override;
  [[nodiscard]] std::optional<std::int64_t> account() override { return account_; }

 private:
  std::string path_;
  int fd_ = -1;
  std::optional<std::int64_t> account_;
};

// Runs a program for each message, with the message on its standard input.
class HookListener final : public Listener {
 public:
  HookListener(std::vector<std::string> argv, std::chrono::seconds timeout,
               std::function<bool()> stop)
      : argv_(std::move(argv)), timeout_(timeout), stop_(std::move(stop)) {}
  [[nodiscard]] std::string name() const override { return "exec " + argv_.front(); }
  [[nodiscard]] Outcome tell(const Message& message, const std::string& line,
                             std::string& why) override;

 private:
  std::vector<std::string> argv_;
  std::chrono::seconds timeout_;
  std::function<bool()> stop_;
};

// POSTs each message to an address. Answers of 2xx take it; 4xx refuse it for good, but for 408,
// 425 and 429; all else is tried again, for a day at most. The header Idempotency-Key tells a
// message that comes a second time.
class WebListener final : public Listener {
 public:
  WebListener(std::string url, std::string record, fetch::Fetcher& fetcher)
      : url_(std::move(url)), record_(std::move(record)), fetcher_(fetcher) {}
  [[nodiscard]] std::string name() const override { return "webhook " + url_; }
  [[nodiscard]] Outcome tell(const Message& message, const std::string& line,
                             std::string& why) override;

 private:
  std::string url_;
  std::string record_;  // what makes keys of two records differ
  fetch::Fetcher& fetcher_;
  std::int64_t trying_ = 0;
  std::chrono::steady_clock::time_point since_;
};

// Tells all listeners what they were not told yet. How far each is, is stored after every message:
// who is not a FileListener may hear one message twice when the program is killed between the two.
class Teller {
 public:
  // A listener that was never told hears what happens from now on. Throws IoError when a file is of
  // another record.
  Teller(State& state, std::vector<std::unique_ptr<Listener>> listeners,
         std::function<void(const std::string&)> warn);
  // False when somebody has to be tried again, after retry_in().
  bool tell(const std::function<bool()>& stop);
  [[nodiscard]] std::chrono::seconds retry_in() const;

 private:
  struct Ear {
    std::unique_ptr<Listener> listener;
    std::int64_t told = 0;
    unsigned failures = 0;  // in a row
    std::chrono::steady_clock::time_point next;
  };
  bool tell(Ear& ear, const std::function<bool()>& stop);
  State& state_;
  std::vector<Ear> ears_;
  std::function<void(const std::string&)> warn_;
};

}  // namespace twosource::watch
