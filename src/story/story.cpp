#include "story/story.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <numeric>
#include <optional>
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
#include "story/ties.hpp"
#include "story/triggers.hpp"

namespace twosource::story {

class Tables::Impl {
 public:
  explicit Impl(const PackSet& packs) : names(packs) {
    for (const std::string& code : packs.languages()) triggers_.emplace(code, packs.get(code));
    other_.emplace(packs.get({}));
  }
  [[nodiscard]] std::vector<const TriggerTable*> triggers(std::span<const Article> articles) const {
    std::vector<const TriggerTable*> out;
    for (const Article& a : articles) {
      const auto it = triggers_.find(a.language);
      out.push_back(it == triggers_.end() ? &*other_ : &it->second);
    }
    return out;
  }
  NameTables names;

 private:
  std::map<std::string, TriggerTable> triggers_;
  std::optional<TriggerTable> other_;
};

Tables::Tables(const PackSet& packs) : impl_(std::make_unique<Impl>(packs)) {}
Tables::~Tables() = default;

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

// Events with their cards, numbered in the order of their groups; lasting ids derive from the first
// article.
Result make_events(const Corpus& corpus, std::vector<std::vector<std::uint32_t>> groups) {
  Result out;
  for (std::vector<std::uint32_t>& group : groups) {
    Event event;
    event.id = corpus.entities.lasting ? event_id(corpus.articles[group.front()].id)
                                       : std::to_string(out.events.size() + 1).insert(0, 1, 'v');
    event.articles = std::move(group);
    make_card(corpus, event, out.resolved);
    out.events.push_back(std::move(event));
  }
  return out;
}

}  // namespace

class Teller {
 public:
  Teller(std::span<const Article> articles, const Tables& tables, bool lasting,
         std::span<const Correction> corrections)
      : articles_(articles),
        corrections_(corrections),
        order_(canonical_order(articles)),
        entities_(merge_entities(articles, order_, tables.impl_->names, lasting)),
        triggers_(tables.impl_->triggers(articles)),
        corpus_{articles, entities_, tables.impl_->names.gazetteer(), triggers_} {
    correct_people(entities_, articles, corrections, outcomes_);
  }

  // Groups the articles into events, and these to stories.
  void group(const PackSet& packs, const reuse::Result& copies) {
    const std::vector<Signature> signatures = sign_all(articles_, packs);
    const SharedAnchors anchors = anchors_of(signatures);
    Grouping grouping = group_events(signatures, order_, copied_pairs(copies));
    result_ = make_events(corpus_, std::move(grouping.groups));
    std::vector<std::vector<std::uint32_t>> joined =
        join_kindred(result_.events, grouping.edges, anchors, grouping.threshold, articles_.size());
    if (!joined.empty()) result_ = make_events(corpus_, std::move(joined));
    correct();
    result_.stories = link_events(
        articles_, entities_, result_.events,
        similar_events(result_.events, grouping.edges, grouping.threshold, articles_.size()));
  }

  void take(std::vector<std::vector<std::uint32_t>> groups) {
    result_ = make_events(corpus_, std::move(groups));
    correct();
  }

  [[nodiscard]] std::vector<Ties> ties() const {
    std::vector<Ties> out;
    for (const Event& e : result_.events) out.push_back(ties_of(articles_, entities_, e));
    return out;
  }

  Result finish() {
    result_.timeline =
        make_timeline(articles_, order_, result_.events, result_.resolved, triggers_);
    result_.entities = std::move(entities_.list);
    result_.entity_of = std::move(entities_.entity_of);
    result_.corrections = std::move(outcomes_);
    return std::move(result_);
  }

 private:
  void correct() {
    std::vector<std::vector<std::uint32_t>> groups;
    for (const Event& event : result_.events) groups.push_back(event.articles);
    if (correct_groups(groups, articles_, order_, corrections_, outcomes_)) {
      result_ = make_events(corpus_, std::move(groups));
    }
    correct_events(result_.events, articles_, corrections_, outcomes_);
  }

  std::span<const Article> articles_;
  std::span<const Correction> corrections_;
  std::vector<std::uint32_t> order_;
  Entities entities_;
  std::vector<const TriggerTable*> triggers_;
  Corpus corpus_;
  std::vector<CorrectionOutcome> outcomes_;
  Result result_;
};

Result build_stories(std::span<const Article> articles, const reuse::Result& copies,
                     const PackSet& packs, std::span<const Correction> corrections) {
  const Tables tables(packs);
  Teller teller(articles, tables, false, corrections);
  teller.group(packs, copies);
  return teller.finish();
}

Told tell_events(std::span<const Article> articles, std::vector<std::vector<std::uint32_t>> groups,
                 const Tables& tables, std::span<const Correction> corrections) {
  Teller teller(articles, tables, true, corrections);
  teller.take(std::move(groups));
  Told out;
  out.ties = teller.ties();
  out.result = teller.finish();
  return out;
}

Told tell_stack(std::span<const Article> articles, const reuse::Result& copies,
                const PackSet& packs, const Tables& tables,
                std::span<const Correction> corrections) {
  Teller teller(articles, tables, true, corrections);
  teller.group(packs, copies);
  Told out;
  out.ties = teller.ties();
  out.result = teller.finish();
  return out;
}

void put(Result&& from, Dossier& into) {
  std::move(from.corrections.begin(), from.corrections.end(), std::back_inserter(into.corrections));
  into.entities = std::move(from.entities);
  into.entity_of = std::move(from.entity_of);
  into.resolved = std::move(from.resolved);
  into.events = std::move(from.events);
  into.stories = std::move(from.stories);
  into.timeline = std::move(from.timeline);
}

}  // namespace twosource::story
