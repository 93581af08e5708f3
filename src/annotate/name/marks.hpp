#pragma once

#include <vector>

#include "annotate/name/lexicon.hpp"

namespace twosource::annotate::name {

// What the lexicon says about each token of a text; looked up once, used by all steps.
struct Mark {
  const Word* word = nullptr;  // nullptr: the word is in no table
  std::uint64_t hash = 0;      // word_hash() of the lower-case word
  std::int32_t known = -1;     // index into Lexicon::known: the token lies in this name …
  std::uint8_t known_at = 0;   // … at this position, counted from 0
  std::uint8_t known_tokens = 0;
  std::uint8_t role_tokens = 0;  // > 0: a role noun of so many tokens begins here
  bool quoted = false;           // inside direct speech
  bool first = false;            // first word of its sentence or of a quotation
  RoleWord role;

  [[nodiscard]] bool is(std::uint32_t any) const noexcept {
    return word != nullptr && word->is(any);
  }
};

// One mark a token. Linear.
[[nodiscard]] std::vector<Mark> mark_tokens(const Lexicon& lexicon, const Article& article);

// A name in the text: half-open range of tokens.
struct NameSpan {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  EntityType type = EntityType::Other;
  friend bool operator==(const NameSpan&, const NameSpan&) = default;
};

// A text with its marks, handed through the steps.
struct View {
  const Lexicon& lexicon;
  const Article& article;
  const TokenLayer& layer;
  const std::vector<Mark>& marks;

  [[nodiscard]] std::string_view text(std::size_t token) const {
    return slice(article.text, layer.tokens[token].span);
  }
  [[nodiscard]] bool same_sentence(std::size_t a, std::size_t b) const {
    return layer.tokens[a].sentence == layer.tokens[b].sentence;
  }
};

}  // namespace twosource::annotate::name
