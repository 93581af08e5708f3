#include "story/weighed.hpp"

#include <xxhash.h>

#include <algorithm>
#include <bit>

#include "story/evidence.hpp"

namespace twosource::story {

int trailing_zeros(std::string_view article_id) {
  return std::countr_zero(XXH3_64bits(article_id.data(), article_id.size()));
}

void Weighed::add(std::uint32_t number, const Signature& signature) {
  numbers.push_back(number);
  nodes.push_back(make_node(signature, frequencies));
}

void Weighed::remove(const std::function<bool(std::uint32_t)>& which) {
  std::size_t kept = 0;
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    if (which(numbers[i])) continue;
    if (kept != i) {
      numbers[kept] = numbers[i];
      nodes[kept] = std::move(nodes[i]);
    }
    ++kept;
  }
  numbers.resize(kept);
  nodes.resize(kept);
}

std::uint32_t AnchorView::holders(std::uint64_t key) const {
  const auto of = [key](const AnchorCounts& counts) {
    const auto it = counts.find(key);
    return it == counts.end() ? 0 : it->second;
  };
  return of(one_) + (two_ == nullptr ? 0 : of(*two_));
}

std::vector<std::uint64_t> AnchorView::turned(const AnchorChanges& one,
                                              const AnchorChanges* two) const {
  AnchorChanges all = one;
  if (two != nullptr) {
    for (const auto& [key, change] : *two) all[key] += change;
  }
  std::vector<std::uint64_t> out;
  for (const auto& [key, change] : all) {
    const auto before = static_cast<std::int64_t>(holders(key)) - change;
    if ((before <= kMostOfOneAnchor) != tells(key)) out.push_back(key);
  }
  std::sort(out.begin(), out.end());
  return out;
}

Comparison::Comparison(std::uint32_t number, const Node& node, const CopiesOf& copies)
    : number_(number),
      node_(node),
      keys_(anchor_keys(node.signature->anchors)),
      copies_(copies(number)),
      filter_(kFilterBits / 64, 0),
      table_(std::bit_ceil(2 * node.vector.size() + 1)) {
  for (const auto& [term, w] : node.vector) {
    filter_[term % kFilterBits / 64] |= std::uint64_t{1} << (term % 64);
    std::size_t at = term & (table_.size() - 1);
    while (table_[at].second != 0) at = (at + 1) & (table_.size() - 1);
    table_[at] = {term, w};
  }
}

float Comparison::cosine(const SparseVector& other) const {
  float sum = 0;
  for (const auto& [term, w] : other) {
    if ((filter_[term % kFilterBits / 64] >> (term % 64) & 1U) == 0) continue;
    for (std::size_t at = term & (table_.size() - 1); table_[at].second != 0;
         at = (at + 1) & (table_.size() - 1)) {
      if (table_[at].first != term) continue;
      sum += w * table_[at].second;
      break;
    }
  }
  return sum;
}

double Comparison::weight(std::uint32_t number, const Node& node, const AnchorView& anchors,
                          double least) const {
  if (number == number_) return 0;
  const float cosine = this->cosine(node.vector);
  if (cosine < static_cast<float>(least)) return 0;
  const Anchors& theirs = node.signature->anchors;
  const bool telling = std::any_of(keys_.begin(), keys_.end(), [&](std::uint64_t key) {
    return has_anchor(theirs, key) && anchors.tells(key);
  });
  const double shared = anchor_factor(node_.signature->anchors, theirs, telling);
  double weight = edge_weight(cosine, node_, node, shared, least);
  if (weight <= 0) return 0;
  for (const auto& [other, containment] : copies_) {
    if (other == number) weight = std::max(weight, exactly_added(containment));
  }
  return weight;
}

}  // namespace twosource::story
