#include "annotate/name/model.hpp"

#include <gtest/gtest.h>

#include <random>

#include "annotate/name/name.hpp"
#include "text/tokenizer.hpp"

namespace twosource::annotate {
namespace model_test {

using name::kLabels;
using name::Viterbi;
using Lanes = Viterbi::Lanes;

std::int32_t path_score(const Viterbi::Transitions& transitions, const std::vector<Lanes>& scores,
                        const std::vector<std::uint8_t>& labels) {
  std::int32_t sum = 0;
  std::uint8_t last = 0;
  for (std::size_t t = 0; t < labels.size(); ++t) {
    const std::uint8_t l = labels[t];
    if (l > 0 && l % 2 == 0 && last != l && last + 1 != l) return -1'000'000;
    sum += transitions[last][l] + (l == 0 ? 0 : scores[t][l - 1]);
    last = l;
  }
  return sum;
}

std::int32_t best_of_all(const Viterbi::Transitions& transitions, const std::vector<Lanes>& scores,
                         std::vector<std::uint8_t>& labels, std::size_t from) {
  if (from == labels.size()) return path_score(transitions, scores, labels);
  std::int32_t best = -1'000'000;
  for (std::uint8_t l = 0; l < kLabels; ++l) {
    labels[from] = l;
    best = std::max(best, best_of_all(transitions, scores, labels, from + 1));
  }
  return best;
}

TEST(Viterbi, FindsWhatTryingAllFinds) {
  std::mt19937 random(7);
  std::uniform_int_distribution<std::int32_t> transition(-200, 200);
  std::uniform_int_distribution<int> score(-600, 600);
  for (int round = 0; round < 300; ++round) {
    Viterbi::Transitions transitions{};
    for (auto& row : transitions) {
      for (auto& t : row) t = transition(random);
    }
    std::vector<Lanes> scores(1 + static_cast<std::size_t>(round) % 4);
    for (Lanes& lanes : scores) {
      for (int l = 0; l < 8; ++l) lanes[l] = static_cast<std::int16_t>(score(random));
    }
    Viterbi viterbi(transitions, 10'000);
    std::vector<std::uint8_t> labels(scores.size(), 99);
    viterbi.run(
        0, scores.size(), [&](std::size_t i) { return scores[i]; },
        [](std::size_t) { return (1U << kLabels) - 1U; }, labels);
    const std::int32_t found = path_score(transitions, scores, labels);
    ASSERT_EQ(found, best_of_all(transitions, scores, labels, 0)) << round;
  }
}

TEST(Viterbi, KeepsToAllowedLabels) {
  Lanes person = Lanes{} - 500;
  person[0] = 900;
  person[1] = 950;
  const std::vector<std::uint32_t> allowed = {1U, (1U << kLabels) - 1U, 0b101010101U, 1U,
                                              0b101010101U};
  Viterbi viterbi({}, 10'000);
  std::vector<std::uint8_t> labels(allowed.size());
  viterbi.run(
      0, labels.size(), [&](std::size_t) { return person; },
      [&](std::size_t i) { return allowed[i]; }, labels);
  EXPECT_EQ(labels, (std::vector<std::uint8_t>{0, 1, 2, 0, 0}));
}

TEST(Viterbi, StaysInBoundsAtTheLargestScores) {
  Lanes most = Lanes{} + Viterbi::kMostScore;
  Viterbi::Transitions transitions{};
  for (auto& row : transitions) row.fill(Viterbi::kMostTransition);
  Viterbi viterbi(transitions, 600);
  std::vector<std::uint8_t> labels(500);
  const auto all = [](std::size_t) { return (1U << kLabels) - 1U; };
  viterbi.run(
      0, labels.size(), [&](std::size_t i) { return i % 3 == 0 ? most : Lanes{} - most; }, all,
      labels);
  for (std::size_t i = 0; i < labels.size(); ++i) EXPECT_EQ(labels[i] == 0, i % 3 != 0) << i;
}

TEST(WordMemo, KeepsWhatComesOften) {
  name::WordMemo memo;
  const auto word = [](std::uint64_t key) {
    name::WordFacts facts;
    facts.key = key;
    facts.shape = static_cast<std::uint32_t>(key >> 32U);
    return facts;
  };
  const std::uint64_t often = (1ULL << 32U) | 1U;
  for (int i = 0; i < 5; ++i) memo.keep(word(often));
  for (std::uint64_t other = 2; other < 5; ++other) memo.keep(word((other << 32U) | 1U));
  ASSERT_NE(memo.find(often), nullptr);
  EXPECT_EQ(memo.find(often)->shape, 1U);
  EXPECT_EQ(memo.find((2ULL << 32U) | 1U), nullptr);
  for (int i = 0; i < 3; ++i) memo.keep(word((9ULL << 32U) | 1U));
  EXPECT_EQ(memo.find(often), nullptr);
  EXPECT_NE(memo.find((9ULL << 32U) | 1U), nullptr);
}

// What a tagger read before is of no weight for what it finds.
TEST(NameTagger, ReadsATextAlikeFirstOrLast) {
  static constexpr const char* kTexts[] = {
      "Die Präsidentin Maria Lindqvist traf in Oslo den Minister Ole Brand. Lindqvist lobte Brand.",
      "Ole und Maria kamen nach Brand. In Oslo brennt das Lager der Lindqvist AG.",
      "Brand: Maria Brand, 34, Chefin der Brand GmbH, sprach in Brand an der Havel.",
      "Das Lager und die Chefin. Die AG traf das Lager, der Minister lobte die Präsidentin."};
  const PackSet packs = PackSet::builtin();
  const Pack& pack = packs.get("de");
  const Tokenizer tokenizer(pack);
  const NameTagger warm(packs, pack);
  const auto read = [&](const NameTagger& tagger, const char* text) {
    Article a;
    a.language = "de";
    a.text = text;
    a.paragraphs.push_back({{0, static_cast<std::uint32_t>(a.text.size())}, ParagraphKind::Body});
    a.tokens = tokenizer.run(a.text, paragraph_spans(a));
    std::string out;
    for (const Mention& m : tagger.run(a).mentions) {
      out += std::string(a.at(m.span)) + "/" + std::to_string(m.entity) + " ";
    }
    return out;
  };
  for (int round = 0; round < 3; ++round) {
    for (const char* text : kTexts) static_cast<void>(read(warm, text));
  }
  for (const char* text : kTexts) EXPECT_EQ(read(warm, text), read(NameTagger(packs, pack), text));
}

TEST(Model, RefusesOtherFiles) {
  EXPECT_TRUE(name::Model("").empty());
  const std::string good(PackSet::builtin().get("de").bytes("names.model"));
  EXPECT_FALSE(name::Model(good).empty());
  EXPECT_THROW(name::Model("TSNM"), PackError);
  EXPECT_THROW(name::Model(good.substr(0, good.size() - 1)), PackError);
  EXPECT_THROW(name::Model("TSWC" + good.substr(4)), PackError);
  std::string other = good;
  other[4] = 1;  // an older version
  EXPECT_THROW(name::Model{other}, PackError);
  other = good;
  other[18] = 1;  // a transition of 65,536
  EXPECT_THROW(name::Model{other}, PackError);
}

}  // namespace model_test
}  // namespace twosource::annotate
