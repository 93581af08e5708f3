#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "fetch/fetcher.hpp"
#include "pipeline/pipeline.hpp"
#include "record/record.hpp"
#include "watch/folders.hpp"
#include "watch/listeners.hpp"
#include "watch/network.hpp"
#include "watch/state.hpp"

namespace twosource::watch {

struct Options {
  std::vector<std::string> inputs;  // folders, files, addresses
  intake::Options intake;           // `follow` reads the pages that feeds link to
  unsigned threads = 0;
  Network::Options network;
  std::chrono::milliseconds settle{2000};  // a file that changed since is being written
  bool once = false;                       // look at everything that is due once, then end
  bool all = false;  // tell of every new claim and every change, not of the telling ones alone
};

// What the program around a watcher does for it. All are called on the thread that runs it.
struct Surroundings {
  std::function<void()> renew;  // brings the record's findings up to date
  std::function<void(const intake::Skipped&)> skipped;
  std::function<void(const std::string&)> say;
  std::function<void(const std::string&)> warn;
  std::function<bool()> stopping;  // cheap
  // Waits until there is something to read at `bell` (-1: nothing), or it is to stop, or the time
  // is over.
  std::function<void(int bell, std::chrono::milliseconds time)> wait;
};

// Keeps adding to a record what appears in folders, feeds and pages, and tells what that changes.
// Everything it knows stands in the record, each step in a transaction, in this order: articles,
// what was read, findings, changes to tell together with the claims they were told from, how far
// each listener was told. Killed between any two, it goes on there: no change is lost. Changes that
// others make to the record meanwhile are told, too.
class Watcher {
 public:
  // All must outlive it. The claims that are there when a record is watched for the first time are
  // no news.
  Watcher(record::Record& record, const pipeline::Stages& stages, fetch::Fetcher& fetcher,
          State& state, Teller& teller, Options options, Surroundings around);
  // Returns when it is told to stop, with --once when all was looked at. False when something was
  // refused or could not be told.
  bool run();

 private:
  void round();
  bool read_folders();
  void read(const std::vector<std::string>& inputs, const intake::Options& options);
  void find_changes();
  void rest();
  [[nodiscard]] bool finished() const;
  void skipped(const intake::Skipped& s);

  record::Record& record_;
  const pipeline::Stages& stages_;
  State& state_;
  Teller& teller_;
  Options options_;
  Surroundings around_;
  Folders folders_;
  Network network_;
  bool unsettled_ = false;
  bool told_all_ = true;
  bool refused_ = false;
  bool failed_ = false;  // the last round
  unsigned rounds_ = 0;
  std::chrono::steady_clock::time_point begun_;
};

// The folders and files among the inputs. The other inputs are addresses, and those that lists of
// feeds in files name; a list itself is no article.
struct Inputs {
  std::vector<std::string> paths;
  std::vector<std::string> addresses;
};
// Throws IoError for a path that does not exist.
[[nodiscard]] Inputs sort_inputs(const std::vector<std::string>& inputs);

}  // namespace twosource::watch
