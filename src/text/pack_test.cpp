#include "text/pack.hpp"

#include <gtest/gtest.h>

namespace twosource {
namespace pack_test {

TEST(Table, ReadsColumnsRowsAndComments) {
  const auto table = Table::parse("x.tsv", "# hello\n!columns\tword\tkind\na\tb|c\r\n\n d \t\n");
  ASSERT_TRUE(table);
  EXPECT_EQ(table->columns(), (std::vector<std::string>{"word", "kind"}));
  ASSERT_EQ(table->rows().size(), 2U);
  EXPECT_EQ(split_list(table->rows()[0].cells[1]), (std::vector<std::string>{"b", "c"}));
  EXPECT_EQ(table->rows()[1].cells[0], "d");
  EXPECT_EQ(table->where(table->rows()[1]), "x.tsv:5");
}

struct BrokenCase {
  const char* name;
  std::string_view bytes;
  const char* where;
};
void PrintTo(const BrokenCase& c, std::ostream* os) { *os << c.name; }
constexpr BrokenCase kBroken[] = {
    {"no_columns", "a\tb\n", "x.tsv:1"},
    {"too_few", "!columns\ta\tb\nx\ty\nonly\n", "x.tsv:3"},
    {"too_many", "!columns\ta\n\nx\ty\n", "x.tsv:3"},
    {"twice", "!columns\ta\n!columns\tb\n", "x.tsv:2"},
    {"not_utf8", "!columns\ta\nb\nM\xFCller\n", "x.tsv:3"},
};
class BrokenTableTest : public testing::TestWithParam<BrokenCase> {};
TEST_P(BrokenTableTest, NamesFileAndLine) {
  const auto table = Table::parse("x.tsv", GetParam().bytes);
  ASSERT_FALSE(table);
  EXPECT_EQ(table.error().where, GetParam().where);
}
INSTANTIATE_TEST_SUITE_P(Pack, BrokenTableTest, testing::ValuesIn(kBroken),
                         [](const auto& row) { return std::string(row.param.name); });

TEST(Pack, MissingColumnNamesFile) {
  const auto table = Table::parse("x.tsv", "!columns\ta\nb\n");
  ASSERT_TRUE(table);
  EXPECT_THROW((void)table->column("other"), PackError);
}

TEST(PackSet, BuiltinHasGermanAndEnglish) {
  const PackSet set = PackSet::builtin();
  EXPECT_TRUE(set.has("de"));
  EXPECT_TRUE(set.has("en"));
  EXPECT_FALSE(set.get("de").table("abbreviations.tsv").rows().empty());
  EXPECT_EQ(set.get("de").setting("decimal"), ",");
  EXPECT_EQ(&set.get("xx"), &set.get("en"));
}

}  // namespace pack_test
}  // namespace twosource
