#include "annotate/name/rules.hpp"

#include <algorithm>

#include "text/utf8.hpp"

namespace twosource::annotate::name {
namespace {

constexpr std::size_t kLongestRun = 8;      // tokens of an organisation's name
constexpr std::size_t kLongestPerson = 6;   // tokens of a person's name
constexpr std::size_t kLongestAcronym = 6;  // letters

bool is_initial(const View& view, std::size_t at) {
  const Token& token = view.layer.tokens[at];
  return token.upper && token.abbreviation && token.span.size() <= 5 &&
         !view.marks[at].is(kTitle | kStop);
}

// "al-Assad": a particle, a hyphen and a capital.
bool particle_compound(const View& view, std::size_t at) {
  const std::string_view word = view.text(at);
  const std::size_t hyphen = word.find('-');
  if (hyphen == std::string_view::npos || !utf8::starts_upper(word.substr(hyphen + 1)))
    return false;
  const Word* first = view.lexicon.word(view.layer.lower(at).substr(0, hyphen));
  return first != nullptr && first->is(kParticle);
}

class RuleTagger {
 public:
  explicit RuleTagger(const View& view) : v_(view) {}

  std::vector<NameSpan> run() {
    for (std::size_t i = 0; i < v_.marks.size();) {
      const Token& token = v_.layer.tokens[i];
      if (token.kind != TokenKind::Word || !token.upper) {
        ++i;
        continue;
      }
      end_ = sentence_end(v_, i);
      const NameSpan span = at(i);
      if (span.end > span.begin) out_.push_back(span);
      i = std::max<std::size_t>(i + 1, span.end);
    }
    return std::move(out_);
  }

 private:
  [[nodiscard]] const Mark& mark(std::size_t i) const { return v_.marks[i]; }
  [[nodiscard]] bool upper_word(std::size_t i) const {
    return i < end_ && v_.layer.tokens[i].kind == TokenKind::Word && v_.layer.tokens[i].upper;
  }
  [[nodiscard]] const Known* known(std::size_t i) const {
    return mark(i).known < 0 ? nullptr : &v_.lexicon.known[static_cast<std::size_t>(mark(i).known)];
  }
  static NameSpan make(std::size_t begin, std::size_t end, EntityType type) {
    return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end), type};
  }

  // The name that begins at token i; an empty span when none does.
  NameSpan at(std::size_t i) {
    if (const NameSpan s = company(i); s.end > 0) return s;
    if (const NameSpan s = behind_title(i); s.end > 0) return s;
    if (mark(i).is(kFirstName) && !mark(i).is(kStop) && mark(i).known_tokens < 2) {
      if (const std::size_t stop = person_end(v_, i, end_); stop > i + 1) {
        return make(i, stop, EntityType::Person);
      }
    }
    if (mark(i).known >= 0 && mark(i).known_at == 0) {
      if (const NameSpan s = gazetteer(i); s.end > 0) return s;
    }
    if (const NameSpan s = behind_role(i); s.end > 0) return s;
    if (mark(i).is(kOrgHead)) {
      if (const NameSpan s = headed(i); s.end > 0) return s;
    }
    if (mark(i).is(kStop) || mark(i).role) return {};
    if (mark(i).is(kFirstName) && single_first_name(i)) return make(i, i + 1, EntityType::Person);
    if (acronym(i)) return make(i, i + 1, EntityType::Organisation);
    if (v_.lexicon.capital_nouns) return german_place(i);
    return capital_run(i);
  }

  // "Deutsche Muster AG", "Acme Holdings Ltd".
  NameSpan company(std::size_t i) const {
    if (mark(i).is(kStop | kTitle) || mark(i).role || mark(i).is(kPlaceAdjective | kDemonym))
      return {};
    std::size_t last = 0;
    for (std::size_t k = i; k < end_ && k < i + kLongestRun; ++k) {
      if (k > i && mark(k).is(kOrgTail) && v_.layer.tokens[k].upper) last = k;
      if (v_.article.at(v_.layer.tokens[k].span) == "&") continue;
      if (!upper_word(k) || (k > i && (mark(k).is(kStop) || mark(k).role))) break;
    }
    if (last == 0) return {};
    if (v_.lexicon.capital_nouns && !v_.layer.tokens[last].all_upper && last > i + 1 &&
        known(i) == nullptr) {
      return {};
    }
    return make(i, last + 1, EntityType::Organisation);
  }

  NameSpan behind_title(std::size_t i) const {
    if (!mark(i).is(kTitle) || !upper_word(i + 1)) return {};
    std::size_t k = i + 1;
    while (k < end_ && upper_word(k) && mark(k).is(kTitle)) ++k;
    while (k < end_ && mark(k).role && upper_word(k + 1) && !mark(k).is(kFirstName)) ++k;
    if (!upper_word(k)) return {};
    const std::size_t stop = person_end(v_, k, end_);
    return stop > k ? make(k, stop, EntityType::Person) : NameSpan{};
  }

  // The word behind a role is a name: "Kremlsprecher Dmitri Peskow".
  NameSpan behind_role(std::size_t i) const {
    if (!mark(i).role) return {};
    const std::size_t k = i + mark(i).role_tokens;
    if (!upper_word(k) || mark(k).known >= 0 || mark(k).is(kStop)) return {};
    const std::size_t stop = person_end(v_, k, end_);
    if (stop == k) return {};
    const bool sure = mark(k).is(kFirstName) || stop > k + 1 || !mark(i).role.plural_only;
    return sure ? make(k, stop, EntityType::Person) : NameSpan{};
  }

  NameSpan gazetteer(std::size_t i) const {
    const Known& k = *known(i);
    const std::size_t stop = i + mark(i).known_tokens;
    if (stop == i + 1 && mark(i).is(kStop | kArticle | kPreposition | kPronoun | kRole)) return {};
    if (stop == i + 1 && mark(i).is(kAmbiguous) && !(i > 0 && mark(i - 1).is(kPreposition)))
      return {};
    if (k.caps && !v_.layer.tokens[i].all_upper) return {};
    return make(i, stop, k.type);
  }

  // "Universität Hamburg", "FC Musterstadt".
  NameSpan headed(std::size_t i) const {
    if (!upper_word(i + 1) || mark(i + 1).is(kStop | kTitle) || mark(i + 1).role) return {};
    const bool named = mark(i + 1).known >= 0;
    if (named) return make(i, i + 1 + mark(i + 1).known_tokens, EntityType::Organisation);
    return v_.layer.tokens[i].all_upper ? make(i, i + 2, EntityType::Organisation) : NameSpan{};
  }

  // A first name alone: not behind an article or adjective.
  bool single_first_name(std::size_t i) const {
    if (i == 0 || mark(i).first) return !v_.lexicon.capital_nouns || !mark(i).is(kPreposition);
    if (!v_.same_sentence(i - 1, i)) return false;
    return !mark(i - 1).is(kArticle | kIndefinite | kPossessive);
  }

  bool acronym(std::size_t i) const {
    const Token& token = v_.layer.tokens[i];
    if (!token.all_upper || token.span.size() > kLongestAcronym || token.abbreviation) return false;
    const std::string_view word = v_.text(i);
    if (word.find_first_not_of("IVXLC") == std::string_view::npos) return false;
    const bool before = i > 0 && v_.layer.tokens[i - 1].all_upper && v_.same_sentence(i - 1, i);
    const bool behind = i + 1 < end_ && v_.layer.tokens[i + 1].all_upper;
    return !before && !behind && word.find('-') == std::string_view::npos;
  }

  // Unknown place with a telling ending, behind a preposition without article.
  NameSpan german_place(std::size_t i) const {
    if (i == 0 || !mark(i - 1).is(kPreposition) || mark(i - 1).is(kArticle)) return {};
    return v_.lexicon.place_suffix(v_.layer.lower(i)) ? make(i, i + 1, EntityType::Location)
                                                      : NameSpan{};
  }

  [[nodiscard]] bool in_run(std::size_t k, std::size_t first) const {
    return upper_word(k) && (k == first || !mark(k).is(kStop)) && !mark(k).role &&
           !mark(k).is(kTitle) && !(mark(k).known >= 0 && mark(k).known_at == 0 && k > first);
  }

  // A run of capitalised words in a language that writes nouns small.
  NameSpan capital_run(std::size_t i) const {
    if (mark(i).is(kPlaceAdjective | kDemonym | kPronoun | kAnd)) return {};
    std::size_t k = i;
    while (k < end_ && k < i + kLongestRun && in_run(k, i)) ++k;
    if (k == i) return {};
    // A capital that the sentence start explains.
    if (mark(i).first && k == i + 1 && !v_.lexicon.only_name(v_.text(i))) return {};
    const std::size_t stop = of_end(k);
    if (stop > k && mark(k - 1).is(kOrgHead | kOrgTail))
      return make(i, stop, EntityType::Organisation);
    if (stop > k && mark(k - 1).is(kPlaceHead | kPlaceTail))
      return make(i, stop, EntityType::Location);
    return make(i, k, run_type(i, k));
  }

  // End of what "of" adds to a name that ends before token k: "University | of Northport".
  [[nodiscard]] std::size_t of_end(std::size_t k) const {
    if (k + 1 >= end_ || !mark(k).is(kOf) || !upper_word(k + 1) || mark(k + 1).is(kStop)) return k;
    if (mark(k + 1).known >= 0) return k + 1 + mark(k + 1).known_tokens;
    std::size_t stop = k + 1;
    while (stop < end_ && stop < k + kLongestRun && in_run(stop, k + 1)) ++stop;
    return stop;
  }

  [[nodiscard]] EntityType run_type(std::size_t begin, std::size_t end) const {
    if (mark(end - 1).is(kOrgTail) || mark(begin).is(kOrgHead)) return EntityType::Organisation;
    if (mark(end - 1).is(kPlaceTail) || mark(begin).is(kPlaceHead)) return EntityType::Location;
    if (mark(end - 1).is(kEventTail)) return EntityType::Other;
    if (mark(begin).is(kFirstName) && end - begin >= 2) return EntityType::Person;
    if (end - begin == 1) {
      if (begin > 0 && mark(begin - 1).is(kPlacePreposition)) return EntityType::Location;
      if (end < end_ && mark(end).is(kSpeechVerb)) return EntityType::Person;
      return word_type(v_.text(begin));
    }
    const bool after_article = begin > 0 && mark(begin - 1).is(kArticle | kIndefinite);
    return end - begin <= 3 && !after_article ? EntityType::Person : EntityType::Other;
  }

  // What the tables of single words take a name for.
  [[nodiscard]] EntityType word_type(std::string_view word) const {
    if (v_.lexicon.office_surname(word)) return EntityType::Person;
    const WordInfo info = v_.lexicon.clusters.of(word);
    if (info.common >= 2) return EntityType::Other;
    if (info.surname) return EntityType::Person;
    return info.place ? EntityType::Location : EntityType::Other;
  }

  const View& v_;
  std::size_t end_ = 0;
  std::vector<NameSpan> out_;
};

}  // namespace

bool person_word(const View& view, std::size_t at) {
  const Token& token = view.layer.tokens[at];
  if (token.kind != TokenKind::Word) return false;
  const Mark& mark = view.marks[at];
  if (!token.upper) return particle_compound(view, at);
  if (is_initial(view, at)) return true;
  if (token.abbreviation || mark.is(kStop | kTitle | kOrgTail)) return false;
  if (mark.role && !mark.is(kFirstName)) return false;
  return !mark.is(kDemonym) || mark.is(kFirstName);
}

std::size_t person_end(const View& view, std::size_t at, std::size_t end) {
  if (at >= end || !person_word(view, at)) return at;
  if (is_initial(view, at) && at + 1 >= end) return at;
  const std::size_t limit = std::min(end, at + kLongestPerson);
  std::size_t full = is_initial(view, at) ? 0 : 1;  // words that are no initials
  std::size_t stop = at + 1;
  while (stop < limit) {
    std::size_t k = stop;
    while (k < limit && view.marks[k].is(k == stop ? kParticle : kParticle | kInnerParticle)) ++k;
    if (k >= limit || !person_word(view, k)) break;
    const bool particles = k > stop;
    // A place or body behind a name is no surname: "Peter Müller Berlin"; particles are ("von
    // Essen").
    if (view.marks[k].known >= 0 && !particles && full >= 2) break;
    const bool more_first = view.marks[stop - 1].is(kFirstName) && full < 3;
    const std::size_t most = view.lexicon.capital_nouns ? (more_first ? 3 : 2) : 3;
    if (!is_initial(view, k) && !particles && full >= most) break;
    if (!is_initial(view, k)) ++full;
    stop = k + 1;
  }
  while (stop > at && is_initial(view, stop - 1) && full == 0) --stop;
  return stop;
}

std::vector<NameSpan> rule_spans(const View& view) { return RuleTagger(view).run(); }

}  // namespace twosource::annotate::name
