#include "report/picture.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "report/svg.hpp"
#include "text/pack.hpp"

namespace twosource::report {
namespace picture_test {

const Labels& labels() {
  static const Labels kLabels(PackSet::builtin().get("en"));
  return kLabels;
}

std::size_t count(const std::string& text, std::string_view part) {
  std::size_t n = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++n;
  return n;
}

// x or cx of the wide drawing's circles, in order.
std::vector<double> places(const std::string& svg) {
  std::vector<double> out;
  const std::string wide = svg.substr(0, svg.find("</svg>"));
  for (std::size_t at = wide.find("cx=\""); at != std::string::npos;
       at = wide.find("cx=\"", at + 1)) {
    out.push_back(std::stod(wide.substr(at + 4)));
  }
  return out;
}

TEST(TimelinePicture, NothingToDraw) {
  EXPECT_EQ(timeline_picture({}, labels(), "t"), "");
  EXPECT_EQ(
      timeline_picture({{"2024-05-01", "One", "#a"}, {"2024-05-01", "Two", "#b"}}, labels(), "t"),
      "");
  EXPECT_EQ(timeline_picture({{"", "One", "#a"}, {"XXXX-WXX-6", "Two", "#b"}}, labels(), "t"), "");
}

TEST(TimelinePicture, DaysAreDotsInOrderAndVagueDatesAreBars) {
  const std::string svg = timeline_picture({{"2024-05-03", "Later", "#b"},
                                            {"2024-05-01", "First", "#a", true, 3},
                                            {"2024-04", "Some day in April", "#c"},
                                            {"2024-05-02/2024-05-09", "A week", "#d"}},
                                           labels(), "t");
  const std::vector<double> x = places(svg);
  ASSERT_EQ(x.size(), 2U);
  EXPECT_LT(x[0], x[1]);
  EXPECT_EQ(count(svg, "class=\"span\""), 4U);  // two in each drawing
  EXPECT_EQ(count(svg, "<svg "), 2U);
  EXPECT_NE(svg.find("April 2024"), std::string::npos);
  EXPECT_NE(svg.find("href=\"#a\""), std::string::npos);
}

TEST(TimelinePicture, EscapesWhatArticlesSay) {
  const std::string svg = timeline_picture(
      {{"2024-05-01", "<script>alert(1)</script>", "\"><x>"}, {"2024-05-02", "a & b", "#b"}},
      labels(), "t\"x");
  EXPECT_EQ(svg.find("<script"), std::string::npos);
  EXPECT_EQ(svg.find("<x>"), std::string::npos);
  EXPECT_EQ(svg.find("t\"x"), std::string::npos);
}

TEST(TimelinePicture, ManyDatesStayBounded) {
  std::vector<TimePoint> points;
  for (int y = 1000; y < 3000; ++y) points.push_back({fmt::format("{}-01-01", y), "Year", "#y"});
  points.push_back({"2024-05-01", "The event", "#e", true, 9});
  const std::string svg = timeline_picture(points, labels(), "t");
  EXPECT_LE(places(svg).size(), 60U);
  EXPECT_NE(svg.find("The event"), std::string::npos);
}

TEST(CopiesPicture, ArrowsFromSourceToCopy) {
  const std::vector<CopyNode> nodes = {{"Elbtal", "11 May", "#a"},
                                       {"Copyist", "", "#b"},
                                       {"dpa", "", "", true},
                                       {"Alone", "", "#c"}};
  EXPECT_EQ(copies_picture(nodes, {}, labels(), "c"), "");
  const std::string svg =
      copies_picture(nodes, {{0, 1, 0.98}, {2, 0, 0.4}, {0, 9, 1}, {1, 1, 1}}, labels(), "c");
  EXPECT_NE(svg.find("98 %"), std::string::npos);
  EXPECT_NE(svg.find("box agency"), std::string::npos);
  EXPECT_EQ(svg.find("Alone"), std::string::npos);
  EXPECT_EQ(count(svg, "class=\"flowhead\""), 4U);  // two arrows in each drawing
}

TEST(CopiesPicture, RingsAndUnknownDirectionsEnd) {
  const std::vector<CopyNode> nodes(5, CopyNode{"A", "", "#a"});
  const std::string ring =
      copies_picture(nodes, {{0, 1, 0.9}, {1, 2, 0.9}, {2, 0, 0.9}}, labels(), "c");
  EXPECT_EQ(count(ring, "class=\"flowhead\""), 4U);
  const std::string unsure =
      copies_picture(nodes, {{0, 1, 0.5, false}, {1, 0, 0.5, false}}, labels(), "c");
  EXPECT_EQ(count(unsure, "flow unsure"), 1U + 2U);  // a curve, and two lines in the narrow one
  EXPECT_EQ(count(unsure, "flowhead"), 0U);
}

TEST(CopiesPicture, LargeFamiliesStayBounded) {
  std::vector<CopyNode> nodes(3000, CopyNode{"Outlet", "1 May", "#x"});
  std::vector<CopyEdge> edges;
  for (std::size_t i = 1; i < nodes.size(); ++i) edges.push_back({i - 1, i, 0.9});
  const std::string svg = copies_picture(nodes, edges, labels(), "c");
  EXPECT_LT(svg.size(), 200'000U);
}

struct Case {
  const char* words;
  double width;
  std::vector<std::string> want;
};

TEST(Svg, WrapsAtWords) {
  const std::vector<Case> cases = {{"", 50, {}},
                                   {"kurz", 50, {"kurz"}},
                                   {"zwei worte", 33, {"zwei", "worte"}},
                                   {"unaufteilbareswort", 50, {"unaufteil…"}}};
  for (const Case& c : cases) {
    const auto lines = wrapped(c.words, 10, c.width, 2);
    ASSERT_EQ(lines.size(), c.want.size()) << c.words;
    for (std::size_t i = 0; i < lines.size(); ++i) {
      EXPECT_LE(text_width(lines[i], 10), c.width + 6) << lines[i];
      EXPECT_EQ(lines[i].substr(0, 4), c.want[i].substr(0, 4));
    }
  }
}

}  // namespace picture_test
}  // namespace twosource::report
