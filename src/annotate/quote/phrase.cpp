#include "annotate/quote/phrase.hpp"

#include <algorithm>

namespace twosource::annotate::quote {

NameMap::NameMap(const Article& article) {
  for (const Mention& m : article.mentions) {
    if (m.kind == MentionKind::Name) names_.push_back(m.span);
  }
  std::sort(names_.begin(), names_.end());
}

bool NameMap::is_name(Span span) const noexcept {
  auto it = std::upper_bound(names_.begin(), names_.end(), span,
                             [](Span a, Span b) { return a.begin < b.begin; });
  return it != names_.begin() && std::prev(it)->contains(span);
}

// A lower-case word without a function of its own, or a number: what stands before a noun.
bool PhraseReader::modifier(const Item& item) {
  if (item.region >= 0) return false;
  if (item.number) return true;
  if (item.upper) return false;
  if (item.entry == nullptr) return true;
  constexpr std::uint64_t kNouns =
      kSourceNoun | kCueNoun | kAddressee;  // "officials", "report", "agency"
  if (item.entry->kinds == 0 && (item.entry->classes & ~kNouns) == 0) return true;
  if (item.is(kNominative | kOblique) && !item.is(kPreposition)) return false;
  return item.form(kParticiple) && item.entry->classes == 0;
}

// English titles are small: "said Leipzig [sporting director Max Eberl]".
std::uint32_t PhraseReader::with_title(const Unit& unit, std::uint32_t at,
                                       std::uint32_t end) const {
  constexpr std::uint32_t kLongestTitle = 4;  // words
  std::uint32_t i = at;
  while (i < end && i < at + kLongestTitle && !unit.items[i].number && modifier(unit.items[i])) ++i;
  if (i == at || i >= end || !unit.items[i].upper || !names_.is_name(unit.items[i].span)) return at;
  while (i < end && unit.items[i].upper && unit.items[i].region < 0) ++i;
  return i;
}

std::uint32_t PhraseReader::core(const Unit& unit, std::uint32_t at, std::uint32_t end,
                                 std::uint64_t determiners) const {
  std::uint32_t i = at;
  bool determined = false;
  while (i < end && unit.items[i].is(determiners) && i < at + 2) {
    ++i;
    determined = true;
  }
  const std::uint32_t adjectives = i;
  while (i < end && modifier(unit.items[i]) && i < adjectives + 5) ++i;
  if (!determined && i > adjectives && !lexicon_.verb_second()) {
    // "said analyst Victor Lund"
    if (const std::uint32_t named = with_title(unit, adjectives, end); named > adjectives) {
      return named;
    }
    i = adjectives;
  }
  const std::uint32_t nouns = i;
  while (i < end && unit.items[i].region < 0 && unit.items[i].upper &&
         !(unit.items[i].is(kPronoun | kNominative | kOblique | kPreposition) && i > nouns) &&
         !(!determined && i > nouns && unit.items[i].is(kAddressee) &&
           !unit.items[nouns].is(kAddressee))) {
    ++i;
  }
  if (i > nouns) return lexicon_.verb_second() ? i : with_title(unit, i, end);
  // English nouns are not capitalised: the words up to the next function word.
  if (determined && !lexicon_.verb_second() && nouns > adjectives) return nouns;
  return determined && unit.items[at].is(kPronoun) ? at + 1 : at;
}

std::uint32_t PhraseReader::tail(const Unit& unit, std::uint32_t at, std::uint32_t end, bool common,
                                 bool determined) const {
  std::uint32_t i = at;
  for (int rounds = 0; rounds < 4 && i < end; ++rounds) {
    const Item& item = unit.items[i];
    std::uint32_t next = i;
    if (common && item.is(kGenitive)) {
      next = core(unit, i, end, kGenitive);
      // "sagte Wendt der Zeitung": without determiner in front, the medium is addressed; and "wie
      // ein Sprecher der Werke der Agentur sagte": nobody speaks for two.
      if ((!determined || rounds > 0) &&
          std::any_of(unit.items.begin() + i, unit.items.begin() + next,
                      [](const Item& x) { return x.is(kAddressee); })) {
        next = i;
      }
    }
    if (next == i && common && item.is(kComplementPreposition)) {
      const std::uint32_t inner = core(unit, i + 1, end, kOblique | kNominative);
      if (inner > i + 1) next = inner;
    }
    if (next == i && item.is(kCoordinator) && i + 1 < end &&
        (unit.items[i + 1].upper || unit.items[i + 1].is(kNominative))) {
      const std::uint32_t inner = core(unit, i + 1, end, kNominative | kOblique);
      if (inner > i + 1) next = inner;
    }
    if (next <= i) break;
    i = next;
  }
  return i;
}

Phrase PhraseReader::at(const Unit& unit, std::uint32_t at, std::uint32_t end) const {
  if (at >= end || unit.items[at].region >= 0) return {};
  const Item& start = unit.items[at];
  const std::uint32_t i = core(unit, at, end, kNominative | kOblique);
  if (i == at || (i == at + 1 && start.is(kPronoun) && !start.is(kNominative))) {
    return start.is(kPronoun) ? Phrase{at, at + 1} : Phrase{};
  }
  const bool determined = start.is(kNominative | kOblique);
  const bool named = names_.is_name(unit.items[i - 1].span) ||
                     (!determined && i - at >= 2 && unit.items[i - 2].upper);
  return {at, tail(unit, i, end, !named, determined)};
}

Phrase PhraseReader::before(const Unit& unit, std::uint32_t from, std::uint32_t end) const {
  std::uint32_t i = end;
  std::uint32_t determiner = kNoItem;
  while (i > from) {
    const Item& item = unit.items[i - 1];
    if (item.region >= 0) break;
    const bool det = item.is(kNominative | kOblique | kGenitive);
    if (det) determiner = i - 1;
    if (!det && !item.upper && !modifier(item) && !item.is(kComplementPreposition)) break;
    --i;
  }
  if (determiner != kNoItem) return {determiner, end};
  while (lexicon_.verb_second() && i < end && !unit.items[i].upper) ++i;
  return {i, end};
}

std::uint32_t PhraseReader::skip_light(const Unit& unit, std::uint32_t at, std::uint32_t end) {
  std::uint32_t i = at;
  while (i < end && unit.items[i].region < 0 &&
         (unit.items[i].is(kReflexive | kAdverb | kNegation) || unit.items[i].is(kObjectPronoun)) &&
         !unit.items[i].is(kNominative | kPronoun)) {
    ++i;
  }
  return i;
}

Phrase PhraseReader::trim(const Unit& unit, Phrase phrase) {
  while (!phrase.empty() && unit.items[phrase.first].is(kCoordinator)) ++phrase.first;
  while (phrase.last > phrase.first + 1 && unit.items[phrase.last - 1].is(kAdverb | kReflexive) &&
         !unit.items[phrase.last - 1].upper && !unit.items[phrase.last - 1].is(kPronoun)) {
    --phrase.last;
  }
  return phrase;
}

bool PhraseReader::starts_subject(const Unit& unit, std::uint32_t at) const {
  const Item& item = unit.items[at];
  if (item.region >= 0) return false;
  if (item.is(kNominative | kPronoun)) return true;
  if (item.is(kPreposition | kAdverb | kOblique | kSubordinator | kQuestion | kSo | kAs |
              kObjectPronoun | kReflexive | kAccordingBefore | kAccordingAdverb |
              kComplementiser)) {
    return false;
  }
  return item.upper || item.number || modifier(item);
}

}  // namespace twosource::annotate::quote
