#pragma once

#include <span>
#include <vector>

#include "article/corrections.hpp"
#include "article/dossier.hpp"
#include "reuse/reuse.hpp"
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

// Entities over all articles, articles -> events -> stories, dates resolved across the articles of
// one event, and the timeline. Deterministic, whatever the order of `articles`. Of
// `corrections`, those about people and events are applied.
[[nodiscard]] Result build_stories(std::span<const Article> articles, const reuse::Result& copies,
                                   const PackSet& packs,
                                   std::span<const Correction> corrections = {});

}  // namespace twosource::story
