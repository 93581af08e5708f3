#include "annotate/quote/quote.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include "annotate/quote/marks.hpp"
#include "annotate/quote/speech_mood.hpp"
#include "text/tokenizer.hpp"
#include "text/utf8.hpp"

namespace twosource::annotate {
namespace quote_test {

// Paragraphs are lines; those beginning with "# " are subheads (mark left out).
Article make_article(const std::string& text, const std::string& language) {
  static const PackSet packs = PackSet::builtin();
  static const Tokenizer german(packs.get("de"));
  static const Tokenizer english(packs.get("en"));
  Article a;
  a.text = text;
  a.language = language;
  std::size_t at = 0;
  while (at < text.size()) {
    std::size_t end = text.find('\n', at);
    if (end == std::string::npos) end = text.size();
    Span span = utf8::trim_span(text, make_span(at, end));
    const bool subhead = slice(text, span).starts_with("# ");
    const bool set_out = slice(text, span).starts_with("> ");
    if (subhead || set_out) span.begin += 2;
    if (!span.empty()) {
      a.paragraphs.push_back({span, subhead ? ParagraphKind::Subhead : ParagraphKind::Body,
                              set_out ? ParagraphForm::Quotation : ParagraphForm::Running});
    }
    at = end + 1;
  }
  const std::vector<Span> spans = paragraph_spans(a);
  a.tokens = (language == "de" ? german : english).run(a.text, spans);
  return a;
}

const QuoteTagger& tagger(const std::string& language) {
  static const PackSet packs = PackSet::builtin();
  static const QuoteTagger german(packs.get("de"));
  static const QuoteTagger english(packs.get("en"));
  return language == "de" ? german : english;
}

// "kind <speaker> [cue|cue] (to addressee) {part||part}", joined by " ; ".
std::string render(const Article& a, const std::vector<Quote>& quotes) {
  std::string out;
  for (const Quote& q : quotes) {
    if (!out.empty()) out += " ; ";
    out.append(to_string(q.kind)).append(" <").append(a.at(q.speaker_span)).append("> [");
    for (std::size_t i = 0; i < q.cue.size(); ++i) {
      if (i > 0) out += "|";
      out += a.at(q.cue[i]);
    }
    out += "]";
    if (!q.addressee.empty()) out.append(" (to ").append(a.at(q.addressee)).append(")");
    out += " {";
    for (std::size_t i = 0; i < q.parts.size(); ++i) {
      if (i > 0) out += "||";
      out += a.at(q.parts[i]);
    }
    out += "}";
  }
  return out.empty() ? "-" : out;
}

std::string tag(const std::string& text, const std::string& language) {
  const Article a = make_article(text, language);
  return render(a, tagger(language).run(a));
}

struct Case {
  std::string name;
  std::string language;
  std::string text;
  std::string want;
};
void PrintTo(const Case& c, std::ostream* os) { *os << c.text; }

std::vector<Case> read_cases(const std::string& language) {
  const std::string path = std::string(TWOSOURCE_SOURCE_DIR) +
                           "/src/annotate/quote/testdata/quotes_" + language + ".tsv";
  std::ifstream in(path);
  std::ostringstream bytes;
  bytes << in.rdbuf();
  const Result<Table> table = Table::parse(path, bytes.str());
  if (!table) throw std::runtime_error(table.error().describe());
  std::vector<Case> cases;
  for (const Row& row : table->rows()) {
    cases.push_back({row.cells[0], language, row.cells[1], row.cells[2]});
  }
  return cases;
}

class QuoteTest : public testing::TestWithParam<Case> {};

TEST_P(QuoteTest, FindsQuotationsWithSpeakerAndCue) {
  EXPECT_EQ(tag(GetParam().text, GetParam().language), GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(German, QuoteTest, testing::ValuesIn(read_cases("de")),
                         [](const auto& c) { return c.param.name; });
INSTANTIATE_TEST_SUITE_P(English, QuoteTest, testing::ValuesIn(read_cases("en")),
                         [](const auto& c) { return c.param.name; });

TEST(QuoteTagger, TablesHaveTheirRows) {
  EXPECT_GE(read_cases("de").size() + read_cases("en").size(), 120U);
}

TEST(QuoteTagger, ReopenedMarksMakeOneQuotationOverParagraphs) {
  EXPECT_EQ(tag("Wendt sagte: „Der Damm hält.\n„Wir haben ihn geprüft.“\nDann ging sie.", "de"),
            "direct <Wendt> [sagte] {„Der Damm hält.||„Wir haben ihn geprüft.“}");
}

TEST(QuoteTagger, BlockQuotationsNeedNoMarks) {
  EXPECT_EQ(tag("Landrätin Kern schrieb am Abend:\n> Der Damm hält. Bleiben Sie zu Hause.\n> Wir "
                "helfen jedem.\nDann kam der Regen.",
                "de"),
            "direct <Landrätin Kern> [schrieb] {Der Damm hält. Bleiben Sie zu Hause.||Wir helfen "
            "jedem.}");
  EXPECT_EQ(tag("So steht es in der Satzung:\n> Der Verein hat sieben Mitglieder.", "de"),
            "direct <der Satzung> [] {Der Verein hat sieben Mitglieder.}");
  // Not announced; only a name; with marks of its own.
  EXPECT_EQ(tag("Der Regen kam am Abend.\n> Der Damm hält bis morgen.", "de"), "-");
  EXPECT_EQ(tag("Der Regen kam am Abend:\n> — Jana Kern, Landrätin", "de"), "-");
  EXPECT_EQ(tag("Kern sagte:\n> „Der Damm hält.“", "de"),
            "direct <Kern> [sagte] {„Der Damm hält.“}");
}

TEST(QuoteTagger, MarkLeftOpenIsIgnored) {
  EXPECT_EQ(tag("Der „Damm ist alt.\nDie Schule schließt.", "de"), "-");
}

TEST(QuoteTagger, SubheadPassesNoSpeakerOn) {
  EXPECT_EQ(tag("Der Damm halte, sagte Wendt.\n# „Alles gut“\nDie Schule schließt.", "de"),
            "indirect <Wendt> [sagte] {Der Damm halte}");
}

TEST(QuoteTagger, FreeSpeechIsCutAtParagraphs) {
  EXPECT_EQ(tag("Wendt sagte, der Damm halte. Er sei neu.\nDie Pumpen seien alt.", "de"),
            "indirect <Wendt> [sagte] {der Damm halte} ; free <Wendt> [] {Er sei neu.} ; "
            "free <Wendt> [] {Die Pumpen seien alt.}");
}

TEST(QuoteTagger, SpeakerIsTheMentionedEntity) {
  Article a = make_article("„Der Damm hält“, sagte Karla Wendt über Rolf Behr.", "de");
  const auto place = [&](const std::string& name) {
    const std::size_t at = a.text.find(name);
    return make_span(at, at + name.size());
  };
  a.entities = {{"e1", "Karla Wendt", EntityType::Person, {}, ""},
                {"e2", "Rolf Behr", EntityType::Person, {}, ""}};
  a.mentions = {{place("Karla Wendt"), 0, MentionKind::Name},
                {place("Rolf Behr"), 1, MentionKind::Name}};
  const std::vector<Quote> quotes = tagger("de").run(a);
  ASSERT_EQ(quotes.size(), 1U);
  EXPECT_EQ(quotes[0].speaker, 0);
}

TEST(QuoteTagger, TwoJoinedNamesAreNoSingleSpeaker) {
  Article a = make_article("Karla Wendt und Rolf Behr sagten, der Damm halte.", "de");
  a.entities = {{"e1", "Karla Wendt", EntityType::Person, {}, ""},
                {"e2", "Rolf Behr", EntityType::Person, {}, ""}};
  a.mentions = {{{0, 11}, 0, MentionKind::Name}, {{16, 25}, 1, MentionKind::Name}};
  const std::vector<Quote> quotes = tagger("de").run(a);
  ASSERT_EQ(quotes.size(), 1U);
  EXPECT_EQ(quotes[0].speaker, -1);
  EXPECT_EQ(a.at(quotes[0].speaker_span), "Karla Wendt und Rolf Behr");
}

// `names` are entities as type letter and name, each found at its first place in the text.
struct SpeakerCase {
  const char* name;
  const char* language;
  const char* text;
  std::vector<const char*> names;
  int want;  // index of the speaker, -1: none
};
void PrintTo(const SpeakerCase& c, std::ostream* os) { *os << c.text; }
class SpeakerTest : public testing::TestWithParam<SpeakerCase> {};
TEST_P(SpeakerTest, IsTheOneWhoSpeaksAndNoneBeside) {
  const SpeakerCase& c = GetParam();
  Article a = make_article(c.text, c.language);
  for (const std::string name : c.names) {
    const EntityType type = name[0] == 'P'   ? EntityType::Person
                            : name[0] == 'L' ? EntityType::Location
                                             : EntityType::Organisation;
    std::string shown = name.substr(1);
    const std::size_t at = a.text.find(shown);
    const Span span = make_span(at, at + shown.size());
    if (std::string(c.language) == "de" && shown.ends_with("s")) shown.pop_back();
    a.mentions.push_back({span, static_cast<std::uint32_t>(a.entities.size()), MentionKind::Name});
    a.entities.push_back({"e" + std::to_string(a.entities.size() + 1), shown, type, {}, ""});
  }
  std::sort(a.mentions.begin(), a.mentions.end(),
            [](const Mention& x, const Mention& y) { return x.span < y.span; });
  const std::vector<Quote> quotes = tagger(c.language).run(a);
  ASSERT_FALSE(quotes.empty());
  EXPECT_EQ(quotes.back().speaker, c.want);
}
INSTANTIATE_TEST_SUITE_P(
    Phrases, SpeakerTest,
    testing::ValuesIn(std::vector<SpeakerCase>{
        {"title",
         "en",
         "“He is good,” said Norford sporting director Max Ebner.",
         {"LNorford", "PMax Ebner"},
         1},
        {"small_title",
         "en",
         "“Markets hate surprises,” said analyst Victor Lund of Boreal Securities.",
         {"PVictor Lund", "OBoreal Securities"},
         0},
        {"lawyer_of",
         "en",
         "Hale's lawyer, Simon Oye, said his client would appeal.",
         {"PHale", "PSimon Oye"},
         1},
        {"lawyer_alone", "en", "Hale's lawyer said his client would appeal.", {"PHale"}, -1},
        {"genitive",
         "de",
         "„Der Damm hält“, sagte Wendts Sprecherin Karla Behr.",
         {"PWendts", "PKarla Behr"},
         1},
        {"genitive_alone", "de", "„Der Damm hält“, sagte Wendts Sprecherin.", {"PWendts"}, -1},
        {"of_a_person", "de", "„Der Damm hält“, sagte der Anwalt von Wendt.", {"PWendt"}, -1},
        {"of_a_titled_person",
         "de",
         "„Der Damm hält“, sagte der Kritiker von Kanzler Wendt.",
         {"PWendt"},
         -1},
        {"genitive_of_a_titled_person",
         "de",
         "„Der Damm hält“, sagte die Nachbarin des Kanzlers Wendt.",
         {"PWendt"},
         -1},
        {"title_alone", "de", "„Der Damm hält“, sagte der Kanzler Wendt.", {"PWendt"}, 0},
        {"in_a_place",
         "de",
         "„Der Damm hält“, sagte die Baurätin in Norderfjord.",
         {"LNorderfjord"},
         -1},
        {"at_a_station",
         "de",
         "„Der Damm hält“, sagte der Trainer bei Nordfunk.",
         {"ONordfunk"},
         -1},
        {"spokesman_of_a_body",
         "de",
         "„Der Damm hält“, sagte der Sprecher der Bundeswacht.",
         {"OBundeswacht"},
         0},
        {"subject_between",
         "de",
         "„Der Damm hält“, sagte Wendt. Auch Behr sah den Pegel steigen. Er sei aber bereit.",
         {"PWendt", "PBehr"},
         1},
    }),
    [](const auto& c) { return std::string(c.param.name); });

void expect_sound(const Article& a, const std::vector<Quote>& quotes) {
  const auto sound = [&](Span s) {
    return s.begin <= s.end && s.end <= a.text.size() &&
           (s.end == a.text.size() || (static_cast<unsigned char>(a.text[s.end]) & 0xC0U) != 0x80U);
  };
  for (const Quote& q : quotes) {
    ASSERT_FALSE(q.parts.empty());
    EXPECT_EQ(q.span.begin, q.parts.front().begin);
    EXPECT_EQ(q.span.end, q.parts.back().end);
    for (std::size_t i = 0; i < q.parts.size(); ++i) {
      EXPECT_TRUE(sound(q.parts[i]) && !q.parts[i].empty());
      const std::uint32_t before = i > 0 ? q.parts[i - 1].end : 0;
      EXPECT_LE(before, q.parts[i].begin);
    }
    for (const Span cue : q.cue) EXPECT_TRUE(sound(cue) && !cue.empty());
    EXPECT_TRUE(sound(q.speaker_span) && sound(q.frame) && sound(q.addressee));
  }
}

TEST(QuoteTagger, SpansAreSoundOnRandomWords) {
  const std::vector<std::string> words = {
      "„",   "“",        "«",         "»",    "\"",    "‚",           "‘",
      "'",   ",",        ".",         ":",    "(",     ")",           " – ",
      "\n",  "sagte",    "Wendt",     "der",  "dass",  "habe",        "sei",
      "und", "kündigte", "an",        "laut", "nach",  "Angaben",     "zufolge",
      "so",  "wie",      "mitteilte", "Damm", "zu",    "halten",      "hieß",
      "es",  "ä",        "😀",        "said", "that",  "according",   "to",
      "the", "\xff",     "nannte",    "als",  "wurde", "vorgeworfen", "er"};
  std::mt19937 random(20240611);
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    const std::size_t length = random() % 40;
    for (std::size_t i = 0; i < length; ++i) {
      text += words[random() % words.size()];
      if (random() % 5 != 0) text += ' ';
    }
    for (const char* language : {"de", "en"}) {
      const Article a = make_article(text, language);
      expect_sound(a, tagger(language).run(a));
      if (testing::Test::HasFailure()) FAIL() << text;
    }
  }
}

TEST(QuoteTagger, HugeSentencesAndManyOpenMarksStayFast) {
  std::string commas;
  std::string marks;
  for (int i = 0; i < 60000; ++i) {
    commas += "sagte Wendt, ";
    marks += "„« ‚";
  }
  for (const std::string& text : {commas, marks}) {
    const Article a = make_article(text, "de");
    expect_sound(a, tagger("de").run(a));
  }
}

TEST(MarkedRegions, NestedRegionsKnowTheirDepth) {
  const Article a = make_article("«Er sagt «nein», immer», so Wendt.", "de");
  const std::vector<MarkedRegion> regions = find_marked_regions(a);
  ASSERT_EQ(regions.size(), 2U);
  EXPECT_EQ(a.at(regions[0].span), "«Er sagt «nein», immer»");
  EXPECT_EQ(regions[0].depth, 0U);
  EXPECT_EQ(a.at(regions[1].span), "«nein»");
  EXPECT_EQ(regions[1].depth, 1U);
}

struct MoodCase {
  const char* word;
  Mood want;
};
void PrintTo(const MoodCase& c, std::ostream* os) { *os << c.word; }
constexpr MoodCase kMoods[] = {
    {"sei", Mood::Subjunctive1},     {"seien", Mood::Subjunctive1},
    {"habe", Mood::Subjunctive1},    {"werde", Mood::Subjunctive1},
    {"könne", Mood::Subjunctive1},   {"müsse", Mood::Subjunctive1},
    {"solle", Mood::Subjunctive1},   {"wolle", Mood::Subjunctive1},
    {"dürfe", Mood::Subjunctive1},   {"gebe", Mood::Subjunctive1},
    {"sehe", Mood::Subjunctive1},    {"gehe", Mood::Subjunctive1},
    {"fordere", Mood::Subjunctive1}, {"wäre", Mood::Subjunctive2},
    {"hätten", Mood::Subjunctive2},  {"würde", Mood::Subjunctive2},
    {"könnten", Mood::Subjunctive2}, {"gäbe", Mood::Subjunctive2},
    {"ist", Mood::Indicative},       {"haben", Mood::Indicative},
    {"sagte", Mood::Indicative},     {"sollte", Mood::Indicative},
    {"reiche", Mood::Indicative},    {"ende", Mood::Indicative},
    {"haus", Mood::Indicative},      {"", Mood::Indicative},
};
class SpeechMoodTest : public testing::TestWithParam<MoodCase> {};
TEST_P(SpeechMoodTest, KnowsForm) {
  static const PackSet packs = PackSet::builtin();
  static const SpeechMood mood(packs.get("de"));
  EXPECT_EQ(mood.of(GetParam().word), GetParam().want);
}
INSTANTIATE_TEST_SUITE_P(Forms, SpeechMoodTest, testing::ValuesIn(kMoods));

TEST(SpeechMood, FirstPersonIsIndicative) {
  static const PackSet packs = PackSet::builtin();
  const SpeechMood mood(packs.get("de"));
  const Article ich = make_article("Ich habe Zeit.", "de");
  EXPECT_EQ(mood.of(ich.tokens, 0, ich.tokens.tokens.size()), Mood::Indicative);
  const Article sie = make_article("Sie habe Zeit.", "de");
  EXPECT_EQ(mood.of(sie.tokens, 0, sie.tokens.tokens.size()), Mood::Subjunctive1);
}

TEST(SpeechMood, EnglishHasNone) {
  static const PackSet packs = PackSet::builtin();
  EXPECT_EQ(SpeechMood(packs.get("en")).of("be"), Mood::Indicative);
}

}  // namespace quote_test
}  // namespace twosource::annotate
