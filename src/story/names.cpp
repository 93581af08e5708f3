#include "story/names.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "text/utf8.hpp"

namespace twosource::story {
namespace {

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size()) {
    text.replace(at, from.size(), to);
  }
}

constexpr std::array<std::pair<std::string_view, std::string_view>, 9> kSame = {{
    {"sch", "sh"},
    {"ph", "f"},
    {"ck", "k"},
    {"w", "v"},
    {"z", "s"},
    {"j", "i"},
    {"y", "i"},
    {".", ""},
    {"'", ""},
}};

}  // namespace

std::vector<std::string_view> name_words(std::string_view name) {
  std::vector<std::string_view> words;
  while (!name.empty()) {
    const std::size_t end = std::min(name.find_first_of(" -"), name.size());
    if (end > 0) words.push_back(name.substr(0, end));
    name.remove_prefix(std::min(end + 1, name.size()));
  }
  return words;
}

std::string spelling_key(std::string_view word) {
  std::string key = utf8::fold(word);
  for (const auto& [from, to] : kSame) replace_all(key, from, to);
  key.erase(std::unique(key.begin(), key.end()), key.end());
  return key;
}

bool first_names_agree(std::string_view a, std::string_view b) {
  const std::string x = spelling_key(a);
  const std::string y = spelling_key(b);
  if (x.empty() || y.empty()) return false;
  if (x.size() == 1 || y.size() == 1) return x[0] == y[0];
  return x == y;
}

}  // namespace twosource::story
