#include "story/story.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <string>
#include <tuple>
#include <utility>

#include "story/card.hpp"
#include "story/corrections.hpp"
#include "story/entities.hpp"
#include "story/gazetteer.hpp"
#include "story/grouping.hpp"
#include "story/kindred.hpp"
#include "story/link.hpp"
#include "story/signature.hpp"
#include "story/triggers.hpp"

namespace twosource::story {
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

// The trigger tables of the languages in use.
class Triggers {
 public:
  Triggers(std::span<const Article> articles, const PackSet& packs) {
    for (const Article& a : articles) {
      auto it = tables_.find(a.language);
      if (it == tables_.end()) it = tables_.emplace(a.language, packs.get(a.language)).first;
      by_article_.push_back(&it->second);
    }
  }
  std::span<const TriggerTable* const> by_article() const { return by_article_; }

 private:
  std::map<std::string, TriggerTable> tables_;
  std::vector<const TriggerTable*> by_article_;
};

std::vector<Signature> sign_all(std::span<const Article> articles, const PackSet& packs) {
  Signer signer(packs);
  std::vector<Signature> out;
  for (const Article& a : articles) out.push_back(signer.sign(a));
  return out;
}

SharedAnchors anchors_of(std::span<const Signature> signatures) {
  std::vector<Anchors> anchors;
  for (const Signature& s : signatures) anchors.push_back(s.anchors);
  return SharedAnchors(std::move(anchors));
}

Copied copied_pairs(const reuse::Result& copies) {
  Copied out;
  for (const CopyFamily& family : copies.families) {
    for (const CopyPair& pair : family.pairs) out[copied_key(pair.a, pair.b)] = pair.containment;
  }
  return out;
}

// Events with their cards, numbered in the order of their groups.
Result make_events(const Corpus& corpus, std::vector<std::vector<std::uint32_t>> groups) {
  Result out;
  for (std::vector<std::uint32_t>& group : groups) {
    Event event;
    event.id = std::to_string(out.events.size() + 1).insert(0, 1, 'v');
    event.articles = std::move(group);
    make_card(corpus, event, out.resolved);
    out.events.push_back(std::move(event));
  }
  return out;
}

}  // namespace

Result build_stories(std::span<const Article> articles, const reuse::Result& copies,
                     const PackSet& packs, std::span<const Correction> corrections) {
  const std::vector<std::uint32_t> order = canonical_order(articles);
  const std::vector<Signature> signatures = sign_all(articles, packs);
  Entities entities = merge_entities(articles, order, packs);
  std::vector<CorrectionOutcome> outcomes;
  correct_people(entities, articles, corrections, outcomes);
  const Gazetteer gazetteer(packs);
  const Triggers triggers(articles, packs);
  const Corpus corpus{articles, entities, gazetteer, triggers.by_article()};

  const SharedAnchors anchors = anchors_of(signatures);
  Grouping grouping = group_events(signatures, order, copied_pairs(copies));
  Result result = make_events(corpus, std::move(grouping.groups));
  std::vector<std::vector<std::uint32_t>> joined =
      join_kindred(result.events, grouping.edges, anchors, grouping.threshold, articles.size());
  if (!joined.empty()) result = make_events(corpus, std::move(joined));
  std::vector<std::vector<std::uint32_t>> groups;
  for (const Event& event : result.events) groups.push_back(event.articles);
  if (correct_groups(groups, articles, order, corrections, outcomes)) {
    result = make_events(corpus, std::move(groups));
  }
  correct_events(result.events, articles, corrections, outcomes);
  result.stories = link_events(
      articles, entities, result.events,
      similar_events(result.events, grouping.edges, grouping.threshold, articles.size()));
  result.timeline =
      make_timeline(articles, order, result.events, result.resolved, triggers.by_article());
  result.entities = std::move(entities.list);
  result.entity_of = std::move(entities.entity_of);
  result.corrections = std::move(outcomes);
  return result;
}

}  // namespace twosource::story
