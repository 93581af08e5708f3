#include <fmt/format.h>

#include <array>
#include <functional>
#include <optional>

#include "cli/command.hpp"
#include "cli/options.hpp"
#include "cli/output.hpp"
#include "desk/desk.hpp"
#include "record/record.hpp"

namespace twosource::cli {
namespace {

constexpr std::size_t kBatch = 64;  // articles a commit: ten times as fast as one by one

class Add final : public Command {
 public:
  explicit Add(CLI::App& app) {
    CLI::App& sub = add_subcommand(app, "add", "Read articles into a record",
                                   "  twosource add monday/ --record story.db\n"
                                   "  twosource add tuesday.jsonl.gz --record story.db\n"
                                   "  twosource claims --record story.db\n"
                                   "  twosource add --withdraw a17 --record story.db");
    options_.declare(sub, false);
    sub.add_option("--record", record_, "The record; made when there is none")->required();
    sub.add_option("--min-origins", claim_.min_origins, "Independent origins that confirm a claim")
        ->check(CLI::Range(1, 100))
        ->capture_default_str();
    sub.add_option("--withdraw", withdrawn_,
                   "Take this article out, with its earlier versions; may be given several times")
        ->allow_extra_args(false);
    sub.add_flag("--rebuild", rebuild_, "Forget what was found and find everything anew");
  }

  ExitCode run(const Env& env) override {
    if (options_.inputs.empty() && withdrawn_.empty() && !rebuild_) {
      throw UsageError("give INPUT…, --withdraw ID or --rebuild (--help shows examples)");
    }
    Talk talk(env, options_.quiet);
    const pipeline::Stages stages = options_.stages();
    record::Record store(record_, record::Record::Mode::Write);
    desk::Desk desk(store, stages, claim_);
    withdraw(store, talk);
    std::array<std::size_t, 4> counts{};
    if (!options_.inputs.empty()) {
      add_all(store, desk, stages, env, talk, counts);
      talk.summary();
    }
    // In the order of Record::Added.
    const auto [added, unchanged, revised, refreshed] = counts;
    talk.say(fmt::format("{} new, {} revised, {} unchanged, {} read anew, {} in the record", added,
                         revised, unchanged, refreshed, store.size()));
    if (rebuild_) {
      desk::Renewal how;
      how.threads = options_.threads == 0 ? 2 : options_.threads;
      how.verdicts = false;
      how.rebuild = true;
      (void)desk.renew(how);
    }
    renew_findings(desk, options_.threads, talk);
    return talk.exit_code();
  }

 private:
  // A batch is on the disk before the next one begins; a run that is killed has lost at most the
  // articles of its last batch, none of which it had counted, and is simply repeated.
  void add_all(record::Record& store, desk::Desk& desk, const pipeline::Stages& stages,
               const Env& env, Talk& talk, std::array<std::size_t, 4>& counts) const {
    using record::Record;
    std::optional<Record::Batch> batch;
    std::size_t in_batch = 0;
    read_inputs_and(options_, stages, env, talk, [&](Article&& article) -> std::function<void()> {
      desk::Signed signs = desk.sign(article);
      Record::Ready ready = Record::ready(std::move(article));
      return [&, signs = std::move(signs), ready = std::move(ready)]() mutable {
        if (!batch) batch.emplace(store);
        const Record::Added what = store.add(ready);
        ++counts.at(static_cast<std::size_t>(what));
        if (what != Record::Added::Unchanged) desk.expect(ready, std::move(signs));
        if (++in_batch < kBatch) return;
        batch->commit();
        batch.reset();
        in_batch = 0;
      };
    });
    if (batch) batch->commit();
  }

  // All or none: an id that is not there is most likely a slip.
  void withdraw(record::Record& store, Talk& talk) const {
    for (const std::string& id : withdrawn_) {
      if (!store.article(id)) throw IoError("there is no article \"" + printable(id) + "\"");
    }
    for (const std::string& id : withdrawn_) {
      store.remove(id);
      talk.say("withdrawn: " + printable(id));
    }
  }

  ReadOptions options_;
  claim::Options claim_;
  std::string record_;
  std::vector<std::string> withdrawn_;
  bool rebuild_ = false;
};

}  // namespace

std::unique_ptr<Command> make_add(CLI::App& app) { return std::make_unique<Add>(app); }

}  // namespace twosource::cli
