#include "annotate/time/time.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <fstream>
#include <random>
#include <sstream>

#include "annotate/time/calendar.hpp"
#include "annotate/time/duration.hpp"
#include "annotate/time/numbers.hpp"
#include "article/edtf.hpp"
#include "text/tokenizer.hpp"

namespace twosource::annotate {
namespace time_test {

const PackSet& packs() {
  static const PackSet all = PackSet::builtin();
  return all;
}

Article make_article(const std::string& language, const std::string& published,
                     const std::string& text) {
  static const Tokenizer german(packs().get("de"));
  static const Tokenizer english(packs().get("en"));
  Article a;
  a.language = language;
  a.text = text;
  a.published.value = published;
  a.paragraphs.push_back({make_span(0, text.size())});
  a.tokens = (language == "de" ? german : english).run(a.text, paragraph_spans(a));
  return a;
}

const TimeTagger& tagger(const std::string& language) {
  static const TimeTagger german(packs().get("de"));
  static const TimeTagger english(packs().get("en"));
  return language == "de" ? german : english;
}

std::string render(const Article& a, const std::vector<Timex>& times) {
  std::string out;
  for (const Timex& t : times) {
    if (!out.empty()) out += "; ";
    out += a.at(t.span);
    out += '=';
    out += t.value;
    if (!t.mod.empty()) out += '!';
    out += t.mod;
  }
  return out.empty() ? "-" : out;
}

class TimeTable : public testing::TestWithParam<const char*> {};

TEST_P(TimeTable, FindsAndNormalisesItsCases) {
  const std::string file =
      std::string(TWOSOURCE_SOURCE_DIR) + "/src/annotate/time/testdata/" + GetParam() + ".tsv";
  std::ifstream in(file);
  std::stringstream bytes;
  bytes << in.rdbuf();
  const auto table = Table::parse(file, bytes.str());
  ASSERT_TRUE(table.has_value());
  ASSERT_GE(table->rows().size(), 120U);
  for (const Row& row : table->rows()) {
    const std::string published = row.cells[1] == "-" ? "" : row.cells[1];
    const Article a = make_article(row.cells[0], published, row.cells[2]);
    EXPECT_EQ(render(a, tagger(row.cells[0]).run(a)), row.cells[3]) << table->where(row);
  }
}
INSTANTIATE_TEST_SUITE_P(Tables, TimeTable,
                         testing::Values("time_cases", "named_times", "news_times"),
                         [](const auto& p) { return std::string(p.param); });

struct PreferenceCase {
  const char* language;
  const char* published;
  const char* text;
  const char* by_text;
  const char* past;
  const char* future;
};

// What the words leave open and no verb in the past or future tells.
constexpr PreferenceCase kPreferences[] = {
    {"de", "2021-03-03", "Konzert am Samstag", "2021-02-27", "2021-02-27", "2021-03-06"},
    {"de", "2021-03-03", "Konzert am 11. Mai", "2021-05-11", "2020-05-11", "2021-05-11"},
    {"de", "2021-03-03", "Konzert am 11. Februar", "2021-02-11", "2021-02-11", "2022-02-11"},
    {"de", "2021-03-03", "Konzert am 2. März", "2021-03-02", "2021-03-02", "2022-03-02"},
    {"de", "2021-03-03", "Konzert am 4. März", "2021-03-04", "2020-03-04", "2021-03-04"},
    {"de", "2021-03-03", "Konzert am 3. März", "2021-03-03", "2021-03-03", "2021-03-03"},
    {"de", "2021-03-03", "Im Juli stürmen sie das Rathaus.", "2021-07", "2020-07", "2021-07"},
    {"de", "2021-03-03", "Das Fest im Sommer", "2021-SU", "2020-SU", "2021-SU"},
    {"de", "2021-03-03", "Das Fest an Karfreitag", "2021-04-02", "2020-04-10", "2021-04-02"},
    {"de", "2021-03-03", "Das Fest im Advent", "2020-11-29/2020-12-24", "2020-11-29/2020-12-24",
     "2021-11-28/2021-12-24"},
    {"de", "2021-03-03", "Das Fest am Wochenende", "2021-W08-WE", "2021-W08-WE", "2021-W09-WE"},
    {"en", "2021-03-03", "The fair on 5 June", "2021-06-05", "2020-06-05", "2021-06-05"},
    {"en", "2021-03-03", "The fair on Saturday", "2021-02-27", "2021-02-27", "2021-03-06"},
    // The wording and the tense are stronger.
    {"de", "2021-03-03", "Am Samstag brannte es.", "2021-02-27", "2021-02-27", "2021-02-27"},
    {"de", "2021-03-03", "Am Samstag wird gefeiert.", "2021-03-06", "2021-03-06", "2021-03-06"},
    {"de", "2021-03-03", "Fest kommenden Samstag", "2021-03-06", "2021-03-06", "2021-03-06"},
    {"de", "2021-03-03", "Fest am 5. Juni 2019", "2019-06-05", "2019-06-05", "2019-06-05"},
    {"en", "2021-03-03", "The fair was on Saturday.", "2021-02-27", "2021-02-27", "2021-02-27"},
    // No whole publication date, no guess.
    {"de", "2021-03", "Konzert am Samstag", "2021-03-XX", "2021-03-XX", "2021-03-XX"},
    {"de", "", "Konzert am 11. Mai", "XXXX-05-11", "XXXX-05-11", "XXXX-05-11"}};

TEST(TimeTagger, PrefersPastOrFutureWhereAsked) {
  for (const PreferenceCase& c : kPreferences) {
    const Article a = make_article(c.language, c.published, c.text);
    const auto value = [&](DatePreference preference) {
      const TimeTagger tagged(packs().get(c.language), preference);
      const auto times = tagged.run(a);
      return times.size() == 1 ? times[0].value : std::string("not one time");
    };
    EXPECT_EQ(value(DatePreference::Text), c.by_text) << c.text;
    EXPECT_EQ(value(DatePreference::Past), c.past) << c.text;
    EXPECT_EQ(value(DatePreference::Future), c.future) << c.text;
  }
}

TEST(TimeTagger, KeepsWeekdayAndDirectionForLaterResolution) {
  const Article a = make_article("de", "2017-11", "Am Samstag trafen sie sich.");
  const auto times = tagger("de").run(a);
  ASSERT_EQ(times.size(), 1U);
  EXPECT_EQ(times[0].weekday, 6);
  EXPECT_EQ(times[0].direction, -1);
}

TEST(TimeTagger, GivesIntervalsTheirEnds) {
  const Article a = make_article("de", "2021-03-03", "Die Messe dauert vom 5. bis zum 9. Juni.");
  const auto times = tagger("de").run(a);
  ASSERT_EQ(times.size(), 2U);
  EXPECT_EQ(times[0].begin_point, "2021-06-05");
  EXPECT_EQ(times[0].end_point, "2021-06-09");
  const Article ago = make_article("de", "2021-03-03", "Vor drei Wochen kam der Sturm.");
  const auto weeks = tagger("de").run(ago);
  ASSERT_EQ(weeks.size(), 1U);
  EXPECT_EQ(weeks[0].begin_point, "2021-W06");
  const Article term = make_article("de", "2021-03-03", "Das Wintersemester 2020/21 war lang.");
  const auto months = tagger("de").run(term);
  ASSERT_EQ(months.size(), 1U);
  EXPECT_EQ(months[0].begin_point, "2020-10");
  EXPECT_EQ(months[0].end_point, "2021-03");
}

TEST(TimeTagger, SaysHowOftenARepetitionHappens) {
  constexpr const char* kTexts[][3] = {{"de", "Der Bus fährt dreimal pro Woche.", "P1W 3X"},
                                       {"de", "Er fährt 20 Mal am Tag.", "P1D 20X"},
                                       {"de", "Sie tagen mehrmals im Jahr.", "P1Y XX"},
                                       {"de", "Es fährt zweimal täglich.", "P1D 2X"},
                                       {"en", "The bus runs twice a day.", "P1D 2X"},
                                       {"en", "It is checked three times a year.", "P1Y 3X"},
                                       {"en", "It opens every Monday.", "XXXX-WXX-1  EVERY"}};
  for (const auto& [language, text, want] : kTexts) {
    const Article a = make_article(language, "2021-03-03", text);
    const auto times = tagger(language).run(a);
    ASSERT_EQ(times.size(), 1U) << text;
    EXPECT_EQ(times[0].type, TimexType::Set) << text;
    std::string got = times[0].value + " " + times[0].freq;
    if (!times[0].quant.empty()) got += " " + times[0].quant;
    EXPECT_EQ(got, want) << text;
  }
}

TEST(TimeTagger, IsTotalOnAnyBytes) {
  std::mt19937 random(7);
  const char* pieces[] = {"am ",  "5. ", "Juni ",  "\xC3", "\xFF",  "2010 ",
                          "Uhr ", "\n",  "14.30 ", "vor ", "drei ", "Wochen ",
                          "-",    ".",   "000 ",   "und ", "bis "};
  for (int round = 0; round < 500; ++round) {
    std::string text;
    for (int i = 0; i < 40; ++i) text += pieces[random() % std::size(pieces)];
    const Article a = make_article(round % 2 == 0 ? "de" : "en", "2021-03-03", text);
    std::uint32_t end = 0;
    for (const Timex& t : tagger(a.language).run(a)) {
      EXPECT_LE(end, t.span.begin);
      EXPECT_LT(t.span.begin, t.span.end);
      EXPECT_LE(t.span.end, text.size());
      EXPECT_FALSE(t.value.empty());
      end = t.span.end;
    }
  }
}

struct BrokenLine {
  const char* file;
  const char* row;
  const char* reason;  // part of the message
};
constexpr const char* kColumns[][2] = {{"time_rules.tsv", "name\tpattern\ttype\tvalue\tflags"},
                                       {"time_words.tsv", "class\tword\tvalue"},
                                       {"time_tense.tsv", "form\ttense"},
                                       {"numbers.tsv", "word\tvalue\tkind"}};
constexpr BrokenLine kBrokenLines[] = {
    {"time_rules.tsv", "x\t<nothing>\tDATE\tlit v=X\t-", "no word class"},
    {"time_rules.tsv", "x\t[ a\tDATE\tlit v=X\t-", "[ without ]"},
    {"time_rules.tsv", "x\ta ]\tDATE\tlit v=X\t-", "] without ["},
    {"time_rules.tsv", "x\t(a\tDATE\tlit v=X\t-", "( without )"},
    {"time_rules.tsv", "x\ta?\tDATE\tlit v=X\t-", "may be missing"},
    {"time_rules.tsv", "x\ta\tDAY\tlit v=X\t-", "`type` is"},
    {"time_rules.tsv", "x\ta\tDATE\tday d=1\t-", "kind of value"},
    {"time_rules.tsv", "x\ta\tDATE\tdate day=1\t-", "key=value"},
    {"time_rules.tsv", "x\t<num>\tDATE\tdate d={nun}\t-", "is called \"nun\""},
    {"time_rules.tsv", "x\t<num>\tDATE\tdate d={num\t-", "{ without }"},
    {"time_rules.tsv", "x\t[ a ] [ b ]\tDATE\tlit v=X\t-", "as many values"},
    {"time_rules.tsv", "x\ta\tDATE\tlit v=X\tloud", "unknown flag"},
    {"time_words.tsv", "day\t{month}tag\t1", "no words above"},
    {"time_words.tsv", "day\t%d.%q\t%d", "unknown % field"},
    {"time_tense.tsv", "kam\tlater", "`tense` is"},
    {"numbers.tsv", "zwei\tzwo\tdigit", "is not a number"},
    {"numbers.tsv", "zwei\tinf\tdigit", "is not a number"},
    {"numbers.tsv", "zwei\t2\tnumber", "unknown kind"}};

TEST(TimeGrammar, RefusesABrokenLineWithFileLineAndReason) {
  for (const BrokenLine& broken : kBrokenLines) {
    Pack pack("xx");
    const std::string name = std::string("xx/") + broken.file;
    for (const auto& [file, columns] : kColumns) {
      if (std::string_view(file) != broken.file) continue;
      const std::string bytes = fmt::format("!columns\t{}\n{}\n", columns, broken.row);
      ASSERT_TRUE(pack.add(file, bytes, name).has_value()) << broken.row;
    }
    try {
      const TimeTagger refused(pack);
      FAIL() << broken.row;
    } catch (const PackError& e) {
      EXPECT_TRUE(std::string(e.what()).starts_with(name + ":2: ")) << e.what();
      EXPECT_NE(std::string_view(e.what()).find(broken.reason), std::string_view::npos) << e.what();
    }
  }
}

TEST(TimeGrammar, RefusesWordsThatGrowWithoutEnd) {
  std::string words = "!columns\tclass\tword\tvalue\na0\tx\t1\n";
  for (int i = 0; i < 40; ++i) words += fmt::format("a{0}\t{{a{1}}}{{a{1}}}\t1\n", i + 1, i);
  Pack pack("xx");
  ASSERT_TRUE(pack.add("time_words.tsv", words, "xx/time_words.tsv").has_value());
  EXPECT_THROW(const TimeTagger refused(pack), PackError);
}

TEST(TimeGrammar, WorksWithoutAnyTable) {
  const TimeTagger empty{Pack("xx")};
  const Article a = make_article("en", "", "Yesterday, 5 May 2010.");
  EXPECT_TRUE(empty.run(a).empty());
}

TEST(Numbers, ReadsWordsAndDigits) {
  const NumberReader german(packs().get("de"));
  EXPECT_EQ(german.word("zweihundertfünfzig").value, 250);
  EXPECT_EQ(german.word("einundzwanzig").value, 21);
  EXPECT_EQ(german.word("dreitausendvierhundert").value, 3400);
  EXPECT_EQ(german.word("zweieinhalb").value, 2.5);
  EXPECT_EQ(german.word("1.234,5").value, 1234.5);
  EXPECT_EQ(german.word("zwanzigsten").value, 20);
  EXPECT_TRUE(german.word("zwanzigsten").ordinal);
  EXPECT_EQ(german.word("dreizwei").tokens, 0U);
  EXPECT_EQ(german.word("14.30").tokens, 0U);
  EXPECT_EQ(german.word("einigen").tokens, 0U);
  EXPECT_EQ(german.word("350000").granularity, 1000);
  const NumberReader english(packs().get("en"));
  EXPECT_EQ(english.word("1,234.5").value, 1234.5);
  EXPECT_EQ(english.word("twenty-five").value, 25);
  EXPECT_EQ(english.word("22nd").value, 22);
}

TEST(Calendar, KnowsEasterWeeksAndMovableDays) {
  EXPECT_EQ(format_day(easter(2021)), "2021-04-04");
  EXPECT_EQ(format_day(easter(2024)), "2024-03-31");
  EXPECT_EQ(format_day(easter(1954)), "1954-04-18");
  EXPECT_EQ(format_day(orthodox_easter(2021)), "2021-05-02");
  EXPECT_EQ(iso_week(make_day(2021, 1, 1)).week, 53);
  EXPECT_EQ(format_day(*holiday("sun<12-25-3", 2021)), "2021-11-28");
  EXPECT_EQ(format_day(*holiday("thu>11-01+3", 2020)), "2020-11-26");
  EXPECT_FALSE(holiday("nonsense", 2020).has_value());
}

// Announced first days of Ramadan and of the feasts behind it, in Germany and Turkey.
TEST(Calendar, KnowsRamadanWithinTwoDays) {
  struct Announced {
    int year;
    int month;
    int day;
    int offset;  // 0 first day of the month, 30 and 98 the feasts
  };
  constexpr Announced kAnnounced[] = {
      {2010, 8, 11, 0},  {2013, 7, 9, 0},   {2016, 6, 6, 0},   {2017, 5, 27, 0},
      {2018, 5, 16, 0},  {2019, 5, 6, 0},   {2020, 4, 24, 0},  {2021, 4, 13, 0},
      {2022, 4, 2, 0},   {2023, 3, 23, 0},  {2024, 3, 11, 0},  {2020, 5, 24, 30},
      {2021, 5, 13, 30}, {2023, 4, 21, 30}, {2006, 1, 10, 98}, {2007, 12, 20, 98},
      {2020, 7, 31, 98}, {2021, 7, 20, 98}, {2023, 6, 28, 98}};
  for (const Announced& a : kAnnounced) {
    const auto day = ramadan(a.year, a.offset);
    ASSERT_TRUE(day.has_value()) << a.year;
    EXPECT_LE(std::abs((*day - make_day(a.year, a.month, a.day)).count()), 2)
        << a.year << ' ' << format_day(*day);
  }
}

TEST(Durations, AreMeasuredInSeconds) {
  EXPECT_EQ(duration_size("PT2H15M")->seconds, 8100);
  EXPECT_EQ(duration_size("PT2H15M")->granularity, 60);
  EXPECT_EQ(duration_size("PT0.5H")->seconds, 1800);
  EXPECT_FALSE(duration_size("PXY").has_value());
  EXPECT_FALSE(duration_size("PRESENT_REF").has_value());
}

}  // namespace time_test
}  // namespace twosource::annotate
