#pragma once

#include <cstdint>
#include <iosfwd>

namespace twosource::cli {

// What a command exits with; part of the program's contract.
enum ExitCode : std::uint8_t {
  kDone = 0,
  kFailed = 1,
  kUsage = 2,
  kPolicy = 3,   // a check did not hold
  kSkipped = 4,  // some inputs were skipped, each named on standard error
};

// The streams a command talks to: data on `out`, talk on `err`.
struct Env {
  std::istream& in;
  std::ostream& out;
  std::ostream& err;
  bool err_is_terminal = false;
};

}  // namespace twosource::cli
