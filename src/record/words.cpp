#include "record/words.hpp"

#include <algorithm>

#include "text/utf8.hpp"

namespace twosource::record {
namespace {

constexpr std::size_t kKnownWords = 100'000;  // then the memo starts anew: bounds memory

bool in_word(char32_t c) { return utf8::is_letter(c) || utf8::is_digit(c) || utf8::is_mark(c); }

std::string replaced(std::string_view word, std::string_view from, std::string_view to) {
  std::string out;
  for (std::size_t at = 0; at < word.size();) {
    if (!from.empty() && word.substr(at).starts_with(from)) {
      out += to;
      at += from.size();
    } else {
      out += word[at++];
    }
  }
  return out;
}

}  // namespace

std::vector<Span> words_of(std::string_view text) {
  std::vector<Span> out;
  std::size_t begin = 0;
  bool inside = false;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t here = at;
    const bool word = in_word(utf8::decode(text, at));
    if (word && !inside) begin = here;
    if (!word && inside) out.push_back(make_span(begin, here));
    inside = word;
  }
  if (inside) out.push_back(make_span(begin, text.size()));
  return out;
}

std::string_view WordForms::form(std::string_view word) {
  auto it = known_.find(word);
  if (it == known_.end()) {
    if (known_.size() >= kKnownWords) known_.clear();
    const std::string lower = utf8::lower(utf8::composed(word));
    it = known_.emplace(std::string(word), utf8::fold(stemmer_.stem(lower))).first;
  }
  return it->second;
}

std::string WordForms::forms(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const Span s : words_of(text)) {
    out += form(slice(text, s));
    out += ' ';
  }
  return out;
}

Spellings::Spellings(const PackSet& packs) {
  for (const std::string& code : packs.languages()) {
    const std::optional<std::string> setting = packs.get(code).setting("respelled");
    if (!setting) continue;
    for (const std::string& pair : split_list(*setting)) {
      const std::size_t equal = pair.find('=');
      if (equal != std::string::npos && equal > 0 && equal + 1 < pair.size()) {
        pairs_.emplace_back(pair.substr(0, equal), pair.substr(equal + 1));
      }
    }
  }
}

std::vector<std::string> Spellings::variants(std::string_view word) const {
  const std::string plain = utf8::lower(utf8::composed(word));
  std::string made = plain;
  std::string unmade = plain;
  for (const auto& [letter, spelt] : pairs_) {
    made = replaced(made, letter, spelt);
    unmade = replaced(unmade, spelt, letter);
  }
  std::vector<std::string> out{plain};
  for (std::string* other : {&made, &unmade}) {
    if (std::find(out.begin(), out.end(), *other) == out.end()) out.push_back(std::move(*other));
  }
  return out;
}

}  // namespace twosource::record
