#include "annotate/name/name.hpp"

#include <gtest/gtest.h>

#include <random>
#include <string>

#include "annotate/name/clusters.hpp"
#include "text/tokenizer.hpp"

namespace twosource::annotate {
namespace name_test {

const PackSet& packs() {
  static const PackSet kPacks = PackSet::builtin();
  return kPacks;
}

Article read(const char* language, const std::string& text, const char* published,
             std::vector<Timex> times = {}) {
  Article a;
  a.times = std::move(times);
  a.language = language;
  a.text = text;
  a.published.value = published;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t stop = std::min(text.find('\n', at), text.size());
    if (stop > at) a.paragraphs.push_back({make_span(at, stop), ParagraphKind::Body});
    at = stop + 1;
  }
  static const Tokenizer kGerman(packs().get("de"));
  static const Tokenizer kEnglish(packs().get("en"));
  static const NameTagger kGermanNames(packs(), packs().get("de"));
  static const NameTagger kEnglishNames(packs(), packs().get("en"));
  const bool english = a.language == "en";
  a.tokens = (english ? kEnglish : kGerman).run(a.text, paragraph_spans(a));
  NameLayer layer = (english ? kEnglishNames : kGermanNames).run(a);
  a.entities = std::move(layer.entities);
  a.mentions = std::move(layer.mentions);
  return a;
}

// Every mention as covered[kind letter]=TYPE:name, joined by "; "; names without a letter.
std::string render(const Article& a) {
  std::string out;
  for (const Mention& m : a.mentions) {
    if (!out.empty()) out += "; ";
    out += a.at(m.span);
    if (m.kind != MentionKind::Name) out += "[" + std::string(to_string(m.kind)) + "]";
    const Entity& e = a.entities[m.entity];
    out += "=" + std::string(to_string(e.type)) + ":" + e.name;
  }
  return out;
}

std::string roles(const Article& a) {
  std::string out;
  for (const Entity& e : a.entities) {
    for (const std::string& role : e.roles) {
      if (!out.empty()) out += "; ";
      out += e.name + "=" + role;
    }
  }
  return out;
}

// Want: parts that must all appear in the rendering; a part that starts with "!" must not.
void expect_parts(const std::string& have, std::string_view want) {
  while (!want.empty()) {
    const std::size_t bar = std::min(want.find(" | "), want.size());
    std::string_view part = want.substr(0, bar);
    want.remove_prefix(std::min(bar + 3, want.size()));
    const bool absent = part.starts_with('!');
    if (absent) part.remove_prefix(1);
    EXPECT_EQ(have.find(part) == std::string::npos, absent) << part << "\n in: " << have;
  }
}

struct Case {
  const char* name;
  const char* language;
  const char* text;
  const char* want;
  const char* published = "";
};
void PrintTo(const Case& c, std::ostream* os) { *os << c.text; }

#include "annotate/name/name_cases.inc"

class MentionTest : public testing::TestWithParam<Case> {};
TEST_P(MentionTest, FindsAndResolves) {
  const Case& c = GetParam();
  expect_parts(render(read(c.language, c.text, c.published)), c.want);
}
INSTANTIATE_TEST_SUITE_P(Names, MentionTest, testing::ValuesIn(kMentionCases),
                         [](const auto& row) { return std::string(row.param.name); });

class RoleTest : public testing::TestWithParam<Case> {};
TEST_P(RoleTest, ComeFromAppositions) {
  const Case& c = GetParam();
  expect_parts(roles(read(c.language, c.text, c.published)), c.want);
}
INSTANTIATE_TEST_SUITE_P(Names, RoleTest, testing::ValuesIn(kRoleCases),
                         [](const auto& row) { return std::string(row.param.name); });

// The table of offices is asked for the day that a sentence tells of.
TEST(NameTagger, KnowsTheOfficeHolderOfTheTimeTold) {
  const std::string text =
      "Bundeskanzler Olaf Scholz sprach über Helmut Kohl. Im Mai 1991 kam der Bundeskanzler "
      "nach Rom.";
  Timex told;
  told.span = make_span(text.find("Mai"), text.find("Mai 1991") + 8);
  told.value = "1991-05";
  const auto has = [](const Article& a, const char* what) {
    return render(a).find(what) != std::string::npos;
  };
  EXPECT_TRUE(has(read("de", text, "2023-02", {told}), "Bundeskanzler[role]=PER:Helmut Kohl"));
  EXPECT_TRUE(has(read("de", text, "2023-02"), "Bundeskanzler[role]=PER:Olaf Scholz"));
}

TEST(NameTagger, EmptyTextHasNoNames) { EXPECT_TRUE(read("de", "", "").mentions.empty()); }

// Whatever the bytes: spans lie in the text on token borders, ascend, and point to entities, whose
// ids count from e1 in order of first mention.
TEST(NameTagger, InvariantsHoldOnRandomText) {
  static constexpr const char* kPieces[] = {
      "Präsident ", "der ",    "US-Präsident ", "Donald ",    "Trump", " ",           "er ",
      "sagte ",     "Moskau ", "sei ",          ". ",         ", ",    "(",           "CDU)",
      "„",          "“",       "\xC3",          "\xFF",       "😀",    "\n",          "al-",
      "Assad ",     "Frau ",   "von ",          "der Leyen ", "und ",  "Amerikaner ", "'s ",
      "Dr. ",       "G20-",    "Gipfel ",       "USA "};
  std::mt19937 random(5);
  for (int round = 0; round < 1500; ++round) {
    std::string text;
    const std::size_t n = random() % 40;
    for (std::size_t i = 0; i < n; ++i) text += kPieces[random() % std::size(kPieces)];
    const Article a = read(round % 2 == 0 ? "de" : "en", text, round % 3 == 0 ? "2018" : "");
    Span last{};
    std::uint32_t seen = 0;
    for (const Mention& m : a.mentions) {
      ASSERT_LE(last, m.span);
      ASSERT_LT(m.span.begin, m.span.end);
      ASSERT_LE(m.span.end, text.size());
      const auto inside = [&](std::size_t at) {  // of a character
        return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U;
      };
      ASSERT_FALSE(inside(m.span.begin) || inside(m.span.end)) << text;
      ASSERT_LT(m.entity, a.entities.size());
      ASSERT_LE(m.entity, seen) << text;
      seen = std::max(seen, m.entity + 1);
      last = m.span;
    }
    for (std::size_t i = 0; i < a.entities.size(); ++i) {
      ASSERT_EQ(a.entities[i].id.substr(1), std::to_string(i + 1));
    }
  }
}

}  // namespace name_test
TEST(WordClusters, SayWhatAWordIs) {
  const PackSet packs = PackSet::builtin();
  const name::WordClusters words(packs.get("de").bytes("names.clusters"));
  EXPECT_TRUE(words.of("Glas").noun);
  EXPECT_TRUE(words.of("Bremerhaven").place);
  EXPECT_FALSE(words.of("Merkel").noun);
  EXPECT_EQ(words.of("Dass").common, 3);
  EXPECT_FALSE(words.of("Qwrtzpsdfg").known);
  EXPECT_FALSE(words.of("").known);
}

TEST(WordClusters, RefusesOtherFiles) {
  EXPECT_TRUE(name::WordClusters("").empty());
  const std::string good(PackSet::builtin().get("de").bytes("names.clusters"));
  EXPECT_THROW(name::WordClusters("TSWCxxxx"), PackError);
  EXPECT_THROW(name::WordClusters(good.substr(0, good.size() - 1)), PackError);
  EXPECT_THROW(name::WordClusters("TSNM" + good.substr(4)), PackError);
}

}  // namespace twosource::annotate
