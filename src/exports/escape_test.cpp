#include "exports/escape.hpp"

#include <gtest/gtest.h>

#include <ostream>

#include "text/utf8.hpp"

namespace twosource::exports {
namespace escape_test {

struct Case {
  const char* name;
  std::string_view text;
  std::string_view want;
};
void PrintTo(const Case& c, std::ostream* os) { *os << c.name; }
std::string name_of(const testing::TestParamInfo<Case>& c) { return c.param.name; }
using namespace std::string_view_literals;

class CsvGuard : public testing::TestWithParam<Case> {};
TEST_P(CsvGuard, WritesTheField) {
  EXPECT_EQ(csv_cell(GetParam().text, Formulas::Guard), GetParam().want);
}
INSTANTIATE_TEST_SUITE_P(
    Csv, CsvGuard,
    testing::Values(Case{"empty", "", ""}, Case{"plain", "Hafen", "Hafen"},
                    Case{"comma", "a,b", "\"a,b\""}, Case{"quote", "a\"b", "\"a\"\"b\""},
                    Case{"lines", "a\r\nb", "\"a\r\nb\""}, Case{"blank_ends", " a", "\" a\""},
                    Case{"formula", "=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"},
                    Case{"plus", "+1", "'+1"}, Case{"minus", "-1", "'-1"},
                    Case{"at", "@A1", "'@A1"}, Case{"tab", "\t=1", "\"'\t=1\""},
                    Case{"blank_formula", " =1", "\"' =1\""}, Case{"full_width", "＝1", "'＝1"},
                    Case{"invisible", "\u200B=1", "'\u200B=1"}, Case{"apostrophe", "'Tis", "''Tis"},
                    Case{"dash_is_text", "– so", "– so"}, Case{"control", "a\x01z", "a\uFFFDz"},
                    Case{"nul", "a\0z"sv, "a\uFFFDz"}, Case{"ill_formed", "a\xC3", "a\uFFFD"}),
    name_of);

TEST(CsvKeep, LeavesFormulas) { EXPECT_EQ(csv_cell("=1+1", Formulas::Keep), "=1+1"); }

class IcsText : public testing::TestWithParam<Case> {};
TEST_P(IcsText, Escapes) { EXPECT_EQ(ics_text(GetParam().text), GetParam().want); }
INSTANTIATE_TEST_SUITE_P(
    Ics, IcsText,
    testing::Values(Case{"plain", "Treffen in Köln: ja", "Treffen in Köln: ja"},
                    Case{"signs", "a,b;c\\d", "a\\,b\\;c\\\\d"},
                    Case{"lines", "a\nb\r\nc\rd", "a\\nb\\nc\\nd"},
                    Case{"other_lines",
                         "a\u2028b\u2029c\u0085"
                         "d\x0B"
                         "e",
                         "a\\nb\\nc\\nd\\ne"},
                    Case{"injection", "x\r\nBEGIN:VALARM", "x\\nBEGIN:VALARM"},
                    Case{"tab", "a\tb", "a\tb"}, Case{"control", "a\x07", "a\uFFFD"},
                    Case{"truncated", "\xE2\x82", "\uFFFD\uFFFD"}),
    name_of);

TEST(IcsLine, FoldsAtSeventyFiveOctetsBetweenCodePoints) {
  for (std::size_t shift = 0; shift < 4; ++shift) {
    std::string value(shift, 'x');
    for (int i = 0; i < 100; ++i) value += i % 2 == 0 ? "ö" : "🚢";
    const std::string folded = ics_line("SUMMARY", value);
    std::string joined;
    std::size_t at = 0;
    while (at < folded.size()) {
      const std::size_t end = folded.find("\r\n", at);
      ASSERT_NE(end, std::string::npos);
      const std::string line = folded.substr(at, end - at);
      EXPECT_LE(line.size(), 75U);
      EXPECT_TRUE(utf8::valid(line));
      if (at > 0) {
        EXPECT_EQ(line.front(), ' ');
      }
      joined += at > 0 ? line.substr(1) : line;
      at = end + 2;
    }
    EXPECT_EQ(joined, "SUMMARY:" + value);
  }
  EXPECT_EQ(ics_line("A", std::string(73, 'b')), "A:" + std::string(73, 'b') + "\r\n");
  EXPECT_EQ(ics_line("A", std::string(74, 'b')), "A:" + std::string(73, 'b') + "\r\n b\r\n");
}

class Xml : public testing::TestWithParam<Case> {};
TEST_P(Xml, KeepsWhatXmlCanHold) {
  const std::string got = xml_text(GetParam().text);
  EXPECT_EQ(got, GetParam().want);
  EXPECT_EQ(utf8::length(got), utf8::length(GetParam().text));
}
INSTANTIATE_TEST_SUITE_P(
    Characters, Xml,
    testing::Values(Case{"markup_is_for_the_writer", "<b>]]>&", "<b>]]>&"},
                    Case{"white_space", "a\t\n\rb", "a\t\n\rb"},
                    Case{"controls", "\x01\x1B[31m\x0C", "\uFFFD\uFFFD[31m\uFFFD"},
                    Case{"nul", "a\0"sv, "a\uFFFD"},
                    Case{"no_character", "\xEF\xBF\xBE\xEF\xBF\xBF", "\uFFFD\uFFFD"},
                    Case{"surrogate", "\xED\xA0\x80", "\uFFFD\uFFFD\uFFFD"},
                    Case{"far", "🚢\u0085", "🚢\u0085"}),
    name_of);

class Bibtex : public testing::TestWithParam<Case> {};
TEST_P(Bibtex, LeavesNoCommandAndNoOddBrace) {
  EXPECT_EQ(bibtex_text(GetParam().text), GetParam().want);
}
INSTANTIATE_TEST_SUITE_P(
    Fields, Bibtex,
    testing::Values(Case{"plain", "Fähre rammt Kai", "Fähre rammt Kai"},
                    Case{"braces", "a}b{", "a\\textbraceright{}b\\textbraceleft{}"},
                    Case{"command", "\\input{x}",
                         "\\textbackslash{}input\\textbraceleft{}x\\textbraceright{}"},
                    Case{"signs", "50 % & #1_2 $", "50 \\% \\& \\#1\\_2 \\$"},
                    Case{"lines", " a\n\n b ", "a b"},
                    Case{"control",
                         "a\x01"
                         "b",
                         "ab"}),
    name_of);

class Web : public testing::TestWithParam<Case> {};
TEST_P(Web, OnlyAddressesOfTheWeb) { EXPECT_EQ(web_address(GetParam().text), GetParam().want); }
INSTANTIATE_TEST_SUITE_P(
    Addresses, Web,
    testing::Values(Case{"https", "https://a.example/b?c=d#e", "https://a.example/b?c=d#e"},
                    Case{"script", "javascript:alert(1)", ""}, Case{"none", "", ""},
                    Case{"data", "data:text/html,x", ""}, Case{"case", "JavaScript:x", ""},
                    Case{"quote", "http://a/\"><b>", "http://a/%22%3E%3Cb%3E"},
                    Case{"line", "http://a/\r\nX:y", "http://a/%0D%0AX:y"},
                    Case{"umlaut", "https://a/ö", "https://a/%C3%B6"},
                    Case{"encoded", "https://a/%C3%b6", "https://a/%C3%b6"},
                    Case{"bare_percent", "https://a/5%", "https://a/5%25"}),
    name_of);

TEST(UuidUrn, HasVersionAndVariantAndIsStable) {
  const std::string urn = uuid_urn("key");
  ASSERT_EQ(urn.size(), 45U);
  EXPECT_EQ(urn.substr(0, 9), "urn:uuid:");
  EXPECT_EQ(urn[23], '8');
  EXPECT_NE(std::string_view("89ab").find(urn[28]), std::string_view::npos);
  EXPECT_EQ(urn, uuid_urn("key"));
  EXPECT_NE(urn, uuid_urn("kez"));
}

}  // namespace escape_test
}  // namespace twosource::exports
