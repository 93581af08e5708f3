#pragma once

#include <string>
#include <vector>

#include "desk/cells.hpp"

namespace twosource::desk {

// The findings of all cells as one dossier; people and other entities of one lasting id are one
// (named and summed up as the record does), stories are joined over all cells. In canonical order.
[[nodiscard]] Dossier join(std::vector<Findings> cells);

// Stories of events in canonical order of their first articles, by their ties.
struct JoinedStory {
  std::string id;
  std::string label;
  std::vector<std::uint32_t> events;
};
[[nodiscard]] std::vector<JoinedStory> join_stories(
    const std::vector<std::pair<std::string, std::string>>& events,  // id, label
    const std::vector<const story::Ties*>& ties);

}  // namespace twosource::desk
