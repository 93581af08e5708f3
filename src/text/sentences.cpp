#include "text/sentences.hpp"

#include <algorithm>

#include "text/utf8.hpp"

namespace twosource {
namespace {

bool is_terminal(std::string_view token) {
  return token == "." || token == "!" || token == "?" || token == "…" || token == "..." ||
         token == "?!" || token == "!!" || token.starts_with("..");
}

bool is_closing(const Token& token, std::string_view lower) {
  if (token.space_before) return false;
  return token.kind == TokenKind::QuoteMark || lower == ")" || lower == "]" || lower == "!" ||
         lower == "?" || lower == "…";
}

// A mark or bracket that may open the next sentence.
bool is_opening(const Token& token, std::string_view lower) {
  return token.kind == TokenKind::QuoteMark || lower == "(" || lower == "[" || lower == "–" ||
         lower == "-" || lower == "—";
}

// "dbb-Chef": a name written small begins a compound.
bool hyphened_name(const TokenLayer& layer, std::size_t i) {
  const Token& token = layer.tokens[i];
  const std::string_view lower = layer.lower(i);
  const std::size_t hyphen = lower.find('-');
  return hyphen != std::string_view::npos && hyphen > 0 && token.inner_upper;
}

}  // namespace

bool SentenceSplitter::abbreviation_ends(std::size_t i, std::size_t next,
                                         const TokenLayer& layer) const {
  if (next >= layer.tokens.size() || !layer.tokens[next].upper) return false;
  const auto it = rules_.abbreviations_.find(layer.lower(i));
  if (it == rules_.abbreviations_.end()) {
    // An initial ("J. Müller") or an ordinal: ends only before a word that surely starts a
    // sentence.
    return layer.tokens[i].kind == TokenKind::Number &&
           rules_.sentence_starters_.contains(layer.lower(next));
  }
  switch (it->second) {
    case Tokenizer::Follows::End:
      return true;
    case Tokenizer::Follows::Any:
    case Tokenizer::Follows::Word:
      return rules_.sentence_starters_.contains(layer.lower(next));
    case Tokenizer::Follows::Name:
    case Tokenizer::Follows::Number:
      return false;
  }
  return false;
}

std::size_t SentenceSplitter::end_after(std::size_t i, const TokenLayer& layer) const {
  const auto& tokens = layer.tokens;
  std::size_t next = i + 1;
  const bool dotted = tokens[i].abbreviation;
  if (!dotted && (tokens[i].kind != TokenKind::Punctuation || !is_terminal(layer.lower(i)))) {
    return 0;
  }
  while (next < tokens.size() && is_closing(tokens[next], layer.lower(next))) ++next;
  if (next >= tokens.size()) return next;
  std::size_t word = next;
  while (word < tokens.size() && is_opening(tokens[word], layer.lower(word))) ++word;
  if (dotted) return abbreviation_ends(i, word, layer) ? next : 0;
  if (word >= tokens.size()) return next;
  const Token& following = tokens[word];
  if (!tokens[next].space_before) {
    // "… gesagt.Der nächste": a lost blank, when a real word stands on both sides.
    return i > 0 && layer.lower(i) == "." && tokens[i - 1].span.size() > 2 && following.upper &&
                   word == next && tokens[i - 1].kind == TokenKind::Word
               ? next
               : 0;
  }
  if (following.kind == TokenKind::Word) {
    return following.upper || following.has_digit || hyphened_name(layer, word) ? next : 0;
  }
  if (following.kind == TokenKind::Number || following.kind == TokenKind::Symbol) return next;
  return layer.lower(word) == "..." || layer.lower(word) == "…" ? next : 0;
}

void SentenceSplitter::split(std::size_t first_token, std::uint32_t paragraph,
                             TokenLayer& out) const {
  std::size_t begin = first_token;
  for (std::size_t i = first_token; i < out.tokens.size(); ++i) {
    std::size_t end = end_after(i, out);
    if (end == 0 && i + 1 < out.tokens.size()) continue;
    if (end == 0) end = out.tokens.size();
    const auto index = static_cast<std::uint32_t>(out.sentences.size());
    for (std::size_t t = begin; t < end; ++t) out.tokens[t].sentence = index;
    out.sentences.push_back({{out.tokens[begin].span.begin, out.tokens[end - 1].span.end},
                             static_cast<std::uint32_t>(begin),
                             static_cast<std::uint32_t>(end),
                             paragraph});
    begin = end;
    i = end - 1;
  }
}

std::size_t TokenLayer::token_at(std::uint32_t byte) const noexcept {
  const auto it = std::partition_point(tokens.begin(), tokens.end(),
                                       [&](const Token& t) { return t.span.end <= byte; });
  return static_cast<std::size_t>(it - tokens.begin());
}

std::size_t TokenLayer::sentence_at(std::uint32_t byte) const noexcept {
  const auto it = std::partition_point(sentences.begin(), sentences.end(),
                                       [&](const Sentence& s) { return s.span.end <= byte; });
  return static_cast<std::size_t>(it - sentences.begin());
}

std::pair<std::size_t, std::size_t> TokenLayer::tokens_in(Span span) const noexcept {
  const auto first = std::partition_point(
      tokens.begin(), tokens.end(), [&](const Token& t) { return t.span.begin < span.begin; });
  const auto last = std::partition_point(first, tokens.end(),
                                         [&](const Token& t) { return t.span.end <= span.end; });
  return {static_cast<std::size_t>(first - tokens.begin()),
          static_cast<std::size_t>(last - tokens.begin())};
}

}  // namespace twosource
