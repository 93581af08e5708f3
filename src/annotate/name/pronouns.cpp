#include "annotate/name/pronouns.hpp"

#include <algorithm>
#include <array>

namespace twosource::annotate::name {
namespace {

constexpr std::size_t kSpeechSentences = 3;  // "…", said she: how far back a speaker may stand
constexpr std::uint32_t kVerbTokens = 2;     // between a subject and the object behind its verb

class Pronouns {
 public:
  Pronouns(const View& view, const Linked& linked, std::vector<PersonPoint>& persons,
           std::vector<Reference>& out)
      : v_(view), linked_(linked), persons_(persons), out_(out) {}

  void run() {
    for (std::size_t i = 0; i < v_.marks.size(); ++i) {
      const Mark& m = mark(i);
      if (m.word == nullptr || m.quoted) continue;
      std::uint32_t d = kNoDraft;
      if (m.word->relative) d = relative(i);
      const bool relative = d != kNoDraft;
      if (d == kNoDraft && m.is(kPronoun | kPossessive) && !m.is(kArticle)) {
        if (v_.layer.tokens[i].upper && !m.first) continue;  // the polite "Sie"
        d = personal(i);
      }
      if (d != kNoDraft) add(i, d, relative || m.is(kPronoun));
    }
  }

 private:
  [[nodiscard]] const Mark& mark(std::size_t i) const { return v_.marks[i]; }
  [[nodiscard]] std::uint32_t sentence(std::size_t i) const { return v_.layer.tokens[i].sentence; }
  [[nodiscard]] bool german() const { return !v_.lexicon.verb_plural_ending.empty(); }
  [[nodiscard]] bool inside(std::size_t i, std::size_t k) const {
    return k < v_.marks.size() && v_.same_sentence(i, k);
  }
  // Is token k a word written small in the sentence of token i?
  [[nodiscard]] bool small(std::size_t i, std::size_t k) const {
    return inside(i, k) && v_.layer.tokens[k].kind == TokenKind::Word && !v_.layer.tokens[k].upper;
  }
  [[nodiscard]] bool fits(Gender g, std::uint32_t d) const {
    const std::string& have = linked_.drafts[d].entity.gender;
    if (g == Gender::Unknown || have.empty()) return true;
    return have == (g == Gender::Male ? "m" : "f");
  }
  [[nodiscard]] bool surely(Gender g, std::uint32_t d) const {
    return linked_.drafts[d].entity.gender == (g == Gender::Male ? "m" : "f");
  }

  void add(std::size_t i, std::uint32_t d, bool subject) {
    const auto at = static_cast<std::uint32_t>(i);
    out_.push_back({at, at + 1, d, MentionKind::Pronoun});
    const PersonPoint point{at, at + 1, d, subject, mark(i).word->oblique};
    persons_.insert(std::upper_bound(persons_.begin(), persons_.end(), point,
                                     [](const PersonPoint& a, const PersonPoint& b) {
                                       return a.token < b.token;
                                     }),
                    point);
  }

  // What a pronoun can be where it stands.
  struct Use {
    Gender gender = Gender::Unknown;
    bool object = false;
    bool possessive = false;
  };

  [[nodiscard]] std::uint32_t personal(std::size_t i) const {
    const Mark& m = mark(i);
    Use use{m.word->gender, m.word->oblique, m.is(kPossessive)};
    if (use.gender == Gender::Female && german()) {
      if (use.possessive || (use.object && owns(i))) return her_own(i);
      if (!use.object && !singular_she(i)) return kNoDraft;
    } else if (use.gender == Gender::Female && use.object && owns(i)) {
      use.possessive = true;  // "her brother"
    }
    if (use.possessive) use.object = false;
    const std::uint32_t d = antecedent(i, use);
    return d == kNoDraft && !use.object && !use.possessive ? cataphor(i, use.gender) : d;
  }

  // Does a noun follow, so that "ihr" and "her" say whose it is?
  [[nodiscard]] bool owns(std::size_t i) const {
    if (!inside(i, i + 1) || v_.layer.tokens[i + 1].kind != TokenKind::Word) return false;
    const Token& next = v_.layer.tokens[i + 1];
    if (!german()) return !v_.lexicon.function_word(mark(i + 1).hash);
    if (next.upper) return true;
    return v_.lexicon.adjective_like(v_.layer.lower(i + 1)) && inside(i, i + 2) &&
           v_.layer.tokens[i + 2].upper && !mark(i + 1).is(kArticle | kIndefinite | kPossessive);
  }

  // "ihre", "ihr": of the woman who is the subject of the clause or, at the start of a sentence, of
  // the sentence before. It may also be theirs, so nobody else may stand there.
  [[nodiscard]] std::uint32_t her_own(std::size_t i) const {
    std::uint32_t found = kNoDraft;
    const std::uint32_t here = sentence(i);
    const bool start = mark(i).first;
    if (start && (here == 0 || !same_paragraph(here - 1, here))) return kNoDraft;
    const std::uint32_t which = start ? here - 1 : here;
    for (const PersonPoint& p : persons_) {
      if (p.token >= i || sentence(p.token) > which) break;
      if (sentence(p.token) != which || mark(p.token).quoted) continue;
      if (found == kNoDraft && (!p.subject || p.oblique || !topic(p))) return kNoDraft;
      if (found != kNoDraft && found != p.draft) return kNoDraft;
      found = p.draft;
    }
    return found != kNoDraft && surely(Gender::Female, found) ? found : kNoDraft;
  }

  // Does a person open a sentence, or follow its verb?
  [[nodiscard]] bool topic(const PersonPoint& p) const {
    std::size_t first = v_.layer.sentences[sentence(p.token)].first_token;
    for (std::size_t i = first; i < p.token; ++i) {
      if (v_.text(i) == ":") first = i + 1;
    }
    for (std::size_t i = first; i < p.token; ++i) {
      const Mark& m = mark(i);
      if (v_.layer.tokens[i].kind == TokenKind::Word && !m.quoted && !m.role &&
          !m.is(kTitle | kArticle | kPlaceAdjective | kFormer) && m.role_tokens == 0 &&
          (v_.layer.tokens[i].upper || !v_.lexicon.adjective_like(v_.layer.lower(i))))
        return i > first && mark(p.token - 1).is(kSpeechVerb | kReportedVerb);
    }
    return true;
  }

  // A verb form beside "sie" that is no plural: German plurals end in -n.
  [[nodiscard]] bool singular_form(std::size_t k) const {
    const std::string_view lower = v_.layer.lower(k);
    if (lower.ends_with("ann")) return true;  // kann, begann, gewann
    return !lower.ends_with('n') && lower != "sind" && lower.size() > 2;
  }

  // "sie" is she, not they, only beside a verb in the singular.
  [[nodiscard]] bool singular_she(std::size_t i) const {
    const auto speech = [&](std::size_t k) {
      return small(i, k) && mark(k).is(kSpeechVerb | kReportedVerb) && singular_form(k);
    };
    if (speech(i + 1) || (i > 0 && speech(i - 1))) return true;
    if (mark(i).first) {
      // The verb follows: "Sie nannte". A thing may be meant unless a woman was the subject.
      return small(i, i + 1) && !mark(i + 1).is(kPreposition | kArticle) && singular_form(i + 1) &&
             woman_before(i);
    }
    return i > 0 && mark(i - 1).is(kComplementizer) && singular_clause(i);
  }

  // "dass sie niemanden entlassen wolle": the last word before the comma is the verb.
  [[nodiscard]] bool singular_clause(std::size_t i) const {
    std::size_t k = i + 1;
    while (inside(i, k) && v_.layer.tokens[k].kind == TokenKind::Word) ++k;
    return k > i + 1 && small(i, k - 1) && singular_form(k - 1);
  }

  // Is the topic of the sentence before a woman?
  [[nodiscard]] bool woman_before(std::size_t i) const {
    const std::uint32_t here = sentence(i);
    if (here == 0) return false;
    return std::any_of(persons_.begin(), persons_.end(), [&](const PersonPoint& p) {
      return sentence(p.token) == here - 1 && p.subject && !mark(p.token).quoted &&
             surely(Gender::Female, p.draft) && topic(p);
    });
  }

  [[nodiscard]] bool same_paragraph(std::uint32_t a, std::uint32_t b) const {
    return v_.layer.sentences[a].paragraph == v_.layer.sentences[b].paragraph;
  }

  // The subject of the clause that token i is in, as far as one stands close before it: "Brandt gab
  // ihm". Farther off a clause of its own may have begun ("the mess the firms handed him").
  [[nodiscard]] std::uint32_t clause_subject(std::size_t i) const {
    std::uint32_t found = kNoDraft;
    for (const PersonPoint& p : persons_) {
      if (p.token >= i) break;
      if (v_.same_sentence(p.token, i) && p.subject && !p.oblique && !mark(p.token).quoted &&
          p.end + kVerbTokens >= i && !cut(p.end, i))
        found = p.draft;
    }
    return found;
  }

  // Does a comma or the like stand between two tokens?
  [[nodiscard]] bool cut(std::size_t from, std::size_t to) const {
    for (std::size_t k = from; k < to; ++k) {
      const std::string_view word = v_.text(k);
      if (word == "," || word == ";" || word == ":" || word == "–") return true;
    }
    return false;
  }

  [[nodiscard]] std::uint32_t antecedent(std::size_t i, const Use& use) const {
    const std::uint32_t here = sentence(i);
    const std::uint32_t not_this = use.object ? clause_subject(i) : kNoDraft;
    bool any = false;
    const std::uint32_t same = pick(i, here, use, not_this, any);
    if (any || here == 0 || (use.possessive && noun_before(i))) return same;
    const bool speech = !use.possessive && quoted_before(i) &&
                        ((i > 0 && mark(i - 1).is(kSpeechVerb)) ||
                         (inside(i, i + 1) && mark(i + 1).is(kSpeechVerb)));
    const std::size_t reach = std::min<std::size_t>(speech ? kSpeechSentences : 1, here);
    for (std::uint32_t back = 1; back <= reach; ++back) {
      if (!same_paragraph(here - back, here) && !(speech && body(here - back))) return kNoDraft;
      const std::uint32_t d = pick(i, here - back, use, not_this, any);
      if (any) return d;
    }
    return kNoDraft;
  }

  // Does direct speech stand in the pronoun's sentence before it?
  [[nodiscard]] bool quoted_before(std::size_t i) const {
    for (std::size_t k = v_.layer.sentences[sentence(i)].first_token; k < i; ++k) {
      if (mark(k).quoted || v_.layer.tokens[k].kind == TokenKind::QuoteMark) return true;
    }
    return false;
  }

  // Does a noun stand in the sentence before a possessive ("Das Unternehmen hat seinen Sitz …")?
  // Known only where nouns have capitals.
  [[nodiscard]] bool noun_before(std::size_t i) const {
    if (!v_.lexicon.capital_nouns) return false;
    for (std::size_t k = i; k-- > v_.layer.sentences[sentence(i)].first_token;) {
      const Token& t = v_.layer.tokens[k];
      if (t.kind == TokenKind::Word && t.upper && !mark(k).first && !mark(k).quoted) return true;
    }
    return false;
  }

  [[nodiscard]] bool body(std::uint32_t sentence) const {
    const auto& paragraphs = v_.article.paragraphs;
    const std::uint32_t p = v_.layer.sentences[sentence].paragraph;
    return p < paragraphs.size() && paragraphs[p].kind == ParagraphKind::Body && p > 0;
  }

  // The only person of this gender in a sentence before the pronoun; nobody when another one stands
  // there who might be meant. `any`: somebody stands there.
  [[nodiscard]] std::uint32_t pick(std::size_t i, std::uint32_t which, const Use& use,
                                   std::uint32_t not_this, bool& any) const {
    std::uint32_t found = kNoDraft;
    bool clear = true;
    for (const PersonPoint& p : persons_) {
      if (p.token >= i || sentence(p.token) > which) break;
      if (sentence(p.token) != which || mark(p.token).quoted || p.draft == not_this) continue;
      if (!fits(use.gender, p.draft)) continue;
      any = true;
      if (found != kNoDraft && found != p.draft) clear = false;
      if (found == kNoDraft) found = p.draft;
      if (!p.subject && found == p.draft && !use.object && !use.possessive)
        clear = clear && has_subject(which, p.draft, i);
    }
    return clear && found != kNoDraft && surely(use.gender, found) ? found : kNoDraft;
  }

  [[nodiscard]] bool has_subject(std::uint32_t which, std::uint32_t d, std::size_t before) const {
    return std::any_of(persons_.begin(), persons_.end(), [&](const PersonPoint& p) {
      return p.draft == d && p.subject && p.token < before && sentence(p.token) == which;
    });
  }

  // "Bevor sie sprach, trank Richterin Stein": the only person of its gender in the main clause
  // behind, when nobody of the paragraph stands before.
  [[nodiscard]] std::uint32_t cataphor(std::size_t i, Gender gender) const {
    const Sentence& s = v_.layer.sentences[sentence(i)];
    if (i == s.first_token || !mark(s.first_token).is(kComplementizer) || i > s.first_token + 1U)
      return kNoDraft;
    if (gender == Gender::Female && german() && !singular_clause(i)) return kNoDraft;
    if (sentence(i) > 0 && same_paragraph(sentence(i) - 1, sentence(i)) && near_before(i))
      return kNoDraft;
    std::uint32_t found = kNoDraft;
    for (const PersonPoint& p : persons_) {
      if (p.token <= i || sentence(p.token) != sentence(i) || !cut(i, p.token)) continue;
      if (!fits(gender, p.draft)) continue;
      if (found != kNoDraft && found != p.draft) return kNoDraft;
      if (found == kNoDraft && !p.subject) return kNoDraft;
      found = p.draft;
    }
    return found != kNoDraft && surely(gender, found) ? found : kNoDraft;
  }

  [[nodiscard]] bool near_before(std::size_t i) const {
    return std::any_of(persons_.begin(), persons_.end(),
                       [&](const PersonPoint& p) { return sentence(p.token) + 1 == sentence(i); });
  }

  // "Brandt, der gestern …", "Brandt, who …": the person before the comma.
  [[nodiscard]] std::uint32_t relative(std::size_t i) const {
    if (i < 2 || !v_.same_sentence(i - 2, i) || v_.text(i - 1) != ",") return kNoDraft;
    if (!small(i, i) || !inside(i, i + 1) || !relative_clause(i)) return kNoDraft;
    const PersonPoint* found = nullptr;
    for (const PersonPoint& p : persons_) {
      if (p.token >= i) break;
      if (p.end == i - 1) found = &p;
    }
    if (found == nullptr) return kNoDraft;
    // "Brandt und Ohlsen, die": perhaps both.
    const bool coordinated = found->token > 0 && mark(found->token - 1).is(kAnd);
    if (!german()) return coordinated ? kNoDraft : found->draft;
    const Gender gender = mark(i).word->gender;
    return gender != Gender::Unknown && !coordinated && surely(gender, found->draft) ? found->draft
                                                                                     : kNoDraft;
  }

  // In German an apposition looks alike: "Brandt, der neue Chef," has an adjective or a noun next.
  [[nodiscard]] bool relative_clause(std::size_t i) const {
    if (!german()) return true;
    if (!small(i, i + 1) || mark(i + 1).is(kPlaceAdjective | kFormer)) return false;
    if (mark(i + 1).is(kPreposition | kArticle | kIndefinite | kPossessive | kPronoun)) return true;
    return v_.lexicon.function_word(mark(i + 1).hash) ||
           !v_.lexicon.adjective_like(v_.layer.lower(i + 1));
  }

  const View& v_;
  const Linked& linked_;
  std::vector<PersonPoint>& persons_;
  std::vector<Reference>& out_;
};

}  // namespace

void find_pronouns(const View& view, const Linked& linked, std::vector<PersonPoint>& persons,
                   std::vector<Reference>& out) {
  Pronouns(view, linked, persons, out).run();
}

}  // namespace twosource::annotate::name
