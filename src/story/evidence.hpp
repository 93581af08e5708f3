#pragma once

#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "article/article.hpp"
#include "story/gazetteer.hpp"

namespace twosource::story {

// Where and when an article's happening took place, as far as its text alone tells.
struct Anchors {
  std::vector<std::uint32_t> places;  // cities and finer of the dateline and the top, sorted:
                                      // place_number() of their names
  std::vector<int> days;              // days since 1970 named in it, near its publication, sorted
  friend bool operator==(const Anchors&, const Anchors&) = default;
};
[[nodiscard]] std::uint32_t place_number(std::string_view canonical_name);

// Places: names of places with Gazetteer::fineness 3 in the first kTopSentences sentences; days:
// full calendar dates from kReportDays before publication to the day after it (all of them when
// publication is unknown). Linear in the mentions.
inline constexpr std::size_t kTopSentences = 8;
inline constexpr int kReportDays = 14;
[[nodiscard]] Anchors find_anchors(const Article& article, const Gazetteer& gazetteer);

// A place and a day that an article names, as one number; sorted, each once.
[[nodiscard]] std::vector<std::uint64_t> anchor_keys(const Anchors& anchors);
// Does the article name the place and the day of this number?
[[nodiscard]] bool has_anchor(const Anchors& anchors, std::uint64_t key);

// What the cosine of two articles is multiplied with when they name places: of which `telling`
// says that they share a telling place and day; see SharedAnchors.
[[nodiscard]] double anchor_factor(const Anchors& a, const Anchors& b, bool telling);

// Pairs a place and a day into what two articles may share; knows how many articles hold each pair.
class SharedAnchors {
 public:
  explicit SharedAnchors(std::vector<Anchors> anchors);
  // What the cosine of the two is multiplied with: kSamePlaceAndDay when they name one day and one
  // place that no more than kMostOfOneAnchor articles name together (more articles are a capital's
  // daily news: no sign of one happening); kOtherPlace when both name places and none is shared.
  [[nodiscard]] double factor(std::uint32_t a, std::uint32_t b) const;
  // Do both name one place?
  [[nodiscard]] bool same_place(std::uint32_t a, std::uint32_t b) const;

 private:
  std::vector<Anchors> anchors_;
  std::vector<std::vector<std::uint32_t>> keys_;  // by article, sorted ids of (place, day)
  std::vector<std::uint32_t> holders_;            // by id
};
// Tuned as kSameEvent was (grouping.hpp); the accident of examples/unglueck, told over two days,
// needs 1.7 or more to stay one event.
inline constexpr double kSamePlaceAndDay = 1.8;
inline constexpr double kOtherPlace = 0.8;
inline constexpr std::uint32_t kMostOfOneAnchor = 12;

}  // namespace twosource::story
