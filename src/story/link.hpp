#pragma once

#include <span>
#include <vector>

#include "article/dossier.hpp"
#include "story/entities.hpp"
#include "story/triggers.hpp"

namespace twosource::story {

// Joins events to stories and sets Event::story. Two events belong to one story when they share
// two central persons, or when an article of one refers back to the other: a sentence that names a
// place of the other event and a date that covers it; and so do the `similar` pairs.
// Stories are numbered s1, s2, … in order of their first event; their label is what their events
// share: the persons, else the first event's label.
[[nodiscard]] std::vector<Story> link_events(
    std::span<const Article> articles, const Entities& entities, std::vector<Event>& events,
    std::span<const std::pair<std::uint32_t, std::uint32_t>> similar = {});

// One entry an event, and one for every sentence with a calendar date (year or finer) and a word
// of happening; sentences that are copies of one another make one entry with all places as
// evidence. Sorted by date, unknown dates last.
[[nodiscard]] std::vector<TimelineEntry> make_timeline(
    std::span<const Article> articles, std::span<const std::uint32_t> order,
    std::span<const Event> events, std::span<const ResolvedTime> resolved,
    std::span<const TriggerTable* const> triggers);

}  // namespace twosource::story
