#include <fmt/format.h>

#include <array>

#include "cli/command.hpp"
#include "cli/options.hpp"
#include "record/record.hpp"

namespace twosource::cli {
namespace {

class Add final : public Command {
 public:
  explicit Add(CLI::App& app) {
    CLI::App& sub = add_subcommand(app, "add", "Read articles into a record",
                                   "  twosource add monday/ --record story.db\n"
                                   "  twosource add tuesday.jsonl.gz --record story.db\n"
                                   "  twosource claims --record story.db");
    options_.declare(sub, true);
    sub.add_option("--record", record_, "The record; made when there is none")->required();
    sub.add_option("--min-origins", claim_.min_origins, "Independent origins that confirm a claim")
        ->check(CLI::Range(1, 100))
        ->capture_default_str();
  }

  ExitCode run(const Env& env) override {
    Talk talk(env, options_.quiet);
    const pipeline::Stages stages = options_.stages();
    record::Record store(record_, record::Record::Mode::Write);
    std::array<std::size_t, 3> counts{};
    read_inputs(options_, stages, env, talk, [&](Article&& article) {
      ++counts.at(static_cast<std::size_t>(store.add(std::move(article))));
    });
    talk.summary();
    // In the order of Record::Added.
    const auto [added, unchanged, revised] = counts;
    talk.say(fmt::format("{} new, {} revised, {} unchanged, {} in the record", added, revised,
                         unchanged, store.size()));
    if (added + revised > 0) store_findings(store, stages);
    return talk.exit_code();
  }

 private:
  void store_findings(record::Record& store, const pipeline::Stages& stages) const {
    std::vector<Article> articles;
    store.each_article([&](Article&& a) {
      stages.tokenize(a);
      articles.push_back(std::move(a));
    });
    store.store_findings(pipeline::cross_check(std::move(articles), stages.packs(), claim_));
  }

  ReadOptions options_;
  claim::Options claim_;
  std::string record_;
};

}  // namespace

std::unique_ptr<Command> make_add(CLI::App& app) { return std::make_unique<Add>(app); }

}  // namespace twosource::cli
