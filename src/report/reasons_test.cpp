#include "report/reasons.hpp"

#include <gtest/gtest.h>

#include "article/test_articles.hpp"
#include "report/labels.hpp"

namespace twosource {
namespace reasons_test {

struct Row {
  const char* english;
  const char* german;
};

class ReasonTest : public testing::TestWithParam<Row> {};

TEST_P(ReasonTest, IsSaidInGermanAndLeftInEnglish) {
  static const report::Labels kGerman(testing_support::packs().get("de"));
  static const report::Labels kEnglish(testing_support::packs().get("en"));
  EXPECT_EQ(kGerman.reason(GetParam().english), GetParam().german);
  EXPECT_EQ(kEnglish.reason(GetParam().english), GetParam().english);
}

INSTANTIATE_TEST_SUITE_P(
    Reasons, ReasonTest,
    testing::Values(
        Row{"2 independent origins (at least 2 asked for): Der Bote (outlet), dpa (agency)",
            "2 unabhängige Ursprünge (verlangt: mindestens 2): Der Bote (Redaktion), dpa "
            "(Agentur)"},
        Row{"rests on one authority: Polizei Kiel (authority)",
            "beruht auf einer Behörde: Polizei Kiel (Behörde)"},
        Row{"2 origins whose sentences do not surely say the same: dpa (agency), Wind (outlet)",
            "2 Ursprünge, deren Sätze nicht sicher dasselbe sagen: dpa (Agentur), Wind "
            "(Redaktion)"},
        Row{"stands alone: no origin that can be named",
            "steht allein: kein Ursprung, der sich nennen lässt"},
        Row{"stands alone: Wind, Wasser und Watt (Kiel) (outlet)",
            "steht allein: Wind, Wasser und Watt (Kiel) (Redaktion)"},
        Row{"duration: PT2H15M (A, outlet) against PT2H16M (Wind, Watt (Kiel), outlet); they "
            "differ "
            "by PT1M",
            "Dauer: 2 Std. 15 Min. (A, Redaktion) gegen 2 Std. 16 Min. (Wind, Watt (Kiel), "
            "Redaktion); sie liegen 1 Min. auseinander"},
        Row{"count:Tote: 4 (dpa, agency) against 7 (origin unknown); reported on 2024-05-11 and on "
            "2024-05-12",
            "Anzahl (Tote): 4 (dpa, Agentur) gegen 7 (Ursprung unbekannt); berichtet am 2024-05-11 "
            "und am 2024-05-12"},
        Row{"both say about 30", "beide sagen rund 30"},
        Row{"both say PT30M", "beide sagen 30 Min."},
        Row{"1000 is 987 rounded", "1000 ist 987, gerundet"},
        Row{"2017-07-08 is a Saturday, not a Friday", "2017-07-08 ist ein Samstag, kein Freitag"},
        Row{"3 article(s); when: named by 2 of 3 articles; in d2 by its weekday of the same event "
            "as in d1, published 2024-05-11",
            "Artikel: 3; Tag: genannt von 2 der 3 Artikel; in d2 nach: Wochentag desselben "
            "Ereignisses wie in d1, veröffentlicht 2024-05-11"},
        Row{"copied text; dpa is credited by d1, d4",
            "übernommener Text; dpa wird genannt von d1, d4"},
        Row{"stands alone: A (outlet); joined by correction 3 by Ada: one; and the same",
            "steht allein: A (Redaktion); verbunden durch Korrektur 3 von Ada: one; and the same"},
        Row{"corrected: \"Es waren {drei} Boote\"", "berichtigt: „Es waren {drei} Boote“"},
        Row{"the moon was full", "the moon was full"}, Row{"", ""}));

TEST(Reasons, WordsOfOthersAreNotTranslated) {
  report::Reasons reasons;
  ASSERT_TRUE(reasons.add("said by {who}", "gesagt von {who}"));
  ASSERT_TRUE(reasons.add("said {how*}", "gesagt: {how}"));
  ASSERT_TRUE(reasons.add("loud", "laut"));
  ASSERT_TRUE(reasons.add("both {a?}", "beide {a}"));
  EXPECT_EQ(reasons("said by loud"), "gesagt von loud");
  EXPECT_EQ(reasons("said loud"), "gesagt: laut");
  EXPECT_EQ(reasons("said low"), "said low");
  EXPECT_EQ(reasons("both loud"), "beide laut");
  EXPECT_EQ(reasons("both low"), "beide low");
  EXPECT_EQ(reasons("said by "), "said by ");
}

TEST(Reasons, RefusesRowsThatCannotBeFilled) {
  report::Reasons reasons;
  EXPECT_FALSE(reasons.add("said by {who}", "gesagt von {wem}"));
  EXPECT_FALSE(reasons.add("{a}{b}", "{a}"));
  EXPECT_FALSE(reasons.add("said by {", "gesagt von"));
  EXPECT_FALSE(reasons.add("{}", "x"));
  EXPECT_FALSE(reasons.add("", "x"));
}

TEST(Reasons, GivesUpOnWordsMadeToBeTriedForEver) {
  report::Reasons reasons;
  ASSERT_TRUE(reasons.add("{a*}; {b*}", "{a}; {b}"));
  ASSERT_TRUE(reasons.add("{a}; {b}; {c}; {d}!", "{a}"));
  std::string words;
  for (int i = 0; i < 20000; ++i) words += "x; ";
  EXPECT_EQ(reasons(words), words);
}

TEST(Reasons, EveryRowOfThePackFits) {
  const Table& table = testing_support::packs().get("de").table("reasons.tsv");
  ASSERT_GT(table.rows().size(), 60U);
  report::Reasons reasons;
  for (const twosource::Row& row : table.rows()) {
    EXPECT_TRUE(reasons.add(row.cells[table.column("pattern")], row.cells[table.column("text")]))
        << row.cells[table.column("pattern")];
  }
}

}  // namespace reasons_test
}  // namespace twosource
