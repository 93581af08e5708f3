#include "desk/story_links.hpp"

#include <xxhash.h>

#include <algorithm>
#include <functional>
#include <limits>

namespace twosource::desk {
namespace {

using Name = StoryLinks::Name;

std::uint64_t mixed(std::string_view name, std::uint64_t seed = 0) {
  return XXH3_64bits_withSeed(name.data(), name.size(), seed);
}

// Every two of its people, each once.
std::set<std::uint64_t> pairs_of(const story::Ties& ties) {
  std::set<std::uint64_t> out;
  for (std::size_t x = 0; x < ties.people.size(); ++x) {
    for (std::size_t y = x + 1; y < ties.people.size(); ++y) {
      const auto [a, b] = std::minmax(ties.people[x].first, ties.people[y].first);
      out.insert(mixed(b, mixed(a)));
    }
  }
  return out;
}

}  // namespace

void StoryLinks::put(Name event, const story::Ties& ties) {
  if (ties.dated) {
    for (const std::uint64_t pair : pairs_of(ties)) pairs_.emplace(pair, ties.first, event);
    for (const std::string& p : ties.places) {
      places_.emplace(mixed(p), ties.first, ties.last, event);
    }
  }
  for (const auto& r : ties.references) {
    references_.emplace(mixed(r.place), r.first, r.last, event);
  }
}

void StoryLinks::erase(Name event, const story::Ties& ties) {
  if (ties.dated) {
    for (const std::uint64_t pair : pairs_of(ties)) pairs_.erase({pair, ties.first, event});
    for (const std::string& p : ties.places) {
      places_.erase({mixed(p), ties.first, ties.last, event});
    }
  }
  for (const auto& r : ties.references) {
    references_.erase({mixed(r.place), r.first, r.last, event});
  }
}

std::vector<Name> StoryLinks::of(Name event, const story::Ties& ties) const {
  constexpr int kEver = std::numeric_limits<int>::min();
  std::vector<Name> out;
  const auto add = [&](Name other) {
    if (other != event) out.push_back(other);
  };
  if (ties.dated) {
    // Those next to it in time; what is further away hangs together with these.
    for (const std::uint64_t pair : pairs_of(ties)) {
      const auto it = pairs_.find({pair, ties.first, event});
      if (it == pairs_.end()) continue;
      if (it != pairs_.begin() && std::get<0>(*std::prev(it)) == pair &&
          ties.first - std::get<1>(*std::prev(it)) <= story::kStoryDays) {
        add(std::get<2>(*std::prev(it)));
      }
      const auto next = std::next(it);
      if (next != pairs_.end() && std::get<0>(*next) == pair &&
          std::get<1>(*next) - ties.first <= story::kStoryDays) {
        add(std::get<2>(*next));
      }
    }
    for (const std::string& p : ties.places) {
      const std::uint64_t place = mixed(p);
      for (auto it = references_.lower_bound({place, kEver, kEver, nullptr});
           it != references_.end() && std::get<0>(*it) == place && std::get<1>(*it) <= ties.first;
           ++it) {
        if (ties.last <= std::get<2>(*it)) add(std::get<3>(*it));
      }
    }
  }
  for (const auto& r : ties.references) {
    const std::uint64_t place = mixed(r.place);
    for (auto it = places_.lower_bound({place, r.first, kEver, nullptr});
         it != places_.end() && std::get<0>(*it) == place && std::get<1>(*it) <= r.last; ++it) {
      if (std::get<2>(*it) <= r.last) add(std::get<3>(*it));
    }
  }
  std::sort(out.begin(), out.end(), std::less<>());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

}  // namespace twosource::desk
