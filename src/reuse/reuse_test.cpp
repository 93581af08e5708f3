#include "reuse/reuse.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <set>

#include "article/test_articles.hpp"
#include "reuse/pairs.hpp"

namespace twosource::reuse {
namespace reuse_test {

using testing_support::make_article;
using testing_support::numbered;
using testing_support::packs;
using testing_support::SentenceMaker;

void credit(Article& a, const char* agency) {
  a.agencies.push_back({agency, AgencyKind::Text, {}, -1});
}

Origin origin_of(const Result& r, std::size_t article, std::size_t sentence) {
  return r.origins[static_cast<std::size_t>(r.sentence_origins[article][sentence].origin)];
}

// Three houses: two print a dispatch, the third something else.
struct Wire {
  std::string dispatch, own_a, own_b, other;
  std::vector<Article> articles;
  explicit Wire(unsigned seed = 7) {
    SentenceMaker make(seed);
    dispatch = make.text(8), own_a = make.sentence(), own_b = make.sentence();
    other = make.text(9);
    articles.push_back(make_article("a", "Elbbote", "2024-05-02", dispatch + "\n" + own_a));
    articles.push_back(make_article("b", "Küstenblatt", "2024-05-03", own_b + "\n" + dispatch));
    articles.push_back(make_article("c", "Landpost", "2024-05-03", other));
  }
};

TEST(Copies, FamilyTakesTheAgencyOfOneMember) {
  Wire w;
  credit(w.articles[0], "dpa");
  const Result r = find_copies(w.articles, packs());
  ASSERT_EQ(r.families.size(), 1U);
  EXPECT_EQ(r.families[0].articles, (std::vector<std::uint32_t>{0, 1}));
  EXPECT_EQ(r.families[0].agency, "dpa");
  EXPECT_GT(r.families[0].pairs[0].containment, 0.85);
  EXPECT_EQ(origin_of(r, 1, 3).key, "agency:dpa");    // copied: the family's
  EXPECT_EQ(origin_of(r, 1, 0).name, "Küstenblatt");  // its own first sentence
  EXPECT_EQ(origin_of(r, 2, 0).name, "Landpost");
  EXPECT_EQ(r.sentence_origins[2][0].family, -1);
  EXPECT_EQ(r.sentence_origins[1][3].family, 0);
}

TEST(Copies, WithoutAgencyAllCopiesAreOneUnknownOrigin) {
  const Wire w;
  const Result r = find_copies(w.articles, packs());
  ASSERT_EQ(r.families.size(), 1U);
  EXPECT_EQ(origin_of(r, 0, 2).kind, OriginKind::Unknown);
  EXPECT_EQ(r.sentence_origins[0][2].origin, r.sentence_origins[1][4].origin);
  EXPECT_EQ(origin_of(r, 0, 8).kind, OriginKind::Unknown);  // may be reworded copy
}

TEST(Copies, SeveralAgenciesAreNotGuessed) {
  Wire w;
  credit(w.articles[0], "dpa");
  credit(w.articles[1], "AFP");
  const Result r = find_copies(w.articles, packs());
  EXPECT_EQ(r.families[0].agency, "");
  EXPECT_EQ(origin_of(r, 0, 2).kind, OriginKind::Unknown);
}

TEST(Copies, TheAgencyThatAllNameIsClear) {
  Wire w;
  credit(w.articles[0], "dpa");
  credit(w.articles[1], "dpa");
  credit(w.articles[1], "AFP");
  EXPECT_EQ(find_copies(w.articles, packs()).families[0].agency, "dpa");
}

TEST(Copies, PhotoCreditsAreNoTextSource) {
  Wire w;
  w.articles[0].agencies.push_back({"dpa", AgencyKind::Photo, {}, -1});
  const Result r = find_copies(w.articles, packs());
  EXPECT_EQ(r.families[0].agency, "");
  EXPECT_EQ(origin_of(r, 0, 8).kind, OriginKind::Unknown);  // may be reworded copy
}

TEST(Copies, ReprintIsNeverTheOriginal) {
  Wire w;
  w.articles[0].furniture.push_back({FurnitureKind::Disclaimer, "Alle Rechte beim Autor.", 0});
  const Result r = find_copies(w.articles, packs());
  EXPECT_EQ(r.families[0].pairs[0].original, 1);  // though 0 is dated earlier
  EXPECT_EQ(origin_of(r, 0, 2).name, "Küstenblatt");
}

TEST(Copies, EarlierDateIsTheOriginalUnlessUnclear) {
  Wire w;
  EXPECT_EQ(find_copies(w.articles, packs()).families[0].pairs[0].original, 0);
  w.articles[1].published.value = "2024-05";
  EXPECT_EQ(find_copies(w.articles, packs()).families[0].pairs[0].original, -1);
  w.articles[1].published.value = "";
  EXPECT_EQ(find_copies(w.articles, packs()).families[0].pairs[0].original, -1);
}

struct OriginalCase {
  const char* name;
  const char* day_a;
  const char* day_b;
  bool credit_a, credit_b, release_b;
  int want;  // index of the original, -1: not clear
};
void PrintTo(const OriginalCase& c, std::ostream* os) { *os << c.name; }
class LikelyOriginal : public testing::TestWithParam<OriginalCase> {};
TEST_P(LikelyOriginal, WeighsTimeReleaseAndCredit) {
  const OriginalCase& c = GetParam();
  Wire w;
  w.articles[0].published.value = c.day_a;
  w.articles[1].published.value = c.day_b;
  if (c.credit_a) credit(w.articles[0], "dpa");
  if (c.credit_b) credit(w.articles[1], "dpa");
  if (c.release_b) w.articles[1].genre = "press-release";
  EXPECT_EQ(find_copies(w.articles, packs()).families.at(0).pairs[0].original, c.want);
}
INSTANTIATE_TEST_SUITE_P(
    Reuse, LikelyOriginal,
    testing::ValuesIn(std::vector<OriginalCase>{
        {"later_credit_does_not_outweigh_time", "2024-05-02", "2024-05-03", false, true, false, 0},
        {"credit_of_both", "2024-05-02", "2024-05-03", true, true, false, 0},
        {"one_day_says_nothing", "2024-05-02", "2024-05-02", false, false, false, -1},
        {"credit_alone_is_too_little", "2024-05-02", "2024-05-02", false, true, false, -1},
        {"clock", "2024-05-02T08:10", "2024-05-02T09:00", false, true, false, 0},
        {"release_of_the_day", "2024-05-02", "2024-05-02", false, false, true, 1},
        {"release_put_online_later_is_not_clear", "2024-05-02", "2024-05-03", false, false, true,
         -1},
    }),
    [](const auto& row) { return std::string(row.param.name); });

TEST(Copies, OneUrlIsARevisionAndItsTextIsOwn) {
  Wire w;
  w.articles[0].url = "https://www.elbbote.example/x?utm_source=a#top";
  w.articles[1].url = "http://elbbote.example/x/";
  w.articles[1].publisher = "Elbbote";
  const Result r = find_copies(w.articles, packs());
  EXPECT_TRUE(r.families[0].pairs[0].revision);
  EXPECT_EQ(origin_of(r, 0, 2).key, "house:elbbote");
  EXPECT_EQ(origin_of(r, 1, 4).key, "house:elbbote");
}

TEST(Copies, OutletsOfOneGroupAreOneHouse) {
  Wire w;
  w.articles[0].publisher_group = w.articles[1].publisher_group = "Nordmedien";
  const Result r = find_copies(w.articles, packs());
  EXPECT_EQ(r.families.size(), 1U);
  EXPECT_EQ(origin_of(r, 0, 2).key, "house:nordmedien");
  EXPECT_EQ(r.sentence_origins[0][8].origin, r.sentence_origins[1][0].origin);
}

TEST(Copies, CreditBesideAnOwnAuthorIsMixed) {
  Wire w;
  credit(w.articles[2], "AFP");
  w.articles[2].authors = {"AFP"};
  Result r = find_copies(w.articles, packs());
  EXPECT_EQ(origin_of(r, 2, 0).key, "agency:AFP");
  w.articles[2].authors = {"LANDPOST Redaktion"};  // the outlet itself: no author of its own
  r = find_copies(w.articles, packs());
  EXPECT_EQ(origin_of(r, 2, 0).key, "agency:AFP");
  w.articles[2].url = "https://www.lp-online.example/1";
  w.articles[2].authors = {"lp-online"};  // nor by the name of its host
  r = find_copies(w.articles, packs());
  EXPECT_EQ(origin_of(r, 2, 0).key, "agency:AFP");
  w.articles[2].authors = {"Jette Ohlsen"};
  r = find_copies(w.articles, packs());
  EXPECT_EQ(origin_of(r, 2, 0).kind, OriginKind::Unknown);
}

TEST(Copies, RoundUpDoesNotChainTwoDispatches) {
  SentenceMaker make(3);
  const std::string p = make.text(6);
  const std::string q = make.text(6);
  std::vector<Article> articles;
  articles.push_back(make_article("a", "A", "2024-05-01", p + " " + make.text(2)));
  articles.push_back(make_article("b", "B", "2024-05-02", p + "\n" + q));
  articles.push_back(make_article("c", "C", "2024-05-03", make.text(2) + " " + q));
  credit(articles[0], "dpa");
  const Result r = find_copies(articles, packs());
  ASSERT_EQ(r.families.size(), 2U);
  EXPECT_EQ(r.families[0].agency, "dpa");
  EXPECT_EQ(r.families[1].agency, "");
  EXPECT_EQ(origin_of(r, 1, 1).key, "agency:dpa");
  EXPECT_EQ(origin_of(r, 1, 8).kind, OriginKind::Unknown);
}

TEST(Copies, TemplatesOfAnOutletDoNotJoin) {
  SentenceMaker make(5);
  const std::string stub = make.text(6);
  std::vector<Article> articles;
  for (int i = 0; i < 6; ++i) {
    articles.push_back(make_article(numbered("a", i), "A", numbered("2024-05-0", i + 1),
                                    make.sentence() + "\n" + stub));
  }
  EXPECT_TRUE(find_copies(articles, packs()).families.empty());
}

TEST(Copies, OneStoryToldFiveTimesInADayIsNoTemplate) {
  SentenceMaker make(5);
  const std::string story = make.text(6);
  std::vector<Article> articles;
  for (int i = 0; i < 5; ++i) {
    articles.push_back(
        make_article(numbered("a", i), "A", "2024-05-01", make.sentence() + "\n" + story));
  }
  articles.push_back(make_article("b", "B", "2024-05-01", story));
  const Result r = find_copies(articles, packs());
  ASSERT_EQ(r.families.size(), 1U);
  EXPECT_EQ(r.families[0].articles.size(), 6U);
}

// Three sentences of one speaker, heard by two houses; what else they share, and what follows.
struct Heard {
  const char* name;
  bool quoted;   // in quotation marks, in both
  int more;      // sentences of the reporter that both have
  bool release;  // one is the press release
  std::size_t families;
};
void PrintTo(const Heard& h, std::ostream* os) { *os << h.name; }
class SharedSpeech : public testing::TestWithParam<Heard> {};
TEST_P(SharedSpeech, IsCopyWhenMoreIsShared) {
  SentenceMaker make(21);
  const std::string speech = make.text(3);
  const std::string more = make.text(GetParam().more);
  std::vector<Article> articles;
  for (const char* house : {"Elbbote", "Landpost"}) {
    const std::string front = make.text(2) + " " + more;
    Article a =
        make_article(house, house, "2024-05-01", front + " \"" + speech + "\" " + make.text(3));
    const Span span = make_span(front.size() + 1, front.size() + 3 + speech.size());
    if (GetParam().quoted) {
      a.quotes.push_back({span, {span}, QuoteKind::Direct, -1, {}, {}, {}, {}});
    }
    articles.push_back(std::move(a));
  }
  if (GetParam().release) articles[0].genre = "press-release";
  EXPECT_EQ(find_copies(articles, packs()).families.size(), GetParam().families);
}
INSTANTIATE_TEST_SUITE_P(Copies, SharedSpeech,
                         testing::Values(Heard{"quoted", true, 0, false, 0},
                                         Heard{"not_quoted", false, 0, false, 1},
                                         Heard{"more_shared", true, 2, false, 1},
                                         Heard{"of_a_release", true, 0, true, 1}),
                         [](const auto& c) { return std::string(c.param.name); });

// The same page fetched twice, its outlet spelled in two ways.
TEST(Copies, VersionsOfAnArticleAreNoCopies) {
  SentenceMaker make(22);
  const std::string text = make.text(6);
  std::vector<Article> articles = {make_article("a", "ELBBOTE ONLINE", "2024-05-01", text),
                                   make_article("b", "Elbbote", "2024-05-01", text + make.text(1))};
  for (Article& a : articles) a.url = "https://elbbote.example/1";
  const Result r = find_copies(articles, packs());
  ASSERT_EQ(r.families.size(), 1U);
  EXPECT_TRUE(r.families[0].pairs[0].revision);
  EXPECT_EQ(origin_of(r, 0, 1).kind, OriginKind::Outlet);
  EXPECT_EQ(origin_of(r, 1, 1).kind, OriginKind::Outlet);
}

// A corpus with known families, to be shuffled and added to.
std::vector<Article> corpus(unsigned seed) {
  SentenceMaker make(seed);
  std::vector<Article> articles;
  for (int f = 0; f < 4; ++f) {
    const std::string shared = make.text(5);
    for (int i = 0; i < 4; ++i) {
      articles.push_back(make_article(numbered("d", 10 * f + i), numbered("Outlet ", i),
                                      numbered("2024-05-0", 1 + i % 3),
                                      make.text(2) + "\n" + shared + "\n" + make.text(3)));
    }
  }
  credit(articles[1], "dpa");
  return articles;
}

// Everything about a result, with articles by id, so that results of two orders compare.
std::string describe(const Result& r, const std::vector<Article>& articles) {
  std::set<std::string> lines;
  for (const CopyFamily& f : r.families) {
    std::set<std::string> ids;
    for (const std::uint32_t a : f.articles) ids.insert(articles[a].id);
    std::string line = f.id;
    line.append(" ").append(f.agency).append(":");
    for (const std::string& id : ids) line.append(" ").append(id);
    lines.insert(line);
  }
  for (std::size_t i = 0; i < articles.size(); ++i) {
    std::string line = articles[i].id + ":";
    for (const SentenceOrigin& s : r.sentence_origins[i]) {
      line.append(" ").append(r.origins[static_cast<std::size_t>(s.origin)].id);
      line += numbered("/", s.family);
    }
    lines.insert(line);
  }
  std::string out;
  for (const std::string& line : lines) out.append(line).append("\n");
  return out;
}

TEST(CopiesProperty, OrderOfInputChangesNothing) {
  for (unsigned seed = 1; seed <= 5; ++seed) {
    std::vector<Article> articles = corpus(seed);
    const std::string want = describe(find_copies(articles, packs()), articles);
    std::mt19937 random(seed);
    for (int round = 0; round < 4; ++round) {
      std::shuffle(articles.begin(), articles.end(), random);
      EXPECT_EQ(describe(find_copies(articles, packs()), articles), want);
    }
  }
}

TEST(CopiesProperty, DuplicateOrUnrelatedArticleLeavesOthersAlone) {
  std::vector<Article> articles = corpus(9);
  const Result before = find_copies(articles, packs());
  ASSERT_EQ(before.families.size(), 4U);
  Article twin = articles[0];
  twin.id = "zz";
  articles.push_back(twin);
  articles.push_back(make_article("zzz", "Outlet 1", "2024-05-03", SentenceMaker(99).text(10)));
  const Result after = find_copies(articles, packs());
  ASSERT_EQ(after.families.size(), 4U);
  for (std::size_t f = 1; f < 4; ++f) {
    EXPECT_EQ(after.families[f].articles, before.families[f].articles);
  }
  EXPECT_EQ(after.families[0].articles, (std::vector<std::uint32_t>{0, 1, 2, 3, 16}));
  EXPECT_EQ(after.sentence_origins.back()[0].family, -1);
}

TEST(Copies, EmptyInput) {
  EXPECT_TRUE(find_copies({}, packs()).families.empty());
  const std::vector<Article> blank = {make_article("a", "A", "", ""),
                                      make_article("b", "", "", " \n")};
  const Result r = find_copies(blank, packs());
  EXPECT_TRUE(r.families.empty());
  EXPECT_EQ(r.sentence_origins.size(), 2U);
}

TEST(UrlKey, KeepsWhatNamesThePage) {
  EXPECT_EQ(url_key("https://www.x.example/a/?utm_source=z#c"), "x.example/a");
  EXPECT_EQ(url_key("http://x.example/a?id=3&utm_medium=z&p=1"), "x.example/a?id=3&p=1");
  EXPECT_EQ(url_key(""), "");
}

}  // namespace reuse_test
}  // namespace twosource::reuse
