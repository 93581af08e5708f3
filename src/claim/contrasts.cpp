#include "claim/contrasts.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <string_view>

#include "text/utf8.hpp"

namespace twosource::claim {
namespace {

// Of a sentence and one of another article that stands for it: probability of the pair, and how
// alike they are in characters, since one equal figure makes a pair probable. Set by hand, not
// tuned.
constexpr double kSamePlace = 0.7;
constexpr double kSameWords = 0.4;

bool sets_against(const Article& article, const SentenceUnit& unit, const Lexicon& lexicon) {
  const TokenLayer& layer = article.tokens;
  const Sentence& s = layer.sentences[unit.sentence];
  for (std::size_t i = s.first_token; i < s.last_token; ++i) {
    if (layer.tokens[i].kind == TokenKind::Punctuation && i > s.first_token) return false;
    if (lexicon.is(layer.lower(i), ClaimWord::Contrast)) return true;
  }
  return false;
}

bool figures_of_one_kind(const Article& article, const SentenceUnit& x, const SentenceUnit& y) {
  return std::any_of(x.measures.begin(), x.measures.end(), [&](std::uint32_t m) {
    return std::any_of(y.measures.begin(), y.measures.end(), [&](std::uint32_t n) {
      return article.measures[m].unit == article.measures[n].unit;
    });
  });
}

bool word_in_common(const SentenceUnit& x, const SentenceUnit& y) {
  return std::any_of(x.terms.begin(), x.terms.end(), [&](const Term& t) {
    return std::any_of(y.terms.begin(), y.terms.end(), [&](const Term& u) { return t.id == u.id; });
  });
}

}  // namespace

Contrasts find_contrasts(const Dossier& dossier, std::span<const SentenceUnit> units,
                         const Lexicons& lexicons, Attributor& attributor) {
  Contrasts out;
  for (std::uint32_t b = 1; b < units.size(); ++b) {
    const SentenceUnit& x = units[b - 1];
    const SentenceUnit& y = units[b];
    if (x.article != y.article || y.sentence != x.sentence + 1) continue;
    const Article& article = dossier.articles[y.article];
    if (!sets_against(article, y, lexicons.of(article.language))) continue;
    if (!word_in_common(x, y) && !figures_of_one_kind(article, x, y)) continue;
    const Statement first = attributor.statement(x);
    const Statement second = attributor.statement(y);
    const Voice one = voice_of(dossier, first);
    const Voice other = voice_of(dossier, second);
    if (one == Voice::None || other == Voice::None || first.origin == second.origin) continue;
    if (one != Voice::Named && other != Voice::Named) continue;
    out.insert({b - 1, b});
  }
  return out;
}

std::vector<FigureClaim> contrast_claims(const Dossier& dossier, std::int32_t event,
                                         std::span<const SentenceUnit> units,
                                         const Contrasts& contrasts, std::span<const Pair> pairs,
                                         Attributor& attributor, const OwnTexts& own) {
  std::vector<FigureClaim> out;
  for (const auto& [first, second] : contrasts) {
    const Article& article = dossier.articles[units[first].article];
    if (figures_of_one_kind(article, units[first], units[second])) continue;
    std::array<std::vector<std::uint32_t>, 2> sides{{{first}, {second}}};
    for (const Pair& p : pairs) {
      if (p.score < kSamePlace || p.characters < kSameWords) continue;
      for (const auto& [own_unit, side] : {std::pair(first, 0U), std::pair(second, 1U)}) {
        if (p.a == own_unit) sides[side].push_back(p.b);
        if (p.b == own_unit) sides[side].push_back(p.a);
      }
    }
    FigureClaim made;
    made.claim.event = event;
    for (const auto& side : sides) {
      for (const std::uint32_t u : side) {
        if (std::find(made.units.begin(), made.units.end(), u) != made.units.end()) continue;
        made.units.push_back(u);
        made.claim.statements.push_back(attributor.statement(units[u]));
      }
    }
    const auto words = [&](std::size_t i) {
      const Evidence& e = made.claim.statements[i].evidence;
      return utf8::squeeze(dossier.articles[e.article].at(e.span));
    };
    for (std::uint32_t i = 0; i < sides[0].size(); ++i) {
      for (auto j = static_cast<std::uint32_t>(sides[0].size()); j < made.units.size(); ++j) {
        made.claim.differences.push_back({"statement", Relation::Different, i, j, words(i),
                                          words(j), "an article sets one against the other"});
      }
    }
    if (made.claim.differences.empty()) continue;
    made.claim.text = words(0);
    judge(dossier, made.claim, independent_voices(dossier, made.claim, own), 2, false);
    out.push_back(std::move(made));
  }
  return out;
}

}  // namespace twosource::claim
