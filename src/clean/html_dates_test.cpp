#include <gtest/gtest.h>

#include <string>

#include "clean/credits.hpp"
#include "clean/dates.hpp"
#include "clean/html.hpp"

namespace twosource::clean {
namespace html_dates_test {

// A page with a headline, `top` below it, an article and `bottom` behind it.
std::string page(const std::string& head, const std::string& top, const std::string& bottom = "") {
  std::string html = "<html lang=de><head><title>Brücke wird gesperrt</title>" + head +
                     "</head><body><main><h1>Brücke wird gesperrt</h1>" + top;
  for (int i = 0; i < 3; ++i) {
    html +=
        "<p>Die Stadt sperrt die Brücke am Hafen, weil die Prüfer im Beton neue Risse gefunden "
        "haben. Der Verkehr wird über die Umgehung geleitet, wie das Amt mitteilte.</p>";
  }
  return html + "</main>" + bottom + "</body></html>";
}

struct Case {
  const char* name;
  std::string html;
  const char* url;
  const char* want;  // publication day
};
void PrintTo(const Case& c, std::ostream* os) { *os << c.html; }

class PageDate : public testing::TestWithParam<Case> {};
TEST_P(PageDate, IsTheDayOfPublication) {
  static const PackSet packs = PackSet::builtin();
  static const CreditFinder credits(packs);
  static const DateFinder dates(packs);
  static const ReleaseFinder releases(packs);
  static const GenreWords genres(packs);
  static const HtmlCleaner cleaner(packs, credits, dates, releases, genres);
  const HtmlResult result = cleaner.run(GetParam().html, GetParam().url, "de");
  EXPECT_EQ(result.published.value.substr(0, 10), GetParam().want);
}

const std::string kMeta = "<meta property=article:published_time content=2020-03-01T09:00:00Z>";

INSTANTIATE_TEST_SUITE_P(
    Pages, PageDate,
    testing::ValuesIn(std::vector<Case>{
        {"Meta", page(kMeta, ""), "", "2020-03-01"},
        {"PrintedAndCalledADate", page(kMeta, "<div class=datum>07.03.2020</div>"), "",
         "2020-03-07"},
        {"PrintedInTheText", page(kMeta, "<p>Am 7.3.2020 hatte das Amt zuerst geprüft.</p>"), "",
         "2020-03-01"},
        {"MachineDayPrintedToo",
         page(kMeta, "<div class=datum>01.03.2020</div><div class=datum>07.03.2020</div>"), "",
         "2020-03-01"},
        {"DayAndMonthSwapped", page(kMeta, "<div class=datum>03.01.2020</div>"), "", "2020-03-01"},
        {"EveningInUtc",
         page("<meta property=article:published_time content=2020-03-01T23:10:00Z>",
              "<p>Von Jana Kern, 2. März 2020</p>"),
         "", "2020-03-02"},
        {"DayBeforeThatNoZoneExplains",
         page("<meta property=article:published_time content=2020-03-02T18:10:00Z>",
              "<p>Von Jana Kern, 1. März 2020</p>"),
         "", "2020-03-02"},
        {"AddressInOutletsZone",
         page("<meta property=article:published_time content=2020-03-02T02:10:00Z>", ""),
         "https://zeitung.example/2020/03/01/bruecke", "2020-03-01"},
        {"AnyDateOfMeta",
         page("<meta name=date content=2020-03-05>", "<div class=datum>01.03.2020, 9 Uhr</div>"),
         "", "2020-03-01"},
        {"UpdatedTimeElement",
         page("",
              "<time class=updated datetime=2020-03-05></time>"
              "<time class='entry published' datetime=2020-03-01></time>"),
         "", "2020-03-01"},
        {"TimeElementOfNavigation",
         page("", "<p>1. März 2020 - Die Stadt plant das seit Jahren.</p>",
              "<nav><time datetime=2020-03-09>9. März</time></nav>"),
         "", "2020-03-01"},
        {"LabelInFooter",
         page("", "", "<footer>Diese Seite wurde zuletzt am 1. März 2020 geändert.</footer>"), "",
         "2020-03-01"},
        {"LabelOnItsOwnLine",
         page("", "", "<div>Letzte Änderung:</div><div>01.03.2020 um 9:25</div>"), "",
         "2020-03-01"},
        {"CaptionsDay", page("", "<figure><figcaption>Aufnahme vom 1.3.2020</figcaption></figure>"),
         "", ""},
        {"RegistrationDay", page("", "<div>Registriert: 18.09.2008</div>"), "", ""},
        {"Permalink",
         page("", "<div><a href=/blog/2020/03/01/>01.03.2020</a></div>",
              "<ul><li><a href=/a>08.03.2020</a></ul>"),
         "", "2020-03-01"},
        {"FirstWordsOfTheText",
         page("<meta property=article:published_time content=2020-03-05T09:00:00Z>",
              "<p><span class=datum>1. März 2020.</span> Die Stadt plant das seit Jahren, und der "
              "Rat hat schon dreimal darüber gestritten, sagt das Amt.</p>"),
         "", "2020-03-01"},
        {"CommentsComeLater",
         page("", "<p>von Jana Kern am 01.03.2020</p>",
              "<section class=comments><time datetime=2020-03-09>9. März</time></section>"),
         "", "2020-03-01"},
        {"BareDayOfAnotherZone",
         page("<meta property=article:published_time content=2020-03-01>",
              "<p itemprop=datePublished>2. März 2020, 0:15 Uhr</p>"),
         "", "2020-03-02"},
        {"OnlyDayOfThePage", page("", "", "<footer>© 1.3.2020 Hafenamt Musterstadt</footer>"), "",
         "2020-03-01"},
        {"DayInTheMonthOfTheAddress",
         page("", "",
              "<small>Dieser Beitrag wurde am 3. März 2020 um 7 Uhr 5 von der Redaktion hier "
              "abgelegt und ist unter zwei Schlagworten und im Archiv zu finden.</small>"),
         "https://zeitung.example/2020/03/bruecke", "2020-03-03"},
        {"FolderOfThePagesPicture",
         page("<meta property=og:image content=https://zeitung.example/2020/03/01/b.png>", ""), "",
         "2020-03-01"},
        {"CompactTime", page("<meta property=article:published_time content=20200302T023000Z>", ""),
         "", "2020-03-02"},
    }),
    [](const auto& c) { return std::string(c.param.name); });

}  // namespace html_dates_test
}  // namespace twosource::clean
