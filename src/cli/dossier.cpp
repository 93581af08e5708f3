#include <nlohmann/json.hpp>
#include <ostream>

#include "article/json.hpp"
#include "cli/command.hpp"
#include "cli/options.hpp"
#include "cli/output.hpp"
#include "report/report.hpp"

namespace twosource::cli {
namespace {

enum class Form : unsigned char { Html, Markdown, Json };

Form form_of(const std::string& output, bool json) {
  if (json || output.ends_with(".json")) return Form::Json;
  if (output.ends_with(".html") || output.ends_with(".htm")) return Form::Html;
  if (output.empty() || output == "-" || output.ends_with(".md")) return Form::Markdown;
  // An output without ending, such as a pipe, gets what programs read.
  if (output.rfind('.') == std::string::npos || output.rfind('.') < output.rfind('/') + 1) {
    return Form::Json;
  }
  throw UsageError(output + ": the ending says the form: .html, .md or .json");
}

class DossierCommand final : public Command {
 public:
  explicit DossierCommand(CLI::App& app) {
    CLI::App& sub = add_subcommand(
        app, "dossier", "The cross-checked record of a stack of articles, for people",
        "  twosource dossier stack/*.txt -o dossier.html\n"
        "  twosource dossier examples/gipfel                     Markdown on standard output\n"
        "  twosource dossier --record story.db --about \"Hafen Brand\" -o hafen.json --full");
    options_.declare(sub);
    sub.add_flag("--json", json_, "JSON, whatever the output is called");
    sub.add_flag("--full", full_, "With every layer of every article (JSON)");
    sub.add_option("-o,--output", output_, "FILE.html, FILE.md or FILE.json");
  }

  ExitCode run(const Env& env) override {
    const Form form = form_of(output_, json_);
    Talk talk(env, options_.read.quiet);
    const pipeline::Stages stages = options_.read.stages();
    const Dossier dossier = options_.load(env, stages, talk);
    if (dossier.articles.empty()) return talk.exit_code() == kDone ? kFailed : talk.exit_code();
    Output out(env, output_);
    if (form == Form::Html) out.stream() << report::to_html(dossier, stages.packs());
    if (form == Form::Markdown) out.stream() << report::to_markdown(dossier, stages.packs());
    if (form == Form::Json) {
      out.stream() << dump_line(DossierWriter(dossier).dossier(full_)) << '\n';
    }
    out.commit();
    if (!output_.empty() && output_ != "-") talk.say("written: " + printable(output_));
    return talk.exit_code();
  }

 private:
  CorpusOptions options_;
  bool json_ = false;
  bool full_ = false;
  std::string output_;
};

}  // namespace

std::unique_ptr<Command> make_dossier(CLI::App& app) {
  return std::make_unique<DossierCommand>(app);
}

}  // namespace twosource::cli
