#include "text/phrase_table.hpp"

#include <gtest/gtest.h>

#include "text/tokenizer.hpp"

namespace twosource {
namespace phrase_table_test {

class PhraseTableTest : public testing::Test {
 protected:
  PhraseTable::Match at(std::string_view text, std::size_t token) const {
    const Span all = make_span(0, text.size());
    const TokenLayer layer = tokenizer_.run(text, {&all, 1});
    return table_.longest(layer, token, layer.tokens.size());
  }
  Tokenizer tokenizer_{PackSet::builtin().get("de")};
  PhraseTable table_;
};

TEST_F(PhraseTableTest, TakesTheLongestPhrase) {
  table_.add("New York", 1);
  table_.add("New York Times", 2);
  table_.add("US-Präsident", 3);
  EXPECT_EQ(at("die New York Times berichtet", 1).value, 2);
  EXPECT_EQ(at("die New York Times berichtet", 1).tokens, 3U);
  EXPECT_EQ(at("in New York City", 1).value, 1);
  EXPECT_EQ(at("der us-präsident", 1).value, 3);
  EXPECT_FALSE(at("das New Deal", 1));
  EXPECT_EQ(table_.word("us-präsident"), 3);
  EXPECT_EQ(table_.word("new"), -1);
}

TEST_F(PhraseTableTest, SplitsPunctuationAsTheTokenizerDoes) {
  table_.add("Gold (Metall)", 1);
  table_.add("C&A", 2);
  table_.add("Nr.", 3);
  EXPECT_EQ(at("Gold (Metall)", 0).tokens, 4U);
  EXPECT_EQ(at("bei C&A", 1).value, 2);
  EXPECT_EQ(at("Nr. 5", 0).value, 3);
}

TEST_F(PhraseTableTest, EmptyPhraseAndEmptyTableFindNothing) {
  EXPECT_TRUE(table_.empty());
  table_.add("  ", 1);
  EXPECT_TRUE(table_.empty());
  EXPECT_FALSE(at("Wort", 0));
}

}  // namespace phrase_table_test
}  // namespace twosource
