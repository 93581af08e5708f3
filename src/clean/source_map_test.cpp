#include "clean/source_map.hpp"

#include <gtest/gtest.h>

#include <ostream>
#include <random>

#include "clean/cleaner.hpp"
#include "text/utf8.hpp"

namespace twosource::clean {
namespace source_map_test {

const Cleaner& cleaner() {
  static const Cleaner c(PackSet::builtin(), true);
  return c;
}

Article read(const std::string& body, intake::Content content) {
  intake::RawDocument raw;
  raw.content = content;
  raw.body = body;
  return cleaner().run(raw);
}

// The page's bytes that `words` of the text were read from; "?" when a part of them has no run.
std::string spelled(const Article& a, const std::string& page, const std::string& words) {
  const std::size_t begin = a.text.find(words);
  if (begin == std::string::npos) return "no such text";
  std::string out;
  for (std::size_t at = begin; at < begin + words.size();) {
    const SourceRun* run = nullptr;
    for (const SourceRun& r : a.source) {
      if (r.text.begin <= at && at < r.text.end) run = &r;
    }
    if (run == nullptr) {
      out += '?';
      ++at;
    } else if (run->text.size() == run->page.size()) {
      out += page[run->page.begin + (at - run->text.begin)];
      ++at;
    } else {
      out += slice(page, run->page);
      at = run->text.end;
    }
  }
  return out;
}

struct Case {
  const char* name;
  const char* paragraph;
  const char* words;
  const char* want;
};
void PrintTo(const Case& c, std::ostream* os) { *os << c.name; }
const Case kCases[] = {
    {"plain", "<p>Die Fähre legte am Abend wieder an.</p>", "Fähre legte", "Fähre legte"},
    {"entity", "<p>Die F&auml;hre legte am Abend wieder an.</p>", "Die Fähre", "Die F&auml;hre"},
    {"number", "<p>Er rief: &#8222;An Bord!&#x201C; Dann fuhr sie ab.</p>", "„An Bord!“ Dann",
     "&#8222;An Bord!&#x201C; Dann"},
    {"ampersand", "<p>Die Reederei Nord &amp; Co liess sie reparieren.</p>", "Nord & Co",
     "Nord &amp; Co"},
    {"line_break", "<p>Die Fähre\n   legte am Abend wieder an.</p>", "Fähre legte",
     "Fähre\n   legte"},
    {"hard_blank", "<p>Sie hat 30&nbsp;Plätze an Deck verloren.</p>", "30 Plätze",
     "30&nbsp;Plätze"},
    {"soft_hyphen", "<p>Das Fähr\u00adschiff legte am Abend an.</p>", "Fährschiff legte",
     "Fährschiff legte"},
    {"inline_element", "<p>Die <b>Fäh</b>re <i>legte</i> wieder an.</p>", "Die Fähre legte",
     "Die Fähre legte"},
    {"blank_inside_element", "<p>Die Fähre<b> legte</b> am Abend an.</p>", "Fähre legte",
     "Fähre legte"},
    {"behind_a_script", "<p>Die <script>var a = '<p>Die Fähre';</script>Fähre legte an.</p>",
     "Fähre legte", "Fähre legte"},
};
class SourceMapTest : public testing::TestWithParam<Case> {};
TEST_P(SourceMapTest, GivesThePagesSpelling) {
  const Case& c = GetParam();
  const std::string page =
      "<html lang=de><head><title>Am Hafen</title></head><body><nav>Die Fähre legte</nav><!-- Die "
      "Fähre legte --><article><h1>Am Hafen von Musterdorf</h1><p>Am Kai standen am Morgen rund "
      "hundert Leute und warteten auf das Schiff.</p>" +
      std::string(c.paragraph) + "</article></body></html>";
  const Article a = read(page, intake::Content::Html);
  EXPECT_EQ(spelled(a, page, c.words), c.want);
  EXPECT_EQ(spelled(a, page, "Am Hafen von Musterdorf"), "Am Hafen von Musterdorf");
}
INSTANTIATE_TEST_SUITE_P(All, SourceMapTest, testing::ValuesIn(kCases),
                         [](const auto& c) { return std::string(c.param.name); });

TEST(SourceMap, OfTheRightOneOfTwoEqualSentences) {
  const std::string sentence = "Die Fähre legte am Abend nach zwei Stunden wieder am Kai an.";
  const std::string page = "<html><body><nav><ul><li><a href=x>" + sentence +
                           "</a></li></ul></nav><article><h1>Am Hafen</h1><p>" + sentence +
                           "</p><p>Rund hundert Leute warteten dort, sagte der Kapitän.</p>"
                           "</article></body></html>";
  const Article a = read(page, intake::Content::Html);
  const std::size_t begin = a.text.find(sentence);
  ASSERT_NE(begin, std::string::npos);
  for (const SourceRun& r : a.source) {
    if (r.text.begin == begin) {
      EXPECT_EQ(r.page.begin, page.rfind(sentence));
    }
  }
}

TEST(SourceMap, OfFlattenedText) {
  const std::string page =
      "date 2017-07\nAm Hafen\nDie Fähre legte  am Abend an.\nTeilen\nRund hundert\tLeute warteten "
      "dort, sagte der Kapitän am Samstag.\n";
  const Article a = read(page, intake::Content::Text);
  EXPECT_EQ(spelled(a, page, "legte am"), "legte  am");
  EXPECT_EQ(spelled(a, page, "hundert Leute"), "hundert\tLeute");
}

TEST(SourceMap, RunsAreInOrderAndInsideAnyPage) {
  std::mt19937 random(5);
  constexpr const char* kPieces[] = {"<p>",
                                     "</p>",
                                     "<b>",
                                     "</b>",
                                     "&amp;",
                                     "&",
                                     "&#0;",
                                     "\xC2\xAD",
                                     "<table><tr><td>",
                                     "</table>",
                                     "Ein ganzer Satz endet hier. ",
                                     "\xC3\xA4",
                                     "\n",
                                     "<!-- x -->",
                                     "<script>a</script>",
                                     "&nbsp;",
                                     "\xEF\xBB\xBF",
                                     "<h1>",
                                     "</h1>",
                                     "<br>"};
  for (int round = 0; round < 300; ++round) {
    std::string page;
    for (unsigned k = 0; k < 80; ++k) page += kPieces[random() % std::size(kPieces)];
    for (const auto content : {intake::Content::Html, intake::Content::Text}) {
      const Article a = read(page, content);
      std::uint32_t last = 0;
      for (const SourceRun& r : a.source) {
        ASSERT_GE(r.text.begin, last);
        ASSERT_LT(r.text.begin, r.text.end);
        ASSERT_LE(r.text.end, a.text.size());
        ASSERT_LT(r.page.begin, r.page.end);
        ASSERT_LE(r.page.end, page.size());
        ASSERT_TRUE(utf8::valid(a.at(r.text)));
        last = r.text.end;
      }
    }
  }
}

}  // namespace source_map_test
}  // namespace twosource::clean
