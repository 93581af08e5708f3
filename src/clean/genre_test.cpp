#include "clean/genre.hpp"

#include <gtest/gtest.h>

#include "clean/cleaner.hpp"

namespace twosource::clean {
namespace genre_test {

const PackSet& packs() {
  static const PackSet set = PackSet::builtin();
  return set;
}

struct Case {
  const char* headline;
  const char* want;
};
void PrintTo(const Case& c, std::ostream* os) { *os << c.headline; }
class HeadlineTest : public testing::TestWithParam<Case> {};

TEST_P(HeadlineTest, NamesTheGenre) {
  static const GenreWords words(packs());
  EXPECT_EQ(words.of_headline(GetParam().headline), GetParam().want);
}
constexpr Case kCases[] = {
    {"Liveticker: Wasser an der Unter steigt weiter", "live"},
    {"Hochwasser-Liveblog: Zweiter Deich gebrochen", "live"},
    {"Unterau +++ Liveticker +++ Zweiter Deich gebrochen", "live"},
    {"Live updates: second dam gives way", "live"},
    {"Kommentar: Der Deich war zu alt", "opinion"},
    {"Opinion: The dam was too old", "opinion"},
    {"Live im Fernsehen: Unterau gegen Oberau", ""},
    {"Regierung weist Kommentar zurück: Kein Geld für Deiche", ""},
    {"Deich gebrochen +++ Bahn fährt nicht +++ Schulen zu", ""},
    {"Kommentar des Landrats sorgt für Ärger", ""},
    {"", ""},
    {"+++", ""},
};
INSTANTIATE_TEST_SUITE_P(All, HeadlineTest, testing::ValuesIn(kCases));

Article read(std::string body, intake::Content content) {
  static const Cleaner cleaner(packs());
  intake::RawDocument raw;
  raw.body = std::move(body);
  raw.content = content;
  return cleaner.run(raw);
}

std::string page(const std::string& above, const std::string& printed) {
  return "<html lang=de><head><title>Krieg am Fluss: die Entwicklungen</title><script type="
         "application/ld+json>{\"@type\":\"NewsArticle\",\"headline\":\"Krieg am Fluss: die "
         "Entwicklungen\",\"datePublished\":\"2023-10-07T09:53:36+02:00\",\"dateModified\":"
         "\"2024-07-18T13:08:27+02:00\"}</script></head><body><article>" +
         above + "<h1>Krieg am Fluss: die Entwicklungen</h1><p>Aktualisiert: " + printed +
         "</p><p>Am Morgen zogen die Truppen über den Fluss nach Norden ab, wie die Regierung am "
         "Mittag sagte.</p><p>Die Brücken blieben für alle Fahrzeuge gesperrt, und auch die Züge "
         "fuhren nicht.</p></article></body></html>";
}

TEST(Genre, OfAPageByTheLineAboveItsHeadline) {
  const Article live = read(page("<h2>Live-Ticker</h2>", "18.07.2024"), intake::Content::Html);
  EXPECT_EQ(live.genre, "live");
  EXPECT_EQ(live.published.value.substr(0, 10), "2023-10-07");
  EXPECT_EQ(read(page("<ul><li><a href=/l>Live-Ticker</a></li></ul>", "18.07.2024"),
                 intake::Content::Html)
                .genre,
            "");
}

TEST(Genre, ALiveTickerPrintsTheDayOfItsLastChange) {
  const std::string time = "<p><time datetime=2024-07-18>18.07.2024, 13.08 Uhr</time></p>";
  std::string ticker = page("<h2>Live-Ticker</h2>", "heute");
  ticker.insert(ticker.find("<p>Aktualisiert"), time);
  EXPECT_EQ(read(ticker, intake::Content::Html).published.value.substr(0, 10), "2023-10-07");
  EXPECT_EQ(read(page("",
                      "18.07.2024</p><p>11.04 Uhr: Der Deich hält noch.</p><p>10.50 Uhr: Neue "
                      "Säcke kommen an.</p><p>9.15 Uhr: Der Landrat tritt vor die Presse."),
                 intake::Content::Html)
                .genre,
            "live");
  std::string other = page("", "heute");
  other.insert(other.find("<p>Aktualisiert"), time);
  EXPECT_EQ(read(other, intake::Content::Html).published.value.substr(0, 10), "2024-07-18");
}

TEST(Genre, OfATextByTheLineAboveItsHeadline) {
  const std::string body =
      "Der Deich war zu alt\n\nDer Deich an der Unter war seit vielen Jahren zu alt, und das "
      "wussten "
      "alle im Rathaus.\nNiemand hat etwas getan, und nun steht das Wasser in den Kellern der "
      "Altstadt.\n";
  EXPECT_EQ(read("Kommentar\n\n" + body, intake::Content::Text).genre, "opinion");
  EXPECT_EQ(read(body, intake::Content::Text).genre, "");
}

}  // namespace genre_test
}  // namespace twosource::clean
