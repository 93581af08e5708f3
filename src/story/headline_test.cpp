#include "story/headline.hpp"

#include <gtest/gtest.h>

namespace twosource::story {
namespace headline_test {

Article told(std::string headline, std::string text) {
  Article a;
  a.headline = std::move(headline);
  a.text = std::move(text);
  return a;
}

TEST(Headline, OfATextWithoutOneIsItsTitleLine) {
  EXPECT_EQ(headline_of(told("  Zwei   Worte ", "Text")), "Zwei Worte");
  EXPECT_EQ(headline_of(told("", "Brücke gesperrt\nDie Brücke ist seit Montag zu.")),
            "Brücke gesperrt");
  EXPECT_EQ(headline_of(told("", "Die Brücke ist zu.\nSie bleibt es.")), "");
  EXPECT_EQ(headline_of(told("", "Nur eine Zeile")), "");
  EXPECT_EQ(headline_of(told(std::string(kMaxLabel + 1, 'x'), "Text")), "");
}

TEST(Headline, TheMostTellingOneHoldsWhatAllTell) {
  const std::string text = "Die Brücke über die Ilm ist gesperrt. Ein Riss im Pfeiler wächst.";
  const std::vector<Article> articles = {
      told("Ein Schock für das ganze Tal", text), told("Ist die Brücke am Ende?", text),
      told("„Die Brücke über die Ilm ist gesperrt“", text),
      told("Ilmbrücke: Riss im Pfeiler, Brücke gesperrt", text), told("", text)};
  const std::vector<std::uint32_t> all = {0, 1, 2, 3, 4};
  EXPECT_EQ(most_telling_headline(articles, all), 3U);
  const std::vector<std::uint32_t> poor = {4, 0};
  EXPECT_EQ(most_telling_headline(articles, poor), 4U) << "nobody tells of a shock: the first";
}

TEST(Headline, WithoutAnyTheFirstSpeaks) {
  const std::vector<Article> articles = {told("", ""), told("", "\xff\xfe")};
  const std::vector<std::uint32_t> all = {1, 0};
  EXPECT_EQ(most_telling_headline(articles, all), 1U);
}

}  // namespace headline_test
}  // namespace twosource::story
