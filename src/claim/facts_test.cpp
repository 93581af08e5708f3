#include "claim/facts.hpp"

#include <gtest/gtest.h>

#include "annotate/measure/measure.hpp"
#include "annotate/time/time.hpp"
#include "article/test_articles.hpp"
#include "claim/moments.hpp"

namespace twosource {
namespace facts_test {

using testing_support::packs;

struct FactCase {
  const char* name;
  const char* language;
  const char* text;
  const char* want;  // "value state [degree] [of group] [former]; …" of the figures of a fact
};
void PrintTo(const FactCase& c, std::ostream* os) { *os << c.text; }

std::uint32_t id(std::string_view word) { return static_cast<std::uint32_t>(StringHash()(word)); }

std::string show(const claim::Figure& figure, const Measure& m) {
  std::string out = m.value;
  for (const char* state :
       {"injured", "dead", "missing", "arrested", "protesting", "evacuated", "called",
        "money:damage", "money:cost", "speed:travel", "percent:turnout"}) {
    if (figure.fact.state == id(state)) out.append(" ").append(state);
  }
  for (const char* degree : {"severe", "light"}) {
    if (figure.fact.degree == id(degree)) out.append(" ").append(degree);
  }
  if (figure.fact.group != 0) out += " of a group";
  if (figure.former) out += " former";
  if (figure.wrong) out += " wrong";
  if (figure.moved > 0) out += " risen";
  if (figure.moved < 0) out += " fallen";
  if (figure.object != 0) out += " of something";
  if (figure.standing == claim::Standing::Peak) out += " at its height";
  if (figure.standing == claim::Standing::Left) out += " left";
  return out;
}

class FactTest : public testing::TestWithParam<FactCase> {};
TEST_P(FactTest, SaysWhatAFigureCounts) {
  const std::string language = GetParam().language;
  const Tokenizer tokenizer(packs().get(language));
  Article a;
  a.language = language;
  a.text = GetParam().text;
  a.published.value = "2021-03-03";
  a.paragraphs.push_back({make_span(0, a.text.size())});
  a.tokens = tokenizer.run(a.text, paragraph_spans(a));
  a.times = annotate::TimeTagger(packs().get(language)).run(a);
  a.measures = annotate::MeasureTagger(packs().get(language)).run(a);
  Dossier d;
  d.articles.push_back(std::move(a));
  d.entity_of.emplace_back();
  const claim::Lexicons lexicons(packs());
  claim::UnitBuilder builder(d, lexicons);
  std::string got;
  for (const claim::SentenceUnit& unit : builder.build(0)) {
    const auto figures = claim::read_figures(d.articles[0], unit, lexicons.of(language));
    for (std::size_t i = 0; i < figures.size(); ++i) {
      if (!figures[i].fact) continue;
      if (!got.empty()) got += "; ";
      got += show(figures[i], d.articles[0].measures[unit.measures[i]]);
    }
  }
  EXPECT_EQ(got, GetParam().want);
}
INSTANTIATE_TEST_SUITE_P(
    Facts, FactTest,
    testing::Values(
        FactCase{"noun", "de", "Es gab 17 Verletzte.", "17 injured"},
        FactCase{"called_upon", "de", "Die Gewerkschaft hat 900 Beschäftigte aufgerufen.",
                 "900 called"},
        FactCase{"damage", "de", "Den Schaden schätzt die Stadt auf drei Millionen Euro.",
                 "3000000 EUR money:damage"},
        FactCase{"costs_of_something", "de",
                 "Die Kosten des Umbaus liegen bei vier Millionen Euro.",
                 "4000000 EUR money:cost of something"},
        FactCase{"no_quantity", "de", "Der Verein überwies vier Millionen Euro.", ""},
        FactCase{"share", "de", "Die Wahlbeteiligung lag bei 61 Prozent.", "61 percent:turnout"},
        FactCase{"speed_of_a_ship", "de", "Die Barkasse fuhr mit neun Knoten.",
                 "9 Knoten speed:travel of something"},
        FactCase{"speed_of_the_ship", "de", "Da war das Schiff sieben Knoten schnell.",
                 "7 Knoten speed:travel"},
        FactCase{"participle", "de", "Am Hafen sind zwölf Menschen verletzt worden.", "12 injured"},
        FactCase{"verb_before", "de", "Verletzt wurden zwölf Menschen.", "12 injured"},
        FactCase{"of_them", "de", "Im Bus saßen viele. 14 von ihnen wurden verletzt.",
                 "14 injured"},
        FactCase{"two_facts", "de", "Drei Menschen starben, zwölf wurden verletzt.",
                 "3 dead; 12 injured"},
        FactCase{"nearest_behind", "de", "Drei Menschen starben und zwölf wurden verletzt.",
                 "3 dead; 12 injured"},
        FactCase{"compound", "de", "Die Klinik nahm drei Schwerverletzte auf.", "3 injured severe"},
        FactCase{"degree", "de", "Fünf Menschen wurden schwer verletzt.", "5 injured severe"},
        FactCase{"degree_of_some", "de", "Fünf Menschen wurden teils schwer verletzt.",
                 "5 injured"},
        FactCase{"part_of_it", "de", "Es gab 17 Verletzte, drei davon schwer.",
                 "17 injured; 3 injured severe"},
        FactCase{"group", "de", "Zwei Polizisten wurden verletzt.", "2 injured of a group"},
        FactCase{"uninjured", "de", "Zwei Menschen blieben unverletzt.", ""},
        FactCase{"not_so", "de", "Zwölf Menschen wurden nicht verletzt.", ""},
        FactCase{"more", "de", "Es gab drei weitere Verletzte.", ""},
        FactCase{"former", "de", "Zuvor war von neun Verletzten die Rede gewesen.",
                 "9 injured former"},
        FactCase{"total", "de", "Die Zahl der Toten ist inzwischen auf 23 gestiegen.",
                 "23 dead risen"},
        FactCase{"moved_to_nearly", "de", "Die Zahl der Verletzten sank auf rund 40.",
                 "40 injured fallen"},
        FactCase{"moved_by", "de", "Die Zahl der Verletzten stieg um 40.", "40 injured"},
        FactCase{"rose_to", "en", "The death toll rose to 23 on Thursday.", "23 dead risen"},
        FactCase{"correction", "de",
                 "Wir meldeten irrtümlich neun Verletzte, richtig sind zwölf Verletzte.",
                 "9 injured former wrong; 12 injured"},
        FactCase{"relative_clause", "de", "Er sprach von 90 Menschen, die demonstrierten.",
                 "90 protesting"},
        FactCase{"nothing", "de", "Zwei Ermittler kamen nach Cuxhaven.", ""},
        FactCase{"english", "en", "Two people died and seven were seriously hurt.",
                 "2 dead; 7 injured severe"},
        FactCase{"toll", "en", "The death toll rose to 17.", "17 dead risen"},
        FactCase{"missing", "en", "Seven people are still missing.", "7 missing left"},
        FactCase{"missed_still", "de", "Noch immer werden sieben Menschen vermisst.",
                 "7 missing left"},
        FactCase{"still_that_evening", "de", "Noch am Abend wurden sieben Menschen verletzt.",
                 "7 injured"},
        FactCase{"still_fast", "de", "Da war das Schiff noch sieben Knoten schnell.",
                 "7 Knoten speed:travel"},
        FactCase{"not_yet", "de", "Sieben Vermisste sind noch nicht gefunden.", "7 missing"},
        FactCase{"height", "de", "Zwischenzeitlich galten 30 Menschen als vermisst.",
                 "30 missing at its height"},
        FactCase{"at_the_height", "en", "At the height of the flood 30 people were missing.",
                 "30 missing at its height"},
        FactCase{"another_clause", "de",
                 "Zeitweise ruhte der Verkehr, sieben Menschen wurden verletzt.", "7 injured"},
        FactCase{"empty", "de", "", ""}),
    [](const auto& row) { return std::string(row.param.name); });

TEST(Moments, HoursApart) {
  using claim::hours_between;
  EXPECT_EQ(hours_between("2024-10-15T09:12:00+02:00", "2024-10-15T10:12:00+02:00"), 1.0);
  EXPECT_EQ(hours_between("2024-10-15T23:00:00+02:00", "2024-10-15T22:00:00Z"), 1.0);
  EXPECT_EQ(hours_between("2024-10-15T23:00", "2024-10-16T01:00"), 2.0);
  EXPECT_FALSE(hours_between("2024-10-15", "2024-10-16T01:00"));
  EXPECT_FALSE(hours_between("2024-13-45T10:00", "2024-10-16T01:00"));
  EXPECT_FALSE(hours_between("", "T"));
  EXPECT_TRUE(claim::other_moment("2024-10-15", "2024-10-16T01:00"));
  EXPECT_FALSE(claim::other_moment("2024-10-15T23:00", "2024-10-16T01:00"));
  EXPECT_FALSE(claim::other_moment("2024-10", "2024-11-16"));
}

}  // namespace facts_test
}  // namespace twosource
