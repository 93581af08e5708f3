#pragma once

#include <memory>
#include <span>
#include <vector>

#include "article/corrections.hpp"
#include "article/dossier.hpp"
#include "reuse/reuse.hpp"
#include "story/ties.hpp"
#include "text/pack.hpp"

namespace twosource::story {

struct Result {
  std::vector<CorpusEntity> entities;
  std::vector<std::vector<std::uint32_t>> entity_of;  // [article][entity] -> entities
  std::vector<ResolvedTime> resolved;
  std::vector<Event> events;
  std::vector<Story> stories;
  std::vector<TimelineEntry> timeline;
  std::vector<CorrectionOutcome> corrections{};  // what became of those about people and events
};

// The tables that telling of events reads, built once. Const after construction, for all threads.
class Tables {
 public:
  explicit Tables(const PackSet& packs);
  ~Tables();

 private:
  friend class Teller;
  class Impl;
  std::unique_ptr<Impl> impl_;
};

// Entities over all articles, articles -> events -> stories, dates resolved across the articles of
// one event, and the timeline. Deterministic, whatever the order of `articles`. Of
// `corrections`, those about people and events are applied.
[[nodiscard]] Result build_stories(std::span<const Article> articles, const reuse::Result& copies,
                                   const PackSet& packs,
                                   std::span<const Correction> corrections = {});

// Moves what was found to its places in a dossier of the same articles; outcomes of corrections are
// added behind those that it has.
void put(Result&& from, Dossier& into);

// build_stories() for articles in canonical order of which the events are known (Clusterer),
// `groups` of places in `articles`. Events, people and other entities get lasting ids; there are no
// stories: `ties` says by what each event may be joined to others (ties.hpp).
struct Told {
  Result result;
  std::vector<Ties> ties;  // by event
};
[[nodiscard]] Told tell_events(std::span<const Article> articles,
                               std::vector<std::vector<std::uint32_t>> groups, const Tables& tables,
                               std::span<const Correction> corrections = {});

// build_stories with lasting ids for few articles, which are grouped and joined to stories as a
// stack that somebody handed over. In canonical order.
[[nodiscard]] Told tell_stack(std::span<const Article> articles, const reuse::Result& copies,
                              const PackSet& packs, const Tables& tables,
                              std::span<const Correction> corrections = {});

}  // namespace twosource::story
