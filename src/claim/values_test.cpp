#include "claim/values.hpp"

#include <gtest/gtest.h>

#include "annotate/measure/measure.hpp"
#include "annotate/time/time.hpp"
#include "article/test_articles.hpp"

namespace twosource {
namespace values_test {

using testing_support::packs;

struct ValuesCase {
  const char* name;
  const char* language;
  const char* a;
  const char* b;
  const char* want;  // "slot relation: why; …" of what differs between the two sentences
};
void PrintTo(const ValuesCase& c, std::ostream* os) { *os << c.name; }

Article annotated(const std::string& language, const char* text) {
  Article a;
  a.language = language;
  a.text = text;
  a.published.value = "2021-03-03";
  a.paragraphs.push_back({make_span(0, a.text.size())});
  const Tokenizer tokenizer(packs().get(language));
  a.tokens = tokenizer.run(a.text, paragraph_spans(a));
  a.times = annotate::TimeTagger(packs().get(language)).run(a);
  a.measures = annotate::MeasureTagger(packs().get(language)).run(a);
  return a;
}

class ValuesTest : public testing::TestWithParam<ValuesCase> {};
TEST_P(ValuesTest, SaysHowTheValuesOfTwoSentencesDiffer) {
  const std::string language = GetParam().language;
  Dossier d;
  for (const char* text : {GetParam().a, GetParam().b}) {
    d.articles.push_back(annotated(language, text));
    d.entity_of.emplace_back();
  }
  const claim::Lexicons lexicons(packs());
  claim::UnitBuilder builder(d, lexicons);
  std::vector<claim::SentenceUnit> units;
  for (std::uint32_t i = 0; i < 2; ++i) {
    for (claim::SentenceUnit& u : builder.build(i)) units.push_back(std::move(u));
  }
  ASSERT_EQ(units.size(), 2U);
  std::string found;
  for (const claim::SlotComparison& c : claim::Slots(d, units, &lexicons).differing(0, 1)) {
    if (!found.empty()) found += "; ";
    found += c.a.slot + (c.relation == Relation::Different ? " different: " : " compatible: ");
    found += c.why;
  }
  EXPECT_EQ(found, GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(
    Cases, ValuesTest,
    testing::Values(
        ValuesCase{"equal", "de", "Am Kai lagen 40 Boote.", "40 Boote lagen am Kai.", ""},
        ValuesCase{"bound", "de", "Am Kai lagen mehr als 40 Boote.", "40 Boote lagen am Kai.",
                   "count:Boote compatible: more than 40 and 40 allow each other"},
        ValuesCase{"nearly", "de", "Die Stadt hat knapp 40 Schulen.",
                   "Die Stadt mit etwa 40 Schulen spart.",
                   "count:Schulen compatible: nearly 40 and about 40 allow each other"},
        ValuesCase{"about", "de", "Am Kai lagen rund 40 Boote.", "40 Boote lagen am Kai.", ""},
        ValuesCase{"not_under", "de", "Die Abgabe soll nicht unter 12 Prozent liegen.",
                   "Geplant ist eine Abgabe von 12 Prozent.",
                   "percent compatible: at least 12 and 12 allow each other"},
        ValuesCase{"start_of_a_year", "de", "Die Fabrik schloss Anfang 2014.",
                   "Die Fabrik schloss 2014.", "date compatible: 2014 contains the start of 2014"},
        ValuesCase{"two_ends", "de", "Die Fabrik schloss Anfang 2014.",
                   "Die Fabrik schloss Ende 2014.",
                   "date different: the start of 2014 and the end of 2014 do not overlap"},
        ValuesCase{"same_weekday", "de", "Die Fabrik schloss am Samstag.",
                   "Am Samstag schloss die Fabrik.", ""},
        ValuesCase{"several", "de", "Am Kai lagen mehrere Boote.", "Vier Boote lagen am Kai.",
                   "count:Boote compatible: mehrere allows 4"},
        ValuesCase{"dozens_of", "de", "Dutzende alte Boote lagen am Kai.",
                   "Am Kai lagen mehr als 50 Boote.", "count:Boote compatible: Dutzende allows 50"},
        ValuesCase{"more_than_several", "de", "Am Kai lagen mehrere Boote.",
                   "Am Kai lagen 400 Boote.", ""},
        ValuesCase{"other_things", "de", "Am Kai lagen mehrere Boote.",
                   "Vier Matrosen lagen am Kai.", ""},
        ValuesCase{"some_days", "de", "Die Sperrung dauert noch einige Tage.",
                   "Die Sperrung dauert noch vier Tage.",
                   "duration:Sperrung compatible: einige Tage allows P4D"},
        ValuesCase{"some_days_and_hours", "de", "Die Sperrung dauert noch einige Tage.",
                   "Die Sperrung dauert noch vier Stunden.", ""},
        ValuesCase{"of_long_standing", "de", "Der langjährige Wirt der Bar sprach.",
                   "Die Bar ist zwei Jahre alt, der Wirt sprach.", ""},
        ValuesCase{"days_and_weeks", "de", "Die Sperrung dauert noch einige Tage.",
                   "Die Sperrung dauert noch zwei Wochen.", ""},
        ValuesCase{"english_dozens", "en", "Dozens of boats lay at the quay.",
                   "At the quay lay 40 boats.", "count:boats compatible: Dozens allows 40"},
        ValuesCase{"english", "en", "More than 40 boats lay at the quay.",
                   "At the quay lay 40 boats.",
                   "count:boats compatible: more than 40 and 40 allow each other"}),
    [](const auto& row) { return std::string(row.param.name); });

}  // namespace values_test
}  // namespace twosource
