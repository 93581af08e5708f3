#include "annotate/time/rule_parser.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "text/utf8.hpp"

namespace twosource::annotate {
namespace {

constexpr std::size_t kMaxPaths = 20000;      // a rule that makes more is a slip of the pen
constexpr std::size_t kMaxAllPaths = 500000;  // of a table; set by hand: bounds what a slip costs
constexpr std::size_t kMaxElements = 16;      // steps of a path

std::vector<std::string_view> split(std::string_view text, char at) {
  std::vector<std::string_view> out;
  std::size_t pos = 0;
  while (pos <= text.size()) {
    const std::size_t stop = std::min(text.find(at, pos), text.size());
    if (const std::string_view part = utf8::trim(text.substr(pos, stop - pos)); !part.empty()) {
      out.push_back(part);
    }
    pos = stop + 1;
  }
  return out;
}

}  // namespace

void RuleParser::fail(const std::string& message) const {
  throw PackError(fmt::format("{}: {}", table_.where(*row_), message));
}

Symbol RuleParser::class_symbol(std::string_view name) {
  const auto it = grammar_.symbols_.find(fmt::format("<{}>", name));
  if (it == grammar_.symbols_.end()) fail(fmt::format("there is no word class \"{}\"", name));
  return it->second;
}

void RuleParser::parse_choice(std::string_view inside, Element& element) {
  Symbol words = 0;
  for (const std::string_view choice : split(inside, '|')) {
    if (choice.front() == '<' && choice.back() == '>') {
      element.symbols.push_back(class_symbol(choice.substr(1, choice.size() - 2)));
      continue;
    }
    if (words == 0) {
      words = grammar_.symbol(fmt::format("({})", inside));
      element.symbols.push_back(words);
    }
    grammar_.add_word(choice, words, choice);
  }
  if (element.symbols.empty()) fail("an empty choice ()");
}

RuleParser::Element RuleParser::parse_element(std::string_view item) {
  Element element;
  if (item.size() > 1 && item.back() == '?') {
    element.optional = true;
    item.remove_suffix(1);
  }
  if (item.front() == '<') {
    if (item.back() != '>' || item.size() < 3) fail("a < without >");
    item = item.substr(1, item.size() - 2);
    const std::size_t colon = std::min(item.find(':'), item.size());
    element.symbols.push_back(class_symbol(item.substr(0, colon)));
    element.name = colon < item.size() ? item.substr(colon + 1) : item;
    return element;
  }
  if (item.front() == '(' && item.size() > 1) {
    const std::size_t close = item.rfind(')');
    if (close == std::string_view::npos) fail("a ( without )");
    parse_choice(item.substr(1, close - 1), element);
    if (close + 2 < item.size() && item[close + 1] == ':') element.name = item.substr(close + 2);
    return element;
  }
  const Symbol literal = grammar_.symbol(item);
  grammar_.add_word(item, literal, item);
  element.symbols.push_back(literal);
  return element;
}

void RuleParser::parse_pattern(std::string_view pattern) {
  int open = -1;
  for (const std::string_view item : split(pattern, ' ')) {
    const int next = static_cast<int>(elements_.size());
    if (item == "[") {
      if (open >= 0) fail("a [ inside [ ]");
      open = next;
    } else if (item == "]") {
      if (open < 0 || open == next) fail("a ] without [, or nothing between them");
      groups_.emplace_back(open, next - 1);
      open = -1;
    } else {
      elements_.push_back(parse_element(item));
    }
  }
  if (open >= 0) fail("a [ without ]");
  if (elements_.empty() || elements_.size() > kMaxElements) fail("1 to 16 elements are allowed");
  if (std::all_of(elements_.begin(), elements_.end(),
                  [](const Element& e) { return e.optional; })) {
    fail("every element may be missing");
  }
  if (groups_.empty()) groups_.emplace_back(0, static_cast<int>(elements_.size()) - 1);
}

std::vector<Piece> RuleParser::parse_pieces(std::string_view text) const {
  std::vector<Piece> out;
  while (!text.empty()) {
    const std::size_t brace = std::min(text.find('{'), text.size());
    if (brace > 0) out.push_back({std::string(text.substr(0, brace)), -1, 0});
    if (brace == text.size()) break;
    const std::size_t close = text.find('}', brace);
    if (close == std::string_view::npos) fail("a { without }");
    std::string_view name = text.substr(brace + 1, close - brace - 1);
    Piece piece;
    if (name.ends_with(".1") || name.ends_with(".2")) {
      piece.part = name.back() - '0';
      name.remove_suffix(2);
    }
    for (std::size_t i = 0; i < elements_.size() && piece.element < 0; ++i) {
      if (elements_[i].name == name) piece.element = static_cast<int>(i);
    }
    if (piece.element < 0) fail(fmt::format("no element of the pattern is called \"{}\"", name));
    out.push_back(std::move(piece));
    text.remove_prefix(close + 1);
  }
  return out;
}

void RuleParser::parse_template(std::string_view text, Emission& emission) const {
  const std::vector<std::string_view> words = split(text, ' ');
  const auto kind = words.empty() ? std::nullopt : draft_kind_of(words.front());
  if (!kind) fail(fmt::format("\"{}\" does not begin with a kind of value", text));
  emission.kind = *kind;
  for (std::size_t i = 1; i < words.size(); ++i) {
    const std::size_t equals = words[i].find('=');
    const auto key = key_of(words[i].substr(0, equals));
    if (equals == std::string_view::npos || !key) {
      fail(fmt::format("\"{}\" is not key=value with a known key", words[i]));
    }
    emission.fields.push_back({*key, parse_pieces(words[i].substr(equals + 1))});
  }
}

void RuleParser::parse_emissions(std::string_view types, std::string_view values,
                                 Rule& rule) const {
  if (types == "NONE") return;
  const std::vector<std::string_view> type = split(types, ';');
  const std::vector<std::string_view> value = split(values, ';');
  if (value.size() != groups_.size() || (type.size() != 1 && type.size() != value.size())) {
    fail("as many values as [ ] pairs are needed, and one type or as many");
  }
  for (std::size_t i = 0; i < value.size(); ++i) {
    Emission emission;
    emission.first = groups_[i].first;
    emission.last = groups_[i].second;
    const auto parsed = from_string<TimexType>(type[type.size() == 1 ? 0 : i]);
    if (!parsed) fail("`type` is DATE, TIME, DURATION, SET or NONE");
    emission.type = *parsed;
    parse_template(value[i], emission);
    rule.emissions.push_back(std::move(emission));
  }
}

void RuleParser::expand(std::size_t element, std::vector<std::pair<Symbol, int>>& steps,
                        std::uint32_t rule) {
  if (element == elements_.size()) {
    if (steps.empty()) return;
    if (++paths_ > kMaxPaths) fail("the pattern has more than 20000 variants");
    if (++all_paths_ > kMaxAllPaths) fail("the patterns up to here have more than 500000 variants");
    grammar_.add_path(steps, rule);
    return;
  }
  const Element& e = elements_[element];
  for (const Symbol symbol : e.symbols) {
    steps.emplace_back(symbol, static_cast<int>(element));
    expand(element + 1, steps, rule);
    steps.pop_back();
  }
  if (e.optional) expand(element + 1, steps, rule);
}

void RuleParser::parse(const Row& row) {
  row_ = &row;
  elements_.clear();
  groups_.clear();
  paths_ = 0;
  Rule rule;
  rule.name = row.cells[table_.column("name")];
  parse_pattern(row.cells[table_.column("pattern")]);
  parse_emissions(row.cells[table_.column("type")], row.cells[table_.column("value")], rule);
  for (const std::string_view flag : split(row.cells[table_.column("flags")], ' ')) {
    if (flag == "alone") {
      rule.alone = true;
    } else if (flag == "interval") {
      rule.interval = true;
    } else if (flag != "-") {
      fail(fmt::format("unknown flag \"{}\"", flag));
    }
  }
  const auto index = static_cast<std::uint32_t>(grammar_.rules_.size());
  grammar_.rules_.push_back(std::move(rule));
  std::vector<std::pair<Symbol, int>> steps;
  expand(0, steps, index);
}

}  // namespace twosource::annotate
