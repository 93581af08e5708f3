#include "report/report.hpp"

#include <gtest/gtest.h>

#include <regex>
#include <set>

#include "article/test_articles.hpp"
#include "report/labels.hpp"
#include "report/passages.hpp"
#include "report/view.hpp"

namespace twosource {
namespace report_test {

using testing_support::make_article;
using testing_support::packs;

// Two articles that disagree on a duration, one of them hostile in every field.
Dossier sample(const std::string& hostile) {
  Dossier d;
  d.title = hostile;
  d.articles = {make_article("one", "Sie sprachen zwei Stunden. Es regnete."),
                make_article("two", "Das Gespräch dauerte drei Stunden." + hostile)};
  d.articles[0].headline = hostile;
  d.articles[0].publisher = hostile;
  d.articles[0].url = "javascript:alert(1)";
  d.articles[0].authors = {hostile};
  d.articles[0].furniture = {{FurnitureKind::Caption, hostile, 0}};
  d.articles[1].published = {"2024-05", DateSource::Prefix};
  d.origins = {{"o1", OriginKind::Outlet, hostile, "outlet:one"},
               {"o2", OriginKind::Agency, "dpa", "agency:dpa"}};
  CorpusEntity person;
  person.id = "p1";
  person.name = hostile;
  person.aliases = {hostile};
  person.roles = {{hostile, "2017-01", "", {{0, {0, 3}}}}};
  d.entities = {person};
  Claim c;
  c.id = "k1";
  c.text = hostile;
  c.why = hostile;
  c.verdict = Verdict::Contradicted;
  c.origins = 2;
  Statement a;
  a.evidence = {0, {0, 26}};
  a.origin = 0;
  a.values = {{"duration", "PT2H", {13, 25}}};
  Statement b;
  b.evidence = {1, {0, 35}};
  b.origin = 1;
  b.speaker = 0;
  b.values = {{"duration", "PT3H", {22, 34}}};
  c.statements = {a, b};
  c.differences = {{"duration", Relation::Different, 0, 1, "PT2H", "PT3H", hostile}};
  d.claims = {c};
  d.quotes = {{"q1", 0, {{{0, {0, 26}}, hostile}, {{1, {0, 35}}, "x"}}}};
  d.timeline = {{"2024-05", hostile, -1, {{0, {0, 26}}}}};
  d.copies = {{"c1", {0, 1}, hostile, {{0, 1, 0.5, false, -1, {{{0, 5}, {0, 5}}}}}, hostile, {}}};
  return d;
}

TEST(Html, EscapesEverythingThatComesFromArticles) {
  for (const char* payload : {"<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>",
                              "{{label.note}}{{{style}}}", "' onmouseover='alert(1)"}) {
    const std::string page = report::to_html(sample(payload), packs());
    EXPECT_EQ(page.find("<script"), std::string::npos);
    EXPECT_EQ(page.find("<img"), std::string::npos);
    EXPECT_EQ(page.find("onmouseover='"), std::string::npos);
    EXPECT_EQ(page.find("javascript:"), std::string::npos);
    EXPECT_NE(page.find("default-src 'none'"), std::string::npos);
  }
}

TEST(Html, EveryLinkInsideThePageHasItsTarget) {
  const std::string page = report::to_html(sample("Titel"), packs());
  std::set<std::string> ids;
  const std::regex id("id=\"([^\"]+)\"");
  for (std::sregex_iterator it(page.begin(), page.end(), id), end; it != end; ++it) {
    EXPECT_TRUE(ids.insert((*it)[1]).second) << "twice: " << (*it)[1];
  }
  const std::regex link("href=\"#([^\"]+)\"");
  std::size_t links = 0;
  for (std::sregex_iterator it(page.begin(), page.end(), link), end; it != end; ++it, ++links) {
    EXPECT_TRUE(ids.contains((*it)[1])) << (*it)[1];
  }
  EXPECT_GT(links, 20U);
}

TEST(Html, TimelineNamesEachArticleOnce) {
  Dossier d = sample("Titel");
  d.articles[0].publisher = "Tagblatt";
  d.timeline = {{"2024-05", "Titel", -1, {{0, {0, 26}}, {0, {0, 26}}, {1, {0, 35}}}}};
  std::string page = report::to_html(d, packs());
  page.erase(0, page.find("<ol class=\"time\">"));
  page.erase(page.find("</ol>"));
  EXPECT_EQ(page.find("Tagblatt"), page.rfind("Tagblatt")) << page;
}

TEST(Html, ShowsBothValuesInTheWordsOfTheTexts) {
  const std::string page = report::to_html(sample("Titel"), packs());
  EXPECT_NE(page.find("<span class=\"v\">zwei Stunden</span>"), std::string::npos);
  EXPECT_NE(page.find("<span class=\"v\">drei Stunden</span>"), std::string::npos);
  EXPECT_NE(page.find("Mai 2024"), std::string::npos);
  EXPECT_NE(page.find("lang=\"de\""), std::string::npos);
}

// A reprinted sentence is a copy, even where it cites somebody; a difference shows before all else.
TEST(View, AReprintedSentenceIsShownAsACopy) {
  Dossier d = sample("Titel");
  d.articles[0].publisher = "Tagblatt";
  d.origins[0].name = "Tagblatt";
  d.claims[0].differences.clear();
  const auto state = [&] { return report::View(d, packs()).cell(d.claims[0], 1).state; };
  EXPECT_EQ(state(), report::CellState::Cites);
  d.sentence_origins = {{{0, -1, ""}, {0, -1, ""}}, {{0, 0, ""}}};
  EXPECT_EQ(state(), report::CellState::Copies);
  EXPECT_EQ(report::View(d, packs()).cell(d.claims[0], 1).words, "Tagblatt");
  EXPECT_EQ(report::View(d, packs()).cell(d.claims[0], 0).state, report::CellState::Reports);
  d.claims[0].differences = {{"duration", Relation::Different, 0, 1, "PT2H", "PT3H", ""}};
  EXPECT_EQ(state(), report::CellState::Differs);
}

TEST(Html, AnEmptyDossierIsStillAPage) {
  const std::string page = report::to_html(Dossier{}, packs());
  EXPECT_TRUE(page.starts_with("<!DOCTYPE html>"));
  EXPECT_NE(page.find("</html>"), std::string::npos);
}

TEST(Markdown, ListsClaimsWithBothValuesAndEscapesMarkup) {
  const std::string text = report::to_markdown(sample("*fett* <b>"), packs());
  EXPECT_NE(text.find("**zwei Stunden**"), std::string::npos);
  EXPECT_NE(text.find("\\*fett\\* \\<b\\>"), std::string::npos);
  EXPECT_EQ(text.find("*fett* <b>"), std::string::npos);
}

TEST(Labels, BothLanguagesHaveTheSameKeys) {
  const report::Labels german(packs().get("de"));
  const report::Labels english(packs().get("en"));
  EXPECT_EQ(german.all().size(), english.all().size());
  for (const auto& [key, text] : german.all()) EXPECT_TRUE(english.all().contains(key)) << key;
}

struct DateCase {
  const char* edtf;
  const char* german;
  const char* english;
};
void PrintTo(const DateCase& c, std::ostream* os) { *os << c.edtf; }
class DateTest : public testing::TestWithParam<DateCase> {};
TEST_P(DateTest, WritesNoMoreThanIsKnown) {
  EXPECT_EQ(report::Labels(packs().get("de")).date(GetParam().edtf), GetParam().german);
  EXPECT_EQ(report::Labels(packs().get("en")).date(GetParam().edtf), GetParam().english);
}
INSTANTIATE_TEST_SUITE_P(
    Labels, DateTest,
    testing::Values(DateCase{"2017-11-11", "11. November 2017", "11 November 2017"},
                    DateCase{"2017-07", "Juli 2017", "July 2017"}, DateCase{"2017", "2017", "2017"},
                    DateCase{"", "", ""},
                    DateCase{"2017-11-11T08:00:00Z", "11. November 2017", "11 November 2017"},
                    DateCase{"../2019", "../2019", "../2019"}));

TEST(Passages, SegmentsCoverTheSentenceWithoutGaps) {
  const Dossier d = sample("x");
  const report::PassageIndex index(d);
  const auto segments = index.segments(0, {0, 26});
  ASSERT_EQ(segments.size(), 2U);
  EXPECT_TRUE(segments[0].copied);
  EXPECT_FALSE(segments[1].copied);
  EXPECT_EQ(segments[0].span.begin, 0U);
  EXPECT_EQ(segments[0].span.end, segments[1].span.begin);
  EXPECT_EQ(segments[1].span.end, 26U);
}

}  // namespace report_test
}  // namespace twosource
