#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "article/corrections.hpp"
#include "article/dossier.hpp"
#include "story/entities.hpp"

namespace twosource::story {

// Applies what was corrected about people (merged, split, renamed, roles), in the order in which it
// was, and says so in their `why`. A person is the one whom most of the correction's places name,
// else the only one of its name. Ids are counted anew when people were merged.
void correct_people(Entities& entities, std::span<const Article> articles,
                    std::span<const Correction> corrections,
                    std::vector<CorrectionOutcome>& outcomes);

// Applies MergeEvents and SplitEvent to groups of articles. An event is the group that holds most
// of the correction's articles. Groups come out sorted, in canonical order of their first article,
// which `order` gives. True when a group has changed.
[[nodiscard]] bool correct_groups(std::vector<std::vector<std::uint32_t>>& groups,
                                  std::span<const Article> articles,
                                  std::span<const std::uint32_t> order,
                                  std::span<const Correction> corrections,
                                  std::vector<CorrectionOutcome>& outcomes);

// Renames events, and says in `why` of the events which corrections they rest on.
void correct_events(std::vector<Event>& events, std::span<const Article> articles,
                    std::span<const Correction> corrections,
                    std::vector<CorrectionOutcome>& outcomes);

}  // namespace twosource::story
