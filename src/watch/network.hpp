#pragma once

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "fetch/fetcher.hpp"
#include "intake/intake.hpp"
#include "watch/pace.hpp"
#include "watch/state.hpp"

namespace twosource::watch {

// Addresses that are asked again and again: pages, feeds, lists of feeds. Each when it is due, with
// the version that is known, so that an unchanged one costs its server next to nothing. Entries of
// a feed that were read before are passed over unless the feed says something else of them.
class Network {
 public:
  struct Options {
    std::chrono::seconds every{900};
    std::size_t most_bytes = 32U << 20U;  // of one answer, opened
    double max_ratio = 200;
  };
  // Reads the address with the options given, which have a Web and say which entries are wanted.
  using Read = std::function<void(const std::string& url, const intake::Options& options)>;
  using Refuse = std::function<void(const std::string& url, const std::string& why)>;

  Network(State& state, fetch::Fetcher& fetcher, const Options& options,
          const intake::Options& intake);
  // Addresses are asked as their state in the record says, new ones at once.
  void add(const std::string& url, const std::string& list = {});
  // Asks all that are due; true when something was read. What cannot be had is named when that
  // begins, not every time.
  bool poll(const Read& read, const Refuse& refuse, const std::function<bool()>& stop);
  // Seconds until the next one is due; a day when there is none.
  [[nodiscard]] std::chrono::seconds due_in() const;
  [[nodiscard]] bool empty() const noexcept { return sources_.empty(); }
  [[nodiscard]] const std::map<std::string, SourceState>& sources() const noexcept {
    return sources_;
  }

 private:
  struct Page {
    std::string url;
    std::string type;
    std::string charset;
    std::string bytes;
  };
  bool ask(SourceState& source, const Read& read, const Refuse& refuse,
           const std::function<bool()>& stop);
  [[nodiscard]] std::string take(fetch::Answer& answer, Page& page) const;
  void list(SourceState& source, const std::string& text, const Page& page);
  bool entries(SourceState& source, Page&& page, const Read& read,
               const std::function<bool()>& stop);

  State& state_;
  fetch::Fetcher& fetcher_;
  Options options_;
  intake::Options intake_;
  std::map<std::string, SourceState> sources_;
};

}  // namespace twosource::watch
