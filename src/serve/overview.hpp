#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <vector>

#include "serve/store.hpp"

namespace twosource::serve {

// The verdicts in the order in which people are shown them: what needs a look first.
inline constexpr std::array<const char*, 8> kVerdicts = {
    "contradicted", "superseded",     "withdrawn",   "confirmed",
    "relayed-only", "authority-only", "agency-only", "single-outlet"};
// Index of a verdict in kVerdicts; kVerdicts.size() when it is none.
[[nodiscard]] std::size_t verdict_index(std::string_view verdict) noexcept;

struct StoryRow {
  std::string id;
  std::string label;
  std::string first;  // EDTF, empty when no date is known
  std::string last;
  std::size_t events = 0;
  std::size_t articles = 0;
  std::array<std::size_t, kVerdicts.size()> claims{};
};
struct PersonRow {
  std::string id;
  std::string name;
  std::string role;  // the first one known
  std::size_t mentions = 0;
};
struct SourceRow {
  std::string outlet;
  std::size_t articles = 0;
  std::string first;
  std::string last;
  std::string languages;
};
struct FamilyRow {
  std::string id;
  std::string agency;
  std::size_t articles = 0;
  std::size_t pairs = 0;
  double most = 0;  // the largest containment
};
struct Counts {
  std::size_t articles = 0;
  std::size_t stories = 0;
  std::size_t events = 0;
  std::size_t people = 0;
  std::size_t copies = 0;  // pairs
  std::array<std::size_t, kVerdicts.size()> claims{};
};

// What the start pages list, counted over the whole record in one pass each; made once for each
// state of the record. Stories: most articles first, then the later ones; people: most mentions
// first; sources: most articles first; families: most articles first.
[[nodiscard]] std::vector<StoryRow> story_rows(Store& store);
[[nodiscard]] std::vector<PersonRow> person_rows(Store& store);
[[nodiscard]] std::vector<SourceRow> source_rows(Store& store);
[[nodiscard]] std::vector<FamilyRow> family_rows(Store& store);
[[nodiscard]] Counts count_all(Store& store);

}  // namespace twosource::serve
