#include "story/cluster.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>

#include "story/grouping.hpp"

namespace twosource::story {
namespace cluster_test {

using Clusters = std::vector<std::vector<std::uint32_t>>;

// The definition, word by word: join the best pair of clusters until none reaches the threshold.
Clusters by_definition(std::size_t nodes, const std::vector<Edge>& edges, double threshold) {
  std::map<std::pair<std::uint32_t, std::uint32_t>, double> weight;
  for (const Edge& e : edges) weight[{e.a, e.b}] += e.weight;
  Clusters clusters;
  for (std::uint32_t i = 0; i < nodes; ++i) clusters.push_back({i});
  for (;;) {
    double best = 0;
    std::size_t x = 0;
    std::size_t y = 0;
    for (std::size_t i = 0; i < clusters.size(); ++i) {
      for (std::size_t j = i + 1; j < clusters.size(); ++j) {
        double sum = 0;
        for (const std::uint32_t a : clusters[i]) {
          for (const std::uint32_t b : clusters[j]) {
            const auto it = weight.find(std::minmax(a, b));
            if (it != weight.end()) sum += it->second;
          }
        }
        const double mean = sum / static_cast<double>(clusters[i].size() * clusters[j].size());
        if (mean > best) best = mean, x = i, y = j;
      }
    }
    if (best < threshold) return clusters;
    clusters[x].insert(clusters[x].end(), clusters[y].begin(), clusters[y].end());
    std::sort(clusters[x].begin(), clusters[x].end());
    clusters.erase(clusters.begin() + static_cast<std::ptrdiff_t>(y));
  }
}

TEST(AverageLink, EqualsItsDefinitionOnRandomGraphs) {
  std::mt19937 random(11);
  std::uniform_real_distribution<double> weight(0.01, 1);
  for (int round = 0; round < 60; ++round) {
    const std::size_t nodes = 2 + random() % 24;
    std::vector<Edge> edges;
    for (std::uint32_t a = 0; a < nodes; ++a) {
      for (std::uint32_t b = a + 1; b < nodes; ++b) {
        if (random() % 3 == 0) edges.push_back({a, b, weight(random)});
      }
    }
    const double threshold = weight(random) / 2;
    EXPECT_EQ(average_link(nodes, edges, threshold), by_definition(nodes, edges, threshold))
        << "round " << round;
  }
}

TEST(AverageLink, AChainIsNotSwallowed) {
  const std::vector<Edge> chain = {{0, 1, 0.9}, {1, 2, 0.5}, {2, 3, 0.9}};
  EXPECT_EQ(average_link(4, chain, 0.3), (Clusters{{0, 1}, {2, 3}}));
  EXPECT_EQ(average_link(3, {}, 0.3), (Clusters{{0}, {1}, {2}}));
  EXPECT_TRUE(average_link(0, {}, 0.3).empty());
}

// Two events {0, 1, 2} and {3, 4}, the rest alone; the edges of article 5 decide.
struct Left {
  const char* name;
  std::vector<Edge> edges;
  std::uint32_t articles;
  std::int32_t joins;  // the first article of the event; -1: stays alone
};
void PrintTo(const Left& l, std::ostream* os) { *os << l.name; }
class AttachLeft : public testing::TestWithParam<Left> {};
TEST_P(AttachLeft, JoinsItsNearest) {
  Clusters groups = {{0, 1, 2}, {3, 4}};
  for (std::uint32_t i = 5; i < GetParam().articles; ++i) groups.push_back({i});
  attach_left(groups, GetParam().edges, 0.15);
  std::int32_t joined = -1;
  for (const auto& group : groups) {
    const bool here = std::find(group.begin(), group.end(), 5U) != group.end();
    if (here && group.size() > 1) joined = static_cast<std::int32_t>(group.front());
  }
  EXPECT_EQ(joined, GetParam().joins);
  EXPECT_TRUE(std::is_sorted(groups.begin(), groups.end()));
}
INSTANTIATE_TEST_SUITE_P(
    Tables, AttachLeft,
    testing::Values(
        Left{"two_near", {{0, 5, 0.2}, {1, 5, 0.15}, {3, 5, 0.1}}, 30, 0},
        Left{"one_near_is_chance", {{0, 5, 0.25}}, 30, -1},
        Left{"two_events_alike", {{0, 5, 0.2}, {1, 5, 0.2}, {3, 5, 0.2}, {4, 5, 0.2}}, 30, -1},
        Left{"below_the_threshold", {{3, 5, 0.14}, {4, 5, 0.14}}, 30, -1},
        Left{"alone_is_no_event", {{5, 6, 0.5}, {5, 7, 0.5}}, 30, -1},
        Left{"few_articles", {{0, 5, 0.2}, {1, 5, 0.2}}, 20, -1}),
    [](const auto& c) { return std::string(c.param.name); });

}  // namespace cluster_test
}  // namespace twosource::story
