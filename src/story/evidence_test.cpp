#include "story/evidence.hpp"

#include <gtest/gtest.h>

#include "article/test_articles.hpp"
#include "story/story.hpp"

namespace twosource::story {
namespace evidence_test {

using testing_support::make_article;
using testing_support::packs;

TEST(SharedAnchors, PlaceAndDayTogether) {
  const SharedAnchors anchors({{{"Husum"}, {19000}},
                               {{"Husum", "Kiel"}, {19000, 19001}},
                               {{"Husum"}, {19001}},
                               {{"Emden"}, {19000}},
                               {{}, {19000}}});
  EXPECT_EQ(anchors.factor(0, 1), kSamePlaceAndDay);
  EXPECT_EQ(anchors.factor(1, 2), kSamePlaceAndDay);
  EXPECT_EQ(anchors.factor(0, 2), 1);            // one place, other days
  EXPECT_EQ(anchors.factor(0, 3), kOtherPlace);  // one day, other places
  EXPECT_EQ(anchors.factor(0, 4), 1);            // nothing known
  EXPECT_EQ(anchors.factor(1, 0), anchors.factor(0, 1));
}

TEST(SharedAnchors, DailyNewsOfACapitalIsNoSign) {
  std::vector<Anchors> many(kMostOfOneAnchor, {{"Berlin"}, {19000}});
  EXPECT_EQ(SharedAnchors(many).factor(0, 1), kSamePlaceAndDay);
  many.push_back(many.front());
  EXPECT_EQ(SharedAnchors(many).factor(0, 1), 1);
}

TEST(FindAnchors, DaysNearPublicationOnly) {
  Article a = make_article("a", "A", "2024-05-13", "Am 11. Mai, am 1. Mai und am 3. März.");
  for (const char* day : {"2024-05-11", "2024-05-01", "2024-03-03", "2024-05-20", "2024-05"}) {
    Timex t;
    t.value = day;
    a.times.push_back(t);
  }
  Entities entities;
  entities.entity_of.resize(1);
  const auto found = find_anchors({&a, 1}, entities, Gazetteer(packs()));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].days.size(), 2U);
  a.published.value = "";
  EXPECT_EQ(find_anchors({&a, 1}, entities, Gazetteer(packs()))[0].days.size(), 4U);
}

TEST(SmallStack, OneHappeningInTwoWordingsIsOneEvent) {
  const std::vector<Article> articles = {
      make_article("a", "A", "2024-05-11",
                   "Ein Kutter aus Büsum ist am Samstag vor Helgoland gesunken. Die Besatzung der "
                   "Morgenröte wurde von Seenotrettern geborgen."),
      make_article("b", "B", "2024-05-12",
                   "Seenotretter holten die Besatzung der Morgenröte aus dem Wasser. Der Kutter "
                   "ging vor Helgoland unter, Öl lief nicht aus.")};
  EXPECT_EQ(build_stories(articles, reuse::find_copies(articles, packs()), packs()).events.size(),
            1U);
}

TEST(SmallStack, TwoHappeningsStayTwo) {
  const std::vector<Article> articles = {
      make_article("a", "A", "2024-05-11",
                   "Ein Kutter aus Büsum ist am Samstag vor Helgoland gesunken. Die Besatzung der "
                   "Morgenröte wurde von Seenotrettern geborgen."),
      make_article("b", "B", "2024-05-11",
                   "Der Stadtrat von Fulda hat am Samstag den Haushalt beschlossen. Die Opposition "
                   "nannte die Zahlen der Kämmerin geschönt.")};
  EXPECT_EQ(build_stories(articles, reuse::find_copies(articles, packs()), packs()).events.size(),
            2U);
}

}  // namespace evidence_test
}  // namespace twosource::story
