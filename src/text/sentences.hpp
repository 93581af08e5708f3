#pragma once

#include <cstdint>
#include <string_view>

#include "text/tokenizer.hpp"

namespace twosource {

// Groups the tokens of one paragraph into sentences. A sentence ends at . ! ? … (with the closing
// marks and brackets that follow it), unless what follows shows that it goes on: a lower-case word,
// a comma, or what an abbreviation expects. Works inside quotations too: »Es ist gut. Es reicht.«
class SentenceSplitter {
 public:
  SentenceSplitter(const Tokenizer& rules, std::string_view text) : rules_(rules), text_(text) {}
  // Tokens from `first_token` to the end of `out.tokens` belong to paragraph `paragraph`.
  void split(std::size_t first_token, std::uint32_t paragraph, TokenLayer& out) const;

 private:
  // Index behind the sentence end that token `i` makes (closers included), or 0 if it makes none.
  [[nodiscard]] std::size_t end_after(std::size_t i, const TokenLayer& layer) const;
  [[nodiscard]] bool abbreviation_ends(std::size_t i, std::size_t next,
                                       const TokenLayer& layer) const;
  const Tokenizer& rules_;
  std::string_view text_;
};

}  // namespace twosource
