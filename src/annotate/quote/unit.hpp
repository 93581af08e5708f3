#pragma once

#include <cstdint>
#include <vector>

#include "annotate/quote/lexicon.hpp"
#include "annotate/quote/marks.hpp"
#include "annotate/quote/speech_mood.hpp"
#include "article/article.hpp"

namespace twosource::annotate::quote {

inline constexpr std::uint32_t kNoItem = static_cast<std::uint32_t>(-1);

// One step of a clause: a word, a delimiter, or a whole quotation that stands for itself.
struct Item {
  Span span;
  std::uint32_t token = 0;   // first token
  std::int32_t region = -1;  // >= 0: a whole quotation, index of its marked region
  const WordEntry* entry = nullptr;
  bool upper = false;
  bool number = false;

  [[nodiscard]] bool is(std::uint64_t classes) const noexcept {
    return entry != nullptr && (entry->classes & classes) != 0;
  }
  [[nodiscard]] bool form(std::uint8_t kinds) const noexcept {
    return entry != nullptr && (entry->kinds & kinds) != 0;
  }
};

enum class Delimiter : std::uint8_t { None, Comma, Colon, Dash, Bracket };

// Items between two delimiters.
struct Segment {
  std::uint32_t first = 0;  // half-open range of items
  std::uint32_t last = 0;
  Delimiter before = Delimiter::None;
  std::uint32_t finite = kNoItem;  // its finite verb
  bool quotation = false;          // consists of one whole quotation
  bool subordinate = false;        // begins with dass, weil, a question word or a relative
  bool complement = false;         // begins with dass, ob or a question word
  bool infinitive = false;         // no finite verb, but one with "zu"
  Mood mood = Mood::Indicative;    // of the finite verb
};

// Sentences that belong together because a quotation spans them, as items and segments; a sentence
// that ends with a colon goes on in the next paragraph when that begins with a quotation.
struct Unit {
  Span span;
  std::uint32_t paragraph = 0;       // of its first sentence
  std::uint32_t last_paragraph = 0;  // of its last
  std::vector<Item> items;
  std::vector<Segment> segments;
  std::vector<std::uint32_t> fragments;  // marked regions that are part of a clause

  [[nodiscard]] Span span_of(std::uint32_t first, std::uint32_t last) const noexcept {
    return {items[first].span.begin, items[last - 1].span.end};
  }
};

// Cuts an article into units, in text order. `regions` as from find_marked_regions.
[[nodiscard]] std::vector<Unit> build_units(const Article& article, const Lexicon& lexicon,
                                            const SpeechMood& mood,
                                            const std::vector<MarkedRegion>& regions);

}  // namespace twosource::annotate::quote
