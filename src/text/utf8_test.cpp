#include "text/utf8.hpp"

#include <gtest/gtest.h>

#include <random>

namespace twosource {
namespace utf8_test {

struct SanitiseCase {
  const char* name;
  std::string_view bytes;
  const char* want;
};
void PrintTo(const SanitiseCase& c, std::ostream* os) { *os << c.name; }

constexpr SanitiseCase kSanitise[] = {
    {"empty", "", ""},
    {"ascii", "abc", "abc"},
    {"umlaut", "Z\xC3\xBCrich", "Zürich"},
    {"truncated", "a\xE2\x82", "a\xEF\xBF\xBD"},
    {"overlong_slash", "\xC0\xAF", "\xEF\xBF\xBD\xEF\xBF\xBD"},
    {"surrogate", "\xED\xA0\x80", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"},
    {"beyond_unicode", "\xF4\x90\x80\x80", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"},
    {"latin1_e", "caf\xE9 au", "caf\xEF\xBF\xBD au"},
    {"nul", std::string_view("a\0b", 3), "a\xEF\xBF\xBD" "b"},
};
class SanitiseTest : public testing::TestWithParam<SanitiseCase> {};
TEST_P(SanitiseTest, ReplacesIllFormedSequences) {
  EXPECT_EQ(utf8::sanitise(GetParam().bytes), GetParam().want);
  EXPECT_TRUE(utf8::valid(utf8::sanitise(GetParam().bytes)));
}
INSTANTIATE_TEST_SUITE_P(Utf8, SanitiseTest, testing::ValuesIn(kSanitise),
                         [](const auto& row) { return std::string(row.param.name); });

TEST(Utf8, ValidAgreesWithDecodingOnRandomBytes) {
  std::mt19937 random(20240601);
  for (int round = 0; round < 20000; ++round) {
    std::string bytes;
    const std::size_t n = random() % 12;
    for (std::size_t i = 0; i < n; ++i) {
      static constexpr unsigned char kBytes[] = {'a', 0x80, 0xBF, 0xC3, 0xE2, 0x82, 0xAC, 0xF0, 0x9F, 0x98, 0x80, 0xED};
      bytes.push_back(static_cast<char>(kBytes[random() % std::size(kBytes)]));
    }
    bool ill_formed = false;
    for (std::size_t at = 0; at < bytes.size();) {
      if (utf8::decode(bytes, at) == utf8::kReplacement) ill_formed = true;
    }
    EXPECT_EQ(utf8::valid(bytes), !ill_formed);
    EXPECT_TRUE(utf8::valid(utf8::sanitise(bytes)));
  }
}

TEST(Utf8, DecodesBackwardsWhatItDecodesForwards) {
  const std::string text = "aß„€😀“ é";
  std::vector<char32_t> forward;
  for (std::size_t at = 0; at < text.size();) forward.push_back(utf8::decode(text, at));
  std::vector<char32_t> backward;
  for (std::size_t at = text.size(); at > 0;) backward.push_back(utf8::decode_before(text, at));
  std::reverse(backward.begin(), backward.end());
  EXPECT_EQ(forward, backward);
}

TEST(Utf8, OffsetIndexGoesBothWaysAtEveryCodePoint) {
  std::string text;
  for (int i = 0; i < 300; ++i) text += i % 3 == 0 ? "ä" : i % 7 == 0 ? "😀" : "x";
  const utf8::OffsetIndex index(text);
  std::uint32_t cp = 0;
  for (std::size_t at = 0; at < text.size(); ++cp) {
    EXPECT_EQ(index.code_points(static_cast<std::uint32_t>(at)), cp);
    EXPECT_EQ(index.bytes(cp), at);
    (void)utf8::decode(text, at);
  }
  EXPECT_EQ(index.total(), cp);
  EXPECT_EQ(index.code_points(static_cast<std::uint32_t>(text.size())), cp);
  EXPECT_EQ(index.bytes(cp + 5), text.size());
}

TEST(Utf8, LowersFoldsTrimsAndSqueezes) {
  EXPECT_EQ(utf8::lower("ÄÖÜ ẞ Łódź"), "äöü ß łódź");
  EXPECT_EQ(utf8::fold("Çavuşoğlu Straße Müller"), "cavusoglu strasse muller");
  EXPECT_EQ(utf8::trim("\u00A0 a b \n"), "a b");
  EXPECT_EQ(utf8::squeeze("  a \n\n b\u202Fc "), "a b c");
}

}  // namespace utf8_test
}  // namespace twosource
