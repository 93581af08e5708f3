#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>

#include "cli/env.hpp"
#include "intake/intake.hpp"

namespace twosource::cli {

// What a command says on standard error: inputs that were skipped, how many articles were read, a
// running count on a terminal. `quiet` leaves only what was skipped or lost, and errors.
class Talk {
 public:
  Talk(const Env& env, bool quiet) : env_(env), quiet_(quiet) {}
  ~Talk() { clear(); }
  Talk(const Talk&) = delete;
  Talk& operator=(const Talk&) = delete;

  void skipped(const intake::Skipped& skipped);
  void article_read();
  // So many at once, without a running count.
  void articles_read(std::size_t count) { articles_ += count; }
  // "5 articles read, 2 inputs skipped": once, after the last article.
  void summary();
  void say(std::string_view line);
  // The same, though `quiet`.
  void warn(std::string_view line);

  [[nodiscard]] std::size_t articles() const noexcept { return articles_; }
  // kSkipped when an input was refused or something of it was lost, kDone otherwise.
  [[nodiscard]] ExitCode exit_code() const noexcept { return lost_ > 0 ? kSkipped : kDone; }

 private:
  void clear();
  const Env& env_;
  bool quiet_;
  bool progress_shown_ = false;
  std::size_t articles_ = 0;
  std::size_t refused_ = 0;
  std::size_t lost_ = 0;  // refused or altered
  std::chrono::steady_clock::time_point shown_;
};

// `text` without control characters: nothing that stands in an article or a file's name may steer a
// terminal.
[[nodiscard]] std::string printable(std::string_view text);

}  // namespace twosource::cli
