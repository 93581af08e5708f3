#include "watch/listeners.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <filesystem>
#include <system_error>

#include "watch/hook.hpp"

namespace twosource::watch {
namespace {
using Clock = std::chrono::steady_clock;
using std::chrono::seconds;

constexpr std::chrono::hours kTriedFor{24};
constexpr seconds kLongestRetry{3600};
constexpr std::size_t kLongestLine = 4U << 20U;

// The number of the last whole line; `end` is where that line ends. nullopt when there is none.
std::optional<std::int64_t> last_number(std::string_view tail, std::size_t& end) {
  end = tail.rfind('\n') + 1;  // 0 when there is none
  if (end == 0) return std::nullopt;
  std::string_view line = tail.substr(0, end - 1);
  line = line.substr(line.rfind('\n') + 1);
  constexpr std::string_view kBegin = "{\"n\":";
  if (!line.starts_with(kBegin)) return std::nullopt;
  std::int64_t n = 0;
  const char* const from = line.data() + kBegin.size();
  const auto got = std::from_chars(from, line.data() + line.size(), n);
  return got.ec == std::errc{} ? std::optional(n) : std::nullopt;
}

}  // namespace

std::string line_of(const Message& message) {
  return fmt::format("{{\"n\":{},{}", message.n, std::string_view(message.json).substr(1));
}

FileListener::FileListener(std::string path) : path_(std::move(path)) {
  const auto fail = [&](const char* what) {
    return IoError(path_ + ": " + what + ": " + std::generic_category().message(errno));
  };
  fd_ = ::open(path_.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
  if (fd_ < 0) throw fail("cannot be opened");
  struct stat info {};
  if (::fstat(fd_, &info) != 0 || !S_ISREG(info.st_mode)) return;
  const std::int64_t from =
      std::max<std::int64_t>(0, info.st_size - static_cast<std::int64_t>(kLongestLine));
  std::string tail(static_cast<std::size_t>(info.st_size - from), '\0');
  const ssize_t got = ::pread(fd_, tail.data(), tail.size(), from);
  tail.resize(got < 0 ? 0 : static_cast<std::size_t>(got));
  std::size_t end = 0;
  account_ = last_number(tail, end);
  const bool ours = tail.empty() || account_ || (end == 0 && tail.starts_with("{\"n\":"));
  const auto whole = from + static_cast<std::int64_t>(end);
  if (ours && (end == tail.size() || ::ftruncate(fd_, whole) == 0)) return;
  const IoError error =
      ours ? fail("cannot be repaired") : IoError(path_ + ": not written by `watch`");
  ::close(fd_);
  throw error;
}

FileListener::~FileListener() { ::close(fd_); }

std::string FileListener::name() const {
  std::error_code error;
  return "file " + std::filesystem::absolute(path_, error).lexically_normal().string();
}

Listener::Outcome FileListener::tell(const Message& message, const std::string& line,
                                     std::string& why) {
  const std::string whole = line + '\n';
  std::size_t written = 0;
  while (written < whole.size()) {
    const ssize_t n = ::write(fd_, whole.data() + written, whole.size() - written);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) {
      why = std::generic_category().message(errno);
      // Half a line must not stay in front of the next attempt.
      struct stat info {};
      if (written > 0 && ::fstat(fd_, &info) == 0) {
        const auto back = info.st_size - static_cast<std::int64_t>(written);
        if (::ftruncate(fd_, back) != 0) why += ", half a line stayed";
      }
      return Outcome::Later;
    }
    written += static_cast<std::size_t>(n);
  }
  ::fdatasync(fd_);
  account_ = message.n;
  return Outcome::Told;
}

Listener::Outcome HookListener::tell(const Message&, const std::string& line, std::string& why) {
  why = run_hook(argv_, line + '\n', timeout_, stop_);
  if (why.empty()) return Outcome::Told;
  return stop_ && stop_() ? Outcome::Later : Outcome::Refused;
}

Listener::Outcome WebListener::tell(const Message& message, const std::string& line,
                                    std::string& why) {
  if (trying_ != message.n) {
    trying_ = message.n;
    since_ = Clock::now();
  }
  const auto sent =
      fetcher_.post(url_, line, {{"Idempotency-Key", fmt::format("{}-{}", record_, message.n)}});
  if (sent) return Outcome::Told;
  why = sent.error().reason;
  const int status = sent.error().status;
  const bool for_good =
      (status >= 300 && status < 500) && status != 408 && status != 425 && status != 429;
  return for_good || Clock::now() - since_ > kTriedFor ? Outcome::Refused : Outcome::Later;
}

Teller::Teller(State& state, std::vector<std::unique_ptr<Listener>> listeners,
               std::function<void(const std::string&)> warn)
    : state_(state), warn_(std::move(warn)) {
  const std::int64_t newest = state.newest_message();
  for (std::unique_ptr<Listener>& l : listeners) {
    Ear ear;
    ear.told = state.told(l->name()).value_or(newest);
    if (const std::optional<std::int64_t> account = l->account()) {
      if (*account > newest) {
        throw IoError(
            fmt::format("{}: holds change {}, but this record only {}: it belongs to "
                        "another record",
                        l->name(), *account, newest));
      }
      ear.told = *account;
    }
    state.set_told(l->name(), ear.told);
    ear.listener = std::move(l);
    ears_.push_back(std::move(ear));
  }
}

bool Teller::tell(const std::function<bool()>& stop) {
  bool all = true;
  std::int64_t least = state_.newest_message();
  for (Ear& ear : ears_) {
    if (ear.failures == 0 || Clock::now() >= ear.next) {
      all = tell(ear, stop) && all;
    } else {
      all = false;
    }
    least = std::min(least, ear.told);
  }
  if (all) state_.forget_messages(least);
  return all;
}

bool Teller::tell(Ear& ear, const std::function<bool()>& stop) {
  constexpr unsigned kAtOnce = 100;
  for (;;) {
    const std::vector<Message> messages = state_.messages_after(ear.told, kAtOnce);
    if (messages.empty()) return true;
    for (const Message& m : messages) {
      if (stop && stop()) return false;
      std::string why;
      const Listener::Outcome outcome = ear.listener->tell(m, line_of(m), why);
      if (outcome == Listener::Outcome::Later) {
        const seconds in = std::min(seconds{1U << std::min(ear.failures, 12U)}, kLongestRetry);
        ear.next = Clock::now() + in;
        if (++ear.failures == 1) {
          warn_(fmt::format("{}: change {} not taken, tried again: {}", ear.listener->name(), m.n,
                            why));
        }
        return false;
      }
      if (outcome == Listener::Outcome::Refused) {
        warn_(fmt::format("{}: change {}: {}", ear.listener->name(), m.n, why));
      }
      ear.failures = 0;
      ear.told = m.n;
      state_.set_told(ear.listener->name(), m.n);
    }
  }
}

seconds Teller::retry_in() const {
  seconds least = kLongestRetry;
  for (const Ear& ear : ears_) {
    if (ear.failures == 0) continue;
    const auto left = std::chrono::ceil<seconds>(ear.next - Clock::now());
    least = std::min(least, std::max(left, seconds{0}));
  }
  return least;
}

}  // namespace twosource::watch
