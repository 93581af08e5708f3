#include "intake/intake.hpp"

#include <gtest/gtest.h>
#include <unistd.h>
#include <zstd.h>

#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>

#include "intake/test_compression.hpp"
#include "text/utf8.hpp"

namespace twosource::intake {
namespace intake_test {
namespace fs = std::filesystem;
using testing_support::gzip;

struct Got {
  std::vector<RawDocument> documents;
  std::vector<Skipped> skipped;
};

Got read(const std::vector<std::string>& inputs, Options options = {}, std::string input = {}) {
  Got got;
  std::istringstream in(std::move(input));
  read_inputs(
      inputs, options, in, [&](RawDocument&& d) { got.documents.push_back(std::move(d)); },
      [&](const Skipped& s) { got.skipped.push_back(s); });
  return got;
}

std::string zstd(const std::string& text) {
  std::string out(ZSTD_compressBound(text.size()), '\0');
  out.resize(ZSTD_compress(out.data(), out.size(), text.data(), text.size(), 3));
  return out;
}

std::string utf16le(std::string_view ascii) {
  std::string out;
  for (const char c : ascii) out += {c, '\0'};
  return out;
}

// One document from bytes: what becomes of it.
struct Case {
  const char* name;
  std::string bytes;
  const char* body;    // nullptr: refused
  const char* reason;  // part of what is said about it; "" when nothing is
  Effect effect = Effect::Noted;
};
void PrintTo(const Case& c, std::ostream* os) { *os << c.name; }

const Case kCases[] = {
    {"plain", "Guten Tag.", "Guten Tag.", ""},
    {"umlauts", "Grüße", "Grüße", ""},
    {"byte_order_mark", "\xEF\xBB\xBFGr\xC3\xBC\xC3\x9F", "Grüß", ""},
    {"latin1",
     "Die Br\xFC"
     "cke bei K\xF6ln ist offen.",
     "Die Brücke bei Köln ist offen.", "decoded as windows-1252"},
    {"windows_quotes",
     "Er sagte: \x84Nein\x93 und ging \xFC"
     "ber die Stra\xDF"
     "e.",
     "Er sagte: „Nein“ und ging über die Straße.", "windows-1252"},
    {"utf16_mark", "\xFF\xFE" + utf16le("Hallo Welt"), "Hallo Welt", ""},
    {"utf16_bare", utf16le("Hallo Welt"), "Hallo Welt", "UTF-16LE"},
    {"broken_utf8",
     "Gr\xC3\xBC\xC3\x9F"
     "e \xFF aus K\xC3\xB6ln",
     "Grüße \xEF\xBF\xBD aus Köln", "1 ill-formed", Effect::Altered},
    {"one_zero", std::string("ab\0cd", 5),
     "ab\xEF\xBF\xBD"
     "cd",
     ""},
    {"gzip", gzip("Guten Tag."), "Guten Tag.", ""},
    {"gzip_twice", gzip(gzip("Guten Tag.")), "Guten Tag.", ""},
    {"gzip_members", gzip("Guten ") + gzip("Tag."), "Guten Tag.", ""},
    {"gzip_padding", gzip("Guten Tag.") + std::string(100, '\0'), "Guten Tag.", ""},
    {"zstd", zstd("Guten Tag."), "Guten Tag.", ""},
    {"zstd_frames", zstd("Guten ") + zstd("Tag."), "Guten Tag.", ""},
    {"empty", "", nullptr, "empty", Effect::Refused},
    {"blank", " \n\t ", nullptr, "white space", Effect::Refused},
    {"png", "\x89PNG\r\n\x1a\nxxxx", nullptr, "PNG", Effect::Refused},
    {"jpeg", "\xff\xd8\xff\xe0xxxx", nullptr, "JPEG", Effect::Refused},
    {"pdf", "%PDF-1.7 xxxx", nullptr, "PDF", Effect::Refused},
    {"zip", "PK\3\4xxxx", nullptr, "ZIP", Effect::Refused},
    {"zeros", std::string(5000, '\0'), nullptr, "zero bytes", Effect::Refused},
    {"controls", std::string(300, '\x01') + "abc", nullptr, "control", Effect::Refused},
    {"gzip_truncated", gzip(std::string(3000, 'x') + "y").substr(0, 20), nullptr, "truncated gzip",
     Effect::Refused},
    {"zstd_truncated", zstd("Guten Tag, guten Weg.").substr(0, 14), nullptr, "truncated zstd",
     Effect::Refused},
    {"gzip_broken", gzip("Guten Tag.").substr(0, 10) + "\xff\xff\xff\xff", nullptr, "gzip",
     Effect::Refused},
    {"bomb", gzip(std::string(4 << 20, 'x')), nullptr, "200-fold", Effect::Refused},
    {"feed", "<?xml version=\"1.0\"?><rss><channel/></rss>", nullptr, "feed", Effect::Refused},
    {"json_line_broken", "{\"text\": \"a\"", nullptr, "not JSON", Effect::Refused},
};

class DocumentTest : public testing::TestWithParam<Case> {};
TEST_P(DocumentTest, IsReadOrNamed) {
  const Case& c = GetParam();
  const Got got = read({"-"}, {}, c.bytes);
  ASSERT_EQ(got.documents.size(), c.body == nullptr ? 0U : 1U);
  if (c.body != nullptr) {
    EXPECT_EQ(got.documents[0].body, c.body);
  }
  ASSERT_EQ(got.skipped.size(), *c.reason == '\0' ? 0U : 1U);
  if (*c.reason != '\0') {
    EXPECT_NE(got.skipped[0].reason.find(c.reason), std::string::npos) << got.skipped[0].reason;
    EXPECT_EQ(got.skipped[0].effect, c.effect);
  }
}
INSTANTIATE_TEST_SUITE_P(Bytes, DocumentTest, testing::ValuesIn(kCases),
                         [](const auto& c) { return std::string(c.param.name); });

std::string repeat(const std::string& s, int n) {
  std::string out;
  for (int i = 0; i < n; ++i) out += s;
  return out;
}

struct PageCase {
  const char* name;
  std::string html;
  const char* reason;  // "" when the page may be parsed
};
void PrintTo(const PageCase& c, std::ostream* os) { *os << c.name; }
const PageCase kPages[] = {
    {"ordinary", "<html><body><p>Ja</p></body></html>", ""},
    {"nested", "<html>" + repeat("<div>", 100000) + "x", "nested"},
    {"nested_closed", "<html>" + repeat("<div>", 3000) + "x" + repeat("</div>", 3000), "nested"},
    {"many_paragraphs", "<html>" + repeat("<p>x", 100000), ""},
    {"many_items", "<html><ul>" + repeat("<li>x<b>y</b>", 100000), ""},
    {"many_rows", "<html><table>" + repeat("<tr><td>x<td>y", 50000), ""},
    {"many_links", "<html>" + repeat("<p><a href=x>y</p>", 20000), ""},
    {"end_tag_inside_cell", "<html>" + repeat("<div><table><td></div>", 5000), "nested"},
    {"formatting_around_blocks", "<html>" + repeat("<b><div></b>", 5000), "nested"},
    {"ordinary_around_blocks", "<html>" + repeat("<span><div></span>", 5000), "nested"},
    {"in_script", "<html><script>" + repeat("<div>", 5000) + "</script>x", ""},
    {"in_comment", "<html><!--" + repeat("<div>", 5000) + "-->x", ""},
    {"attributes", "<html><p " + repeat("a=1 ", 5000) + ">x", "attributes"},
};
class PageTest : public testing::TestWithParam<PageCase> {};
TEST_P(PageTest, IsFenced) {
  const Got got = read({"-"}, {}, GetParam().html);
  const std::string reason = got.skipped.empty() ? "" : got.skipped[0].reason;
  EXPECT_EQ(got.documents.empty(), *GetParam().reason != '\0') << reason;
  EXPECT_NE(reason.find(GetParam().reason), std::string::npos) << reason;
}
INSTANTIATE_TEST_SUITE_P(Html, PageTest, testing::ValuesIn(kPages),
                         [](const auto& c) { return std::string(c.param.name); });

TEST(Fence, RefusesFormattingThatAParserWouldRepeatWithoutEnd) {
  std::string html = "<html><p>";
  for (int i = 0; i < 400; ++i) html += "<font size=" + std::to_string(i) + ">";
  html += repeat("<p>x", 40000);
  const Got got = read({"-"}, {}, html);
  ASSERT_EQ(got.skipped.size(), 1U);
  EXPECT_NE(got.skipped[0].reason.find("unclosed"), std::string::npos);
}

TEST(Jsonl, ReadsFieldsAndKeepsTheRest) {
  const Got got = read({"-"}, {},
                       "{\"id\": 7, \"text\": \"a\\u00fcb\", \"url\": null, \"authors\": \"Eva\","
                       " \"published\": \"2017-07\", \"x\": {\"y\": [1, null]}}\n"
                       "\n"
                       "{\"html\": \"<p>a</p>\", \"authors\": [\"A\", \"B\"]}\n");
  ASSERT_EQ(got.documents.size(), 2U);
  EXPECT_EQ(got.documents[0].id, "7");
  EXPECT_EQ(got.documents[0].body, "aüb");
  EXPECT_EQ(got.documents[0].published, "2017-07");
  EXPECT_EQ(got.documents[0].authors, std::vector<std::string>{"Eva"});
  EXPECT_EQ(got.documents[0].extra, "{\"x\":{\"y\":[1,null]}}");
  EXPECT_EQ(got.documents[1].id, "stdin:3");
  EXPECT_EQ(got.documents[1].content, Content::Html);
  EXPECT_EQ(got.documents[1].authors.size(), 2U);
}

TEST(Jsonl, NamesTheLineOfWhatItRefuses) {
  Options options;
  options.format = Format::Jsonl;
  const Got got = read({"-"}, options,
                       "{\"text\": \"a\"}\n{\"text\": 5}\n[1]\n{\"id\": \"x\"}\n"
                       "{\"text\": \"a\", \"html\": \"b\"}\n{\"text\": \"z\"}");
  EXPECT_EQ(got.documents.size(), 2U);
  ASSERT_EQ(got.skipped.size(), 4U);
  EXPECT_EQ(got.skipped[0].path, "-:2");
  EXPECT_EQ(got.skipped[3].path, "-:5");
}

TEST(Jsonl, PassesOverALineBeyondTheBound) {
  Options options;
  options.format = Format::Jsonl;
  options.max_document_bytes = 1U << 16U;
  const std::string huge = "{\"text\": \"" + std::string(2U << 20U, 'x') + "\"}\n";
  const Got got = read({"-"}, options, "{\"text\": \"a\"}\n" + huge + "{\"text\": \"b\"}\n");
  EXPECT_EQ(got.documents.size(), 2U);
  ASSERT_EQ(got.skipped.size(), 1U);
  EXPECT_EQ(got.skipped[0].path, "-:2");
}

class FolderTest : public testing::Test {
 protected:
  void SetUp() override {
    root_ =
        fs::temp_directory_path() / ("twosource-intake-" + std::to_string(::getpid()) + "-" +
                                     testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::create_directories(root_ / "b");
  }
  void TearDown() override { fs::remove_all(root_); }
  void file(const std::string& name, const std::string& bytes) {
    std::ofstream(root_ / name, std::ios::binary) << bytes;
  }
  fs::path root_;
};

TEST_F(FolderTest, IsWalkedInNameOrderWithoutHiddenFilesAndLoops) {
  file("c.txt", "c");
  file("a.txt", "a");
  file("b/x.txt", "bx");
  file(".hidden", "h");
  fs::create_directory_symlink(root_, root_ / "b" / "loop");
  const Got got = read({root_.string()});
  ASSERT_EQ(got.documents.size(), 3U);
  EXPECT_EQ(got.documents[0].body, "a");
  EXPECT_EQ(got.documents[1].body, "bx");
  EXPECT_EQ(got.documents[2].body, "c");
  EXPECT_TRUE(got.skipped.empty());
}

TEST_F(FolderTest, ClashingIdsDoNotDependOnOrder) {
  file("a.txt", "1");
  file("b/a.html", "2");
  const std::string one = (root_ / "a.txt").string();
  const std::string two = (root_ / "b/a.html").string();
  const Got forth = read({one, two});
  const Got back = read({two, one});
  ASSERT_EQ(forth.documents.size(), 2U);
  EXPECT_NE(forth.documents[0].id, forth.documents[1].id);
  EXPECT_EQ(forth.documents[0].id, back.documents[1].id);
  EXPECT_EQ(forth.documents[1].id, back.documents[0].id);
}

TEST_F(FolderTest, JsonlNamesFilesRelativeToItself) {
  file("b/x.txt", "x");
  file("list.jsonl", "{\"id\": \"one\", \"file\": \"b/x.txt\"}\n{\"file\": \"none.txt\"}\n");
  const Got got = read({(root_ / "list.jsonl").string()});
  ASSERT_EQ(got.documents.size(), 1U);
  EXPECT_EQ(got.documents[0].id, "one");
  EXPECT_EQ(got.documents[0].body, "x");
  EXPECT_EQ(got.skipped.size(), 1U);
}

TEST_F(FolderTest, MissingInputIsNamed) {
  const Got got = read({(root_ / "none").string()});
  EXPECT_EQ(got.skipped.size(), 1U);
}

TEST(Random, AnyBytesEndAsUtf8OrNamed) {
  std::mt19937 random(7);
  for (int round = 0; round < 400; ++round) {
    std::string bytes(random() % 600, '\0');
    const unsigned top = round % 2 == 0 ? 256U : 200U;
    for (char& c : bytes) c = static_cast<char>(random() % top);
    if (round % 3 == 0) bytes.insert(0, "<html><meta charset=\"iso-2022-jp\">");
    const Got got = read({"-"}, {}, bytes);
    EXPECT_TRUE(!got.documents.empty() || !got.skipped.empty());
    for (const RawDocument& d : got.documents) EXPECT_TRUE(utf8::valid(d.body));
  }
}

}  // namespace intake_test
}  // namespace twosource::intake
