#include "annotate/name/roles.hpp"

#include <algorithm>

#include "text/utf8.hpp"

namespace twosource::annotate::name {
namespace {

constexpr std::size_t kMostAdjectives = 3;      // between article and noun
constexpr std::size_t kLongestComplement = 14;  // tokens between a role and the name behind a comma
constexpr std::size_t kNoSpan = static_cast<std::size_t>(-1);

class RoleReader {
 public:
  RoleReader(const View& view, const std::vector<NameSpan>& spans) : v_(view), spans_(spans) {
    span_at_.assign(v_.layer.tokens.size(), kNoSpan);
    for (std::size_t s = 0; s < spans.size(); ++s) {
      for (std::size_t i = spans[s].begin; i < spans[s].end; ++i) span_at_[i] = s;
    }
  }

  std::vector<RolePhrase> run() {
    std::vector<RolePhrase> out;
    for (std::size_t i = 0; i < v_.marks.size(); ++i) {
      if (v_.marks[i].role_tokens == 0 || span_at_[i] != kNoSpan) continue;
      out.push_back(read(i));
      i = std::max<std::size_t>(i, out.back().end - 1);
    }
    return out;
  }

 private:
  RolePhrase read(std::size_t head) const {
    RolePhrase p;
    p.head = static_cast<std::uint32_t>(head);
    p.role = v_.marks[head].role;
    p.place = p.role.place;
    p.title_place = p.place >= 0 && compound_names_place(head);
    p.plural = p.role.plural_only;
    p.gender = p.role.gender;
    p.begin = p.head;
    p.end = p.head + v_.marks[head].role_tokens;
    left(p);
    right(p);
    if (p.role.former && !p.former) {
      p.former = true;
      p.title = p.head;
    }
    if (p.place >= 0) p.definite = true;
    return p;
  }

  // "US-Präsident", not "Kremlsprecher": the compound's first part is a place that has an office by
  // this name. "Türkei-Experte" is none: its noun is no office.
  [[nodiscard]] bool compound_names_place(std::size_t head) const {
    const RoleWord& role = v_.marks[head].role;
    const bool body =
        role.body >= 0 &&
        v_.lexicon.known[static_cast<std::size_t>(role.body)].type != EntityType::Location;
    return !body && v_.lexicon.roles[static_cast<std::size_t>(role.role)].office &&
           v_.layer.lower(head).find('-') != std::string_view::npos;
  }

  [[nodiscard]] const NameSpan* span(std::size_t token) const {
    return token < span_at_.size() && span_at_[token] != kNoSpan ? &spans_[span_at_[token]]
                                                                 : nullptr;
  }

  [[nodiscard]] bool adjective(std::size_t i) const {
    const Token& t = v_.layer.tokens[i];
    if (t.kind != TokenKind::Word) return false;
    if (v_.marks[i].is(kPlaceAdjective)) return true;
    return !t.upper &&
           !v_.marks[i].is(kArticle | kIndefinite | kPreposition | kAnd | kBoth | kPronoun |
                           kPossessive | kReportedVerb | kSpeechVerb | kComplementizer) &&
           v_.lexicon.adjective_like(v_.layer.lower(i));
  }

  void left(RolePhrase& p) const {
    const std::size_t first = v_.layer.sentences[v_.layer.tokens[p.head].sentence].first_token;
    std::size_t i = p.head;
    for (std::size_t n = 0; n < kMostAdjectives && i > first && adjective(i - 1); ++n) {
      --i;
      const Mark& m = v_.marks[i];
      if (m.is(kPlaceAdjective) && p.place < 0) {
        p.place = m.word->place;
        p.title_place = p.place >= 0;
      }
      if (m.is(kFormer)) {
        p.former = true;
        p.title = static_cast<std::uint32_t>(i);
      }
      if (m.word != nullptr && m.word->acting) {
        p.acting = true;
        p.title = static_cast<std::uint32_t>(i);
      }
    }
    if (i > first && v_.marks[i - 1].is(kBoth)) {
      p.plural = true;
      --i;
    }
    p.begin = static_cast<std::uint32_t>(i);
    if (!p.former && !p.acting) p.title = p.begin;
    if (i == first) return;
    const Mark& m = v_.marks[i - 1];
    if (m.is(kArticle | kIndefinite | kPossessive)) {
      p.article = m.is(kArticle);
      p.definite = p.article;
      if (m.word->gender != Gender::Unknown && p.gender == Gender::Unknown)
        p.gender = m.word->gender;
      return;
    }
    owner(p, i);
  }

  // "Russlands Präsident", "Trumps Frau": a name in the genitive before the phrase.
  void owner(RolePhrase& p, std::size_t i) const {
    std::size_t last = i - 1;
    if (last > 0 && v_.text(last).size() <= 4 && span(last) == nullptr &&
        span(last - 1) != nullptr && (v_.text(last) == "'s" || v_.text(last) == "’s")) {
      --last;
    } else if (!v_.lexicon.has_genitive_s || !v_.text(last).ends_with('s')) {
      return;
    }
    const NameSpan* s = span(last);
    if (s == nullptr || s->end != last + 1 || !v_.same_sentence(s->begin, p.head)) return;
    if (s->type == EntityType::Location && p.place < 0) {
      p.place = place_of(*s);
      p.title_place = p.place >= 0;
    }
    p.begin = s->begin;
    if (!p.former && !p.acting) p.title = p.begin;
    p.owned = s->type != EntityType::Location;
    p.definite = true;
  }

  [[nodiscard]] std::int32_t place_of(const NameSpan& s) const {
    const Mark& m = v_.marks[s.begin];
    return m.known < 0 ? -1 : v_.lexicon.known[static_cast<std::size_t>(m.known)].place;
  }

  // "Präsident Russlands", "Außenminister der USA", "president of France".
  void right(RolePhrase& p) const {
    const std::size_t end = v_.layer.sentences[v_.layer.tokens[p.head].sentence].last_token;
    std::size_t i = p.end;
    if (i < end && v_.marks[i].is(kOf)) ++i;
    if (i < end && v_.marks[i].is(kArticle)) ++i;
    const NameSpan* s = i < end ? span(i) : nullptr;
    if (s == nullptr || s->begin != i || s->type == EntityType::Person) return;
    const bool linked = i > p.end;
    const bool genitive =
        v_.lexicon.has_genitive_s && v_.text(s->end - 1).ends_with('s') && v_.marks[i].known >= 0;
    if (!linked && !genitive) return;
    if (p.place < 0 && s->type == EntityType::Location) {
      p.place = place_of(*s);
      p.title_place = p.place >= 0;
    } else if (p.place >= 0) {
      return;
    }
    p.end = s->end;
  }

  const View& v_;
  const std::vector<NameSpan>& spans_;
  std::vector<std::size_t> span_at_;
};

class Attacher {
 public:
  Attacher(const View& view, const std::vector<NameSpan>& spans, std::vector<RolePhrase>& phrases,
           Linked& linked)
      : v_(view), spans_(spans), phrases_(phrases), linked_(linked) {}

  void run() {
    for (RolePhrase& p : phrases_) {
      if (!before_name(p)) behind_name(p);
    }
    joined();
    parties();
  }

 private:
  [[nodiscard]] std::size_t person_from(std::size_t token) const {
    const auto it = std::lower_bound(spans_.begin(), spans_.end(), token,
                                     [](const NameSpan& s, std::size_t t) { return s.begin < t; });
    return it != spans_.end() && it->begin == token && it->type == EntityType::Person
               ? static_cast<std::size_t>(it - spans_.begin())
               : kNoSpan;
  }

  void give(std::size_t span, const RolePhrase& p) {
    Draft& d = linked_.drafts[linked_.draft[span]];
    const Role& role = v_.lexicon.roles[static_cast<std::size_t>(p.role.role)];
    const Office office{v_.lexicon.office_of(p.role.role), p.place, p.role.first};
    // "Kardinal" is a title, "Judge" an office as well.
    if (p.owned || role.office || !v_.marks[p.head].is(kTitle))
      d.add_role(title_of(v_, p), p.former ? Office{} : office);
    if (p.former) d.former.push_back(office);
    if (!d.entity.gender.empty()) return;
    if (p.gender == Gender::Male) d.entity.gender.assign(1, 'm');
    if (p.gender == Gender::Female) d.entity.gender.assign(1, 'f');
  }

  bool before_name(RolePhrase& p) {
    const std::size_t end = v_.layer.sentences[v_.layer.tokens[p.head].sentence].last_token;
    std::size_t i = p.end;
    while (i < end && (v_.marks[i].is(kTitle) || small_abbreviation(i))) ++i;
    std::size_t s = i < end ? person_from(i) : kNoSpan;
    if (s == kNoSpan) s = behind_complement(p, end);
    if (s == kNoSpan) return false;
    // "storm batters Ansley": a plural before one name is a verb.
    if (p.plural && !v_.lexicon.capital_nouns && !names_go_on(s, end)) return false;
    p.attached = true;
    p.person = static_cast<std::int32_t>(s);
    give(s, p);
    if (!several(p)) return true;
    // The further names of a plural: "Rex Tillerson und Sergej Lawrow".
    while (names_go_on(s, end)) {
      s = person_from(spans_[s].end + 1U);
      give(s, p);
    }
    return true;
  }

  // Do "and" or a comma and another person's name follow the name?
  [[nodiscard]] bool names_go_on(std::size_t s, std::size_t end) const {
    const std::size_t link = spans_[s].end;
    return link + 1U < end && (v_.marks[link].is(kAnd) || v_.text(link) == ",") &&
           person_from(link + 1) != kNoSpan;
  }

  // "med." of "Dr. med. Ebert".
  [[nodiscard]] bool small_abbreviation(std::size_t i) const {
    const Token& t = v_.layer.tokens[i];
    return t.abbreviation && !t.upper && v_.marks[i - 1].is(kTitle);
  }

  // "Der Leiter des Krisenstabs, Carsten Wolf, …": a complement without a verb, and the name
  // between commas. A short complement belongs to the title.
  [[nodiscard]] std::size_t behind_complement(RolePhrase& p, std::size_t end) const {
    constexpr std::size_t kLongestTitle = 5;  // tokens
    if (p.begin == 0 || p.plural || !p.article || genitive_attribute(p)) return kNoSpan;
    std::size_t i = p.end;
    const bool more = i < end && v_.marks[i].is(kAnd);
    if (i < end && v_.text(i) != "," && !v_.marks[i].is(kArticle | kOf | kPreposition | kAnd))
      return kNoSpan;
    while (i < end && i < p.end + kLongestComplement && v_.text(i) != "," && nominal(i)) ++i;
    if (i + 1 >= end || v_.text(i) != ",") return kNoSpan;
    std::size_t name = i + 1;
    while (name < end && v_.marks[name].is(kTitle)) ++name;
    const std::size_t s = person_from(name);
    if (s == kNoSpan || spans_[s].end >= v_.layer.tokens.size() || clash(p, s)) return kNoSpan;
    const std::string_view after = v_.text(spans_[s].end);
    if (after != "," && after != "(") return kNoSpan;
    if (!more && i <= p.end + kLongestTitle) p.end = static_cast<std::uint32_t>(i);
    return s;
  }

  // "der Vater des Ministers": the article follows a noun.
  [[nodiscard]] bool genitive_attribute(const RolePhrase& p) const {
    return p.begin >= 2 && v_.same_sentence(p.begin - 2, p.head) && v_.lexicon.capital_nouns &&
           v_.layer.tokens[p.begin - 2].kind == TokenKind::Word &&
           v_.layer.tokens[p.begin - 2].upper && !v_.marks[p.begin - 2].first;
  }

  // May the token stand in a noun's complement: no verb, as far as its form tells.
  [[nodiscard]] bool nominal(std::size_t i) const {
    const Token& t = v_.layer.tokens[i];
    if (t.kind != TokenKind::Word || t.upper) return true;
    const Mark& m = v_.marks[i];
    if (m.is(kSpeechVerb | kReportedVerb | kComplementizer | kPronoun)) return false;
    return m.is(kArticle | kIndefinite | kPreposition | kPlacePreposition | kOf | kAnd | kParticle |
                kPossessive) ||
           !v_.lexicon.capital_nouns ||
           (v_.lexicon.adjective_like(v_.layer.lower(i)) && !v_.lexicon.past_form(m.hash));
  }

  [[nodiscard]] bool clash(const RolePhrase& p, std::size_t span) const {
    const std::string& have = linked_.drafts[linked_.draft[span]].entity.gender;
    return !have.empty() && p.gender != Gender::Unknown &&
           have != (p.gender == Gender::Male ? "m" : "f");
  }

  // "Der Gründer und Milliardär Phil Brandt": a role joined to one that stands beside a name.
  void joined() {
    for (std::size_t k = phrases_.size(); k-- > 1;) {
      RolePhrase& p = phrases_[k - 1];
      const RolePhrase& next = phrases_[k];
      if (p.attached || p.plural || next.person < 0 || p.end + 1U != next.begin ||
          !v_.marks[p.end].is(kAnd) || !v_.same_sentence(p.head, next.head))
        continue;
      p.attached = true;
      p.person = next.person;
      give(static_cast<std::size_t>(p.person), p);
    }
  }

  // May the phrase be a plural? Without a place and without an article of the singular.
  [[nodiscard]] bool several(const RolePhrase& p) const {
    if (p.plural) return true;
    if (p.place >= 0 || p.begin == 0) return false;
    const Mark& before = v_.marks[p.begin - 1];
    const bool singular =
        before.is(kArticle | kIndefinite | kPossessive) && before.word->gender == Gender::Male;
    return !singular && v_.lexicon.may_be_plural(v_.layer.lower(p.head));
  }

  // "Tillerson, Außenminister der USA,": between commas, with no name of its own.
  void behind_name(RolePhrase& p) {
    std::size_t first = p.begin;
    if (first > 0 && v_.marks[first - 1].is(kArticle | kIndefinite)) --first;
    if (first < 2 || p.plural || v_.text(first - 1) != ",") return;
    const auto it = std::lower_bound(spans_.begin(), spans_.end(), first - 1,
                                     [](const NameSpan& s, std::size_t t) { return s.end < t; });
    if (it == spans_.end() || it->end != first - 1 || it->type != EntityType::Person) return;
    if (!v_.same_sentence(it->begin, p.head) || p.end >= v_.layer.tokens.size()) return;
    const std::string_view after = v_.text(p.end);
    if (after != "," && after != "." && after != ";" && after != "–") return;
    p.attached = true;
    give(static_cast<std::size_t>(it - spans_.begin()), p);
  }

  // "Merz (CDU)".
  void parties() {
    for (std::size_t s = 0; s + 1 < spans_.size(); ++s) {
      const NameSpan& person = spans_[s];
      const NameSpan& party = spans_[s + 1];
      if (person.type != EntityType::Person || party.begin != person.end + 1) continue;
      const Mark& m = v_.marks[party.begin];
      if (m.known < 0 || v_.text(person.end) != "(") continue;
      const Known& k = v_.lexicon.known[static_cast<std::size_t>(m.known)];
      if (k.party) linked_.drafts[linked_.draft[s]].add_role(k.name, {});
    }
  }

  const View& v_;
  const std::vector<NameSpan>& spans_;
  std::vector<RolePhrase>& phrases_;
  Linked& linked_;
};

// "CDU-Chef" as written, without the ending of another case ("des CDU-Chefs").
std::string compound_title(const View& view, const RolePhrase& p, const std::string& noun) {
  const std::string_view word = view.text(p.head);
  const std::string_view lower = view.layer.lower(p.head);
  const std::size_t at = lower.rfind(utf8::lower(noun));
  constexpr std::size_t kLongestEnding = 2;
  const bool inflected = at != std::string_view::npos && lower.size() == word.size() &&
                         at + noun.size() < word.size() &&
                         word.size() - at - noun.size() <= kLongestEnding;
  return std::string(inflected ? word.substr(0, at + noun.size()) : word);
}

}  // namespace

std::string title_of(const View& view, const RolePhrase& p) {
  const TokenLayer& layer = view.layer;
  const Role& role = view.lexicon.roles[static_cast<std::size_t>(p.role.role)];
  const bool female = p.gender == Gender::Female && !role.feminine.empty();
  const std::string& noun = female ? role.feminine : role.noun;
  if (p.title_place && !p.former && !p.acting && !role.relational && role.office) {
    const Place& place = view.lexicon.places[static_cast<std::size_t>(p.place)];
    if (place.country) return noun + " " + place.genitive;
  }
  if (role.relational && !p.owned) return {};
  if (p.owned || p.former || p.acting || p.end > p.head + 1) {
    return utf8::squeeze(slice(
        view.article.text, {layer.tokens[p.title].span.begin, layer.tokens[p.end - 1].span.end}));
  }
  return view.marks[p.head].is(kRole) ? noun : compound_title(view, p, noun);
}

std::vector<RolePhrase> role_phrases(const View& view, const std::vector<NameSpan>& spans) {
  return RoleReader(view, spans).run();
}

void attach_roles(const View& view, const std::vector<NameSpan>& spans,
                  std::vector<RolePhrase>& phrases, Linked& linked) {
  Attacher(view, spans, phrases, linked).run();
}

}  // namespace twosource::annotate::name
