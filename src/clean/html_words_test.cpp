#include "clean/html_words.hpp"

#include <gtest/gtest.h>

#include <ostream>
#include <string>

namespace twosource::clean {
namespace html_words_test {

struct Case {
  const char* name;
  const char* value;
  HtmlRole role;
};
void PrintTo(const Case& c, std::ostream* os) { *os << c.value; }
constexpr Case kCases[] = {
    {"nothing", "col-12 x7", HtmlRole::None},
    {"empty", "", HtmlRole::None},
    {"body_pair", "article-body", HtmlRole::Body},
    {"body_hump", "c-ArticleBody_3x", HtmlRole::Body},
    {"german_body", "artikeltext", HtmlRole::Body},
    {"furniture_before_article", "article-share", HtmlRole::Share},
    {"comments", "comment-list", HtmlRole::Comment},
    {"german_comments", "leserkommentare", HtmlRole::Comment},
    {"prefix", "newsletterBox2", HtmlRole::Other},
    {"modifier_says_nothing", "no-footer has-sidebar", HtmlRole::None},
    {"topic_of_a_post_says_nothing", "hentry tag-werbung category-video", HtmlRole::Body},
    {"tag_list", "tag-list", HtmlRole::Tag},
    {"caption", "image-caption", HtmlRole::Caption},
    {"byline", "byline", HtmlRole::Byline},
    {"components_are_no_consent", "cmp-container", HtmlRole::None},
    {"consent_manager", "cmpbox", HtmlRole::Cookie},
    {"tab_with_text", "tabs-body", HtmlRole::Body},
    {"tabs", "tabs", HtmlRole::Navigation},
    {"hidden_label", "field--label-hidden", HtmlRole::Body},
    {"no_pair_over_a_blank", "post list-x", HtmlRole::Body},
};
class HtmlWordsTest : public testing::TestWithParam<Case> {};
TEST_P(HtmlWordsTest, Reads) {
  static const HtmlWords words(PackSet::builtin());
  EXPECT_EQ(static_cast<int>(words.read(GetParam().value).role), static_cast<int>(GetParam().role));
}
INSTANTIATE_TEST_SUITE_P(All, HtmlWordsTest, testing::ValuesIn(kCases),
                         [](const auto& c) { return std::string(c.param.name); });

TEST(HtmlWords, LongValuesAreBounded) {
  static const HtmlWords words(PackSet::builtin());
  std::string value;
  for (int i = 0; i < 10000; ++i) value += "x-y ";
  EXPECT_EQ(words.read(value).weight, 0);
}

}  // namespace html_words_test
}  // namespace twosource::clean
