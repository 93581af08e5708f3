#include "exports/exports.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <ostream>
#include <sstream>

#include "article/json.hpp"

namespace twosource::exports {
namespace exports_test {

// Two articles, a copy between them, an event, a claim with a difference. All spans by hand.
Dossier sample(const std::string& when) {
  Dossier d;
  Article a;
  a.id = "a";
  a.publisher = "Küstenblatt";
  a.headline = "Fähre fährt";
  a.url = "https://kueste.example/1";
  a.language = "de";
  a.published.value = "2024-05-11T20:15:00+02:00";
  a.authors = {"Ina Ruhl", "Rat, Tat and Co"};
  a.text = "Größe: 🚢 sank um 5 Uhr, sagte sie.";
  Article b;
  b.id = "b";
  b.published.value = "2024-05";
  b.text = "Sank um 6 Uhr.";
  d.articles = {a, b};
  const std::uint32_t from = static_cast<std::uint32_t>(a.text.find("sank"));
  const Span in_a{from, from + 13};  // "sank um 5 Uhr"
  CopyFamily family{"c1", {0, 1}, "dpa", {}, "", {}};
  family.pairs.push_back({0, 1, 0.5, false, 0, {{in_a, {0, 13}}}});
  d.copies = {family};
  d.origins = {{"o1", OriginKind::Outlet, "Küstenblatt", "k", false}};
  Event event;
  event.id = "v1";
  event.label = "Fähre sinkt";
  event.when = when;
  event.where = {"Kiel"};
  event.articles = {0, 1};
  event.evidence = {{0, in_a}};
  d.events = {event};
  d.stories = {{"s1", "Fähre", {0}}};
  Claim claim;
  claim.id = "k1";
  claim.event = 0;
  claim.text = "sank um 5 Uhr";
  claim.verdict = Verdict::Contradicted;
  claim.origins = 2;
  claim.why = "two times";
  claim.statements = {{{0, in_a}, -1, 0, {}, {{"time", "T05:00", {}}}},
                      {{1, {0, 13}}, -1, -1, {"dpa"}, {{"time", "T06:00", {}}}}};
  claim.differences = {{"time", Relation::Different, 0, 1, "T05:00", "T06:00", ""}};
  d.claims = {claim};
  return d;
}

std::string written(const Dossier& d, Format format, std::size_t part = 0) {
  const Corpus corpus(d);
  std::ostringstream out;
  parts(corpus, format, {}).at(part).write(out);
  return out.str();
}

bool has(const std::string& text, std::string_view piece) {
  return text.find(piece) != std::string::npos;
}

struct Case {
  const char* name;
  const char* when;
  const char* want;
};
void PrintTo(const Case& c, std::ostream* os) { *os << c.when; }
class CalendarDate : public testing::TestWithParam<Case> {};
TEST_P(CalendarDate, IsNeverMorePreciseThanKnown) {
  const std::string got = written(sample(GetParam().when), Format::Ics);
  const std::string want = GetParam().want;
  EXPECT_EQ(has(got, "DTSTART"), !want.empty()) << got;
  if (!want.empty()) {
    EXPECT_TRUE(has(got, want)) << got;
  }
  EXPECT_EQ(has(got, "BEGIN:VEVENT"), !want.empty()) << got;
  EXPECT_EQ(has(got, "BEGIN:VJOURNAL"), want.empty()) << got;
}
INSTANTIATE_TEST_SUITE_P(
    Events, CalendarDate,
    testing::Values(Case{"day", "2024-05-11", "DTSTART;VALUE=DATE:20240511\r\n"},
                    Case{"moment", "2024-05-11T20:15:00+02:00", "DTSTART:20240511T181500Z\r\n"},
                    Case{"west", "2024-12-31T23:30:00-05:30", "DTSTART:20250101T050000Z\r\n"},
                    Case{"utc", "2024-05-11T20:15Z", "DTSTART:20240511T201500Z\r\n"},
                    Case{"no_zone", "2024-05-11T20:15", "DTSTART:20240511T201500\r\n"},
                    Case{"no_such_time", "2024-05-11T24:00", "DTSTART;VALUE=DATE:20240511\r\n"},
                    Case{"month", "2024-05", ""}, Case{"year", "2024", ""}, Case{"none", "", ""},
                    Case{"until", "../2019", ""}, Case{"words", "bald", ""}),
    [](const auto& c) { return std::string(c.param.name); });

TEST(Calendar, SaysAnImpreciseDateInWords) {
  const std::string got = written(sample("2024-05"), Format::Ics);
  EXPECT_TRUE(has(got, "SUMMARY:Fähre sinkt (2024-05)\r\n")) << got;
  EXPECT_TRUE(has(got, "DTSTAMP:20240511T181500Z\r\n")) << got;
}

TEST(Annotations, HaveTheWordsWithWhatStandsAroundAndCodePoints) {
  const Json j = Json::parse(written(sample(""), Format::Annotations));
  const Json& items = j["first"]["items"];
  EXPECT_EQ(j["total"], items.size());
  const Json& selectors = items[0]["target"]["selector"];
  EXPECT_EQ(selectors[0]["exact"], "sank um 5 Uhr");
  EXPECT_EQ(selectors[0]["prefix"], "Größe: 🚢 ");
  EXPECT_EQ(selectors[0]["suffix"], ", sagte sie.");
  EXPECT_EQ(selectors[1]["start"], 9);
  EXPECT_EQ(selectors[1]["end"], 22);
  EXPECT_EQ(items[0]["target"]["source"]["id"], "https://kueste.example/1");
}

TEST(Csv, HasARowAStatement) {
  const std::string got = written(sample("2024-05-11"), Format::Csv);
  EXPECT_TRUE(has(got,
                  "\r\nk1,v1,s1,contradicted,2,sank um 5 Uhr,two times,a,Küstenblatt,"
                  "Fähre fährt,https://kueste.example/1,2024-05-11T20:15:00+02:00,9,22,"
                  "sank um 5 Uhr,,Küstenblatt,outlet,,time=T05:00,"
                  "time: T05:00 different T06:00 (b)\r\n"))
      << got;
  EXPECT_TRUE(has(got, ",dpa,time=T06:00,time: T06:00 different T05:00 (a)\r\n")) << got;
}

TEST(GraphMl, HasOneEdgeFromTheOriginalAndTwoWhereNobodyKnows) {
  Dossier d = sample("");
  const std::string known = written(d, Format::GraphMl);
  EXPECT_TRUE(has(known, R"(<edge id="e0" source="n0" target="n1">)")) << known;
  EXPECT_FALSE(has(known, "e1")) << known;
  d.copies[0].pairs[0].original = 1;
  EXPECT_TRUE(has(written(d, Format::GraphMl), R"(<edge id="e0" source="n1" target="n0">)"));
  d.copies[0].pairs[0].original = -1;
  const std::string unknown = written(d, Format::GraphMl);
  EXPECT_TRUE(has(unknown, R"(<edge id="e1" source="n1" target="n0">)")) << unknown;
}

TEST(Bibtex, KeepsPrecisionAndNamesOfBodies) {
  const std::string got = written(sample(""), Format::Bibtex);
  EXPECT_TRUE(has(got, "author = {Ina Ruhl and {Rat, Tat and Co}}")) << got;
  EXPECT_TRUE(has(got, "month = may,\n  day = {11}")) << got;
  EXPECT_TRUE(has(got, "date = {2024-05},\n  year = {2024},\n  month = may\n}")) << got;
}

TEST(Csl, KeepsPrecision) {
  const Json j = Json::parse(written(sample(""), Format::Csl));
  EXPECT_EQ(j[0]["issued"]["date-parts"], Json::parse("[[2024,5,11]]"));
  EXPECT_EQ(j[1]["issued"]["date-parts"], Json::parse("[[2024,5]]"));
  EXPECT_EQ(j[1]["title"], "b");
}

TEST(Names, StayWhenALaterArticleJoins) {
  const Dossier before = sample("2024-05-11");
  Dossier after = before;
  after.articles.push_back(after.articles[1]);
  after.articles[2].id = "c";
  after.claims[0].statements.push_back({{2, {0, 13}}, -1, -1, {}, {}});
  after.events[0].articles.push_back(2);
  const Corpus x(before);
  const Corpus y(after);
  EXPECT_EQ(x.article_iri(0), y.article_iri(0));
  EXPECT_EQ(x.claim_iri(0), y.claim_iri(0));
  EXPECT_EQ(x.event_iri(0), y.event_iri(0));
  EXPECT_EQ(x.story_iri(0), y.story_iri(0));
}

TEST(Names, AreNeverAlike) {
  Dossier d = sample("2024-05-11");
  d.claims.push_back(d.claims[0]);
  d.events.push_back(d.events[0]);
  const Corpus corpus(d);
  EXPECT_NE(corpus.claim_iri(0), corpus.claim_iri(1));
  EXPECT_NE(corpus.event_iri(0), corpus.event_iri(1));
}

TEST(EveryFormat, WritesSomethingOfAnEmptyDossierToo) {
  const Dossier empty;
  const Corpus corpus(empty);
  for (const std::string_view name : kFormatNames) {
    const Format format = format_from(name).value();
    EXPECT_EQ(to_string(format), name);
    for (const Part& part : parts(corpus, format, {})) {
      std::ostringstream out;
      part.write(out);
      EXPECT_TRUE(out.good()) << part.file;
      EXPECT_TRUE(part.file.ends_with(extension(format)));
    }
  }
  EXPECT_EQ(format_from("pdf"), std::nullopt);
}

TEST(EveryFormat, IsWrittenTheSameTwice) {
  const Dossier d = sample("2024-05-11");
  for (const std::string_view name : kFormatNames) {
    EXPECT_EQ(written(d, *format_from(name)), written(d, *format_from(name))) << name;
  }
}

}  // namespace exports_test
}  // namespace twosource::exports
