#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "article/dossier.hpp"
#include "reuse/holders.hpp"
#include "reuse/index.hpp"

namespace twosource::reuse {

// The pairs found in an Index and the families they make (families.hpp), regrouped only where
// pairs came or went: pairs of articles that no chain of pairs connects are never of one family.
// Families and ids are a function of the pairs alone; tombstones tell what ids there were.
class Ledger {
 public:
  void add(CopyPair pair);
  // All pairs of an article; its families, and those of its partners, are grouped anew.
  void drop_pairs_of(std::uint32_t number);
  // Cost: the pairs of the connected pieces that changed.
  Changes regroup(const Holders& holders);

  [[nodiscard]] std::vector<const IndexFamily*> families(const Holders& holders) const;
  [[nodiscard]] const IndexFamily* family(std::string_view id) const;
  [[nodiscard]] std::vector<std::string> families_of(std::uint32_t number) const;
  [[nodiscard]] std::vector<std::pair<std::uint32_t, const CopyPair*>> partners_of(
      std::uint32_t number) const;
  [[nodiscard]] std::string resolve(std::string_view id) const;

  [[nodiscard]] std::string save(const Holders& holders) const;
  [[nodiscard]] bool restore(std::string_view saved, const Holders& holders,
                             const std::unordered_map<std::string, std::uint32_t>& number_of);

 private:
  using Key = std::uint64_t;  // of a family: the number in its id
  struct Entry {
    IndexFamily family;
    std::uint64_t content = 0;  // changes with its texts and pairs
  };
  [[nodiscard]] std::vector<std::uint32_t> connected(std::uint32_t start,
                                                     std::vector<bool>& seen) const;
  void group(const std::vector<std::uint32_t>& texts, const Holders& holders,
             std::vector<Key>& made);
  void take_out(Key key);
  void bury(Key key, const std::vector<std::uint32_t>& texts);
  void reserve(std::uint32_t number);

  std::vector<std::vector<std::pair<std::uint32_t, std::uint32_t>>> partners_;  // other, pair
  std::vector<CopyPair> pairs_;
  std::vector<std::uint32_t> free_;
  std::vector<std::vector<Key>> families_of_;  // by text
  std::unordered_map<Key, Entry> families_;
  std::unordered_map<Key, Key> gone_;  // 0: fell apart
  std::vector<std::uint32_t> touched_;
  // Since the last regrouping: pairs dropped and not found again alike, and who has other pairs.
  std::unordered_map<std::uint64_t, double> dropped_;
  std::vector<std::uint32_t> changed_;
};

}  // namespace twosource::reuse
