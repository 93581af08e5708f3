#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <vector>

namespace twosource::watch {

// Runs a program with `input` on its standard input and waits for it. No shell is between: argv[0]
// is looked for in PATH and gets the others word for word. What it prints goes to our standard
// error. It runs in a process group of its own, which is killed when `timeout` is over or `stop`
// says so (asked a few times a second). Empty when it ended with 0, else why not ("ended with 3",
// "killed after 10 s", "cannot be started: …"). SIGPIPE must be ignored.
[[nodiscard]] std::string run_hook(const std::vector<std::string>& argv, const std::string& input,
                                   std::chrono::seconds timeout, const std::function<bool()>& stop);

}  // namespace twosource::watch
