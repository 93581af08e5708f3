#include "claim/ages.hpp"

#include <algorithm>
#include <string_view>

namespace twosource::claim {
namespace {

constexpr std::size_t kWordsBetween = 2;

class AgeReader {
 public:
  AgeReader(const Dossier& dossier, const SentenceUnit& unit, const Measure& measure,
            const Lexicon& lexicon)
      : dossier_(dossier),
        article_(dossier.articles[unit.article]),
        unit_(unit),
        measure_(measure),
        lexicon_(lexicon) {}

  std::int32_t run() const {
    const auto& mentions = article_.mentions;
    const auto next = std::partition_point(mentions.begin(), mentions.end(), [&](const Mention& m) {
      return m.span.begin < measure_.span.begin;
    });
    if (next != mentions.begin()) {
      const Mention& before = *std::prev(next);
      const std::string_view gap = between(before.span.end, measure_.span.begin);
      if ((gap == ", " || gap == " (") && person(before) >= 0) return person(before);
    }
    for (auto m = next; m != mentions.end() && m->span.begin < unit_.span.end; ++m) {
      if (m->span.begin < measure_.span.end) continue;
      if (only_words(measure_.span.end, m->span.begin)) return person(*m);
      break;
    }
    return opens_sentence() ? last_before_sentence() : -1;
  }

 private:
  [[nodiscard]] std::string_view between(std::uint32_t begin, std::uint32_t end) const {
    return begin <= end ? article_.at(make_span(begin, end)) : std::string_view();
  }

  [[nodiscard]] std::int32_t person(const Mention& m) const {
    const auto& corpus = dossier_.entity_of[unit_.article];
    if (m.entity >= corpus.size()) return -1;
    const std::uint32_t e = corpus[m.entity];
    return dossier_.entities[e].type == EntityType::Person ? static_cast<std::int32_t>(e) : -1;
  }

  [[nodiscard]] bool only_words(std::uint32_t begin, std::uint32_t end) const {
    if (begin >= end) return true;
    const auto [first, last] = article_.tokens.tokens_in(make_span(begin, end));
    if (last - first > kWordsBetween) return false;
    for (std::size_t t = first; t < last; ++t) {
      if (article_.tokens.tokens[t].kind != TokenKind::Word) return false;
      if (lexicon_.stop_word(article_.tokens.lower(t))) return false;
    }
    return true;
  }

  // "Die 51-Jährige …": one word before it, a verb or nothing that it could belong to behind.
  [[nodiscard]] bool opens_sentence() const {
    const Sentence& s = article_.tokens.sentences[unit_.sentence];
    const auto [first, last] = article_.tokens.tokens_in(measure_.span);
    if (first != s.first_token + 1 || last >= s.last_token) return false;
    if (!lexicon_.stop_word(article_.tokens.lower(s.first_token))) return false;
    if (!measure_.of.empty() && !measure_.span.contains(measure_.of_span)) return false;
    return !lexicon_.capital_nouns() || !article_.tokens.tokens[last].upper;
  }

  [[nodiscard]] std::int32_t last_before_sentence() const {
    const Sentence& s = article_.tokens.sentences[unit_.sentence];
    const auto& mentions = article_.mentions;
    auto m = std::partition_point(mentions.begin(), mentions.end(),
                                  [&](const Mention& x) { return x.span.begin < s.span.begin; });
    const std::uint32_t from = unit_.sentence < 2 ? 0 : unit_.sentence - 2;
    const std::uint32_t begin = article_.tokens.sentences[from].span.begin;
    while (m != mentions.begin()) {
      --m;
      if (m->span.begin < begin) break;
      if (person(*m) >= 0) return person(*m);
    }
    return -1;
  }

  const Dossier& dossier_;
  const Article& article_;
  const SentenceUnit& unit_;
  const Measure& measure_;
  const Lexicon& lexicon_;
};

}  // namespace

std::int32_t person_of_age(const Dossier& dossier, const SentenceUnit& unit, const Measure& measure,
                           const Lexicon& lexicon) {
  if (measure.unit != Unit::Age || measure.span.begin < unit.span.begin) return -1;
  return AgeReader(dossier, unit, measure, lexicon).run();
}

}  // namespace twosource::claim
