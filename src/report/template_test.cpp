#include "report/template.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace twosource::report {
namespace template_test {

std::string label(std::string_view key) { return "<" + std::string(key) + ">"; }
std::string partial(std::string_view name) {
  if (name == "loop") return "{{>loop}}";
  return "[{{name}}]";
}

Data sample() {
  Data page;
  page.set("name", "A & \"B\" <i>'x'</i>");
  page.set("empty", "");
  page.set("yes", Data(true));
  page.set("no", Data(false));
  page.set("svg", Data::markup("<svg/>"));
  Data list = Data::list();
  for (const char* n : {"1", "2"}) {
    Data item;
    item.set("n", n);
    list.push_back(std::move(item));
  }
  page.set("list", std::move(list));
  page.set("none", Data::list());
  Data words = Data::list();
  words.push_back("<a>");
  words.push_back("b");
  page.set("words", std::move(words));
  return page;
}

struct Case {
  const char* name;
  const char* source;
  const char* want;
};
void PrintTo(const Case& c, std::ostream* os) { *os << c.source; }

constexpr Case kCases[] = {
    {"empty", "", ""},
    {"escapes", "<p>{{name}}</p>", "<p>A &amp; &quot;B&quot; &lt;i&gt;&#39;x&#39;&lt;/i&gt;</p>"},
    {"unknown", "a{{nothing}}b", "ab"},
    {"markup", "{{svg}}", "<svg/>"},
    {"label_is_escaped", "{{label.a}}", "&lt;a&gt;"},
    {"section", "{{#yes}}y{{/yes}}{{#no}}n{{/no}}", "y"},
    {"inverted", "{{^yes}}y{{/yes}}{{^no}}n{{/no}}{{^nothing}}-{{/nothing}}", "n-"},
    {"empty_text_is_not_shown", "{{#empty}}x{{/empty}}{{^empty}}e{{/empty}}", "e"},
    {"list", "{{#list}}({{n}}){{/list}}{{^none}}none{{/none}}", "(1)(2)none"},
    {"list_sees_its_parent", "{{#list}}{{n}}{{#yes}}!{{/yes}}{{/list}}", "1!2!"},
    {"dot", "{{#words}}{{.}};{{/words}}", "&lt;a&gt;;b;"},
    {"text_in_its_section", "{{#svg}}{{svg}}{{/svg}}", "<svg/>"},
    {"partial", "{{>p}}", "[A &amp; &quot;B&quot; &lt;i&gt;&#39;x&#39;&lt;/i&gt;]"},
    {"nested", "{{#list}}{{#list}}{{n}}{{/list}} {{/list}}", "12 12 "},
    {"a_list_is_no_text", "{{list}}", ""},
};

class TemplateTest : public testing::TestWithParam<Case> {};

TEST_P(TemplateTest, Renders) {
  EXPECT_EQ(Template(GetParam().source, label, partial).render(sample()), GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(All, TemplateTest, testing::ValuesIn(kCases),
                         [](const auto& c) { return std::string(c.param.name); });

TEST(Template, RefusesWhatDoesNotNestOrWouldNotBeEscaped) {
  for (const char* bad : {"{{#a}}", "{{/a}}", "{{#a}}{{/b}}", "{{{a}}}", "{{&a}}", "{{a", "{{}}",
                          "{{>loop}}", "{{#a}}{{#b}}{{/a}}{{/b}}"}) {
    EXPECT_THROW(Template(bad, label, partial), std::logic_error) << bad;
  }
}

TEST(EscapeHtml, LeavesNothingThatOpensATagOrEndsAnAttribute) {
  std::string all;
  for (int c = 1; c < 256; ++c) all += static_cast<char>(c);
  const std::string out = escape_html(all + all);
  EXPECT_EQ(out.find_first_of("<>\"'"), std::string::npos);
  EXPECT_EQ(escape_html("x"), "x");
  EXPECT_EQ(escape_html("&<"), "&amp;&lt;");
}

}  // namespace template_test
}  // namespace twosource::report
