#include "clean/flat.hpp"

#include <gtest/gtest.h>

#include <array>
#include <random>
#include <string>
#include <vector>

#include "clean/flat_dateline.hpp"
#include "clean/flat_text.hpp"
#include "text/utf8.hpp"

namespace twosource::clean {
namespace flat_test {

const PackSet& packs() {
  static const PackSet instance = PackSet::builtin();
  return instance;
}
const FlatCleaner& cleaner() {
  static const FlatCleaner instance(packs());
  return instance;
}

constexpr const char* kFirst =
    "Der Stadtrat von Nordhafen hat am Dienstag den Bau einer neuen Brücke über die Lune "
    "beschlossen. Für den Entwurf stimmten nach langer Debatte 31 der 48 Mitglieder.";
constexpr const char* kSecond =
    "Die alte Brücke ist seit dem Frühjahr für Lastwagen gesperrt, weil ein Pfeiler gerissen war. "
    "Mit dem Neubau soll im kommenden Jahr begonnen werden, sagte die Baurätin.";
constexpr const char* kThird =
    "Kritik kam von den Fischern am Westufer, die um ihre Liegeplätze fürchten. Sie wollen vor "
    "Gericht ziehen, falls die Stadt ihnen keinen Ersatz anbietet.";

std::string article() { return std::string(kFirst) + "\n\n" + kSecond + "\n\n" + kThird; }

std::string texts(const FlatResult& r) {
  std::string out;
  for (const Paragraph& p : r.paragraphs) {
    out += std::string(to_string(p.kind)) + '|' + std::string(slice(r.text, p.span)) + '\n';
  }
  return out;
}

bool has_furniture(const FlatResult& r, FurnitureKind kind, std::string_view text) {
  for (const Furniture& f : r.furniture) {
    if (f.kind == kind && f.text == text) return true;
  }
  return false;
}

// Letters of a text, counted: what must neither be lost nor invented.
std::array<std::size_t, 512> letters(std::string_view text) {
  std::array<std::size_t, 512> out{};
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = utf8::decode(text, at);
    if (utf8::is_letter(c)) ++out[c % out.size()];
  }
  return out;
}

void expect_sound(std::string_view input, const FlatResult& r) {
  std::uint32_t last = 0;
  for (const Paragraph& p : r.paragraphs) {
    EXPECT_LE(last, p.span.begin);
    EXPECT_LT(p.span.begin, p.span.end);
    EXPECT_LE(p.span.end, r.text.size());
    EXPECT_TRUE(utf8::valid(slice(r.text, p.span)));
    last = p.span.end;
  }
  std::string all = r.text;
  for (const Furniture& f : r.furniture) {
    EXPECT_LE(f.before, r.text.size());
    all += f.text;
  }
  EXPECT_EQ(letters(input), letters(all));
  for (const AgencyCredit& a : r.agencies) {
    EXPECT_LT(a.furniture, static_cast<std::int32_t>(r.furniture.size()));
    EXPECT_LE(a.span.end, r.text.size());
  }
}

TEST(FlatCleaner, LeavesCleanTextAlone) {
  const FlatResult r = cleaner().run(article());
  EXPECT_EQ(r.text, std::string(kFirst) + '\n' + kSecond + '\n' + kThird);
  EXPECT_TRUE(r.furniture.empty());
  EXPECT_EQ(r.language, "de");
  EXPECT_EQ(r.published.from, DateSource::None);
}

TEST(FlatCleaner, LeavesShortTextsAlone) {
  EXPECT_EQ(cleaner().run("Ein Satz.").text, "Ein Satz.");
  EXPECT_EQ(cleaner().run("Wort").text, "Wort");
  EXPECT_EQ(cleaner().run("").text, "");
  EXPECT_EQ(cleaner().run(" \n\t\n ").text, "");
}

TEST(FlatCleaner, CutsAnythingAroundTheArticle) {
  const std::string page =
      std::string("1. Zum Inhalt springen\n  2. Zur Hauptnavigation springen\n") +
      "Politik\n\nNeue Brücke für Nordhafen beschlossen\n\n11. November 2017\n\n" +
      "Von Jana Kern\n\nDie Brücke am Hafen Foto: Jan Maier/dpa\n\n" + article() +
      "\n\njk/mm (afp, dpa)\n\nDas könnte Sie auch interessieren\nWetter im Norden";
  const FlatResult r = cleaner().run(page);
  EXPECT_EQ(texts(r), std::string("headline|Neue Brücke für Nordhafen beschlossen\nbody|") +
                          kFirst + "\nbody|" + kSecond + "\nbody|" + kThird + "\n");
  EXPECT_EQ(r.headline, "Neue Brücke für Nordhafen beschlossen");
  EXPECT_EQ(r.published.value, "2017-11-11");
  EXPECT_EQ(r.published.from, DateSource::Visible);
  EXPECT_EQ(r.authors, std::vector<std::string>{"Jana Kern"});
  EXPECT_TRUE(has_furniture(r, FurnitureKind::Navigation, "1. Zum Inhalt springen"));
  EXPECT_TRUE(has_furniture(r, FurnitureKind::Caption, "Die Brücke am Hafen Foto: Jan Maier/dpa"));
  EXPECT_TRUE(has_furniture(r, FurnitureKind::AuthorCode, "jk/mm (afp, dpa)"));
  ASSERT_EQ(r.agencies.size(), 3U);
  EXPECT_EQ(r.agencies[0].kind, AgencyKind::Photo);
  EXPECT_EQ(r.agencies[1].name, "AFP");
  EXPECT_EQ(r.agencies[2].name, "dpa");
  EXPECT_EQ(r.agencies[2].kind, AgencyKind::Text);
  expect_sound(page, r);
}

struct GluedCase {
  const char* before;
  const char* after;
  FurnitureKind kind;
  const char* furniture;
};
class Glued : public testing::TestWithParam<GluedCase> {};
TEST_P(Glued, IsCut) {
  const GluedCase& c = GetParam();
  const std::string input = c.before + article() + c.after;
  const FlatResult r = cleaner().run(input);
  EXPECT_EQ(r.text, std::string(kFirst) + '\n' + kSecond + '\n' + kThird);
  EXPECT_TRUE(has_furniture(r, c.kind, c.furniture)) << texts(r);
  expect_sound(input, r);
}
INSTANTIATE_TEST_SUITE_P(
    Pieces, Glued,
    testing::ValuesIn(std::vector<GluedCase>{
        {" date 2017-07 ", "", FurnitureKind::Prefix, "date 2017-07"},
        {"Hamburg", "", FurnitureKind::Dateline, "Hamburg"},
        {"HAMBURG. ", "", FurnitureKind::Dateline, "HAMBURG."},
        {"HAMBURG/BERLIN. ", "", FurnitureKind::Dateline, "HAMBURG/BERLIN."},
        {"Hamburg – ", "", FurnitureKind::Dateline, "Hamburg –"},
        {"Nordhafen (dpa) - ", "", FurnitureKind::Dateline, "Nordhafen (dpa) -"},
        {"", "Haftungsausschluss: Die Rechte liegen beim Autor. Bitte melden Sie Fehler.",
         FurnitureKind::Disclaimer,
         "Haftungsausschluss: Die Rechte liegen beim Autor. Bitte melden Sie Fehler."},
        {"Sie haben den Artikel in Ihre Merkliste aufgenommen.\n\n", "", FurnitureKind::Share,
         "Sie haben den Artikel in Ihre Merkliste aufgenommen."},
        {"", "\n\nDen nächsten Abschnitt Mehr zum Thema überspringen", FurnitureKind::Navigation,
         "Den nächsten Abschnitt Mehr zum Thema überspringen"},
        {"", "\n\nThis browser does not support the video element.", FurnitureKind::Player,
         "This browser does not support the video element."},
        {"",
         "\n\nHinweis: Dieser Artikel stammt von einem Drittanbieter. Die Redaktion übernimmt "
         "keine "
         "Gewähr für die Richtigkeit.",
         FurnitureKind::Disclaimer,
         "Hinweis: Dieser Artikel stammt von einem Drittanbieter. Die Redaktion übernimmt keine "
         "Gewähr für die Richtigkeit."},
        {"", "\n\nOur Standards: The Thomson Reuters Trust Principles.", FurnitureKind::Footer,
         "Our Standards: The Thomson Reuters Trust Principles."},
        {"", "/jkr/DP/he", FurnitureKind::AuthorCode, "/jkr/DP/he"},
        {"", "\n\nDiesen Text gibt es als Podcast.\n\n© Agence France-Presse",
         FurnitureKind::Credit, "© Agence France-Presse"},
        {"4. Mai 2021 · Von Jana Kern und Jan Maier, Kiel\n\n", "", FurnitureKind::Byline,
         "4. Mai 2021 · Von Jana Kern und Jan Maier, Kiel"},
        {"17. Februar 2022, 19:03 Uhr Quelle: DER BOTE, dpa, AFP, lb\n\n", "",
         FurnitureKind::Credit, "17. Februar 2022, 19:03 Uhr Quelle: DER BOTE, dpa, AFP, lb"},
        {"", "\n\nMit Material von dpa und AFP", FurnitureKind::Credit,
         "Mit Material von dpa und AFP"},
    }));

TEST(FlatCleaner, GoesOnBehindALinkInTheText) {
  const std::string input = std::string(kFirst) + "\n\n" + kSecond +
                            "\n\nLesen Sie auch: Die schönsten Brücken im Norden\n\n" + kThird;
  const FlatResult r = cleaner().run(input);
  EXPECT_EQ(r.text, std::string(kFirst) + '\n' + kSecond + '\n' + kThird);
}

TEST(FlatCleaner, KeepsALastShortSentenceBehindALinkInTheText) {
  const std::string last = "Die nächste Sitzung beginnt am Montag um zehn Uhr.";
  const std::string input = article() + "\n\nLesen Sie auch: Die schönsten Brücken im Norden\n\n" +
                            last + "\n\nZurück zur Startseite";
  EXPECT_TRUE(cleaner().run(input).text.ends_with(last));
}

struct RightsCase {
  const char* line;
  const char* agency;
  AgencyKind kind;
};
class Rights : public testing::TestWithParam<RightsCase> {};
TEST_P(Rights, BehindTheTextAreThoseOfTheText) {
  const RightsCase& c = GetParam();
  const FlatResult r = cleaner().run(article() + "\n\n" + c.line);
  ASSERT_EQ(r.agencies.size(), 1U) << texts(r);
  EXPECT_EQ(r.agencies[0].name, c.agency);
  EXPECT_EQ(r.agencies[0].kind, c.kind);
}
INSTANTIATE_TEST_SUITE_P(Lines, Rights,
                         testing::ValuesIn(std::vector<RightsCase>{
                             {"© Agence France-Presse", "AFP", AgencyKind::Text},
                             {"(c) AFP. Alle Rechte vorbehalten.", "AFP", AgencyKind::Text},
                             {"© dpa-infocom, dpa:220604-99-537412/5", "dpa", AgencyKind::Text},
                             {"© Getty Images", "Getty Images", AgencyKind::Photo},
                         }));

TEST(FlatCleaner, TakesTheDateFromALineWithAnAuthor) {
  const FlatResult r = cleaner().run(
      "Neue Brücke in Nordhafen\n\n4. Mai 2021 · Von Jana Kern und Jan Maier, Kiel\n\n" +
      article());
  EXPECT_EQ(r.published.value, "2021-05-04");
  EXPECT_EQ(r.authors, (std::vector<std::string>{"Jana Kern", "Jan Maier"}));
}

TEST(FlatCleaner, TakesASingleAuthorBehindTheDate) {
  const FlatResult r = cleaner().run(
      "Neue Brücke in Nordhafen\n\n04.05.2021, 21:14 Uhr | Von Jana Kern\n\n" + article());
  EXPECT_EQ(r.published.value, "2021-05-04");
  EXPECT_EQ(r.authors, std::vector<std::string>{"Jana Kern"});
}

TEST(FlatCleaner, TakesTheDateFromALineWithAgencies) {
  const FlatResult r = cleaner().run(
      "Neue Brücke in Nordhafen\n\n04.05.2021 18:40 Uhr | Von: epd/dpa\n\n" + article());
  EXPECT_EQ(r.published.value, "2021-05-04");
  ASSERT_EQ(r.agencies.size(), 2U);
  EXPECT_EQ(r.agencies[0].name, "epd");
}

TEST(FlatCleaner, TakesTheDateInFrontOfTheTextBehindAHeadline) {
  const FlatResult r =
      cleaner().run("Neue Brücke für Nordhafen\n\n date 2017-07 Hamburg. " + article());
  EXPECT_EQ(r.published.value, "2017-07");
  EXPECT_EQ(r.dateline, "Hamburg");
  EXPECT_EQ(r.headline, "Neue Brücke für Nordhafen");
}

TEST(FlatCleaner, TakesTheDateOfADateline) {
  const FlatResult r =
      cleaner().run("Neue Brücke für Nordhafen\n\nMadrid, 9. Juni 2022. " + article());
  EXPECT_EQ(r.published.value, "2022-06-09");
  EXPECT_EQ(r.published.from, DateSource::Dateline);
  EXPECT_EQ(r.dateline, "Madrid");
  EXPECT_EQ(r.text.find("Madrid"), std::string::npos);
}

TEST(FlatCleaner, TakesAnyNameWithADateForADateline) {
  const FlatResult r =
      cleaner().run("Neue Brücke in Nordhafen\n\nLohburg, 3. Februar 2023 - " + article());
  EXPECT_EQ(r.published.value, "2023-02-03");
  EXPECT_EQ(r.dateline, "Lohburg");
}

TEST(FlatCleaner, TakesAnUnknownPlaceForADatelineWhenTheTextIsAboutIt) {
  const std::string about = "Bei der Wahl in Wallmünde hat am Sonntag niemand gewonnen. ";
  const FlatResult r = cleaner().run("Wahl ohne Sieger\n\nWallmünde. " + about + article());
  EXPECT_EQ(r.dateline, "Wallmünde");
  EXPECT_EQ(r.text.find("Wallmünde. "), std::string::npos);
  const FlatResult other = cleaner().run("Wahl ohne Sieger\n\nEndlich. " + about + article());
  EXPECT_EQ(other.dateline, "");
  EXPECT_NE(other.text.find("Endlich. "), std::string::npos);
}

TEST(FlatCleaner, ReadsTheHeadlineAboveAPhotoCredit) {
  const FlatResult r =
      cleaner().run("Neue Brücke für Nordhafen beschlossen\nFoto: IMAGO / Kern\n\n" + article());
  EXPECT_EQ(r.headline, "Neue Brücke für Nordhafen beschlossen");
}

TEST(FlatCleaner, TakesOutACaptionUnderItsCredit) {
  const FlatResult r = cleaner().run(
      "Neue Brücke für Nordhafen beschlossen\nVon Jana Kern\nFoto: Kyodo/AP\nBaurätin Karla Wendt "
      "bei "
      "der Sitzung in Nordhafen.\n\n" +
      article());
  EXPECT_EQ(r.text.find("Karla Wendt"), std::string::npos);
  EXPECT_EQ(r.headline, "Neue Brücke für Nordhafen beschlossen");
}

TEST(FlatCleaner, KeepsANameThatBeginsWithAPlace) {
  const std::string input = "BerlinMesse hat " + article() + " Das sagte BerlinMesse.";
  EXPECT_EQ(cleaner().run(input).text.substr(0, 11), "BerlinMesse");
}

TEST(FlatCleaner, KeepsSubheads) {
  const std::string input = std::string(kFirst) + "\n\n\"Wir geben nicht auf!\"\n\n" + kSecond +
                            "\n\nStreit um Liegeplätze\n\n" + kThird;
  const FlatResult r = cleaner().run(input);
  EXPECT_EQ(texts(r), std::string("body|") + kFirst + "\nsubhead|\"Wir geben nicht auf!\"\nbody|" +
                          kSecond + "\nsubhead|Streit um Liegeplätze\nbody|" + kThird + "\n");
}

TEST(FlatCleaner, TakesThePlayerOut) {
  const std::string input = std::string(kFirst) + "\n\nBrücken im Norden\n\n02:01\n\n" +
                            "This browser does not support the video element.\n\n" + kSecond +
                            "\n\n" + kThird;
  const FlatResult r = cleaner().run(input);
  EXPECT_EQ(r.text, std::string(kFirst) + '\n' + kSecond + '\n' + kThird);
  EXPECT_TRUE(has_furniture(r, FurnitureKind::Player, "02:01"));
  EXPECT_TRUE(has_furniture(r, FurnitureKind::Player, "Brücken im Norden"));
}

TEST(Normalise, JoinsLinesBrokenAtAWidth) {
  const FlatText t = normalise(
      "Der Stadtrat von Nordhafen hat am Dienstag den Bau einer neuen Brü-\n"
      "cke über die Lune beschlossen. Für den Entwurf stimmten nach langer\n"
      "Debatte 31 der 48 Mitglieder, die Fraktion der Bürgerliste war schon\n"
      "vorher aus dem Saal gegangen, ohne eine schriftliche Stellungnahme\n"
      "abzugeben.\n\nMit dem Neubau soll bald begonnen werden.\n");
  ASSERT_EQ(t.lines.size(), 2U);
  EXPECT_EQ(slice(t.buffer, t.lines[0].span),
            "Der Stadtrat von Nordhafen hat am Dienstag den Bau einer neuen Brücke über die Lune "
            "beschlossen. Für den Entwurf stimmten nach langer Debatte 31 der 48 Mitglieder, die "
            "Fraktion der Bürgerliste war schon vorher aus dem Saal gegangen, ohne eine "
            "schriftliche Stellungnahme abzugeben.");
}

TEST(Normalise, PutsWhiteSpaceInOrder) {
  const FlatText t = normalise(
      "\xEF\xBB\xBF"
      "Ein\xC2\xA0\xC2\xA0 Wort\tund Sil\xC2\xAD"
      "be \r\n\r\nZwei\rDrei\xE2\x80\xA8Vier\x01");
  ASSERT_EQ(t.lines.size(), 4U);
  EXPECT_EQ(t.buffer, "Ein Wort und Silbe\nZwei\nDrei\nVier\n");
  EXPECT_TRUE(t.lines[1].blank_before);
  EXPECT_FALSE(t.lines[2].blank_before);
}

struct DatelineCase {
  const char* text;
  const char* place;
};
class Datelines : public testing::TestWithParam<DatelineCase> {};
TEST_P(Datelines, AreFound) {
  static const FurniturePhrases phrases(packs());
  static const CreditFinder credits(packs());
  static const DateFinder dates(packs());
  static const DatelineFinder finder(packs(), phrases, credits, dates);
  EXPECT_EQ(finder.find(GetParam().text, "de").place, GetParam().place);
}
INSTANTIATE_TEST_SUITE_P(Forms, Datelines,
                         testing::ValuesIn(std::vector<DatelineCase>{
                             {"HamburgOb es regnet, ist offen.", "Hamburg"},
                             {"New YorkDie Börse schloss fest.", "New York"},
                             {"Berlin (dpa) - Es regnet.", "Berlin"},
                             {"Berlin (dpa/AFP) – Es regnet.", "Berlin"},
                             {"Hinterdupfing (dpa) - Es regnet.", "Hinterdupfing"},
                             {"HAMBURG/BERLIN. Es regnet.", "Hamburg/Berlin"},
                             {"Fulda (epd). Es regnet.", "Fulda"},
                             {"Berlin, 02.09.2023. Es regnet.", "Berlin"},
                             {"Berlin, Hamburg. Es regnet.", ""},
                             {"BerlinBundesminister Jan Maier schweigt.", "Berlin"},
                             {"BadenWürttemberg wählt.", ""},
                             {"CUXHAVEN. Es regnet.", "Cuxhaven"},
                             {"Riad. Die Halle war voll.", "Riad"},
                             {"GLOUCESTER, Mass. (AP) — A ship sank.", "Gloucester"},
                             {"Berlin, 11. November 2017 (dpa) - Es regnet.", "Berlin"},
                             {"Hamburg – eine Stadt am Wasser – wächst.", ""},
                             {"Hamburg wächst. Die Stadt baut.", ""},
                             {"Er sagte - Punkt.", ""},
                             {"iPhoneDie neue Reihe ist da.", ""},
                             {"", ""},
                         }));

TEST(FlatCleaner, LosesNoLetterOfAnyInput) {
  static const std::vector<std::string> kPieces = {kFirst,
                                                   kSecond,
                                                   "Politik",
                                                   "(dpa)",
                                                   "\n",
                                                   "\n\n",
                                                   " ",
                                                   "date 2017-07 ",
                                                   "Foto: dpa",
                                                   "Hamburg",
                                                   "Kommentare",
                                                   "11.11.2017",
                                                   "\xC3",
                                                   "\xF0\x9F",
                                                   "ß",
                                                   "-\n",
                                                   "Haftungsausschluss: nichts.",
                                                   "Lesen Sie auch",
                                                   "{x}",
                                                   "\"Nein!\"",
                                                   "\xE2\x80\x8B",
                                                   "a",
                                                   ". ",
                                                   "Von Jana Kern\n",
                                                   ":",
                                                   "©"};
  std::mt19937 random(7);
  for (int round = 0; round < 400; ++round) {
    std::string input;
    const std::size_t n = random() % 24;
    for (std::size_t k = 0; k < n; ++k) input += kPieces[random() % kPieces.size()];
    expect_sound(input, cleaner().run(input));
    if (testing::Test::HasFailure()) FAIL() << input;
  }
}

}  // namespace flat_test
}  // namespace twosource::clean
