#pragma once

#include <fstream>
#include <stdexcept>
#include <string>

#include "cli/env.hpp"

namespace twosource::cli {

// Options that do not go together: exit 2.
class UsageError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};
// Whoever read standard output has closed it.
struct BrokenPipe {};

// Where a command's data goes: standard output, or a file that appears under its name only when it
// is complete (written beside it, then renamed). What is no regular file, /dev/null or a pipe, is
// written to as it is.
class Output {
 public:
  // Empty path or "-": standard output. Throws IoError when the file cannot be made.
  Output(const Env& env, const std::string& path);
  ~Output();
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;

  [[nodiscard]] std::ostream& stream() noexcept { return *stream_; }
  // Throws BrokenPipe when the reader of standard output is gone.
  void check();
  // Everything is written: flushes, checks, renames. Throws IoError naming the reason.
  void commit();

 private:
  [[noreturn]] void fail() const;
  std::string target_;
  std::string temporary_;  // empty when written in place
  std::ofstream file_;
  std::ostream* stream_;
};

}  // namespace twosource::cli
