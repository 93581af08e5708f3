#include "desk/story_links.hpp"

#include <gtest/gtest.h>

#include <map>
#include <random>

namespace twosource::desk {
namespace story_links_test {

story::Ties some_ties(std::mt19937& random) {
  const auto below = [&](unsigned n) { return static_cast<int>(random() % n); };
  story::Ties out;
  for (int p = below(4); p > 0; --p) {
    const std::string name(1, static_cast<char>('a' + below(9)));
    out.people.emplace_back(name, name);
  }
  for (int p = below(3); p > 0; --p) out.places.emplace_back(1, static_cast<char>('A' + below(9)));
  out.dated = below(8) > 0;
  if (out.dated) {
    out.first = below(400);
    out.last = out.first + below(3);
  }
  for (int r = below(3); r > 0; --r) {
    const int first = below(400);
    out.references.push_back(
        {std::string(1, static_cast<char>('A' + below(9))), first, first + below(9)});
  }
  return out;
}

// Whoever follows the links from event to event finds the stories that join_by_ties makes of all.
TEST(StoryLinks, LeadToWhatIsJoined) {
  std::mt19937 random(3);
  std::map<std::string, story::Ties> events;
  StoryLinks links;
  std::size_t stories_seen = 0;
  for (int step = 0; step < 400; ++step) {
    if (random() % 3 == 0 && !events.empty()) {
      const auto it = std::next(events.begin(), static_cast<long>(random() % events.size()));
      links.erase(&it->first, it->second);
      events.erase(it);
    }
    const auto [it, fresh] = events.try_emplace("v" + std::to_string(step), some_ties(random));
    links.put(&it->first, it->second);
    if (step % 8 > 0) continue;

    std::vector<const story::Ties*> ties;
    std::vector<std::string> names;
    for (const auto& [name, t] : events) names.push_back(name), ties.push_back(&t);
    const std::vector<std::uint32_t> story_of = story::join_by_ties(ties);
    std::map<std::uint32_t, std::set<std::string>> stories;
    for (std::size_t e = 0; e < names.size(); ++e) stories[story_of[e]].insert(names[e]);
    stories_seen += events.size() - stories.size();
    for (std::size_t e = 0; e < names.size(); ++e) {
      std::set<std::string> found = {names[e]};
      for (std::vector<std::string> open = {names[e]}; !open.empty();) {
        const auto at = events.find(open.back());
        open.pop_back();
        for (const StoryLinks::Name other : links.of(&at->first, at->second)) {
          if (found.insert(*other).second) open.push_back(*other);
        }
      }
      ASSERT_EQ(found, stories[story_of[e]]) << step << ": " << names[e];
    }
  }
  EXPECT_GT(stories_seen, 500U);  // joins, or nothing was tested
}

}  // namespace story_links_test
}  // namespace twosource::desk
