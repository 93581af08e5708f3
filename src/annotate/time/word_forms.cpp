#include "annotate/time/word_forms.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace twosource::annotate {
namespace {

constexpr std::size_t kMaxForms = 4096;
constexpr std::size_t kMaxFormBytes = 256;  // {a}{a} of {b}{b} of … doubles with every line

constexpr std::size_t kMaxFields = 8;  // of a shape

struct Field {
  char code;
  int min_digits;
  int max_digits;
  int low;
  int high;
};
constexpr Field kFields[] = {{'Y', 4, 4, 1000, 2099}, {'y', 2, 2, 0, 99}, {'m', 1, 2, 1, 12},
                             {'d', 1, 2, 1, 31},      {'H', 1, 2, 0, 24}, {'M', 2, 2, 0, 59},
                             {'n', 1, 6, 0, 999999}};

const Field* field_of(char code) {
  for (const Field& f : kFields) {
    if (f.code == code) return &f;
  }
  return nullptr;
}

void replace_first(std::string& text, std::string_view what, std::string_view with) {
  if (const std::size_t at = text.find(what); at != std::string::npos) {
    text.replace(at, what.size(), with);
  }
}

}  // namespace

bool expand_word(std::string_view form, std::string_view value, const WordClasses& classes,
                 std::vector<WordForm>& out, std::string& reason) {
  std::vector<WordForm> open{{std::string(form), std::string(value)}};
  while (!open.empty()) {
    WordForm next = std::move(open.back());
    open.pop_back();
    const std::size_t brace = next.form.find('{');
    if (brace == std::string::npos) {
      out.push_back(std::move(next));
      continue;
    }
    const std::size_t close = next.form.find('}', brace);
    if (close == std::string::npos) {
      reason = "a { without }";
      return false;
    }
    const std::string name = next.form.substr(brace + 1, close - brace - 1);
    const auto it = classes.find(name);
    if (it == classes.end()) {
      reason = fmt::format("the class \"{}\" has no words above this line", name);
      return false;
    }
    for (const WordForm& word : it->second) {
      WordForm copy = next;
      copy.form.replace(brace, close - brace + 1, word.form);
      replace_first(copy.value, "{" + name + "}", word.value);
      if (copy.form.size() > kMaxFormBytes || copy.value.size() > kMaxFormBytes) {
        reason = "a word or value longer than 256 bytes comes out";
        return false;
      }
      open.push_back(std::move(copy));
    }
    if (open.size() + out.size() > kMaxForms) {
      reason = "more than 4096 words come out";
      return false;
    }
  }
  return true;
}

std::uint64_t signs_of(std::string_view text) {
  std::uint64_t out = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') out |= std::uint64_t{1} << (static_cast<unsigned char>(c) & 63U);
  }
  return out;
}

std::uint64_t shape_signs(std::string_view shape) {
  std::uint64_t out = 0;
  for (std::size_t i = 0; i < shape.size(); ++i) {
    const bool field = shape[i] == '%' && i + 1 < shape.size();
    if (!field) out |= signs_of(shape.substr(i, 1));
    i += field ? 1U : 0U;
  }
  return out;
}

bool is_shape(std::string_view shape) {
  std::size_t fields = 0;
  for (std::size_t i = 0; i + 1 < shape.size(); ++i) {
    if (shape[i] == '%' && (field_of(shape[++i]) == nullptr || ++fields > kMaxFields)) return false;
  }
  return true;
}

bool match_shape(std::string_view shape, std::string_view text, std::string_view template_value,
                 std::string& value) {
  std::array<int, kMaxFields> numbers{};
  std::array<const Field*, kMaxFields> fields{};
  std::size_t count = 0;
  std::size_t at = 0;
  for (std::size_t i = 0; i < shape.size(); ++i) {
    if (shape[i] != '%' || i + 1 == shape.size()) {
      if (at >= text.size() || text[at] != shape[i]) return false;
      ++at;
      continue;
    }
    const Field* field = field_of(shape[++i]);
    if (field == nullptr || count == fields.size()) return false;
    int number = 0;
    int digits = 0;
    while (digits < field->max_digits && at < text.size() && text[at] >= '0' && text[at] <= '9') {
      number = number * 10 + (text[at++] - '0');
      ++digits;
    }
    if (digits < field->min_digits || number < field->low || number > field->high) return false;
    fields[count] = field;
    numbers[count++] = number;
  }
  if (at != text.size()) return false;
  value = template_value;
  for (std::size_t i = 0; i < count; ++i) {
    const std::array<char, 2> code{'%', fields[i]->code};
    const int width = fields[i]->code == 'n' ? 1 : fields[i]->max_digits;
    std::array<char, 8> digits{'0', '0', '0', '0', '0', '0', '0', '0'};
    std::size_t first = digits.size();
    for (int n = numbers[i]; n > 0 && first > 0; n /= 10) {
      digits[--first] = static_cast<char>('0' + n % 10);
    }
    first = std::min(first, digits.size() - static_cast<std::size_t>(width));
    replace_first(value, std::string_view(code.data(), 2),
                  std::string_view(digits.data() + first, digits.size() - first));
  }
  return true;
}

}  // namespace twosource::annotate
