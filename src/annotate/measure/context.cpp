// What stands around a number: its head noun, the clause's modality, what a duration is of.
#include <algorithm>

#include "annotate/measure/reader.hpp"

namespace twosource::annotate {
namespace {

constexpr std::size_t kMaxModifiers = 4;  // words between a number and its noun
constexpr std::size_t kBeforeReach = 3;   // "der geplanten nur 30 Minuten"

}  // namespace

Span MeasureReader::noun_phrase(std::size_t at, std::size_t end) const {
  return words_.capital_nouns ? noun_phrase_capital(at, end) : noun_phrase_plural(at, end);
}

// Where nouns have a capital: adjectives in lower case, then the first word with a capital.
Span MeasureReader::noun_phrase_capital(std::size_t at, std::size_t end) const {
  for (std::size_t i = at; i < end && i <= at + kMaxModifiers; ++i) {
    const Token& t = layer_.tokens[i];
    if (t.kind != TokenKind::Word || t.abbreviation) return {};
    if (words_.at(MeasureWord::Skip, layer_, i, end) > 0) return {};
    if (t.upper || (t.has_digit && i > at)) return tokens_span(at, i + 1);
  }
  return {};
}

// Elsewhere: up to the first plural, or the whole run of ordinary words.
Span MeasureReader::noun_phrase_plural(std::size_t at, std::size_t end) const {
  at += words_.at(MeasureWord::Leading, layer_, at, end);  // "eight more people"
  std::size_t i = at;
  while (i < end && i <= at + kMaxModifiers) {
    const Token& t = layer_.tokens[i];
    if (t.kind != TokenKind::Word || t.abbreviation ||
        words_.at(MeasureWord::Skip, layer_, i, end) > 0) {
      break;
    }
    const std::string_view word = layer_.lower(i);
    ++i;
    const bool plural = word.size() > 3 && !words_.plural_end.empty() &&
                        word.ends_with(words_.plural_end) && !word.ends_with("ss");
    if (plural || words_.at(MeasureWord::PluralIrregular, layer_, i - 1, end) > 0) {
      return tokens_span(at, i);
    }
  }
  if (i == at + 2 && !words_.verb_end.empty() && layer_.lower(at + 1).ends_with(words_.verb_end)) {
    return tokens_span(at, at + 1);  // "of diesel leaked"
  }
  return i > at && i <= at + 2 ? tokens_span(at, i) : Span{};
}

Modality MeasureReader::modality(std::size_t first, std::size_t last, std::size_t begin,
                                 std::size_t end, bool lasts) const {
  const std::size_t near = first > begin + kBeforeReach ? first - kBeforeReach : begin;
  for (std::size_t i = near; i < last; ++i) {
    if (words_.at(MeasureWord::PlannedBefore, layer_, i, last) > 0) return Modality::Planned;
    if (i < first && words_.at(MeasureWord::Denied, layer_, i, first) > 0) {
      if (i + 2 >= first && words_.bound_at(layer_, i, first).tokens == 0) return Modality::Denied;
    }
  }
  std::size_t low = first;
  std::size_t high = last;
  while (low > begin && words_.at(MeasureWord::ClauseEnd, layer_, low - 1, low) == 0) --low;
  while (high < end && words_.at(MeasureWord::ClauseEnd, layer_, high, high + 1) == 0) ++high;
  // "Die Behörde bestritt, dass 40 Akten fehlen": the verb may stand one clause before.
  std::size_t clauses = 0;
  for (std::size_t i = first; i > begin && clauses < 2; --i) {
    if (words_.at(MeasureWord::ClauseEnd, layer_, i - 1, i) > 0) ++clauses;
    if (words_.at(MeasureWord::Denier, layer_, i - 1, first) > 0) return Modality::Denied;
    if (words_.at(MeasureWord::Planner, layer_, i - 1, first) > 0) return Modality::Planned;
  }
  Modality found = Modality::Actual;
  bool intended = false;
  for (std::size_t i = low; i < high; ++i) {
    if (i >= first && i < last) continue;
    if (words_.at(MeasureWord::Planned, layer_, i, high) > 0) return Modality::Planned;
    if (lasts && words_.at(MeasureWord::PlannedDuration, layer_, i, high) > 0) {
      return Modality::Planned;
    }
    if (words_.at(MeasureWord::Intent, layer_, i, high) > 0) {
      std::size_t stop = high;  // "soll 400 Euro gestohlen haben" is hearsay, no plan
      while (stop > i && layer_.tokens[stop - 1].kind != TokenKind::Word) --stop;
      const bool hearsay = words_.before(MeasureWord::HearsayEnd, layer_, i, stop) > 0;
      if (hearsay) return Modality::Possible;
      intended = true;
    }
    if (words_.at(MeasureWord::Possible, layer_, i, high) > 0) found = Modality::Possible;
  }
  return found == Modality::Actual && intended ? Modality::Planned : found;
}

// "zwei Stunden der Beratungen", else the nearest word for something that lasts.
Span MeasureReader::what_lasts(std::size_t first, std::size_t last, std::size_t begin,
                               std::size_t end) const {
  if (last < end && words_.at(MeasureWord::OfLink, layer_, last, end) > 0) {
    if (const Span of = noun_phrase(last + 1, end); !of.empty()) return of;
  }
  Span best;
  std::size_t distance = end - begin + 1;
  for (std::size_t i = begin; i < end; ++i) {
    if (i >= first && i < last) continue;
    const std::size_t d = i < first ? first - i : i - last;
    if (d < distance && words_.at(MeasureWord::Lasting, layer_, i, i + 1) > 0) {
      distance = d;
      best = layer_.tokens[i].span;
    }
  }
  return best;
}

}  // namespace twosource::annotate
