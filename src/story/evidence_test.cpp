#include "story/evidence.hpp"

#include <gtest/gtest.h>

#include "article/test_articles.hpp"
#include "story/story.hpp"

namespace twosource::story {
namespace evidence_test {

using testing_support::make_article;
using testing_support::packs;

Anchors anchors_at(const std::vector<const char*>& places, std::vector<int> days) {
  Anchors out;
  for (const char* p : places) out.places.push_back(place_number(p));
  std::sort(out.places.begin(), out.places.end());
  out.days = std::move(days);
  return out;
}

TEST(SharedAnchors, PlaceAndDayTogether) {
  const SharedAnchors anchors(
      {anchors_at({"Husum"}, {19000}), anchors_at({"Husum", "Kiel"}, {19000, 19001}),
       anchors_at({"Husum"}, {19001}), anchors_at({"Emden"}, {19000}), anchors_at({}, {19000})});
  EXPECT_EQ(anchors.factor(0, 1), kSamePlaceAndDay);
  EXPECT_EQ(anchors.factor(1, 2), kSamePlaceAndDay);
  EXPECT_EQ(anchors.factor(0, 2), 1);            // one place, other days
  EXPECT_EQ(anchors.factor(0, 3), kOtherPlace);  // one day, other places
  EXPECT_EQ(anchors.factor(0, 4), 1);            // nothing known
  EXPECT_EQ(anchors.factor(1, 0), anchors.factor(0, 1));
}

TEST(SharedAnchors, DailyNewsOfACapitalIsNoSign) {
  std::vector<Anchors> many(kMostOfOneAnchor, anchors_at({"Berlin"}, {19000}));
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
  EXPECT_EQ(find_anchors(a, Gazetteer(packs())).days.size(), 2U);
  a.published.value = "";
  EXPECT_EQ(find_anchors(a, Gazetteer(packs())).days.size(), 4U);
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
