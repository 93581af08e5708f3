#include "intake/archive.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <sstream>

#include "intake/http_message.hpp"
#include "intake/intake.hpp"
#include "intake/test_compression.hpp"

namespace twosource::intake {
namespace archive_test {

using testing_support::brotli;
using testing_support::compressed;
using testing_support::gzip;

std::string warc(std::string_view type, std::string_view uri, std::string_view content_type,
                 std::string_view block) {
  return fmt::format(
      "WARC/1.0\r\nWARC-Type: {}\r\nWARC-Target-URI: {}\r\nWARC-Date: 2021-03-04T05:06:07Z\r\n"
      "Content-Type: {}\r\nContent-Length: {}\r\n\r\n{}\r\n\r\n",
      type, uri, content_type, block.size(), block);
}
std::string answer(std::string_view head, std::string_view body) {
  return fmt::format("HTTP/1.1 200 OK\r\n{}\r\n\r\n{}", head, body);
}
const std::string kPage = "<html><body><p>Die Fähre legt wieder an.</p></body></html>";
std::string page_record(std::string_view uri) {
  return warc("response", uri, "application/http; msgtype=response",
              answer("Content-Type: text/html; charset=utf-8", kPage));
}

struct Got {
  std::vector<RawDocument> documents;
  std::string said;  // reasons of refusals, a line each
  std::string notes;
};
Got read(const std::string& bytes, Options options = {}) {
  Got got;
  std::istringstream in(bytes);
  read_inputs(
      {"-"}, options, in, [&](RawDocument&& d) { got.documents.push_back(std::move(d)); },
      [&](const Skipped& s) {
        (s.effect == Effect::Noted ? got.notes : got.said) += s.path + " " + s.reason + "\n";
      });
  return got;
}

TEST(Warc, PagesComeWithTheirAddress) {
  const Got got =
      read(warc("warcinfo", "", "application/warc-fields", "software: x\r\n") +
           page_record("https://a.example/1") +
           warc("request", "https://a.example/1", "application/http", "GET / HTTP/1.1") +
           warc("revisit", "https://a.example/1", "application/http", "HTTP/1.1 200 OK"));
  ASSERT_EQ(got.documents.size(), 1U);
  EXPECT_EQ(got.documents[0].url, "https://a.example/1");
  EXPECT_EQ(got.documents[0].path, "-:2");
  EXPECT_EQ(got.documents[0].body, kPage);
  EXPECT_EQ(got.documents[0].content, Content::Html);
  EXPECT_EQ(got.documents[0].extra, R"({"fetched":"2021-03-04T05:06:07Z"})");
  EXPECT_EQ(got.said, "");
  EXPECT_EQ(got.notes, "- 4 records, 1 with a page, 1 request, 1 revisit, 1 warcinfo\n");
}

TEST(Warc, RecordsInGzipMembersAndABrokenOneBetween) {
  const std::string good = gzip(page_record("https://a.example/1"));
  std::string broken = gzip(page_record("https://a.example/2"));
  for (std::size_t i = 40; i < 60; ++i) broken[i] = static_cast<char>(~broken[i]);
  const std::string last = gzip(page_record("https://a.example/3"));
  const Got got = read(good + broken + last);
  ASSERT_EQ(got.documents.size(), 2U) << got.said;
  EXPECT_EQ(got.documents[1].url, "https://a.example/3");
  EXPECT_NE(got.said, "");
}

TEST(Warc, RubbishBetweenMembersLosesNothingAround) {
  const Got got = read(gzip(page_record("https://a.example/1")) + std::string(100000, 'x') +
                       gzip(page_record("https://a.example/2")));
  EXPECT_EQ(got.documents.size(), 2U);
}

TEST(Warc, CutShortRecordIsNamed) {
  const std::string whole = page_record("https://a.example/1") + page_record("https://a.example/2");
  const Got got = read(whole.substr(0, whole.size() - 20));
  EXPECT_EQ(got.documents.size(), 1U);
  EXPECT_NE(got.said.find("-:2 record cut short"), std::string::npos) << got.said;
}

TEST(Warc, LargeRecordsArePassedOver) {
  Options options;
  options.max_document_bytes = 4096;
  const std::string big = answer("Content-Type: text/html", std::string(10000, 'x'));
  const Got got = read(warc("response", "https://a.example/1", "application/http", big) +
                           page_record("https://a.example/2"),
                       options);
  EXPECT_EQ(got.documents.size(), 1U);
  EXPECT_NE(got.said.find("record larger than"), std::string::npos) << got.said;
}

TEST(Warc, OtherStatusAndOtherKindsAreCounted) {
  const Got got = read(warc("response", "https://a.example/1", "application/http",
                            "HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n" + kPage) +
                       warc("response", "https://a.example/2", "application/http",
                            answer("Content-Type: image/png", "\x89PNG")) +
                       warc("resource", "https://a.example/3", "text/html; charset=iso-8859-1",
                            "<html><body><p>Die F\xE4hre legt ab.</p></body></html>"));
  ASSERT_EQ(got.documents.size(), 1U);
  EXPECT_NE(got.documents[0].body.find("Fähre"), std::string::npos);
  EXPECT_NE(got.notes.find("1 of other kinds, 1 with another status"), std::string::npos)
      << got.notes;
}

TEST(Arc, HeadsWithBlanksInAddresses) {
  const std::string block = answer("Content-Type: text/html", kPage);
  const std::string version = "1 0 Example\nURL IP-address Archive-date Content-type length\n\n";
  const Got got =
      read(fmt::format("filedesc://x.arc 0.0.0.0 20140216012908 text/plain {}\n{}\n",
                       version.size(), version) +
           fmt::format("http://a.example/a b 93.184.216.119 20140216050221 text/html {}\n{}\n",
                       block.size(), block) +
           "http://a.example/lost 1.2.3.4 nodate text/html 7\nrubbish\n" +
           fmt::format("http://a.example/c 93.184.216.119 20140216050221 text/html {}\n{}\n",
                       block.size(), block));
  ASSERT_EQ(got.documents.size(), 2U) << got.said;
  EXPECT_EQ(got.documents[0].url, "http://a.example/a b");
  EXPECT_EQ(got.documents[1].url, "http://a.example/c");
  EXPECT_NE(got.said.find("-:3 record head that cannot be read"), std::string::npos) << got.said;
}

struct PayloadCase {
  const char* name;
  std::string head;
  std::string body;
  const char* want;  // nullptr: refused
};
void PrintTo(const PayloadCase& c, std::ostream* os) { *os << c.name; }
class HttpPayload : public testing::TestWithParam<PayloadCase> {};
TEST_P(HttpPayload, IsOpened) {
  const std::string bytes = answer(GetParam().head, GetParam().body);
  const auto message = parse_http(bytes);
  ASSERT_TRUE(message);
  const auto payload = http_payload(*message, 1U << 20U, 200);
  if (GetParam().want == nullptr) {
    EXPECT_FALSE(payload);
  } else {
    ASSERT_TRUE(payload) << payload.error().message;
    EXPECT_EQ(*payload, GetParam().want);
  }
}
INSTANTIATE_TEST_SUITE_P(
    Bodies, HttpPayload,
    testing::ValuesIn(std::vector<PayloadCase>{
        {"Plain", "A: b", "page", "page"},
        {"Chunked", "Transfer-Encoding: chunked", "4\r\npage\r\n3;x=y\r\n of\r\n0\r\n\r\n",
         "page of"},
        {"CalledChunkedAndNot", "Transfer-Encoding: chunked", "<p>page", "<p>page"},
        {"ChunkCutShort", "Transfer-Encoding: chunked", "4\r\npage\r\nff\r\nrest", "pagerest"},
        {"HugeChunk", "Transfer-Encoding: chunked", "ffffffffffffffff\r\npage", "page"},
        {"Gzip", "Content-Encoding: gzip", gzip("page"), "page"},
        {"GzipOpenedBefore", "Content-Encoding: gzip", "<p>page", "<p>page"},
        {"ChunkedGzip", "Content-Encoding: gzip\r\nTransfer-Encoding: chunked",
         fmt::format("{:x}\r\n{}\r\n0\r\n\r\n", gzip("page").size(), gzip("page")), "page"},
        {"Deflate", "Content-Encoding: deflate", compressed("page", 15), "page"},
        {"BareDeflate", "Content-Encoding: deflate", compressed("page", -15), "page"},
        {"BrokenGzip", "Content-Encoding: gzip", gzip("page").substr(0, 14), nullptr},
        {"Brotli", "Content-Encoding: br", brotli("page"), "page"},
        {"BrokenBrotli", "Content-Encoding: br",
         brotli(std::string(300, 'x') + "page").substr(0, 9), nullptr},
        {"BrotliThatGrowsTooMuch", "Content-Encoding: br", brotli(std::string(4U << 20U, ' ')),
         nullptr},
        {"BrotliOpenedBefore", "Content-Encoding: br", " <p>page", " <p>page"},
        {"TooLarge", "Content-Encoding: gzip", gzip(std::string(2U << 20U, 'x')), nullptr},
    }),
    [](const auto& c) { return std::string(c.param.name); });

TEST(Http, HeadsAreReadLeniently) {
  const auto m = parse_http("HTTP/1.0 200\ncontent-TYPE: Text/HTML; Charset=\"UTF-8\"\n\nbody");
  ASSERT_TRUE(m);
  EXPECT_EQ(m->status, 200);
  EXPECT_EQ(m->type, "text/html");
  EXPECT_EQ(m->charset, "utf-8");
  EXPECT_EQ(m->body, "body");
  EXPECT_FALSE(parse_http("GET / HTTP/1.1\r\n\r\n"));
  EXPECT_FALSE(parse_http("HTTP/1.1 200 OK\r\nA: b"));
}

}  // namespace archive_test
}  // namespace twosource::intake
