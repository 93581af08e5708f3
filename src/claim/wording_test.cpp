#include "claim/wording.hpp"

#include <gtest/gtest.h>

#include "article/test_articles.hpp"

namespace twosource {
namespace wording_test {

using claim::SentenceUnit;

using testing_support::make_article;
using testing_support::packs;

struct WordingCase {
  const char* name;
  const char* a;
  const char* b;
  const char* want;  // "wording / wording", empty for none
};
void PrintTo(const WordingCase& c, std::ostream* os) { *os << c.name; }
class WordingTest : public testing::TestWithParam<WordingCase> {};
TEST_P(WordingTest, FindsOtherWordsOfOneStatement) {
  Dossier d;
  std::vector<SentenceUnit> units;
  for (const char* text : {GetParam().a, GetParam().b}) {
    Article a = make_article("x", text);
    for (std::size_t at = a.text.find('"'); at != std::string::npos;) {
      const std::size_t end = a.text.find('"', at + 1) + 1;
      Quote q;
      q.span = make_span(at, end);
      q.parts = {q.span};
      a.quotes.push_back(q);
      at = a.text.find('"', end);
    }
    SentenceUnit u;
    u.article = static_cast<std::uint32_t>(d.articles.size());
    u.span = make_span(0, a.text.size());
    units.push_back(u);
    d.articles.push_back(std::move(a));
    d.entity_of.emplace_back();
  }
  std::string got;
  for (const auto& c : claim::Wordings(d, units).compare(0, 1)) {
    EXPECT_EQ(c.relation, Relation::Different);
    got = c.a.value + " / " + c.b.value;
  }
  EXPECT_EQ(got, GetParam().want);
}
INSTANTIATE_TEST_SUITE_P(
    Wordings, WordingTest,
    testing::Values(
        WordingCase{"labels", R"(Sie nannte das "völlig falsch".)", R"(Das sei "ganz verkehrt".)",
                    "völlig falsch / ganz verkehrt"},
        WordingCase{"one_in_common", R"(Es sei "teuer" und "unnütz".)",
                    R"(Es sei "unnötig" und "teuer".)", "unnütz / unnötig"},
        WordingCase{"equal", R"(Es sei "teuer".)", R"(Er fand es "teuer".)", ""},
        WordingCase{"part", R"(Es sei "viel zu teuer für uns".)", R"(Es sei "zu teuer".)", ""},
        WordingCase{"long_ones_about_other_things",
                    R"(Er sagte: "Morgen kommen wir mit dem ersten Boot zurück.")",
                    R"(Er sagte: "Niemand hat den Brand im Hafen gesehen.")", ""},
        WordingCase{
            "translated", R"(Er sagte: "Wir kommen morgen früh mit dem ersten Boot zurück.")",
            R"(Er sagte: "Wir kehren morgen früh mit dem ersten Schiff zurück.")",
            "Wir kommen morgen früh mit dem ersten Boot zurück / Wir kehren morgen früh mit "
            "dem ersten Schiff zurück"},
        WordingCase{
            "broken_off",
            R"("Hoffe, allen geht es gut", schrieb sie, "und niemand friert dort draußen.")",
            R"(Sie schrieb: "Ich hoffe, es geht allen gut.")",
            "Hoffe, allen geht es gut / Ich hoffe, es geht allen gut"},
        WordingCase{"several_labels", R"(Es sei "teuer" und "neu".)", R"(Es sei "alt" und "laut".)",
                    ""},
        WordingCase{"none", "Er schwieg.", R"(Er sagte "nein".)", ""}),
    [](const auto& row) { return std::string(row.param.name); });

}  // namespace wording_test
}  // namespace twosource
