#pragma once

#include <cstdint>
#include <vector>

#include "annotate/quote/unit.hpp"

namespace twosource::annotate::quote {

// A noun phrase: half-open range of items; empty when there is none.
struct Phrase {
  std::uint32_t first = 0;
  std::uint32_t last = 0;
  [[nodiscard]] bool empty() const noexcept { return first >= last; }
};

// Which tokens are names, by the mentions of the article; asked while phrases are read.
class NameMap {
 public:
  explicit NameMap(const Article& article);
  [[nodiscard]] bool is_name(Span span) const noexcept;

 private:
  std::vector<Span> names_;  // sorted, disjoint
};

// Reads noun phrases from capitals, determiners and endings; there is no tagger. Const.
class PhraseReader {
 public:
  PhraseReader(const Lexicon& lexicon, const NameMap& names) : lexicon_(lexicon), names_(names) {}

  // The phrase that begins at item `at`: a pronoun, or determiner, adjectives and capitalised words
  // with genitives and complements ("die Sprecherin des Rates für Umwelt"). Looks at no item from
  // `end` on. A bare name takes no genitive: "sagte Trump der Zeitung".
  [[nodiscard]] Phrase at(const Unit& unit, std::uint32_t at, std::uint32_t end) const;
  // The phrase that ends before item `end` and does not begin before `from`.
  [[nodiscard]] Phrase before(const Unit& unit, std::uint32_t from, std::uint32_t end) const;
  // First item from `at` on that is no adverb, reflexive or object pronoun.
  [[nodiscard]] static std::uint32_t skip_light(const Unit& unit, std::uint32_t at,
                                                std::uint32_t end);
  // `phrase` without adverbs at its end and coordinators at its start.
  [[nodiscard]] static Phrase trim(const Unit& unit, Phrase phrase);
  // Can a subject begin at the item?
  [[nodiscard]] bool starts_subject(const Unit& unit, std::uint32_t at) const;

 private:
  [[nodiscard]] std::uint32_t core(const Unit& unit, std::uint32_t at, std::uint32_t end,
                                   std::uint64_t determiners) const;
  [[nodiscard]] std::uint32_t with_title(const Unit& unit, std::uint32_t at,
                                         std::uint32_t end) const;
  [[nodiscard]] std::uint32_t tail(const Unit& unit, std::uint32_t at, std::uint32_t end,
                                   bool common, bool determined) const;
  [[nodiscard]] static bool modifier(const Item& item);
  const Lexicon& lexicon_;
  const NameMap& names_;
};

}  // namespace twosource::annotate::quote
