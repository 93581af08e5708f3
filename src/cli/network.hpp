#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <string>

#include "fetch/fetcher.hpp"

namespace twosource::cli {

// Options of commands that may read from the network.
struct NetworkOptions {
  bool private_addresses = false;
  std::string contact;
  double pause_s = 1;
  unsigned timeout_s = 60;

  void declare(CLI::App& app);
  [[nodiscard]] fetch::Options fetching(std::function<bool()> stop = {}) const;
};

}  // namespace twosource::cli
