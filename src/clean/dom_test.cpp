#include "clean/dom.hpp"

#include <gtest/gtest.h>

#include <ostream>
#include <random>
#include <string>

namespace twosource::clean::dom {
namespace dom_test {

std::string text_of_all(const Document& doc) { return doc.size() == 0 ? "" : doc.text_of(0); }

struct Case {
  const char* name;
  const char* html;
  const char* text;
};
void PrintTo(const Case& c, std::ostream* os) { *os << c.name; }
constexpr Case kCases[] = {
    {"empty", "", ""},
    {"plain", "just words", "just words"},
    {"inline_does_not_split", "<p>Ham<b>bur</b>g</p>", "Hamburg"},
    {"block_splits", "<div>one</div><div>two</div>", "one two"},
    {"break_splits", "<p>one<br>two</p>", "one two"},
    {"script_and_style_are_left_out", "<script>var x='<p>no</p>'</script><style>p{}</style><p>yes",
     "yes"},
    {"comment_is_left_out", "<p>a<!-- no --> b</p>", "a b"},
    {"empty_comment", "<p>a<!-->b<!---->c<!--->d</p>", "abcd"},
    {"end_tags_inside_escaped_scripts",
     "<script>x='<!-- <script></script> <b>no</b> -->'</script><p>yes", "yes"},
    {"script_that_never_ends", "<p>a</p><script>b <p>c", "a"},
    {"drawing_is_left_out", "<p>a<svg><title>no</title><path d=x></svg>b</p>", "ab"},
    {"drawing_that_is_closed_at_once", "<p>a<svg/>b</p><p>c<svg><g></svg>d</p>", "ab cd"},
    {"references", "<p>M&uuml;ller &amp; S&ouml;hne&nbsp;AG</p>", "Müller & Söhne AG"},
    {"unclosed", "<p>one<p>two<ul><li>three", "one two three"},
    {"lone_bracket_at_the_end", "<p>one <", "one"},
    {"tag_cut_off", "<p>one <a href=\"x", "one"},
    {"lone_bracket", "<p>1 < 2</p>", "1 < 2"},
};
class DomTest : public testing::TestWithParam<Case> {};
TEST_P(DomTest, Text) {
  const Document doc(GetParam().html);
  EXPECT_EQ(text_of_all(doc), GetParam().text);
}
INSTANTIATE_TEST_SUITE_P(All, DomTest, testing::ValuesIn(kCases),
                         [](const auto& c) { return std::string(c.param.name); });

void expect_tree(const Document& doc) {
  for (std::size_t i = 0; i < doc.size(); ++i) {
    ASSERT_GT(doc[i].end, i);
    ASSERT_LE(doc[i].end, doc.size());
    if (i > 0) {
      ASSERT_LT(doc[i].parent, i);
      ASSERT_LE(doc[i].end, doc[doc[i].parent].end);
    }
  }
}

TEST(Dom, AttributesAndJsonLd) {
  const Document doc(
      "<html lang=de><head><script type='application/ld+json'>{\"a\":1}</script></head>"
      "<body><p class='x y' id=z data-q=1>t</p></body></html>");
  expect_tree(doc);
  std::string json;
  std::string cls;
  for (const Node& n : doc.nodes()) {
    if (n.tag == Tag::JsonLd) json = std::string(n.text);
    if (n.tag == Tag::P)
      cls = std::string(doc.attr(n, Attr::Class)) + "#" + std::string(doc.attr(n, Attr::Id));
  }
  EXPECT_EQ(json, "{\"a\":1}");
  EXPECT_EQ(cls, "x y#z");
}

TEST(Dom, AttributesNobodyLooksAtChangeNothing) {
  const Document doc(
      "<p data-a=\"1\" class=x data-b='<b>' id=\"y\">a <img srcset = \"u hidden v\" src=u></p>"
      "<div data-c=\"1\" data-d onclick=\"f('x')\" class=\"z\" data-e >b</div><br data-f/><p "
      "data-g=\"2\"class=\"w\">c");
  std::string shown;
  for (const Node& n : doc.nodes()) {
    shown += std::string(doc.attr(n, Attr::Class)) + std::string(doc.attr(n, Attr::Id));
    if (n.tag == Tag::Text) shown += std::string(n.text);
    if (doc.has(n, Attr::Hidden)) shown += "hidden";
  }
  EXPECT_EQ(shown, "xya zbwc");
}

TEST(Dom, DepthIsBounded) {
  std::string html;
  for (int i = 0; i < 100000; ++i) html += "<div>";
  html += "end";
  const Document doc(html);
  EXPECT_TRUE(doc.truncated());
  expect_tree(doc);
}

TEST(Dom, ScriptsDoNotCountAsDepth) {
  std::string html = "<script>";
  for (int i = 0; i < 5000; ++i) html += "if(a<b){}";
  html += "</script><p>text";
  const Document doc(html);
  EXPECT_FALSE(doc.truncated());
  EXPECT_EQ(text_of_all(doc), "text");
}

TEST(Dom, JsonLdIsKept) {
  const Document doc("<script>var x</script><script type='application/ld+json'>{\"a\":1}</script>");
  std::string json;
  for (const Node& n : doc.nodes()) {
    if (n.tag == Tag::JsonLd) json += n.text;
  }
  EXPECT_EQ(json, "{\"a\":1}");
}

TEST(Dom, LongTagAndManyNodesAreCut) {
  const std::string html = "<p>first</p><p x='" + std::string(3U << 20U, 'a') + "'>second</p>";
  const Document doc(html);
  EXPECT_TRUE(doc.truncated());
  EXPECT_EQ(text_of_all(doc), "first");
  Bounds few;
  few.nodes = 10;
  std::string many;
  for (int i = 0; i < 100; ++i) many += "<p>x</p>";
  const Document cut(many, few);
  EXPECT_TRUE(cut.truncated());
  EXPECT_LE(cut.size(), 10U);
  expect_tree(cut);
}

TEST(Dom, AnyTagsMakeATree) {
  std::mt19937 random(7);
  constexpr const char* kPieces[] = {
      "<p>",      "</p>",     "<div>",      "</div>",   "<table>",    "<tr>",      "<td>",
      "</table>", "text",     "<b>",        "</b>",     "<a href=x>", "</a>",      "<!--",
      "-->",      "<svg>",    "</svg>",     "<script>", "</script>",  "<",         "&#0;",
      "<select>", "<option>", "<template>", "<h1>",     "</body>",    "<frameset>"};
  for (int round = 0; round < 400; ++round) {
    std::string html;
    for (unsigned k = 0; k < 60; ++k) html += kPieces[random() % std::size(kPieces)];
    const Document doc(html);
    expect_tree(doc);
  }
}

}  // namespace dom_test
}  // namespace twosource::clean::dom
