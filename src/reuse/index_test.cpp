#include "reuse/index.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>

#include "article/test_articles.hpp"
#include "reuse/postings.hpp"

namespace twosource::reuse {
namespace {

using testing_support::make_article;
using testing_support::numbered;
using testing_support::SentenceMaker;

// Dispatches printed whole, shortened and in round-ups, versions of one URL, an outlet's stub
// below everything, and one text in more places than a hash has partners; over so many months.
std::vector<Signature> signatures_of(unsigned seed, unsigned months) {
  SentenceMaker make(seed);
  std::mt19937& random = make.random();
  std::vector<Signature> out;
  const std::string stub = make.text(2);
  const auto add = [&](int outlet, const std::string& text, const std::string& url) {
    const std::string body = outlet == 0 ? text + "\n" + stub : text;
    Article a =
        make_article(numbered("n", static_cast<int>(out.size())), numbered("Outlet ", outlet),
                     numbered("2024-0", 1 + static_cast<int>(random() % months)) +
                         numbered("-1", static_cast<int>(random() % 9)),
                     body);
    a.url = url;
    out.push_back(sign(a));
  };
  std::vector<std::string> dispatches;
  for (int d = 0; d < 6; ++d) {
    const std::string front = make.text(4);
    const std::string back = make.text(4);
    for (int i = 0; i < 5; ++i) {
      const int outlet = static_cast<int>(random() % 5);
      const std::string own = make.text(2);
      add(outlet, i % 2 == 0 ? front + " " + back : front + "\n" + own, "");
    }
    dispatches.push_back(back);
  }
  add(7, dispatches[0] + "\n" + dispatches[1], "");
  const std::string versioned = make.text(6);
  for (int i = 0; i < 3; ++i) add(8, versioned + " " + make.text(i), "https://v.example/x");
  const std::string everywhere = make.text(3);
  for (unsigned i = 0; i < 70 * months + 10; ++i)
    add(10 + static_cast<int>(i), everywhere + " " + make.text(static_cast<int>(i % 3)), "");
  for (int i = 0; i < 10; ++i) add(0, make.text(5), "");
  return out;
}

// Everything an index finds, by article id.
std::string found_in(const Index& index) {
  std::string out;
  for (const IndexFamily* family : index.families()) {
    out += family->id + ":";
    for (const std::uint32_t t : family->texts) out += " " + index.at(t).id;
    for (const CopyPair& p : family->pairs) {
      out += "\n  " + index.at(p.a).id + " " + index.at(p.b).id + " " +
             std::to_string(p.containment) + (p.revision ? " revision" : "");
      if (p.original >= 0) out += " from " + index.at(static_cast<std::uint32_t>(p.original)).id;
      for (const Passage& w : p.passages) {
        for (const std::uint32_t v : {w.a.begin, w.a.end, w.b.begin, w.b.end}) {
          out += " " + std::to_string(v);
        }
      }
    }
    out += "\n";
  }
  return out;
}

// How many texts are one era, and over how many months they are spread.
struct Blocking {
  const char* name;
  std::size_t one_era;
  unsigned months;
};
void PrintTo(const Blocking& b, std::ostream* os) { *os << b.name; }

std::string at_once(const std::vector<Signature>& signatures, std::size_t one_era) {
  Index index(one_era);
  for (const Signature& s : signatures) index.put(s);
  (void)index.commit();
  return found_in(index);
}

class IndexProperty : public testing::TestWithParam<Blocking> {
 protected:
  std::vector<Signature> signatures(unsigned seed) const {
    return signatures_of(seed, GetParam().months);
  }
  std::string want(const std::vector<Signature>& all) const {
    return at_once(all, GetParam().one_era);
  }
  Index index() const { return Index(GetParam().one_era); }
};

// At once; blocked by time; and blocked from half of the texts on.
INSTANTIATE_TEST_SUITE_P(Eras, IndexProperty,
                         testing::Values(Blocking{"one", kOneEra, 1}, Blocking{"two", 0, 2},
                                         Blocking{"growing", 100, 2}),
                         [](const auto& c) { return std::string(c.param.name); });

TEST_P(IndexProperty, OrderAndBatchesDoNotShow) {
  const std::vector<Signature> all = signatures(1);
  const std::string expected = want(all);
  EXPECT_GT(std::count(expected.begin(), expected.end(), '\n'), 40);
  for (unsigned seed = 1; seed <= 6; ++seed) {
    std::vector<Signature> mixed = all;
    std::mt19937 random(seed);
    std::shuffle(mixed.begin(), mixed.end(), random);
    Index index = this->index();
    for (const Signature& s : mixed) {
      index.put(s);
      if (random() % (1 + seed % 4) == 0) (void)index.commit(1 + seed % 2);
    }
    (void)index.commit();
    ASSERT_EQ(found_in(index), expected) << "seed " << seed;
  }
}

TEST_P(IndexProperty, TakingOutIsNeverHavingAdded) {
  const std::vector<Signature> all = signatures(2);
  for (unsigned seed = 1; seed <= 4; ++seed) {
    std::mt19937 random(seed);
    Index index = this->index();
    for (const Signature& s : all) index.put(s);
    if (seed % 2 == 0) (void)index.commit();
    std::vector<Signature> left;
    for (const Signature& s : all) {
      if (random() % 2 == 0) {
        left.push_back(s);
        continue;
      }
      EXPECT_TRUE(index.remove(s.id));
      if (random() % 8 == 0) (void)index.commit();
    }
    (void)index.commit();
    ASSERT_EQ(found_in(index), want(left)) << "seed " << seed;
    EXPECT_FALSE(index.remove("nobody"));
  }
}

TEST_P(IndexProperty, PuttingAgainReplaces) {
  const std::vector<Signature> all = signatures(3);
  std::vector<Signature> other = signatures(4);
  std::mt19937 random(5);
  Index index = this->index();
  for (const Signature& s : all) index.put(s);
  (void)index.commit();
  std::vector<Signature> now = all;
  for (std::size_t i = 0; i < now.size(); ++i) {
    if (random() % 3 != 0) continue;
    now[i] = other[i];  // same id, other text
    index.put(now[i]);
    if (random() % 4 == 0) (void)index.commit();
  }
  (void)index.commit();
  EXPECT_EQ(found_in(index), want(now));
}

TEST_P(IndexProperty, RestoredIsTheSameAndGoesOn) {
  const std::vector<Signature> all = signatures(6);
  Index index = this->index();
  for (std::size_t i = 0; i < all.size() / 2; ++i) index.put(all[i]);
  (void)index.commit();
  std::vector<Signature> kept;
  for (std::size_t i = all.size() / 2; i-- > 0;) {
    kept.push_back(*signature_from_bytes(to_bytes(all[i])));
  }
  Index again = this->index();
  ASSERT_TRUE(again.restore(kept, index.save()));
  EXPECT_EQ(found_in(again), found_in(index));
  EXPECT_EQ(again.save(), index.save());
  EXPECT_TRUE(again.commit().changed.empty());
  for (std::size_t i = all.size() / 2; i < all.size(); ++i) again.put(all[i]);
  (void)again.commit();
  EXPECT_EQ(found_in(again), want(all));
  kept.pop_back();
  EXPECT_FALSE(Index().restore(kept, index.save()));
  EXPECT_FALSE(Index().restore({}, "nonsense"));
}

// Texts of other times: what takes over most of one is found, a borrowed paragraph only nearby.
TEST(Index, ErasLookFarForWholeTextsOnly) {
  SentenceMaker make(12);
  const std::string text = make.text(20);
  const std::string paragraph = make.text(3);
  const auto signature = [&](const char* id, const char* day, const std::string& body) {
    return sign(make_article(id, id, day, body));
  };
  for (const std::size_t one_era : {std::size_t{0}, kOneEra}) {
    Index index(one_era);
    index.put(signature("first", "2019-05-02", text + " " + paragraph));
    index.put(signature("soon", "2019-05-30", make.text(20) + " " + paragraph));
    index.put(signature("later", "2024-05-02", make.text(20) + " " + paragraph));
    index.put(signature("again", "2024-05-02", text));
    index.put(signature("undated", "", text));
    (void)index.commit();
    std::string found;
    for (const auto& [id, containment] : index.partners("first")) found += id + " ";
    EXPECT_EQ(found, one_era == 0 ? "again soon undated " : "again later soon undated ");
  }
}

TEST(Index, IdsStayAndTombstonesLead) {
  SentenceMaker make(9);
  const std::string p = make.text(6);
  const std::string q = make.text(6);
  const auto text = [&](const char* id, const char* day, const std::string& body) {
    return sign(make_article(id, id, day, body));
  };
  Index index;
  index.put(text("b", "2024-05-02", p));
  index.put(text("c", "2024-05-03", p));
  EXPECT_EQ(index.commit().added.size(), 1U);
  const std::string old = index.families()[0]->id;
  index.put(text("d", "2024-05-04", p));
  const Changes later = index.commit();
  EXPECT_EQ(later.changed, std::vector<std::string>{old});  // the same id
  EXPECT_TRUE(later.added.empty());
  index.put(text("a", "2024-05-01", p));  // earlier than all: another first pair
  const Changes earlier = index.commit();
  ASSERT_EQ(earlier.gone.size(), 1U);
  EXPECT_EQ(earlier.gone[0].first, old);
  EXPECT_EQ(earlier.gone[0].second, earlier.added.at(0));
  EXPECT_EQ(index.resolve(old), index.families()[0]->id);
  EXPECT_EQ(index.family(old), nullptr);
  for (const char* id : {"a", "b", "c", "d"}) index.remove(id);
  (void)index.commit();
  EXPECT_EQ(index.resolve(old), "");
  EXPECT_EQ(index.size(), 0U);
}

TEST(Signature, BytesComeBackAndDamageIsSeen) {
  Article a =
      make_article("x", "Elbbote", "2024-05-01", "Er sagte: „Wir bleiben hier.“ Dann ging er.");
  const std::size_t begin = a.text.find("„");
  const Span span = make_span(begin, a.text.find("“") + 3);
  a.quotes.push_back({span, {span}, QuoteKind::Direct, -1, {}, {}, {}, {}});
  const Signature s = sign(a);
  EXPECT_EQ(s.speech, (std::vector<std::uint32_t>{2, 5}));
  const std::string bytes = to_bytes(s);
  EXPECT_EQ(signature_from_bytes(bytes), s);
  for (std::size_t n = 0; n < bytes.size(); ++n) {
    EXPECT_FALSE(signature_from_bytes(bytes.substr(0, n)).has_value());
  }
}

// Against a plain multimap.
TEST(PostingsProperty, HoldWhatWasAdded) {
  std::mt19937 random(11);
  Postings postings;
  std::vector<std::set<std::uint32_t>> want(300);
  for (int step = 0; step < 40000; ++step) {
    const std::uint64_t h = random() % want.size();
    const std::uint64_t hash = h * 0x9E3779B97F4A7C15ULL;
    const auto text = static_cast<std::uint32_t>(random() % 40);
    if (want[h].contains(text)) {
      want[h].erase(text);
      EXPECT_EQ(postings.remove(hash, text), want[h].size());
    } else {
      want[h].insert(text);
      EXPECT_EQ(postings.add(hash, text), want[h].size());
    }
    if (want[h].size() == 5) postings.mark(hash, true);
    EXPECT_EQ(postings.count(hash), want[h].size());
    std::set<std::uint32_t> got;
    postings.each(hash, [&](std::uint32_t t) { got.insert(t); });
    EXPECT_EQ(got, want[h]);
  }
}

}  // namespace
}  // namespace twosource::reuse
