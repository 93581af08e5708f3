#include "article/edtf.hpp"

#include <gtest/gtest.h>

namespace twosource {
namespace edtf_test {

struct Case {
  const char* name;
  const char* text;
  const char* want;  // normalised, or "" when refused
  DatePrecision precision;
};
void PrintTo(const Case& c, std::ostream* os) { *os << c.text; }
constexpr Case kCases[] = {
    {"year", "2017", "2017", DatePrecision::Year},
    {"month", "2017-07", "2017-07", DatePrecision::Month},
    {"day", "2017-11-11", "2017-11-11", DatePrecision::Day},
    {"time_zulu", "2017-11-11T08:30:00Z", "2017-11-11T08:30:00Z", DatePrecision::Time},
    {"time_offset", "2017-11-11T08:30+01:00", "2017-11-11T08:30+01:00", DatePrecision::Time},
    {"time_blank_fraction", "2017-11-11 08:30:00.125+0100", "2017-11-11T08:30:00.125+0100", DatePrecision::Time},
    {"leap_day", "2024-02-29", "2024-02-29", DatePrecision::Day},
    {"no_leap_day", "2023-02-29", "", DatePrecision::None},
    {"month_13", "2017-13", "", DatePrecision::None},
    {"day_0", "2017-01-00", "", DatePrecision::None},
    {"empty", "", "", DatePrecision::None},
    {"words", "heute", "", DatePrecision::None},
    {"short", "201", "", DatePrecision::None},
    {"year_zero", "0000", "", DatePrecision::None},
    {"trailing", "2017-11-11x", "", DatePrecision::None},
    {"hour_25", "2017-11-11T25:00", "", DatePrecision::None},
};
class EdtfTest : public testing::TestWithParam<Case> {};
TEST_P(EdtfTest, ParsesAndWritesBack) {
  const auto date = parse_edtf(GetParam().text);
  EXPECT_EQ(date ? date->to_edtf() : "", GetParam().want);
  EXPECT_EQ(date ? date->precision : DatePrecision::None, GetParam().precision);
}
INSTANTIATE_TEST_SUITE_P(Edtf, EdtfTest, testing::ValuesIn(kCases),
                         [](const auto& row) { return std::string(row.param.name); });

TEST(Edtf, FirstAndLastDay) {
  EXPECT_EQ(format_day(first_day(*parse_edtf("2024-02"))), "2024-02-01");
  EXPECT_EQ(format_day(last_day(*parse_edtf("2024-02"))), "2024-02-29");
  EXPECT_EQ(format_day(last_day(*parse_edtf("2023"))), "2023-12-31");
}

}  // namespace edtf_test
}  // namespace twosource
