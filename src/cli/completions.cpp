#include <fmt/format.h>

#include "cli/outline.hpp"
#include "text/join.hpp"

namespace twosource::cli {
namespace {

std::vector<std::string> dashed(const OptionOutline& o) {
  std::vector<std::string> out;
  for (const std::string& name : o.short_names) out.push_back("-" + name);
  for (const std::string& name : o.long_names) out.push_back("--" + name);
  return out;
}

std::string words(const std::vector<std::string>& list) { return joined(list, " "); }

std::vector<std::string> command_names(const Outline& outline) {
  std::vector<std::string> out;
  for (const CommandOutline& c : outline.commands) out.push_back(c.name);
  return out;
}

// In single quotation marks: `quote` stands for the mark itself, `marked` get a backslash.
std::string quoted(std::string_view text, std::string_view quote, std::string_view marked) {
  std::string out;
  for (const char c : text) {
    if (c == '\'') {
      out += quote;
    } else {
      if (marked.find(c) != std::string_view::npos) out += '\\';
      out += c;
    }
  }
  return out;
}

std::string zsh_text(std::string_view text) { return quoted(text, "'\\''", "[]:\\"); }
std::string fish_text(std::string_view text) { return quoted(text, "\\'", "\\"); }

// "'(-o --output)'{-o,--output}'[File to write]:value:_files'"
std::string zsh_option(const OptionOutline& o) {
  if (!o.positional.empty()) {
    return fmt::format("'{}:{}:_files'", o.many ? "*" : "", zsh_text(o.positional));
  }
  const std::vector<std::string> names = dashed(o);
  std::string out = names.size() == 1
                        ? fmt::format("'{}", names[0])
                        : fmt::format("'({})'{{{}}}'", words(names), joined(names, ","));
  out += fmt::format("[{}]", zsh_text(o.description));
  if (!o.takes_value) return out + "'";
  if (o.choices.empty()) return out + ":value:_files'";
  return out + fmt::format(":value:({})'", words(o.choices));
}

std::string fish_option(const CommandOutline& command, const OptionOutline& o) {
  std::string out =
      fmt::format("complete -c twosource -n '__fish_seen_subcommand_from {}'", command.name);
  for (const std::string& name : o.short_names) out += " -s " + name;
  for (const std::string& name : o.long_names) out += " -l " + name;
  if (o.takes_value && o.choices.empty()) out += " -r";
  if (!o.choices.empty()) out += fmt::format(" -x -a '{}'", words(o.choices));
  return out + fmt::format(" -d '{}'\n", fish_text(o.description));
}

}  // namespace

std::string to_bash(const Outline& outline) {
  std::string values;
  std::string options;
  for (const CommandOutline& c : outline.commands) {
    std::vector<std::string> names;
    for (const OptionOutline& o : c.options) {
      for (const std::string& name : dashed(o)) {
        names.push_back(name);
        if (!o.takes_value) continue;
        values +=
            o.choices.empty()
                ? fmt::format("    {}:{}) return;;\n", c.name, name)
                : fmt::format("    {}:{}) COMPREPLY=($(compgen -W '{}' -- \"$word\")); return;;\n",
                              c.name, name, words(o.choices));
      }
    }
    options += fmt::format("    {}) options='{}';;\n", c.name, words(names));
  }
  return fmt::format(
      "# bash completion for twosource; made by twosource describe bash\n"
      "_twosource() {{\n"
      "  local word=${{COMP_WORDS[COMP_CWORD]}} before=${{COMP_WORDS[COMP_CWORD - 1]}}\n"
      "  local command= options= i\n"
      "  COMPREPLY=()\n"
      "  for ((i = 1; i < COMP_CWORD; i++)); do\n"
      "    [[ ${{COMP_WORDS[i]}} == -* ]] || {{ command=${{COMP_WORDS[i]}}; break; }}\n"
      "  done\n"
      "  if [[ -z $command ]]; then\n"
      "    COMPREPLY=($(compgen -W '{} --help --version' -- \"$word\"))\n"
      "    return\n"
      "  fi\n"
      "  case \"$command:$before\" in\n{}  esac\n"
      "  [[ $word == -* ]] || return\n"
      "  case \"$command\" in\n{}  esac\n"
      "  COMPREPLY=($(compgen -W \"$options\" -- \"$word\"))\n"
      "}}\n"
      "complete -o default -F _twosource twosource\n",
      words(command_names(outline)), values, options);
}

std::string to_zsh(const Outline& outline) {
  std::string commands;
  std::string cases;
  for (const CommandOutline& c : outline.commands) {
    commands += fmt::format("    '{}:{}'\n", c.name, zsh_text(c.description));
    cases += fmt::format("    {}) _arguments -s", c.name);
    for (const OptionOutline& o : c.options) cases += " \\\n      " + zsh_option(o);
    cases += ";;\n";
  }
  return fmt::format(
      "#compdef twosource\n# zsh completion for twosource; made by twosource describe zsh\n"
      "_twosource() {{\n"
      "  local -a commands\n"
      "  commands=(\n{}  )\n"
      "  if (( CURRENT == 2 )); then\n"
      "    _describe -t commands 'command' commands\n"
      "    _arguments '--help[Print the commands]' '--version[Print the version]'\n"
      "    return\n"
      "  fi\n"
      "  local command=${{words[2]}}\n"
      "  shift words\n"
      "  (( CURRENT-- ))\n"
      "  case $command in\n{}  esac\n"
      "}}\n"
      "if [[ $zsh_eval_context[-1] == loadautofunc ]]; then\n"
      "  _twosource \"$@\"\n"
      "else\n"
      "  compdef _twosource twosource\n"
      "fi\n",
      commands, cases);
}

std::string to_fish(const Outline& outline) {
  std::string out = "# fish completion for twosource; made by twosource describe fish\n";
  for (const CommandOutline& c : outline.commands) {
    out += fmt::format("complete -c twosource -n __fish_use_subcommand -f -a {} -d '{}'\n", c.name,
                       fish_text(c.description));
  }
  for (const CommandOutline& c : outline.commands) {
    for (const OptionOutline& o : c.options) {
      if (o.positional.empty()) out += fish_option(c, o);
    }
  }
  return out;
}

}  // namespace twosource::cli
