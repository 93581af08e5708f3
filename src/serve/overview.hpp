#pragma once

#include <array>
#include <cstddef>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
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

// The claims of each event, by verdict.
struct Tally {
  std::array<std::size_t, kVerdicts.size()> all{};
  std::unordered_map<std::string, std::array<std::size_t, kVerdicts.size()>> by_event;
};

// What the start pages list, counted over the whole record in one pass each. Stories: most articles
// first, then the later ones; people: most mentions first; sources: most articles first; families:
// most articles first.
[[nodiscard]] Tally tally(Store& store);
[[nodiscard]] std::vector<StoryRow> story_rows(Store& store, const Tally& claims);
[[nodiscard]] std::vector<PersonRow> person_rows(Store& store);
[[nodiscard]] std::vector<SourceRow> source_rows(Store& store);
[[nodiscard]] std::vector<FamilyRow> family_rows(Store& store);
[[nodiscard]] Counts count_all(Store& store, const Tally& claims);

// These lists of one state of the record, shared by all requests; each is made when somebody first
// asks for it, with that reader, while others who ask wait.
class Overviews {
 public:
  [[nodiscard]] const Counts& counts(Store& store) const;
  [[nodiscard]] const std::vector<StoryRow>& stories(Store& store) const;
  [[nodiscard]] const std::vector<PersonRow>& people(Store& store) const;
  [[nodiscard]] const std::vector<SourceRow>& sources(Store& store) const;
  [[nodiscard]] const std::vector<FamilyRow>& families(Store& store) const;

 private:
  template <class T>
  struct Once {
    std::mutex mutex;
    std::optional<T> value;
    template <class Make>
    const T& get(const Make& make) {
      const std::lock_guard lock(mutex);
      if (!value) value = make();
      return *value;
    }
  };
  [[nodiscard]] const Tally& claims(Store& store) const;
  mutable Once<Tally> claims_;
  mutable Once<Counts> counts_;
  mutable Once<std::vector<StoryRow>> stories_;
  mutable Once<std::vector<PersonRow>> people_;
  mutable Once<std::vector<SourceRow>> sources_;
  mutable Once<std::vector<FamilyRow>> families_;
};

}  // namespace twosource::serve
