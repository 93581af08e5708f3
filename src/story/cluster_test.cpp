#include "story/cluster.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>

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

}  // namespace cluster_test
}  // namespace twosource::story
