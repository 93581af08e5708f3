// Attributions behind or inside what is said: ", sagte X", ", so X", ", wie X mitteilte", "laut X".
#include <algorithm>

#include "annotate/quote/attribution.hpp"
#include "annotate/quote/attribution_work.hpp"
#include "text/utf8.hpp"

namespace twosource::annotate::quote {

// Quotation(s) and clauses before segment `k` and, if it goes on, behind it.
void Attributor::around(Work& w, std::uint32_t k, Quote quote, Phrase speaker) const {
  const Unit& unit = w.unit;
  std::uint32_t from = k;
  while (from > 0 && w.result.taken[from - 1] == 0 && !w.holds_used_hit(from - 1)) --from;
  if (from == k) return;
  if (unit.segments[k - 1].quotation) {
    quote.kind = QuoteKind::Direct;
    from = k - 1;
  } else {
    quote.kind = QuoteKind::Indirect;
    while (from < k && unit.items[unit.segments[from].first].is(kCoordinator) && from > 0) break;
  }
  quote.parts.assign(1, w.text(from, k));
  w.take(from, k);
  quote.frame = {after_text(quote.parts[0].end), w.text(k, k + 1).end};
  std::uint32_t next = k + 1;
  while (next < w.segments() && unit.segments[next].first < speaker.last) ++next;
  if (next > k + 1) quote.frame.end = unit.items[speaker.last - 1].span.end;
  if (next < w.segments()) {
    const Segment& after = unit.segments[next];
    const bool goes_on =
        after.quotation
            ? quote.kind == QuoteKind::Direct
            : quote.kind == QuoteKind::Indirect && !w.any_taken(next, w.segments()) &&
                  (after.complement || after.infinitive || after.finite == after.first ||
                   unit.segments[k - 1].finite == kNoItem);
    if (goes_on) {
      const std::uint32_t end = after.quotation ? next + 1 : content_end(unit, next);
      quote.parts.push_back(w.text(next, end));
      w.take(next, end);
    }
  }
  w.result.taken[k] = 2;
  add(w, std::move(quote));
}

std::uint32_t Attributor::after_text(std::uint32_t at) const {
  return utf8::trim_span(article_.text, {at, static_cast<std::uint32_t>(article_.text.size())})
      .begin;
}

void Attributor::inverted(Work& w, const CueHit& hit) const {
  const std::uint32_t k = hit.segment;
  if (k == 0 || w.result.taken[k] != 0) return;
  const Unit& unit = w.unit;
  const Segment& segment = unit.segments[k];
  if (unit.items[segment.first].is(kCoordinator)) return;
  const bool direct = unit.segments[k - 1].quotation;
  if (direct && unit.segments[k - 1].before == Delimiter::Colon) return;
  if (k + 1 < w.segments() && unit.segments[k + 1].before == Delimiter::Colon) return;
  if (!direct && segment.before != Delimiter::Comma && segment.before != Delimiter::Dash) return;
  if (!direct && (hit.takes & (kTakesClause | kTakesDirect | kTakesQuestion)) == 0) return;
  // "Stefan Sporn, der Vorsitzende, sagte, dass …": no clause before, so it is the subject.
  const Phrase subject = cues_.subject(unit, k, hit.finite);
  const bool apposed = subject.first < segment.first && !subject.empty() &&
                       (hit.speaker.empty() || hit.speaker.first < segment.first);
  if (!direct && apposed) return;
  const bool clause_before =
      std::any_of(unit.segments.begin(), unit.segments.begin() + k, [](const Segment& s) {
        return s.finite != kNoItem && !s.quotation && (!s.subordinate || s.complement);
      });
  const bool clause_after =
      k + 1 < w.segments() && unit.segments[k + 1].finite == unit.segments[k + 1].first;
  if (!direct && !clause_before && !clause_after &&
      !phrases_.starts_subject(unit, unit.segments[0].first)) {
    return;
  }
  Quote quote;
  give_roles(unit, hit, quote);
  const std::size_t before = w.result.drafts.size();
  around(w, k, std::move(quote), hit.speaker);
  if (w.result.drafts.size() > before) w.mark_used(hit);
}

// „…“, grinste X: behind a whole quotation any finite verb introduces its speaker.
void Attributor::unknown_inverted(Work& w) const {
  for (std::uint32_t k = 1; k < w.segments(); ++k) {
    const Segment& segment = w.unit.segments[k];
    if (!w.unit.segments[k - 1].quotation || w.result.taken[k] != 0 || w.result.taken[k - 1] != 0)
      continue;
    if (segment.quotation || segment.finite != segment.first) continue;
    if (w.unit.segments[k - 1].before == Delimiter::Colon) continue;
    const Phrase speaker = cues_.speaker(w.unit, k, segment.finite);
    if (speaker.empty()) continue;
    Quote quote;
    quote.cue = cue_spans(w.unit, {segment.finite});
    quote.speaker_span = phrase_span(w.unit, speaker);
    around(w, k, std::move(quote), speaker);
  }
}

// "Wie X mitteilte, …" and "…, wie X mitteilte".
void Attributor::as_clause(Work& w, const CueHit& hit) const {
  const std::uint32_t k = hit.segment;
  Quote quote;
  give_roles(w.unit, hit, quote);
  if (k > 0) {
    around(w, k, std::move(quote), hit.speaker);
    w.mark_used(hit);
    return;
  }
  if (w.segments() < 2) return;
  quote.kind = w.unit.segments[1].quotation ? QuoteKind::Direct : QuoteKind::Indirect;
  const std::uint32_t end = quote.kind == QuoteKind::Direct ? 2 : content_end(w.unit, 1);
  quote.parts.assign(1, w.text(1, end));
  quote.frame = {w.unit.items[0].span.begin, before_space(quote.parts[0].begin)};
  w.take(0, end);
  w.result.taken[0] = 2;
  w.mark_used(hit);
  add(w, std::move(quote));
}

// "…, so X": no verb, a subject behind "so".
void Attributor::so_phrases(Work& w) const {
  for (std::uint32_t k = 1; k < w.segments(); ++k) {
    const Segment& segment = w.unit.segments[k];
    if (segment.quotation || w.result.taken[k] != 0 || segment.finite != kNoItem) continue;
    if (!w.unit.items[segment.first].is(kSo) || segment.last - segment.first < 2) continue;
    const std::uint32_t at = PhraseReader::skip_light(w.unit, segment.first + 1, segment.last);
    if (at >= segment.last || !phrases_.starts_subject(w.unit, at)) continue;
    Phrase speaker = phrases_.at(w.unit, at, segment.last);
    if (speaker.empty()) continue;
    if (speaker.last == segment.last && k + 1 < w.segments()) {
      const Segment& next = w.unit.segments[k + 1];
      const bool apposition = next.before == Delimiter::Comma && !next.quotation &&
                              next.finite == kNoItem && w.unit.items[next.first].is(kNominative);
      const Phrase more = apposition ? phrases_.at(w.unit, next.first, next.last) : Phrase{};
      if (!more.empty()) speaker.last = more.last;
    }
    Quote quote;
    quote.cue = cue_spans(w.unit, {segment.first});
    quote.speaker_span = phrase_span(w.unit, speaker);
    around(w, k, std::move(quote), speaker);
  }
}

void Attributor::according(Work& w) const {
  for (std::uint32_t s = 0; s < w.segments(); ++s) {
    if (w.unit.segments[s].quotation || w.result.taken[s] != 0) continue;
    if (according_in(w, s)) return;
  }
}

bool Attributor::according_in(Work& w, std::uint32_t s) const {
  const Unit& unit = w.unit;
  const Segment& segment = unit.segments[s];
  for (std::uint32_t i = segment.first; i < segment.last; ++i) {
    const Item& item = unit.items[i];
    if (item.entry == nullptr) continue;
    const bool adverb = item.is(kAccordingAdverb) && i == segment.first && segment.finite == i + 1;
    if (adverb && (segment.mood != Mood::Indicative || !item.is(kAdverb))) {
      according_parts(w, s, {i, i + 1}, {}, i);
      return true;
    }
    if (item.is(kAccordingAfter) && i > segment.first) {
      const bool noun_before = unit.items[i - 1].is(kAccordingAfterNoun);
      if (!item.is(kAccordingNoun) || noun_before) {
        const bool opens = segment.finite == i + 1;
        const Phrase phrase =
            opens ? Phrase{segment.first, i} : phrases_.before(unit, segment.first, i);
        if (phrase.empty()) continue;
        according_parts(w, s, {phrase.first, i + 1}, phrase, i);
        return true;
      }
    }
    const bool preposition =
        item.is(kAccordingBefore) && !(item.is(kAccordingAfter) && i > segment.first);
    if (!preposition && !item.is(kAccordingNoun)) continue;
    std::uint32_t start = i + 1;
    if (start < segment.last && unit.items[start].is(kAccordingLink))
      ++start;
    else if (!lexicon_.verb_second())
      continue;
    bool source = preposition;
    for (std::uint32_t j = start; j < segment.last && j < start + 4 && !source; ++j) {
      source = unit.items[j].is(kSourceNoun) && unit.items[j].upper;
      if (unit.items[j].upper && !source) break;
    }
    if (!source || start >= segment.last) continue;
    const bool opens = i == segment.first && segment.finite != kNoItem && segment.finite > start;
    Phrase phrase = opens && lexicon_.verb_second() ? Phrase{start, segment.finite}
                                                    : phrases_.at(unit, start, segment.last);
    if (phrase.empty() && !lexicon_.verb_second()) phrase = {start, segment.last};
    if (phrase.empty()) continue;
    according_parts(w, s, {i, phrase.last}, phrase, i);
    return true;
  }
  return false;
}

// What stands before and behind the phrase is said.
void Attributor::according_parts(Work& w, std::uint32_t s, Phrase whole, Phrase speaker,
                                 std::uint32_t cue) const {
  const Unit& unit = w.unit;
  std::uint32_t first = s;
  while (first > 0 && w.result.taken[first - 1] == 0) --first;
  std::uint32_t last = s + 1;
  while (last < w.segments() && w.result.taken[last] == 0) ++last;
  Quote quote;
  quote.kind = QuoteKind::Indirect;
  // Inside a relative clause only that clause is meant.
  const Segment& own = unit.segments[s];
  const bool relative = s > 0 && own.before == Delimiter::Comma && whole.first > own.first &&
                        unit.items[own.first].is(kRelative) && own.finite + 1 == own.last;
  if (relative) {
    first = s;
    last = s + 1;
  }
  const std::uint32_t begin = relative ? whole.first : unit.segments[first].first;
  const std::uint32_t end = unit.segments[last - 1].last;
  if (whole.first > begin) quote.parts.push_back(unit.span_of(begin, whole.first));
  if (whole.last < end) quote.parts.push_back(unit.span_of(whole.last, end));
  if (quote.parts.empty()) return;
  std::vector<std::uint32_t> items{cue};
  if (cue + 1 < unit.items.size() && unit.items[cue + 1].is(kAccordingLink))
    items.push_back(cue + 1);
  quote.cue = cue_spans(unit, items);
  quote.speaker_span = phrase_span(unit, speaker);
  quote.frame = marked(unit.span_of(whole.first, whole.last), unit);
  w.take(first, last);
  add(w, std::move(quote));
}

}  // namespace twosource::annotate::quote
