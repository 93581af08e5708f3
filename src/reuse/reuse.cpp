#include "reuse/reuse.hpp"

#include <algorithm>
#include <numeric>
#include <tuple>
#include <utility>

#include "reuse/credits.hpp"
#include "reuse/families.hpp"
#include "reuse/origins.hpp"
#include "reuse/pairs.hpp"

namespace twosource::reuse {
namespace {

// An order that depends on the articles alone, not on how they came in.
std::vector<std::uint32_t> canonical_order(std::span<const Article> articles) {
  std::vector<std::uint32_t> order(articles.size());
  std::iota(order.begin(), order.end(), 0U);
  const auto key = [&](std::uint32_t i) {
    const Article& a = articles[i];
    return std::tie(a.published.value, a.id, a.path, a.url, a.text);
  };
  std::stable_sort(order.begin(), order.end(),
                   [&](std::uint32_t x, std::uint32_t y) { return key(x) < key(y); });
  return order;
}

}  // namespace

Result find_copies(std::span<const Article> articles, const PackSet& packs) {
  const std::vector<std::uint32_t> order = canonical_order(articles);
  std::vector<std::uint32_t> rank(order.size());
  for (std::uint32_t r = 0; r < order.size(); ++r) rank[order[r]] = r;

  const Credits credits(packs);
  Result result;
  result.families = group_families(find_pairs(articles, order), rank);
  credit_families(result.families, articles, credits);
  Origins traced = trace_sentences(articles, order, result.families, credits);
  result.origins = std::move(traced.origins);
  result.sentence_origins = std::move(traced.sentences);
  return result;
}

}  // namespace twosource::reuse
