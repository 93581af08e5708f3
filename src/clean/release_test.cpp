#include <gtest/gtest.h>

#include <string>

#include "clean/cleaner.hpp"

namespace twosource::clean {
namespace release_test {

const std::string kStory =
    "Die Talwerk AG baut in Sandrup eine neue Halle. Rund vierzig Leute sollen dort vom Herbst an "
    "arbeiten, wie die Leitung am Morgen sagte.\n\nDie Stadt begrüßt den Plan und hofft auf mehr "
    "Verkehr auf der Schiene.\n";

struct Case {
  const char* name;
  std::string text;
  bool html;
  const char* url;
  const char* want;  // genre
};
void PrintTo(const Case& c, std::ostream* os) { *os << c.text; }

std::string page(const std::string& head, const std::string& above, const std::string& first) {
  return "<html lang=de><head><title>Neue Halle in Sandrup</title>" + head + "</head><body>" +
         above + "<main><h1>Neue Halle in Sandrup</h1><p>" + first +
         "Die Talwerk AG baut in Sandrup eine neue Halle. Rund vierzig Leute sollen dort vom "
         "Herbst an arbeiten, wie die Leitung am Morgen sagte.</p><p>Die Stadt begrüßt den Plan "
         "und hofft auf mehr Verkehr auf der Schiene, der bisher kaum genutzt wird.</p></main>"
         "</body></html>";
}
std::string ld(const std::string& fields) {
  return "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"Neue Halle "
         "in Sandrup\"," +
         fields + "}</script>";
}

class Genre : public testing::TestWithParam<Case> {};
TEST_P(Genre, IsPressReleaseWhereTheTextSaysSo) {
  static const Cleaner cleaner(PackSet::builtin());
  intake::RawDocument raw;
  raw.body = GetParam().text;
  raw.url = GetParam().url;
  raw.content = GetParam().html ? intake::Content::Html : intake::Content::Text;
  EXPECT_EQ(cleaner.run(raw).genre, GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(
    Texts, Genre,
    testing::ValuesIn(std::vector<Case>{
        {"NoWord", kStory, false, "", ""},
        {"LineAlone", "Pressemitteilung\n\n" + kStory, false, "", "press-release"},
        {"LineWithNumberAndDate", "PRESSEMITTEILUNG Nr. 12/2021 vom 3. März 2021\n\n" + kStory,
         false, "", "press-release"},
        {"LineWithItsBody", "Neue Halle in Sandrup\n\nPressemitteilung der Talwerk AG\n\n" + kStory,
         false, "", "press-release"},
        {"ReportAboutOne",
         "Pressemitteilung der Polizei sorgt für Ärger\n\nDie Polizei in Sandrup steht wegen ihrer "
         "Worte in der Kritik. Das sagte der Bürgermeister am Morgen.\n",
         false, "", ""},
        {"SentenceAboutOne", kStory + "\nDas steht in der Pressemitteilung der Talwerk AG.\n",
         false, "", ""},
        {"Plural", "Pressemitteilungen\n\n" + kStory, false, "", ""},
        {"English",
         "PRESS RELEASE\n\nNew hall in Northfield\n\nThe works will build a hall in Northfield. "
         "About forty people are to work there from autumn, the board said.\n",
         false, "", "press-release"},
        {"ServiceAsOnlySource", "Sandrup (ots) - " + kStory, false, "", "press-release"},
        {"ServiceBesideAnAgency", "Sandrup (dpa/ots) - " + kStory, false, "", ""},
        {"Agency", "Sandrup (dpa) - " + kStory, false, "", ""},
        {"SignedByTheService",
         kStory + "\nOriginal-Content von: Talwerk AG, übermittelt durch news aktuell\n", false, "",
         "press-release"},
        {"Page", page("", "", ""), true, "https://elbblatt.example/a", ""},
        {"PageOfAService", page("", "", ""), true, "https://www.presseportal.de/pm/1/2",
         "press-release"},
        {"PageWithServicesDateline", page("", "", "Sandrup (ots) - "), true, "", "press-release"},
        {"SectionOfReleases", page(ld("\"articleSection\":\"Pressemitteilungen\""), "", ""), true,
         "", "press-release"},
        {"GenreOfStructuredData", page(ld("\"genre\":\"Press Release\""), "", ""), true, "",
         "press-release"},
        {"OtherSection", page(ld("\"articleSection\":\"Presse\""), "", ""), true, "", ""},
        {"MenuOfThePage",
         page("",
              "<nav><ul><li><a href=/p>Pressemitteilung</a><li><a href=/k>Kontakt</a></ul></nav>",
              ""),
         true, "", ""}}),
    [](const auto& c) { return c.param.name; });

}  // namespace release_test
}  // namespace twosource::clean
