#include "reuse/reuse.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <tuple>
#include <utility>

#include "reuse/align.hpp"
#include "reuse/corrections.hpp"
#include "reuse/credits.hpp"
#include "reuse/index.hpp"
#include "reuse/origins.hpp"
#include "reuse/reworked.hpp"
#include "text/short_id.hpp"

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

// The articles in an index, numbered by their place in canonical order.
Index index_of(std::span<const Article> articles, std::span<const std::uint32_t> order) {
  Index index;
  for (std::uint32_t r = 0; r < order.size(); ++r) {
    Signature s = sign(articles[order[r]]);
    // Articles may have one id or none: the place makes them different and keeps the order.
    s.id += fmt::format("\x01{:08}", r);
    index.put(std::move(s));
  }
  (void)index.commit();
  return index;
}

// Families by article, with passages in bytes.
class Translator {
 public:
  Translator(std::span<const Article> articles, std::span<const std::uint32_t> order)
      : articles_(articles), order_(order), texts_(articles.size()) {}

  CopyFamily family(const IndexFamily& family) {
    CopyFamily out;
    for (const std::uint32_t t : family.texts) out.articles.push_back(order_[t]);
    std::sort(out.articles.begin(), out.articles.end());
    for (const CopyPair& p : family.pairs) out.pairs.push_back(pair(p));
    std::sort(out.pairs.begin(), out.pairs.end(), [](const CopyPair& x, const CopyPair& y) {
      return std::tie(x.a, x.b) < std::tie(y.a, y.b);
    });
    return out;
  }

  void to_bytes(CopyPair& p) {
    for (Passage& w : p.passages) {
      w = in_bytes(w, articles_[p.a], words(p.a), articles_[p.b], words(p.b));
    }
  }

 private:
  CopyPair pair(CopyPair p) {
    p.a = order_[p.a], p.b = order_[p.b];
    if (p.original >= 0) {
      p.original = static_cast<std::int32_t>(order_[static_cast<std::size_t>(p.original)]);
    }
    to_bytes(p);
    if (p.a < p.b) return p;
    std::swap(p.a, p.b);
    for (Passage& w : p.passages) std::swap(w.a, w.b);
    std::sort(p.passages.begin(), p.passages.end(),
              [](const Passage& x, const Passage& y) { return x.a < y.a; });
    return p;
  }
  const ShingledText& words(std::uint32_t i) {
    if (texts_[i].token.empty()) texts_[i] = shingle_words(articles_[i]);
    return texts_[i];
  }

  std::span<const Article> articles_;
  std::span<const std::uint32_t> order_;
  std::vector<ShingledText> texts_;
};

std::vector<CopyFamily> families_of(std::span<const Article> articles,
                                    std::span<const std::uint32_t> order) {
  const Index index = index_of(articles, order);
  Translator translator(articles, order);
  std::vector<CopyFamily> out;
  for (const IndexFamily* family : index.families()) {
    out.push_back(translator.family(*family));
    out.back().id = std::to_string(out.size()).insert(0, 1, 'c');
  }
  return out;
}

// Credits and origins, when the families are as they should be.
void finish(Result& result, std::span<const Article> articles, std::span<const std::uint32_t> order,
            const Credits& credits, std::span<const Correction> corrections) {
  credit_families(result.families, articles, credits);
  mark_reworked(result.families, articles, corrections);
  Origins traced = trace_sentences(articles, order, result.families, credits);
  explain_corrections(result.families, articles, corrections);
  result.origins = std::move(traced.origins);
  result.sentence_origins = std::move(traced.sentences);
}

}  // namespace

Result find_copies(std::span<const Article> articles, const PackSet& packs,
                   std::span<const Correction> corrections) {
  const std::vector<std::uint32_t> order = canonical_order(articles);
  const Credits credits(packs);
  Result result;
  result.families = families_of(articles, order);
  result.corrections = correct_families(result.families, articles, order, corrections);
  finish(result, articles, order, credits, corrections);
  return result;
}

Result trace_copies(std::span<const Article> articles, std::vector<CopyFamily> families,
                    const Credits& credits, std::span<const Correction> corrections) {
  std::vector<std::uint32_t> order(articles.size());
  std::iota(order.begin(), order.end(), 0U);
  Translator translator(articles, order);
  for (CopyFamily& family : families) {
    for (CopyPair& p : family.pairs) translator.to_bytes(p);
  }
  Result result;
  result.families = std::move(families);
  result.corrections = correct_families(result.families, articles, order, corrections);
  if (!result.corrections.empty()) {
    for (CopyFamily& family : result.families) {
      const CopyPair& first = family.pairs.front();
      family.id = short_id('c', short_key(articles[first.a].id, articles[first.b].id,
                                          [](std::uint64_t) { return false; }));
    }
  }
  finish(result, articles, order, credits, corrections);
  return result;
}

}  // namespace twosource::reuse
