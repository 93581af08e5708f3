#include "watch/hook.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <system_error>

extern char** environ;

namespace twosource::watch {
namespace {
using Clock = std::chrono::steady_clock;

std::string reason(int error) { return std::generic_category().message(error); }

struct Descriptor {
  int fd = -1;
  void close() {
    if (fd >= 0) ::close(fd);
    fd = -1;
  }
  ~Descriptor() { close(); }
};

// The error number, 0 when it runs.
int spawn(const std::vector<std::string>& argv, int in, pid_t& child) {
  std::vector<char*> words;
  words.reserve(argv.size() + 1);
  for (const std::string& a : argv) words.push_back(const_cast<char*>(a.c_str()));
  words.push_back(nullptr);
  posix_spawn_file_actions_t files;
  posix_spawn_file_actions_init(&files);
  posix_spawn_file_actions_adddup2(&files, in, STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&files, STDERR_FILENO, STDOUT_FILENO);
  posix_spawnattr_t how;
  posix_spawnattr_init(&how);
  sigset_t none;
  sigemptyset(&none);
  sigset_t usual;
  sigemptyset(&usual);
  for (const int s : {SIGPIPE, SIGINT, SIGTERM}) sigaddset(&usual, s);
  posix_spawnattr_setsigmask(&how, &none);
  posix_spawnattr_setsigdefault(&how, &usual);
  posix_spawnattr_setpgroup(&how, 0);
  posix_spawnattr_setflags(&how,
                           POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
  const int error = posix_spawnp(&child, words.front(), &files, &how, words.data(), environ);
  posix_spawn_file_actions_destroy(&files);
  posix_spawnattr_destroy(&how);
  return error;
}

// Hands on what the pipe takes now; closes it when all is written or nobody reads any more.
void feed(Descriptor& pipe, std::string_view& rest) {
  while (pipe.fd >= 0 && !rest.empty()) {
    const ssize_t n = ::write(pipe.fd, rest.data(), rest.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) return;
    if (n < 0) rest = {};
    if (n > 0) rest.remove_prefix(static_cast<std::size_t>(n));
  }
  pipe.close();
}

std::string ending(int status) {
  if (WIFSIGNALED(status)) return fmt::format("ended by signal {}", WTERMSIG(status));
  const int code = WEXITSTATUS(status);
  return code == 0 ? std::string() : fmt::format("ended with {}", code);
}

}  // namespace

std::string run_hook(const std::vector<std::string>& argv, const std::string& input,
                     std::chrono::seconds timeout, const std::function<bool()>& stop) {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) return "no pipe: " + reason(errno);
  Descriptor in{ends[0]};
  Descriptor out{ends[1]};
  pid_t child = -1;
  const int error = spawn(argv, in.fd, child);
  in.close();
  if (error != 0) return "cannot be started: " + reason(error);
  ::fcntl(out.fd, F_SETFL, O_NONBLOCK);
  std::string_view rest = input;
  const Clock::time_point end = Clock::now() + timeout;
  for (int wait_ms = 1;; wait_ms = std::min(wait_ms * 2, 100)) {
    feed(out, rest);
    int status = 0;
    if (::waitpid(child, &status, WNOHANG) == child) return ending(status);
    const bool late = Clock::now() >= end;
    if (late || (stop && stop())) {
      ::kill(-child, SIGKILL);
      ::waitpid(child, &status, 0);
      return late ? fmt::format("killed after {} s", timeout.count()) : "killed, we stop";
    }
    pollfd waiting{out.fd, POLLOUT, 0};
    ::poll(out.fd >= 0 ? &waiting : nullptr, out.fd >= 0 ? 1 : 0, wait_ms);
  }
}

}  // namespace twosource::watch
