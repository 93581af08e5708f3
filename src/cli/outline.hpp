#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

namespace twosource::cli {

// What the parser knows of the commands, as plain values: the manual page and the completions of
// shells are written from it, so that they cannot differ from what the program takes.
struct OptionOutline {
  std::vector<std::string> short_names;  // "o", without dashes
  std::vector<std::string> long_names;   // "output"
  std::string positional;                // "INPUT", empty for options
  std::string description;
  std::vector<std::string> choices;  // of {a,b}; empty when anything may stand there
  bool takes_value = false;
  bool many = false;
  bool required = false;
};
struct CommandOutline {
  std::string name;
  std::string description;
  std::string footer;  // examples
  std::vector<OptionOutline> options;
};
struct Outline {
  std::string description;
  std::string version;
  std::string footer;
  std::vector<CommandOutline> commands;  // without hidden ones, in the order of the help
};

[[nodiscard]] Outline outline_of(const CLI::App& app);

// A page for man (groff_man(7), UTF-8).
[[nodiscard]] std::string to_manual(const Outline& outline);
[[nodiscard]] std::string to_bash(const Outline& outline);
[[nodiscard]] std::string to_zsh(const Outline& outline);
[[nodiscard]] std::string to_fish(const Outline& outline);

}  // namespace twosource::cli
