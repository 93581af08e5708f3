#include "record/layers.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "article/json.hpp"
#include "record/packed.hpp"
#include "record/test_record.hpp"

namespace twosource::record {
namespace layers_test {

// An article with something in every field.
Article full() {
  Article a = test_article("a", "de", "Zwölf kamen", "Blattgold", "2024-05-11",
                           {"Zwölf Menschen kamen um 10 Uhr, sagte Ada Berg.", "Es war kühl."});
  a.path.clear();
  a.url = "https://blattgold.example/a";
  a.publisher_group = "Gruppe";
  a.authors = {"Bo Lind", ""};
  a.modified = {"2024-05-12", DateSource::Visible};
  a.paragraphs.back().form = ParagraphForm::Row;
  a.dateline = "Hamburg";
  a.genre = "live";
  a.furniture = {{FurnitureKind::Caption, "Foto: Bo", 6}, {FurnitureKind::Other, "", 61}};
  a.agencies = {{"dpa", AgencyKind::Text, {0, 6}, -1}, {"AFP", AgencyKind::Photo, {}, 1}};
  a.extra = R"({"mine":1})";
  a.source = {{{0, 6}, {3, 14}}};
  a.times = {{{25, 31}, TimexType::Time, "T10", "APPROX", "EVERY", "1w", "T9", "T11", 6, -1},
             {{49, 51}, TimexType::Set, "", "", "", "", "", "", 0, 1}};
  a.measures.push_back({{0, 6},
                        Unit::Money,
                        "12 EUR",
                        "EUR",
                        11.5,
                        1e300,
                        Bound::Nearly,
                        Modality::Denied,
                        "Menschen",
                        {7, 15},
                        0.1});
  a.measures.push_back(
      {{25, 27}, Unit::Count, "10", "", -0.0, -3, Bound::Exact, Modality::Actual, "", {}, 1});
  a.entities = {{"e1", "Ada Berg", EntityType::Person, {"Sprecherin", "Frau"}, "f"},
                {"e2", "Ort", EntityType::Location, {}, ""}};
  a.mentions = {{{39, 47}, 0, MentionKind::Name}, {{49, 51}, 1, MentionKind::Metonym}};
  a.quotes = {
      {{0, 47}, {{0, 6}, {7, 15}}, QuoteKind::Free, 1, {39, 47}, {{33, 38}}, {1, 2}, {0, 1}},
      {{0, 6}, {{0, 6}}, QuoteKind::Direct, -1, {}, {}, {}, {}}};
  return a;
}

std::string shown(const Article& a) { return dump_line(article_to_json(a)); }

TEST(Layers, ComeBackAsTheyWere) {
  const Article a = full();
  const Result<Article> b = layers_from_bytes(layers_to_bytes(a), a.text);
  ASSERT_TRUE(b);
  EXPECT_EQ(shown(*b), shown(a));
  EXPECT_EQ(layers_to_bytes(*b), layers_to_bytes(a));
  const Result<Article> c = unpack_article(a.text, pack_layers(a), true);
  ASSERT_TRUE(c);
  EXPECT_EQ(shown(*c), shown(a));
  EXPECT_TRUE(unpack_article(a.text, pack_layers(a))->tokens.sentences.empty());
  EXPECT_EQ(shown(*unpack_article({}, pack_layers({}))), shown({}));
}

TEST(Layers, RefuseWhatIsDamaged) {
  const Article a = full();
  const std::string bytes = layers_to_bytes(a);
  for (std::size_t n = 0; n < bytes.size(); ++n) {
    EXPECT_FALSE(layers_from_bytes(bytes.substr(0, n), a.text)) << n;
    for (const unsigned flip : {1U, 64U, 128U, 255U}) {  // read or refused, never more
      std::string other = bytes;
      other[n] = static_cast<char>(static_cast<unsigned char>(other[n]) ^ flip);
      (void)layers_from_bytes(other, a.text);
    }
  }
  EXPECT_FALSE(layers_from_bytes(bytes + '\0', a.text));
  EXPECT_FALSE(layers_from_bytes(bytes, a.text.substr(0, 20)));
  EXPECT_FALSE(layers_from_bytes(bytes, "\xC3"));
  const std::string packed = pack_layers(a);
  EXPECT_FALSE(unpack_article(a.text, packed.substr(0, packed.size() - 1)));
  EXPECT_FALSE(unpack_article(a.text, {}));
}

}  // namespace layers_test
}  // namespace twosource::record
