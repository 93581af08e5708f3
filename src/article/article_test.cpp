#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "article/json.hpp"
#include "article/json_sink.hpp"

namespace twosource {
namespace article_test {

Article sample() {
  Article a;
  a.id = "x1";
  a.text = "Köln\n„Ja“, sagte Müller.";
  a.headline = "Köln";
  a.language = "de";
  a.published = {"2017-11", DateSource::Prefix};
  a.agencies = {{"dpa", AgencyKind::Text, {}, 0}};
  a.furniture = {{FurnitureKind::AuthorCode, "abc (dpa)", 5}};
  a.paragraphs = {{{0, 5}, ParagraphKind::Headline}, {{6, 32}, ParagraphKind::Body, ParagraphForm::Item}};
  a.entities = {{"e1", "Müller", EntityType::Person, {"Präsident"}, "m"}};
  a.mentions = {{{24, 31}, 0, MentionKind::Name}};
  Quote q;
  q.span = {6, 14};
  q.parts = {{6, 14}};
  q.speaker = 0;
  q.speaker_span = {24, 31};
  q.cue = {{16, 21}};
  a.quotes = {q};
  Timex t;
  t.span = {0, 5};
  t.value = "2017-11";
  a.times = {t};
  Measure m;
  m.span = {0, 5};
  m.unit = Unit::Duration;
  m.value = "PT2H15M";
  m.low = m.high = 8100;
  m.of = "Treffen";
  a.measures = {m};
  a.extra = R"({"my":1})";
  return a;
}

TEST(ArticleJson, OffsetsAreCodePoints) {
  const Json j = article_to_json(sample());
  EXPECT_EQ(j["paragraphs"][0]["end"], 4);
  EXPECT_FALSE(j["paragraphs"][0].contains("form"));
  EXPECT_EQ(j["paragraphs"][1]["form"], "item");
  EXPECT_EQ(j["quotes"][0]["parts"][0]["start"], 5);
  EXPECT_EQ(j["quotes"][0]["parts"][0]["end"], 9);
  EXPECT_EQ(j["mentions"][0]["entity"], "e1");
  EXPECT_EQ(j["extra"]["my"], 1);
  EXPECT_EQ(j["datePublished"]["from"], "prefix");
  EXPECT_TRUE(j["url"].is_null());
}

TEST(ArticleJson, ReadsWhatItWrites) {
  const Json j = article_to_json(sample());
  const auto back = article_from_json(j);
  ASSERT_TRUE(back) << back.error().describe();
  Json again = article_to_json(*back);
  again["sentences"] = j["sentences"];  // tokens are not stored
  EXPECT_EQ(again.dump(), j.dump());
}

TEST(ArticleJson, LinesAreWhatTheLibraryWrites) {
  const Json json = {
      {"text", "Er sagte: \"Ja\"\n\\ \b\f\r\t\x01\x1f\x7f Größe 🙂"},
      {"broken", "a\xC3(b"},
      {"empty", ""},
      {"list", {1, -2, 3.5, 1e100, true, false, nullptr, Json::array(), Json::object()}},
      {"big", 18446744073709551615U},
      {"nested", {{"key \"x\"", {{"y", {0}}}}}}};
  EXPECT_EQ(dump_line(json), json.dump(-1, ' ', false, Json::error_handler_t::replace));
  EXPECT_EQ(dump_line(Json()), "null");
}

TEST(ArticleJson, TheLineOfAnArticleIsItsTreeWritten) {
  Article a = sample();
  EXPECT_EQ(article_line(a), article_to_json(a).dump());
  EXPECT_EQ(article_line(a, Layers::Without), article_to_json(a, Layers::Without).dump());
  EXPECT_EQ(article_line(Article()), article_to_json(Article()).dump());
  a.headline = "\"\\\x01 so lang, dass mehr als acht Bytes\tdazwischen stehen\n";
  a.furniture = {{FurnitureKind::Share, "Teilen \"hier\"", 0}, {FurnitureKind::Other, "", 3}};
  a.source = {{{0, 5}, {100, 112}}};
  a.modified = {"2017-12", DateSource::Meta};
  a.agencies = {{"AFP", AgencyKind::Photo, {0, 5}, -1}};
  a.times[0].weekday = 3;
  a.times[0].direction = -1;
  a.times[0].freq = "2X";
  a.measures[0].bound = Bound::AtMost;
  a.measures[0].of_span = {6, 14};
  a.measures[0].granularity = 0.25;
  a.quotes[0].speaker = -1;
  a.extra = R"({"c":[1,-2,0.5,{"d":null}],"e\n":"f\u0007"})";
  EXPECT_EQ(article_line(a), article_to_json(a).dump());
}

TEST(ArticleJson, RefusesSpansOutsideTheTextAndWrongTypes) {
  Json j = article_to_json(sample());
  j["mentions"][0]["end"] = 1000;
  EXPECT_FALSE(article_from_json(j));
  j = article_to_json(sample());
  j["text"] = 7;
  EXPECT_EQ(article_from_json(j).error().where, "text");
  EXPECT_FALSE(article_from_json(Json::array()));
  j = article_to_json(sample());
  j["quotes"][0]["kind"] = "sung";
  EXPECT_EQ(article_from_json(j).error().where, "kind");
}

}  // namespace article_test
}  // namespace twosource
