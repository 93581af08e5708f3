#pragma once

#include <cstdint>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "story/clusterer.hpp"
#include "story/grouping.hpp"
#include "story/weighed.hpp"

namespace twosource::story {

// Articles by the days they were published on, grouped slice by slice (see clusterer.hpp). What was
// compared in the slices that changed last is kept, so that one article more is compared with those
// of its own and the neighbouring slices, and only groups that it could have to do with are joined
// anew; the result is that of grouping everything from the start.
class Slices {
 public:
  using Numbers = std::vector<std::uint32_t>;
  // `articles` by number; those with an empty id are not held. Must outlive the slices.
  explicit Slices(const std::vector<Signature>& articles) : articles_(articles) {}

  void add(std::uint32_t number);
  void remove(std::uint32_t number);  // while its signature is still there
  void touch(std::uint32_t number);
  // Groups what changed. `number_of` finds the number of an article id, kNobody when not held.
  static constexpr std::uint32_t kNobody = 0xFFFFFFFF;
  using Lookup = std::function<std::uint32_t(const std::string&)>;
  // Events that may be others now: the articles of the groups that were looked at, as these were
  // and as they are, each in canonical order. What stands in no group has left.
  struct Regrouped {
    Numbers were;
    std::vector<Numbers> are;
  };
  Regrouped update(const Partners& partners, const Lookup& number_of, unsigned threads);

  [[nodiscard]] std::string save() const;
  // The groups that were saved; nullopt when the bytes do not fit the articles.
  [[nodiscard]] std::optional<std::vector<Numbers>> restore(std::string_view saved);

 private:
  // What was compared, of a slice that changed lately.
  struct Warm {
    Weighed weighed;
    AnchorCounts anchors;
    std::optional<std::vector<Edge>> edges;    // between its articles, by number
    std::optional<std::vector<Edge>> to_next;  // a: in it, b: in the next slice
    std::uint64_t used = 0;
  };
  struct Slice {
    Numbers members;             // in canonical order after tidy()
    std::size_t sorted = 0;      // so many of them
    std::vector<Numbers> parts;  // its groups, by number, in order of their first members
    std::vector<Edge> to_next;   // between its groups and those of the next slice: sums
    int shift = 0;               // of the sample its frequencies are of (trailing_zeros)
    std::unique_ptr<Warm> warm;
    // Since the last update:
    bool anew = true;               // nothing that was compared holds any more
    std::set<std::uint32_t> stale;  // came, left or share other copies
    AnchorChanges anchors;          // where it is warm
    bool warmed = false;            // not before
    int sampled = -1;               // most trailing zeros of those that came or left
  };
  using Map = std::map<int, Slice>;
  static constexpr int kUndated = std::numeric_limits<int>::min();
  struct Part {
    int key = 0;
    std::uint32_t number = 0;
    friend auto operator<=>(const Part&, const Part&) = default;
  };
  using Parts = std::set<Part>;

  [[nodiscard]] int key_of(const Signature& signature) const;
  [[nodiscard]] double threshold() const;
  [[nodiscard]] double least() const { return one_ ? kLeastEdge : kLeastSliceEdge; }
  [[nodiscard]] const Slice* at(int key) const;
  [[nodiscard]] const Slice* next_of(int key) const;
  Slice& change(std::uint32_t number, int by);
  void tidy(Slice& slice) const;
  static void settle(Slice& slice);  // it is up to date
  void cut_anew();
  // Both must outlive what comes back.
  [[nodiscard]] CopiesOf copies_by(const Partners& partners, const Lookup& number_of) const;
  [[nodiscard]] std::vector<int> outdated();
  void regroup(const std::vector<int>& keys, const CopiesOf& copies, unsigned threads);
  [[nodiscard]] int shift_for(int key) const;
  [[nodiscard]] Weighed weigh(int key) const;
  [[nodiscard]] const Weighed& weighed(int key, Weighed& here) const;
  [[nodiscard]] Copied copied_among(std::span<const Numbers* const> lists,
                                    const CopiesOf& copies) const;
  void keep_warm(const std::vector<int>& keys, unsigned threads);
  void warm_up(int key, Slice& slice) const;
  void refresh(Slice& slice) const;
  void patch(Slice& slice, const CopiesOf& copies) const;
  void group(int key, Slice& slice, const CopiesOf& copies) const;
  void link(Slice& slice, std::vector<Edge> edges) const;
  [[nodiscard]] std::vector<Edge> compare(int key, const CopiesOf& copies) const;
  void patch_next(Slice& slice, const Slice& next, const CopiesOf& copies) const;
  void connect(int key, Slice& slice, const CopiesOf& copies) const;
  void sum_up(Slice& slice, const Slice& next, std::span<const Edge> edges) const;

  // Parts that hang together with these by sums at the threshold, directly or by others.
  [[nodiscard]] Parts hanging_together(Parts from) const;
  [[nodiscard]] std::vector<Numbers> join(const Parts& parts) const;
  [[nodiscard]] Parts parts_of(const std::vector<int>& keys) const;  // sorted keys
  [[nodiscard]] Parts all_parts() const;
  void leave(const Part& part, Regrouped& out) const;
  [[nodiscard]] bool read(std::string_view saved);

  const std::vector<Signature>& articles_;
  Map slices_;
  std::set<int> dirty_;
  std::size_t size_ = 0;
  std::size_t headlines_ = 0;
  bool one_ = true;  // all are one slice
  double last_threshold_ = 0;
  std::uint64_t updates_ = 0;
};

// group_events of more than kOneSlice articles; groups hold places in `order`.
[[nodiscard]] Grouping group_by_slices(std::span<const Signature> signatures,
                                       std::span<const std::uint32_t> order, const Copied& copied);

}  // namespace twosource::story
