#include "annotate/quote/attribution.hpp"

#include <algorithm>

#include "annotate/quote/attribution_work.hpp"
#include "text/utf8.hpp"

namespace twosource::annotate::quote {

namespace {

// Longer "sentences" (tables, lists without full stops) are not speech; also keeps the work linear.
constexpr std::size_t kLongestUnit = 600;

}  // namespace

Attributor::Result Attributor::run(const Unit& unit) const {
  Work w{unit, {}, {}, {}};
  w.result.taken.assign(unit.segments.size(), 0);
  if (unit.items.empty() || unit.items.size() > kLongestUnit) return std::move(w.result);
  w.hits = cues_.find(unit);
  w.used.assign(w.hits.size(), 0);
  w.result.cued = !w.hits.empty();
  for (const CueHit& hit : w.hits) {
    if (hit.as_clause) as_clause(w, hit);
  }
  for (const CueHit& hit : w.hits) {
    if (hit.inverted) inverted(w, hit);
  }
  unknown_inverted(w);
  so_phrases(w);
  if (lexicon_.verb_second()) {
    for (const CueHit& hit : w.hits) forward(w, hit);
  } else {
    fixed_order(w);
  }
  colons(w);
  according(w);
  cue_nouns(w);
  if (lexicon_.verb_second()) {
    for (const CueHit& hit : w.hits) reported(w, hit);
  }
  fragments(w);
  subject(w);
  return std::move(w.result);
}

// Marks that belong to the text of the span are taken in on both sides.
Span Attributor::marked(Span span, const Unit& unit) const {
  for (const std::uint32_t f : unit.fragments) {
    const MarkedRegion& region = regions_[f];
    if (!region.span.overlaps(span)) continue;
    const std::uint32_t first_word = layer_.tokens[region.first_token].span.end;
    if (span.begin >= first_word && span.begin <= first_word + 1) span.begin = region.span.begin;
    if (span.contains(region.span.begin) && span.end < region.span.end &&
        region.span.end - span.end <= 6) {
      span.end = region.span.end;
    }
  }
  return span;
}

Span Attributor::phrase_span(const Unit& unit, Phrase phrase) const {
  if (phrase.empty()) return {};
  return marked(unit.span_of(phrase.first, phrase.last), unit);
}

// Neighbouring cue words make one span: "ging davon aus".
std::vector<Span> Attributor::cue_spans(const Unit& unit,
                                        const std::vector<std::uint32_t>& items) const {
  std::vector<Span> spans;
  for (std::size_t k = 0; k < items.size(); ++k) {
    const Item& item = unit.items[items[k]];
    const bool joined =
        k > 0 && items[k - 1] + 1 == items[k] && unit.items[items[k - 1]].token + 1 == item.token;
    if (joined)
      spans.back().end = item.span.end;
    else
      spans.push_back(item.span);
  }
  return spans;
}

void Attributor::give_roles(const Unit& unit, const CueHit& hit, Quote& quote) const {
  quote.cue = cue_spans(unit, hit.items);
  quote.speaker_span = phrase_span(unit, hit.speaker);
  quote.addressee = phrase_span(unit, hit.addressee);
}

void Attributor::add(Work& w, Quote quote) const {
  for (Span& part : quote.parts) part = marked(part, w.unit);
  quote.span = {quote.parts.front().begin, quote.parts.back().end};
  w.result.drafts.push_back({std::move(quote), false});
}

bool Attributor::title_like(const Unit& unit, const MarkedRegion& region) const {
  std::uint32_t words = 0;
  std::uint32_t capitals = 0;
  for (std::size_t i = region.first_token; i < region.last_token; ++i) {
    const Token& token = layer_.tokens[i];
    if (token.kind != TokenKind::Word) continue;
    ++words;
    if (token.upper) ++capitals;
  }
  if (words == 0) return true;
  const Item* before = nullptr;
  for (const Item& item : unit.items) {
    if (item.token >= region.first_token) break;
    before = &item;
  }
  if (before != nullptr && before->is(kTitleNoun | kScare)) return true;
  return capitals == words && words <= 4;
}

// Fragments: quoted words inside a quotation, or labelled by a cue of their clause.
void Attributor::fragments(Work& w) const {
  const std::size_t drafts = w.result.drafts.size();
  for (const std::uint32_t f : w.unit.fragments) {
    const MarkedRegion& region = regions_[f];
    if (title_like(w.unit, region)) continue;
    bool claimed = false;
    for (std::size_t d = 0; d < drafts && !claimed; ++d) {
      Quote& outer = w.result.drafts[d].quote;
      const bool inside = std::any_of(outer.parts.begin(), outer.parts.end(),
                                      [&](Span part) { return part.contains(region.span); });
      if (!inside) continue;
      claimed = true;
      if (!lexicon_.split_fragments()) {
        if (outer.kind == QuoteKind::Indirect) outer.kind = QuoteKind::Mixed;
        break;
      }
      if (std::find(outer.parts.begin(), outer.parts.end(), region.span) != outer.parts.end())
        break;
      Quote inner = outer;
      inner.parts.assign(1, region.span);
      inner.span = region.span;
      inner.kind = QuoteKind::Direct;
      if (outer.kind == QuoteKind::Indirect) outer.kind = QuoteKind::Mixed;
      w.result.drafts.push_back({std::move(inner), true});
    }
    for (const CueHit& hit : w.hits) {
      if (claimed || (hit.takes & (kTakesLabel | kTakesDirect | kTakesNoun)) == 0) continue;
      const Segment& segment = w.unit.segments[hit.segment];
      const Span range = w.unit.span_of(segment.first, segment.last);
      if (!range.overlaps(region.span)) continue;
      if (phrase_span(w.unit, hit.speaker).overlaps(region.span)) continue;
      Quote quote;
      quote.kind = QuoteKind::Direct;
      quote.parts.assign(1, region.span);
      give_roles(w.unit, hit, quote);
      quote.frame = range;
      if (quote.frame.contains(region.span.begin))
        quote.frame.end = before_space(region.span.begin);
      add(w, std::move(quote));
      claimed = true;
    }
    if (!claimed) w.result.fragments.push_back(f);
  }
}

// End of the text before `at` without blanks.
std::uint32_t Attributor::before_space(std::uint32_t at) const {
  return utf8::trim_span(article_.text, {0, at}).end;
}

void Attributor::subject(Work& w) const {
  for (std::uint32_t s = 0; s < w.unit.segments.size(); ++s) {
    const Segment& segment = w.unit.segments[s];
    if (segment.finite == kNoItem || segment.subordinate || segment.quotation) continue;
    w.result.subject = phrase_span(w.unit, cues_.subject(w.unit, s, segment.finite));
    return;
  }
}

}  // namespace twosource::annotate::quote
