#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace twosource::report {

// What a template is filled with: a text, a flag, a list, named values, or markup of our own.
class Data {
 public:
  enum class Kind : std::uint8_t { Flag, Text, Markup, List, Object };

  Data() = default;  // named values, none yet
  explicit Data(bool flag) : kind_(Kind::Flag), flag_(flag) {}
  Data(std::string text) : kind_(Kind::Text), text_(std::move(text)) {}
  Data(std::string_view text) : Data(std::string(text)) {}
  Data(const char* text) : Data(std::string(text)) {}
  [[nodiscard]] static Data list() { return Data(Kind::List); }
  // Markup that our own code wrote, the one thing that is not escaped.
  [[nodiscard]] static Data markup(std::string text);

  // Adds a named value; the first of a name counts.
  void set(std::string_view key, Data value);
  void push_back(Data item) { items_.emplace_back(std::string(), std::move(item)); }

  [[nodiscard]] Kind kind() const noexcept { return kind_; }
  [[nodiscard]] const std::string& text() const noexcept { return text_; }
  [[nodiscard]] const std::vector<std::pair<std::string, Data>>& items() const noexcept {
    return items_;
  }
  // False, an empty text and an empty list leave a section out.
  [[nodiscard]] bool shown() const noexcept;
  // The value of that name; null when there is none.
  [[nodiscard]] const Data* find(std::string_view key) const noexcept;

 private:
  explicit Data(Kind kind) : kind_(kind) {}
  Kind kind_ = Kind::Object;
  bool flag_ = false;
  std::string text_;
  std::vector<std::pair<std::string, Data>> items_;  // of lists without names
};

// `text` as it may stand in HTML text and in quoted attributes: & < > " ' are written as entities.
[[nodiscard]] std::string escape_html(std::string_view text);
void append_escaped(std::string& out, std::string_view text);

// A Mustache template (variables, sections, inverted sections, partials, {{.}}; no set delimiters,
// no lambdas), read once. Everything is escaped: there is no tag that switches it off, only values
// of Kind::Markup pass as they are. {{label.KEY}} and partials are put in when the template is
// read. Const and thread-safe; rendering is linear in what it writes.
class Template {
 public:
  // The text of a label and of a partial.
  using Lookup = std::function<std::string(std::string_view)>;
  // Throws std::logic_error for a template that does not nest: templates are part of the program.
  Template(std::string_view source, const Lookup& label, const Lookup& partial = {});

  [[nodiscard]] std::string render(const Data& data) const;

 private:
  enum class Op : std::uint8_t { Literal, Value, Section, Inverted };
  struct Step {
    Op op = Op::Literal;
    std::string text;       // the literal, or the name
    std::size_t after = 0;  // of sections: the first step behind it
  };
  using Stack = std::vector<const Data*>;
  void read(std::string_view source, const Lookup& label, const Lookup& partial, int depth);
  void tag(std::string_view inside, std::vector<std::size_t>& open, const Lookup& label,
           const Lookup& partial, int depth);
  void literal(std::string_view text);
  void run(std::size_t from, std::size_t to, Stack& stack, std::string& out) const;
  [[nodiscard]] static const Data* find(const Stack& stack, std::string_view name) noexcept;
  std::vector<Step> steps_;
};

}  // namespace twosource::report
