#include "reuse/reworked.hpp"

#include <gtest/gtest.h>

#include "article/test_articles.hpp"
#include "reuse/reuse.hpp"

namespace twosource::reuse {
namespace reworked_test {

using testing_support::make_article;
using testing_support::packs;
using testing_support::SentenceMaker;

constexpr const char* kHarbour =
    "Der Hafen bleibt nach Angaben der Reederei bis zum kommenden Freitag für alle Schiffe "
    "gesperrt.";

struct Case {
  const char* name;
  const char* a;  // a sentence beside the dispatch that both print
  const char* b;
  bool want;
};
void PrintTo(const Case& c, std::ostream* os) { *os << c.name; }

// Two houses with one dispatch, each with a sentence of its own before that.
std::vector<Article> two(const char* a, const char* b) {
  SentenceMaker make(31);
  const std::string dispatch = make.text(8);
  std::vector<Article> out;
  for (const char* sentence : {a, b}) {
    out.push_back(make_article(out.empty() ? "a" : "b", out.empty() ? "Elbbote" : "Landpost",
                               "2024-05-02", sentence + (" " + make.text(3)) + "\n" + dispatch));
  }
  out[0].agencies.push_back({"dpa", AgencyKind::Text, {}, -1});
  return out;
}

class ReworkedSentence : public testing::TestWithParam<Case> {};
TEST_P(ReworkedSentence, IsTold) {
  const Case& c = GetParam();
  const std::vector<Article> articles = two(c.a, c.b);
  const Result r = find_copies(articles, packs());
  ASSERT_EQ(r.families.size(), 1U);
  ASSERT_EQ(r.families[0].reworked.size(), c.want ? 1U : 0U);
  const std::int32_t origin = r.sentence_origins[1][0].origin;
  const Origin& first = r.origins[static_cast<std::size_t>(origin)];
  EXPECT_EQ(first.key == "agency:dpa", c.want) << first.key;
  if (!c.want) return;
  EXPECT_EQ(articles[0].at(r.families[0].reworked[0].a.span), c.a);
  EXPECT_EQ(articles[1].at(r.families[0].reworked[0].b.span), c.b);
}
INSTANTIATE_TEST_SUITE_P(
    Reuse, ReworkedSentence,
    testing::Values(
        Case{
            "turned_around", kHarbour,
            "Bis zum kommenden Freitag bleibt der Hafen nach Angaben der Reederei für alle Schiffe "
            "gesperrt.",
            true},
        Case{"shortened", kHarbour,
             "Bis Freitag bleibt der Hafen nach Angaben der Reederei gesperrt.", true},
        Case{
            "other_words", kHarbour,
            "Erst am Wochenende dürfen wieder Fähren an den Kai, teilte die Eignerin am Abend mit.",
            false},
        Case{"too_short", "Der Hafen bleibt bis Freitag gesperrt.",
             "Bis Freitag bleibt der Hafen gesperrt.", false},
        Case{"another_figure",
             "Im Hafen lagen am Freitag nach Angaben der Reederei noch 14 Schiffe fest vertäut.",
             "Nach Angaben der Reederei lagen am Freitag im Hafen noch 19 Schiffe fest vertäut.",
             false},
        Case{"the_same_figure",
             "Im Hafen lagen am Freitag nach Angaben der Reederei noch 14 Schiffe fest vertäut.",
             "Nach Angaben der Reederei lagen am Freitag im Hafen noch 14 Schiffe fest vertäut.",
             true},
        Case{"a_part_of_a_long_one",
             "Bis zum Freitag bleibt der Hafen für Schiffe nach Angaben gesperrt.",
             "Der Hafen, den im Jahr der großen Flut eine Gesellschaft aus Bremen mit Geld ihrer "
             "Aktionäre "
             "und einer Lotterie bauen ließ, bleibt nach Angaben des Kapitäns, der dort seit einer "
             "Woche "
             "wohnt und auf einen Lotsen hofft, bis zum Freitag für Schiffe gesperrt.",
             false}),
    [](const auto& row) { return std::string(row.param.name); });

// The first and the third share no passage, only a sentence in other words.
TEST(Reworked, IsLookedForInTheWholeFamily) {
  SentenceMaker make(32);
  const std::string front = make.text(6);
  const std::string middle = make.text(6);
  const std::string turned =
      "Bis zum kommenden Freitag bleibt der Hafen nach Angaben der Reederei für "
      "alle Schiffe gesperrt.";
  const std::vector<Article> articles = {
      make_article("a", "Elbbote", "2024-05-02", front + " " + make.text(2) + " " + kHarbour),
      make_article("b", "Landpost", "2024-05-02", front + " " + middle),
      make_article("c", "Kurier", "2024-05-02", turned + " " + make.text(2) + " " + middle)};
  std::vector<CopyFamily> families(1);
  families[0].articles = {0, 1, 2};
  const auto between = [&](std::uint32_t a, std::uint32_t b) {
    std::vector<Reworked> out = families[0].reworked;
    std::erase_if(out, [&](const Reworked& r) { return r.a.article != a || r.b.article != b; });
    return out;
  };
  mark_reworked(families, articles, {});
  ASSERT_EQ(between(0, 2).size(), 1U);
  EXPECT_EQ(articles[0].at(between(0, 2)[0].a.span), kHarbour);
  EXPECT_EQ(articles[2].at(between(0, 2)[0].b.span), turned);

  Correction cut;
  cut.kind = CorrectionKind::CutCopies;
  cut.articles = {"a", "c"};
  mark_reworked(families, articles, std::vector<Correction>{cut});
  EXPECT_TRUE(between(0, 2).empty());
}

}  // namespace reworked_test
}  // namespace twosource::reuse
