#include "claim/genre.hpp"

#include <algorithm>
#include <string>
#include <string_view>

#include "text/utf8.hpp"

namespace twosource::claim {
namespace {

// All set by hand, not tuned.
constexpr std::size_t kTopLine = 80;      // bytes of a line that names the genre
constexpr std::uint32_t kTop = 200;       // bytes of the text before which it stands
constexpr std::uint32_t kQuestion = 400;  // bytes of a question
constexpr std::size_t kQuestions = 2;     // with a question mark
constexpr std::size_t kShareOfTurns = 3;  // every third question at least has the mark

// Do the first word of a line, or the first two, name a release?
bool names_release(std::string_view line, const Lexicon& lexicon) {
  if (line.size() > kTopLine) return false;
  std::string words;
  for (std::size_t at = 0, n = 0; at < line.size() && n < 2; ++n) {
    const std::size_t blank = std::min(line.find_first_of(" \n:|-", at), line.size());
    if (!words.empty()) words += ' ';
    words += utf8::lower(line.substr(at, blank - at));
    if (lexicon.is(words, ClaimWord::Release)) return true;
    at = blank + 1;
  }
  return false;
}

bool asks(const Article& a, const Paragraph& p) {
  std::string_view text = a.at(p.span);
  while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.remove_suffix(1);
  return p.span.size() <= kQuestion && text.ends_with('?');
}

// The name that follows a form of address which a comma closes ("Frau Krull, …", "… , Mr Hale?");
// empty span: none.
Span addressed(const Article& a, const Paragraph& p, const Lexicon& lexicon) {
  const auto [first, last] = a.tokens.tokens_in(p.span);
  for (std::size_t t = first; t + 2 < last; ++t) {
    if (!lexicon.is(a.tokens.lower(t), ClaimWord::Honorific)) continue;
    std::size_t name = t + 1;
    while (name + 1 < last && a.tokens.tokens[name + 1].upper) ++name;
    const std::string_view next = name + 1 < last ? a.at(a.tokens.tokens[name + 1].span) : "";
    const bool calls = next == "," || next == "?" || next == ":";
    const bool opens = t == first || a.at(a.tokens.tokens[t - 1].span) == ",";
    if (calls && opens && a.tokens.tokens[name].upper) return a.tokens.tokens[name].span;
  }
  return {};
}

// The person whom the text names with this last name, the first one named.
std::int32_t bearer(const Article& a, Span name) {
  const std::string_view last = a.at(name);
  for (const Mention& m : a.mentions) {
    if (m.kind != MentionKind::Name || m.entity >= a.entities.size()) continue;
    const Entity& e = a.entities[m.entity];
    if (e.type == EntityType::Person && e.name.ends_with(last) && e.name.size() > last.size()) {
      return static_cast<std::int32_t>(m.entity);
    }
  }
  return -1;
}

}  // namespace

bool is_release(const Article& article, const Lexicon& lexicon) {
  if (article.genre == "press-release") return true;
  for (const Furniture& f : article.furniture) {
    if (f.before <= kTop && names_release(f.text, lexicon)) return true;
  }
  const auto& sentences = article.tokens.sentences;
  return !sentences.empty() && names_release(article.at(sentences.front().span), lexicon);
}

Interview find_interview(const Article& article, const Lexicon& lexicon) {
  std::vector<const Paragraph*> turns;
  std::size_t marks = 0;
  Span name;
  for (const Paragraph& p : article.paragraphs) {
    if (p.kind == ParagraphKind::Headline || p.span.empty()) continue;
    const bool question = asks(article, p);
    if (turns.empty() && !question) continue;
    turns.push_back(&p);
    if (!question) continue;
    ++marks;
    if (name.empty()) name = addressed(article, p, lexicon);
  }
  Interview out;
  if (marks < kQuestions || name.empty() || marks * 2 * kShareOfTurns < turns.size()) return out;
  bool in_turn = true;
  for (std::size_t i = 1; i < turns.size(); i += 2) in_turn &= !asks(article, *turns[i]);
  for (std::size_t i = 1; i < turns.size(); ++i) {
    if (asks(article, *turns[i])) continue;
    if (in_turn ? i % 2 == 1 : asks(article, *turns[i - 1])) out.answers.push_back(turns[i]->span);
  }
  out.entity = bearer(article, name);
  return out;
}

}  // namespace twosource::claim
