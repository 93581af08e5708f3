#pragma once

#include <cstdint>
#include <span>

#include "article/dossier.hpp"
#include "story/dates.hpp"
#include "story/entities.hpp"
#include "story/features.hpp"
#include "story/gazetteer.hpp"
#include "story/triggers.hpp"

namespace twosource::story {

// What cards are made from; all references must outlive the maker.
struct Corpus {
  std::span<const Article> articles;
  const Entities& entities;
  const Gazetteer& gazetteer;
  std::span<const TriggerTable* const> triggers;  // by article
};

// Fills type, who, when, where, label, evidence and why of an event whose articles are set, and
// appends the times it resolved.
//   type    the kind of happening with most trigger words, those near the top counting more
//   who     persons in at least half of the articles, most prominent first, at most four
//   where   places behind a place word ("in Hamburg") in sentences with the event's triggers that
//           name no other time; the finest kind first, then the region or country around it
//   label   "Treffen A – B, Ort" for a meeting of two whom half of the articles name together in a
//           sentence on it; else the most telling headline (headline.hpp); else noun, persons
//           and place
void make_card(const Corpus& corpus, Event& event, std::vector<ResolvedTime>& resolved);

}  // namespace twosource::story
