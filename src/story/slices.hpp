#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "story/clusterer.hpp"
#include "story/grouping.hpp"

namespace twosource::story {

// Articles by the days they were published on, grouped slice by slice (see clusterer.hpp).
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
  void update(const Partners& partners, const Lookup& number_of, unsigned threads);
  // The events: groups of numbers, each in canonical order.
  [[nodiscard]] std::vector<Numbers> groups() const;

  [[nodiscard]] std::string save() const;
  [[nodiscard]] bool restore(std::string_view saved);

 private:
  struct Slice {
    Numbers members;             // in canonical order once grouped
    std::vector<Numbers> parts;  // its groups: places in `members`
    std::vector<Edge> to_next;   // between its groups and those of the next slice: sums
  };
  using Map = std::map<int, Slice>;

  [[nodiscard]] int key_of(const Signature& signature) const;
  [[nodiscard]] double threshold() const;
  [[nodiscard]] std::set<int> affected() const;
  [[nodiscard]] const Slice* at(int key) const;
  [[nodiscard]] std::vector<Node> nodes_of(int key) const;
  [[nodiscard]] Copied copied_among(std::span<const Numbers* const> lists, const Partners& partners,
                                    const Lookup& number_of) const;
  void group(int key, Slice& slice, const Partners& partners, const Lookup& number_of) const;
  void connect(int key, Slice& slice, const Partners& partners, const Lookup& number_of) const;
  void cut_anew();

  const std::vector<Signature>& articles_;
  Map slices_;
  std::set<int> dirty_;
  std::size_t size_ = 0;
  std::size_t headlines_ = 0;
  bool one_ = true;  // all are one slice
  double last_threshold_ = 0;
};

// group_events of more than kOneSlice articles; groups hold places in `order`.
[[nodiscard]] Grouping group_by_slices(std::span<const Signature> signatures,
                                       std::span<const std::uint32_t> order, const Copied& copied);

}  // namespace twosource::story
