#include "record/search.hpp"

#include <gtest/gtest.h>

#include <memory>

#include "record/query.hpp"
#include "record/test_record.hpp"

namespace twosource::record {
namespace search_test {

const PackSet& packs() {
  static const PackSet set = PackSet::builtin();
  return set;
}

// German and English articles about a harbour, a council and a river.
Record& filled() {
  static TestFile file("search");
  static const std::unique_ptr<Record> record = [] {
    auto made = std::make_unique<Record>(file.path(), Record::Mode::Write);
    Record& r = *made;
    r.add(test_article(
        "d1", "de", "Rat lehnt die Hafenbrücke ab", "Blattgold", "2024-05-11",
        {"Der Rat der Stadt München hat am Freitag zwei Stunden lang beraten.",
         "Die Präsidentin nannte das Ergebnis „ein Zeichen“.", "Übermütig war niemand."}));
    r.add(test_article("d2", "de", "Brücken in Muenchen", "Nordblick", "2024-05-12",
                       {"In Muenchen stehen neunzehn Brücken.", "Der Präsident schwieg."}));
    r.add(test_article("e1", "en", "Council rejects harbour bridge", "Harbour Post", "2024-06",
                       {"The council rejected the bridge after two hours.",
                        "Presidents of two clubs were there."}));
    r.add(test_article("e2", "en", "Two rivers", "Harbour Post", "",
                       {"The river is bridged twice; two men said \"no\"."}));
    return made;
  }();
  return *record;
}

struct Case {
  const char* name;
  const char* words;
  const char* want;  // ids, best first
};
void PrintTo(const Case& c, std::ostream* os) { *os << c.words; }
class Find : public testing::TestWithParam<Case> {};
TEST_P(Find, Articles) {
  SearchQuery query;
  query.words = GetParam().words;
  std::string got;
  for (const ArticleHit& hit : search(filled(), query, packs()).articles) {
    got += (got.empty() ? "" : " ") + hit.id;
  }
  EXPECT_EQ(got, GetParam().want);
}
INSTANTIATE_TEST_SUITE_P(Words, Find,
                         testing::ValuesIn<Case>({
                             {"one_word", "schwieg", "d2"},
                             {"another_form_of_the_word", "brücke", "d2"},
                             {"english_forms", "rejecting", "e1"},
                             {"english_noun_forms", "bridges", "e1 e2"},
                             {"all_must_occur", "rat präsidentin", "d1"},
                             {"none_has_both", "rat schwieg", ""},
                             {"case_and_umlauts", "UBERMUTIG", "d1"},
                             {"spelt_out_umlaut_finds_the_letter", "Muenchen stunden", "d1"},
                             {"letter_finds_the_spelt_out", "münchen neunzehn", "d2"},
                             {"decomposed_letters", "mu\xCC\x88nchen neunzehn", "d2"},
                             {"beginning", "neunz*", "d2"},
                             {"beginning_longer_than_the_stem", "präsidenten*", "d2"},
                             {"beginning_of_two", "mün* rat", "d1"},
                             {"phrase", "\"zwei stunden\"", "d1"},
                             {"phrase_in_other_forms", "\"zwei Stunde\"", "d1"},
                             {"phrase_must_be_adjacent", "\"stunden zwei\"", ""},
                             {"phrase_in_typographic_marks", "„zwei Stunden“", "d1"},
                             {"phrase_never_closed", "\"zwei stunden", "d1"},
                             {"two_phrases", "\"two hours\" \"the council\"", "e1"},
                             {"hyphen_is_a_phrase", "harbour-bridge", "e1"},
                             {"not_this_word", "präsident* -schwieg", "d1"},
                             {"only_not", "-rat", ""},
                             {"headline_counts_more", "council", "e1"},
                             {"nothing", "", ""},
                             {"signs", "!?* \"\" ( ) : ^ + - ~", ""},
                             {"syntax_of_the_engine", "headline:rat AND OR NOT (", ""},
                             {"near_is_a_word", "NEAR(rat, 5)", ""},
                             {"column_filter_is_no_syntax", "text : rat", ""},
                             {"sql", "'; DROP TABLE articles; --", ""},
                             {"nul_and_broken_bytes", "rat\xFF\xC3", "d1"},
                             {"number", "2", ""},
                         }),
                         [](const auto& c) { return std::string(c.param.name); });

TEST(Find, FiltersByDayOutletAndLanguage) {
  const auto found = [](SearchQuery query) {
    query.words = "two";
    std::string got;
    for (const ArticleHit& hit : search(filled(), query, packs()).articles) got += hit.id + " ";
    return got;
  };
  SearchQuery q;
  EXPECT_EQ(found(q), "e2 e1 ");
  q.from = "2024";
  EXPECT_EQ(found(q), "e1 ");
  q.from = "2024-07";
  EXPECT_EQ(found(q), "");
  q = {};
  q.to = "2024-06-30";
  EXPECT_EQ(found(q), "e1 ");
  q = {};
  q.publisher = "harbour post";
  EXPECT_EQ(found(q), "e2 e1 ");
  q.publisher = "Nordblick";
  EXPECT_EQ(found(q), "");
  q = {};
  q.language = "de";
  EXPECT_EQ(found(q), "");
  q = {};
  q.limit = 1;
  EXPECT_EQ(found(q), "e2 ");
  q.offset = 1;
  EXPECT_EQ(found(q), "e1 ");
}

TEST(Find, ShowsSentencesWithTheirPlaces) {
  SearchQuery query;
  query.words = "präsidentin münchen";
  const SearchHits hits = search(filled(), query, packs());
  ASSERT_EQ(hits.total, 1U);
  const ArticleHit& hit = hits.articles[0];
  EXPECT_EQ(hit.headline, "Rat lehnt die Hafenbrücke ab");
  EXPECT_EQ(hit.outlet, "Blattgold");
  ASSERT_EQ(hit.sentences.size(), 2U);
  EXPECT_EQ(hit.sentences[0].text,
            "Der Rat der Stadt München hat am Freitag zwei Stunden lang beraten.");
  EXPECT_EQ(hit.sentences[0].place, (Span{0, 67}));
  ASSERT_EQ(hit.sentences[0].matches.size(), 1U);
  EXPECT_EQ(hit.sentences[0].matches[0], (Span{18, 25}));
  EXPECT_EQ(hit.sentences[1].place.begin, 68U);
}

TEST(Find, FollowsRevisionsAndRemovals) {
  const TestFile file("search_revised");
  Record r(file.path(), Record::Mode::Write);
  SearchQuery query;
  query.words = "Brand";
  const auto found = [&] { return search(r, query, packs()).total; };
  r.add(test_article("a", "de", "Meldung", "Blattgold", "2024", {"Ein Brand am Hafen."}));
  EXPECT_EQ(found(), 1U);
  r.add(test_article("a", "de", "Meldung", "Blattgold", "2024", {"Ein Feuer am Hafen."}));
  EXPECT_EQ(found(), 0U);
  query.words = "Feuer";
  EXPECT_EQ(found(), 1U);
  EXPECT_TRUE(r.remove("a"));
  EXPECT_EQ(found(), 0U);
  r.add(test_article("b", "de", "Meldung", "Blattgold", "2024", {"Ein Feuer am Hafen."}));
  EXPECT_EQ(found(), 1U);
}

TEST(Find, RebuildsWhenTheStemsHaveChanged) {
  const TestFile file("search_rebuilt");
  Record r(file.path(), Record::Mode::Write);
  r.add(test_article("a", "de", "Meldung", "Blattgold", "2024", {"Ein Brand am Hafen."}));
  r.add(test_article("b", "de", "Meldung", "Blattgold", "2024", {"Ein Brand am See."}));
  r.database().execute("UPDATE main.articles SET words_hash = 1");  // as if by another stemmer
  EXPECT_TRUE(r.remove("a"));
  SearchQuery query;
  query.words = "Brand";
  EXPECT_EQ(search(r, query, packs()).total, 1U);
  query.words = "Hafen";
  EXPECT_EQ(search(r, query, packs()).total, 0U);
}

}  // namespace search_test
}  // namespace twosource::record
