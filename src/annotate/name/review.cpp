#include "annotate/name/review.hpp"

#include <algorithm>
#include <bitset>
#include <unordered_set>

namespace twosource::annotate::name {
namespace {

// Is token i part of a role of several words that began before it ("First Lady")?
bool inside_role(const View& view, std::size_t i) {
  constexpr std::size_t kLongestRole = 4;
  for (std::size_t back = 1; back < kLongestRole && back <= i; ++back) {
    const std::size_t begin = i - back;
    if (view.marks[begin].role_tokens > back && view.same_sentence(begin, i)) return true;
  }
  return false;
}

// The ending of a possessive, where it is a token of its own: "'s".
bool possessive_ending(const View& view, std::size_t i) {
  std::string_view word = view.text(i);
  if (word.starts_with('\'')) {
    word.remove_prefix(1);
  } else if (word.starts_with("’")) {
    word.remove_prefix(std::string_view("’").size());
  } else {
    return false;
  }
  return word.size() <= 1;
}

// Titles of works and events may begin and end with any word.
void trim(const View& view, NameSpan& s) {
  if (s.type == EntityType::Other) return;
  const auto cut = [&](std::size_t i, bool front) {
    const Mark& m = view.marks[i];
    const bool surname = !front && s.type == EntityType::Person && i > s.begin &&
                         view.marks[i - 1].is(kFirstName) && m.is(kStop);
    if (surname && (m.word->surname || view.lexicon.clusters.of(view.text(i)).surname))
      return false;
    if (m.known >= 0 && m.known_tokens > 1) return false;
    if (possessive_ending(view, i)) return true;
    if (view.layer.tokens[i].kind != TokenKind::Word)
      return front && !view.layer.tokens[i].has_digit;
    if (m.is(kStop | kArticle | kIndefinite | kPossessive) && !m.is(kFirstName)) return true;
    if (front && m.first && view.lexicon.capital_nouns && m.known < 0 &&
        !m.is(kFirstName | kParticle) && view.lexicon.function_word(m.hash))
      return true;
    if (s.type != EntityType::Person) return false;
    if (m.is(kTitle) && front) return true;
    return front && !m.is(kFirstName) && (m.role || inside_role(view, i));
  };
  if (s.type == EntityType::Person) {
    for (std::uint32_t i = s.begin + 1; i < s.end; ++i) {
      if (possessive_ending(view, i) && view.marks[i].known_tokens < 2) s.end = i;
    }
  }
  // "Russian Foreign | Minister Sergei Lavrov": the role's first words are no part of a name.
  for (std::uint32_t i = s.begin; i < s.end; ++i) {
    if (view.marks[i].role && i + view.marks[i].role_tokens > s.end && s.type != EntityType::Person)
      s.end = i;
  }
  while (s.begin < s.end && cut(s.begin, true)) ++s.begin;
  while (s.end > s.begin && cut(s.end - 1, false)) --s.end;
}

// "Putins Maschine": a surname in the genitive and what it owns.
void part_genitive(const View& view, NameSpan& s) {
  if (s.type != EntityType::Person || s.end - s.begin != 2 || !view.lexicon.has_genitive_s) return;
  const std::string_view word = view.text(s.begin);
  if (word.size() < 4 || !word.ends_with('s') || view.marks[s.begin].is(kFirstName)) return;
  if (view.lexicon.office_surname(word.substr(0, word.size() - 1))) s.end = s.begin + 1;
}

// A word that is nothing but a name, as far as the tables know.
bool nothing_else(const View& view, std::size_t i) {
  const Token& token = view.layer.tokens[i];
  const Mark& m = view.marks[i];
  if (token.kind != TokenKind::Word || !token.upper || m.known >= 0 || m.role ||
      m.is(kStop | kTitle | kFirstName | kDemonym | kPlaceAdjective))
    return false;
  const WordInfo info = view.lexicon.clusters.of(view.text(i));
  return info.common == 0 && !info.noun && !info.surname && !info.place &&
         !view.lexicon.common_noun(view.layer.lower(i));
}

// "Fischereiverband Vestkyst": the noun says what the body is, the name is what stands behind it.
void part_body_noun(const View& view, NameSpan& s) {
  if (s.type != EntityType::Organisation || s.end - s.begin != 2 || !view.lexicon.capital_nouns)
    return;
  const Mark& m = view.marks[s.begin];
  if (m.known < 0 && !m.is(kOrgHead) && nothing_else(view, s.begin + 1) &&
      view.lexicon.body_noun(view.layer.lower(s.begin)))
    ++s.begin;
}

// "Brandt & Ohlsen" is a firm, whatever each of them alone may be; "Anna & Paul" are two persons.
void join_firms(const View& view, std::vector<NameSpan>& spans) {
  const auto surname = [&](const NameSpan& s) {
    return s.end - s.begin == 1 && !view.marks[s.begin].is(kFirstName);
  };
  std::size_t kept = 0;
  for (const NameSpan& s : spans) {
    NameSpan* last = kept == 0 ? nullptr : &spans[kept - 1];
    if (last != nullptr && last->end + 1 == s.begin && view.text(last->end) == "&" &&
        view.same_sentence(last->begin, s.begin) && surname(*last) && surname(s)) {
      *last = {last->begin, s.end, EntityType::Organisation};
    } else {
      spans[kept++] = s;
    }
  }
  spans.resize(kept);
}

bool supported(const View& view, const NameSpan& s, const std::vector<std::uint8_t>& by_rule) {
  const Mark& m = view.marks[s.begin];
  if (m.is(kFirstName) || m.known >= 0 || by_rule[s.begin] != 0) return true;
  if (view.layer.tokens[s.begin].all_upper) return true;
  if (s.type == EntityType::Person && view.lexicon.office_surname(view.text(s.begin))) return true;
  return s.begin > 0 && view.same_sentence(s.begin - 1, s.begin) &&
         (view.marks[s.begin - 1].role || view.marks[s.begin - 1].is(kTitle));
}

bool keep(const View& view, const NameSpan& s, const std::vector<std::uint8_t>& by_rule) {
  if (s.begin >= s.end) return false;
  if (s.end - s.begin > 1) return true;
  const Mark& m = view.marks[s.begin];
  if (m.is(kStop | kPlaceAdjective) && !m.is(kFirstName)) return false;
  if (!m.first) return true;
  const WordInfo info = view.lexicon.clusters.of(view.text(s.begin));
  if (info.known && info.common < (s.type == EntityType::Person ? 3 : info.noun ? 0 : 2))
    return true;
  return supported(view, s, by_rule);
}

// What the whole text says about its names: who is named in full, and which capitalised words it
// also writes small.
class Evidence {
 public:
  Evidence(const View& view, const std::vector<NameSpan>& found, const std::vector<NameSpan>& rules)
      : v_(view) {
    for (const auto* spans : {&found, &rules}) {
      for (const NameSpan& s : *spans) {
        if (s.type == EntityType::Person && s.end - s.begin >= 2 && full_name(s))
          surnames_.insert(v_.marks[s.end - 1].hash);
      }
    }
    for (const NameSpan& s : found) {
      if (s.end - s.begin == 1) filter_.set(v_.marks[s.begin].hash % kFilter);
    }
    for (std::size_t i = 0; i < v_.marks.size(); ++i) {
      const std::uint64_t hash = v_.marks[i].hash;
      if (!v_.layer.tokens[i].upper && filter_.test(hash % kFilter)) small_.insert(hash);
    }
  }

  [[nodiscard]] bool surname(std::size_t i) const {
    return surnames_.contains(v_.marks[i].hash) || office_holder(v_.text(i), v_.layer.lower(i));
  }

  // A surname of the table of offices that is no everyday word ("Frieden", "Kraft").
  [[nodiscard]] bool office_holder(std::string_view word, std::string_view lower) const {
    return v_.lexicon.office_surname(word) && !v_.lexicon.common_noun(lower);
  }

  // Is something beside the word, in the tables or in the text that makes it a name for sure?
  [[nodiscard]] bool sure(const NameSpan& s) const {
    const Mark& m = v_.marks[s.begin];
    if (m.is(kFirstName) || m.known >= 0 || surname(s.begin) || genitive_of_surname(s.begin))
      return true;
    return behind(s.begin, [](const Mark& b) { return b.role || b.is(kTitle); });
  }

  // An everyday word that stands where a name would: written small elsewhere, an everyday noun, or
  // for a person's name behind an article.
  [[nodiscard]] bool doubtful(const NameSpan& s) const {
    const Mark& m = v_.marks[s.begin];
    const std::string_view lower = v_.layer.lower(s.begin);
    if (v_.layer.tokens[s.begin].all_upper || !v_.layer.tokens[s.begin].upper) return false;
    if (small_.contains(m.hash)) return true;
    if (v_.lexicon.only_name(v_.text(s.begin))) return false;
    const bool hyphen = lower.find('-') != std::string_view::npos;
    const bool named_so = hyphen && s.type != EntityType::Person && s.type != EntityType::Other;
    if (!named_so && v_.lexicon.common_noun(lower)) return true;
    return s.type == EntityType::Person && behind_article(s.begin);
  }

  // The type the tables or the text give a single word that the model takes for something else.
  [[nodiscard]] EntityType type_of(const NameSpan& s) const {
    const Mark& m = v_.marks[s.begin];
    const bool titled = behind(s.begin, [](const Mark& b) { return b.role || b.is(kTitle); });
    if (m.known >= 0 && m.known_tokens == s.end - s.begin && m.known_at == 0) {
      const bool firm = m.known_tokens > 1;  // "Hugo Boss"
      const bool person = s.type == EntityType::Person && !titled && (firm || !m.is(kFirstName)) &&
                          !m.is(kAmbiguous) && (firm || !surname(s.end - 1));
      const EntityType type = v_.lexicon.known[static_cast<std::size_t>(m.known)].type;
      const bool thing = type == EntityType::Other && m.known_tokens > 1;
      return person || thing ? type : s.type;
    }
    if (s.type == EntityType::Location && m.known < 0 && s.begin > 0 && named_body(s.begin))
      return EntityType::Organisation;
    const bool in_place = behind(s.begin, [](const Mark& b) { return b.is(kPlacePreposition); });
    if (s.end - s.begin == 1 && m.known < 0 && !in_place && surname(s.begin))
      return EntityType::Person;
    return s.type;
  }

 private:
  static constexpr std::size_t kFilter = 4096;

  template <class Is>
  [[nodiscard]] bool behind(std::size_t i, const Is& is) const {
    return i > 0 && v_.same_sentence(i - 1, i) && is(v_.marks[i - 1]);
  }

  [[nodiscard]] bool full_name(const NameSpan& s) const {
    return v_.marks[s.begin].is(kFirstName) ||
           behind(s.begin, [](const Mark& b) { return b.role || b.is(kTitle); });
  }

  [[nodiscard]] bool genitive_of_surname(std::size_t i) const {
    std::string_view word = v_.text(i);
    std::string_view lower = v_.layer.lower(i);
    if (!v_.lexicon.has_genitive_s || word.size() < 4 || !word.ends_with('s')) return false;
    word.remove_suffix(1);
    lower.remove_suffix(1);
    return surnames_.contains(word_hash(lower)) || office_holder(word, lower);
  }

  // "die Reederei Elblinie": no place of the tables, behind a noun for a body.
  [[nodiscard]] bool named_body(std::size_t i) const {
    return v_.same_sentence(i - 1, i) && v_.layer.tokens[i - 1].kind == TokenKind::Word &&
           !v_.lexicon.clusters.of(v_.text(i)).place && v_.lexicon.body_noun(v_.layer.lower(i - 1));
  }

  // "der Fischer"; "der junge Mozart" may be one.
  [[nodiscard]] bool behind_article(std::size_t i) const {
    return behind(i, [](const Mark& m) { return m.is(kArticle | kIndefinite | kPossessive); });
  }

  const View& v_;
  std::unordered_set<std::uint64_t> surnames_;
  std::unordered_set<std::uint64_t> small_;
  std::bitset<kFilter> filter_;
};

// Single words that are a company once: "Albrecht AG".
std::unordered_set<std::uint64_t> companies_of(const View& view,
                                               const std::vector<NameSpan>& spans) {
  std::unordered_set<std::uint64_t> out;
  for (const NameSpan& s : spans) {
    const bool tail = s.end < view.marks.size() && view.same_sentence(s.begin, s.end) &&
                      view.marks[s.end].is(kOrgTail) && view.layer.tokens[s.end].upper;
    const bool inside = s.end - s.begin == 2 && view.marks[s.end - 1].is(kOrgTail);
    if ((s.end - s.begin == 1 && tail) || inside) out.insert(view.marks[s.begin].hash);
  }
  return out;
}

// Names the rules find on full evidence.
bool certain(const View& view, const NameSpan& s) {
  const Mark& m = view.marks[s.begin];
  if (s.type == EntityType::Person) return s.end - s.begin >= 2 && m.is(kFirstName) && !m.is(kStop);
  if (m.known < 0 || m.known_tokens != s.end - s.begin) return false;
  if (s.end - s.begin == 1 && m.is(kAmbiguous | kStop)) return false;
  // Where nouns are written small, a capital that no sentence start explains makes it a name.
  if (!view.lexicon.capital_nouns && !m.first) return true;
  const Known& k = view.lexicon.known[static_cast<std::size_t>(m.known)];
  if (s.type == EntityType::Location) {
    return s.end - s.begin >= 2 ||
           (k.place >= 0 && view.lexicon.places[static_cast<std::size_t>(k.place)].country);
  }
  if (k.party && s.begin > 0 && view.text(s.begin - 1) == "(") return true;
  return s.end - s.begin >= 2 || view.layer.tokens[s.begin].all_upper;
}

// Names nobody saw that stand behind a noun for a body: "der Fischereiverband Vestkyst".
void add_named_bodies(const View& view, const std::vector<bool>& covered,
                      std::vector<NameSpan>& out) {
  if (!view.lexicon.capital_nouns) return;
  for (std::uint32_t i = 1; i < view.marks.size(); ++i) {
    const Token& noun = view.layer.tokens[i - 1];
    if (!noun.upper || noun.kind != TokenKind::Word || covered[i] || covered[i - 1] ||
        !view.same_sentence(i - 1, i) || !nothing_else(view, i) ||
        !view.lexicon.body_noun(view.layer.lower(i - 1)))
      continue;
    std::uint32_t end = i + 1;
    while (end < view.marks.size() && !covered[end] && view.same_sentence(i, end) &&
           nothing_else(view, end))
      ++end;
    out.push_back({i, end, EntityType::Organisation});
    i = end;
  }
}

}  // namespace

std::vector<NameSpan> review_names(const View& view, std::vector<NameSpan> found,
                                   const std::vector<NameSpan>& rules) {
  std::vector<std::uint8_t> by_rule(view.marks.size(), 0);
  for (const NameSpan& r : rules) std::fill(by_rule.begin() + r.begin, by_rule.begin() + r.end, 1);
  std::vector<NameSpan> out;
  std::vector<bool> covered(view.marks.size(), false);
  join_firms(view, found);
  std::vector<NameSpan> trimmed(found);
  for (NameSpan& s : trimmed) trim(view, s);
  std::erase_if(trimmed, [](const NameSpan& s) { return s.begin >= s.end; });
  const Evidence evidence(view, trimmed, rules);
  const std::unordered_set<std::uint64_t> companies = companies_of(view, trimmed);
  for (NameSpan s : found) {
    trim(view, s);
    if (s.begin < s.end) part_genitive(view, s);
    if (s.begin < s.end) part_body_noun(view, s);
    if (!keep(view, s, by_rule)) continue;
    s.type = evidence.type_of(s);
    if (s.type == EntityType::Person && s.end - s.begin == 1 &&
        companies.contains(view.marks[s.begin].hash)) {
      s.type = EntityType::Organisation;
    }
    if (s.end - s.begin == 1 && !evidence.sure(s) && evidence.doubtful(s)) continue;
    std::fill(covered.begin() + s.begin, covered.begin() + s.end, true);
    out.push_back(s);
  }
  const std::size_t old = out.size();
  const auto by_place = [](const NameSpan& a, const NameSpan& b) { return a.begin < b.begin; };
  for (const NameSpan& r : rules) {
    const bool free =
        std::none_of(covered.begin() + r.begin, covered.begin() + r.end, [](bool c) { return c; });
    if (!free || !certain(view, r)) continue;
    out.push_back(r);
    std::fill(covered.begin() + r.begin, covered.begin() + r.end, true);
  }
  add_named_bodies(view, covered, out);
  std::sort(out.begin() + static_cast<std::ptrdiff_t>(old), out.end(), by_place);
  std::inplace_merge(out.begin(), out.begin() + static_cast<std::ptrdiff_t>(old), out.end(),
                     by_place);
  return out;
}

}  // namespace twosource::annotate::name
