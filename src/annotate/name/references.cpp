#include "annotate/name/references.hpp"

#include <algorithm>

#include "annotate/name/descriptions.hpp"
#include "article/edtf.hpp"

namespace twosource::annotate::name {
namespace {

constexpr std::uint32_t kNone = kNoDraft;
constexpr std::uint32_t kNearSentences = 3;  // a nationality refers to a person this close

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
        persons_.push_back(
            {spans_[i].begin, spans_[i].end, linked_.draft[i], subject(spans_[i].begin)});
      }
    }
  }

  std::vector<Reference> run() {
    descriptions();
    demonyms();
    merge_points();
    pronouns();
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
  [[nodiscard]] bool surely(Gender g, std::uint32_t d) const {
    return draft(d).entity.gender == (g == Gender::Male ? "m" : "f");
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

  void descriptions() {
    for (const RolePhrase& p : phrases_) {
      if (p.attached || p.plural || !p.definite || mark(p.head).quoted) continue;
      if (p.begin > 0 && mark(p.begin - 1).is(kIndefinite | kPossessive)) continue;
      if (!p.article && p.begin == p.head && p.role.first == 0) continue;
      const std::uint32_t d = described_.find(p, persons_);
      if (d == kNone) continue;
      out_.push_back({p.begin, p.end, d, MentionKind::Role});
    }
  }

  // "Der Amerikaner": the last person named before whose office is of that country.
  void demonyms() {
    for (std::size_t i = 1; i < v_.marks.size(); ++i) {
      const Mark& m = mark(i);
      if (!m.is(kDemonym) || m.word->demonym_plural || m.quoted || m.word->place < 0) continue;
      const Mark& before = mark(i - 1);
      if (!before.is(kArticle) || before.word->gender == Gender::Unknown) continue;
      if (i + 1 < v_.marks.size() && v_.layer.tokens[i + 1].upper && v_.same_sentence(i, i + 1))
        continue;
      const Gender gender = m.word->gender == Gender::Female ? Gender::Female : before.word->gender;
      // "die Amerikaner" is a plural; "der Amerikanerin" is no man.
      if (before.word->gender == Gender::Female && m.word->gender != Gender::Female) continue;
      if (!nominative(i - 1, gender)) continue;
      const std::uint32_t d = last_of(m.word->place, gender, i);
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
      if (sentence(p.token) + kNearSentences < sentence(before)) return kNone;
      if (p.subject && fits(gender, p.draft) && of_country(p.draft, place)) return p.draft;
    }
    return kNone;
  }

  void merge_points() {
    for (const Reference& r : out_) persons_.push_back({r.begin, r.end, r.draft, subject(r.begin)});
    std::sort(persons_.begin(), persons_.end(),
              [](const Point& a, const Point& b) { return a.token < b.token; });
  }

  void pronouns() {
    for (std::size_t i = 0; i < v_.marks.size(); ++i) {
      const Mark& m = mark(i);
      if (!m.is(kPronoun | kPossessive) || m.quoted || m.is(kArticle)) continue;
      if (v_.layer.tokens[i].upper && !m.first) continue;  // the polite "Sie"
      const Gender gender = m.word->gender;
      if (gender == Gender::Female && !singular_she(i)) continue;
      const std::uint32_t d = antecedent(i, gender);
      if (d == kNone) continue;
      out_.push_back({static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(i + 1), d,
                      MentionKind::Pronoun});
      const Point point{static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(i + 1), d,
                        m.is(kPronoun)};
      persons_.insert(
          std::upper_bound(persons_.begin(), persons_.end(), point,
                           [](const Point& a, const Point& b) { return a.token < b.token; }),
          point);
    }
  }

  // "sie" is she, not they, only beside a verb in the singular; "ihr" and "ihre" are left alone.
  [[nodiscard]] bool singular_she(std::size_t i) const {
    if (v_.lexicon.verb_plural_ending.empty()) return true;
    if (mark(i).is(kPossessive)) return false;
    const auto verb = [&](std::size_t k) {
      const Token& t = v_.layer.tokens[k];
      const std::string_view lower = v_.layer.lower(k);
      return t.kind == TokenKind::Word && !t.upper && v_.same_sentence(i, k) &&
             (mark(k).is(kSpeechVerb | kReportedVerb)) &&
             !lower.ends_with(v_.lexicon.verb_plural_ending);
    };
    return (i + 1 < v_.marks.size() && verb(i + 1)) || (i > 0 && verb(i - 1));
  }

  // The only person of this gender in this sentence before the pronoun, or else in the sentence
  // before it in the same paragraph; nobody when another person stands there who might be meant.
  [[nodiscard]] std::uint32_t antecedent(std::size_t i, Gender gender) const {
    const std::uint32_t here = sentence(i);
    const auto& sentences = v_.layer.sentences;
    const auto pick = [&](std::uint32_t which, bool& any) {
      std::uint32_t found = kNone;
      bool clear = true;
      for (const Point& p : persons_) {
        if (p.token >= i || sentence(p.token) > which) break;
        if (sentence(p.token) != which || mark(p.token).quoted) continue;
        any = true;
        if (!fits(gender, p.draft)) continue;
        if (found != kNone && found != p.draft) clear = false;
        if (found == kNone) found = p.draft;
        if (!p.subject && found == p.draft && mark(i).is(kPronoun))
          clear = clear && has_subject(which, p.draft, i);
      }
      return clear && found != kNone && surely(gender, found) ? found : kNone;
    };
    bool any = false;
    const std::uint32_t same = pick(here, any);
    if (any || here == 0) return same;
    if (sentences[here - 1].paragraph != sentences[here].paragraph) return kNone;
    return pick(here - 1, any);
  }

  [[nodiscard]] bool has_subject(std::uint32_t which, std::uint32_t d, std::size_t before) const {
    return std::any_of(persons_.begin(), persons_.end(), [&](const Point& p) {
      return p.draft == d && p.subject && p.token < before && sentence(p.token) == which;
    });
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
