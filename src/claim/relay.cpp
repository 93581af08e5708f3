#include "claim/relay.hpp"

#include <algorithm>

namespace twosource::claim {
namespace {

constexpr std::uint32_t kSourceTokens = 12;

// Behind the last token of the phrase that begins at token `t`; 0: none does.
std::uint32_t phrase_at(const TokenLayer& tokens, std::uint32_t t, std::uint32_t end,
                        const Lexicon& lexicon) {
  std::uint32_t best = 0;
  for (const std::vector<std::string>& words : lexicon.citing(tokens.lower(t))) {
    const auto size = static_cast<std::uint32_t>(words.size());
    if (t + size > end) continue;
    bool same = true;
    for (std::uint32_t i = 1; i < size && same; ++i) same = tokens.lower(t + i) == words[i];
    if (same) best = std::max(best, t + size);
  }
  return best;
}

// Behind the last token of the noun phrase that begins at token `from`.
std::uint32_t source_end(const TokenLayer& tokens, std::uint32_t from, std::uint32_t end,
                         const Lexicon& lexicon) {
  bool noun = false;
  std::uint32_t t = from;
  for (; t < std::min(end, from + kSourceTokens); ++t) {
    const Token& token = tokens.tokens[t];
    if (token.kind == TokenKind::Punctuation) {
      if (t == from) continue;  // a quotation mark before a name
      break;
    }
    const std::string_view lower = tokens.lower(t);
    if (lexicon.is(lower, ClaimWord::Saying)) break;
    if (!lexicon.capital_nouns()) continue;
    if (noun && !token.upper && !lexicon.stop_word(lower)) break;
    noun = noun || token.upper;
  }
  return t;
}

}  // namespace

std::optional<Citing> find_citing(const Article& article, const Sentence& sentence,
                                  const Lexicon& lexicon) {
  const TokenLayer& tokens = article.tokens;
  for (std::uint32_t t = sentence.first_token; t < sentence.last_token; ++t) {
    const std::uint32_t from = phrase_at(tokens, t, sentence.last_token, lexicon);
    if (from == 0) continue;
    const std::uint32_t end = source_end(tokens, from, sentence.last_token, lexicon);
    if (end == from) continue;
    const std::uint32_t stop = tokens.tokens[end - 1].span.end;
    return Citing{{tokens.tokens[t].span.begin, stop}, {tokens.tokens[from].span.begin, stop}};
  }
  return std::nullopt;
}

}  // namespace twosource::claim
