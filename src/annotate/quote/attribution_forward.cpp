// Attributions in front of what is said: "X sagte, dass …", "X sagte: …", "die Behauptung, dass …".
#include <algorithm>

#include "annotate/quote/attribution.hpp"
#include "annotate/quote/attribution_work.hpp"

namespace twosource::annotate::quote {
namespace {

// A main clause in the subjunctive behind the subordinate clause that opens it.
bool relayed_main(const Segment& s) {
  return s.mood != Mood::Indicative && !s.subordinate && s.finite == s.first;
}

// Does the cue's clause have an object of its own ("lobte die Helfer")?
bool has_object(const Unit& unit, const CueHit& hit) {
  const Segment& segment = unit.segments[hit.segment];
  for (std::uint32_t i = hit.finite + 1; i < segment.last; ++i) {
    const bool own = (i >= hit.speaker.first && i < hit.speaker.last) ||
                     (i >= hit.addressee.first && i < hit.addressee.last);
    if (own || !unit.items[i].is(kNominative | kOblique) || unit.items[i].is(kAdverb)) continue;
    if (!unit.items[i - 1].is(kPreposition)) return true;
  }
  return false;
}

}  // namespace

// First segment behind the complement that begins at `c`: the end of the unit, unless the main
// clause goes on with "und" and a verb in the indicative.
std::uint32_t Attributor::content_end(const Unit& unit, std::uint32_t c) const {
  const bool relayed = unit.segments[c].mood != Mood::Indicative;
  for (std::uint32_t s = c + 1; s < unit.segments.size(); ++s) {
    const Segment& segment = unit.segments[s];
    if (segment.quotation) continue;
    const Item& start = unit.items[segment.first];
    if (segment.finite == kNoItem || segment.subordinate || segment.mood != Mood::Indicative)
      continue;
    const bool resumes = segment.finite == segment.first && segment.before == Delimiter::Comma;
    if (resumes && lexicon_.verb_second()) return s;
    const bool coordinated = start.is(kCoordinator) && segment.finite <= segment.first + 4;
    const bool verb_last = segment.finite + 1 >= segment.last;
    if (coordinated && (relayed || !verb_last) && lexicon_.verb_second()) return s;
  }
  return static_cast<std::uint32_t>(unit.segments.size());
}

// Is segment `c` a verb-second clause that depends on the cue ("X sagte, er sei krank")?
bool Attributor::opens_clause(const Unit& unit, const CueHit& hit, std::uint32_t c) const {
  const Segment& segment = unit.segments[c];
  if (segment.finite == kNoItem || segment.subordinate || segment.before != Delimiter::Comma)
    return false;
  if ((hit.takes & kTakesClause) == 0) return false;
  const bool coordinated = unit.items[segment.first].is(kCoordinator);
  if (segment.mood != Mood::Indicative) return !coordinated;
  if (has_object(unit, hit)) return false;
  return !coordinated && !hit.passive && (hit.takes & kTakesDirect) != 0 &&
         segment.finite > segment.first;
}

void Attributor::forward(Work& w, const CueHit& hit) const {
  const std::uint32_t k = hit.segment;
  if (w.is_used(hit) || w.result.taken[k] != 0 || hit.relayed) return;
  const Unit& unit = w.unit;
  std::uint32_t c = k + 1;
  while (c < w.segments() && c < k + 4) {
    const Segment& s = unit.segments[c];
    const bool inserted = s.before != Delimiter::Colon && !s.quotation && !s.complement &&
                          !s.infinitive && (s.subordinate || s.finite == kNoItem) &&
                          c + 1 < w.segments();
    if (!inserted) break;
    const bool conditional = unit.items[s.first].is(kSubordinator) && c + 1 < w.segments() &&
                             relayed_main(unit.segments[c + 1]) && (hit.takes & kTakesClause) != 0;
    if (conditional) break;
    ++c;
  }
  if (c >= w.segments() || w.result.taken[c] != 0) return;
  const Segment& segment = unit.segments[c];
  if (segment.quotation || (segment.before == Delimiter::Colon && c + 1 <= w.segments())) {
    if (quotations_after(w, hit, c)) return;
  }
  const bool conditional = segment.subordinate && !segment.complement && c + 1 < w.segments() &&
                           relayed_main(unit.segments[c + 1]) &&
                           unit.items[segment.first].is(kSubordinator);
  const bool complement = segment.complement && (hit.takes & (kTakesClause | kTakesQuestion)) != 0;
  const bool infinitive = segment.infinitive && (hit.takes & kTakesInfinitive) != 0 && c == k + 1 &&
                          !unit.items[segment.first].is(kSubordinator);
  const bool colon =
      segment.before == Delimiter::Colon && (hit.takes & (kTakesClause | kTakesDirect)) != 0;
  if (!complement && !infinitive && !colon && !conditional && !opens_clause(unit, hit, c)) return;
  const std::uint32_t end = content_end(unit, c);
  if (w.any_taken(c, end)) return;
  Quote quote;
  quote.kind = QuoteKind::Indirect;
  quote.parts.assign(1, w.text(c, end));
  give_roles(unit, hit, quote);
  std::uint32_t from = k;
  while (from > 0 && w.result.taken[from - 1] == 0) --from;
  quote.frame = {unit.items[unit.segments[from].first].span.begin,
                 before_space(quote.parts[0].begin)};
  w.take(c, end);
  w.mark_used(hit);
  add(w, std::move(quote));
}

// A whole quotation behind the cue, and those listed behind it.
bool Attributor::quotations_after(Work& w, const CueHit& hit, std::uint32_t c) const {
  const Unit& unit = w.unit;
  if (!unit.segments[c].quotation || w.result.taken[c] != 0) return false;
  for (std::uint32_t s = c;
       s < w.segments() && unit.segments[s].quotation && w.result.taken[s] == 0; ++s) {
    Quote quote;
    quote.kind = QuoteKind::Direct;
    quote.parts.assign(1, w.text(s, s + 1));
    give_roles(unit, hit, quote);
    quote.frame = {unit.items[unit.segments[hit.segment].first].span.begin,
                   before_space(w.text(c, c + 1).begin)};
    w.result.taken[s] = 1;
    w.mark_used(hit);
    add(w, std::move(quote));
  }
  return true;
}

// "die Behauptung, dass …", when no verb claimed the clause.
void Attributor::cue_nouns(Work& w) const {
  const Unit& unit = w.unit;
  for (std::uint32_t c = 1; c < w.segments(); ++c) {
    const Segment& segment = unit.segments[c];
    const Segment& before = unit.segments[c - 1];
    if (w.result.taken[c] != 0 || segment.quotation || before.quotation) continue;
    if (!(segment.complement || segment.infinitive ||
          (segment.mood == Mood::Subjunctive1 && !segment.subordinate)))
      continue;
    if (segment.before != Delimiter::Comma) continue;
    std::uint32_t noun = before.last - 1;
    const bool cue =
        unit.items[noun].is(kCueNoun) && (unit.items[noun].upper || !lexicon_.verb_second());
    if (!cue) continue;
    Quote quote;
    quote.kind = QuoteKind::Indirect;
    const std::uint32_t end = content_end(unit, c);
    if (w.any_taken(c, end)) continue;
    quote.parts.assign(1, w.text(c, end));
    std::vector<std::uint32_t> items{noun};
    if (noun > before.first && unit.items[noun - 1].is(kNominative | kOblique))
      items.insert(items.begin(), noun - 1);
    quote.cue = cue_spans(unit, items);
    if (before.finite != kNoItem && !unit.items[before.finite].is(kPassive)) {
      quote.speaker_span = phrase_span(unit, cues_.speaker(unit, c - 1, before.finite));
    }
    if (quote.speaker_span.overlaps(unit.items[noun].span)) quote.speaker_span = {};
    quote.frame = {unit.items[before.first].span.begin, before_space(quote.parts[0].begin)};
    w.take(c, end);
    add(w, std::move(quote));
  }
}

// "Trump: …", "Ihre Bilanz: „…“": a colon behind a phrase or clause without cue.
void Attributor::colons(Work& w) const {
  const Unit& unit = w.unit;
  for (std::uint32_t c = 1; c < w.segments(); ++c) {
    const Segment& segment = unit.segments[c];
    const Segment& before = unit.segments[c - 1];
    if (segment.before != Delimiter::Colon || w.result.taken[c] != 0 || before.quotation) continue;
    if (!segment.quotation && segment.mood != Mood::Subjunctive1) continue;
    // 'Insurers: "Ylva" costs millions': a name in marks, and the sentence goes on.
    const bool goes_on = c + 1 < w.segments() && unit.segments[c + 1].before == Delimiter::None;
    if (segment.quotation && goes_on &&
        title_like(unit, regions_[static_cast<std::size_t>(unit.items[segment.first].region)])) {
      continue;
    }
    Phrase speaker;
    if (before.finite != kNoItem) {
      speaker = cues_.speaker(unit, c - 1, before.finite);
    } else if (before.first == 0 && phrases_.starts_subject(unit, 0) && !unit.items[0].number &&
               before.last <= 8) {
      speaker = phrases_.at(unit, 0, before.last);
      if (speaker.last + 1 < before.last) speaker = {};
    }
    Quote quote;
    quote.kind = QuoteKind::Direct;
    const std::uint32_t end = segment.quotation ? c + 1 : content_end(unit, c);
    if (w.any_taken(c, end)) continue;
    if (!segment.quotation) quote.kind = QuoteKind::Indirect;
    quote.parts.assign(1, w.text(c, end));
    quote.speaker_span = phrase_span(unit, speaker);
    quote.frame = {unit.items[before.first].span.begin, before_space(quote.parts[0].begin)};
    w.take(c, end);
    add(w, std::move(quote));
  }
}

// "X wies die Vorwürfe zurück": the clause itself reports what was said.
void Attributor::reported(Work& w, const CueHit& hit) const {
  if (w.is_used(hit) || hit.relayed || (hit.takes & kTakesNoun) == 0) return;
  const Unit& unit = w.unit;
  const std::vector<Segment>& segments = unit.segments;
  if (hit.speaker.empty() || segments[hit.segment].subordinate) return;
  std::uint32_t first = hit.segment;
  while (first > 0 && (segments[first - 1].finite == kNoItem || segments[first - 1].subordinate)) {
    --first;
  }
  std::uint32_t last = hit.segment + 1;
  while (last < w.segments() && (segments[last].finite == kNoItem || segments[last].subordinate ||
                                 unit.items[segments[last].first].is(kCoordinator))) {
    ++last;
  }
  if (w.any_taken(first, last)) return;
  const Span text = w.text(first, last);
  Quote quote;
  quote.kind = QuoteKind::Reported;
  quote.parts.assign(1, {first == 0 ? unit.span.begin : text.begin,
                         last == w.segments() ? unit.span.end : text.end});
  give_roles(unit, hit, quote);
  quote.addressee = {};
  w.take(first, last);
  w.mark_used(hit);
  add(w, std::move(quote));
}

}  // namespace twosource::annotate::quote
