#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "article/article.hpp"
#include "text/hash_map.hpp"
#include "text/pack.hpp"

namespace twosource::story {

// What a word says about the kind of happening (story_triggers.tsv).
struct Trigger {
  std::string stem;
  std::string type;  // PLOVER word, MEET, SAY, ACCIDENT or DISASTER
  std::string noun;  // for labels, in the language of the pack
  int weight = 1;
};

// The tables of one language that the event cards read.
class TriggerTable {
 public:
  explicit TriggerTable(const Pack& pack);
  // The trigger a lower-case word is or has as a part of a compound; nullptr if none.
  [[nodiscard]] const Trigger* find(std::string_view lower) const;
  // May a place stand behind this word that something happens in ("in", "bei")?
  [[nodiscard]] bool leads_to_place(std::string_view lower) const;
  // Label noun of a type: that of its first row; empty when the table has none.
  [[nodiscard]] std::string noun(std::string_view type) const;
  // Does a sentence hold a trigger of this type (any type if empty)?
  [[nodiscard]] bool in_sentence(const Article& a, const Sentence& s, std::string_view type) const;

 private:
  std::vector<Trigger> triggers_;
  StringMap<std::vector<std::size_t>> by_start_;  // first kStart bytes of the stem -> triggers_
  StringSet place_words_;
};

}  // namespace twosource::story
