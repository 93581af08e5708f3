#include <gtest/gtest.h>

#include <algorithm>
#include <ostream>
#include <random>
#include <string>

#include "clean/cleaner.hpp"
#include "clean/html_meta.hpp"
#include "text/utf8.hpp"

namespace twosource::clean {
namespace html_test {

const Cleaner& cleaner() {
  static const Cleaner c(PackSet::builtin());
  return c;
}

Article read_page(const std::string& html, const std::string& url = {}) {
  intake::RawDocument raw;
  raw.content = intake::Content::Html;
  raw.body = html;
  raw.url = url;
  return cleaner().run(raw);
}

constexpr const char* kOne =
    "Der Fluss stieg in der Nacht um einen Meter, teilte die Verwaltung des Kreises am Morgen mit.";
constexpr const char* kTwo =
    "Am Deich halfen rund vierzig Leute, die Säcke füllten und bis zum Abend schleppten.";
constexpr const char* kThree =
    "Die Schule im Ort bleibt geschlossen, bis das Wasser wieder sinkt, sagte der Bürgermeister.";

std::string page(const std::string& before, const std::string& inside, const std::string& after) {
  return "<html lang=de><head><title>Hochwasser erreicht den Ort | Elbblatt</title>"
         "<meta property='og:site_name' content='Elbblatt'>"
         "<meta property='article:published_time' "
         "content='2024-02-03T10:00:00+0100'></head><body>" +
         before + "<article><h1>Hochwasser erreicht den Ort</h1><p>" + kOne + "</p>" + inside +
         "<p>" + kTwo + "</p><p>" + kThree + "</p></article>" + after + "</body></html>";
}

bool has_furniture(const Article& a, FurnitureKind kind, const std::string& part) {
  return std::any_of(a.furniture.begin(), a.furniture.end(), [&](const Furniture& f) {
    return f.kind == kind && f.text.find(part) != std::string::npos;
  });
}

struct Case {
  const char* name;
  const char* before;
  const char* inside;
  const char* after;
  const char* gone;  // must stand in no paragraph
  FurnitureKind kind;
};
void PrintTo(const Case& c, std::ostream* os) { *os << c.name; }
constexpr Case kCases[] = {
    {"navigation", "<nav><ul><li><a href=/>Startseite</a><li><a href=/s>Sport</a></ul></nav>", "",
     "", "Sport", FurnitureKind::Navigation},
    {"share", "", "<div class=share-bar>Diesen Beitrag mit Freunden teilen</div>", "", "Freunden",
     FurnitureKind::Share},
    {"caption", "",
     "<figure><img src=x><figcaption>Helfer am Deich von Musterdorf.</figcaption></figure>", "",
     "Helfer am", FurnitureKind::Caption},
    {"caption_with_credit_and_no_class", "",
     "<div>Helfer füllen am Abend Säcke am Deich von Musterdorf. (Foto: Anna Probe/dpa)</div>", "",
     "Helfer füllen", FurnitureKind::Caption},
    {"pointer_to_another_article", "",
     "<p>Auch lesen: Warum die Deiche im Landkreis seit Jahren nicht erhöht wurden</p>", "",
     "seit Jahren", FurnitureKind::Related},
    {"consent_for_a_post", "",
     "<div><p>Wir respektieren deine Privatsphäre und zeigen den Beitrag erst nach deiner "
     "Zustimmung.</p></div>",
     "", "Privatsphäre", FurnitureKind::Cookie},
    {"newsletter", "", "<p>Lust auf mehr? Melde dich hier für unseren Newsletter an.</p>", "",
     "Lust auf", FurnitureKind::Advert},
    {"comments", "", "",
     "<section id=comments><p>Das war ja lange abzusehen, finde ich, und niemand hat etwas getan."
     "</p></section>",
     "abzusehen", FurnitureKind::Comment},
    {"footer", "", "",
     "<footer><p>Alle Rechte vorbehalten, Elbblatt Verlag, Musterdorf.</p></footer>", "Rechte",
     FurnitureKind::Footer},
    {"related_cards", "", "",
     "<div class=related><h3><a href=1>Ein anderer Artikel über Deiche</a></h3></div>",
     "anderer Artikel", FurnitureKind::Related},
    {"teasers_in_a_row", "", "",
     "<div><div><h3><a href=1>Ein anderer Ort</a></h3><p>Was die Leute dort seit Jahren am Deich "
     "erleben. Und was nun kommen soll.</p></div><div><h3><a href=2>Noch ein Ort</a></h3><p>Was "
     "dort geschah.</p></div><div><h3><a href=3>Der dritte Ort</a></h3><p>Was man dort plant.</p>"
     "</div><div><h3><a href=4>Der vierte Ort</a></h3><p>Was dort fehlt.</p></div></div>",
     "seit Jahren", FurnitureKind::Other},
    {"cookie",
     "<div id=cookie-banner><p>Wir nutzen Cookies, um Ihnen alles zu zeigen, was es "
     "gibt.</p></div>",
     "", "", "Cookies", FurnitureKind::Cookie},
};
class FurnitureTest : public testing::TestWithParam<Case> {};
TEST_P(FurnitureTest, IsKeptAside) {
  const Case& c = GetParam();
  const Article a = read_page(page(c.before, c.inside, c.after));
  EXPECT_EQ(a.text.find(c.gone), std::string::npos) << a.text;
  EXPECT_TRUE(has_furniture(a, c.kind, c.gone));
  for (const char* sentence : {kOne, kTwo, kThree}) {
    EXPECT_NE(a.text.find(sentence), std::string::npos) << a.text;
  }
}
INSTANTIATE_TEST_SUITE_P(All, FurnitureTest, testing::ValuesIn(kCases),
                         [](const auto& c) { return std::string(c.param.name); });

TEST(Html, MetadataAndHeadline) {
  const Article a = read_page(page("", "", ""), "https://www.elbblatt.example/2024/x.html");
  EXPECT_EQ(a.headline, "Hochwasser erreicht den Ort");
  ASSERT_FALSE(a.paragraphs.empty());
  EXPECT_EQ(a.paragraphs[0].kind, ParagraphKind::Headline);
  EXPECT_EQ(a.at(a.paragraphs[0].span), a.headline);
  EXPECT_EQ(a.publisher, "Elbblatt");
  EXPECT_EQ(a.published.value, "2024-02-03T10:00:00+01:00");
  EXPECT_EQ(a.published.from, DateSource::Meta);
  EXPECT_EQ(a.language, "de");
}

TEST(Html, InlineElementsNeitherGlueNorSplit) {
  const Article a =
      read_page(page("",
                     "<p>Das <b>Tech</b>nische Hilfs<i>werk</i> kam&nbsp;mit <a href=x>"
                     "zwei</a> <span>Pumpen</span>, sagte\n  die Sprecherin.</p>",
                     ""));
  EXPECT_NE(a.text.find("Das Technische Hilfswerk kam mit zwei Pumpen, sagte die Sprecherin."),
            std::string::npos)
      << a.text;
}

TEST(Html, SubheadsAndListsStay) {
  const Article a =
      read_page(page("",
                     "<h2>Was jetzt gilt</h2><ul><li>Die Brücke im Ort ist für alle "
                     "gesperrt.</li><li>Busse fahren über die Bundesstraße.</li></ul>",
                     ""));
  EXPECT_NE(a.text.find("Was jetzt gilt\nDie Brücke"), std::string::npos) << a.text;
  EXPECT_TRUE(std::any_of(a.paragraphs.begin(), a.paragraphs.end(), [&](const Paragraph& p) {
    return p.kind == ParagraphKind::Subhead && a.at(p.span) == "Was jetzt gilt";
  }));
}

TEST(Html, TextForReadersWithoutScriptsCounts) {
  const std::string text =
      "<p>Am Montag füllten hundert Helfer am Deich von Unterau neue Säcke, weil das Wasser weiter "
      "steigt und der alte Damm an drei Stellen weich geworden ist.</p>";
  const Article a = read_page(
      "<html lang=de><head><title>Helfer am Deich von Unterau</title></head><body><h1>Helfer am "
      "Deich von Unterau</h1><div><script type=text/template>" +
      text + "</script><noscript>" + text + text + text + text + "</noscript></div></body></html>");
  EXPECT_NE(a.text.find("Am Montag füllten"), std::string::npos) << a.text;
  const Article b =
      read_page(page("", "<noscript>Bitte schalten Sie JavaScript ein.</noscript>", ""));
  EXPECT_EQ(b.text.find("JavaScript"), std::string::npos) << b.text;
}

TEST(Html, ArticleInAListBesideALinkedHeadlineIsNoCard) {
  const Article a = read_page(
      "<html lang=de><head><title>Blatt » Archiv » Helfer am Deich von Unterau</title></head><body>"
      "<ul><li class=post><div class=content><h2><a href=/x>Helfer am Deich von "
      "Unterau</a></h2><p>Am "
      "Montag füllten hundert Helfer am Deich neue Säcke, weil das Wasser weiter steigt.</p><p>Der "
      "alte Damm ist an drei Stellen weich geworden.</p></div></li><li class=post><h3><a "
      "href=/y>Keine "
      "Kommentare</a></h3></li></ul></body></html>");
  EXPECT_EQ(a.headline, "Helfer am Deich von Unterau");
  EXPECT_NE(a.text.find("Der alte Damm ist an drei Stellen weich geworden."), std::string::npos)
      << a.text;
}

TEST(Html, TextThatOnlyTheStructuredDataHaveIsRead) {
  std::string body;
  for (int i = 0; i < 8; ++i) body += "Am Montag füllten Helfer am Deich von Unterau neue Säcke. ";
  body += "Am Abend war der Damm dicht.";
  const Article a = read_page(
      "<html lang=de><head><title>Helfer am Deich</title><script type="
      "application/ld+json>{\"@type\":\"NewsArticle\",\"headline\":\"Helfer am "
      "Deich\",\"articleBody\":\"" +
      body + body +
      "\"}</script></head><body><h1>Helfer am Deich</h1>"
      "<div id=app></div></body></html>");
  EXPECT_TRUE(a.text.ends_with("Am Abend war der Damm dicht.")) << a.text;
  EXPECT_EQ(a.paragraphs.size(), 2U);
}

TEST(Html, FormsOfParagraphs) {
  const Article a = read_page(
      page("",
           "<ul><li>Die Brücke im Ort ist für alle gesperrt.</li></ul><blockquote><p>Wir haben so "
           "etwas hier noch nie gesehen.</p></blockquote><p>Das sagte der Bürgermeister am Deich "
           "im Norden der Stadt.</p><table><tr><td>Ort</td><td>Pegel</td></tr><tr><td>Oberau</td>"
           "<td>412</td></tr><tr><td>Mittelau</td><td>398</td></tr><tr><td>Unterau</td>"
           "<td>377</td></tr></table>",
           ""));
  const auto form = [&](std::string_view text) {
    for (const Paragraph& p : a.paragraphs) {
      if (a.at(p.span) == text) return std::string(to_string(p.form));
    }
    return std::string("none");
  };
  EXPECT_EQ(form("Die Brücke im Ort ist für alle gesperrt."), "item") << a.text;
  EXPECT_EQ(form("Wir haben so etwas hier noch nie gesehen."), "quotation");
  EXPECT_EQ(form("Das sagte der Bürgermeister am Deich im Norden der Stadt."), "running");
  EXPECT_EQ(form("Unterau 377"), "row");
}

TEST(Html, TablesOfDataStay) {
  const Article a =
      read_page(page("",
                     "<table><tr><td>Ort</td><td>Pegel</td></tr><tr class=player-1><td>Oberau</td>"
                     "<td>412</td></tr><tr class=player-2><td>Mittelau</td><td>398</td></tr>"
                     "<tr><td>Unterau</td><td>377</td></tr></table>",
                     ""));
  EXPECT_NE(a.text.find("Ort Pegel\nOberau 412\nMittelau 398\nUnterau 377"), std::string::npos)
      << a.text;
}

TEST(Html, PostsAreQuoted) {
  const Article a = read_page(
      page("",
           "<blockquote class=twitter-tweet><p>Wir füllen weiter Säcke https://t.example/x</p>"
           "&mdash; Feuerwehr Unterau (@fwunterau) <a href=x>3. Februar 2024</a></blockquote>",
           ""));
  EXPECT_NE(a.text.find("Wir füllen weiter Säcke"), std::string::npos) << a.text;
}

TEST(Html, NamesThatOpenABoxStay) {
  const Article a = read_page(
      page("",
           "<p>Am Deich sprach Landrätin <span class=rollover-people><a href=x>Jana Kern</a><span "
           "class=rollover-block>Mehr zu Kern</span></span> mit den Helfern.</p>",
           ""));
  EXPECT_NE(a.text.find("Landrätin Jana Kern mit den Helfern."), std::string::npos) << a.text;
}

TEST(Html, LineUnderTheHeadlineIsTheTeaser) {
  const std::string html =
      "<html lang=de><body><header><h1>Hochwasser erreicht den Ort</h1>"
      "<h2>Der Fluss ist so hoch wie seit Jahren nicht</h2></header><main><p>" +
      std::string(kOne) + "</p><p>" + kTwo + "</p></main></body></html>";
  const Article a = read_page(html);
  ASSERT_GE(a.paragraphs.size(), 2U);
  EXPECT_EQ(a.paragraphs[1].kind, ParagraphKind::Teaser);
  EXPECT_EQ(a.at(a.paragraphs[1].span), "Der Fluss ist so hoch wie seit Jahren nicht");
}

TEST(Html, ParagraphsSetAsHeadingsAreText) {
  const Article a = read_page("<html lang=de><body><h1>Hochwasser erreicht den Ort</h1><h3>" +
                              std::string(kOne) + "</h3><h3>" + kThree + "</h3></body></html>");
  ASSERT_EQ(a.paragraphs.size(), 3U);
  EXPECT_EQ(a.paragraphs[1].kind, ParagraphKind::Body);
  EXPECT_EQ(a.at(a.paragraphs[2].span), kThree);
}

TEST(Html, ParagraphsInElementsNamedAfterPicturesStay) {
  const std::string text = std::string(kOne) + " " + kTwo + " " + kThree + " " + kOne + " " + kTwo;
  const Article a = read_page(page("", "<div class=image-caption><p>" + text + "</p></div>", ""));
  EXPECT_NE(a.text.find(text), std::string::npos) << a.text;
}

TEST(Html, HeadingThatAMenuPointsToStays) {
  const Article a = read_page(page("", "<h3 class='subheading nav_deich_1'>Am Deich</h3>", ""));
  EXPECT_NE(a.text.find("Am Deich\nAm Deich halfen"), std::string::npos) << a.text;
}

TEST(Html, AuthorsFromByline) {
  const Article a =
      read_page(page("", "<div class=byline>Von Anna Probe und Ben Muster</div>", ""));
  EXPECT_EQ(a.authors, (std::vector<std::string>{"Anna Probe", "Ben Muster"}));
}

TEST(Html, TheHouseIsTheAuthorWhenNoOneElseIs) {
  const std::string data =
      R"(<script type="application/ld+json">{"@type":"NewsArticle","headline":"Hochwasser )"
      R"(erreicht den Ort","author":{"@type":"Organization","name":"Redaktion Elbblatt"}})"
      "</script>";
  EXPECT_EQ(read_page(page(data, "", "")).authors, std::vector<std::string>{"Redaktion Elbblatt"});
  const Article by_a_person = read_page(page(data, "<div class=byline>Von Anna Probe</div>", ""));
  EXPECT_EQ(by_a_person.authors, std::vector<std::string>{"Anna Probe"});
}

TEST(Html, AgencyAuthorIsCredited) {
  const Article a = read_page("<meta name=author content='Anna Probe, dpa'>" + page("", "", ""));
  ASSERT_EQ(a.agencies.size(), 1U);
  EXPECT_EQ(a.agencies[0].name, "dpa");
}

TEST(Html, AsIsTextIsKeptByteForByte) {
  intake::RawDocument raw;
  raw.as_is = true;
  raw.body = "  Erste Zeile.\r\n\r\nKiel (dpa) - Zweite\xC2\xA0Zeile. \n";
  const Article a = cleaner().run(raw);
  EXPECT_EQ(a.text, raw.body);
  ASSERT_EQ(a.paragraphs.size(), 2U);
  EXPECT_EQ(a.at(a.paragraphs[0].span), "Erste Zeile.");
  ASSERT_EQ(a.agencies.size(), 1U);
  EXPECT_EQ(a.at(a.agencies[0].span), "dpa");
}

TEST(Html, WhatWasGivenCountsFirst) {
  intake::RawDocument raw;
  raw.content = intake::Content::Html;
  raw.body = page("", "", "");
  raw.published = "2024-02";
  raw.publisher = "Weserbote";
  const Article a = cleaner().run(raw);
  EXPECT_EQ(a.published.value, "2024-02");
  EXPECT_EQ(a.published.from, DateSource::Option);
  EXPECT_EQ(a.publisher, "Weserbote");
}

TEST(Html, AnyMarkupKeepsTheInvariants) {
  std::mt19937 random(11);
  constexpr const char* kPieces[] = {"<p>",
                                     "</p>",
                                     "<div class=comments>",
                                     "<div class='article-body'>",
                                     "</div>",
                                     "<table><tr><td>",
                                     "</table>",
                                     "<h1>",
                                     "</h1>",
                                     "<h2>",
                                     "<a href=x>",
                                     "</a>",
                                     "<br>",
                                     "<li>",
                                     "\xC3\xA4rgerlich ",
                                     "Ein ganzer Satz, der etwas sagt und dann endet. ",
                                     "\xE2\x80\x8B",
                                     "\xC2\xAD",
                                     "(dpa) ",
                                     "<time datetime=2020-13-45>",
                                     "<meta name=author content='x,,y'>",
                                     "&#xD800;",
                                     "<span hidden>",
                                     "12.03.2021 ",
                                     "Von Anna Probe "};
  for (int round = 0; round < 300; ++round) {
    std::string html;
    for (unsigned k = 0; k < 80; ++k) html += kPieces[random() % std::size(kPieces)];
    const Article a = read_page(html);
    ASSERT_TRUE(utf8::valid(a.text));
    std::uint32_t last = 0;
    for (const Paragraph& p : a.paragraphs) {
      ASSERT_GE(p.span.begin, last);
      ASSERT_LT(p.span.begin, p.span.end);
      ASSERT_LE(p.span.end, a.text.size());
      last = p.span.end;
    }
    for (const Furniture& f : a.furniture) ASSERT_LE(f.before, a.text.size());
  }
}

TEST(IsoDate, Forms) {
  EXPECT_EQ(iso_date("2019-12-12T10:00:00+0100"), "2019-12-12T10:00:00+01:00");
  EXPECT_EQ(iso_date("2019-12-12T10:00:00.123Z"), "2019-12-12T10:00:00Z");
  EXPECT_EQ(iso_date(" 20191212 "), "2019-12-12");
  EXPECT_EQ(iso_date("2019-12-12 garbage"), "2019-12-12");
  EXPECT_EQ(iso_date("2019-13-12"), "");
  EXPECT_EQ(iso_date("0001-01-01T00:00:00Z"), "");
  EXPECT_EQ(iso_date("12345"), "");
}

TEST(Html, PullQuotesAreNotReadTwice) {
  const Article a =
      read_page(page("",
                     "<blockquote>Am Deich halfen rund vierzig Leute</blockquote>"
                     "<blockquote>Wir haben seit Jahren vor dem Wasser gewarnt, und niemand hat "
                     "zugehört.</blockquote>",
                     ""));
  EXPECT_EQ(a.text.find("halfen rund vierzig Leute"), a.text.rfind("halfen rund vierzig Leute"));
  EXPECT_NE(a.text.find("vor dem Wasser gewarnt"), std::string::npos);
  EXPECT_TRUE(has_furniture(a, FurnitureKind::Other, "Am Deich halfen"));
}

TEST(Html, DatelineIsNamedAndStaysInItsParagraph) {
  const std::string agency = page("", "", "");
  const std::size_t at = agency.find(kOne);
  const Article a = read_page(agency.substr(0, at) + "Hamburg (dpa) - " + agency.substr(at));
  EXPECT_EQ(a.dateline, "Hamburg");
  EXPECT_NE(a.text.find("Hamburg (dpa) - Der Fluss"), std::string::npos);
  EXPECT_EQ(read_page(agency).dateline, "");
}

}  // namespace html_test
}  // namespace twosource::clean
