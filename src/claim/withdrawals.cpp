#include "claim/withdrawals.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string_view>

#include "text/utf8.hpp"

namespace twosource::claim {
namespace {

constexpr std::size_t kShared = 2;      // content words beside the name; set by hand
constexpr std::size_t kManyShared = 4;  // so many need not be rare; set by hand
constexpr std::size_t kName = 4;        // bytes of a name that is looked for
constexpr std::size_t kRareUnits = 3;   // a word of so many sentences is rare
constexpr std::size_t kRareShare = 20;

class Finder {
 public:
  Finder(const Dossier& dossier, std::int32_t event, std::span<const SentenceUnit> units,
         const Vocabulary& vocabulary, const Lexicons& lexicons, Attributor& attributor)
      : dossier_(dossier),
        event_(event),
        units_(units),
        vocabulary_(vocabulary),
        lexicons_(lexicons),
        attributor_(attributor),
        frequency_(vocabulary.entries().size()) {
    std::set<std::string_view> seen;  // an article that comes twice counts once
    for (const SentenceUnit& u : units) {
      if (!seen.insert(dossier.articles[u.article].at(u.span)).second) continue;
      for (const Term& t : u.terms) ++frequency_[t.id];
    }
    rare_at_ = std::max(kRareUnits, seen.size() / kRareShare);
  }

  std::vector<FigureClaim> run() {
    std::vector<FigureClaim> out;
    for (std::uint32_t w = 0; w < units_.size(); ++w) {
      const Article& article = dossier_.articles[units_[w].article];
      if (!takes_back(article, units_[w], lexicons_.of(article.language))) continue;
      if (FigureClaim made = claim_of(w); !made.units.empty()) out.push_back(std::move(made));
    }
    std::stable_sort(out.begin(), out.end(),
                     [](const FigureClaim& x, const FigureClaim& y) { return x.units < y.units; });
    return out;
  }

 private:
  FigureClaim claim_of(std::uint32_t w) {
    FigureClaim made;
    const SentenceUnit& taken = units_[w];
    const std::string& when = dossier_.articles[taken.article].published.value;
    for (std::uint32_t u = 0; u < units_.size(); ++u) {
      const SentenceUnit& unit = units_[u];
      const Article& article = dossier_.articles[unit.article];
      if (unit.article == taken.article || article.published.value > when) continue;
      if (takes_back(article, unit, lexicons_.of(article.language))) continue;
      if (!same_content(taken, unit)) continue;
      Statement s = attributor_.statement(unit);
      const bool before = w > 0 && taken.entities.empty() && units_[w - 1].article == taken.article;
      if (!of_one_named_in(s, taken) && !(before && of_one_named_in(s, units_[w - 1]))) continue;
      made.claim.statements.push_back(std::move(s));
      made.units.push_back(u);
    }
    if (made.units.empty()) return made;
    Claim& claim = made.claim;
    claim.event = event_;
    const SentenceUnit& first = units_[made.units.front()];
    claim.text = std::string(dossier_.articles[first.article].at(first.span));
    claim.statements.push_back(attributor_.statement(taken));
    made.units.push_back(w);
    claim.verdict = Verdict::Withdrawn;
    claim.origins = 1;
    const Origin& origin =
        dossier_.origins[static_cast<std::size_t>(claim.statements.front().origin)];
    claim.why = fmt::format("said by {}, who took it back: \"{}\"", origin.name,
                            utf8::squeeze(dossier_.articles[taken.article].at(taken.span)));
    return made;
  }

  // Is the statement's origin one whom the other sentence names?
  [[nodiscard]] bool of_one_named_in(const Statement& s, const SentenceUnit& taken) const {
    if (s.origin < 0) return false;
    const Origin& origin = dossier_.origins[static_cast<std::size_t>(s.origin)];
    const bool named = std::any_of(
        taken.entities.begin(), taken.entities.end(),
        [&](std::uint32_t e) { return origin.key == entity_key(dossier_.entities[e]); });
    if (named) return true;
    const std::string& body = attributor_.body(s.origin);
    const std::string name = utf8::lower(origin.name.substr(origin.name.rfind(' ') + 1));
    const Article& article = dossier_.articles[taken.article];
    const Sentence& sentence = article.tokens.sentences[taken.sentence];
    for (std::size_t t = sentence.first_token; t < sentence.last_token; ++t) {
      const std::string_view word = article.tokens.lower(t);
      if (word.size() >= kName && (word == body || word == name)) return true;
    }
    return false;
  }

  // Do they share enough words beside those for the source and for saying something?
  [[nodiscard]] bool same_content(const SentenceUnit& a, const SentenceUnit& b) const {
    std::size_t shared = 0;
    bool rare = false;
    for (auto x = a.terms.begin(), y = b.terms.begin(); x != a.terms.end() && y != b.terms.end();) {
      if (x->id == y->id && !names_an_entity(a, x->id)) {
        ++shared;
        rare |= frequency_[x->id] <= rare_at_;
      }
      const bool forward = x->id <= y->id;
      if (y->id <= x->id) ++y;
      if (forward) ++x;
    }
    return shared >= kShared && (rare || shared >= kManyShared);
  }

  [[nodiscard]] bool names_an_entity(const SentenceUnit& unit, std::uint32_t term) const {
    const std::string& stem = vocabulary_.entries()[term].stem;
    return std::any_of(unit.entities.begin(), unit.entities.end(), [&](std::uint32_t e) {
      return utf8::lower(dossier_.entities[e].name).find(stem) != std::string::npos;
    });
  }

  const Dossier& dossier_;
  std::int32_t event_;
  std::span<const SentenceUnit> units_;
  const Vocabulary& vocabulary_;
  const Lexicons& lexicons_;
  Attributor& attributor_;
  std::vector<std::uint32_t> frequency_;  // different sentences of each term
  std::size_t rare_at_ = 0;
};

}  // namespace

bool takes_back(const Article& article, const SentenceUnit& unit, const Lexicon& lexicon) {
  const Sentence& sentence = article.tokens.sentences[unit.sentence];
  bool back = false;
  bool said = false;
  for (std::size_t t = sentence.first_token; t < sentence.last_token; ++t) {
    const FactMark mark = lexicon.fact(article.tokens.lower(t));
    if (mark.is(FactWord::Withdraw)) return true;
    back |= mark.is(FactWord::Back);
    said |= mark.is(FactWord::Said);
  }
  return back && said;
}

std::vector<FigureClaim> withdrawals(const Dossier& dossier, std::int32_t event,
                                     std::span<const SentenceUnit> units,
                                     const Vocabulary& vocabulary, const Lexicons& lexicons,
                                     Attributor& attributor) {
  return Finder(dossier, event, units, vocabulary, lexicons, attributor).run();
}

}  // namespace twosource::claim
