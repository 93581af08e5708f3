#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "watch/state.hpp"

namespace twosource::watch {

// A bell that rings when something is written into folders (inotify). Where the system has none
// left or does not notice (network file systems), it stays silent: whoever waits looks by himself
// now and then.
class Doorbell {
 public:
  Doorbell();
  ~Doorbell();
  Doorbell(const Doorbell&) = delete;
  Doorbell& operator=(const Doorbell&) = delete;
  void listen_at(const std::string& folder);
  // To be waited on; -1 when there is none.
  [[nodiscard]] int handle() const noexcept { return fd_; }
  // Takes what has rung so far.
  void answer();

 private:
  int fd_;
};

// Files and folders that are looked through again and again. What is being written is left alone: a
// file is ready when its size and time of change have been the same for `settle`, or when it was
// last changed longer ago than that. Hidden files and those whose names say that they are not done
// (.part, .partial, .crdownload, .tmp, a last ~) are passed over. Files that go away are no news.
class Folders {
 public:
  Folders(std::vector<std::string> inputs, std::chrono::milliseconds settle, unsigned max_depth);

  struct Found {
    std::string path;
    FileState state;
  };
  struct Scan {
    std::vector<Found> ready;  // new or changed, in the order of their names
    bool unsettled = false;    // others are being written
  };
  // `known` gives what was read of a path before.
  [[nodiscard]] Scan scan(const std::function<std::optional<FileState>(const std::string&)>& known);
  // Inputs and folders that could not be looked through, each once.
  [[nodiscard]] std::vector<std::string> problems() { return std::exchange(problems_, {}); }
  [[nodiscard]] Doorbell& bell() noexcept { return bell_; }
  [[nodiscard]] bool empty() const noexcept { return inputs_.empty(); }

 private:
  struct Seen {
    FileState state;
    std::chrono::steady_clock::time_point since;
  };
  [[nodiscard]] bool settled(const std::string& path, const FileState& state);
  void listen();

  std::vector<std::string> inputs_;
  std::chrono::milliseconds settle_;
  unsigned max_depth_;
  Doorbell bell_;
  std::map<std::string, Seen> moving_;  // not settled yet
  std::map<std::string, std::string> named_;
  std::vector<std::string> problems_;
};

}  // namespace twosource::watch
