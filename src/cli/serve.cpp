#include <fmt/format.h>
#include <signal.h>

#include <memory>
#include <ostream>

#include "cli/command.hpp"
#include "cli/options.hpp"
#include "cli/output.hpp"
#include "cli/talk.hpp"
#include "desk/desk.hpp"
#include "record/record.hpp"
#include "serve/http.hpp"
#include "serve/site.hpp"
#include "text/pack.hpp"

#ifndef TWOSOURCE_VERSION
#define TWOSOURCE_VERSION "unknown"
#endif

namespace twosource::cli {
namespace {

// Signals that end the server, taken by waiting instead of by a handler. Must be made before any
// thread is.
class StopSignals {
 public:
  StopSignals() {
    sigemptyset(&set_);
    for (const int s : {SIGINT, SIGTERM}) sigaddset(&set_, s);
    pthread_sigmask(SIG_BLOCK, &set_, &before_);
    ::signal(SIGPIPE, SIG_IGN);
  }
  ~StopSignals() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  StopSignals(const StopSignals&) = delete;
  StopSignals& operator=(const StopSignals&) = delete;
  void wait() const {
    int which = 0;
    while (sigwait(&set_, &which) != 0) {
    }
  }

 private:
  sigset_t set_{};
  sigset_t before_{};
};

bool is_loopback(const std::string& address) {
  return address == "localhost" || address == "::1" || address.starts_with("127.");
}

class Serve final : public Command {
 public:
  explicit Serve(CLI::App& app) {
    CLI::App& sub =
        add_subcommand(app, "serve", "Web pages and REST API over a record",
                       "  twosource serve --record story.db\n"
                       "  twosource serve --record story.db --port 0 --read-only\n"
                       "  twosource serve --record story.db --bind 192.0.2.7 --host desk.example");
    sub.add_option("--record", site_.record, "The record to show")->required();
    sub.add_option("--bind", bind_,
                   "Address to listen at; others than this machine reach it only "
                   "if this is not a loopback address")
        ->capture_default_str();
    sub.add_option("--port", port_, "Port; 0: a free one")
        ->check(CLI::Range(0, 65535))
        ->capture_default_str();
    sub.add_option("--host", site_.hosts,
                   "Name that the server goes by, beside --bind and localhost");
    sub.add_flag("--read-only", read_only_, "No corrections, whoever asks");
    sub.add_option("--max-connections", limits_.connections, "Connections at once")
        ->check(CLI::Range(8, 1000000))
        ->capture_default_str();
    sub.add_option("--max-per-address", limits_.per_address,
                   "Connections at once from one address (0: as many as at all)")
        ->check(CLI::Range(0, 1000000))
        ->capture_default_str();
    sub.add_option("--threads", limits_.threads, "Threads that answer (0: one a core)")
        ->check(CLI::Range(0, 256));
    sub.add_option("--cache", cache_, "Megabytes of finished pages kept")
        ->check(CLI::Range(0, 65536))
        ->capture_default_str();
    sub.add_option("--lang-pack", lang_pack_, "Folder with language data to put over the built-in");
  }

  ExitCode run(const Env& env) override {
    const StopSignals signals;
    site_.hosts.push_back(bind_.find(':') == std::string::npos ? bind_ : "[" + bind_ + "]");
    if (is_loopback(bind_))
      site_.hosts.insert(site_.hosts.end(), {"localhost", "127.0.0.1", "[::1]"});
    site_.writable = !read_only_;
    site_.cache = cache_ << 20U;
    site_.version = TWOSOURCE_VERSION;
    site_.renew = [&] { renew(env); };
    serve::Site site(site_, packs(), [&](const std::string& what) {
      env.err << "twosource: " << printable(what) << std::endl;
    });
    const serve::HttpServer server(
        bind_, static_cast<std::uint16_t>(port_), limits_,
        [&](const serve::Request& r) { return site.answer(r); },
        [&](int status) { return site.refuse(status); });
    site.watch([&] { return server.counts(); });
    say(env, site, server.port());
    signals.wait();
    site.watch({});
    env.err << "stopped\n";
    return kDone;
  }

 private:
  // Brings the findings up to date with the corrections that hold. On one thread of the server's.
  void renew(const Env& env) {
    try {
      if (!room_) room_ = std::make_unique<Room>(packs(), site_.record);
      Talk talk(env, true);
      renew_findings(room_->desk, 1, talk);
    } catch (...) {
      room_.reset();
      throw;
    }
  }

  PackSet packs() const {
    if (lang_pack_.empty()) return PackSet::builtin();
    Result<PackSet> packs = PackSet::with_overrides(lang_pack_);
    if (!packs) throw IoError(packs.error().describe());
    return std::move(*packs);
  }

  void say(const Env& env, const serve::Site& site, std::uint16_t port) const {
    const std::string shown = bind_.find(':') == std::string::npos ? bind_ : "[" + bind_ + "]";
    const std::string address = fmt::format("http://{}:{}/", shown, port);
    env.out << address << std::endl;
    if (!read_only_) {
      env.err << "to correct, open " << address << "?token=" << site.access().token() << '\n';
    }
    if (!is_loopback(bind_)) {
      env.err << "everybody who reaches this address can read the record; there is no encryption\n";
    }
    env.err << "Ctrl-C stops" << std::endl;
  }

  // What finding needs, kept from one renewal to the next.
  struct Room {
    Room(PackSet packs, const std::string& record)
        : stages(std::move(packs)),
          store(record, record::Record::Mode::Write),
          desk(store, stages) {}
    pipeline::Stages stages;
    record::Record store;
    desk::Desk desk;
  };
  std::unique_ptr<Room> room_;
  serve::SiteOptions site_;
  serve::Limits limits_;
  std::string bind_ = "127.0.0.1";
  std::string lang_pack_;
  unsigned port_ = 8080;
  std::size_t cache_ = 64;
  bool read_only_ = false;
};

}  // namespace

std::unique_ptr<Command> make_serve(CLI::App& app) { return std::make_unique<Serve>(app); }

}  // namespace twosource::cli
