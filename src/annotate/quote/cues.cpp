#include "annotate/quote/cues.hpp"

#include <algorithm>

namespace twosource::annotate::quote {
namespace {

// Items of a name with its apposition or relative clause in front of the verb.
constexpr std::uint32_t kLongestApposition = 24;

// Only adverbs between an auxiliary and its participle.
bool next_to(const Unit& unit, std::uint32_t auxiliary, std::uint32_t participle) {
  if (auxiliary >= participle) return false;
  for (std::uint32_t i = auxiliary + 1; i < participle; ++i) {
    if (!unit.items[i].is(kAdverb | kNegation)) return false;
  }
  return true;
}

// "Der Damm, behauptete X, halte": the clause around the segment goes on with its verb.
bool embedded(const Unit& unit, std::uint32_t s) {
  if (s == 0 || s + 1 >= unit.segments.size()) return false;
  const Segment& next = unit.segments[s + 1];
  return next.before == Delimiter::Comma && next.finite == next.first && !next.quotation &&
         unit.segments[s].before == Delimiter::Comma;
}

// No function word.
bool nounlike(const Item& item) {
  constexpr std::uint64_t kNouns = kSourceNoun | kCueNoun | kTitleNoun | kAddressee;
  return item.entry == nullptr || (item.entry->classes & ~kNouns) == 0;
}

// ", state officials said": English nouns need no article. Words without a function of their own;
// some of them can be verbs elsewhere ("state").
Phrase bare_nouns(const Unit& unit, std::uint32_t first, std::uint32_t last) {
  constexpr std::uint32_t kMostWords = 4;
  if (first >= last || last - first > kMostWords) return {};
  for (std::uint32_t i = first; i < last; ++i) {
    const Item& item = unit.items[i];
    if (item.region >= 0 || item.number || !nounlike(item)) return {};
  }
  return {first, last};
}

// ", state officials said": at the start of a segment, with the cue's verb behind it, a noun.
bool noun_before_cue(const Unit& unit, const Segment& segment, std::uint32_t at) {
  constexpr std::uint32_t kReach = 4;
  if (at != segment.first || segment.before != Delimiter::Comma) return false;
  for (std::uint32_t i = at + 1; i < segment.last && i < at + kReach; ++i) {
    const Item& item = unit.items[i];
    if (item.entry != nullptr && item.entry->cue && item.form(kFinite)) return true;
    if (item.upper || item.region >= 0 || !nounlike(item)) break;
  }
  return false;
}

}  // namespace

std::vector<CueHit> CueFinder::find(const Unit& unit) const {
  std::vector<CueHit> hits;
  for (std::uint32_t s = 0; s < unit.segments.size(); ++s) {
    const Segment& segment = unit.segments[s];
    if (segment.quotation) continue;
    for (std::uint32_t i = segment.first; i < segment.last; ++i) {
      const Item& item = unit.items[i];
      if (item.entry == nullptr || !item.entry->cue) continue;
      if (item.upper && i > 0 && !(i == segment.first && segment.before == Delimiter::None))
        continue;
      CueHit hit;
      hit.segment = s;
      hit.verb = i;
      if (!lexicon_.verb_second() && noun_before_cue(unit, segment, i)) continue;
      // "the sale, announced on Sunday, …"
      if (!lexicon_.verb_second() && i == segment.first && segment.before == Delimiter::Comma &&
          item.form(kParticiple) && i + 1 < segment.last &&
          unit.items[i + 1].is(kPreposition | kBy)) {
        continue;
      }
      if (!finite_part(unit, segment, i, hit)) continue;
      Choice choice = choose(unit, segment, i);
      if (choice.cue == nullptr) continue;
      hit.takes = choice.takes;
      if (!choice.cue->with.empty() && unit.items[hit.finite].is(kStatePassive))
        hit.passive = false;
      hit.items = std::move(choice.items);
      if (hit.finite != i) hit.items.push_back(hit.finite);
      hit.as_clause = unit.items[segment.first].is(kAs) && hit.finite + 1 >= segment.last;
      if (hit.as_clause) hit.items.push_back(segment.first);
      std::sort(hit.items.begin(), hit.items.end());
      hit.items.erase(std::unique(hit.items.begin(), hit.items.end()), hit.items.end());
      const bool opens =
          hit.finite == segment.first ||
          (hit.finite == segment.first + 1 && unit.items[segment.first].is(kCoordinator));
      hit.inverted = opens && !hit.as_clause;
      hit.relayed = unit.items[hit.finite].form(kSubjunctive1) && hit.finite == segment.finite &&
                    segment.mood == Mood::Subjunctive1;
      hit.speaker =
          hit.passive && !item.is(kCited) ? agent(unit, segment) : speaker(unit, s, hit.finite);
      if (hit.inverted && !hit.passive && embedded(unit, s)) {
        const std::uint32_t behind = PhraseReader::skip_light(unit, hit.finite + 1, segment.last);
        const Phrase own = phrases_.at(unit, behind, segment.last);
        if (!own.empty()) hit.speaker = own;
      }
      hit.addressee = addressee(unit, hit);
      hits.push_back(std::move(hit));
    }
  }
  return hits;
}

// Is the form at `at` a predicate of its segment: finite itself, or a participle with auxiliary?
bool CueFinder::finite_part(const Unit& unit, const Segment& segment, std::uint32_t at,
                            CueHit& hit) const {
  const Item& item = unit.items[at];
  std::uint32_t auxiliary = kNoItem;
  for (std::uint32_t i = segment.first; i < segment.last; ++i) {
    if (i == at || !unit.items[i].is(kAuxiliary) || !unit.items[i].form(kFinite)) continue;
    if (!lexicon_.verb_second() && !next_to(unit, i, at)) continue;
    if (auxiliary == kNoItem) auxiliary = i;
  }
  if (item.form(kParticiple) && auxiliary != kNoItem) {
    // "Er soll angeboten haben, …": others say so.
    const bool hearsay = segment.finite != kNoItem && segment.finite < at && auxiliary > at &&
                         unit.items[segment.finite].is(kModal);
    if (hearsay) return false;
    hit.finite = auxiliary;
    hit.passive = unit.items[auxiliary].is(kPassive | kStatePassive);
    if (at + 1 < segment.last && unit.items[at + 1].is(kPassive) &&
        unit.items[at + 1].form(kParticiple)) {
      hit.passive = true;
      hit.items.push_back(at + 1);
    }
    return true;
  }
  if (!lexicon_.verb_second() && item.form(kGerund)) {
    hit.finite = at;
    return at == segment.first || (at > 0 && !unit.items[at - 1].is(kPreposition));
  }
  if (!item.form(kFinite)) return false;
  if (lexicon_.verb_second() && segment.finite != at) {
    const bool coordinated = at > segment.first && unit.items[at - 1].is(kCoordinator);
    if (!coordinated || item.form(kInfinitive | kParticiple)) return false;
  }
  if (!lexicon_.verb_second() && at > segment.first) {
    const Item& before = unit.items[at - 1];
    if (before.is(kInfinitiveMark | kOblique | kModal) && !before.is(kPronoun)) return false;
    if (before.is(kPreposition)) return false;
  }
  hit.finite = at;
  return true;
}

bool CueFinder::match(const Unit& unit, const Segment& segment, std::uint32_t at,
                      const VerbForm& form, const Cue& cue,
                      std::vector<std::uint32_t>& items) const {
  items.assign(1, at);
  if (form.particle >= 0 && form.particle != cue.particle) return false;
  if (cue.particle >= 0 && form.particle < 0) {
    const std::string_view particle = lexicon_.particle(cue.particle);
    std::uint32_t found = kNoItem;
    for (std::uint32_t i = at + 1; i < segment.last; ++i) {
      const bool closes =
          i + 1 == segment.last || unit.items[i + 1].is(kCoordinator | kAs) || i == at + 1;
      if (closes && layer_.lower(unit.items[i].token) == particle) found = i;
    }
    if (found == kNoItem) return false;
    items.push_back(found);
  }
  for (const std::string& word : cue.with) {
    std::uint32_t found = kNoItem;
    const std::uint32_t from = lexicon_.verb_second() ? segment.first : at + 1;
    const std::uint32_t to = lexicon_.verb_second() ? segment.last : std::min(segment.last, at + 6);
    for (std::uint32_t i = from; i < to; ++i) {
      // Not inside marks: «called it "good for all"» is no call for anything.
      const std::uint32_t token = unit.items[i].token;
      if (!lexicon_.verb_second() && token > 0 &&
          layer_.tokens[token - 1].kind == TokenKind::QuoteMark) {
        break;
      }
      if (i != at && layer_.lower(token) == word) found = i;
    }
    if (found == kNoItem) return false;
    items.push_back(found);
  }
  return std::none_of(cue.without.begin(), cue.without.end(), [&](const std::string& word) {
    for (std::uint32_t i = segment.first; i < segment.last; ++i) {
      if (layer_.lower(unit.items[i].token) == word) return true;
    }
    return false;
  });
}

CueFinder::Choice CueFinder::choose(const Unit& unit, const Segment& segment,
                                    std::uint32_t at) const {
  Choice best;
  std::vector<std::uint32_t> items;
  for (const VerbForm& form : unit.items[at].entry->forms) {
    for (const Cue& cue : lexicon_.cues(form.verb)) {
      if (!match(unit, segment, at, form, cue, items)) continue;
      const int score = (cue.particle >= 0 ? 4 : 0) + static_cast<int>(cue.with.size());
      const auto takes = static_cast<std::uint8_t>(best.takes | cue.takes);
      if (score > best.score)
        best = {&cue, score, takes, items};
      else
        best.takes = takes;
    }
  }
  return best;
}

Phrase CueFinder::agent(const Unit& unit, const Segment& segment) const {
  for (std::uint32_t i = segment.first; i + 1 < segment.last; ++i) {
    if (!unit.items[i].is(kBy)) continue;
    const Phrase phrase = phrases_.at(unit, i + 1, segment.last);
    if (!phrase.empty()) return phrase;
  }
  return {};
}

// "sagte Trump REPORTERN", "told THE COURT": a phrase with an addressee noun behind the speaker.
Phrase CueFinder::addressee(const Unit& unit, const CueHit& hit) const {
  const Segment& segment = unit.segments[hit.segment];
  const std::uint32_t from =
      std::max(hit.finite + 1, hit.speaker.first >= hit.finite ? hit.speaker.last : 0);
  if (!lexicon_.verb_second() && unit.items[hit.verb].is(kTells) && from == hit.verb + 1 &&
      from < segment.last) {
    if (unit.items[from].is(kObjectPronoun)) return {from, from + 1};
    if (const Phrase told = phrases_.at(unit, from, segment.last); !told.empty()) return told;
  }
  for (std::uint32_t i = from; i < segment.last; ++i) {
    if (unit.items[i].region >= 0 || !unit.items[i].is(kAddressee)) continue;
    Phrase phrase{i, i + 1};
    while (phrase.last < segment.last && unit.items[phrase.last].upper) ++phrase.last;
    if (phrase.last < segment.last && unit.items[phrase.last].is(kAccordingAfter)) return {};
    while (phrase.first > from && !unit.items[phrase.first - 1].upper &&
           (unit.items[phrase.first - 1].entry == nullptr || unit.items[phrase.first - 1].number)) {
      --phrase.first;
    }
    if (phrase.first > from && unit.items[phrase.first - 1].is(kOblique | kDative)) --phrase.first;
    return phrase;
  }
  return {};
}

Phrase CueFinder::speaker(const Unit& unit, std::uint32_t s, std::uint32_t finite) const {
  const Phrase found = subject(unit, s, finite);
  const Segment& segment = unit.segments[s];
  const bool expletive = found.last == found.first + 1 && unit.items[found.first].is(kExpletive);
  // "Wie aus Kreisen der Delegation verlautete" has no subject at all.
  const bool none = found.empty() && unit.items[segment.first].is(kAs);
  if (!expletive && !none) return found;
  for (std::uint32_t i = segment.first; i + 1 < segment.last; ++i) {
    if (!unit.items[i].is(kSourcePreposition)) continue;
    const Phrase source = phrases_.at(unit, i + 1, segment.last);
    if (!source.empty()) return source;
  }
  return {};
}

Phrase CueFinder::subject(const Unit& unit, std::uint32_t s, std::uint32_t finite) const {
  const Segment& segment = unit.segments[s];
  std::uint32_t start = segment.first;
  while (start < finite && unit.items[start].is(kCoordinator)) ++start;
  const bool verb_late = finite + 1 >= segment.last || segment.subordinate;
  if (start < finite && verb_late &&
      (segment.subordinate || unit.items[start].is(kAs | kSubordinator))) {
    return subject_in_subordinate(unit, segment, finite);
  }
  const Phrase front =
      subject_before(unit, s, lexicon_.verb_second() ? std::min(finite, segment.finite) : finite);
  const std::uint32_t after = PhraseReader::skip_light(unit, finite + 1, segment.last);
  // "Das sagte X": a lone das, dies or so in front is the object.
  // A pronoun that can only be a subject behind the verb decides ("Der Politik schlug er vor").
  if (after < segment.last && start < finite && lexicon_.verb_second() &&
      unit.items[after].is(kPronoun) && !unit.items[after].is(kObjectPronoun | kNominative)) {
    return {after, after + 1};
  }
  const bool light = front.last == front.first + 1 && unit.items[front.first].is(kPronoun) &&
                     unit.items[front.first].is(kNominative);
  if (!front.empty() && !light) return front;
  if (after < segment.last && !unit.items[after].is(kPreposition)) {
    const Phrase behind = phrases_.at(unit, after, segment.last);
    if (!behind.empty() && lexicon_.verb_second()) return with_apposition(unit, s, behind);
    if (!behind.empty() && start == finite) return with_apposition(unit, s, behind);
  }
  return front;
}

Phrase CueFinder::subject_in_subordinate(const Unit& unit, const Segment& segment,
                                         std::uint32_t finite) const {
  std::uint32_t i = segment.first;
  while (i < finite && unit.items[i].is(kCoordinator)) ++i;
  const bool relative = segment.before == Delimiter::Comma && unit.items[i].is(kRelative) &&
                        segment.first > 0 && !unit.items[i].is(kSubordinator | kComplementiser);
  if (i < finite && unit.items[i].is(kPreposition)) ++i;
  ++i;
  if (relative && !(i < finite && unit.items[i].is(kPronoun) && !unit.items[i].is(kNominative))) {
    const Phrase antecedent = phrases_.before(unit, i > 12 ? i - 12 : 0, segment.first);
    return antecedent;
  }
  i = PhraseReader::skip_light(unit, i, finite);
  if (i >= finite || unit.items[i].is(kPreposition)) return {};
  return phrases_.at(unit, i, finite);
}

// The one constituent in front of a second-place verb, when it can be a subject; an apposition or
// relative clause between commas belongs to it ("Stefan Sporn, der Vorsitzende, sagte").
Phrase CueFinder::subject_before(const Unit& unit, std::uint32_t s, std::uint32_t finite) const {
  const Segment& segment = unit.segments[s];
  std::uint32_t start = segment.first;
  while (start < finite && unit.items[start].is(kCoordinator)) ++start;
  if (start + 1 < finite && unit.items[start].is(kFocus) &&
      phrases_.starts_subject(unit, start + 1)) {
    ++start;
  }
  if (start < finite) {
    if (!phrases_.starts_subject(unit, start)) {
      if (lexicon_.verb_second()) return {};
      const Phrase near = phrases_.before(unit, start, finite);
      const Phrase bare =
          segment.before == Delimiter::Comma ? bare_nouns(unit, start, finite) : Phrase{};
      return bare.empty() ? near : bare;
    }
    if (!lexicon_.verb_second()) {
      std::uint32_t end = finite;
      while (end > start + 1 && unit.items[end - 1].is(kAdverb | kAuxiliary)) --end;
      const Phrase near = phrases_.before(unit, start, end);
      if (!near.empty()) return near;
      if (const Phrase bare = bare_nouns(unit, start, end);
          segment.before == Delimiter::Comma && !bare.empty()) {
        return bare;
      }
      return unit.items[end - 1].is(kPronoun) ? Phrase{end - 1, end} : Phrase{};
    }
    const bool apposed =
        s > 0 && segment.before == Delimiter::Comma && unit.segments[s - 1].finite == kNoItem;
    if (!apposed) return PhraseReader::trim(unit, {start, finite});
    std::uint32_t from = s;
    while (from > 0 && unit.segments[from].before == Delimiter::Comma &&
           !unit.segments[from - 1].quotation && unit.segments[from - 1].finite == kNoItem &&
           !unit.segments[from - 1].infinitive) {
      --from;
    }
    if (!phrases_.starts_subject(unit, unit.segments[from].first))
      return PhraseReader::trim(unit, {start, finite});
    return PhraseReader::trim(unit, {unit.segments[from].first, finite});
  }
  if (s == 0 || segment.before != Delimiter::Comma) return {};
  std::uint32_t from = s;
  while (from > 0 && !unit.segments[from - 1].quotation &&
         (unit.segments[from - 1].finite == kNoItem || unit.segments[from - 1].subordinate)) {
    --from;
    if (unit.segments[from + 1].before == Delimiter::Colon) return {};
    const Segment& candidate = unit.segments[from];
    std::uint32_t first = candidate.first;
    while (first + 1 < candidate.last && unit.items[first].is(kCoordinator | kFocus)) ++first;
    const bool head = candidate.finite == kNoItem && !candidate.infinitive &&
                      phrases_.starts_subject(unit, first);
    const bool opens = from == 0 || unit.segments[from].before == Delimiter::None;
    if (segment.first - first > kLongestApposition) return {};
    if (head && opens) return PhraseReader::trim(unit, {first, segment.first});
  }
  return {};
}

// ", sagte Mark Meier, der Sprecher der Feuerwehr": a clause-less segment behind the subject.
Phrase CueFinder::with_apposition(const Unit& unit, std::uint32_t s, Phrase phrase) const {
  if (phrase.last != unit.segments[s].last || s + 1 >= unit.segments.size()) return phrase;
  const Segment& next = unit.segments[s + 1];
  const bool nominal = next.before == Delimiter::Comma && !next.quotation &&
                       next.finite == kNoItem && !next.infinitive &&
                       unit.items[next.first].is(kNominative);
  if (!nominal) return phrase;
  const Phrase more = phrases_.at(unit, next.first, next.last);
  if (more.empty()) return phrase;
  return {phrase.first, more.last};
}

}  // namespace twosource::annotate::quote
