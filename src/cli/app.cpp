#include "cli/app.hpp"

#include <fmt/format.h>

#include <array>
#include <istream>
#include <ostream>
#include <utility>
#include <vector>

#include "cli/command.hpp"
#include "cli/output.hpp"
#include "text/error.hpp"
#include "text/pack.hpp"

#ifndef TWOSOURCE_VERSION
#define TWOSOURCE_VERSION "unknown"
#endif

namespace twosource::cli {
namespace {

constexpr auto kCommands = std::to_array(
    {make_dossier, make_read, make_add, make_events, make_claims, make_quotes, make_people,
     make_timeline, make_copies, make_search, make_correct, make_diff, make_check, make_explain,
     make_export, make_serve, make_watch, make_verify, make_describe});

ExitCode failed(const Env& env, std::string_view message) {
  env.err << "twosource: " << message << '\n';
  return kFailed;
}

ExitCode run_guarded(Command& command, const Env& env) {
  try {
    return command.run(env);
  } catch (const BrokenPipe&) {
    return kDone;  // the reader of our output has seen enough
  } catch (const UsageError& e) {
    env.err << "twosource: " << e.what() << '\n';
    return kUsage;
  } catch (const std::bad_alloc&) {
    return failed(env, "out of memory");
  } catch (const std::exception& e) {
    return failed(env, e.what());
  }
}

}  // namespace

CLI::App& add_subcommand(CLI::App& app, const char* name, const char* what, const char* examples) {
  CLI::App& sub = *app.add_subcommand(name, what);
  sub.footer(fmt::format("Examples:\n{}", examples));
  return sub;
}

int run(int argc, const char* const* argv, const Env& env) {
  CLI::App app(
      "Reads many articles about the same happenings and writes the cross-checked record.");
  app.name("twosource");
  app.set_version_flag("--version", "twosource " TWOSOURCE_VERSION);
  app.require_subcommand(1);
  app.footer(
      "Exit codes: 0 done, 1 failed, 2 usage, 3 a check did not hold, 4 some inputs were skipped.\n"
      "twosource COMMAND --help shows a command's options with examples.");
  std::vector<std::unique_ptr<Command>> commands;
  for (const auto make : kCommands) commands.push_back(make(app));
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& e) {
    const bool asked = e.get_exit_code() == 0;  // --help, --version
    app.exit(e, env.out, env.err);
    env.out.flush();
    return asked ? kDone : kUsage;
  }
  const std::vector<CLI::App*> declared = app.get_subcommands([](CLI::App*) { return true; });
  for (std::size_t i = 0; i < declared.size(); ++i) {
    if (declared[i]->parsed()) return run_guarded(*commands[i], env);
  }
  return kUsage;
}

}  // namespace twosource::cli
