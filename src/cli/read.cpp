#include "article/json.hpp"
#include "article/json_sink.hpp"
#include "cli/command.hpp"
#include "cli/options.hpp"
#include "cli/output.hpp"

namespace twosource::cli {
namespace {

class Read final : public Command {
 public:
  explicit Read(CLI::App& app) {
    CLI::App& sub = add_subcommand(
        app, "read", "Annotated articles, one JSON object a line",
        "  twosource read page.html\n"
        "  twosource read articles.jsonl.zst --as-is -o annotated.jsonl\n"
        "  twosource read crawl.warc.gz --text-only -o texts.jsonl\n"
        "  curl -s https://news.example/page | twosource read - --published 2017-07\n"
        "  twosource read look-back.txt --published 2021-03-03 --prefer-dates past");
    options_.declare(sub, true);
    sub.add_flag_callback(
        "--text-only", [this] { options_.layers = pipeline::Layers::Text; },
        "Only the cleaned text with its metadata: no sentences, times, names, quotations; several "
        "times as fast");
    sub.add_flag("--source-map", options_.trace,
                 "Also say which bytes of the page, as UTF-8, each part of the text was read from");
    sub.add_flag("--json", json_, "JSON Lines; there is no other form");
    sub.add_option("-o,--output", output_, "File to write instead of standard output");
  }

  ExitCode run(const Env& env) override {
    Talk talk(env, options_.quiet);
    const pipeline::Stages stages = options_.stages();
    Output out(env, output_);
    read_inputs(options_, stages, env, talk, [&](Article&& article) {
      out.stream() << article_line(article) << '\n';
      out.check();
    });
    out.commit();
    talk.summary();
    return talk.exit_code();
  }

 private:
  ReadOptions options_;
  bool json_ = true;
  std::string output_;
};

}  // namespace

std::unique_ptr<Command> make_read(CLI::App& app) { return std::make_unique<Read>(app); }

}  // namespace twosource::cli
