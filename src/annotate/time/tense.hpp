#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "text/pack.hpp"
#include "text/token.hpp"

namespace twosource::annotate {

// Perfect: an auxiliary with a participle, past as a rule ("ist gekommen") but not always ("ist
// gesperrt").
enum class Tense : std::uint8_t { Unknown, Past, Perfect, Present, Future };

// Tense of the clause around an expression, from time_tense.tsv (form, tense). A form may begin or
// end in `*`. Tenses: past, present, future, perfect (an auxiliary: past when a participle, or a
// form that may be one, stands in the clause), participle, maybe_past (counts only when nothing
// surer is near), boundary (a clause begins here), none (keeps a word from matching a `*` form).
class TenseReader {
 public:
  explicit TenseReader(const Pack& pack);

  // Looks at the clause (between commas, colons, dashes) of tokens [first, last), then at the whole
  // sentence; the nearest finite form decides. Linear in the sentence, at most kReach tokens.
  [[nodiscard]] Tense around(const TokenLayer& layer, std::size_t first, std::size_t last) const;

 private:
  enum class Form : std::uint8_t {
    None,
    Past,
    Present,
    Future,
    Perfect,
    Participle,
    MaybePast,
    Boundary
  };
  [[nodiscard]] Form form_of(const TokenLayer& layer, std::size_t i) const;
  [[nodiscard]] Tense nearest(const TokenLayer& layer, std::size_t begin, std::size_t end,
                              std::size_t first, std::size_t last, bool unsure) const;
  [[nodiscard]] bool has_participle(const TokenLayer& layer, std::size_t begin,
                                    std::size_t end) const;

  static constexpr std::size_t kReach = 60;  // tokens to each side
  StringMap<Form> forms_;
  struct Pattern {
    std::string begin;
    std::string end;
    Form form;
  };
  std::vector<Pattern> patterns_;
};

}  // namespace twosource::annotate
