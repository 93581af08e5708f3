#include "annotate/measure/measure.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <random>
#include <sstream>

#include "annotate/measure/compare.hpp"
#include "annotate/time/time.hpp"
#include "text/tokenizer.hpp"

namespace twosource::annotate {
namespace measure_test {

struct Taggers {
  explicit Taggers(const Pack& pack) : tokenizer(pack), time(pack), measure(pack) {}
  Tokenizer tokenizer;
  TimeTagger time;
  MeasureTagger measure;
};

const Taggers& taggers(const std::string& language) {
  static const PackSet packs = PackSet::builtin();
  static const Taggers german(packs.get("de"));
  static const Taggers english(packs.get("en"));
  return language == "de" ? german : english;
}

Article read(const std::string& language, const std::string& text) {
  Article a;
  a.language = language;
  a.text = text;
  a.published.value = "2021-03-03";
  a.paragraphs.push_back({make_span(0, text.size())});
  const Taggers& t = taggers(language);
  a.tokens = t.tokenizer.run(a.text, paragraph_spans(a));
  a.times = t.time.run(a);
  a.measures = t.measure.run(a);
  return a;
}

std::string render(const Article& a) {
  std::string out;
  for (const Measure& m : a.measures) {
    if (!out.empty()) out += "; ";
    out += a.at(m.span);
    out += '=';
    out += to_string(m.unit);
    out += ' ';
    out += m.value;
    for (const std::string_view part :
         {m.bound == Bound::Exact ? std::string_view() : to_string(m.bound),
          m.modality == Modality::Actual ? std::string_view() : to_string(m.modality)}) {
      if (!part.empty()) out += ' ';
      out += part;
    }
    if (!m.of.empty()) out += " of ";
    out += m.of;
  }
  return out.empty() ? "-" : out;
}

TEST(MeasureTagger, FindsTheCasesOfTheTable) {
  const std::string file =
      std::string(TWOSOURCE_SOURCE_DIR) + "/src/annotate/measure/testdata/measure_cases.tsv";
  std::ifstream in(file);
  std::stringstream bytes;
  bytes << in.rdbuf();
  const auto table = Table::parse(file, bytes.str());
  ASSERT_TRUE(table.has_value());
  ASSERT_GE(table->rows().size(), 120U);
  for (const Row& row : table->rows()) {
    EXPECT_EQ(render(read(row.cells[0], row.cells[2])), row.cells[3]) << table->where(row);
  }
}

TEST(MeasureTagger, GivesDurationsTheSameValueHoweverWritten) {
  const Article a = read("de", "Geplant war eine halbe Stunde.");
  const Article b = read("de", "Geplant waren 30 Minuten.");
  ASSERT_EQ(a.measures.size(), 1U);
  ASSERT_EQ(b.measures.size(), 1U);
  EXPECT_EQ(compare(a.measures[0], b.measures[0]).relation, Relation::Equal);
}

TEST(MeasureTagger, RefusesABrokenLineWithFileLineAndReason) {
  constexpr const char* kBroken[][3] = {
      {"measure_units.tsv", "word\tunit\tname\tfactor\tbefore\nx\tmony\tEUR\t1\tno", "unit"},
      {"measure_units.tsv", "word\tunit\tname\tfactor\tbefore\nx\tmoney\tEUR\t0\tno", "factor"},
      {"measure_units.tsv", "word\tunit\tname\tfactor\tbefore\nx\tmoney\tEUR\t1,5\tno", "number"},
      {"measure_words.tsv", "class\tword\nabout\trund", "unknown class"},
      {"measure_words.tsv", "class\tword\nratio_x\tDrittel", "unknown class"}};
  for (const auto& [file, rows, reason] : kBroken) {
    Pack pack("xx");
    const std::string name = std::string("xx/") + file;
    ASSERT_TRUE(pack.add(file, std::string("!columns\t") + rows + "\n", name).has_value());
    try {
      const MeasureTagger refused(pack);
      FAIL() << rows;
    } catch (const PackError& e) {
      EXPECT_TRUE(std::string(e.what()).starts_with(name + ":2: ")) << e.what();
      EXPECT_NE(std::string(e.what()).find(reason), std::string::npos) << e.what();
    }
  }
}

TEST(MeasureTagger, IsTotalOnAnyBytes) {
  std::mt19937 random(11);
  const char* pieces[] = {"12 ", "$",    "Millionen ",  "Euro ",   "\xC3",     "\xE2\x82\xAC",
                          "zu ", "mit ", "-",           "bis ",    "zwei ",    "000 ",
                          "%",   ". ",   "71-Jährige ", "half a ", "million ", "vote of "};
  for (int round = 0; round < 500; ++round) {
    std::string text;
    for (int i = 0; i < 40; ++i) text += pieces[random() % std::size(pieces)];
    const Article a = read(round % 2 == 0 ? "de" : "en", text);
    for (const Measure& m : a.measures) {
      EXPECT_LT(m.span.begin, m.span.end);
      EXPECT_LE(m.span.end, text.size());
      EXPECT_LE(m.of_span.end, text.size());
      EXPECT_EQ(compare(m, m).relation, Relation::Equal);
    }
  }
}

Measure quantity(Unit unit, double value, double granularity, Bound bound = Bound::Exact) {
  Measure m;
  m.unit = unit;
  m.low = m.high = value;
  m.value = unit == Unit::Duration ? iso_duration(value) : std::to_string(value);
  m.granularity = granularity;
  m.bound = bound;
  return m;
}

TEST(Compare, SaysTheDifferenceInTheUnitOfBoth) {
  Measure slow = quantity(Unit::Speed, 14.816, 0.5);
  slow.value = "8 Knoten", slow.unit_name = "km/h";
  Measure fast = quantity(Unit::Speed, 20.372, 0.5);
  fast.value = "11 Knoten", fast.unit_name = "km/h";
  EXPECT_EQ(compare(slow, fast).why, "they differ by 3 Knoten");
  fast.value = "20.372 km/h";
  EXPECT_EQ(compare(slow, fast).why, "they differ by 5.556 km/h");
  fast.value = "elf Knoten";
  EXPECT_EQ(compare(slow, fast).why, "they differ by 5.556 km/h");
}

TEST(Compare, TellsRoundingFromContradiction) {
  const Measure short_talk = quantity(Unit::Duration, 8100, 60);
  const Measure long_talk = quantity(Unit::Duration, 8160, 60);
  EXPECT_EQ(compare(short_talk, long_talk).relation, Relation::Different);
  EXPECT_EQ(compare(short_talk, long_talk).why, "they differ by PT1M");
  const Measure two_fifty = quantity(Unit::Duration, 10200, 60);
  EXPECT_EQ(compare(quantity(Unit::Duration, 10800, 3600, Bound::Nearly), two_fifty).relation,
            Relation::Compatible);
  EXPECT_EQ(
      compare(quantity(Unit::Count, 400, 1, Bound::Approx), quantity(Unit::Count, 420, 1)).relation,
      Relation::Compatible);
  EXPECT_EQ(compare(quantity(Unit::Count, 370, 1), quantity(Unit::Count, 450, 1)).relation,
            Relation::Different);
  EXPECT_EQ(compare(quantity(Unit::Count, 400, 1, Bound::MoreThan),
                    quantity(Unit::Count, 450, 1, Bound::Approx))
                .relation,
            Relation::Compatible);
  const auto relation = [](double a, Bound x, double b, Bound y) {
    return compare(quantity(Unit::Count, a, 1, x), quantity(Unit::Count, b, 1, y)).relation;
  };
  // Two that are inexact are two values from about an eighth on, one that is written to more places
  // is nearer to what it says, and a round number may be another one rounded.
  EXPECT_EQ(relation(1000, Bound::Approx, 1100, Bound::Approx), Relation::Compatible);
  EXPECT_EQ(relation(30, Bound::Approx, 25, Bound::Approx), Relation::Different);
  EXPECT_EQ(relation(400, Bound::Approx, 389, Bound::Exact), Relation::Compatible);
  EXPECT_EQ(relation(400, Bound::MoreThan, 370, Bound::Approx), Relation::Different);
  EXPECT_EQ(relation(400, Bound::Nearly, 370, Bound::Exact), Relation::Compatible);
  EXPECT_EQ(relation(5.4e7, Bound::Nearly, 5e7, Bound::Exact), Relation::Different);
  EXPECT_EQ(relation(740, Bound::Exact, 741, Bound::Exact), Relation::Compatible);
  EXPECT_EQ(relation(80, Bound::Exact, 81, Bound::Exact), Relation::Different);
  EXPECT_EQ(relation(741, Bound::Exact, 742, Bound::Exact), Relation::Different);
  Measure planned = short_talk;
  planned.modality = Modality::Planned;
  EXPECT_FALSE(compare(planned, long_talk).comparable);
  Measure dollars = quantity(Unit::Money, 5, 1);
  dollars.unit_name = "USD";
  EXPECT_FALSE(compare(dollars, quantity(Unit::Money, 5, 1)).comparable);
}

TEST(Compare, IsSymmetricAndReflexiveAndRespectsRounding) {
  std::mt19937 random(3);
  for (int round = 0; round < 20000; ++round) {
    const auto make = [&] {
      const double granularity = std::pow(10.0, static_cast<double>(random() % 4));
      return quantity(static_cast<Unit>(random() % 3),
                      static_cast<double>(random() % 50) * granularity, granularity,
                      static_cast<Bound>(random() % 7));
    };
    const Measure a = make();
    const Measure b = make();
    const Comparison ab = compare(a, b);
    const Comparison ba = compare(b, a);
    EXPECT_EQ(ab.relation, ba.relation);
    EXPECT_EQ(ab.comparable, ba.comparable);
    EXPECT_FALSE(ab.why.empty());
    EXPECT_EQ(compare(a, a).relation, Relation::Equal);
    const bool exact = a.bound == Bound::Exact && b.bound == Bound::Exact && a.unit == b.unit;
    if (exact && a.granularity == b.granularity) {
      EXPECT_EQ(ab.relation, a.low == b.low ? Relation::Equal : Relation::Different);
    }
    // A value and its rounding never contradict each other.
    Measure rounded = a;
    rounded.granularity = a.granularity * 10;
    rounded.low = rounded.high = std::round(a.low / rounded.granularity) * rounded.granularity;
    rounded.bound = Bound::Exact;
    Measure exact_a = a;
    exact_a.bound = Bound::Exact;
    EXPECT_NE(compare(exact_a, rounded).relation, Relation::Different);
  }
}

// What was written of a true value, rounded to a unit and with a bound that the value keeps, can
// mean that value, so two writings of one value never contradict each other.
TEST(Compare, NeverContradictsTwoWritingsOfOneValue) {
  std::mt19937 random(17);
  for (int round = 0; round < 20000; ++round) {
    const double truth = static_cast<double>(random() % 100000 + 1000);
    const auto write = [&] {
      const double step = std::pow(10.0, static_cast<double>(random() % 4));
      Measure m = quantity(Unit::Length, std::round(truth / step) * step, step);
      switch (random() % 4) {
        case 0:
          m.bound = Bound::Approx;
          break;
        case 1:
          m.low = m.high = truth - std::floor(truth / 5);
          m.bound = Bound::AtLeast;
          break;
        case 2:
          m.low = m.high = truth + std::floor(truth / 5);
          m.bound = Bound::AtMost;
          break;
        default:
          break;
      }
      return m;
    };
    const Measure a = write();
    const Measure b = write();
    const Interval possible = possible_values(a);
    EXPECT_LE(possible.low, truth + 1e-6) << a.value;
    EXPECT_GE(possible.high, truth - 1e-6) << a.value;
    EXPECT_NE(compare(a, b).relation, Relation::Different) << a.value << ' ' << b.value;
  }
}

TEST(Compare, ConvertsUnitsAndKeepsKindsApart) {
  const auto first = [&](const std::string& text) {
    const Article a = read("en", text);
    EXPECT_EQ(a.measures.size(), 1U) << text;
    return a.measures.empty() ? Measure{} : a.measures[0];
  };
  const char* same[][2] = {{"It is 3 kilometres away.", "It is 3,000 metres away."},
                           {"It lasted 90 minutes.", "It lasted one and a half hours."},
                           {"It weighs two tonnes.", "It weighs 2,000 kilograms."},
                           {"It cost $2.5 million.", "It cost 2,500,000 dollars."},
                           {"It took 48 hours.", "It took two days."}};
  for (const auto& [a, b] : same) {
    EXPECT_NE(compare(first(a), first(b)).relation, Relation::Different) << a << b;
    EXPECT_TRUE(compare(first(a), first(b)).comparable) << a << b;
  }
  const char* apart[][2] = {{"It is 3 kilometres away.", "It weighs 3 kilograms."},
                            {"It cost 3 euros.", "It cost 3 dollars."},
                            {"It rose by 3 percent.", "It rose by 3 percentage points."},
                            {"The bridge closes for 3 hours.", "She is 3 years old."}};
  for (const auto& [a, b] : apart) {
    EXPECT_FALSE(compare(first(a), first(b)).comparable) << a << b;
  }
}

}  // namespace measure_test
}  // namespace twosource::annotate
