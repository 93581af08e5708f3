#include "watch/folders.hpp"

#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <filesystem>

#include "intake/walk.hpp"

namespace twosource::watch {
namespace {
namespace fs = std::filesystem;
using std::chrono::milliseconds;

constexpr std::size_t kMostFolders = 5000;  // that are listened at

bool unfinished(const std::string& path) {
  for (const std::string_view end : {".part", ".partial", ".crdownload", ".tmp", "~"}) {
    if (path.ends_with(end)) return true;
  }
  return false;
}

std::optional<FileState> state_of(const std::string& path) {
  struct stat info {};
  if (::stat(path.c_str(), &info) != 0 || !S_ISREG(info.st_mode)) return std::nullopt;
  constexpr std::int64_t kSecond = 1'000'000'000;
  return FileState{info.st_size, info.st_mtim.tv_sec * kSecond + info.st_mtim.tv_nsec};
}

}  // namespace

Doorbell::Doorbell() : fd_(::inotify_init1(IN_NONBLOCK | IN_CLOEXEC)) {}
Doorbell::~Doorbell() {
  if (fd_ >= 0) ::close(fd_);
}
void Doorbell::listen_at(const std::string& folder) {
  if (fd_ < 0) return;
  ::inotify_add_watch(fd_, folder.c_str(), IN_CLOSE_WRITE | IN_CREATE | IN_MOVED_TO | IN_MODIFY);
}
void Doorbell::answer() {
  alignas(inotify_event) std::array<char, 16384> events{};
  while (fd_ >= 0 && ::read(fd_, events.data(), events.size()) > 0) {
  }
}

Folders::Folders(std::vector<std::string> inputs, milliseconds settle, unsigned max_depth)
    : inputs_(std::move(inputs)), settle_(settle), max_depth_(max_depth) {}

void Folders::listen() {
  std::size_t count = 0;
  for (const std::string& input : inputs_) {
    std::error_code error;
    if (!fs::is_directory(input, error)) {
      bell_.listen_at(input);
      continue;
    }
    bell_.listen_at(input);
    fs::recursive_directory_iterator it(input, fs::directory_options::skip_permission_denied,
                                        error);
    for (; !error && it != fs::recursive_directory_iterator() && count < kMostFolders;
         it.increment(error)) {
      std::error_code ignored;
      if (!it->is_directory(ignored)) continue;
      if (it->path().filename().string().starts_with('.')) {
        it.disable_recursion_pending();
        continue;
      }
      bell_.listen_at(it->path().string());
      ++count;
    }
  }
}

bool Folders::settled(const std::string& path, const FileState& state) {
  const auto now = std::chrono::steady_clock::now();
  const auto [it, fresh] = moving_.try_emplace(path, Seen{state, now});
  if (!fresh && it->second.state != state) it->second = {state, now};
  const std::int64_t clock = std::chrono::duration_cast<std::chrono::nanoseconds>(
                                 std::chrono::system_clock::now().time_since_epoch())
                                 .count();
  const std::int64_t age = clock - state.changed;
  return now - it->second.since >= settle_ || age >= std::chrono::nanoseconds(settle_).count();
}

Folders::Scan Folders::scan(
    const std::function<std::optional<FileState>(const std::string&)>& known) {
  Scan out;
  bell_.answer();
  listen();
  std::map<std::string, Seen> still;
  for (const intake::Source& s : intake::list_sources(inputs_, max_depth_)) {
    if (!s.problem.empty()) {
      if (!s.harmless && named_.emplace(s.path, s.problem).second) {
        problems_.push_back(s.path + ": " + s.problem);
      }
      continue;
    }
    named_.erase(s.path);
    const std::optional<FileState> state = state_of(s.path);
    if (!state || unfinished(s.path) || known(s.path) == state) continue;
    if (settled(s.path, *state)) {
      out.ready.push_back({s.path, *state});
    } else {
      out.unsettled = true;
      still.insert(moving_.extract(s.path));
    }
  }
  moving_ = std::move(still);
  return out;
}

}  // namespace twosource::watch
