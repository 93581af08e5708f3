#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "story/cluster.hpp"
#include "story/evidence.hpp"
#include "story/features.hpp"

namespace twosource::story {

// Similarity of two articles: cosine of their vectors, at least the containment where they share
// copy, times a factor that falls with the days between their publication dates:
// floor + (1 - floor) · exp(-days / scale); a date that is only a month counts by its
// nearest day, an unknown one gives kUnknownDate. Texts with fewer than kShortText terms
// (headlines) have the lower floor and the shorter scale: they agree by chance more easily. Two
// articles that name one day and one place (evidence.hpp) are not set apart by their publication
// dates. Two clusters are one event from kSameEvent on, plus kSmallStackRise in a small stack (half
// of it at kSmallStack articles): there the background's rarity counts, under which all cosines are
// higher. In a pile that is mostly headlines the threshold starts at kSameHeadlineEvent and rises
// with the logarithm of the pile beyond kHeadlinePile: the more headlines, the more pairs agree by
// chance.
// Tuned on og2021_titles and g5w1h_events_en, dev halves: B-Cubed F1 German headlines (185) 77.6
// (77.4 with the names as they are read now), English (1256) 76.5, full text 93.1; and on the
// stacks under examples/, five real articles of three meetings of the same two men, and claims_de
// (12 events alone and together).
inline constexpr double kSameEvent = 0.12;
inline constexpr double kSmallStackRise = 0.11;
inline constexpr double kSmallStack = 20;
inline constexpr double kLeastEdge = 0.02;
inline constexpr double kSameHeadlineEvent = 0.07;
inline constexpr double kHeadlinePileRise = 0.035;
inline constexpr double kHeadlinePile = 185;
inline constexpr double kTimeScaleDays = 4;
inline constexpr double kShortTimeScaleDays = 2;
inline constexpr double kShortFloor = 0.1;
inline constexpr double kLongFloor = 0.6;
inline constexpr double kUnknownDate = 0.8;
inline constexpr std::size_t kShortText = 40;

// Articles are grouped within slices of time, so that an article concerns only its neighbours: up
// to kOneSlice articles are one slice; more are cut into slices of kSliceDays days (slices.hpp).
inline constexpr std::size_t kOneSlice = 2000;
inline constexpr int kSliceDays = 7;
// The frequencies of a slice are those of a sample of it and its neighbours, of kSample articles to
// twice as many, if there are more: so that one article more rarely changes the weights of others.
// On a made-up archive of 20,000 at threshold 0.18 B-Cubed F1 is 99.4 with all articles, 99.1 with
// the sample; at 0.20 99.8 and 99.7.
inline constexpr std::size_t kSample = 512;
// The threshold between slices and in each: in an archive most pairs tell of different happenings,
// so more agree by chance. On a made-up archive of 10,000 (tools/archive) B-Cubed F1 is 99.5, with
// 0.14 96.1; of the 6,961 texts of press_reuse_de it makes no cluster of 100 articles, as
// grouping them at once with kSameEvent did. The price, where an event is told over weeks:
// g5w1h_events_en, cut into slices by force, 84.4 (0.14: 84.8), grouped at once 93.1.
inline constexpr double kSameSliceEvent = 0.18;
// Pairs below this are no edges where there are slices: it saves nine edges in ten.
inline constexpr double kLeastSliceEdge = 0.06;
// Terms that more articles of a slice and its neighbours hold are not followed: it keeps days with
// very many articles linear.
inline constexpr std::uint32_t kMostHolders = 12288;

struct Days {
  bool known = false;
  int first = 0;  // since 1970
  int last = 0;
};
// Of a publication date (EDTF).
[[nodiscard]] Days days_told(const std::string& published);

// An article on its way into a group.
struct Node {
  const Signature* signature = nullptr;
  SparseVector vector;
  Days days;
};
[[nodiscard]] Node make_node(const Signature& signature, const Frequencies& frequencies);

// The weight of the edge between two nodes whose vectors have this cosine and which share anchors
// by this factor (SharedAnchors); 0 when it is below `least`.
[[nodiscard]] double edge_weight(float cosine, const Node& a, const Node& b, double shared,
                                 double least);
// Weights are multiples of 1 / kWeightUnit: sums of up to 2^22 of them are exact, whatever their
// order.
inline constexpr double kWeightUnit = 1 << 30;
[[nodiscard]] double exactly_added(double weight);

// The edges of weight `least` or more between nodes i and j < i, where i >= first and j < limit:
// (0, all) among all, (n, n) between the first n and the rest. `anchors` of the nodes in their
// order. Terms that few hold cost what an inverted index does, those of many a run over memory that
// the compiler makes vector code of: 3,500 articles of a week and its neighbours 0.1 s.
[[nodiscard]] std::vector<Edge> similar_pairs(std::span<const Node> nodes,
                                              const SharedAnchors& anchors, std::uint32_t first,
                                              std::uint32_t limit, double least);

// Containment of a pair of nodes (first < second) that share copy: they tell the same happening and
// are at least as similar as that.
using Copied = std::unordered_map<std::uint64_t, double>;
inline std::uint64_t copied_key(std::uint32_t a, std::uint32_t b) {
  return std::uint64_t{std::min(a, b)} << 32U | std::max(a, b);
}
void raise_copies(std::vector<Edge>& edges, const Copied& copied);

// What average link leaves alone, as a late report or a short one is often below the mean of a long
// event, joins the event whose kNearest most similar articles are to it on average as similar as
// kSameEvent asks, and kNearestLead times as similar as those of any other event. Not among
// headlines, nor in stacks of at most kFewArticles (kindred.hpp). Tuned on g5w1h_events_en, dev
// half: B-Cubed F1 93.1 -> 95.1 (P 99.1 -> 98.2, R 87.9 -> 92.2); German headlines would lose 1.2.
// Takes groups of all articles and their edges, gives groups in order of their smallest member; all
// look at the groups as they were.
inline constexpr std::size_t kNearest = 2;
inline constexpr double kNearestLead = 1.5;
inline constexpr std::size_t kFewArticles = 24;
void attach_left(std::vector<std::vector<std::uint32_t>>& groups, std::span<const Edge> edges,
                 double threshold);

// The threshold for a corpus.
[[nodiscard]] double same_event(std::size_t articles, bool headlines);
[[nodiscard]] double same_slice_event(bool headlines);
[[nodiscard]] inline bool is_headline(const Signature& s) { return s.terms.size() < kShortText; }

// Articles (indices into `signatures`) grouped into events by average link (cluster.hpp); each
// group sorted, groups in canonical order of their first article. With the similarities between
// articles and the threshold they were grouped by, where all are one slice; else without edges.
struct Grouping {
  std::vector<std::vector<std::uint32_t>> groups;
  std::vector<Edge> edges;  // between articles
  double threshold = 0;
};
// `order` is the canonical order of the articles; `copied` names pairs of them.
[[nodiscard]] Grouping group_events(std::span<const Signature> signatures,
                                    std::span<const std::uint32_t> order, const Copied& copied);

}  // namespace twosource::story
