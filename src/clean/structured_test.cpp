#include "clean/structured.hpp"

#include <gtest/gtest.h>

#include <ostream>
#include <string>

namespace twosource::clean {
namespace structured_test {

std::string render(const Structured& s) {
  std::string out = s.headline + "|" + s.published + "|" + s.publisher + "|";
  for (const StructuredAuthor& a : s.authors) out += a.name + (a.organisation ? "(org)," : ",");
  return out;
}

struct Case {
  const char* name;
  const char* json;
  const char* want;  // headline|published|publisher|authors
};
void PrintTo(const Case& c, std::ostream* os) { *os << c.name; }
constexpr Case kCases[] = {
    {"article",
     R"({"@type":"NewsArticle","headline":"Deich h&auml;lt","datePublished":"2024-02-03",
         "publisher":{"@type":"Organization","name":"Elbblatt"},
         "author":[{"@type":"Person","name":"Ina Probe"},{"@type":"Organization","name":"dpa"}]})",
     "Deich hält|2024-02-03|Elbblatt|Ina Probe,dpa(org),"},
    {"graph_with_author_id",
     R"({"@graph":[{"@type":"WebSite","name":"Seite"},{"@type":"Person","@id":"#p","name":"Bo Muster"},
         {"@type":"Article","headline":"H","author":{"@id":"#p"}}]})",
     "H|||Bo Muster,"},
    {"given_and_family_name",
     R"({"@type":"Article","headline":"H","author":{"givenName":"Eva","familyName":"Test"}})",
     "H|||Eva Test,"},
    {"author_string", R"({"@type":"BlogPosting","headline":"H","author":"Kai Probe"})",
     "H|||Kai Probe,"},
    {"raw_line_break_in_string", "{\"@type\":\"Article\",\"headline\":\"Zwei\nZeilen\"}",
     "Zwei Zeilen|||"},
    {"broken_json_keeps_dates",
     R"({"@type":"NewsArticle","datePublished":"2023-05-06T10:00:00Z", "x": })",
     "|2023-05-06T10:00:00Z||"},
    {"no_article", R"({"@type":"Organization","name":"Firma"})", "|||"},
    {"not_json", "window.x = 1;", "|||"},
    {"empty", "", "|||"},
};
class StructuredTest : public testing::TestWithParam<Case> {};
TEST_P(StructuredTest, Reads) {
  const std::string html =
      std::string("<script type=\"application/ld+json\">") + GetParam().json + "</script><p>x";
  const dom::Document doc(html);
  EXPECT_EQ(render(read_structured(doc, "", "")), GetParam().want);
}
INSTANTIATE_TEST_SUITE_P(All, StructuredTest, testing::ValuesIn(kCases),
                         [](const auto& c) { return std::string(c.param.name); });

TEST(Structured, TheArticleThatAgreesWithTheTitleCounts) {
  const dom::Document doc(
      "<script type='application/ld+json'>[{\"@type\":\"Article\",\"headline\":\"Ein Teaser\"},"
      "{\"@type\":\"Article\",\"headline\":\"Die Brücke wird gesperrt\"}]</script>");
  EXPECT_EQ(read_structured(doc, "", "Die Brücke wird gesperrt").headline,
            "Die Brücke wird gesperrt");
  EXPECT_EQ(read_structured(doc, "", "").headline, "Ein Teaser");
}

TEST(PlainText, ReferencesAndTags) {
  EXPECT_EQ(plain_text("a &amp;amp; b"), "a & b");
  EXPECT_EQ(plain_text("<p>Er&nbsp;sagt &#8222;Ja&#8220;</p>"), "Er sagt „Ja“");
  EXPECT_EQ(plain_text("1 < 2 & 3"), "1 < 2 & 3");
  EXPECT_EQ(plain_text("&#xD800;&#0;&unknown;"), "&#xD800;&#0;&unknown;");
}

TEST(PlainText, IsLinear) {
  const std::string hostile(1U << 20U, '<');
  EXPECT_EQ(plain_text(hostile).size(), hostile.size());
  std::string ampersands;
  for (int i = 0; i < 300000; ++i) ampersands += "&<a";
  EXPECT_FALSE(plain_text(ampersands).empty());
}

}  // namespace structured_test
}  // namespace twosource::clean
