#include "cli/network.hpp"

#ifndef TWOSOURCE_VERSION
#define TWOSOURCE_VERSION "unknown"
#endif

namespace twosource::cli {

void NetworkOptions::declare(CLI::App& app) {
  app.add_flag("--allow-private", private_addresses,
               "Ask addresses of this machine and its network, too");
  app.add_option("--contact", contact,
                 "Address at which you can be reached, told to the servers that are asked");
  app.add_option("--pause", pause_s, "Seconds between two requests to one site, at least")
      ->check(CLI::Range(0.0, 3600.0))
      ->capture_default_str();
  app.add_option("--timeout", timeout_s,
                 "Seconds that an answer from the network may take, longer if it is large")
      ->check(CLI::Range(1, 3600))
      ->capture_default_str();
}

fetch::Options NetworkOptions::fetching(std::function<bool()> stop) const {
  fetch::Options o;
  o.version = TWOSOURCE_VERSION;
  // Nothing that would end the header.
  for (const char c : contact) {
    if (c >= ' ' && c <= '~' && c != '(' && c != ')') o.contact += c;
  }
  o.private_addresses = private_addresses;
  o.pause = std::chrono::milliseconds(static_cast<std::int64_t>(pause_s * 1000));
  o.limits.total = std::chrono::seconds(timeout_s);
  o.limits.stall = std::min(o.limits.stall, o.limits.total);
  o.limits.connect = std::min(o.limits.connect, std::chrono::milliseconds(o.limits.total));
  o.stop = std::move(stop);
  return o;
}

}  // namespace twosource::cli
