#include "report/template.hpp"

#include <stdexcept>

namespace twosource::report {
namespace {

constexpr int kPartialDepth = 8;  // partials within partials; more is a loop

std::string_view trimmed(std::string_view s) {
  while (!s.empty() && s.front() == ' ') s.remove_prefix(1);
  while (!s.empty() && s.back() == ' ') s.remove_suffix(1);
  return s;
}

}  // namespace

Data Data::markup(std::string text) {
  Data out(Kind::Markup);
  out.text_ = std::move(text);
  return out;
}

void Data::set(std::string_view key, Data value) {
  items_.emplace_back(std::string(key), std::move(value));
}

bool Data::shown() const noexcept {
  switch (kind_) {
    case Kind::Flag:
      return flag_;
    case Kind::List:
      return !items_.empty();
    case Kind::Object:
      return true;
    default:
      return !text_.empty();
  }
}

const Data* Data::find(std::string_view key) const noexcept {
  for (const auto& [name, value] : items_) {
    if (name == key) return &value;
  }
  return nullptr;
}

void append_escaped(std::string& out, std::string_view text) {
  std::size_t from = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    std::string_view entity;
    switch (text[i]) {
      case '&':
        entity = "&amp;";
        break;
      case '<':
        entity = "&lt;";
        break;
      case '>':
        entity = "&gt;";
        break;
      case '"':
        entity = "&quot;";
        break;
      case '\'':
        entity = "&#39;";
        break;
      default:
        continue;
    }
    out.append(text, from, i - from);
    out += entity;
    from = i + 1;
  }
  out.append(text, from);
}

std::string escape_html(std::string_view text) {
  std::string out;
  out.reserve(text.size() + text.size() / 8);
  append_escaped(out, text);
  return out;
}

Template::Template(std::string_view source, const Lookup& label, const Lookup& partial) {
  read(source, label, partial, 0);
}

void Template::literal(std::string_view text) {
  if (text.empty()) return;
  // Nothing may be joined to what stands before a section's end: its `after` names a step.
  steps_.push_back({Op::Literal, std::string(text), 0});
}

void Template::read(std::string_view source, const Lookup& label, const Lookup& partial,
                    int depth) {
  std::vector<std::size_t> open;
  std::size_t at = 0;
  for (;;) {
    const std::size_t begin = source.find("{{", at);
    literal(source.substr(at, begin == std::string_view::npos ? begin : begin - at));
    if (begin == std::string_view::npos) break;
    const std::size_t end = source.find("}}", begin);
    if (end == std::string_view::npos) throw std::logic_error("template: a tag without end");
    tag(trimmed(source.substr(begin + 2, end - begin - 2)), open, label, partial, depth);
    at = end + 2;
  }
  if (!open.empty()) {
    throw std::logic_error("template: section " + steps_[open.back()].text + " does not end");
  }
}

void Template::tag(std::string_view inside, std::vector<std::size_t>& open, const Lookup& label,
                   const Lookup& partial, int depth) {
  if (inside.empty()) throw std::logic_error("template: an empty tag");
  const char sign = inside.front();
  const std::string_view name = trimmed(inside.substr(1));
  if (sign == '#' || sign == '^') {
    open.push_back(steps_.size());
    steps_.push_back({sign == '#' ? Op::Section : Op::Inverted, std::string(name), 0});
  } else if (sign == '/') {
    if (open.empty() || steps_[open.back()].text != name) {
      throw std::logic_error("template: section " + std::string(name) + " ends unopened");
    }
    steps_[open.back()].after = steps_.size();
    open.pop_back();
  } else if (sign == '>') {
    if (depth >= kPartialDepth) throw std::logic_error("template: partials in a loop");
    read(partial(name), label, partial, depth + 1);
  } else if (sign == '{' || sign == '&') {
    throw std::logic_error("template: " + std::string(inside) + " would not be escaped");
  } else if (inside.starts_with("label.")) {
    literal(escape_html(label(inside.substr(6))));
  } else {
    steps_.push_back({Op::Value, std::string(inside), 0});
  }
}

const Data* Template::find(const Stack& stack, std::string_view name) noexcept {
  if (name == ".") return stack.back();
  for (auto it = stack.rbegin(); it != stack.rend(); ++it) {
    if (const Data* found = (*it)->find(name)) return found;
  }
  return nullptr;
}

void Template::run(std::size_t from, std::size_t to, Stack& stack, std::string& out) const {
  for (std::size_t i = from; i < to;) {
    const Step& step = steps_[i];
    if (step.op == Op::Literal) {
      out += step.text;
      ++i;
      continue;
    }
    const Data* value = find(stack, step.text);
    if (step.op == Op::Value) {
      ++i;
      if (value == nullptr) continue;
      if (value->kind() == Data::Kind::Markup) {
        out += value->text();
      } else if (value->kind() == Data::Kind::Text) {
        append_escaped(out, value->text());
      }
      continue;
    }
    const bool shown = value != nullptr && value->shown();
    if (step.op == Op::Inverted) {
      if (!shown) run(i + 1, step.after, stack, out);
    } else if (shown && value->kind() == Data::Kind::List) {
      for (const auto& [unused, item] : value->items()) {
        stack.push_back(&item);
        run(i + 1, step.after, stack, out);
        stack.pop_back();
      }
    } else if (shown) {
      stack.push_back(value);
      run(i + 1, step.after, stack, out);
      stack.pop_back();
    }
    i = step.after;
  }
}

std::string Template::render(const Data& data) const {
  std::string out;
  Stack stack = {&data};
  run(0, steps_.size(), stack, out);
  return out;
}

}  // namespace twosource::report
