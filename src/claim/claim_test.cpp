#include "claim/claim.hpp"

#include <gtest/gtest.h>

#include "article/test_articles.hpp"
#include "claim/align.hpp"
#include "claim/grams.hpp"
#include "claim/lexicon.hpp"
#include "claim/quotations.hpp"
#include "claim/similarity.hpp"
#include "claim/units.hpp"
#include "claim/values.hpp"
#include "claim/verdict.hpp"

namespace twosource {
namespace claim_test {

using claim::SentenceUnit;

using testing_support::make_article;
using testing_support::packs;

// One event over the articles; every article's sentences have the origin at its place in `origins`.
Dossier dossier(std::vector<Article> articles, const std::vector<Origin>& origins) {
  Dossier d;
  d.articles = std::move(articles);
  d.origins = origins;
  Event event;
  event.id = "v1";
  for (std::uint32_t i = 0; i < d.articles.size(); ++i) {
    event.articles.push_back(i);
    d.entity_of.emplace_back(d.articles[i].entities.size());
    d.sentence_origins.emplace_back(d.articles[i].tokens.sentences.size());
    for (SentenceOrigin& s : d.sentence_origins.back()) s.origin = static_cast<std::int32_t>(i);
  }
  d.events = {event};
  return d;
}

Measure measure(const Article& a, const std::string& words, Unit unit, double value,
                std::string of) {
  Measure m;
  const std::size_t at = a.text.find(words);
  m.span = make_span(at, at + words.size());
  m.unit = unit;
  m.value = std::to_string(static_cast<int>(value));
  m.low = m.high = value;
  m.of = std::move(of);
  return m;
}

const Claim* claim_with(const Dossier& d, std::size_t statements) {
  for (const Claim& c : d.claims) {
    if (c.statements.size() == statements) return &c;
  }
  return nullptr;
}

constexpr const char* kOne =
    "Die Fähre rammte am Kai eine Mauer aus Beton. Der Kapitän wurde im Hafen von Ermittlern "
    "vernommen. Im Ort gab es abends ein Konzert.";
// Sentences that only one article has: without them the two would look like one text reworded.
constexpr const char* kMoreOne =
    " Die Bäckerei am Markt blieb geschlossen. Der Bürgermeister dankte den Helfern. Viele Kinder "
    "malten Bilder. Der Sommer war trocken. Die Ernte fiel schlecht aus. Im Museum hängt ein neues "
    "Gemälde. Nachbarn brachten Tee. Am Deich grasten Schafe. Der Chor sang zwei Lieder. Die Post "
    "kam spät. Ein Hund bellte lange. Das Wasser stieg langsam. Abends war es still. Die Glocken "
    "läuteten zum Gottesdienst. Der Bäcker erzählte von früher. Ein Maler strich den Zaun. Drei "
    "Boote lagen am Steg. Die Möwen kreisten.";
constexpr const char* kMoreTwo =
    " Die Schule feierte ihr Jubiläum. Ein Händler verkaufte Honig. Der Bus fuhr pünktlich. Im "
    "Rathaus tagte der Ausschuss. Die Feuerwehr übte Löschen. Auf dem Platz stand ein Zelt. Der "
    "Arzt kam aus der Stadt. Ein Geiger spielte Walzer. Die Brücke wird saniert. Der Wald ist "
    "gesperrt. Ein Lehrer ging in Rente. Die Bibliothek zieht um. Im Teich schwimmen Enten. Der "
    "Verein sucht Mitglieder. Das Kino zeigt Klassiker. Eine Imkerin hielt einen Vortrag. Die "
    "Straße bekommt Laternen. Der Winter kommt bald.";
constexpr const char* kTwo =
    "An der Mauer aus Beton am Kai endete die Fahrt: Die Fähre rammte sie. Ermittler haben den "
    "Kapitän im Hafen vernommen. Der Wetterdienst meldete starken Wind.";

TEST(BuildClaims, AlignsRewordedSentencesAndCountsOrigins) {
  Dossier d = dossier(
      {make_article("a", std::string(kOne) + kMoreOne),
       make_article("b", std::string(kTwo) + kMoreTwo)},
      {{"o1", OriginKind::Outlet, "A", "outlet:a"}, {"o2", OriginKind::Outlet, "B", "outlet:b"}});
  claim::build_claims(d, packs(), {});
  std::size_t confirmed = 0;
  for (const Claim& c : d.claims) {
    if (c.verdict == Verdict::Confirmed) ++confirmed;
    EXPECT_FALSE(c.why.empty());
    if (c.statements.size() > 1) {
      EXPECT_NE(c.statements[0].evidence.article, c.statements[1].evidence.article);
    }
  }
  EXPECT_EQ(confirmed, 2U);
}

TEST(BuildClaims, OneAgencyConfirmsNothing) {
  Dossier d = dossier(
      {make_article("a", kOne), make_article("b", kTwo)},
      {{"o1", OriginKind::Agency, "dpa", "agency:dpa"}, {"o2", OriginKind::Agency, "dpa", "x"}});
  for (auto& list : d.sentence_origins) {
    for (SentenceOrigin& s : list) s.origin = 0;
  }
  claim::build_claims(d, packs(), {});
  ASSERT_NE(claim_with(d, 2), nullptr);
  for (const Claim& c : d.claims) {
    if (c.statements.size() > 1) {
      EXPECT_EQ(c.verdict, Verdict::AgencyOnly);
      EXPECT_EQ(c.origins, 1U);
    }
  }
}

TEST(BuildClaims, UnknownOriginsNeverConfirm) {
  Dossier d =
      dossier({make_article("a", kOne), make_article("b", kTwo)},
              {{"o1", OriginKind::Unknown, "", "u1"}, {"o2", OriginKind::Unknown, "", "u2"}});
  claim::build_claims(d, packs(), {});
  for (const Claim& c : d.claims) EXPECT_NE(c.verdict, Verdict::Confirmed);
}

TEST(BuildClaims, AnArticleTwiceChangesNoVerdict) {
  const std::vector<Origin> origins = {{"o1", OriginKind::Outlet, "A", "outlet:a"},
                                       {"o2", OriginKind::Outlet, "B", "outlet:b"},
                                       {"o3", OriginKind::Outlet, "A", "outlet:a"}};
  Dossier d = dossier(
      {make_article("a", kOne), make_article("b", "Die Börse schloss mit leichten Gewinnen."),
       make_article("c", kOne)},
      origins);
  for (SentenceOrigin& s : d.sentence_origins[2]) s.origin = 0;
  claim::build_claims(d, packs(), {});
  for (const Claim& c : d.claims) EXPECT_NE(c.verdict, Verdict::Confirmed);
}

// Verdicts of the claims of several sentences, by their first words, sorted.
std::vector<std::string> verdicts(const Dossier& d) {
  std::vector<std::string> out;
  for (const Claim& c : d.claims) {
    if (c.statements.size() < 2) continue;
    std::vector<std::string> texts;
    for (const Statement& s : c.statements) {
      texts.emplace_back(d.articles[s.evidence.article].at(s.evidence.span));
    }
    std::sort(texts.begin(), texts.end());
    texts.erase(std::unique(texts.begin(), texts.end()), texts.end());
    std::string row(to_string(c.verdict));
    for (const std::string& t : texts) row += "|" + t;
    out.push_back(std::move(row));
  }
  std::sort(out.begin(), out.end());
  return out;
}

TEST(BuildClaims, OrderOfArticlesAndAnotherEventChangeNoVerdict) {
  const Article a = make_article("a", std::string(kOne) + kMoreOne);
  const Article b = make_article("b", std::string(kTwo) + kMoreTwo);
  const Origin oa{"o1", OriginKind::Outlet, "A", "outlet:a"};
  const Origin ob{"o2", OriginKind::Outlet, "B", "outlet:b"};
  Dossier one = dossier({a, b}, {oa, ob});
  Dossier other = dossier({b, a}, {ob, oa});
  Dossier more =
      dossier({a, b, make_article("c", "Die Börse schloss mit Gewinnen. Der Kapitän schwieg.")},
              {oa, ob, {"o3", OriginKind::Outlet, "C", "outlet:c"}});
  more.events[0].articles = {0, 1};
  more.events.push_back({});
  more.events[1].articles = {2};
  for (Dossier* d : {&one, &other, &more}) claim::build_claims(*d, packs(), {});
  ASSERT_FALSE(verdicts(one).empty());
  EXPECT_EQ(verdicts(one), verdicts(other));
  EXPECT_EQ(verdicts(one), verdicts(more));
}

TEST(BuildClaims, DifferentValuesContradictAndLaterOnesSupersede) {
  for (const bool next_day : {false, true}) {
    Article a = make_article(
        "a", "Bei dem Unglück am Kai wurden zwölf Passagiere verletzt. Es regnete stark.");
    Article b = make_article(
        "b", "Bei dem Unglück am Kai wurden siebzehn Passagiere verletzt. Abends gab es Musik.");
    a.measures = {measure(a, "zwölf", Unit::Count, 12, "Passagiere")};
    b.measures = {measure(b, "siebzehn", Unit::Count, 17, "Passagiere")};
    a.published = {"2024-10-15", DateSource::Meta};
    b.published = {next_day ? "2024-10-16" : "2024-10-15", DateSource::Meta};
    Dossier d = dossier({a, b}, {{"o1", OriginKind::Outlet, "A", "outlet:a"},
                                 {"o2", OriginKind::Outlet, "B", "outlet:b"}});
    claim::build_claims(d, packs(), {});
    const Claim* c = claim_with(d, 2);
    ASSERT_NE(c, nullptr);
    ASSERT_EQ(c->differences.size(), 1U);
    EXPECT_EQ(c->verdict, next_day ? Verdict::Superseded : Verdict::Contradicted);
    EXPECT_EQ(c->differences[0].slot, "count:Passagiere");
  }
}

TEST(BuildClaims, PlannedAndActualDoNotContradict) {
  Article a = make_article("a", "Das Gespräch der Minister im Schloss sollte 30 Minuten dauern.");
  Article b = make_article("b", "Das Gespräch der Minister im Schloss sollte 45 Minuten dauern.");
  a.measures = {measure(a, "30 Minuten", Unit::Duration, 1800, "Gespräch")};
  b.measures = {measure(b, "45 Minuten", Unit::Duration, 2700, "Gespräch")};
  a.measures[0].modality = Modality::Planned;
  Dossier d =
      dossier({a, b}, {{"o1", OriginKind::Outlet, "A", "a"}, {"o2", OriginKind::Outlet, "B", "b"}});
  claim::build_claims(d, packs(), {});
  for (const Claim& c : d.claims) EXPECT_TRUE(c.differences.empty());
}

TEST(BuildClaims, EmptyDossierIsFine) {
  Dossier d;
  claim::build_claims(d, packs(), {});
  EXPECT_TRUE(d.claims.empty());
}

// Verdict of a claim with one statement of each origin, of articles of their own (own: 1) or not.
Verdict verdict_of(const std::vector<OriginKind>& kinds, const claim::OwnTexts& own) {
  Dossier d;
  Claim c;
  for (std::uint32_t n = 0; n < kinds.size(); ++n) {
    Article a;
    a.id = "a" + std::to_string(n);
    d.articles.push_back(a);
    d.origins.push_back({"o", kinds[n], "n", "key" + std::to_string(n)});
    Statement s;
    s.evidence.article = n;
    s.origin = static_cast<std::int32_t>(n);
    c.statements.push_back(s);
  }
  claim::judge(d, c, claim::independent_voices(d, c, own), 2, true);
  return c.verdict;
}

TEST(OwnTexts, CountBesideSharedTextOnly) {
  using enum OriginKind;
  EXPECT_EQ(verdict_of({Outlet, Agency}, {1, 0}), Verdict::Confirmed);
  EXPECT_EQ(verdict_of({Outlet, Unknown, Unknown}, {1, 0, 0}), Verdict::Confirmed);
  EXPECT_EQ(verdict_of({Outlet, Outlet}, {1, 0}), Verdict::Confirmed);
  EXPECT_EQ(verdict_of({Outlet, Outlet}, {0, 0}), Verdict::SingleOutlet);
  EXPECT_EQ(verdict_of({Outlet, Agency}, {0, 0}), Verdict::SingleOutlet);
  EXPECT_EQ(verdict_of({Outlet, Unknown, Person}, {1, 0, 0}), Verdict::Confirmed);
  EXPECT_EQ(verdict_of({Outlet, Unknown, Anonymous, Anonymous, Anonymous}, {1, 0, 0, 0, 0}),
            Verdict::SingleOutlet);
  EXPECT_EQ(verdict_of({Outlet, Anonymous}, {1, 0}), Verdict::SingleOutlet);
  EXPECT_EQ(verdict_of({Unknown, Agency}, {0, 0}), Verdict::RelayedOnly);
}

struct VerdictCase {
  const char* name;
  std::vector<OriginKind> kinds;  // one statement each, all of different articles
  Verdict want;
  std::uint32_t origins;
};
void PrintTo(const VerdictCase& c, std::ostream* os) { *os << c.name; }
class VerdictTest : public testing::TestWithParam<VerdictCase> {};
TEST_P(VerdictTest, FollowsTheOrigins) {
  Dossier d;
  Claim c;
  for (const OriginKind kind : GetParam().kinds) {
    const auto n = static_cast<std::uint32_t>(d.origins.size());
    d.origins.push_back({"o" + std::to_string(n + 1), kind, "n", "key" + std::to_string(n)});
    Statement s;
    s.evidence.article = n;
    s.origin = static_cast<std::int32_t>(n);
    c.statements.push_back(s);
  }
  claim::judge(d, c, claim::independent_voices(d, c, {}), 2, true);
  EXPECT_EQ(c.verdict, GetParam().want);
  EXPECT_EQ(c.origins, GetParam().origins);
}
using enum OriginKind;
INSTANTIATE_TEST_SUITE_P(
    Verdict, VerdictTest,
    testing::Values(
        VerdictCase{"two_outlets", {Outlet, Outlet}, Verdict::Confirmed, 2},
        VerdictCase{"outlet_may_rest_on_the_agency", {Outlet, Agency}, Verdict::SingleOutlet, 1},
        VerdictCase{
            "outlets_may_rest_on_who_is_cited", {Outlet, Outlet, Person}, Verdict::SingleOutlet, 1},
        VerdictCase{"two_persons", {Person, Person}, Verdict::Confirmed, 2},
        VerdictCase{"person_may_speak_for_the_body", {Person, Authority}, Verdict::RelayedOnly, 1},
        VerdictCase{"authority_and_company", {Authority, Company}, Verdict::Confirmed, 2},
        VerdictCase{"two_agencies", {Agency, Agency}, Verdict::Confirmed, 2},
        VerdictCase{"agency_and_unknown", {Agency, Unknown}, Verdict::RelayedOnly, 1},
        VerdictCase{"agency", {Agency}, Verdict::AgencyOnly, 1},
        VerdictCase{"authority", {Authority}, Verdict::AuthorityOnly, 1},
        VerdictCase{"outlet", {Outlet}, Verdict::SingleOutlet, 1},
        VerdictCase{"unknown_twice", {Unknown, Unknown}, Verdict::RelayedOnly, 1},
        VerdictCase{"anonymous_twice", {Anonymous, Anonymous}, Verdict::RelayedOnly, 1},
        VerdictCase{"person", {Person}, Verdict::SingleOutlet, 1}),
    [](const auto& row) { return std::string(row.param.name); });

TEST(GroupUnits, AChainDoesNotSwallowStrangers) {
  std::vector<SentenceUnit> units(4);
  for (std::uint32_t i = 0; i < 4; ++i) units[i].article = i;
  const auto pair = [](std::uint32_t a, std::uint32_t b, double score) {
    return claim::Pair{a, b, score, 0};
  };
  const std::vector<claim::Pair> chain = {pair(0, 1, 0.9), pair(1, 2, 0.6), pair(2, 3, 0.9)};
  const auto groups = claim::group_units(units, chain, 0.4, 0.7);
  EXPECT_EQ(groups, (std::vector<std::vector<std::uint32_t>>{{0, 1}, {2, 3}}));
  EXPECT_TRUE(claim::group_units(units, {}, 0.4, 0.7).empty());
}

TEST(GroupUnits, ASentenceThatSaysTwoThingsStandsInBothGroups) {
  std::vector<SentenceUnit> units(5);
  for (std::uint32_t i = 0; i < 5; ++i) units[i].article = i;
  const std::vector<claim::Pair> pairs = {{0, 1, 0.9, 0}, {0, 2, 0.8, 0}, {1, 2, 0.8, 0},
                                          {2, 3, 0.6, 0}, {2, 4, 0.6, 0}, {3, 4, 0.9, 0}};
  using Groups = std::vector<std::vector<std::uint32_t>>;
  EXPECT_EQ(claim::group_units(units, pairs, 0.4, 0.5), (Groups{{0, 1, 2}, {2, 3, 4}}));
  EXPECT_EQ(claim::group_units(units, pairs, 0.4, 0.7), (Groups{{0, 1, 2}, {3, 4}}));
}

TEST(GroupUnits, SentencesOfOneArticleAreNeverAPair) {
  std::vector<SentenceUnit> units(3);
  units[2].article = 1;
  const std::vector<claim::Pair> pairs = {{0, 2, 0.9, 0}, {1, 2, 0.9, 0}};
  EXPECT_EQ(claim::group_units(units, pairs, 0.4, 0.7),
            (std::vector<std::vector<std::uint32_t>>{{0, 1, 2}}));
}

TEST(GramIndex, SeesCompoundsAndInflection) {
  Dossier d = dossier({make_article("a", "Der Waldbrand wütet. Ein Konzert begann. Überall Musik."),
                       make_article("b", "Die Waldbrände wüteten. Niemand kam. 12 %!")},
                      {{"o1", OriginKind::Own, "A", "a"}, {"o2", OriginKind::Own, "B", "b"}});
  const claim::Lexicons lexicons(packs());
  claim::UnitBuilder builder(d, lexicons);
  std::vector<SentenceUnit> units = builder.build(0);
  for (SentenceUnit& u : builder.build(1)) units.push_back(std::move(u));
  const claim::GramIndex grams(d, units);
  ASSERT_GE(units.size(), 5U);
  EXPECT_NEAR(grams.cosine(0, 0), 1, 1e-5);
  EXPECT_GT(grams.cosine(0, 3), 0.15);
  EXPECT_LT(grams.cosine(0, 1), 0.05);
  EXPECT_EQ(grams.cosine(0, 3), grams.cosine(3, 0));
  EXPECT_GT(grams.central(0), 0);
}

TEST(SameHead, JoinsInflectionAndCompounds) {
  EXPECT_TRUE(claim::same_head("verletzte", "verletzten"));
  EXPECT_TRUE(claim::same_head("schwerverletzte", "verletzte"));
  EXPECT_FALSE(claim::same_head("tote", "boote"));
  EXPECT_FALSE(claim::same_head("passagiere", "retter"));
}

TEST(CommonSubsequence, CountsWordsInOrder) {
  EXPECT_EQ(claim::common_subsequence({"a", "b", "c"}, {"a", "x", "c"}), 2U);
  EXPECT_EQ(claim::common_subsequence({}, {"a"}), 0U);
  EXPECT_EQ(claim::common_subsequence({"b", "a"}, {"a", "b"}), 1U);
}

TEST(GroupQuotations, JoinsWordingsOfOneSpeakerOnly) {
  Dossier d;
  d.articles = {make_article("a", "„Wir haben sehr lange über den Fisch geredet.“"),
                make_article("b", "\"Wir haben lange über Fisch geredet.\""),
                make_article("c", "»Wir haben sehr lange über den Fisch geredet.«")};
  for (std::uint32_t i = 0; i < 3; ++i) {
    Article& a = d.articles[i];
    a.entities = {{"e1", "X", EntityType::Person, {}, ""}};
    Quote q;
    q.span = make_span(0, a.text.size());
    q.parts = {q.span};
    q.speaker = 0;
    a.quotes = {q};
    d.entity_of.push_back({i == 2 ? 1U : 0U});
  }
  d.entities.resize(2);
  const auto groups = claim::group_quotations(d, claim::Lexicons(packs()));
  ASSERT_EQ(groups.size(), 2U);
  EXPECT_EQ(groups[0].variants.size(), 2U);
  EXPECT_EQ(groups[1].variants.size(), 1U);
}

TEST(Lexicon, KnowsSourcesByTheLastPartOfACompound) {
  const claim::Lexicons lexicons(packs());
  const claim::Lexicon& german = lexicons.of("de");
  EXPECT_EQ(german.source_kind("hafenbehörde"), OriginKind::Authority);
  EXPECT_EQ(german.source_kind("polizei"), OriginKind::Authority);
  EXPECT_EQ(german.source_kind("augenzeugen"), OriginKind::Anonymous);
  EXPECT_FALSE(german.source_kind("tisch"));
  EXPECT_EQ(german.source_base("wahlamts"), "wahlamt");
  EXPECT_EQ(german.source_base("landgerichtes"), "landgericht");
  EXPECT_EQ(german.source_base("polizei"), "polizei");
  EXPECT_EQ(german.source_base("polizeiangaben"), "polizei");
  EXPECT_EQ(german.source_base("gerichtssprecherin"), "gericht");
  EXPECT_EQ(german.source_base("ortsangaben"), "ortsangaben");
  EXPECT_EQ(german.source_base("tisches"), "tisches");
  EXPECT_TRUE(german.authority_role("Polizeisprecher"));
  EXPECT_FALSE(german.authority_role("Trainer"));
  ASSERT_FALSE(german.synonym_groups("waffenruh").empty());  // by stem
  EXPECT_EQ(german.synonym_groups("waffenruh")[0], german.synonym_groups("waffenstillstand")[0]);
}

}  // namespace claim_test
}  // namespace twosource
