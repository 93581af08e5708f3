#include "annotate/time/compare.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <array>
#include <random>

#include "annotate/time/calendar.hpp"
#include "article/edtf.hpp"

namespace twosource::annotate {
namespace compare_test {

struct TimePair {
  const char* a;
  const char* b;
  Relation relation;
};

TEST(CompareTimes, SaysSameCompatibleOrDifferent) {
  constexpr TimePair kPairs[] = {
      {"2017-11-11", "2017-11-11", Relation::Equal},
      {"2017-11-11", "2017-11", Relation::Compatible},
      {"2017-11-11", "XXXX-WXX-6", Relation::Compatible},
      {"2017-11-11", "XXXX-WXX-5", Relation::Different},
      {"2017-11-11", "2017-11-12", Relation::Different},
      {"2017-11-11", "2017-11-11TEV", Relation::Compatible},
      {"2017-11-11T20:00", "2017-11-11TEV", Relation::Compatible},
      {"2017-11-11T08:00", "2017-11-11TEV", Relation::Different},
      {"2017-11-11T08:00", "2017-11-11T08:02", Relation::Different},
      {"2017-07-XX", "2017-07-08", Relation::Compatible},
      {"2017-W45", "2017-11-11", Relation::Compatible},
      {"2009-Q3", "2009-08", Relation::Compatible},
      {"2009-Q3", "2009-11", Relation::Different},
      {"195", "1954", Relation::Compatible},
      {"XXXX-11-11", "2017-11-11", Relation::Compatible},
      {"XXXX-11-12", "2017-11-11", Relation::Different},
      {"2020-10/2021-03", "2021-01-15", Relation::Compatible},
      {"2020-10/2021-03", "2021-04-01", Relation::Different},
      {"2025-03-25/..", "2026-01", Relation::Compatible},
      {"2025-03-25/..", "2025-03-24", Relation::Different},
      {"2020-10/2021-03", "2020-10/2021-03", Relation::Equal},
      {"2021-03-03T18:00Z", "2021-03-03T19:00+01:00", Relation::Compatible},
      {"2021-03-03T23:30Z", "2021-03-04T00:30+01:00", Relation::Compatible},
      {"2021-03-03T18:00Z", "2021-03-03T18:00+01:00", Relation::Different},
      {"2021-03-03T18:00", "2021-03-03T18:00+01:00", Relation::Compatible},
      {"2021-03-02TNI", "2021-03-03TNI", Relation::Compatible},
      {"2021-03-02TNI", "2021-03-05TNI", Relation::Different},
      {"2021-03-02TNI", "2021-03-01T23:00", Relation::Compatible}};
  for (const TimePair& p : kPairs) {
    EXPECT_EQ(compare_times(p.a, p.b).relation, p.relation) << p.a << ' ' << p.b;
    EXPECT_EQ(compare_times(p.b, p.a).relation, p.relation) << p.a << ' ' << p.b;
    EXPECT_FALSE(compare_times(p.a, p.b).why.empty());
  }
  EXPECT_FALSE(compare_times("P3D", "2017").comparable);
  EXPECT_EQ(compare_times({"T07:40", "APPROX", 0}, {"T07:42", "", 0}).relation,
            Relation::Compatible);
  struct PartPair {
    TimeValue a;
    TimeValue b;
    Relation relation;
  };
  constexpr PartPair kParts[] = {
      {{"2014", "START", 0}, {"2014", "", 0}, Relation::Compatible},
      {{"2014", "START", 0}, {"2014", "START", 0}, Relation::Equal},
      {{"2014", "START", 0}, {"2014", "END", 0}, Relation::Different},
      {{"2014", "START", 0}, {"2014", "MID", 0}, Relation::Compatible},
      {{"2014", "START", 0}, {"2014-02-11", "", 0}, Relation::Compatible},
      {{"2014", "START", 0}, {"2014-10", "", 0}, Relation::Different},
      {{"2014-05", "MID", 0}, {"2014-05-17", "", 0}, Relation::Compatible},
      {{"2014-05", "MID", 0}, {"2014-05-30", "", 0}, Relation::Different},
      {{"2014-05", "END", 0}, {"2014-05-30", "", 0}, Relation::Compatible},
      {{"2014-05-30", "END", 0}, {"2014-05-30", "", 0}, Relation::Equal}};
  for (const PartPair& p : kParts) {
    EXPECT_EQ(compare_times(p.a, p.b).relation, p.relation) << p.a.value << ' ' << p.b.value;
    EXPECT_EQ(compare_times(p.b, p.a).relation, p.relation) << p.a.value << ' ' << p.b.value;
  }
  EXPECT_EQ(compare_times({"2014", "START", 0}, {"2014", "", 0}).why,
            "2014 contains the start of 2014");
  // An approximate clock time is one of that very day.
  EXPECT_EQ(compare_times({"2024-10-15T07:40", "APPROX", 0}, {"2024-10-16TMO", "", 0}).relation,
            Relation::Different);
  // Ramadan by the tabular calendar and as announced.
  EXPECT_EQ(compare_times({"2021-05-13", "APPROX", 0}, {"2021-05-12", "", 0}).relation,
            Relation::Compatible);
  EXPECT_EQ(compare_times({"2021-05-13", "APPROX", 0}, {"2021-05-17", "", 0}).relation,
            Relation::Different);
}

// A day and some of the ways to write it, coarse and fine.
std::string write_day(Day day, std::mt19937& random) {
  const IsoWeek week = iso_week(day);
  const int year = year_of(day);
  const int month = month_of(day);
  const std::string iso = format_day(day);
  switch (random() % 12) {
    case 0:
      return iso;
    case 1:
      return iso.substr(0, 7);
    case 2:
      return iso.substr(0, 4);
    case 3:
      return fmt::format("{:04}-W{:02}", week.year, week.week);
    case 4:
      return fmt::format("{:04}-W{:02}-{}", week.year, week.week, weekday_of(day));
    case 5:
      return fmt::format("XXXX-WXX-{}", weekday_of(day));
    case 6:
      return fmt::format("{}-Q{}", year, (month + 2) / 3);
    case 7:
      return fmt::format("{}-H{}", year, month <= 6 ? 1 : 2);
    case 8:
      return "XXXX" + iso.substr(4);
    case 9:
      return fmt::format("{}", year / 10);
    case 10:
      return iso.substr(0, 7) + "-XX";
    default:
      return fmt::format("{}/{}", format_day(day - std::chrono::days(random() % 40)),
                         format_day(day + std::chrono::days(random() % 40)));
  }
}

// Whatever two articles make of one day, as coarse or fine as they like, is no contradiction; and
// the comparison is symmetric, gives a reason and finds every value equal or compatible to itself.
TEST(CompareTimes, NeverContradictsTwoWritingsOfOneDay) {
  std::mt19937 random(5);
  for (int round = 0; round < 20000; ++round) {
    const Day day = make_day(1950, 1, 1) + std::chrono::days(random() % 36500);
    const std::string a = write_day(day, random);
    const std::string b = write_day(day, random);
    EXPECT_NE(compare_times(a, b).relation, Relation::Different) << a << ' ' << b;
    EXPECT_TRUE(compare_times(a, b).comparable) << a << ' ' << b;
  }
}

TEST(CompareTimes, IsSymmetricAndTellsDaysApart) {
  std::mt19937 random(6);
  for (int round = 0; round < 20000; ++round) {
    const Day first = make_day(2020, 1, 1) + std::chrono::days(random() % 800);
    const Day second = make_day(2020, 1, 1) + std::chrono::days(random() % 800);
    const std::string a = write_day(first, random);
    const std::string b = write_day(second, random);
    const TimeComparison ab = compare_times(a, b);
    const TimeComparison ba = compare_times(b, a);
    EXPECT_EQ(ab.relation, ba.relation) << a << ' ' << b;
    EXPECT_EQ(ab.comparable, ba.comparable) << a << ' ' << b;
    EXPECT_FALSE(ab.why.empty());
    EXPECT_NE(compare_times(a, a).relation, Relation::Different) << a;
    EXPECT_EQ(compare_times(format_day(first), format_day(second)).relation,
              first == second ? Relation::Equal : Relation::Different);
  }
}

// Clock times: the same minute is equal, others differ unless one is approximate and near.
TEST(CompareTimes, ComparesClockTimesByTheMinute) {
  std::mt19937 random(8);
  const auto clock = [](int minute) {
    return fmt::format("2021-03-03T{:02}:{:02}", minute / 60, minute % 60);
  };
  for (int round = 0; round < 5000; ++round) {
    const int x = static_cast<int>(random() % 1440);
    const int y = static_cast<int>(random() % 1440);
    const std::string a = clock(x);
    const std::string b = clock(y);
    EXPECT_EQ(compare_times(a, b).relation, x == y ? Relation::Equal : Relation::Different);
    const Relation about = compare_times({a, "APPROX", 0}, {b, "", 0}).relation;
    EXPECT_EQ(about == Relation::Different, std::abs(x - y) > 10) << a << ' ' << b;
    EXPECT_EQ(compare_times({b, "", 0}, {a, "APPROX", 0}).relation, about);
  }
}

TEST(CompareTimes, IsTotalOnAnyBytes) {
  std::mt19937 random(9);
  constexpr std::array<const char*, 16> kPieces = {
      "20", "21", "-", "03", "XX", "W", "T", "Q", "/", "P", "9", "NI", ":", "XXXX", "\xC3", "6"};
  for (int round = 0; round < 20000; ++round) {
    const auto make = [&] {
      std::string out;
      for (std::size_t n = random() % 8; n > 0; --n) out += kPieces[random() % kPieces.size()];
      return out;
    };
    const std::string a = make();
    const std::string b = make();
    EXPECT_EQ(compare_times(a, b).relation, compare_times(b, a).relation) << a << ' ' << b;
    EXPECT_FALSE(compare_times(a, b).why.empty());
  }
}

}  // namespace compare_test
}  // namespace twosource::annotate
