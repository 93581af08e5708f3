#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <unordered_map>
#include <vector>

#include "reuse/postings.hpp"

namespace twosource::reuse {

// A hash held by more texts than kHub pairs each with the kHub of them that are first in canonical
// order only, which keeps the cost linear in the number of texts and a wide-spread dispatch in one
// family.
inline constexpr std::uint32_t kHub = 64;

// An inverted index and, for the hashes of more than kHub texts, the first of these. Whoever loses
// or gains partners by what another text does is reported as dirty.
class HubLists {
 public:
  // The canonical order of texts.
  using Before = std::function<bool(std::uint32_t, std::uint32_t)>;
  struct Context {
    const Before& before;
    std::vector<std::uint32_t>& dirty;
  };

  void enter(std::uint64_t hash, std::uint32_t text, const Context& context);
  void leave(std::uint64_t hash, std::uint32_t text, const Context& context);
  // A hash that is ignored from now on keeps its holders and its mark (postings.hpp), but no hub.
  void ignore(std::uint64_t hash);
  void heed(std::uint64_t hash, const Context& context);
  [[nodiscard]] bool ignored(std::uint64_t hash) const { return postings.marked(hash); }

  // Is a holder of the hash paired with all others?
  [[nodiscard]] bool in_hub(std::uint64_t hash, std::uint32_t text) const {
    if (postings.count(hash) <= kHub) return true;
    const std::vector<std::uint32_t>& hub = hubs_.at(key_of(hash));
    return std::find(hub.begin(), hub.end(), text) != hub.end();
  }
  // Calls visit for all holders (`all`, what in_hub says of who asks, be it in this index or in
  // another that it is compared with), or for those in the hub only.
  template <class Visit>
  void each(std::uint64_t hash, bool all, Visit visit) const {
    if (all || postings.count(hash) <= kHub) return postings.each(hash, visit);
    const std::vector<std::uint32_t>& hub = hubs_.at(key_of(hash));
    std::for_each(hub.begin(), hub.end(), visit);
  }

  Postings postings;

 private:
  // What the postings tell apart.
  static std::uint64_t key_of(std::uint64_t hash) { return hash & ((std::uint64_t{1} << 40U) - 1); }
  void rebuild(std::uint64_t hash, const Context& context);
  // Reports the one holder of kHub + 1 that is outside.
  void report_outsider(std::uint64_t hash, const std::vector<std::uint32_t>& hub,
                       const Context& context) const;

  std::unordered_map<std::uint64_t, std::vector<std::uint32_t>> hubs_;
};

}  // namespace twosource::reuse
