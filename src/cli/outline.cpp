#include "cli/outline.hpp"

#include <string_view>

namespace twosource::cli {
namespace {

// "TEXT:{auto,jsonl}" → auto, jsonl.
std::vector<std::string> choices_of(std::string_view type) {
  std::vector<std::string> out;
  const std::size_t open = type.find('{');
  const std::size_t close = type.find('}');
  if (open == std::string_view::npos || close == std::string_view::npos || close < open) return out;
  std::string_view list = type.substr(open + 1, close - open - 1);
  while (!list.empty()) {
    const std::size_t comma = list.find(',');
    out.emplace_back(list.substr(0, comma));
    list = comma == std::string_view::npos ? std::string_view() : list.substr(comma + 1);
  }
  return out;
}

OptionOutline option_of(const CLI::Option& option) {
  OptionOutline out;
  out.short_names = option.get_snames();
  out.long_names = option.get_lnames();
  if (option.get_positional()) out.positional = option.get_name(true);
  out.description = option.get_description();
  out.takes_value = option.get_items_expected_max() > 0;
  out.many = option.get_items_expected_max() > 1;
  out.required = option.get_required();
  if (out.takes_value) out.choices = choices_of(option.get_type_name());
  return out;
}

}  // namespace

Outline outline_of(const CLI::App& app) {
  Outline out;
  out.description = app.get_description();
  out.version = app.version();
  out.footer = app.get_footer();
  for (const CLI::App* sub : app.get_subcommands([](const CLI::App*) { return true; })) {
    if (sub->get_group().empty()) continue;
    CommandOutline command{sub->get_name(), sub->get_description(), sub->get_footer(), {}};
    for (const CLI::Option* option : sub->get_options()) {
      if (!option->get_group().empty()) command.options.push_back(option_of(*option));
    }
    out.commands.push_back(std::move(command));
  }
  return out;
}

}  // namespace twosource::cli
