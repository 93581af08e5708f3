#pragma once

#include <CLI/CLI.hpp>
#include <memory>

#include "cli/env.hpp"

namespace twosource::cli {

// One command: its constructor declares its options on the parser's subcommand, run() is called
// when the command line named it.
class Command {
 public:
  virtual ~Command() = default;
  [[nodiscard]] virtual ExitCode run(const Env& env) = 0;
};

// One function a command, each in a file of its name. They declare the subcommand at `app`.
std::unique_ptr<Command> make_read(CLI::App& app);
std::unique_ptr<Command> make_dossier(CLI::App& app);
std::unique_ptr<Command> make_add(CLI::App& app);
std::unique_ptr<Command> make_copies(CLI::App& app);
std::unique_ptr<Command> make_events(CLI::App& app);
std::unique_ptr<Command> make_claims(CLI::App& app);
std::unique_ptr<Command> make_quotes(CLI::App& app);
std::unique_ptr<Command> make_people(CLI::App& app);
std::unique_ptr<Command> make_timeline(CLI::App& app);
std::unique_ptr<Command> make_diff(CLI::App& app);
std::unique_ptr<Command> make_check(CLI::App& app);
std::unique_ptr<Command> make_verify(CLI::App& app);
std::unique_ptr<Command> make_correct(CLI::App& app);
std::unique_ptr<Command> make_search(CLI::App& app);
std::unique_ptr<Command> make_explain(CLI::App& app);
std::unique_ptr<Command> make_export(CLI::App& app);
std::unique_ptr<Command> make_serve(CLI::App& app);
std::unique_ptr<Command> make_watch(CLI::App& app);
std::unique_ptr<Command> make_describe(CLI::App& app);

// Adds a subcommand with its examples below the help.
CLI::App& add_subcommand(CLI::App& app, const char* name, const char* what, const char* examples);

}  // namespace twosource::cli
