#include "text/phrase_table.hpp"

#include <string>
#include <utility>

#include "text/utf8.hpp"

namespace twosource {
namespace {

// Splits a phrase as the tokenizer splits running text: white space separates, and a punctuation
// character is a token of its own unless it lies between letters or digits.
std::vector<std::string> phrase_words(std::string_view phrase) {
  std::vector<std::string> words;
  std::string word;
  const auto flush = [&] {
    if (!word.empty()) words.push_back(std::exchange(word, {}));
  };
  std::size_t at = 0;
  while (at < phrase.size()) {
    const std::size_t begin = at;
    const char32_t c = utf8::decode(phrase, at);
    if (utf8::is_space(c)) {
      flush();
      continue;
    }
    const bool inner = utf8::is_letter(c) || utf8::is_digit(c) || utf8::is_mark(c);
    if (!inner) {
      std::size_t next = at;
      const char32_t after = at < phrase.size() ? utf8::decode(phrase, next) : U' ';
      const bool joins = !word.empty() && (utf8::is_letter(after) || utf8::is_digit(after)) &&
                         (c == U'-' || c == U'\'' || c == U'’' || c == U'.' || c == U'&');
      const bool final_dot = c == U'.' && !word.empty();
      if (!joins && !final_dot) {
        flush();
        words.emplace_back(utf8::lower(phrase.substr(begin, at - begin)));
        continue;
      }
    }
    utf8::append(word, utf8::to_lower(c));
  }
  flush();
  return words;
}

std::uint64_t edge(std::uint32_t node, std::uint32_t word) {
  return (static_cast<std::uint64_t>(node) << 32U) | word;
}

}  // namespace

void PhraseTable::add(std::string_view phrase, std::int32_t value) {
  const std::vector<std::string> words = phrase_words(phrase);
  if (words.empty()) return;
  std::uint32_t node = 0;
  for (const std::string& word : words) {
    const auto id =
        words_.try_emplace(word, static_cast<std::uint32_t>(words_.size())).first->second;
    const auto [it, inserted] =
        edges_.try_emplace(edge(node, id), static_cast<std::uint32_t>(nodes_.size()));
    nodes_[node].has_children = true;
    if (inserted) nodes_.emplace_back();
    node = it->second;
  }
  if (nodes_[node].value < 0) nodes_[node].value = value;
}

std::int64_t PhraseTable::child(std::uint32_t node, std::uint32_t word) const {
  const auto it = edges_.find(edge(node, word));
  return it == edges_.end() ? -1 : static_cast<std::int64_t>(it->second);
}

PhraseTable::Match PhraseTable::longest(const TokenLayer& layer, std::size_t at,
                                        std::size_t end) const {
  Match best;
  std::uint32_t node = 0;
  for (std::size_t i = at; i < end && nodes_[node].has_children; ++i) {
    const auto word = find_word(words_, layer.word(i));
    if (word == words_.end()) break;
    const std::int64_t next = child(node, word->second);
    if (next < 0) break;
    node = static_cast<std::uint32_t>(next);
    if (nodes_[node].value >= 0) {
      best = {nodes_[node].value, static_cast<std::uint32_t>(i + 1 - at)};
    }
  }
  return best;
}

std::int32_t PhraseTable::word(std::string_view lower) const {
  const auto it = words_.find(lower);
  if (it == words_.end()) return -1;
  const std::int64_t node = child(0, it->second);
  return node < 0 ? -1 : nodes_[static_cast<std::size_t>(node)].value;
}

}  // namespace twosource
