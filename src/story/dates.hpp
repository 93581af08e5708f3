#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "article/dossier.hpp"
#include "article/edtf.hpp"
#include "story/triggers.hpp"

namespace twosource::story {

struct EventDate {
  std::string when;  // EDTF, empty when unknown
  std::string why;
  std::vector<Evidence> evidence;  // sentences
};

// The calendar date a time expression names: day, month or year; nullopt for durations, sets,
// references and under-specified values.
[[nodiscard]] std::optional<PartialDate> calendar_date(const Timex& timex);

// Weekdays, and days of an unknown year, of articles without exact publication day. First by those
// of the same event that have one: the last such day up to that day (the next one for the future,
// at most two weeks away). Else by a whole date that another article of the event names, when just
// one such date fits. Left alone when two articles give different days, or when the day contradicts
// what is known of the article's own publication date. `why` says which article gave the day.
[[nodiscard]] std::vector<ResolvedTime> resolve_weekdays(std::span<const Article> articles,
                                                         std::span<const std::uint32_t> event);

// When the event happened: the day that most articles name, in sentences with the event's kind of
// words and near the top, not later than a day after the last publication; else the month or year
// of publication; else empty. Never more precise than the articles together allow. `triggers` by
// article.
[[nodiscard]] EventDate date_event(std::span<const Article> articles,
                                   std::span<const std::uint32_t> event,
                                   std::span<const ResolvedTime> resolved, std::string_view type,
                                   std::span<const TriggerTable* const> triggers);

}  // namespace twosource::story
