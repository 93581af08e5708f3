#include "story/clusterer.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "article/test_articles.hpp"
#include "reuse/index.hpp"
#include "story/grouping.hpp"

namespace twosource::story {
namespace clusterer_test {

using testing_support::make_article;
using testing_support::numbered;
using testing_support::packs;
using testing_support::SentenceMaker;

struct Told {
  Signature story;
  reuse::Signature copy;
};

// Happenings told by several articles in other orders of the same words, over some weeks; a few
// articles without a day; some copies. The more happenings, the more share one place and day.
std::vector<Told> told(unsigned seed, int happenings) {
  constexpr int kFirstDay = 19844;  // 2024-05-01
  SentenceMaker make(seed);
  Signer signer(packs());
  std::vector<Told> out;
  for (int h = 0; h < happenings; ++h) {
    const std::string facts[] = {make.sentence(8), make.sentence(8), make.sentence(8)};
    const int day = static_cast<int>(make.random()() % 25);
    const int articles = 1 + static_cast<int>(make.random()() % 4);
    for (int i = 0; i < articles; ++i) {
      const int later = std::min(28, day + static_cast<int>(make.random()() % 4));
      std::string date =
          later < 9 ? numbered("2024-05-0", later + 1) : numbered("2024-05-", later + 1);
      if (make.random()() % 20 == 0) date.clear();
      const Article a =
          make_article(numbered("n", static_cast<int>(out.size())), numbered("O", i), date,
                       facts[i % 3] + " " + make.text(2) + " " + facts[(i + 1) % 3]);
      out.push_back({signer.sign(a), reuse::sign(a)});
      out.back().story.anchors = {{static_cast<std::uint32_t>(h % 12)}, {kFirstDay + day}};
    }
  }
  return out;
}

// An index of copies and a clusterer, as the record keeps them.
struct Corpus {
  reuse::Index copies;
  Clusterer events;
  void put(const Told& t) {
    copies.put(t.copy);
    events.put(t.story);
  }
  void remove(const Told& t) {
    EXPECT_TRUE(copies.remove(t.copy.id));
    EXPECT_TRUE(events.remove(t.story.id));
  }
  Changes commit(unsigned threads = 1) {
    for (const std::string& id : copies.commit(threads).articles) events.touch(id);
    return events.commit([&](std::string_view id) { return copies.partners(id); }, threads);
  }
  std::string describe() const {
    std::string out;
    for (const Clusterer::View& event : events.events()) {
      out += event.id + ":";
      for (const std::string& id : event.articles) {
        out += " " + id;
        EXPECT_EQ(events.event_of(id), event.id);
      }
      out += "\n";
    }
    return out;
  }
};

std::string at_once(const std::vector<Told>& articles) {
  Corpus corpus;
  for (const Told& t : articles) corpus.put(t);
  (void)corpus.commit();
  return corpus.describe();
}

class ClustererProperty : public testing::TestWithParam<int> {};

TEST_P(ClustererProperty, OrderAndBatchesDoNotShow) {
  const std::vector<Told> all = told(1, GetParam());
  const std::string want = at_once(all);
  for (unsigned seed = 1; seed <= 2; ++seed) {
    std::vector<Told> mixed = all;
    std::mt19937 random(seed);
    std::shuffle(mixed.begin(), mixed.end(), random);
    const std::size_t batch = 1 + all.size() / (all.size() > 500 ? 6 : 40 * seed);
    Corpus corpus;
    for (const Told& t : mixed) {
      corpus.put(t);
      if (random() % batch == 0) (void)corpus.commit(1 + seed % 2);
    }
    (void)corpus.commit();
    ASSERT_EQ(corpus.describe(), want) << "seed " << seed;
  }
}

TEST_P(ClustererProperty, TakingOutAndReplacingLeaveNoTrace) {
  const std::vector<Told> all = told(2, GetParam());
  std::vector<Told> other = told(3, GetParam());
  for (unsigned seed = 1; seed <= 1; ++seed) {
    std::mt19937 random(seed);
    Corpus corpus;
    for (const Told& t : all) corpus.put(t);
    (void)corpus.commit();
    std::vector<Told> left;
    const std::size_t batch = all.size() / 4;
    for (std::size_t i = 0; i < all.size(); ++i) {
      const unsigned roll = static_cast<unsigned>(random() % 4);
      if (roll == 0) {
        corpus.remove(all[i]);
      } else if (roll == 1 && i < other.size()) {
        left.push_back(other[i]);
        corpus.put(other[i]);
      } else {
        left.push_back(all[i]);
      }
      if (random() % batch == 0) (void)corpus.commit();
    }
    (void)corpus.commit();
    ASSERT_EQ(corpus.describe(), at_once(left)) << "seed " << seed;
  }
}

TEST_P(ClustererProperty, RestoredIsTheSameAndGoesOn) {
  const std::vector<Told> all = told(4, GetParam());
  Corpus corpus;
  std::vector<Signature> kept;
  for (std::size_t i = 0; i < all.size() - 10; ++i) {
    corpus.put(all[i]);
    const std::string bytes = to_bytes(all[i].story);
    EXPECT_EQ(signature_from_bytes(bytes), all[i].story);
    EXPECT_FALSE(signature_from_bytes(bytes.substr(0, bytes.size() - 1)).has_value());
    kept.push_back(all[i].story);
  }
  (void)corpus.commit();
  const std::string want = corpus.describe();
  std::reverse(kept.begin(), kept.end());
  const std::string saved = corpus.events.save();
  Clusterer again;
  ASSERT_TRUE(again.restore(kept, saved));
  EXPECT_EQ(again.save(), saved);
  corpus.events = std::move(again);
  EXPECT_EQ(corpus.describe(), want);
  EXPECT_TRUE(corpus.commit().changed.empty());
  for (std::size_t i = all.size() - 10; i < all.size(); ++i) corpus.put(all[i]);
  (void)corpus.commit();
  EXPECT_EQ(corpus.describe(), at_once(all));
  kept.pop_back();
  EXPECT_FALSE(Clusterer().restore(kept, saved));
}

// One slice, and more articles than one slice takes.
INSTANTIATE_TEST_SUITE_P(Sizes, ClustererProperty, testing::Values(40, 900));

// So many that frequencies are of a sample, and most changes leave the weights of others alone.
TEST(Clusterer, OneByOneInALargeRecordIsAllAtOnce) {
  std::vector<Told> all = told(6, 2100);
  ASSERT_GT(all.size(), 5 * kOneSlice / 2);
  std::mt19937 random(7);
  std::shuffle(all.begin(), all.end(), random);
  Corpus corpus;
  std::vector<Told> held(all.begin(), all.end() - 60);
  for (const Told& t : held) corpus.put(t);
  (void)corpus.commit(2);
  for (std::size_t i = held.size(); i < all.size(); ++i) {
    const std::size_t at = random() % held.size();
    if (i % 3 == 0) {  // one leaves
      corpus.remove(held[at]);
      held.erase(held.begin() + static_cast<std::ptrdiff_t>(at));
    } else if (i % 3 == 1) {  // one is told otherwise
      held[at].story.terms = all[i].story.terms;
      held[at].story.anchors = all[i].story.anchors;
      corpus.put(held[at]);
    }
    corpus.put(all[i]);
    held.push_back(all[i]);
    (void)corpus.commit(1 + i % 2);
    if (i % 10 > 0 && i + 1 < all.size()) continue;
    Corpus whole;
    for (const Told& t : held) whole.put(t);
    (void)whole.commit();
    ASSERT_EQ(corpus.describe(), whole.describe()) << i;
    // With the sums between neighbouring slices, to the bit; the number of tombstones stands
    // behind.
    std::string want = whole.events.save();
    want.resize(want.size() - sizeof(std::uint32_t));
    ASSERT_TRUE(corpus.events.save().starts_with(want)) << i;
  }
}

TEST(Clusterer, ManyAreCutIntoSlices) {
  EXPECT_LT(told(1, 40).size(), kOneSlice);
  EXPECT_GT(told(1, 900).size(), kOneSlice);
}

TEST(Clusterer, IdsStayAndTombstonesLead) {
  Signer signer(packs());
  SentenceMaker make(5);
  const std::string text = make.text(5);
  const auto article = [&](const char* id, const char* day) {
    return signer.sign(make_article(id, id, day, text));
  };
  Clusterer events;
  events.put(article("b", "2024-05-02"));
  EXPECT_EQ(events.commit({}).added.size(), 1U);
  const std::string old = events.event_of("b");
  events.put(article("c", "2024-05-03"));
  EXPECT_EQ(events.commit({}).changed, std::vector<std::string>{old});
  events.put(article("a", "2024-05-01"));
  const Changes changes = events.commit({});
  ASSERT_EQ(changes.gone.size(), 1U);
  EXPECT_EQ(changes.gone[0], std::pair(old, events.event_of("a")));
  EXPECT_EQ(events.resolve(old), events.event_of("c"));
  EXPECT_TRUE(events.event(old).articles.empty());
  for (const char* id : {"a", "b", "c"}) EXPECT_TRUE(events.remove(id));
  (void)events.commit({});
  EXPECT_EQ(events.resolve(old), "");
  EXPECT_FALSE(events.remove("a"));
}

}  // namespace clusterer_test
}  // namespace twosource::story
