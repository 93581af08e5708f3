#include "clean/dates.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace twosource::clean {
namespace dates_test {

const DateFinder& finder() {
  static const PackSet packs = PackSet::builtin();
  static const DateFinder instance(packs);
  return instance;
}

// "2017-11-11 08:30 p; 2017-11-12": value, clock, role (p published, m modified).
std::string render(const std::vector<FoundDate>& dates) {
  std::string out;
  for (const FoundDate& d : dates) {
    if (!out.empty()) out += "; ";
    out += d.value;
    if (!d.clock.empty()) out += ' ' + d.clock;
    if (d.role == DateRole::Published) out += " p";
    if (d.role == DateRole::Modified) out += " m";
  }
  return out;
}

struct Case {
  const char* text;
  const char* want;
  const char* language = "de";
};
class FindDates : public testing::TestWithParam<Case> {};
TEST_P(FindDates, AsWritten) {
  EXPECT_EQ(render(finder().find(GetParam().text, GetParam().language)), GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(
    Dates, FindDates,
    testing::ValuesIn(std::vector<Case>{
        {"11. November 2017", "2017-11-11"},
        {"11.11.2017", "2017-11-11"},
        {"11.11.17", "2017-11-11"},
        {"11. 11. 2017", "2017-11-11"},
        {"1. Mai 2024", "2024-05-01"},
        {"3. März 2024, 17:47", "2024-03-03 17:47"},
        {"Stand: 11.11.2017, 08:30 Uhr", "2017-11-11 08:30 m"},
        {"Veröffentlicht am 11. November 2017", "2017-11-11 p"},
        {"Publiziert: 01.07.2023, 11:16", "2023-07-01 11:16 p"},
        {"Zuletzt aktualisiert am Montag, 3. Juli 2023 um 7.05 Uhr", "2023-07-03 07:05 m"},
        {"Erstellt: 01.02.2023, Aktualisiert: 02.02.2023", "2023-02-01 p; 2023-02-02 m"},
        {"30.01.202430. Januar 2024", "2024-01-30"},
        {"Mittwoch, 16. Oktober 2024", "2024-10-16"},
        {"18.07.2024, 11.08 Uhr 7 min", "2024-07-18 11:08"},
        {"28.04.2023-19:20", "2023-04-28 19:20"},
        {"Zuerst veröffentlicht am 30/04/2024 - 16:17", "2024-04-30 16:17 p"},
        {"Juli 2017", "2017-07"},
        {"2017-11-11T08:30:00+01:00", "2017-11-11 08:30"},
        {"2017-11-11", "2017-11-11"},
        {"2017/11/11", "2017-11-11"},
        {"November 11, 2017", "2017-11-11", "en"},
        {"Nov. 11, 2017", "2017-11-11", "en"},
        {"11 November 2017", "2017-11-11", "en"},
        {"11th of November 2017", "2017-11-11", "en"},
        {"Updated November 11th, 2017 at 9:14 PM EST", "2017-11-11 21:14 m", "en"},
        {"Posted: Aug 08, 2024 4:00 AM EDT | Last Updated: August 8", "2024-08-08 04:00 p", "en"},
        {"Thu 7 Mar 2024 17.20 GMT", "2024-03-07", "en"},
        {"11/12/2017", "2017-11-12", "en"},
        {"11/12/2017", "2017-12-11", "de"},
        {"25/12/2017", "2017-12-25", "en"},
        {"Zuletzt am 29. Januar 2020 um 13:22 Uhr geändert.", "2020-01-29 13:22 m"},
        {"am Samstag, 3. Dezember 2011 veröffentlicht und abgelegt", "2011-12-03 p"},
        {"1.2.2023 Aktualisiert: 2.2.2023", "2023-02-01; 2023-02-02 m"},
        {"Erstellt am09.02.2022", "2022-02-09 p"},
        // languages without a pack
        {"jueves 2 de abril de 2020", "2020-04-02"},
        {"Lundi 24 août 2020 à 21:15", "2020-08-24 21:15"},
        {"15 августа 2016, 13:43", "2016-08-15 13:43"},
        {"07 أكتوبر 2020", "2020-10-07"},
        {"Domenica 06 Dicembre 2020", "2020-12-06"},
        {"Mars 2020", ""},
        // no dates
        {"Tel. 030 2017 11 11", ""},
        {"0171-11-11-2017", ""},
        {"+49 11.11.2017", "2017-11-11"},
        {"Version 1.2.3.2017", ""},
        {"§ 2254", ""},
        {"31.02.2017", ""},
        {"32. Januar 2017", ""},
        {"11.13.2017", ""},
        {"10.12.1.2017", ""},
        {"192.168.10.12", ""},
        {"im Mai kamen 2000 Menschen", ""},
        {"May 2000 people", "2000-05", "en"},
        {"am 28. Oktober", ""},
        {"3:1 in der 90. Minute", ""},
        {"", ""},
        {"99999999999999999999", ""},
        {"\xC3\x28 11.11.2017", "2017-11-11"},
    }));

struct LineCase {
  const char* line;
  const char* want;
};
class DateLine : public testing::TestWithParam<LineCase> {};
TEST_P(DateLine, IsToldFromSentences) {
  const auto found = finder().date_line(GetParam().line, "de");
  EXPECT_EQ(found ? found->value : "none", GetParam().want);
}
INSTANTIATE_TEST_SUITE_P(Lines, DateLine,
                         testing::ValuesIn(std::vector<LineCase>{
                             {"11. November 2017", "2017-11-11"},
                             {"Frankfurt, 11.11.2017, 08:30 Uhr", "2017-11-11"},
                             {"Von Jana Kern, 11.11.2017", "2017-11-11"},
                             {"Erstellt: 01.02.2023, Aktualisiert: 02.02.2023", "2023-02-01"},
                             {"Aktualisiert: 02.02.2023, erschienen: 01.02.2023", "2023-02-01"},
                             {"Am 11. November 2017 trafen sich beide in der Stadt.", "none"},
                             {"Das Gesetz vom 11.11.2017 regelt die Ausnahme", "none"},
                             {"Dienstag, 27. August", "none"},
                             {"Politik", "none"},
                         }));

TEST(DateFinder, KnowsTimeLines) {
  EXPECT_TRUE(finder().is_time_line("vor 3 Stunden"));
  EXPECT_TRUE(finder().is_time_line("Heute, 12:34 Uhr"));
  EXPECT_TRUE(finder().is_time_line("02:01"));
  EXPECT_TRUE(finder().is_time_line("14 hours ago"));
  EXPECT_FALSE(finder().is_time_line("Uhr"));
  EXPECT_FALSE(finder().is_time_line("12 Menschen"));
}

TEST(DateFinder, ReadsLabelsOnTheirOwnLine) {
  EXPECT_EQ(finder().label_line("Letzte Änderung:"), DateRole::Modified);
  EXPECT_EQ(finder().label_line("Veröffentlicht am"), DateRole::Published);
  EXPECT_EQ(finder().label_line("Gültig bis:"), DateRole::Other);
  EXPECT_EQ(finder().label_line("Aktualisiert wurde die Satzung"), DateRole::Plain);
  EXPECT_EQ(finder().label_line(""), DateRole::Plain);
}

struct PrefixCase {
  const char* text;
  const char* value;
  const char* cut;
};
class Prefix : public testing::TestWithParam<PrefixCase> {};
TEST_P(Prefix, IsCut) {
  const auto found = finder().prefix(GetParam().text);
  EXPECT_EQ(found ? found->value : "none", GetParam().value);
  if (found) {
    EXPECT_EQ(slice(GetParam().text, found->with_label), GetParam().cut);
  }
}
INSTANTIATE_TEST_SUITE_P(Prefixes, Prefix,
                         testing::ValuesIn(std::vector<PrefixCase>{
                             {" date 2017-07 Ein fester Druck", "2017-07", " date 2017-07"},
                             {"date 2017-07-08 Ein fester Druck", "2017-07-08", "date 2017-07-08"},
                             {"date: 2017 Ein fester Druck", "2017", "date: 2017"},
                             {"Datum: 08.07.2017 Ein fester Druck", "2017-07-08",
                              "Datum: 08.07.2017"},
                             {"2017-07-08: Ein fester Druck", "2017-07-08", "2017-07-08:"},
                             {"2017-07 war ein Monat", "none", ""},
                             {"2017 war ein gutes Jahr", "none", ""},
                             {"8. Juli 2017 war ein Samstag", "none", ""},
                             {"Ein fester Druck 2017-07-08", "none", ""},
                             {"date 2017-19 Ein Druck", "none", ""},
                             {"", "none", ""},
                         }));

struct UrlCase {
  const char* url;
  const char* want;
};
class UrlDate : public testing::TestWithParam<UrlCase> {};
TEST_P(UrlDate, FromPath) { EXPECT_EQ(finder().from_url(GetParam().url), GetParam().want); }
INSTANTIATE_TEST_SUITE_P(Urls, UrlDate,
                         testing::ValuesIn(std::vector<UrlCase>{
                             {"https://a.example/2017/11/11/titel", "2017-11-11"},
                             {"https://a.example/politik/2017-11-11-titel.html", "2017-11-11"},
                             {"https://a.example/2017/11/titel", "2017-11"},
                             {"https://a.example/20171111/titel", "2017-11-11"},
                             {"https://a.example/titel-20171111.html", "2017-11-11"},
                             {"https://a.example/2017/13/titel", ""},
                             {"https://a.example/a/3000000218734/titel", ""},
                             {"https://2017.example/titel", ""},
                             {"https://a.example/titel-2017-11", ""},
                             {"https://a.example/1/2017/11", "2017-11"},
                             {"", ""},
                         }));

}  // namespace dates_test
}  // namespace twosource::clean
