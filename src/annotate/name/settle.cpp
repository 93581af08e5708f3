#include "annotate/name/settle.hpp"

#include <algorithm>
#include <string>
#include <unordered_set>

#include "annotate/name/linking.hpp"
#include "text/utf8.hpp"

namespace twosource::annotate::name {
namespace {

constexpr std::uint32_t kLongestGap = 2;  // tokens between a person's name and the body's noun

class Settler {
 public:
  Settler(const View& view, std::vector<NameSpan> spans) : v_(view), spans_(std::move(spans)) {
    if (!v_.lexicon.capital_nouns) {
      for (NameSpan& s : spans_) title_case(s);
      saints();
    }
    for (const NameSpan& s : spans_) {
      if (s.type == EntityType::Person && s.end - s.begin >= 2) learn(s);
    }
  }

  std::vector<NameSpan> run() {
    for (std::size_t k = 0; k < spans_.size(); ++k) {
      if (spans_[k].type == EntityType::Person) {
        first_name(k);
        surname(k);
        body(k);
      }
    }
    things();
    firms();
    spellings();
    for (NameSpan& s : spans_) place(s);
    std::erase_if(spans_, [&](const NameSpan& s) { return s.end == s.begin || noun(s); });
    return std::move(spans_);
  }

 private:
  [[nodiscard]] const Mark& mark(std::size_t i) const { return v_.marks[i]; }
  // Is token i a capitalised word of the sentence that token `of` is in?
  [[nodiscard]] bool upper_word(std::size_t i, std::size_t of) const {
    return i < v_.marks.size() && v_.same_sentence(of, i) &&
           v_.layer.tokens[i].kind == TokenKind::Word && v_.layer.tokens[i].upper;
  }
  [[nodiscard]] std::uint32_t limit(std::size_t k) const {
    return k + 1 < spans_.size() ? spans_[k + 1].begin
                                 : static_cast<std::uint32_t>(v_.marks.size());
  }
  void learn(const NameSpan& s) {
    surnames_.insert(mark(s.end - 1).hash);
    for (std::uint32_t i = s.begin; i < s.end; ++i) parts_.insert(mark(i).hash);
  }

  // Does a role, title or relation stand before the token?
  [[nodiscard]] bool announced(std::size_t i) const {
    constexpr std::size_t kLongestRole = 4;
    for (std::size_t back = 1; back <= kLongestRole && back <= i; ++back) {
      if (!v_.same_sentence(i - back, i)) break;
      if (mark(i - back).role_tokens >= back) return true;
    }
    return i > 0 && v_.same_sentence(i - 1, i) && mark(i - 1).is(kTitle | kRelation);
  }

  // An everyday word, whose capital comes from a headline or a title: "Climate", "Speaks". Only
  // where capitals are for names.
  [[nodiscard]] bool headline_word(std::size_t i) const {
    const WordInfo info = v_.lexicon.clusters.of(v_.text(i));
    return !mark(i).is(kFirstName) && !info.surname && info.known && info.common >= 2;
  }

  // "Republican Donald Trump", "Hillary Clinton Speaks", "Climate Change": everyday words before a
  // first name and behind a full name are not part of it, and alone they are no person.
  void title_case(NameSpan& s) {
    if (s.type != EntityType::Person) return;
    for (std::uint32_t i = s.begin; i < s.end; ++i) {
      if (mark(i).is(kParticle)) return;
    }
    std::uint32_t first = s.begin;
    while (first < s.end && !mark(first).is(kFirstName)) ++first;
    if (first > s.begin && first + 1 < s.end && no_names(s.begin, first)) s.begin = first;
    const auto verb = [&](std::uint32_t i) {
      return headline_word(i) && v_.lexicon.verb_form(mark(i).hash);
    };
    while (first < s.end && s.end - s.begin > 2 && verb(s.end - 1) &&
           !v_.layer.tokens[s.end - 2].abbreviation)
      --s.end;
    if (first < s.end) return;
    const bool said =
        s.end < v_.marks.size() && v_.same_sentence(s.begin, s.end) && mark(s.end).is(kSpeechVerb);
    if (!said && !announced(s.begin) && headline_word(s.end - 1)) s.type = EntityType::Other;
  }

  // Are the tokens everyday words, roles or titles ("Lt. Gov."), but no initials?
  [[nodiscard]] bool no_names(std::uint32_t begin, std::uint32_t end) const {
    constexpr std::uint32_t kInitial = 2;  // bytes of "J."
    for (std::uint32_t i = begin; i < end; ++i) {
      const Token& t = v_.layer.tokens[i];
      if (t.abbreviation && t.span.size() <= kInitial) return false;
      if (!t.abbreviation && !headline_word(i) && !mark(i).role && !mark(i).is(kDemonym | kTitle) &&
          !v_.lexicon.everyday(v_.text(i)))
        return false;
    }
    return true;
  }

  // "Jan-Marco Luczak": a first name, or two with a hyphen, that the name left out.
  void first_name(std::size_t k) {
    NameSpan& s = spans_[k];
    if (s.end - s.begin != 1 || s.begin == 0 || !upper_word(s.begin - 1, s.begin)) return;
    if (k > 0 && spans_[k - 1].end >= s.begin) return;
    const std::string_view lower = v_.layer.lower(s.begin - 1);
    const std::size_t hyphen = lower.find('-');
    if (hyphen == std::string_view::npos) return;
    const Word* first = v_.lexicon.word(lower.substr(0, hyphen));
    const Word* second = v_.lexicon.word(lower.substr(hyphen + 1));
    if (first == nullptr || second == nullptr || !first->is(kFirstName) || !second->is(kFirstName))
      return;
    --s.begin;
    learn(s);
  }

  void surname(std::size_t k) {
    NameSpan& s = spans_[k];
    const bool first = mark(s.end - 1).is(kFirstName) || s.end - s.begin == 2;
    if (!first || s.end - s.begin > 2 || s.end >= limit(k)) return;
    const std::uint32_t i = s.end;
    if (!upper_word(i, s.begin) || v_.layer.tokens[i].abbreviation) return;
    const Mark& m = mark(i);
    if (!v_.lexicon.capital_nouns) {
      // Behind a name a role is written small, so a capital makes it one.
      const bool tail = upper_word(i + 1, i) && mark(i + 1).is(kOrgTail | kPlaceTail);
      if (!m.role || m.role_tokens != 1 || (upper_word(i + 1, i) && !tail)) return;
    } else if (!surnames_.contains(m.hash)) {
      const bool everyday = m.is(kStop) || m.role;
      const bool name = m.word != nullptr && m.word->surname;
      if (s.end - s.begin != 1 || !everyday || !announced(s.begin) ||
          !(name || v_.lexicon.clusters.of(v_.text(i)).surname))
        return;
    }
    s.end = i + 1;
    learn(s);
  }

  // "St Brendan's Hospital", and then "St Brendan's" alone: bodies that bear a saint's name.
  void saints() {
    std::unordered_set<std::uint64_t> named;
    const auto saint = [&](const NameSpan& s) {
      const Word* first = mark(s.begin).word;
      return s.end - s.begin >= 2 && first != nullptr && first->saint;
    };
    for (std::size_t k = 0; k < spans_.size(); ++k) {
      NameSpan& s = spans_[k];
      if (!saint(s) || s.end + 1 >= v_.marks.size() || !upper_word(s.end + 1, s.begin)) continue;
      if (v_.text(s.end) != "'s" && v_.text(s.end) != "’s") continue;
      named.insert(mark(s.end - 1).hash);
      s.end += 2;
      s.type = EntityType::Organisation;
      while (upper_word(s.end, s.begin) && mark(s.end).is(kOrgTail | kOrgHead)) ++s.end;
      for (std::size_t n = k + 1; n < spans_.size() && spans_[n].begin < s.end; ++n) {
        spans_[n].begin = std::max(spans_[n].begin, s.end);
        spans_[n].end = std::max(spans_[n].end, spans_[n].begin);
      }
    }
    for (NameSpan& s : spans_) {
      if (saint(s) && named.contains(mark(s.end - 1).hash)) s.type = EntityType::Organisation;
    }
  }

  // What follows a person's name and makes it that of a body or place.
  void body(std::size_t k) {
    NameSpan& s = spans_[k];
    if (s.end + 1 < limit(k) && v_.text(s.end) == "&" && upper_word(s.end + 1, s.begin)) {
      s.end += 2;
      s.type = EntityType::Organisation;
      return;
    }
    if (v_.lexicon.capital_nouns) return;
    const std::uint32_t stop = std::min(limit(k), s.end + kLongestGap);
    for (std::uint32_t i = s.end; i < stop && upper_word(i, s.begin); ++i) {
      if (!mark(i).is(kOrgTail | kPlaceTail)) continue;
      s.type = mark(i).is(kOrgTail) ? EntityType::Organisation : EntityType::Location;
      s.end = i + 1;
      return;
    }
    const bool behind = s.begin > 0 && v_.same_sentence(s.begin - 1, s.begin) &&
                        mark(s.begin - 1).is(kPreposition | kPlacePreposition);
    if (behind && s.end - s.begin == 2 && mark(s.end - 1).is(kPlaceTail))
      s.type = EntityType::Location;
  }

  // Is the name behind a noun for things that bear persons' names, perhaps in quotation marks?
  [[nodiscard]] bool carried(const NameSpan& s) const {
    std::size_t i = s.begin;
    if (i > 0 && v_.layer.tokens[i - 1].kind == TokenKind::QuoteMark) --i;
    if (i == 0 || !v_.same_sentence(i - 1, s.begin)) return false;
    const Token& noun = v_.layer.tokens[i - 1];
    return noun.kind == TokenKind::Word && !mark(i - 1).role &&
           (noun.upper || !v_.lexicon.capital_nouns) &&
           v_.lexicon.carrier_noun(v_.layer.lower(i - 1));
  }

  void things() {
    std::vector<NameSpan> found;
    for (NameSpan& s : spans_) {
      // "Hurricane Dorian"
      if (s.type == EntityType::Person && s.end - s.begin >= 2 &&
          v_.lexicon.carrier_noun(v_.layer.lower(s.begin))) {
        s.type = EntityType::Other;
        found.push_back({s.begin + 1, s.end, s.type});
        continue;
      }
      if (s.type == EntityType::Organisation || !carried(s)) continue;
      if (s.type == EntityType::Location && !mark(s.begin).is(kFirstName)) continue;
      s.type = EntityType::Other;
      found.push_back(s);
    }
    if (found.empty()) return;
    for (NameSpan& s : spans_) {
      if (s.type != EntityType::Person || (s.end - s.begin == 1 && part_of_another(s, found)))
        continue;
      const bool same = std::any_of(found.begin(), found.end(), [&](const NameSpan& f) {
        return f.end - f.begin == s.end - s.begin && equal(f, s);
      });
      if (same) s.type = EntityType::Other;
    }
  }

  // "Boss" of "Hugo Boss", "Krüger" of "Krüger & Söhne", unless somebody of that surname is named.
  void firms() {
    std::unordered_set<std::uint64_t> words;
    for (const NameSpan& s : spans_) {
      if (s.type != EntityType::Organisation || s.end - s.begin < 2) continue;
      if (mark(s.begin).is(kFirstName)) words.insert(mark(s.end - 1).hash);
      if (v_.text(s.begin + 1) == "&") words.insert(mark(s.begin).hash);
    }
    if (words.empty()) return;
    for (NameSpan& s : spans_) {
      const std::uint64_t hash = mark(s.begin).hash;
      if (s.type == EntityType::Person && s.end - s.begin == 1 && words.contains(hash) &&
          !surnames_.contains(hash))
        s.type = EntityType::Organisation;
    }
  }

  // Another spelling of the surname of somebody named in full, which no table knows: "Zelenskyy".
  void spellings() {
    std::vector<std::string> full;
    for (const NameSpan& s : spans_) {
      if (s.type == EntityType::Person && s.end - s.begin >= 2)
        full.push_back(utf8::fold(v_.text(s.end - 1)));
    }
    for (NameSpan& s : spans_) {
      const Mark& m = mark(s.begin);
      if (s.type == EntityType::Person || s.end - s.begin != 1 || m.known >= 0 || m.role) continue;
      const WordInfo info = v_.lexicon.clusters.of(v_.text(s.begin));
      if (info.noun || info.place) continue;
      const std::string folded = utf8::fold(v_.text(s.begin));
      if (std::any_of(full.begin(), full.end(),
                      [&](const std::string& f) { return other_spelling(f, folded); }))
        s.type = EntityType::Person;
    }
  }

  [[nodiscard]] bool equal(const NameSpan& a, const NameSpan& b) const {
    for (std::uint32_t i = 0; i < a.end - a.begin; ++i) {
      if (mark(a.begin + i).hash != mark(b.begin + i).hash) return false;
    }
    return true;
  }

  // Is the word part of somebody's full name, other than the things'?
  [[nodiscard]] bool part_of_another(const NameSpan& s, const std::vector<NameSpan>& things) const {
    if (!parts_.contains(mark(s.begin).hash)) return false;
    return std::none_of(things.begin(), things.end(), [&](const NameSpan& f) {
      return f.end - f.begin >= 2 && mark(f.end - 1).hash == mark(s.begin).hash;
    });
  }

  void place(NameSpan& s) const {
    if (s.end - s.begin != 1) return;
    const Mark& m = mark(s.begin);
    const bool inside = s.begin > 0 && v_.same_sentence(s.begin - 1, s.begin);
    if (s.type == EntityType::Person && inside && mark(s.begin - 1).is(kPlacePreposition)) {
      const bool known =
          m.known >= 0 && m.known_tokens == 1 &&
          v_.lexicon.known[static_cast<std::size_t>(m.known)].type == EntityType::Location;
      if (known || (v_.lexicon.clusters.of(v_.text(s.begin)).place && !m.is(kFirstName)))
        s.type = EntityType::Location;
    } else if (s.type == EntityType::Location && surnames_.contains(m.hash)) {
      const bool free =
          !inside || !mark(s.begin - 1)
                          .is(kPreposition | kPlacePreposition | kOf | kArticle | kPlaceAdjective);
      const std::uint32_t next = s.begin + 1;
      const bool verb = next < v_.marks.size() && v_.same_sentence(s.begin, next) &&
                        v_.layer.tokens[next].kind == TokenKind::Word &&
                        !v_.layer.tokens[next].upper && !mark(next).is(kAnd | kPreposition);
      if (free && verb) s.type = EntityType::Person;
    }
  }

  // "Ein Wolf": an everyday noun behind an article, where nouns have capitals.
  [[nodiscard]] bool noun(const NameSpan& s) const {
    if (!v_.lexicon.capital_nouns || s.type != EntityType::Person || s.end - s.begin != 1 ||
        s.begin == 0 || !v_.same_sentence(s.begin - 1, s.begin)) {
      return false;
    }
    const Mark& before = mark(s.begin - 1);
    return before.is(kIndefinite) && !mark(s.begin).is(kFirstName) &&
           v_.lexicon.everyday(v_.text(s.begin));
  }

  const View& v_;
  std::vector<NameSpan> spans_;
  std::unordered_set<std::uint64_t> surnames_;  // of persons named in full
  std::unordered_set<std::uint64_t> parts_;     // all words of their names
};

}  // namespace

std::vector<NameSpan> settle_persons(const View& view, std::vector<NameSpan> spans) {
  return Settler(view, std::move(spans)).run();
}

}  // namespace twosource::annotate::name
