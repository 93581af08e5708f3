#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "article/dossier.hpp"
#include "story/entities.hpp"

namespace twosource::story {

// The lasting id of the event whose canonically first article has this id: that of a Clusterer.
[[nodiscard]] std::string event_id(std::string_view first_article);

// By what events of a large record are joined to stories: all that is needed of one, in place of
// its articles. Days count from 1970.
struct Ties {
  struct Reference {  // a place and a time that an article names in one sentence
    std::string place;
    int first = 0;
    int last = 0;
    friend auto operator<=>(const Reference&, const Reference&) = default;
  };
  std::vector<std::pair<std::string, std::string>> people;  // lasting ids and names of its `who`
  std::vector<std::string> places;                          // its `where`
  bool dated = false;
  int first = 0;  // its `when`
  int last = 0;
  // Only those that look back further than kBackDays; sorted, each once, kMostReferences at most.
  std::vector<Reference> references;
};
inline constexpr int kBackDays = 1;
inline constexpr std::size_t kMostReferences = 64;

[[nodiscard]] Ties ties_of(std::span<const Article> articles, const Entities& entities,
                           const Event& event);

// As bytes, for the record; damaged ones come back without ties.
[[nodiscard]] std::string to_bytes(const Ties& ties);
[[nodiscard]] Ties ties_from_bytes(std::string_view bytes);

// The story of every event, by number in order of their first event. Events of a record are one
// story when they share two central persons and are told within kStoryDays of one another, or when
// an article of one names, in one sentence, the place and a time of another that was before it
// (so that two happenings in one town on one day are no story). Days and rules set by hand, looked
// at on made-up archives; not tuned. Near-linear.
inline constexpr int kStoryDays = 45;
[[nodiscard]] std::vector<std::uint32_t> join_by_ties(std::span<const Ties* const> events);

// What a story is called: two persons whom most of its events have, else empty: then as its first
// event.
[[nodiscard]] std::string story_label(std::span<const Ties* const> events);

}  // namespace twosource::story
