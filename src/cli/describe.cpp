#include <ostream>

#include "cli/command.hpp"
#include "cli/outline.hpp"
#include "cli/output.hpp"

namespace twosource::cli {
namespace {

// Hidden: for the build, which installs what it writes.
class Describe final : public Command {
 public:
  explicit Describe(CLI::App& app) : app_(app) {
    CLI::App& sub = add_subcommand(app, "describe", "The manual page, or completions for a shell",
                                   "  twosource describe man | man -l -\n"
                                   "  source <(twosource describe bash)");
    sub.group("");
    sub.add_option("FORM", form_, "man, bash, zsh or fish")
        ->required()
        ->check(CLI::IsMember({"man", "bash", "zsh", "fish"}));
    sub.add_option("-o,--output", output_, "File to write instead of standard output");
  }

  ExitCode run(const Env& env) override {
    const Outline outline = outline_of(app_);
    Output out(env, output_);
    if (form_ == "man") out.stream() << to_manual(outline);
    if (form_ == "bash") out.stream() << to_bash(outline);
    if (form_ == "zsh") out.stream() << to_zsh(outline);
    if (form_ == "fish") out.stream() << to_fish(outline);
    out.commit();
    return kDone;
  }

 private:
  const CLI::App& app_;
  std::string form_;
  std::string output_;
};

}  // namespace

std::unique_ptr<Command> make_describe(CLI::App& app) { return std::make_unique<Describe>(app); }

}  // namespace twosource::cli
