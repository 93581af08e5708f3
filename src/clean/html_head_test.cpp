#include <gtest/gtest.h>

#include <ostream>
#include <string>

#include "clean/cleaner.hpp"

namespace twosource::clean {
namespace html_head_test {

Article read_head(const std::string& head, const std::string& top, const std::string& bottom) {
  static const Cleaner cleaner(PackSet::builtin());
  std::string body;
  for (int i = 0; i < 3; ++i) {
    body +=
        "<p>Die Fähre legt ab Montag wieder an, weil der Anleger repariert ist und die Prüfer "
        "nichts mehr fanden. Der Kreis zahlt die Hälfte der Kosten.</p>";
  }
  intake::RawDocument raw;
  raw.content = intake::Content::Html;
  raw.url = "https://www.elbblatt.example/kreis/faehre";
  raw.body = "<html lang=de><head><meta property=og:site_name content=Elbblatt>" + head +
             "</head><body>" + top + body + bottom + "</body></html>";
  return cleaner.run(raw);
}

struct HeadlineCase {
  const char* name;
  const char* head;
  const char* top;
  const char* want;
};
void PrintTo(const HeadlineCase& c, std::ostream* os) { *os << c.name; }
class PageHeadline : public testing::TestWithParam<HeadlineCase> {};
TEST_P(PageHeadline, IsTheArticles) {
  const HeadlineCase& c = GetParam();
  EXPECT_EQ(read_head(c.head, c.top, "").headline, c.want);
}
constexpr HeadlineCase kHeadlines[] = {
    {"SiteBehind", "<title>Fähre legt wieder an | Elbblatt</title>", "", "Fähre legt wieder an"},
    {"KickerThatLooksLikeTheSite", "<title>Elbblattserie: Fähre legt wieder an - Elbblatt</title>",
     "", "Elbblattserie: Fähre legt wieder an"},
    {"SiteInFront", "<title>Elbblatt | Anleger</title>", "", "Anleger"},
    {"BreadcrumbIsNoHeadline",
     "<title>Fähre Nordufer: Ab Montag legt sie wieder an</title>"
     "<meta property=og:title content='Die Fähre am Nordufer legt wieder an'>",
     "<ul><li><a href=/>Start</a><li><h1>Fähre Nordufer: Ab Montag legt sie wieder an</h1></ul>"
     "<h2>Die Fähre am Nordufer legt wieder an</h2>",
     "Die Fähre am Nordufer legt wieder an"},
    {"MainHeadingAndDataHaveTheLongerForm",
     R"(<script type=application/ld+json>{"@type":"NewsArticle","headline":"Die Fähre ist ein )"
     R"(großer Gewinn für den Kreis"}</script>)"
     "<meta property=og:title content='Ein großer Gewinn für den Kreis'>",
     "<nav><h1>Die Fähre ist ein großer Gewinn für den Kreis</h1></nav>"
     "<h2>Ein großer Gewinn für den Kreis</h2>",
     "Die Fähre ist ein großer Gewinn für den Kreis"},
    {"OneWordIsNoAgreement", "<title>Kreis | Fähre am Nordufer legt ab Montag an</title>",
     "<h2>Kreis</h2><h1>Am Montag legt die Fähre an</h1>", "Am Montag legt die Fähre an"},
    {"KickerInSmall", "<title>Ab Montag</title>",
     "<h1><small>Verkehr</small><br>Die Fähre am Nordufer legt wieder an</h1>",
     "Die Fähre am Nordufer legt wieder an"},
    {"KickerThatTheMetadataKeep", "<meta property=og:title content='Verkehr: Fähre legt an'>",
     "<h1><small>Verkehr</small> Fähre legt an</h1>", "Verkehr: Fähre legt an"},
    {"SoftHyphens", "<title>Ein&shy;weihung am Nord&shy;ufer</title>",
     "<h1><span class=kicker>Fest</span> Einweihung am Nordufer</h1>", "Einweihung am Nordufer"},
    {"HiddenLabelsAreShown", "<title>Fähre legt wieder an</title>",
     "<h1><span class='field--label-hidden'>Fähre legt wieder an</span></h1><h2>Fähre</h2>",
     "Fähre legt wieder an"},
};
INSTANTIATE_TEST_SUITE_P(Pages, PageHeadline, testing::ValuesIn(kHeadlines),
                         [](const auto& c) { return std::string(c.param.name); });

struct AuthorCase {
  const char* name;
  const char* head;
  const char* top;
  const char* bottom;
  const char* want;  // joined by ';'
};
void PrintTo(const AuthorCase& c, std::ostream* os) { *os << c.name; }
class PageAuthors : public testing::TestWithParam<AuthorCase> {};
TEST_P(PageAuthors, ArePersons) {
  const AuthorCase& c = GetParam();
  std::string got;
  for (const std::string& a :
       read_head(c.head, std::string("<h1>Fähre legt wieder an</h1>") + c.top, c.bottom).authors) {
    got += (got.empty() ? "" : ";") + a;
  }
  EXPECT_EQ(got, c.want);
}
constexpr AuthorCase kAuthors[] = {
    {"Meta", "<meta name=author content='Anna Probe, Ben Muster'>", "", "",
     "Anna Probe;Ben Muster"},
    {"Organisation", "<meta name=author content='Fährhaus GmbH, Kiel, Germany'>", "", "", ""},
    {"Outlet", "<meta name=author content='Elbblatt'>", "", "", ""},
    {"HolderOfAPicture", "", "<p>Die Fähre am Anleger. © Bildbund | Anna Probe</p>", "", ""},
    {"TwitterCard",
     "<meta name=twitter:label1 content='Verfasst von'><meta name=twitter:data1 content='Anna "
     "Probe'><meta name=twitter:label2 content=Lesezeit><meta name=twitter:data2 content='4 "
     "Minuten'>",
     "", "", "Anna Probe"},
    {"OfThePageByReference",
     R"(<script type=application/ld+json>{"@graph":[{"@type":"WebPage","author":{"@id":"#p1"}},)"
     R"({"@type":["Person"],"@id":"#p1","name":"Anna Probe"}]}</script>)",
     "", "", "Anna Probe"},
    {"LabelBelowTheText", "", "", "<p>Autorin: Anna Probe, Projektleiterin</p>", "Anna Probe"},
    {"LabelWithColonInside", "", "<p>Autor:in: Anna Probe</p>", "", "Anna Probe"},
    {"LineBelowAShortText", "", "", "<p>Von Anna Probe und Ben Muster</p>",
     "Anna Probe;Ben Muster"},
    {"BlogName", "", "<span class=author><a class='url fn' href=/x>Moorgeist</a></span>", "",
     "Moorgeist"},
    {"LinksOfOtherArticles", "", "<a rel=author href=/a>Anna Probe</a>",
     "<div class=related><p>Mehr dazu in der Reihe</p><p>Teil eins</p><p>Teil zwei</p><p>Drei</p>"
     "<ul><li>a<li>b<li>c<li>d<li>e<li>f<li>g<li>h<li>i<li>j<li>k</ul>"
     "<a rel=author href=/b>Ben Muster</a></div>",
     "Anna Probe"},
    {"AccountInTheHead", "<meta name=author content=annaprobe>",
     "<div class=byline>Von Anna Probe</div>", "", "Anna Probe"},
    {"AccountOnly", "<meta name=author content=annaprobe>", "", "", "annaprobe"},
    {"MoreInMeta",
     R"(<meta name=author content="Anna Probe, Ben Muster"><script type=application/ld+json>)"
     R"({"@type":"NewsArticle","author":{"@type":"Person","name":"Anna Probe"}}</script>)",
     "", "", "Anna Probe;Ben Muster"},
    {"SentenceWithVon", "", "<p>Von Stade bis Wedel auf dem Fluss</p>", "", ""},
};
INSTANTIATE_TEST_SUITE_P(Pages, PageAuthors, testing::ValuesIn(kAuthors),
                         [](const auto& c) { return std::string(c.param.name); });

}  // namespace html_head_test
}  // namespace twosource::clean
