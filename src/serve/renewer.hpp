#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

namespace twosource::serve {

// Finds everything anew in the background after corrections, one run at a time; what is asked for
// while a run is under way is done by one more run.
class Renewer {
 public:
  // `renew` may throw; `complain` is told.
  Renewer(std::function<void()> renew, std::function<void(const std::string&)> complain);
  // Waits for the run under way.
  ~Renewer();
  Renewer(const Renewer&) = delete;
  Renewer& operator=(const Renewer&) = delete;

  void ask();
  [[nodiscard]] bool busy();

 private:
  void work();
  std::function<void()> renew_;
  std::function<void(const std::string&)> complain_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool asked_ = false;
  bool running_ = false;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace twosource::serve
