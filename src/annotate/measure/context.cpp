// What stands around a number: its head noun, the clause's modality, what a duration is of.
#include <algorithm>

#include "annotate/measure/reader.hpp"

namespace twosource::annotate {
namespace {

constexpr std::size_t kMaxModifiers = 4;  // words between a number and its noun
constexpr std::size_t kStateReach = 8;    // words between a number's verb and what happened
constexpr std::size_t kBeforeReach = 3;   // "der geplanten nur 30 Minuten"

}  // namespace

// What begins at a token: one table is asked once a token, not each class's.
std::uint64_t MeasureReader::marks(std::size_t i) const {
  std::uint64_t& known = marks_[i];
  if (known == 0) known = words_.marks(layer_.word(i)) | (std::uint64_t{1} << 63U);
  return known;
}

std::uint32_t MeasureReader::at(MeasureWord word, std::size_t i, std::size_t end) const {
  if (i >= end || (marks(i) >> static_cast<unsigned>(word) & 1U) == 0) return 0;
  return words_.at(word, layer_, i, end);
}

std::uint32_t MeasureReader::before(MeasureWord word, std::size_t begin, std::size_t i) const {
  for (std::size_t length = std::min<std::size_t>(3, i - begin); length > 0; --length) {
    if (at(word, i - length, i) == length) return static_cast<std::uint32_t>(length);
  }
  return 0;
}

MeasureLexicon::BoundMatch MeasureReader::bound_at(std::size_t i, std::size_t end) const {
  if (i >= end || (marks(i) >> MeasureLexicon::kBoundBit & 1U) == 0) return {};
  return words_.bound_at(layer_, i, end);
}

// The bound whose words end right before token `i`, not reaching below `begin`.
MeasureLexicon::BoundMatch MeasureReader::bound_before(std::size_t begin, std::size_t i) const {
  for (std::size_t length = std::min<std::size_t>(4, i - begin); length > 0; --length) {
    const MeasureLexicon::BoundMatch m = bound_at(i - length, i);
    if (m.tokens == length) return m;
  }
  return {};
}

const MeasureUnit* MeasureReader::unit_at(std::size_t i, std::size_t end,
                                          std::uint32_t& tokens) const {
  if (i >= end || (marks(i) >> MeasureLexicon::kUnitBit & 1U) == 0) return nullptr;
  return words_.unit_at(layer_, i, end, tokens);
}

Span MeasureReader::noun_phrase(std::size_t first, std::size_t end) const {
  return words_.capital_nouns ? noun_phrase_capital(first, end) : noun_phrase_plural(first, end);
}

// Where nouns have a capital: adjectives in lower case, then the first word with a capital.
Span MeasureReader::noun_phrase_capital(std::size_t first, std::size_t end) const {
  for (std::size_t i = first; i < end && i <= first + kMaxModifiers; ++i) {
    const Token& t = layer_.tokens[i];
    if (t.kind != TokenKind::Word || t.abbreviation) return {};
    if (at(MeasureWord::Skip, i, end) > 0) return {};
    if (t.upper || (t.has_digit && i > first)) return tokens_span(first, i + 1);
  }
  return {};
}

// Elsewhere: up to the first plural, or the whole run of ordinary words.
Span MeasureReader::noun_phrase_plural(std::size_t first, std::size_t end) const {
  first += at(MeasureWord::Leading, first, end);  // "eight more people"
  std::size_t i = first;
  while (i < end && i <= first + kMaxModifiers) {
    const Token& t = layer_.tokens[i];
    if (t.kind != TokenKind::Word || t.abbreviation || at(MeasureWord::Skip, i, end) > 0) {
      break;
    }
    const std::string_view word = layer_.lower(i);
    ++i;
    const bool plural = word.size() > 3 && !words_.plural_end.empty() &&
                        word.ends_with(words_.plural_end) && !word.ends_with("ss");
    if (plural || at(MeasureWord::PluralIrregular, i - 1, end) > 0) {
      return tokens_span(first, i);
    }
  }
  if (i == first + 2 && !words_.verb_end.empty() &&
      layer_.lower(first + 1).ends_with(words_.verb_end)) {
    return tokens_span(first, first + 1);  // "of diesel leaked"
  }
  return i > first && i <= first + 2 ? tokens_span(first, i) : Span{};
}

// "zwölf wurden verletzt", "14 von ihnen starben": the word for what happened to those who are
// counted, where no noun says who they are. It must stand in the clause, behind its verb or "von
// ihnen".
Span MeasureReader::counted_by_state(const Found& f, std::size_t end) const {
  std::size_t i = f.next;
  if (at(MeasureWord::CountedState, i, end) > 0) return tokens_span(i, i + 1);
  const std::uint32_t elliptic = at(MeasureWord::Elliptic, i, end);
  i += elliptic;
  if (at(MeasureWord::CountedState, i, end) > 0) return tokens_span(i, i + 1);
  if (elliptic == 0 && at(MeasureWord::CountedVerb, i, end) == 0) return {};
  for (std::size_t j = i; j < end && j < i + kStateReach && !clause_ends(j, end); ++j) {
    if (at(MeasureWord::CountedState, j, end) > 0) return tokens_span(j, j + 1);
  }
  return {};
}

Modality MeasureReader::modality(std::size_t first, std::size_t last, std::size_t begin,
                                 std::size_t end, bool lasts) const {
  const std::size_t near = first > begin + kBeforeReach ? first - kBeforeReach : begin;
  for (std::size_t i = near; i < last; ++i) {
    if (at(MeasureWord::PlannedBefore, i, last) > 0) return Modality::Planned;
    if (i < first && at(MeasureWord::Denied, i, first) > 0) {
      if (i + 2 >= first && bound_at(i, first).tokens == 0) return Modality::Denied;
    }
  }
  std::size_t low = first;
  std::size_t high = last;
  while (low > begin && at(MeasureWord::ClauseEnd, low - 1, low) == 0) --low;
  while (high < end && at(MeasureWord::ClauseEnd, high, high + 1) == 0) ++high;
  // "Die Behörde bestritt, dass 40 Akten fehlen": the verb may stand one clause before.
  std::size_t clauses = 0;
  for (std::size_t i = first; i > begin && clauses < 2; --i) {
    if (at(MeasureWord::ClauseEnd, i - 1, i) > 0) ++clauses;
    if (at(MeasureWord::Denier, i - 1, first) > 0) return Modality::Denied;
    if (at(MeasureWord::Planner, i - 1, first) > 0) return Modality::Planned;
  }
  Modality found = Modality::Actual;
  bool intended = false;
  for (std::size_t i = low; i < high; ++i) {
    if (i >= first && i < last) continue;
    if (at(MeasureWord::Planned, i, high) > 0) return Modality::Planned;
    if (lasts && at(MeasureWord::PlannedDuration, i, high) > 0) {
      return Modality::Planned;
    }
    if (at(MeasureWord::Intent, i, high) > 0) {
      std::size_t stop = high;  // "soll 400 Euro gestohlen haben" is hearsay, no plan
      while (stop > i && layer_.tokens[stop - 1].kind != TokenKind::Word) --stop;
      const bool hearsay = before(MeasureWord::HearsayEnd, i, stop) > 0;
      if (hearsay) return Modality::Possible;
      intended = true;
    }
    if (at(MeasureWord::Possible, i, high) > 0) found = Modality::Possible;
  }
  return found == Modality::Actual && intended ? Modality::Planned : found;
}

// "zwei Stunden der Beratungen", else the nearest word for something that lasts.
Span MeasureReader::what_lasts(std::size_t first, std::size_t last, std::size_t begin,
                               std::size_t end) const {
  if (last < end && at(MeasureWord::OfLink, last, end) > 0) {
    if (const Span of = noun_phrase(last + 1, end); !of.empty()) return of;
  }
  Span best;
  std::size_t distance = end - begin + 1;
  for (std::size_t i = begin; i < end; ++i) {
    if (i >= first && i < last) continue;
    const std::size_t d = i < first ? first - i : i - last;
    if (d < distance && at(MeasureWord::Lasting, i, i + 1) > 0) {
      distance = d;
      best = layer_.tokens[i].span;
    }
  }
  return best;
}

}  // namespace twosource::annotate
