#include "reuse/align.hpp"

#include <gtest/gtest.h>

#include "article/test_articles.hpp"

namespace twosource::reuse {
namespace align_test {

using testing_support::make_article;
using testing_support::SentenceMaker;

std::vector<Passage> passages(const Article& a, const Article& b) {
  const ShingledText x = shingle(a);
  const ShingledText y = shingle(b);
  std::vector<Passage> out;
  for (const WordPassage& p : align(x, y)) {
    out.push_back(in_bytes({{p.a_begin, p.a_end}, {p.b_begin, p.b_end}}, a, x, b, y));
  }
  return out;
}

struct Case {
  const char* name;
  const char* a;
  const char* b;
  const char* want;  // "text in a=text in b; …"
};
void PrintTo(const Case& c, std::ostream* os) { *os << c.name; }

constexpr Case kCases[] = {
    {"empty", "", "", ""},
    {"too_short", "Der Wagen stand still.", "Der Wagen stand still.", ""},
    {"nothing_shared", "Der Wagen stand seit gestern Abend still vor dem alten Tor.",
     "Niemand im Dorf hatte vor acht Uhr früh davon etwas gehört.", ""},
    {"whole", "Der Wagen stand seit gestern Abend still vor dem Tor.",
     "Der Wagen stand seit gestern Abend still vor dem Tor.",
     "Der Wagen stand seit gestern Abend still vor dem Tor="
     "Der Wagen stand seit gestern Abend still vor dem Tor; "},
    {"sharp_s_and_case", "Auf der Straße nach Großdorf sah man gestern Abend keinen Wagen.",
     "«AUF der Strasse nach Grossdorf sah man gestern Abend keinen Wagen»",
     "Auf der Straße nach Großdorf sah man gestern Abend keinen Wagen="
     "AUF der Strasse nach Grossdorf sah man gestern Abend keinen Wagen; "},
    {"one_word_edited",
     "Am Hafen lagen gestern vier Boote fest, weil der kräftige Wind sie nicht auf die See ließ.",
     "Am Hafen lagen gestern vier Boote fest, weil der böige Wind sie nicht auf die See ließ.",
     "Am Hafen lagen gestern vier Boote fest, weil der kräftige Wind sie nicht auf die See ließ="
     "Am Hafen lagen gestern vier Boote fest, weil der böige Wind sie nicht auf die See ließ; "},
    {"moved_block",
     "Die Brücke bleibt nach Angaben der Stadt bis Freitag gesperrt. Umleitungen führen über die "
     "alte Mühle und den Markt am Fluss.",
     "Umleitungen führen über die alte Mühle und den Markt am Fluss. Die Brücke bleibt nach "
     "Angaben "
     "der Stadt bis Freitag gesperrt.",
     "Die Brücke bleibt nach Angaben der Stadt bis Freitag gesperrt="
     "Die Brücke bleibt nach Angaben der Stadt bis Freitag gesperrt; "
     "Umleitungen führen über die alte Mühle und den Markt am Fluss="
     "Umleitungen führen über die alte Mühle und den Markt am Fluss; "},
};

class AlignTest : public testing::TestWithParam<Case> {};

TEST_P(AlignTest, FindsPassages) {
  const Article a = make_article("a", "", "", GetParam().a);
  const Article b = make_article("b", "", "", GetParam().b);
  std::string got;
  for (const Passage& p : passages(a, b)) {
    got.append(a.at(p.a)).append("=").append(b.at(p.b)).append("; ");
  }
  EXPECT_EQ(got, GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(Tables, AlignTest, testing::ValuesIn(kCases),
                         [](const auto& c) { return std::string(c.param.name); });

// Truth by construction: sentences of a shuffled into b between sentences of b's own.
TEST(AlignProperty, EveryCopiedSentenceIsCoveredAndNothingElse) {
  for (unsigned seed = 1; seed <= 30; ++seed) {
    SentenceMaker make(seed);
    std::vector<std::string> from_a;
    std::string text_a;
    for (int i = 0; i < 20; ++i) text_a += (from_a.emplace_back(make.sentence())) + " ";
    std::vector<std::pair<std::string, bool>> parts;
    for (int i = 0; i < 20; ++i) {
      const bool copied = make.random()() % 2 == 0;
      parts.emplace_back(copied ? from_a[static_cast<std::size_t>(i)] : make.sentence(), copied);
    }
    std::shuffle(parts.begin(), parts.end(), make.random());
    std::string text_b;
    std::vector<std::pair<Span, bool>> truth;
    for (const auto& [sentence, copied] : parts) {
      truth.emplace_back(make_span(text_b.size(), text_b.size() + sentence.size() - 1), copied);
      text_b += sentence + " ";
    }
    const Article a = make_article("a", "", "", text_a);
    const Article b = make_article("b", "", "", text_b);
    const std::vector<Passage> found = passages(a, b);
    for (const auto& [span, copied] : truth) {
      const bool covered = std::any_of(found.begin(), found.end(),
                                       [&](const Passage& p) { return p.b.contains(span); });
      EXPECT_EQ(covered, copied) << "seed " << seed << ": " << b.at(span);
    }
  }
}

TEST(AlignProperty, PassagesAreDisjointAndReadAlikeBackwards) {
  for (unsigned seed = 1; seed <= 30; ++seed) {
    std::mt19937 random(seed);
    const auto noise = [&] {  // few different words: many accidental repetitions
      std::string out;
      for (int i = 0; i < 300; ++i)
        out += std::string(1, static_cast<char>('a' + random() % 3)) + " ";
      return out;
    };
    const Article a = make_article("a", "", "", noise());
    const Article b = make_article("b", "", "", noise());
    std::vector<Passage> found = passages(a, b);
    for (std::size_t i = 1; i < found.size(); ++i) EXPECT_LE(found[i - 1].a.end, found[i].a.begin);
    std::sort(found.begin(), found.end(),
              [](const Passage& x, const Passage& y) { return x.b.begin < y.b.begin; });
    for (std::size_t i = 1; i < found.size(); ++i) EXPECT_LE(found[i - 1].b.end, found[i].b.begin);
  }
}

TEST(AlignProperty, RepetitiveTextStaysLinear) {
  std::string text;
  for (int i = 0; i < 200000; ++i) text += "na ";
  const Article a = make_article("a", "", "", text);
  EXPECT_LE(passages(a, a).size(), 1U);  // the time limit of the test runner is the check
}

}  // namespace align_test
}  // namespace twosource::reuse
