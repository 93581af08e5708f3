#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace twosource::story {

// A person as one article knows them.
struct LocalPerson {
  std::string name;
  std::vector<std::string> roles;
  std::size_t mentions = 0;
};

// Numbers the people behind local persons; equal numbers, one person. Numbers follow the order of
// `people`. The rule stands at merge_entities().
[[nodiscard]] std::vector<std::uint32_t> match_people(const std::vector<LocalPerson>& people);

}  // namespace twosource::story
