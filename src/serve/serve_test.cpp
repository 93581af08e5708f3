#include <gtest/gtest.h>

#include <random>

#include "serve/access.hpp"
#include "serve/cache.hpp"
#include "serve/skin.hpp"
#include "serve/url.hpp"
#include "text/pack.hpp"

namespace twosource::serve {
namespace serve_test {

struct Decoded {
  const char* text;
  const char* want;  // null: refused
};
constexpr Decoded kDecoded[] = {
    {"", ""},         {"abc", "abc"},         {"a%20b", "a b"},
    {"a+b", "a b"},   {"%C3%9C", "Ü"},        {"%2f", "/"},
    {"%2F%2E", "/."}, {"%", nullptr},         {"%4", nullptr},
    {"%zz", nullptr}, {"a%00b", nullptr},     {"%C3", nullptr},
    {"%ff", nullptr}, {"%ED%A0%80", nullptr}, {"%3Cscript%3E", "<script>"},
};

TEST(Url, Decodes) {
  for (const Decoded& c : kDecoded) {
    const auto got = percent_decode(c.text, true);
    ASSERT_EQ(got.has_value(), c.want != nullptr) << c.text;
    if (got) {
      EXPECT_EQ(*got, c.want) << c.text;
    }
  }
}

TEST(Url, EncodingIsUndoneByDecoding) {
  std::mt19937 random(7);
  for (int round = 0; round < 200; ++round) {
    std::string text;
    for (auto n = random() % 40; n > 0; --n) text += static_cast<char>(1 + random() % 127);
    text += "ä€😀";
    const std::string encoded = percent_encode(text);
    EXPECT_EQ(encoded.find_first_of("<>\"'&?#/ \n"), std::string::npos);
    EXPECT_EQ(percent_decode(encoded), text);
  }
}

struct PathCase {
  const char* path;
  const char* want;  // segments joined with '|'; null: refused
};
constexpr PathCase kPaths[] = {
    {"/", ""},
    {"/claims/k1", "claims|k1"},
    {"/claims/", "claims"},
    {"/articles/a%2Fb%20c", "articles|a/b c"},
    {"/a//b", nullptr},
    {"", nullptr},
    {"claims", nullptr},
    {"/..", nullptr},
    {"/a/../b", nullptr},
    {"/%2e%2e/etc/passwd", nullptr},
    {"/a/%2E", nullptr},
    {"/a%0d%0aSet-Cookie", nullptr},
    {"/%", nullptr},
    {"/1/2/3/4/5/6/7/8", "1|2|3|4|5|6|7|8"},
    {"/1/2/3/4/5/6/7/8/9", nullptr},
};

TEST(Url, PathsHaveSegmentsThatLeadNowhereElse) {
  for (const PathCase& c : kPaths) {
    const auto got = parse_path(c.path);
    ASSERT_EQ(got.has_value(), c.want != nullptr) << c.path;
    if (!got) continue;
    std::string joined;
    for (const std::string& s : *got) joined += (joined.empty() ? "" : "|") + s;
    EXPECT_EQ(joined, c.want);
  }
}

TEST(Url, Fields) {
  const auto f = parse_fields("a=1&b=x+y&a=2&c&d=%26%3D&n=99999999999999999999&m=-1");
  ASSERT_TRUE(f);
  EXPECT_EQ((*f)["a"], "1");
  EXPECT_EQ((*f)["b"], "x y");
  EXPECT_EQ((*f)["d"], "&=");
  EXPECT_TRUE(f->has("c"));
  EXPECT_FALSE(f->has("e"));
  EXPECT_EQ(f->number("a", 5, 0, 10), 1U);
  EXPECT_EQ(f->number("e", 5, 0, 10), 5U);
  EXPECT_EQ(f->number("m", 5, 0, 10), 5U);
  EXPECT_EQ(f->number("n", 5, 0, 10), 10U);
  EXPECT_EQ(f->number("a", 5, 3, 10), 3U);
  EXPECT_FALSE(parse_fields("a=%"));
  std::string many;
  for (std::size_t i = 0; i < kMostFields; ++i) many += "a=1&";
  EXPECT_TRUE(parse_fields(many));
  EXPECT_FALSE(parse_fields(many + "a=1"));
}

TEST(Url, Cookies) {
  EXPECT_EQ(cookie("a=1; twosource=abc; lang=de", "twosource"), "abc");
  EXPECT_EQ(cookie("a=1; nottwosource=abc", "twosource"), "");
  EXPECT_EQ(cookie("", "x"), "");
  EXPECT_EQ(cookie("x", "x"), "");
}

struct Asked {
  const char* header;
  const char* want;
};
constexpr Asked kAsked[] = {
    {"de", "de"},
    {"de-AT,de;q=0.9,en;q=0.8", "de"},
    {"en-GB", "en"},
    {"fr", ""},
    {"fr,en;q=0.3,de;q=0.7", "de"},
    {"*", ""},
    {"", ""},
    {"de;q=0,en;q=0.1", "en"},
    {",,;q=;;,DE", "de"},
    {"en;q=0.001", "en"},
    {"de;q=0.5,en;q=0.5", "de"},
};

TEST(Url, LanguageByQuality) {
  for (const Asked& c : kAsked)
    EXPECT_EQ(preferred_language(c.header, {"de", "en"}), c.want) << c.header;
}

TEST(Cache, KeepsWhatIsUsedAndNothingOfAnotherState) {
  PageCache cache(8U << 16U);  // parts of 64 KiB
  Response out;
  EXPECT_FALSE(cache.find("a", 1, out));
  cache.put("a", 1, make_response(200, "text/plain", "first"));
  ASSERT_TRUE(cache.find("a", 1, out));
  EXPECT_EQ(*out.body, "first");
  EXPECT_FALSE(cache.find("a", 2, out));
  EXPECT_FALSE(cache.find("a", 1, out));  // dropped
  for (int i = 0; i < 5000; ++i) {
    cache.put("key" + std::to_string(i), 2,
              make_response(200, "text/plain", std::string(1000, 'x')));
    EXPECT_LE(cache.bytes(), 8U << 16U);
  }
  EXPECT_TRUE(cache.find("key4999", 2, out));
  EXPECT_FALSE(cache.find("key0", 2, out));
  cache.put("large", 2, make_response(200, "text/plain", std::string(1U << 20U, 'x')));
  EXPECT_FALSE(cache.find("large", 2, out));
}

TEST(Access, AnswersToItsNamesOnly) {
  const Access access({"127.0.0.1", "localhost", "[::1]"}, true);
  Request r;
  for (const char* host : {"127.0.0.1:8080", "localhost", "LOCALHOST:1", "[::1]:8080"}) {
    r.host = host;
    EXPECT_TRUE(access.host_allowed(r)) << host;
  }
  for (const char* host :
       {"", "evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "[::2]"}) {
    r.host = host;
    EXPECT_FALSE(access.host_allowed(r)) << host;
  }
}

Request writer_request(const Access& access) {
  Request r;
  r.method = Method::Post;
  r.host = "localhost:8080";
  r.origin = "http://localhost:8080";
  r.fetch_site = "same-origin";
  r.cookie = "x=1; twosource=" + access.token();
  r.form.add("form_token", access.form_token());
  return r;
}

TEST(Access, WritingNeedsTokenOriginAndForm) {
  const Access access({"localhost"}, true);
  EXPECT_TRUE(access.may_write(writer_request(access)));
  Request r = writer_request(access);
  r.cookie = "twosource=" + std::string(64, '0');
  EXPECT_FALSE(access.may_write(r));
  r = writer_request(access);
  r.fetch_site = "cross-site";
  EXPECT_FALSE(access.may_write(r));
  r = writer_request(access);
  r.origin = "http://evil.example";
  EXPECT_FALSE(access.may_write(r));
  r = writer_request(access);
  r.origin = "null";
  r.fetch_site.clear();
  EXPECT_FALSE(access.may_write(r));
  r = writer_request(access);
  r.origin.clear();
  r.fetch_site.clear();
  EXPECT_FALSE(access.may_write(r));
  r = writer_request(access);
  r.form = {};
  EXPECT_FALSE(access.may_write(r));
  r = {};
  r.authorization = "Bearer " + access.token();
  EXPECT_TRUE(access.may_write(r));
  r.authorization += "x";
  EXPECT_FALSE(access.may_write(r));
  EXPECT_FALSE(Access({"localhost"}, false).may_write(writer_request(access)));
  EXPECT_NE(access.token(), access.form_token());
  EXPECT_EQ(access.token().size(), 64U);
}

TEST(Skin, EveryWordIsThereInBothLanguages) {
  const PackSet packs = PackSet::builtin();
  const report::Labels german(packs.get("de"), "serve.tsv");
  const report::Labels english(packs.get("en"), "serve.tsv");
  EXPECT_EQ(german.all().size(), english.all().size());
  for (const auto& [key, text] : german.all()) EXPECT_TRUE(english.all().contains(key)) << key;
  // A label that a template names and no table has would show as its key.
  const Skin skin(packs.get("en"));
  for (const char* page :
       {"stories", "story", "event", "claim", "article", "people", "person", "copies", "family",
        "timeline", "sources", "source", "help", "message"}) {
    const std::string html = skin.render(page, report::Data());
    EXPECT_NE(html.find("</html>"), std::string::npos) << page;
    for (const char* missing : {"why_", "key_", "no_", "marked_", "_text"}) {
      EXPECT_EQ(html.find(std::string(">") + missing), std::string::npos) << page << " " << missing;
    }
  }
}

}  // namespace serve_test
}  // namespace twosource::serve
