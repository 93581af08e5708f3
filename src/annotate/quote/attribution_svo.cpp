// Languages with subject, verb, object in fixed order: "X said (that) …", "…, X said".
#include "annotate/quote/attribution.hpp"
#include "annotate/quote/attribution_work.hpp"

namespace twosource::annotate::quote {
namespace {

// Does what a cue takes as a clause hold a finite verb of its own, before another clause begins
// ("showed no emotion as the judge spoke" does not)?
bool has_own_finite(const Unit& unit, std::uint32_t from, std::uint32_t to) {
  for (std::uint32_t i = from; i < to; ++i) {
    const Item& item = unit.items[i];
    if (item.form(kFinite) || item.is(kAuxiliary | kModal)) return true;
    const bool other = item.is(kSubordinator) && !item.is(kComplementiser | kRelative);
    if (i > from && other && unit.items[i - 1].token + 1 == item.token) return false;
  }
  return false;
}

// First item of the cue's complement in its segment: behind the cue, adverbs and an addressee.
std::uint32_t complement_start(const Unit& unit, const CueHit& hit, std::uint32_t end) {
  std::uint32_t at = hit.items.back() + 1;
  while (at < end && unit.items[at].region < 0 && unit.items[at].is(kAdverb | kReflexive)) ++at;
  for (std::uint32_t i = at; i < end && i < at + 8; ++i) {
    if (unit.items[i].region < 0 && unit.items[i].is(kComplementiser)) return i;
    if (i > at && unit.items[i].form(kFinite)) break;
  }
  if (hit.addressee.first == at && hit.addressee.last <= end && !hit.addressee.empty()) {
    at = hit.addressee.last;
    while (at < end && unit.items[at].is(kAdverb)) ++at;
  }
  return at;
}

bool has_finite(const Unit& unit, std::uint32_t from, std::uint32_t to) {
  for (std::uint32_t i = from; i < to; ++i) {
    if (unit.items[i].form(kFinite) || unit.items[i].is(kAuxiliary | kModal)) return true;
  }
  return false;
}

}  // namespace

// "…, X said" first: what it closes is said by X, whatever other cues it holds ("The hackers
// demanded money, two sources told the paper").
void Attributor::fixed_order(Work& w) const {
  const auto free = [&](const CueHit& hit) {
    return !w.is_used(hit) && w.result.taken[hit.segment] == 0;
  };
  for (const CueHit& hit : w.hits) {
    if (free(hit)) fixed_order_behind(w, hit);
  }
  for (const CueHit& hit : w.hits) {
    if (free(hit)) fixed_order_hit(w, hit);
  }
}

void Attributor::fixed_order_behind(Work& w, const CueHit& hit) const {
  const Unit& unit = w.unit;
  const std::uint32_t k = hit.segment;
  const Segment& segment = unit.segments[k];
  if (k == 0 || segment.subordinate || hit.speaker.empty()) return;
  if ((hit.takes & (kTakesClause | kTakesDirect)) == 0) return;
  if (hit.speaker.first > segment.first + 1 + (segment.first == hit.finite ? 1U : 0U)) return;
  const std::uint32_t at = complement_start(unit, hit, segment.last);
  const bool direct = unit.segments[k - 1].quotation;
  const bool empty_tail = at >= segment.last || unit.items[at].is(kPreposition | kSubordinator) ||
                          hit.speaker.first >= hit.finite;
  // “…,” she told him outside the court.
  const bool plain_tail = direct && !quotation_next(w, k) && !has_finite(unit, at, segment.last);
  if (!empty_tail && !plain_tail) return;
  // "Larger spill than thought, state says": headlines do without verbs.
  const bool headline = unit.paragraph < article_.paragraphs.size() &&
                        article_.paragraphs[unit.paragraph].kind == ParagraphKind::Headline &&
                        at >= segment.last;
  const bool clause = headline || has_finite(unit, unit.segments[0].first, segment.first);
  if (!direct && !(clause && segment.before == Delimiter::Comma)) return;
  Quote quote;
  give_roles(unit, hit, quote);
  const std::size_t before = w.result.drafts.size();
  around(w, k, std::move(quote), hit.speaker);
  if (w.result.drafts.size() > before) w.mark_used(hit);
}

// Does a quotation that nobody has follow segment k?
bool Attributor::quotation_next(const Work& w, std::uint32_t k) const {
  return k + 1 < w.segments() && w.unit.segments[k + 1].quotation && w.result.taken[k + 1] == 0 &&
         !w.unit.segments[k].quotation;
}

void Attributor::fixed_order_hit(Work& w, const CueHit& hit) const {
  const bool takes = (hit.takes & (kTakesClause | kTakesDirect | kTakesLabel)) != 0;
  if (takes && quotation_next(w, hit.segment) && quotations_after(w, hit, hit.segment + 1)) return;
  const Segment& segment = w.unit.segments[hit.segment];
  fixed_order_content(w, hit, complement_start(w.unit, hit, segment.last));
}

// What stands behind the cue up to the end of the sentence.
void Attributor::fixed_order_content(Work& w, const CueHit& hit, std::uint32_t at) const {
  const Unit& unit = w.unit;
  const Segment& segment = unit.segments[hit.segment];
  const std::uint32_t end = content_end(unit, hit.segment);
  if (w.any_taken(hit.segment, end)) return;
  const std::uint32_t last = unit.segments[end - 1].last;
  Quote quote;
  give_roles(unit, hit, quote);
  if (at >= segment.last) {
    const bool next = hit.segment + 1 < end && (hit.takes & kTakesClause) != 0 &&
                      has_finite(unit, segment.last, last);
    if (!next) return;
    at = segment.last;
  }
  const bool clause = unit.items[at].is(kComplementiser | kQuestion) ||
                      (has_own_finite(unit, at, last) && !unit.items[at].is(kPreposition));
  const bool infinitive = unit.items[at].is(kInfinitiveMark);
  if (clause && (hit.takes & (kTakesClause | kTakesQuestion)) != 0)
    quote.kind = QuoteKind::Indirect;
  else if (infinitive && (hit.takes & kTakesInfinitive) != 0)
    quote.kind = QuoteKind::Indirect;
  else if ((hit.takes & kTakesNoun) != 0 && !unit.items[at].is(kPreposition))
    quote.kind = QuoteKind::Reported;
  else
    return;
  if (hit.passive && quote.kind == QuoteKind::Reported) return;
  quote.parts.assign(1, unit.span_of(at, last));
  quote.frame = {unit.items[segment.first].span.begin, before_space(quote.parts[0].begin)};
  w.take(hit.segment, end);
  w.mark_used(hit);
  add(w, std::move(quote));
}

}  // namespace twosource::annotate::quote
