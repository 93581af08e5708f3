#include "reuse/reuse.hpp"

namespace twosource::reuse {

Result find_copies(std::span<const Article> articles, const PackSet&) {
  Result result;
  for (const Article& a : articles) result.sentence_origins.emplace_back(a.tokens.sentences.size());
  return result;
}

}  // namespace twosource::reuse
