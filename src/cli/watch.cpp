#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <array>
#include <charconv>
#include <ostream>

#include "cli/command.hpp"
#include "cli/options.hpp"
#include "cli/output.hpp"
#include "cli/watch_text.hpp"
#include "desk/desk.hpp"
#include "watch/watcher.hpp"

namespace twosource::cli {
namespace {

// SIGINT and SIGTERM as something to be waited on. Must be made before any thread is.
class StopBell {
 public:
  StopBell() {
    sigemptyset(&set_);
    for (const int s : {SIGINT, SIGTERM}) sigaddset(&set_, s);
    pthread_sigmask(SIG_BLOCK, &set_, &before_);
    ::signal(SIGPIPE, SIG_IGN);
    fd_ = ::signalfd(-1, &set_, SFD_NONBLOCK | SFD_CLOEXEC);
    if (fd_ < 0) throw IoError("signals cannot be waited for");
  }
  ~StopBell() {
    signalfd_siginfo taken{};  // or it would end the program as soon as it may
    while (::read(fd_, &taken, sizeof taken) > 0) {
    }
    ::close(fd_);
    pthread_sigmask(SIG_SETMASK, &before_, nullptr);
  }
  StopBell(const StopBell&) = delete;
  StopBell& operator=(const StopBell&) = delete;
  // Stays true: the signal is not taken until the end.
  [[nodiscard]] bool rung() const {
    pollfd p{fd_, POLLIN, 0};
    return ::poll(&p, 1, 0) > 0;
  }
  void wait(int other, std::chrono::milliseconds time) const {
    std::array<pollfd, 2> p = {{{fd_, POLLIN, 0}, {other, POLLIN, 0}}};
    ::poll(p.data(), other < 0 ? 1 : 2, static_cast<int>(time.count()));
  }

 private:
  sigset_t set_{};
  sigset_t before_{};
  int fd_ = -1;
};

// One watcher a record: two would tell everything twice. The lock goes with the process.
class RecordLock {
 public:
  explicit RecordLock(const std::string& record) {
    const std::string path = record + "-watch";
    fd_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (fd_ < 0) throw IoError(path + ": cannot be written");
    if (::flock(fd_, LOCK_EX | LOCK_NB) == 0) return;
    ::close(fd_);
    throw IoError(record + ": is being watched already");
  }
  ~RecordLock() { ::close(fd_); }
  RecordLock(const RecordLock&) = delete;
  RecordLock& operator=(const RecordLock&) = delete;

 private:
  int fd_;
};

// Standard output, as JSON Lines or for people.
class Printer final : public watch::Listener {
 public:
  Printer(const Env& env, bool json) : env_(env), json_(json) {}
  [[nodiscard]] std::string name() const override { return "standard output"; }
  [[nodiscard]] Outcome tell(const watch::Message&, const std::string& line,
                             std::string&) override {
    env_.out << (json_ ? line + '\n' : change_text(line)) << std::flush;
    if (!env_.out) throw BrokenPipe{};
    return Outcome::Told;
  }

 private:
  const Env& env_;
  bool json_;
};

// "90", "90s", "15m", "2h", "1d" as seconds; 0 for anything else.
std::int64_t duration_s(const std::string& text) {
  std::int64_t n = 0;
  const auto got = std::from_chars(text.data(), text.data() + text.size(), n);
  const std::string_view unit(got.ptr,
                              static_cast<std::size_t>(text.data() + text.size() - got.ptr));
  if (got.ec != std::errc{} || n < 1 || n > 1'000'000) return 0;
  if (unit.empty() || unit == "s") return n;
  if (unit == "m") return n * 60;
  if (unit == "h") return n * 3600;
  return unit == "d" ? n * 86400 : 0;
}

std::string check_duration(const std::string& text) {
  return duration_s(text) > 0 ? std::string() : "\"" + text + "\" is no time like 90s, 15m or 2h";
}

class Watch final : public Command {
 public:
  explicit Watch(CLI::App& app) {
    CLI::App& sub = add_subcommand(
        app, "watch", "Keep adding to a record; tell which verdicts that changes",
        "  twosource watch inbox/ https://paper.example/feed --record story.db\n"
        "  twosource watch feeds.opml --follow --record story.db -o changes.jsonl\n"
        "  twosource watch inbox/ --record story.db --once --json\n"
        "  twosource watch inbox/ --record story.db --exec notify-desk --exec-arg --urgent\n"
        "  twosource watch inbox/ --record story.db --webhook https://chat.example/hook");
    options_.declare(sub, true);
    sub.add_option("--record", record_, "The record; made when there is none")->required();
    sub.add_flag("--once", once_, "Look at everything that is due once, tell, end");
    sub.add_option("--every", every_,
                   "How often addresses are asked (90s, 15m, 2h), less often where they say so")
        ->check(check_duration)
        ->capture_default_str();
    sub.add_option("--settle", settle_s_,
                   "Seconds for which a file must lie still before it is read")
        ->check(CLI::Range(0.0, 3600.0))
        ->capture_default_str();
    sub.add_flag("--all", all_, "Tell of every new claim, not only of telling verdicts");
    sub.add_flag("--json", json_, "One JSON object a line");
    sub.add_option(
        "-o,--output", output_,
        "File to append the changes to as JSON Lines, instead of standard output; nothing "
        "is missing in it or there twice, however a run ends");
    CLI::Option* exec = sub.add_option("--exec", exec_,
                                       "Program to run for each change, with the change as JSON on "
                                       "its standard input; no shell is between");
    sub.add_option("--exec-arg", exec_args_, "Argument for it; may be repeated")
        ->allow_extra_args(false)
        ->needs(exec);
    sub.add_option("--exec-timeout", exec_timeout_s_, "Seconds after which it is killed")
        ->check(CLI::Range(1, 3600))
        ->capture_default_str();
    sub.add_option("--webhook", webhooks_,
                   "Address to POST each change to as JSON; may be repeated")
        ->allow_extra_args(false);
    sub.add_option("--min-origins", claim_.min_origins, "Independent origins that confirm a claim")
        ->check(CLI::Range(1, 100))
        ->capture_default_str();
  }

  ExitCode run(const Env& env) override {
    for (const std::string& input : options_.inputs) {
      if (input == "-") throw UsageError("standard input cannot be watched");
    }
    const StopBell bell;
    const auto stopping = [&] { return bell.rung(); };
    Talk talk(env, options_.quiet);
    const pipeline::Stages stages = options_.stages();
    record::Record store(record_, record::Record::Mode::Write);
    const RecordLock lock(record_);
    fetch::Fetcher fetcher(options_.network.fetching(stopping));
    fetch::Fetcher poster(options_.network.fetching(stopping));
    desk::Desk desk(store, stages, claim_);
    watch::State state(store);
    const auto warn = [&](const std::string& what) {
      talk.warn(printable(what));
      env.err << std::flush;
    };
    watch::Teller teller(state, listeners(env, stopping, poster), warn);
    watch::Surroundings around;
    around.renew = [&] { renew_findings(desk, options_.threads, talk); };
    around.skipped = [&](const intake::Skipped& s) {
      talk.skipped(s);
      env.err << std::flush;
    };
    around.say = [&](const std::string& what) {
      talk.say(printable(what));
      env.err << std::flush;
    };
    around.warn = warn;
    around.stopping = stopping;
    around.wait = [&](int other, std::chrono::milliseconds time) { bell.wait(other, time); };
    watch::Watcher watcher(store, stages, fetcher, state, teller, watching(), around);
    const bool whole = watcher.run();
    if (bell.rung()) talk.say("stopped");
    return whole || !once_ ? kDone : kSkipped;
  }

 private:
  [[nodiscard]] watch::Options watching() const {
    watch::Options o;
    o.inputs = options_.inputs;
    o.intake = options_.reading();
    o.threads = options_.threads;
    o.network.every = std::chrono::seconds(duration_s(every_));
    o.settle = std::chrono::milliseconds(static_cast<std::int64_t>(settle_s_ * 1000));
    o.once = once_;
    o.all = all_;
    return o;
  }

  std::vector<std::unique_ptr<watch::Listener>> listeners(const Env& env,
                                                          const std::function<bool()>& stopping,
                                                          fetch::Fetcher& poster) const {
    std::vector<std::unique_ptr<watch::Listener>> out;
    if (output_.empty() || output_ == "-") {
      out.push_back(std::make_unique<Printer>(env, json_));
    } else {
      out.push_back(std::make_unique<watch::FileListener>(output_));
    }
    if (!exec_.empty()) {
      std::vector<std::string> argv = {exec_};
      argv.insert(argv.end(), exec_args_.begin(), exec_args_.end());
      out.push_back(std::make_unique<watch::HookListener>(
          std::move(argv), std::chrono::seconds(exec_timeout_s_), stopping));
    }
    for (const std::string& url : webhooks_) {
      if (const auto parsed = fetch::parse_url(url); !parsed) {
        throw UsageError("--webhook " + url + ": " + parsed.error().message);
      }
      out.push_back(std::make_unique<watch::WebListener>(url, record_key(), poster));
    }
    return out;
  }

  // Names the record in keys of messages.
  [[nodiscard]] std::string record_key() const {
    std::string key;
    for (const char c : record_.substr(record_.rfind('/') + 1)) {
      const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      key += plain ? c : '-';
    }
    return key;
  }

  ReadOptions options_;
  claim::Options claim_;
  std::string record_;
  std::string every_ = "15m";
  double settle_s_ = 2;
  std::string output_;
  std::string exec_;
  std::vector<std::string> exec_args_;
  unsigned exec_timeout_s_ = 60;
  std::vector<std::string> webhooks_;
  bool once_ = false;
  bool all_ = false;
  bool json_ = false;
};

}  // namespace

std::unique_ptr<Command> make_watch(CLI::App& app) { return std::make_unique<Watch>(app); }

}  // namespace twosource::cli
