#include "annotate/name/references.hpp"

#include <algorithm>

#include "annotate/name/ages.hpp"
#include "annotate/name/descriptions.hpp"
#include "annotate/name/pronouns.hpp"
#include "article/edtf.hpp"

namespace twosource::annotate::name {
namespace {

constexpr std::uint32_t kNone = kNoDraft;
constexpr std::uint32_t kNationalitySentences = 3;  // a nationality refers to a person this close

using Point = PersonPoint;

Published published_of(const Article& article) {
  const auto date = parse_edtf(article.published.value);
  if (!date) return {};
  return {true, first_day(*date), last_day(*date)};
}

class Resolver {
 public:
  Resolver(const View& view, const std::vector<NameSpan>& spans,
           const std::vector<RolePhrase>& phrases, Linked& linked)
      : v_(view),
        spans_(spans),
        phrases_(phrases),
        linked_(linked),
        published_(published_of(view.article)),
        described_(view, linked, published_) {
    for (std::size_t i = 0; i < spans_.size(); ++i) {
      if (spans_[i].type == EntityType::Person) {
        persons_.push_back({spans_[i].begin, spans_[i].end, linked_.draft[i],
                            subject(spans_[i].begin) && !genitive(spans_[i], linked_.draft[i])});
      }
    }
  }

  std::vector<Reference> run() {
    descriptions();
    demonyms();
    find_aged(v_, linked_, persons_, out_);
    merge_points();
    find_pronouns(v_, linked_, persons_, out_);
    std::sort(out_.begin(), out_.end(),
              [](const Reference& a, const Reference& b) { return a.begin < b.begin; });
    return std::move(out_);
  }

 private:
  [[nodiscard]] const Mark& mark(std::size_t i) const { return v_.marks[i]; }
  [[nodiscard]] const Draft& draft(std::uint32_t d) const { return linked_.drafts[d]; }
  [[nodiscard]] std::uint32_t sentence(std::size_t i) const { return v_.layer.tokens[i].sentence; }

  [[nodiscard]] bool fits(Gender g, std::uint32_t d) const {
    const std::string& have = draft(d).entity.gender;
    if (g == Gender::Unknown || have.empty()) return true;
    return have == (g == Gender::Male ? "m" : "f");
  }
  // Not behind a preposition, and not a genitive: may be the subject of its clause.
  [[nodiscard]] bool subject(std::size_t begin) const {
    if (begin == 0 || !v_.same_sentence(begin - 1, begin)) return true;
    std::size_t i = begin;
    while (i > 0 && v_.same_sentence(i - 1, i) &&
           (mark(i - 1).role || mark(i - 1).is(kTitle | kPlaceAdjective)))
      --i;
    return i == 0 || !mark(i - 1).is(kPreposition);
  }

  // "Trumps Berater": a name with -s that is not its own, and a noun behind it.
  [[nodiscard]] bool genitive(const NameSpan& s, std::uint32_t d) const {
    if (!v_.lexicon.has_genitive_s || s.end >= v_.marks.size() || !v_.same_sentence(s.begin, s.end))
      return false;
    return v_.text(s.end - 1).ends_with('s') && v_.layer.tokens[s.end].upper &&
           !draft(d).entity.name.ends_with(v_.text(s.end - 1));
  }

  void descriptions() {
    for (const RolePhrase& p : phrases_) {
      if (p.attached || !p.definite || mark(p.head).quoted) continue;
      if (p.plural) {
        for (const std::uint32_t d : described_.both(p, persons_))
          out_.push_back({p.begin, p.end, d, MentionKind::Role});
        continue;
      }
      if (p.begin > 0 && mark(p.begin - 1).is(kIndefinite | kPossessive)) continue;
      if (!p.article && p.begin == p.head && p.role.first == 0) continue;
      const std::uint32_t d = described_.find(p, persons_, told_date(p));
      if (d == kNone) continue;
      out_.push_back({p.begin, p.end, d, MentionKind::Role});
    }
  }

  // The day or year that the sentence of a phrase tells of, when it lies well before publication:
  // the office holder of then is meant ("Im Juli 1990 reiste der Kanzler nach …").
  [[nodiscard]] Published told_date(const RolePhrase& p) const {
    constexpr std::chrono::days kWellBefore{180};
    const Span here = v_.layer.sentences[sentence(p.head)].span;
    const auto& times = v_.article.times;
    auto it = std::lower_bound(times.begin(), times.end(), here.begin,
                               [](const Timex& t, std::uint32_t at) { return t.span.begin < at; });
    Published told;
    for (; it != times.end() && it->span.begin < here.end; ++it) {
      if (it->type != TimexType::Date) continue;
      const auto date = parse_edtf(it->value);
      if (!date || !published_.known || first_day(*date).time_since_epoch().count() == 0) continue;
      if (last_day(*date) + kWellBefore > published_.first) continue;
      told = {true, first_day(*date), last_day(*date)};
    }
    return told;
  }

  // "Der Amerikaner": the last person named before whose office is of that country.
  void demonyms() {
    for (std::size_t i = 1; i < v_.marks.size(); ++i) {
      const Mark& m = mark(i);
      if (!m.is(kDemonym) || m.word->demonym_plural || m.quoted || m.word->place < 0) continue;
      const Mark& before = mark(i - 1);
      if (!before.is(kArticle)) continue;
      const bool german = v_.lexicon.capital_nouns;
      if (german && before.word->gender == Gender::Unknown) continue;
      if (i + 1 < v_.marks.size() && v_.layer.tokens[i + 1].upper && v_.same_sentence(i, i + 1))
        continue;
      if (!german && (m.role || (m.is(kPlaceAdjective) && !noun_ends(i)))) continue;
      const Gender gender = m.word->gender == Gender::Female ? Gender::Female : before.word->gender;
      // "die Amerikaner" is a plural; "der Amerikanerin" is no man.
      if (before.word->gender == Gender::Female && m.word->gender != Gender::Female) continue;
      if (!nominative(i - 1, gender)) continue;
      std::uint32_t d = last_of(m.word->place, gender, i);
      if (d == kNone) d = only_of(m.word->place, gender, i);
      if (d == kNone && mark(i - 1).first) d = last_topic(m.word->place, gender, i);
      if (d == kNone) continue;
      out_.push_back(
          {static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(i + 1), d, MentionKind::Role});
    }
  }

  // "der Amerikaner" can be a genitive plural ("die Sorgen der Amerikaner"): only at the start of a
  // sentence or beside a finite verb it is taken as one man.
  [[nodiscard]] bool nominative(std::size_t article, Gender gender) const {
    if (gender == Gender::Female) return true;
    if (mark(article).first) return true;
    const bool verb_before =
        article > 0 && mark(article - 1).is(kSpeechVerb | kReportedVerb | kComplementizer);
    return verb_before && v_.same_sentence(article - 1, article);
  }

  [[nodiscard]] bool of_country(std::uint32_t d, std::int32_t place) const {
    const auto& offices = draft(d).offices;
    return std::any_of(offices.begin(), offices.end(),
                       [&](const Office& o) { return o.place == place; }) ||
           by_known_office(d, place);
  }

  // A holder of any office of the country on the publication date.
  [[nodiscard]] bool by_known_office(std::uint32_t d, std::int32_t place) const {
    if (!published_.known) return false;
    const std::string& of = v_.lexicon.places[static_cast<std::size_t>(place)].name;
    const auto rows = v_.lexicon.offices_of(of);
    return std::any_of(rows.begin(), rows.end(), [&](std::uint32_t row) {
      const Holder& h = v_.lexicon.offices[row];
      return h.to > published_.first && h.from <= published_.last &&
             described_.person_named(h.person) == d;
    });
  }

  [[nodiscard]] std::uint32_t last_of(std::int32_t place, Gender gender, std::size_t before) const {
    for (std::size_t k = persons_.size(); k-- > 0;) {
      const Point& p = persons_[k];
      if (p.token >= before || mark(p.token).quoted) continue;
      if (sentence(p.token) + kNationalitySentences < sentence(before)) return kNone;
      if (p.subject && fits(gender, p.draft) && of_country(p.draft, place)) return p.draft;
    }
    return kNone;
  }

  // The only person named before who has an office of the country.
  [[nodiscard]] std::uint32_t only_of(std::int32_t place, Gender gender, std::size_t before) const {
    std::uint32_t found = kNone;
    for (const Point& p : persons_) {
      if (p.token >= before) break;
      if (p.draft == found || !fits(gender, p.draft) || !of_country(p.draft, place)) continue;
      if (found != kNone) return kNone;
      found = p.draft;
    }
    return found;
  }

  // The only person of the sentence before, its subject, when nothing says that he is of another
  // country: "Berg will den Dom besuchen. Die Malteserin …".
  [[nodiscard]] std::uint32_t last_topic(std::int32_t place, Gender gender,
                                         std::size_t before) const {
    const std::uint32_t here = sentence(before);
    if (here == 0 || v_.layer.sentences[here].paragraph != v_.layer.sentences[here - 1].paragraph)
      return kNone;
    std::uint32_t found = kNone;
    for (const Point& p : persons_) {
      if (sentence(p.token) != here - 1) continue;
      if (found != kNone && found != p.draft) return kNone;
      if (!p.subject || mark(p.token).quoted) return kNone;
      found = p.draft;
    }
    if (found == kNone || !fits(gender, found) || draft(found).entity.gender.empty()) return kNone;
    const auto& offices = draft(found).offices;
    const bool elsewhere = std::any_of(offices.begin(), offices.end(), [&](const Office& o) {
      return o.place >= 0 && o.place != place;
    });
    return elsewhere || described_.in_office_elsewhere(found, place) ? kNone : found;
  }

  // In English "the German" is a noun when no noun can follow.
  [[nodiscard]] bool noun_ends(std::size_t i) const {
    if (i + 1 >= v_.marks.size() || !v_.same_sentence(i, i + 1)) return true;
    if (v_.layer.tokens[i + 1].kind != TokenKind::Word) return true;
    return mark(i + 1).is(kSpeechVerb | kReportedVerb) ||
           v_.lexicon.function_word(mark(i + 1).hash) || v_.lexicon.past_form(mark(i + 1).hash) ||
           v_.layer.lower(i + 1).ends_with("ed");
  }

  void merge_points() {
    for (const Reference& r : out_) persons_.push_back({r.begin, r.end, r.draft, subject(r.begin)});
    std::sort(persons_.begin(), persons_.end(),
              [](const Point& a, const Point& b) { return a.token < b.token; });
  }

  const View& v_;
  const std::vector<NameSpan>& spans_;
  const std::vector<RolePhrase>& phrases_;
  Linked& linked_;
  Published published_;
  Descriptions described_;
  std::vector<Point> persons_;
  std::vector<Reference> out_;
};

// Is the capital at `span` the subject of what a government does or says?
bool governs(const View& view, const NameSpan& span) {
  const auto& marks = view.marks;
  const std::size_t behind = span.end;
  const bool inside = behind < marks.size() && view.same_sentence(span.begin, behind);
  const bool prepositional = span.begin > 0 && view.same_sentence(span.begin - 1, span.begin) &&
                             marks[span.begin - 1].is(kPreposition | kArticle);
  if (prepositional || !inside || marks[span.begin].quoted) return false;
  if (marks[behind].is(kReportedVerb | kSpeechVerb)) return true;
  return span.begin > 0 && marks[span.begin - 1].is(kComplementizer);
}

std::uint32_t country_draft(const View& view, Linked& linked, std::int32_t place) {
  for (std::uint32_t d = 0; d < linked.drafts.size(); ++d) {
    if (linked.drafts[d].entity.type == EntityType::Location && linked.drafts[d].place == place)
      return d;
  }
  Draft draft;
  draft.entity.name = view.lexicon.places[static_cast<std::size_t>(place)].name;
  draft.entity.type = EntityType::Location;
  draft.place = place;
  linked.drafts.push_back(std::move(draft));
  return static_cast<std::uint32_t>(linked.drafts.size()) - 1;
}

void find_metonyms(const View& view, const std::vector<NameSpan>& spans, Linked& linked,
                   std::vector<std::uint32_t>& metonyms) {
  for (std::uint32_t i = 0; i < spans.size(); ++i) {
    const NameSpan& s = spans[i];
    const Mark& m = view.marks[s.begin];
    if (s.type != EntityType::Location || m.known < 0) continue;
    const std::int32_t place = view.lexicon.known[static_cast<std::size_t>(m.known)].place;
    if (place < 0 || !governs(view, s)) continue;
    const std::int32_t country = view.lexicon.metonym_of(place);
    if (country < 0) continue;
    linked.draft[i] = country_draft(view, linked, country);
    metonyms.push_back(i);
  }
}

}  // namespace

std::vector<Reference> find_references(const View& view, const std::vector<NameSpan>& spans,
                                       const std::vector<RolePhrase>& phrases, Linked& linked,
                                       std::vector<std::uint32_t>& metonyms) {
  find_metonyms(view, spans, linked, metonyms);
  return Resolver(view, spans, phrases, linked).run();
}

}  // namespace twosource::annotate::name
