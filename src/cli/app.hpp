#pragma once

#include "cli/env.hpp"

namespace twosource::cli {

// The whole program: parses the arguments, runs one command, turns what it throws into a message
// and an exit code. `argv` as main gets it.
[[nodiscard]] int run(int argc, const char* const* argv, const Env& env);

}  // namespace twosource::cli
