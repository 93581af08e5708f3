#include "annotate/name/marks.hpp"

#include "text/utf8.hpp"

namespace twosource::annotate::name {
namespace {

// Does the quotation mark at token `i` open? It does when a blank stands before it and none behind.
bool opens(const Article& article, const Token& mark) {
  if (!mark.space_before) return false;
  return mark.span.end < article.text.size() &&
         !utf8::is_space(static_cast<unsigned char>(article.text[mark.span.end]));
}

bool is_single(std::string_view mark) {
  return mark == "'" || mark == "’" || mark == "‘" || mark == "‚" || mark == "‹" || mark == "›";
}

// Marks tokens in direct speech: between an opening and a closing mark of one paragraph. Short
// quoted pieces (up to four words: titles, scare quotes) are not speech.
void mark_quoted(const Article& article, std::vector<Mark>& marks) {
  const TokenLayer& layer = article.tokens;
  constexpr std::size_t kNone = static_cast<std::size_t>(-1);
  constexpr std::size_t kTitleWords = 4;
  std::size_t open = kNone;
  std::uint32_t paragraph = 0;
  for (std::size_t i = 0; i < layer.tokens.size(); ++i) {
    const Token& token = layer.tokens[i];
    const std::uint32_t here = layer.sentences[token.sentence].paragraph;
    if (here != paragraph) open = kNone;
    paragraph = here;
    if (token.kind != TokenKind::QuoteMark || is_single(article.at(token.span))) continue;
    if (open == kNone) {
      if (opens(article, token)) open = i;
      continue;
    }
    if (opens(article, token)) continue;  // nested
    if (i - open > kTitleWords + 1) {
      for (std::size_t k = open + 1; k < i; ++k) marks[k].quoted = true;
    }
    open = kNone;
  }
}

void mark_first(const TokenLayer& layer, std::vector<Mark>& marks) {
  bool first = true;
  std::uint32_t sentence = 0;
  for (std::size_t i = 0; i < marks.size(); ++i) {
    const Token& token = layer.tokens[i];
    if (token.sentence != sentence) first = true;
    sentence = token.sentence;
    if (token.kind == TokenKind::QuoteMark) first = true;
    if (token.kind == TokenKind::Word || token.kind == TokenKind::Number) {
      marks[i].first = first;
      first = false;
    }
  }
}

}  // namespace

std::vector<Mark> mark_tokens(const Lexicon& lexicon, const Article& article) {
  const TokenLayer& layer = article.tokens;
  std::vector<Mark> marks(layer.tokens.size());
  std::size_t free_from = 0;  // names do not overlap
  for (std::size_t i = 0; i < marks.size(); ++i) {
    const Token& token = layer.tokens[i];
    Mark& mark = marks[i];
    mark.hash = token.lower_hash;
    if (token.kind != TokenKind::Word) continue;
    const std::size_t end = layer.sentences[token.sentence].last_token;
    const WordIndex::Entry* entry = lexicon.entry_of(mark.hash);
    if (entry != nullptr) mark.word = entry->word;
    if (token.upper || !lexicon.capital_nouns) {
      std::uint32_t tokens = 0;
      mark.role = lexicon.role_at(layer, i, end, entry, tokens);
      if (mark.role) mark.role_tokens = static_cast<std::uint8_t>(tokens);
    }
    if (i < free_from || entry == nullptr || !entry->begins_known) continue;
    std::uint32_t tokens = 0;
    const std::int32_t known = lexicon.known_at(layer, i, end, tokens);
    if (known < 0) continue;
    // "The National Crime Agency" is nothing of the newspaper The National's.
    const bool goes_on = !lexicon.capital_nouns && mark.is(kArticle) && i + tokens < end &&
                         layer.tokens[i + tokens].kind == TokenKind::Word &&
                         layer.tokens[i + tokens].upper;
    if (goes_on) continue;
    for (std::uint32_t k = 0; k < tokens && k < 255; ++k) {
      marks[i + k].known = known;
      marks[i + k].known_at = static_cast<std::uint8_t>(k);
      marks[i + k].known_tokens = static_cast<std::uint8_t>(tokens);
    }
    free_from = i + tokens;
  }
  mark_first(layer, marks);
  mark_quoted(article, marks);
  return marks;
}

}  // namespace twosource::annotate::name
