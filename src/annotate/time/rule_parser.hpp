#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "annotate/time/grammar.hpp"

namespace twosource::annotate {

// Reads rows of time_rules.tsv into a grammar. A pattern is a list of elements divided by blanks:
//   word            that word, in any case
//   <class>         a word of the class; its value is {class} in the template
//   <class:name>    the same, called {name}
//   (a|b|<class>)   one of these; (a|b):name gives it a name
//   element?        may be missing
//   [ … ]           what the expression covers; several pairs emit several expressions
class RuleParser {
 public:
  RuleParser(Grammar& grammar, const Table& table) : grammar_(grammar), table_(table) {}
  void parse(const Row& row);

 private:
  struct Element {
    std::vector<Symbol> symbols;
    std::string name;
    bool optional = false;
  };
  [[noreturn]] void fail(const std::string& message) const;
  void parse_pattern(std::string_view pattern);
  [[nodiscard]] Element parse_element(std::string_view item);
  void parse_choice(std::string_view inside, Element& element);
  [[nodiscard]] Symbol class_symbol(std::string_view name);
  void parse_emissions(std::string_view types, std::string_view values, Rule& rule) const;
  void parse_template(std::string_view text, Emission& emission) const;
  [[nodiscard]] std::vector<Piece> parse_pieces(std::string_view text) const;
  void expand(std::size_t element, std::vector<std::pair<Symbol, int>>& steps, std::uint32_t rule);

  Grammar& grammar_;
  const Table& table_;
  const Row* row_ = nullptr;
  std::vector<Element> elements_;
  std::vector<std::pair<int, int>> groups_;
  std::size_t paths_ = 0;      // of the row
  std::size_t all_paths_ = 0;  // of the table
};

}  // namespace twosource::annotate
