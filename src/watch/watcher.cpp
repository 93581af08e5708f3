#include "watch/watcher.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>

#include "intake/feed.hpp"
#include "intake/web.hpp"
#include "watch/messages.hpp"

namespace twosource::watch {
namespace {
namespace fs = std::filesystem;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr std::size_t kBatch = 64;     // articles a commit
constexpr seconds kLookAnyway{30};     // at folders, when no bell rings
constexpr seconds kAfterFailure{30};   // until the record is tried again
constexpr seconds kSettlesWithin{30};  // --once waits no longer for files being written
constexpr std::size_t kListHead = 64U << 10U;
constexpr std::size_t kLargestList = 8U << 20U;

std::string now_text() {
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::time(nullptr)));
}

// Addresses that a list of feeds in a file names; nullopt when it is no such list.
std::optional<std::vector<std::string>> listed_in(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::string text(kListHead, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(file.gcount()));
  if (intake::xml_kind(text) != intake::Xml::Opml) return std::nullopt;
  std::string rest(kLargestList, '\0');
  file.read(rest.data(), static_cast<std::streamsize>(rest.size()));
  text.append(rest, 0, static_cast<std::size_t>(file.gcount()));
  std::vector<std::string> out;
  for (const std::string& feed : intake::read_opml(text)) {
    if (intake::is_address(feed)) out.push_back(feed);
  }
  return out;
}

}  // namespace

Inputs sort_inputs(const std::vector<std::string>& inputs) {
  Inputs out;
  for (const std::string& input : inputs) {
    std::error_code error;
    if (intake::is_address(input)) {
      out.addresses.push_back(input);
    } else if (!fs::exists(input, error)) {
      throw IoError(input + ": no such file or folder");
    } else if (!fs::is_regular_file(input, error)) {
      out.paths.push_back(input);
    } else if (const auto feeds = listed_in(input)) {
      out.addresses.insert(out.addresses.end(), feeds->begin(), feeds->end());
    } else {
      out.paths.push_back(input);
    }
  }
  return out;
}

Watcher::Watcher(record::Record& record, const pipeline::Stages& stages, fetch::Fetcher& fetcher,
                 State& state, Teller& teller, Options options, Surroundings around)
    : record_(record),
      stages_(stages),
      state_(state),
      teller_(teller),
      options_(std::move(options)),
      around_(std::move(around)),
      folders_(sort_inputs(options_.inputs).paths, options_.settle, options_.intake.max_depth),
      network_(state, fetcher, options_.network, options_.intake),
      begun_(std::chrono::steady_clock::now()) {
  for (const std::string& url : sort_inputs(options_.inputs).addresses) network_.add(url);
  options_.intake.lasting_ids = true;
}

void Watcher::skipped(const intake::Skipped& s) {
  refused_ = refused_ || s.effect != intake::Effect::Noted;
  around_.skipped(s);
}

bool Watcher::run() {
  if (!state_.compared()) {
    if (record_.size() > 0) around_.renew();
    record::Transaction all = state_.begin();
    const State::Cells cells = state_.changed_cells();
    state_.set_claims(cells, read_claims(record_, cells.now), record_.findings_generation());
    all.commit();
  }
  while (!around_.stopping()) {
    failed_ = false;
    try {
      round();
    } catch (const IoError& e) {
      if (options_.once) throw;
      failed_ = true;
      around_.warn(fmt::format("{}; tried again in {} s", e.what(), kAfterFailure.count()));
    }
    if (options_.once && finished()) break;
    rest();
  }
  return !refused_ && told_all_ && !failed_;
}

// One look at everything that is due.
void Watcher::round() {
  told_all_ = teller_.tell(around_.stopping);  // what an earlier run left
  read_folders();
  network_.poll(
      [&](const std::string& url, const intake::Options& options) { read({url}, options); },
      [&](const std::string& url, const std::string& why) {
        skipped({url, why, intake::Effect::Refused});
      },
      around_.stopping);
  if (rounds_++ == 0 && options_.once) {
    for (const auto& [url, source] : network_.sources()) {
      const std::int64_t left = source.next - std::time(nullptr);
      if (left > 0 && source.failures == 0) {
        around_.say(fmt::format("{}: asked again in {} s at the earliest", url, left));
      }
    }
  }
  if (around_.stopping()) return;
  find_changes();
  told_all_ = teller_.tell(around_.stopping);
}

bool Watcher::read_folders() {
  if (folders_.empty()) return false;
  const Folders::Scan scan =
      folders_.scan([&](const std::string& path) { return state_.file(path); });
  unsettled_ = scan.unsettled;
  for (const std::string& problem : folders_.problems()) {
    refused_ = true;
    around_.warn(problem);
  }
  // Batches of files, so that a long way can be stopped and is not gone again.
  constexpr std::size_t kFiles = 256;
  for (std::size_t at = 0; at < scan.ready.size() && !around_.stopping(); at += kFiles) {
    const std::size_t end = std::min(at + kFiles, scan.ready.size());
    std::vector<std::string> paths;
    for (std::size_t i = at; i < end; ++i) paths.push_back(scan.ready[i].path);
    intake::Options options = options_.intake;
    options.follow = false;  // a file sends nobody to the network
    read(paths, options);
    record::Transaction all = state_.begin();
    for (std::size_t i = at; i < end; ++i) {
      state_.set_file(scan.ready[i].path, scan.ready[i].state);
    }
    all.commit();
  }
  return !scan.ready.empty();
}

// What was read is on the disk when this returns.
void Watcher::read(const std::vector<std::string>& inputs, const intake::Options& options) {
  std::optional<record::Record::Batch> batch;
  std::size_t in_batch = 0;
  std::size_t added = 0;
  std::istringstream nothing;
  const unsigned threads = inputs.size() == 1 ? 1 : options_.threads;
  pipeline::read_articles(
      stages_, inputs, options, nothing, threads,
      [&](Article&& article) {
        if (!batch) batch.emplace(record_);
        using Added = record::Record::Added;
        const Added what = record_.add(std::move(article));
        added += what == Added::New || what == Added::Revised ? 1U : 0U;
        if (++in_batch < kBatch) return;
        batch->commit();
        batch.reset();
        in_batch = 0;
      },
      [&](const intake::Skipped& s) { skipped(s); });
  if (batch) batch->commit();
  if (added > 0) {
    around_.say(fmt::format("{}: {} new or revised article{}",
                            inputs.size() == 1 ? inputs.front() : "folders", added,
                            added == 1 ? "" : "s"));
  }
}

void Watcher::find_changes() {
  if (record_.findings_generation() != record_.generation()) around_.renew();
  const std::int64_t generation = record_.findings_generation();
  if (state_.claims_generation() == generation) return;
  const State::Cells cells = state_.changed_cells();
  const std::vector<ClaimState> before = state_.claims(cells);
  const std::vector<ClaimState> now = read_claims(record_, cells.now);
  const std::string at = now_text();
  record::Transaction all = state_.begin();
  for (const Change& c : compare(before, now)) {
    const bool small = c.kind == Change::Kind::New ||
                       (c.kind == Change::Kind::Changed && !is_telling(before[c.before].verdict));
    if (!small || options_.all) state_.add_message(message(record_, c, before, now, at));
  }
  state_.set_claims(cells, now, generation);
  all.commit();
}

bool Watcher::finished() const {
  const bool late = std::chrono::steady_clock::now() - begun_ > kSettlesWithin;
  if (unsettled_ && late) around_.say("some files are still being written: left for the next run");
  // Listeners get three attempts, a second and two apart.
  const bool retry = !told_all_ && rounds_ < 3;
  return (!unsettled_ || late) && !retry;
}

void Watcher::rest() {
  milliseconds time = std::chrono::hours{1};
  if (!network_.empty()) time = std::min<milliseconds>(time, network_.due_in());
  if (!folders_.empty()) time = std::min<milliseconds>(time, kLookAnyway);
  if (unsettled_) time = std::min(time, options_.settle);
  if (!told_all_) time = std::min<milliseconds>(time, teller_.retry_in());
  time = std::max(time, milliseconds{100});
  if (failed_) time = kAfterFailure;
  around_.wait(unsettled_ || failed_ ? -1 : folders_.bell().handle(), time);
  // Whoever writes one file often writes more: they are read together.
  if (!options_.once && !folders_.empty() && !around_.stopping()) {
    around_.wait(-1, std::min(options_.settle, milliseconds{200}));
  }
}

}  // namespace twosource::watch
