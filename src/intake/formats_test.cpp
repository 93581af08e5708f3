#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "intake/intake.hpp"
#include "intake/item.hpp"
#include "intake/mail.hpp"
#include "text/utf8.hpp"

namespace twosource::intake {
namespace formats_test {
namespace fs = std::filesystem;

// What comes out of one input, a line each: "headline | url | published | publisher | authors |
// language | kind" and "! reason".
std::string render(const std::string& bytes, std::string* bodies = nullptr) {
  std::string out;
  std::istringstream in(bytes);
  read_inputs(
      {"-"}, {}, in,
      [&](RawDocument&& d) {
        std::string authors;
        for (const std::string& a : d.authors) authors += (authors.empty() ? "" : ";") + a;
        out += d.headline + " | " + d.url + " | " + d.published + " | " + d.publisher + " | " +
               authors + " | " + d.language +
               (d.content == Content::Html ? " | html\n" : " | text\n");
        if (bodies != nullptr) *bodies += d.body + "\n";
        EXPECT_TRUE(utf8::valid(d.body));
      },
      [&](const Skipped& s) {
        if (s.effect != Effect::Noted) out += "! " + s.path + " " + s.reason + "\n";
      });
  return out;
}

struct Case {
  const char* name;
  const char* bytes;
  const char* want;
};
void PrintTo(const Case& c, std::ostream* os) { *os << c.name; }
class Formats : public testing::TestWithParam<Case> {};
TEST_P(Formats, GiveTheirArticles) { EXPECT_EQ(render(GetParam().bytes), GetParam().want); }

constexpr Case kCases[] = {
    {"Rss",
     "<?xml version='1.0'?><rss version='2.0' xmlns:content='c' xmlns:dc='d'><channel>"
     "<title>Elbblatt</title><language>de-DE</language><image><title>Logo</title></image>"
     "<item><title>F&#228;hre f&amp;#228;hrt</title><link>https://elb.example/1</link>"
     "<pubDate>Thu, 04 Mar 2021 05:06:07 +0100</pubDate><dc:creator>Anna Probe</dc:creator>"
     "<description>Kurz.</description><content:encoded><![CDATA[<p>Lang & breit.</p>]]>"
     "</content:encoded></item>"
     "<item><title>Deich</title><guid>https://elb.example/2</guid><author>a@b.example (Ben "
     "Muster)</author><description>Nur kurz.</description></item><item><title>Leer</title></item>"
     "</channel></rss>",
     "Fähre f&#228;hrt | https://elb.example/1 | 2021-03-04T05:06:07+01:00 | Elbblatt | Anna Probe "
     "| de | html\n"
     "Deich | https://elb.example/2 |  | Elbblatt | Ben Muster | de | html\n"
     "! -:3 entry without text\n"},
    {"Atom",
     "<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='de'><title>Elbblatt</title><entry>"
     "<title>Fähre</title><link rel='self' href='https://elb.example/x'/><link "
     "href='https://elb.example/1'/><updated>2021-03-05T00:00:00Z</updated><published>"
     "2021-03-04T05:06:07Z</published><author><name>Anna Probe</name><email>a@b</email></author>"
     "<author><name>Ben Muster</name></author><content type='xhtml'><div><p>Text.</p></div>"
     "</content></entry></feed>",
     "Fähre | https://elb.example/1 | 2021-03-04T05:06:07Z | Elbblatt | Anna Probe;Ben Muster | de "
     "| html\n"},
    {"Rdf",
     "<rdf:RDF xmlns:rdf='r' xmlns='http://purl.org/rss/1.0/' xmlns:dc='d'><channel><title>Elb"
     "</title></channel><item><title>Fähre</title><link>https://elb.example/1</link><dc:date>"
     "2021-03-04</dc:date><description>Text.</description></item></rdf:RDF>",
     "Fähre | https://elb.example/1 | 2021-03-04 | Elb |  |  | html\n"},
    {"FeedThatBreaksOff",
     "<rss><channel><title>Elb</title><item><title>Eins</title><description>Text.</description>"
     "</item><item><title>Zwei</title><descr",
     "! - broken feed, the entries before the break were read\n"
     "Eins |  |  | Elb |  |  | html\n! -:2 entry without text\n"},
    {"FeedWithoutEntries", "<rss><channel><title>Elb</title></channel></rss>",
     "! - feed without entries\n"},
    {"EntitiesWithinEachOther",
     "<!DOCTYPE rss [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;'><!ENTITY x SYSTEM "
     "'file:///etc/passwd'>]><rss><channel><item><title>T</title><description>k &b; &x;"
     "</description></item></channel></rss>",
     "T |  |  |  |  |  | html\n"},
    {"JsonFeed",
     R"({"version":"https://jsonfeed.org/version/1.1","title":"Elbblatt","language":"de","items":[)"
     R"({"id":"1","url":"https://elb.example/1","title":"Fähre","content_html":"<p>Text.</p>",)"
     R"("date_published":"2021-03-04T05:06:07+01:00","authors":[{"name":"Anna Probe"}]},)"
     R"({"id":"2","content_text":"Nur Text."}]})",
     "Fähre | https://elb.example/1 | 2021-03-04T05:06:07+01:00 | Elbblatt | Anna Probe | de | "
     "html\n |  |  | Elbblatt |  | de | text\n"},
    {"NewsPlease",
     R"({"authors":["Anna Probe"],"date_publish":"2021-03-04 05:06:07","language":"de",)"
     R"("maintext":"Die Fähre legt an.","source_domain":"elb.example","title":"Fähre",)"
     R"("url":"https://elb.example/1"})",
     "Fähre | https://elb.example/1 | 2021-03-04 | elb.example | Anna Probe | de | text\n"},
    {"Ninjs",
     R"({"uri":"https://agentur.example/1","headline":"Fähre","body_html":"<p>Text.</p>","byline":)"
     R"("Anna Probe","versioncreated":"2021-03-04T05:06:07Z","language":"de-DE","infosource":)"
     R"([{"name":"Agentur Nord"}]})",
     "Fähre | https://agentur.example/1 | 2021-03-04T05:06:07Z | Agentur Nord | Anna Probe | de | "
     "html\n"},
    {"Ninjs2",
     R"([{"uri":"urn:1","headlines":[{"value":"Fähre"}],"bodies":[{"role":"note","value":"x"},)"
     R"({"role":"main","contenttype":"text/plain","value":"Die Fähre legt an."}]}])",
     "Fähre |  |  |  |  |  | text\n"},
    {"Withdrawn",
     R"({"urn":"urn:1","headline":"Fähre","article_html":"<p>x</p>","pubstatus":"canceled"})",
     "! - withdrawn by its sender (canceled)\n"},
    {"MailWithTwoForms",
     "From: =?utf-8?Q?Elb_=C3=9C?= <news@elb.example>\r\nSubject: =?iso-8859-1?B?RuRocmU=?=\r\n"
     " =?utf-8?Q?_legt_an?=\r\nDate: Thu, 4 Mar 2021 05:06:07 +0100\r\nMIME-Version: 1.0\r\n"
     "Content-Type: multipart/alternative; boundary=\"xx\"\r\n\r\nvor\r\n--xx\r\nContent-Type: "
     "text/plain\r\n\r\nText.\r\n--xx\r\nContent-Type: text/html; charset=iso-8859-1\r\n"
     "Content-Transfer-Encoding: quoted-printable\r\n\r\n<p>Die F=E4hre=\r\n legt an.</p>\r\n"
     "--xx--\r\n",
     "Fähre legt an |  | 2021-03-04T05:06:07+01:00 | Elb Ü |  |  | html\n"},
    {"MailOfPlainText",
     "From: a@b.example\nSubject: Kurz\nDate: 4 Mar 2021 05:06:07 GMT\n\nEin Satz.\n",
     "Kurz |  | 2021-03-04T05:06:07Z | a@b.example |  |  | text\n"},
    {"MailWithoutText", "From: a@b.example\nSubject: x\nContent-Type: image/png\n\nxxxx\n",
     "! - mail without a text part\n"},
    {"OpmlOfTheNetwork",
     "<opml><body><outline text='g'><outline xmlUrl='https://elb.example/feed'/></outline></body>"
     "</opml>",
     "! -:1 feed on the network (--follow reads it): https://elb.example/feed\n"},
};
INSTANTIATE_TEST_SUITE_P(Cases, Formats, testing::ValuesIn(kCases),
                         [](const auto& c) { return std::string(c.param.name); });

TEST(Formats, TextsAreComplete) {
  std::string bodies;
  render(kCases[0].bytes, &bodies);
  EXPECT_NE(bodies.find("<p>Lang & breit.</p>"), std::string::npos) << bodies;
  bodies.clear();
  render(kCases[5].bytes, &bodies);
  EXPECT_EQ(bodies.find("aaaaaaaaaaaaaaaaaaaa"), std::string::npos) << bodies;
  EXPECT_EQ(bodies.find("root:"), std::string::npos);
  bodies.clear();
  for (const Case& c : kCases) {
    if (std::string_view(c.name) == "MailWithTwoForms") render(c.bytes, &bodies);
  }
  EXPECT_NE(bodies.find("<p>Die Fähre legt an.</p>"), std::string::npos) << bodies;
}

TEST(Formats, ListOfFeedsBesideIt) {
  const fs::path folder = fs::temp_directory_path() / ("feeds" + std::to_string(::getpid()));
  fs::create_directories(folder);
  std::ofstream(folder / "list.opml") << "<opml><body><outline xmlUrl='a.xml'/></body></opml>";
  std::ofstream(folder / "a.xml") << kCases[2].bytes;
  std::vector<std::string> urls;
  std::istringstream in;
  read_inputs(
      {(folder / "list.opml").string()}, {}, in, [&](RawDocument&& d) { urls.push_back(d.url); },
      [](const Skipped&) {});
  EXPECT_EQ(urls, std::vector<std::string>{"https://elb.example/1"});
  fs::remove_all(folder);
}

struct DateCase {
  const char* written;
  const char* want;
};
class WrittenDate : public testing::TestWithParam<DateCase> {};
TEST_P(WrittenDate, IsEdtf) { EXPECT_EQ(edtf_date(GetParam().written), GetParam().want); }
INSTANTIATE_TEST_SUITE_P(Forms, WrittenDate,
                         testing::ValuesIn(std::vector<DateCase>{
                             {"Thu, 04 Mar 2021 05:06:07 GMT", "2021-03-04T05:06:07Z"},
                             {"4 Mar 21 05:06 EST", "2021-03-04T05:06:00-05:00"},
                             {"Thu, 4 March 2021", "2021-03-04"},
                             {"2021-03-04T05:06:07.123Z", "2021-03-04T05:06:07Z"},
                             {"2021-03-04T05:06:07+01:00", "2021-03-04T05:06:07+01:00"},
                             {"2021-03-04 05:06:07", "2021-03-04"},
                             {"2021-03-04", "2021-03-04"},
                             {"gestern", ""},
                             {"", ""},
                             {"Thu, 99 Mar 2021 05:06:07 GMT", ""},
                         }));

TEST(Mail, HeadsAreToldFromTexts) {
  EXPECT_TRUE(looks_like_mail("Received: x\n y\nFrom: a\nDate: b\n\ntext"));
  EXPECT_FALSE(looks_like_mail("From: Kiel\nnach Hamburg"));
  EXPECT_FALSE(looks_like_mail("Die Lage: unklar\nFrom: a\nDate: b\n"));
  EXPECT_FALSE(looks_like_mail(""));
}

TEST(Mail, EncodedWords) {
  EXPECT_EQ(decode_words("=?utf-8?Q?F=C3=A4hre?= =?utf-8?B?IGFu?= jetzt"), "Fähre an jetzt");
  EXPECT_EQ(decode_words("=?utf-8?Q?offen"), "=?utf-8?Q?offen");
  EXPECT_EQ(decode_words("=?x?Z?=?="), "=?x?Z?=?=");
}

}  // namespace formats_test
}  // namespace twosource::intake
