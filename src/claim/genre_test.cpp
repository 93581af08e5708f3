#include "claim/genre.hpp"

#include <gtest/gtest.h>

#include "article/test_articles.hpp"
#include "claim/quotations.hpp"

namespace twosource {
namespace genre_test {

using testing_support::make_article;
using testing_support::packs;

const claim::Lexicon& german() {
  static const claim::Lexicons kLexicons(packs());
  return kLexicons.of("de");
}

Article article(const std::string& text) { return make_article("a", "Haus", "2022-03-04", text); }

TEST(Genre, AReleaseNamesItselfAtTheTop) {
  EXPECT_TRUE(
      claim::is_release(article("Pressemitteilung der Talwerk AG\nTalwerk baut."), german()));
  EXPECT_FALSE(
      claim::is_release(article("Talwerk baut. Das steht in der Pressemitteilung."), german()));
  Article a = article("Talwerk baut in Fulda eine Halle.");
  EXPECT_FALSE(claim::is_release(a, german()));
  a.furniture.push_back({FurnitureKind::Navigation, "Medieninformation", 0});
  EXPECT_TRUE(claim::is_release(a, german()));
  a.furniture.front().before = 5000;  // a link at the foot
  EXPECT_FALSE(claim::is_release(a, german()));
}

std::string answers(const Article& a) {
  std::string out;
  const claim::Interview found = claim::find_interview(a, german());
  for (const Span span : found.answers) out.append(a.at(span)).append("|");
  return out + std::to_string(found.entity);
}

TEST(Genre, AnswersOfAnInterviewAreFound) {
  Article a = article(
      "Hedda Krull leitet das Werk.\nFrau Krull, warum schließen Sie?\nEs lohnt nicht.\nViele sind "
      "wütend.\nDas verstehe ich.\nWann ist Schluss?\nIm Mai.");
  a.entities = {{"e1", "Hedda Krull", EntityType::Person, {}, "f"}};
  a.mentions = {{make_span(0, 11), 0, MentionKind::Name}};
  EXPECT_EQ(answers(a), "Es lohnt nicht.|Das verstehe ich.|Im Mai.|0");
}

TEST(Genre, WhatAnswersBesideTheTurnsIsLeftOut) {
  EXPECT_EQ(
      answers(article("Herr Krull, wer zahlt?\nDie Stadt.\nEin Satz dazwischen.\nNoch einer.\n"
                      "Noch ein dritter.\nUnd wann?\nIm Mai.")),
      "Die Stadt.|Im Mai.|-1");
}

TEST(Genre, QuestionsThatNobodyIsAskedAreNoInterview) {
  EXPECT_EQ(answers(article("Was ist passiert?\nEin Wehr brach.\nWer hilft?\nDie Feuerwehr.")),
            "-1");
  EXPECT_EQ(answers(article("Herr Krull wohnt hier.\nWas nun?\nEr weiß es nicht.\nUnd?\nNichts.")),
            "-1");
}

TEST(GroupQuotations, SmallWordsInCommonMakeNoUtterance) {
  Dossier d;
  d.articles = {make_article("a", "„Das ist eine Schande“"),
                make_article("b", "„Das ist ein Erfolg“"),
                make_article("c", "„Das ist wirklich eine Schande“")};
  for (Article& a : d.articles) {
    Quote q;
    q.span = make_span(0, a.text.size());
    q.parts = {q.span};
    a.quotes = {q};
    d.entity_of.emplace_back();
  }
  const auto groups = claim::group_quotations(d, claim::Lexicons(packs()));
  ASSERT_EQ(groups.size(), 2U);
  EXPECT_EQ(groups[0].variants.size(), 2U);
}

}  // namespace genre_test
}  // namespace twosource
