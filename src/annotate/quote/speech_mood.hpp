#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "text/hash_map.hpp"
#include "text/pack.hpp"
#include "text/token.hpp"

namespace twosource::annotate {

// The mood in which German relays what others said ("Er sei krank, sagte sie").
enum class Mood : std::uint8_t {
  Indicative,    // or no verb form that the pack knows
  Subjunctive1,  // sei, habe, werde, könne: forms that differ from the indicative
  Subjunctive2,  // wäre, hätten, würde, könnten: replaces subjunctive 1, or is unreal
};

// Recognises subjunctive forms by the pack's verbs.tsv (columns subjunctive1, subjunctive2). A pack
// without such forms (English) never finds any. Const, thread-safe.
class SpeechMood {
 public:
  explicit SpeechMood(const Pack& pack);

  // Mood of one lower-case word; nothing else is looked at.
  [[nodiscard]] Mood of(std::string_view lower) const;
  // The strongest mood among the tokens [first, last): subjunctive 1 before 2. A form in -e is the
  // indicative of the first person when "ich" stands in the range (word class first_person), and
  // a capitalised word inside a sentence is a noun. O(tokens).
  [[nodiscard]] Mood of(const TokenLayer& layer, std::size_t first, std::size_t last) const;

 private:
  StringMap<Mood> forms_;
  StringSet first_person_;
};

}  // namespace twosource::annotate
