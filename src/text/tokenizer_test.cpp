#include "text/tokenizer.hpp"

#include <gtest/gtest.h>

#include <random>

namespace twosource {
namespace tokenizer_test {

const PackSet& packs() {
  static const PackSet kPacks = PackSet::builtin();
  return kPacks;
}

// Tokens joined by a bar, sentences by " // ".
std::string render(const char* language, std::string_view text) {
  const Tokenizer tokenizer(packs().get(language));
  const Span all = make_span(0, text.size());
  const TokenLayer layer = tokenizer.run(text, {&all, 1});
  std::string out;
  for (std::size_t i = 0; i < layer.tokens.size(); ++i) {
    if (i > 0) out += layer.tokens[i].sentence != layer.tokens[i - 1].sentence ? " // " : "|";
    out += slice(text, layer.tokens[i].span);
  }
  return out;
}

struct Case {
  const char* name;
  const char* language;
  const char* text;
  const char* want;
};
void PrintTo(const Case& c, std::ostream* os) { *os << c.text; }

constexpr Case kCases[] = {
    {"empty", "de", "", ""},
    {"blank", "de", " \n ", ""},
    {"two_sentences", "de", "Er kam. Sie ging.", "Er|kam|. // Sie|ging|."},
    {"ordinal_month", "de", "Am 11. Mai kam er. Er ging.", "Am|11.|Mai|kam|er|. // Er|ging|."},
    {"ordinal_lower", "de", "Das 3. und 4. Treffen", "Das|3.|und|4.|Treffen"},
    {"year_ends", "de", "Das war 2016. Danach kam er.", "Das|war|2016|. // Danach|kam|er|."},
    {"age_ends", "de", "Sie ist 30. Er ist 40.", "Sie|ist|30|. // Er|ist|40|."},
    {"day_month", "de", "Am 7.8. in Köln", "Am|7.8.|in|Köln"},
    {"full_date", "de", "Am 11.11.2017 begann es.", "Am|11.11.2017|begann|es|."},
    {"abbreviation", "de", "Dr. Meier sprach z. B. mit Prof. Huber.", "Dr.|Meier|sprach|z. B.|mit|Prof.|Huber|."},
    {"resolution_number", "de", "Die Resolution Nr. 2254 sieht es vor.", "Die|Resolution|Nr.|2254|sieht|es|vor|."},
    {"abbreviation_at_end", "de", "Äpfel, Birnen usw. Der Rest blieb.", "Äpfel|,|Birnen|usw. // Der|Rest|blieb|."},
    {"initials", "de", "Franklin D. Roosevelt und J. K. Rowling.", "Franklin|D.|Roosevelt|und|J.|K.|Rowling|."},
    {"german_marks", "de", "„Es ist gut. Es reicht.“ Er ging.", "„|Es|ist|gut|. // Es|reicht|.|“ // Er|ging|."},
    {"question_then_cue", "de", "„Was nun?“, fragte er.", "„|Was|nun|?|“|,|fragte|er|."},
    {"question_then_lower", "de", "\"Was nun?\" fragte er.", "\"|Was|nun|?|\"|fragte|er|."},
    {"guillemets", "de", "»Ja«, sagt er. «Nein.» Ende.", "»|Ja|«|,|sagt|er|. // «|Nein|.|» // Ende|."},
    {"straight_next_opens", "de", "Er ging. \"Nein\", sagte sie.", "Er|ging|. // \"|Nein|\"|,|sagte|sie|."},
    {"nested_single", "de", "„Er sagte ‚Nein‘.“", "„|Er|sagte|‚|Nein|‘|.|“"},
    {"hyphen_words", "de", "US-Präsident, G20-Gipfel, 20-jährige, F-35", "US-Präsident|,|G20-Gipfel|,|20-jährige|,|F-35"},
    {"numbers", "de", "1.234,5 Euro, 14:30 Uhr, 2:1", "1.234,5|Euro|,|14:30|Uhr|,|2:1"},
    {"percent", "de", "95% und 20 €", "95|%|und|20|€"},
    {"gendered", "de", "Bürger*innen, Lehrer:innen und Schüler_innen", "Bürger*innen|,|Lehrer:innen|und|Schüler_innen"},
    {"unit_ends", "de", "Es waren 100 km/h. Der Zug hielt.", "Es|waren|100|km|/|h|. // Der|Zug|hielt|."},
    {"small_name_begins", "de", "Das war im Mai. dbb-Chef Kranz kam.", "Das|war|im|Mai|. // dbb-Chef|Kranz|kam|."},
    {"lost_blank", "de", "Das war alles.Danach kam er.", "Das|war|alles|. // Danach|kam|er|."},
    {"domain", "de", "Auf spiegel.de steht es.", "Auf|spiegel|.|de|steht|es|."},
    {"ellipsis", "de", "Nun ja… Er ging... Sie blieb.", "Nun|ja|… // Er|ging|... // Sie|blieb|."},
    {"bracket", "de", "Er kam (spät.) Sie ging.", "Er|kam|(|spät|.|) // Sie|ging|."},
    {"clitic", "en", "Biden's aide didn't say.", "Biden|'s|aide|did|n't|say|."},
    {"us", "en", "The U.S. economy grew. It did.", "The|U.S.|economy|grew|. // It|did|."},
    {"mr", "en", "Mr. Smith met Sen. Jones on Jan. 5. They talked.", "Mr.|Smith|met|Sen.|Jones|on|Jan.|5|. // They|talked|."},
    {"english_number", "en", "$4.2 million, 1,234 people", "$|4.2|million|,|1,234|people"},
};
class TokenizerTest : public testing::TestWithParam<Case> {};
TEST_P(TokenizerTest, SplitsTokensAndSentences) {
  EXPECT_EQ(render(GetParam().language, GetParam().text), GetParam().want);
}
INSTANTIATE_TEST_SUITE_P(Tokenizer, TokenizerTest, testing::ValuesIn(kCases),
                         [](const auto& row) { return std::string(row.param.name); });

// Whatever the bytes: tokens ascend, cover every character that is not white space, and lie in
// exactly one sentence.
TEST(Tokenizer, InvariantsHoldOnRandomText) {
  static constexpr const char* kPieces[] = {"a", "Er", " ", "\n", ".", "„", "“", "\"", "11.", "Mai", "z. B.",
                                            "(", ")", "…", "\xC3", "\xFF", "😀", "-", "'", "1.2", ",", "’s", "?"};
  std::mt19937 random(7);
  const Tokenizer tokenizer(packs().get("de"));
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    const std::size_t n = random() % 30;
    for (std::size_t i = 0; i < n; ++i) text += kPieces[random() % std::size(kPieces)];
    const Span all = make_span(0, text.size());
    const TokenLayer layer = tokenizer.run(text, {&all, 1});
    std::uint32_t at = 0;
    for (std::size_t i = 0; i < layer.tokens.size(); ++i) {
      const Token& token = layer.tokens[i];
      ASSERT_LE(at, token.span.begin);
      ASSERT_LT(token.span.begin, token.span.end);
      at = token.span.end;
      const Sentence& s = layer.sentences.at(token.sentence);
      ASSERT_TRUE(s.span.contains(token.span)) << text;
      ASSERT_TRUE(s.first_token <= i && i < s.last_token);
    }
    std::uint32_t next = 0;
    for (const Sentence& s : layer.sentences) {
      ASSERT_EQ(s.first_token, next);
      next = s.last_token;
    }
    ASSERT_EQ(next, layer.tokens.size());
  }
}

}  // namespace tokenizer_test
}  // namespace twosource
