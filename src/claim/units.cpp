#include "claim/units.hpp"

#include <algorithm>

#include "text/utf8.hpp"

namespace twosource::claim {
namespace {

template <class T>
void sort_unique(std::vector<T>& list) {
  std::sort(list.begin(), list.end());
  list.erase(std::unique(list.begin(), list.end()), list.end());
}

// Indices of a sorted layer's elements whose spans begin in `span`.
template <class T>
std::vector<std::uint32_t> starting_in(const std::vector<T>& layer, Span span) {
  std::vector<std::uint32_t> out;
  auto it = std::partition_point(layer.begin(), layer.end(),
                                 [&](const T& x) { return x.span.begin < span.begin; });
  for (; it != layer.end() && it->span.begin < span.end; ++it) {
    out.push_back(static_cast<std::uint32_t>(it - layer.begin()));
  }
  return out;
}

// Bytes of `span` that the quotation's parts cover.
std::uint32_t covered(const Quote& quote, Span span) {
  std::uint32_t n = 0;
  for (const Span part : quote.parts) {
    const std::uint32_t begin = std::max(part.begin, span.begin);
    const std::uint32_t end = std::min(part.end, span.end);
    if (begin < end) n += end - begin;
  }
  return n;
}

// Does a sentence consist of who said the one before it ("Das teilte die Polizei am Abend mit.")?
bool only_attributes(const Article& a, const Sentence& s, const Lexicon& lexicon) {
  const auto& tokens = a.tokens;
  if (s.first_token + 2 > s.last_token) return false;
  if (!lexicon.is(tokens.lower(s.first_token), ClaimWord::This) ||
      !lexicon.is(tokens.lower(s.first_token + 1), ClaimWord::Saying)) {
    return false;
  }
  for (std::uint32_t t = s.first_token; t + 1 < s.last_token; ++t) {
    if (tokens.tokens[t].kind == TokenKind::Punctuation) return false;
  }
  return true;
}

}  // namespace

bool checkable(const SentenceUnit& unit) {
  return !unit.headline && unit.terms.size() >= 3 &&
         (!unit.measures.empty() || !unit.times.empty() || unit.speaker >= 0 ||
          unit.entities.size() >= 2);
}

std::size_t terms_of_its_own(const SentenceUnit& unit, const SentenceUnit& other) {
  const auto by_id = [](const Term& x, const Term& y) { return x.id < y.id; };
  return static_cast<std::size_t>(
      std::count_if(unit.terms.begin(), unit.terms.end(), [&](const Term& t) {
        return !std::binary_search(other.terms.begin(), other.terms.end(), t, by_id);
      }));
}

std::uint32_t Vocabulary::add(std::string_view stem, const Lexicon* lexicon) {
  const auto it = ids_.find(stem);
  if (it != ids_.end()) return it->second;
  const auto id = static_cast<std::uint32_t>(entries_.size());
  ids_.emplace(stem, id);
  Entry entry{std::string(stem), {}, lexicon == nullptr};
  if (lexicon != nullptr) {
    for (const std::int32_t group : lexicon->synonym_groups(stem)) {
      const auto next = static_cast<std::int32_t>(synonym_ids_.size());
      entry.synonyms.push_back(
          synonym_ids_.try_emplace({lexicon->language(), group}, next).first->second);
    }
  }
  entries_.push_back(std::move(entry));
  return id;
}

Stemmer& UnitBuilder::stemmer(const std::string& language) {
  const auto it = stemmers_.find(language);
  if (it != stemmers_.end()) return it->second;
  return stemmers_.emplace(language, Stemmer(language)).first->second;
}

void UnitBuilder::add_word(std::string_view lower, bool upper, const Lexicon& lexicon,
                           SentenceUnit& unit) {
  if (lower.size() < 2 || lexicon.stop_word(lower)) return;
  const std::uint32_t id = vocabulary_.add(stemmer(lexicon.language()).stem(lower), &lexicon);
  unit.terms.push_back({id, upper});
}

void UnitBuilder::add_terms(const Article& a, const Sentence& s, const Lexicon& lexicon,
                            SentenceUnit& unit) {
  bool first_clause = true;
  for (std::uint32_t t = s.first_token; t < s.last_token; ++t) {
    const Token& token = a.tokens.tokens[t];
    const std::string_view lower = a.tokens.lower(t);
    if (token.kind == TokenKind::Number) {
      unit.terms.push_back({vocabulary_.add(lower, nullptr), false});
      continue;
    }
    if (token.kind == TokenKind::Punctuation && a.at(token.span) == ",") first_clause = false;
    if (token.kind != TokenKind::Word) continue;
    if (lexicon.negation(lower)) unit.negated = true;
    if (first_clause && lexicon.is(lower, ClaimWord::Planned)) unit.planned = true;
    std::size_t at = 0;  // "US-Präsident" counts as its parts
    while (at < lower.size()) {
      const std::size_t hyphen = std::min(lower.find('-', at), lower.size());
      add_word(lower.substr(at, hyphen - at), token.upper, lexicon, unit);
      at = hyphen + 1;
    }
  }
  for (std::size_t i = 1; i < unit.terms.size(); ++i) {
    unit.bigrams.push_back((static_cast<std::uint64_t>(unit.terms[i - 1].id) << 32U) |
                           unit.terms[i].id);
  }
  sort_unique(unit.bigrams);
  std::stable_sort(unit.terms.begin(), unit.terms.end(),
                   [](const Term& x, const Term& y) { return x.id < y.id; });
  unit.terms.erase(std::unique(unit.terms.begin(), unit.terms.end(),
                               [](const Term& x, const Term& y) { return x.id == y.id; }),
                   unit.terms.end());
}

void UnitBuilder::add_layers(const Article& a, SentenceUnit& unit) const {
  unit.measures = starting_in(a.measures, unit.span);
  unit.times = starting_in(a.times, unit.span);
  const auto& corpus = dossier_.entity_of[unit.article];
  for (const std::uint32_t m : starting_in(a.mentions, unit.span)) {
    const std::uint32_t entity = a.mentions[m].entity;
    if (entity < corpus.size() && corpus[entity] < dossier_.entities.size()) {
      unit.entities.push_back(corpus[entity]);
    }
  }
  sort_unique(unit.entities);
  for (const Quote& q : a.quotes) {
    if (q.span.begin >= unit.span.end) break;
    if (q.speaker < 0 || 2 * covered(q, unit.span) < unit.span.size()) continue;
    const auto speaker = static_cast<std::size_t>(q.speaker);
    if (speaker < corpus.size()) unit.speaker = static_cast<std::int32_t>(corpus[speaker]);
  }
}

std::vector<SentenceUnit> UnitBuilder::build(std::uint32_t article) {
  const Article& a = dossier_.articles[article];
  const Lexicon& lexicon = lexicons_.of(a.language);
  std::vector<SentenceUnit> units;
  units.reserve(a.tokens.sentences.size());
  for (std::size_t i = 0; i < a.tokens.sentences.size(); ++i) {
    const Sentence& s = a.tokens.sentences[i];
    SentenceUnit unit;
    unit.article = article;
    unit.sentence = static_cast<std::uint32_t>(i);
    unit.span = s.span;
    unit.capital_nouns = lexicon.capital_nouns();
    unit.headline = s.paragraph < a.paragraphs.size() &&
                    a.paragraphs[s.paragraph].kind == ParagraphKind::Headline;
    add_terms(a, s, lexicon, unit);
    if (unit.terms.empty()) continue;
    unit.bare = unit.terms.size() < 2 || only_attributes(a, s, lexicon);
    unit.position = static_cast<std::uint32_t>(units.size());
    add_layers(a, unit);
    units.push_back(std::move(unit));
  }
  return units;
}

}  // namespace twosource::claim
