#include "story/story.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "article/test_articles.hpp"
#include "story/dates.hpp"
#include "story/names.hpp"
#include "story/people.hpp"

namespace twosource::story {
namespace story_test {

using testing_support::make_article;
using testing_support::packs;

TEST(Names, SpellingsOfOneNameAgree) {
  EXPECT_EQ(spelling_key("Selenskyj"), spelling_key("Zelensky"));
  EXPECT_EQ(spelling_key("Selenskij"), spelling_key("Zelenskyy"));
  EXPECT_EQ(spelling_key("Lawrow"), spelling_key("Lavrov"));
  EXPECT_NE(spelling_key("Meier"), spelling_key("Maurer"));
  EXPECT_TRUE(first_names_agree("D.", "Donald"));
  EXPECT_FALSE(first_names_agree("Melania", "Donald"));
}

TEST(People, SurnameGoesToTheOnlyFullName) {
  EXPECT_EQ(match_people({{"Ohlsen", {}, 3}, {"Jette Ohlsen", {}, 1}}),
            (std::vector<std::uint32_t>{0, 0}));
}

TEST(People, DifferentFirstNamesStayApart) {
  EXPECT_EQ(match_people({{"Jette Ohlsen", {}, 2}, {"Piet Ohlsen", {}, 2}, {"Ohlsen", {}, 1}}),
            (std::vector<std::uint32_t>{0, 1, 2}));
}

TEST(People, RoleDecidesBetweenTwoOfOneSurname) {
  EXPECT_EQ(match_people({{"Jette Ohlsen", {"Ministerin"}, 2},
                          {"Piet Ohlsen", {"Fischer"}, 2},
                          {"Ohlsen", {"Umweltministerin"}, 1}}),
            (std::vector<std::uint32_t>{0, 1, 0}));
}

// Two articles on one meeting: one with the day of publication, one with a month and a weekday.
std::vector<Article> meeting() {
  const char* text =
      "Die Ministerin traf den Reeder am Samstag in Husum. Das Treffen dauerte drei Stunden.";
  std::vector<Article> articles = {make_article("a", "A", "2024-05-11", text),
                                   make_article("b", "B", "2024-05", text)};
  Timex saturday;
  saturday.span = make_span(34, 41);
  saturday.value = "XXXX-WXX-6";
  saturday.weekday = 6;
  articles[1].times.push_back(saturday);
  return articles;
}

constexpr const char* kDerailed =
    "In Sandau ist am Freitag ein Zug entgleist. Der Unfall geschah an einer Brücke. Drei Menschen "
    "starben, teilte die Polizei mit. Ein Kran hob den Wagen vom Gleis.";
constexpr const char* kDerailedToo =
    "Nach dem Unfall bei Sandau haben Helfer ein viertes Opfer geborgen. Der entgleiste Zug war "
    "gut besetzt gewesen. Die Ursache ist offen, die Strecke bleibt gesperrt.";

// Told from two days in different words: one happening in a small stack.
TEST(Kindred, AccidentOfTwoDaysIsOneEvent) {
  const std::vector<Article> articles = {make_article("a", "A", "2024-05-10", kDerailed),
                                         make_article("b", "B", "2024-05-11", kDerailedToo)};
  const Result r = build_stories(articles, reuse::find_copies(articles, packs()), packs());
  ASSERT_EQ(r.events.size(), 1U);
  EXPECT_EQ(r.events[0].type, "ACCIDENT");
}

TEST(Kindred, OtherMonthIsAnotherEvent) {
  const std::vector<Article> articles = {make_article("a", "A", "2024-05-10", kDerailed),
                                         make_article("b", "B", "2024-09-11", kDerailedToo)};
  EXPECT_EQ(build_stories(articles, reuse::find_copies(articles, packs()), packs()).events.size(),
            2U);
}

TEST(Kindred, OtherSubjectIsAnotherStory) {
  const std::vector<Article> articles = {
      make_article("a", "A", "2024-05-10", kDerailed),
      make_article("b", "B", "2024-05-10",
                   "Der Stadtrat von Lunau hat den Haushalt beschlossen. Für Schulen gibt es mehr "
                   "Geld, die Bäder werden teurer.")};
  const Result r = build_stories(articles, reuse::find_copies(articles, packs()), packs());
  EXPECT_EQ(r.events.size(), 2U);
  EXPECT_EQ(r.stories.size(), 2U);
}

TEST(Kindred, LabelOfAnAccidentNamesNoPersons) {
  std::vector<Article> articles = {
      make_article("a", "A", "2024-05-10",
                   std::string(kDerailed) + " Landrat Piet Ohlsen und Jette Brandt kamen.")};
  articles[0].headline.clear();
  const Result r = build_stories(articles, reuse::find_copies(articles, packs()), packs());
  EXPECT_EQ(r.events[0].label.find("Ohlsen"), std::string::npos) << r.events[0].label;
}

TEST(Dates, DayToComeFurtherDownIsNoDateOfTheEvent) {
  std::vector<Article> articles = {
      make_article("a", "A", "2024-05-10",
                   "Der Minister sprach in Husum. Es ging um Deiche. Die Bauern klagten. Der Rat "
                   "schwieg. Am Samstag reist er weiter.")};
  Timex saturday;
  saturday.span = make_span(articles[0].text.find("Samstag"), articles[0].text.find("Samstag") + 7);
  saturday.value = "2024-05-11";
  articles[0].times.push_back(saturday);
  EXPECT_EQ(build_stories(articles, reuse::find_copies(articles, packs()), packs()).events[0].when,
            "2024-05");
}

TEST(People, ARoleOfAnUndatedArticleIsThatOfTheOthers) {
  std::vector<Article> articles = {
      make_article("a", "A", "2022-05-11", "Der Bundeskanzler Olaf Scholz traf den Reeder."),
      make_article("b", "B", "", "Der Bundeskanzler Olaf Scholz traf den Reeder.")};
  for (Article& a : articles) {
    a.entities = {{"e1", "Olaf Scholz", EntityType::Person, {"Bundeskanzler"}, "m"}};
    a.mentions = {{make_span(18, 29), 0, MentionKind::Name}};
  }
  const Result r = build_stories(articles, reuse::find_copies(articles, packs()), packs());
  ASSERT_EQ(r.entities.size(), 1U);
  ASSERT_EQ(r.entities[0].roles.size(), 1U);
  EXPECT_EQ(r.entities[0].roles[0].from, "2021-12-08");
}

TEST(Timeline, BareYearToComeIsNoHappening) {
  std::vector<Article> articles = {make_article(
      "a", "A", "2024-05-10", "Nach dem Unfall läuft der Vertrag der Reederei bis 2028 weiter.")};
  Timex year;
  year.span = make_span(articles[0].text.find("2028"), articles[0].text.find("2028") + 4);
  year.value = "2028";
  articles[0].times.push_back(year);
  const Result r = build_stories(articles, reuse::find_copies(articles, packs()), packs());
  for (const TimelineEntry& entry : r.timeline) EXPECT_NE(entry.when, "2028");
}

TEST(Dates, WeekdayResolvesThroughTheOtherArticle) {
  const std::vector<Article> articles = meeting();
  const Result r = build_stories(articles, reuse::find_copies(articles, packs()), packs());
  ASSERT_EQ(r.events.size(), 1U);
  EXPECT_EQ(r.events[0].when, "2024-05-11");
  EXPECT_EQ(r.events[0].type, "MEET");
  ASSERT_EQ(r.resolved.size(), 1U);
  EXPECT_EQ(r.resolved[0].article, 1U);
}

// Neither has a day of publication; one names the whole date.
TEST(Dates, WeekdayResolvesThroughADateInTheOtherArticle) {
  std::vector<Article> articles = meeting();
  articles[0].published.value = "";
  const auto name_day = [&](const std::string& day) {
    Timex date;
    date.span = make_span(34, 41);
    date.value = day;
    articles[0].times.push_back(date);
  };
  name_day("2024-05-11");
  const std::vector<std::uint32_t> event = {0, 1};
  const std::vector<ResolvedTime> r = resolve_weekdays(articles, event);
  ASSERT_EQ(r.size(), 1U);
  EXPECT_EQ(r[0].article, 1U);
  EXPECT_EQ(r[0].value, "2024-05-11");
  EXPECT_EQ(r[0].why, "day of the same event that a names");
  name_day("2024-05-09");  // a Thursday says nothing of the Saturday
  EXPECT_EQ(resolve_weekdays(articles, event).size(), 1U);
  name_day("2021-05-15");  // nor does a Saturday years before
  EXPECT_EQ(resolve_weekdays(articles, event).size(), 1U);
  name_day("2024-05-18");  // but a second Saturday of the month leaves it open
  EXPECT_TRUE(resolve_weekdays(articles, event).empty());
}

// "am 11. Mai" in an article without any date.
TEST(Dates, DayOfTheYearResolvesThroughTheOtherArticle) {
  std::vector<Article> articles = meeting();
  articles[1].published.value = "";
  articles[1].times[0].value = "XXXX-05-11";
  articles[1].times[0].weekday = 0;
  articles[0].published.value = "2024-05-13";
  const std::vector<std::uint32_t> event = {0, 1};
  const std::vector<ResolvedTime> r = resolve_weekdays(articles, event);
  ASSERT_EQ(r.size(), 1U);
  EXPECT_EQ(r[0].value, "2024-05-11");
  EXPECT_EQ(r[0].why, "day of the year of the same event as in a, published 2024-05-13");
  articles[0].published.value = "2024-09-13";  // too long after it: another year may be meant
  EXPECT_TRUE(resolve_weekdays(articles, event).empty());
}

// The way of a date from one article to another is told in the timeline and in the event.
TEST(Dates, TheTimelineTellsWhereADayComesFrom) {
  const std::vector<Article> articles = meeting();
  const Result r = build_stories(articles, reuse::find_copies(articles, packs()), packs());
  const std::string way = "weekday of the same event as in a, published 2024-05-11";
  EXPECT_NE(r.events[0].why.find(way), std::string::npos) << r.events[0].why;
  bool told = false;
  for (const TimelineEntry& t : r.timeline) told = told || (t.when == "2024-05-11" && t.why == way);
  EXPECT_TRUE(told);
}

TEST(Dates, NoDayIsInvented) {
  std::vector<Article> articles = meeting();
  articles[0].published.value = "2024-05";
  Result r = build_stories(articles, reuse::find_copies(articles, packs()), packs());
  EXPECT_EQ(r.events[0].when, "2024-05");
  EXPECT_TRUE(r.resolved.empty());
  articles[0].published.value = articles[1].published.value = "";
  r = build_stories(articles, reuse::find_copies(articles, packs()), packs());
  EXPECT_EQ(r.events[0].when, "");
}

TEST(Dates, ConflictStaysUnresolved) {
  std::vector<Article> articles = meeting();
  articles.push_back(articles[0]);
  articles.back().id = "c";
  articles.back().published.value = "2024-05-19";  // another Saturday before it
  const std::vector<std::uint32_t> event = {0, 1, 2};
  EXPECT_TRUE(resolve_weekdays(articles, event).empty());
}

// Groups by id, whatever the indices.
std::set<std::set<std::string>> groups(const std::vector<Article>& articles) {
  const Result r = build_stories(articles, reuse::find_copies(articles, packs()), packs());
  std::set<std::set<std::string>> out;
  for (const Event& e : r.events) {
    std::set<std::string> ids;
    for (const std::uint32_t i : e.articles) ids.insert(articles[i].id);
    out.insert(ids);
  }
  return out;
}

TEST(StoryProperty, OrderOfInputChangesNothing) {
  testing_support::SentenceMaker make(4);
  std::vector<Article> articles;
  for (int e = 0; e < 5; ++e) {
    const std::string core = make.text(4);
    for (int i = 0; i < 3; ++i) {
      articles.push_back(make_article(testing_support::numbered("d", 10 * e + i), "", "2024-05-01",
                                      make.text(2).append(" ").append(core)));
    }
  }
  const auto want = groups(articles);
  EXPECT_EQ(want.size(), 5U);
  for (int round = 0; round < 5; ++round) {
    std::shuffle(articles.begin(), articles.end(), make.random());
    EXPECT_EQ(groups(articles), want);
  }
}

TEST(Stories, EmptyInput) {
  EXPECT_TRUE(build_stories({}, {}, packs()).events.empty());
  const std::vector<Article> blank = {make_article("a", "", "", "")};
  EXPECT_EQ(build_stories(blank, reuse::find_copies(blank, packs()), packs()).events.size(), 1U);
}

}  // namespace story_test
}  // namespace twosource::story
