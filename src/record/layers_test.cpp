#include "record/layers.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "article/json.hpp"
#include "record/cell.hpp"
#include "record/columns.hpp"
#include "record/packed.hpp"
#include "record/record.hpp"
#include "record/test_record.hpp"
#include "text/utf8.hpp"

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

// --- columns ---

// Numbers of all kinds, missing and changing members, ids, places around and within places.
constexpr const char* kLines[] = {
    R"({"id":"k000v6rga9c9f","text":"Übung","n":1,"statements":[{"article":"a","start":0,"end":5,)"
    R"("speaker":null,"values":[{"start":2,"end":3,"value":"\"1\"\n"}]}],"why":""})",
    R"({"id":"k000v6rga9c9f","text":"am Hafen","n":-7,"statements":[{"article":"a","start":0,)"
    R"("end":5,"values":[]},{"article":"a","start":6,"end":14,"via":["dpa"],"values":[]}]})",
    R"({"id":"k0","text":"nirgends","n":9223372036854775807,"statements":[],"why":"x"})",
    R"([0.113300492610837,true,false,null,{},[],[[1]],"v01dtryfbbvqe","V01dtryfbbvqe"])",
    R"({"text":"b","article":"b","start":-4,"end":"?"})",
    R"("")",
};

std::string columns_of_lines() {
  ColumnsWriter writer([](std::string_view article, std::int64_t start, std::int64_t end) {
    const std::string_view text = "Übung am Hafen.";
    if (article != "a") return std::string_view();
    const Span s = utf8::OffsetIndex(text).bytes(
        Span{static_cast<std::uint32_t>(start), static_cast<std::uint32_t>(end)});
    return slice(text, s);
  });
  for (const char* line : kLines) writer.add(line[0] == '{' ? 1 : 6, Json::parse(line));
  return writer.take();
}

TEST(Columns, GiveBackEveryLine) {
  const std::optional<ColumnLines> lines = lines_of_columns(columns_of_lines());
  ASSERT_TRUE(lines);
  ASSERT_EQ(lines->ends.size(), std::size(kLines));
  ASSERT_EQ(lines->words.size(), 2U);  // what stands in the article is left to it
  EXPECT_EQ(lines->words[1].article, "a");
  EXPECT_EQ(lines->words[1].start, 6);
  EXPECT_EQ(lines->words[1].end, 14);
  std::string text = lines->text;
  text.insert(lines->words[1].at, R"("am Hafen")");
  text.insert(lines->words[0].at, R"("Übung")");
  std::string want;
  for (const char* line : kLines) want += dump_line(Json::parse(line)) + '\n';
  EXPECT_EQ(text, want);
}

TEST(Columns, RefuseWhatIsDamaged) {
  const std::string whole = columns_of_lines();
  for (std::size_t size = 0; size < whole.size(); ++size) {
    EXPECT_FALSE(lines_of_columns(whole.substr(0, size))) << size;
  }
  for (std::size_t at = 0; at < whole.size(); ++at) {  // nothing worse than other lines
    for (const char flip : {'\1', '\x10', '\x7F'}) {
      std::string other = whole;
      other[at] = static_cast<char>(other[at] ^ flip);
      (void)lines_of_columns(other);
    }
  }
}

TEST(Cells, KeepTheWordsOfTheVersionThatWasRead) {
  const TestFile file("cell_words");
  Record r(file.path(), Record::Mode::Write);
  r.add(test_article("a", "de", "", "Blatt", "2024-05-11", {"Ein Brand am Hafen."}));
  ColumnsWriter writer([](std::string_view, std::int64_t, std::int64_t) { return "Ein Brand"; });
  Json line = {{"text", "Ein Brand"}, {"article", "a"}, {"start", 0}, {"end", 9}};
  writer.add(1, line);
  Json header;
  header["texts"] = Json::array({Json::array({"a", text_hash("Ein Brand am Hafen.")})});
  writer.add(6, header);
  const std::string packed = pack_columns(writer.take());
  const auto text = [&] {
    Statement s(r.database(), "SELECT cell_line(?, 1) ->> 'text'");
    s.bind_blob(packed);
    return s.step() ? s.string(0) : std::string("?");
  };
  EXPECT_EQ(text(), "Ein Brand");
  r.add(test_article("a", "de", "", "Blatt", "2024-05-11", {"Zwei Brände am Hafen."}));
  r.add(test_article("b", "de", "", "Blatt", "2024-05-11", {"Etwas anderes."}));
  Record again(file.path(), Record::Mode::Read);  // a connection that knows nothing yet
  Statement s(again.database(), "SELECT cell_line(?, 1) ->> 'text', cell_line(x'00', 1)");
  s.bind_blob(packed);
  ASSERT_TRUE(s.step());
  EXPECT_EQ(s.text(0), "Ein Brand");
  EXPECT_EQ(s.text(1), "");
  EXPECT_FALSE(cell_header("nothing"));
}

}  // namespace layers_test
}  // namespace twosource::record
