#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>

#include <cstring>

#include "fetch/address.hpp"
#include "fetch/robots.hpp"
#include "intake/web.hpp"

namespace twosource::fetch {
namespace {

struct UrlCase {
  const char* name;
  const char* text;
  const char* want;  // the address as it is asked, or "! reason"
};
void PrintTo(const UrlCase& c, std::ostream* os) { *os << c.text; }
constexpr UrlCase kUrls[] = {
    {"plain", "http://example.org", "http://example.org/"},
    {"upper_case", "HTTPS://Example.ORG/A?b=C", "https://example.org/A?b=C"},
    {"own_port", "https://example.org:443/x", "https://example.org/x"},
    {"other_port", "http://example.org:8080/x", "http://example.org:8080/x"},
    {"fragment", "http://example.org/a#part", "http://example.org/a"},
    {"dots", "http://example.org/a/../b/./c", "http://example.org/b/c"},
    {"blanks", "http://example.org/a b", "http://example.org/a%20b"},
    {"umlaut", "http://example.org/\xC3\xBC", "http://example.org/%c3%bc"},
    {"ipv6", "http://[2001:DB8::1]/x", "http://[2001:db8::1]/x"},
    {"odd_ipv4", "http://0x7f.1/", "http://127.0.0.1/"},
    {"number_ipv4", "http://2130706433/", "http://127.0.0.1/"},
    {"file", "file:///etc/passwd", "! neither http nor https"},
    {"gopher", "gopher://example.org/", "! neither http nor https"},
    {"user", "http://user@example.org/", "! an address with a user name or password in it"},
    {"password", "http://a:b@example.org/", "! an address with a user name or password in it"},
    {"backslash_host", "http://example.org\\@evil.example/", "!"},
    {"slashes", "http:///x", "http://x/"},
    {"host_decoded_twice", "http://ex%%341ample.org/", "! a host with a percent sign"},
    {"zone", "http://[fe80::1%25eth0]/", "http://[fe80::1]/"},
    {"nothing", "", "!"},
    {"line_break", "http://example.org/\r\nHost: x", "!"},
};
std::string render(const Result<Url>& url) {
  return url ? url->text() : "! " + url.error().message;
}
class UrlTest : public testing::TestWithParam<UrlCase> {};
TEST_P(UrlTest, IsTakenOrRefused) {
  const std::string got = render(parse_url(GetParam().text));
  const std::string want = GetParam().want;
  EXPECT_EQ(want == "!" ? got.substr(0, 1) : got, want) << got;
}
INSTANTIATE_TEST_SUITE_P(Urls, UrlTest, testing::ValuesIn(kUrls),
                         [](const auto& c) { return std::string(c.param.name); });

TEST(Urls, RedirectsAreCheckedAnew) {
  const Url base = *parse_url("https://example.org/a/b?c");
  EXPECT_EQ(render(resolve(base, "d")), "https://example.org/a/d");
  EXPECT_EQ(render(resolve(base, "/d?e")), "https://example.org/d?e");
  EXPECT_EQ(render(resolve(base, "//other.example/")), "https://other.example/");
  EXPECT_EQ(render(resolve(base, "http://other.example/")), "http://other.example/");
  EXPECT_EQ(render(resolve(base, "file:///etc/passwd")), "! neither http nor https");
  EXPECT_EQ(render(resolve(base, "http://u:p@other.example/")),
            "! an address with a user name or password in it");
  EXPECT_FALSE(parse_url(std::string(9000, 'a')).has_value());
  EXPECT_FALSE(parse_url(std::string("http://a/\0b", 11)).has_value());
}

struct ReferenceCase {
  const char* reference;
  const char* want;
};
// RFC 3986, section 5.4, with another base; what is not http(s) gives nothing.
constexpr ReferenceCase kReferences[] = {
    {"g", "https://elb.example/b/c/g"},
    {"./g", "https://elb.example/b/c/g"},
    {"g/", "https://elb.example/b/c/g/"},
    {"/g", "https://elb.example/g"},
    {"//other.example/g", "https://other.example/g"},
    {"?y", "https://elb.example/b/c/d?y"},
    {"g?y=./x", "https://elb.example/b/c/g?y=./x"},
    {"g#s", "https://elb.example/b/c/g"},
    {"..", "https://elb.example/b/"},
    {"../g", "https://elb.example/b/g"},
    {"../../../g", "https://elb.example/g"},
    {"g;x=1/../y", "https://elb.example/b/c/y"},
    {"./g/.", "https://elb.example/b/c/g/"},
    {" http://other.example/x#y ", "http://other.example/x"},
    {"HTTP://other.example/", "HTTP://other.example/"},
    {"mailto:a@b.example", ""},
    {"javascript:alert(1)", ""},
    {"file:///etc/passwd", ""},
    {"", ""},
    {"#x", ""},
};
TEST(References, AreResolved) {
  for (const ReferenceCase& c : kReferences) {
    EXPECT_EQ(intake::resolve_address("https://elb.example/b/c/d?q", c.reference), c.want)
        << c.reference;
  }
  EXPECT_EQ(intake::resolve_address("https://elb.example", "g"), "https://elb.example/g");
  EXPECT_EQ(intake::resolve_address("feed.xml", "g"), "");
}

TEST(References, IdsComeFromTheAddressAlone) {
  const auto begin = [](const char* url) {
    const std::string id = intake::address_id(url);
    EXPECT_EQ(id, intake::address_id(std::string(url) + "#x"));
    EXPECT_NE(id, intake::address_id(std::string(url) + "x"));
    return id.substr(0, id.rfind('-'));
  };
  EXPECT_EQ(begin("https://elb.example/nord/faehre-sinkt.html"), "faehre-sinkt");
  EXPECT_EQ(begin("https://elb.example/nord/?p=12"), "nord");
  EXPECT_EQ(begin("https://elb.example/"), "elb");
  EXPECT_EQ(begin("https://elb.example"), "elb");
  EXPECT_EQ(begin("https://elb.example/\xC3\xBC b"), "---b");
  EXPECT_EQ(begin("https://elb.example/.well"), "-well");
}

struct AddressCase {
  const char* address;
  const char* want;
};
void PrintTo(const AddressCase& c, std::ostream* os) { *os << c.address; }
constexpr AddressCase kAddresses[] = {
    {"0.0.0.0", "reserved"},
    {"9.255.255.255", ""},
    {"10.0.0.0", "private"},
    {"10.255.255.255", "private"},
    {"11.0.0.0", ""},
    {"100.63.255.255", ""},
    {"100.64.0.1", "private"},
    {"100.127.255.255", "private"},
    {"100.128.0.0", ""},
    {"127.0.0.1", "loopback"},
    {"127.255.255.254", "loopback"},
    {"169.254.169.254", "link-local"},
    {"172.15.255.255", ""},
    {"172.16.0.1", "private"},
    {"172.31.255.255", "private"},
    {"172.32.0.0", ""},
    {"192.0.0.8", "reserved"},
    {"192.0.2.5", "reserved"},
    {"192.167.255.255", ""},
    {"192.168.1.1", "private"},
    {"198.19.255.255", "private"},
    {"198.20.0.0", ""},
    {"223.255.255.255", ""},
    {"224.0.0.1", "multicast"},
    {"239.255.255.255", "multicast"},
    {"240.0.0.1", "reserved"},
    {"255.255.255.255", "reserved"},
    {"8.8.8.8", ""},
    {"::", "reserved"},
    {"::1", "loopback"},
    {"::2", "reserved"},
    {"::ffff:127.0.0.1", "loopback"},
    {"::ffff:10.1.2.3", "private"},
    {"::ffff:8.8.8.8", ""},
    {"::127.0.0.1", "reserved"},
    {"64:ff9b::7f00:1", "loopback"},
    {"64:ff9b::808:808", ""},
    {"64:ff9b:1::808:808", "private"},
    {"2002:7f00:1::", "loopback"},
    {"2002:808:808::1", ""},
    {"2001:0:808:808:0:0:80ff:fffe", "loopback"},
    {"2001:0:808:808:0:0:f5ff:fffe", "private"},
    {"2001:db8::1", "reserved"},
    {"2001:4860:4860::8888", ""},
    {"2a00:1450::1", ""},
    {"4000::1", "reserved"},
    {"fc00::1", "private"},
    {"fdff::1", "private"},
    {"fe80::1", "link-local"},
    {"febf::1", "link-local"},
    {"fec0::1", "private"},
    {"ff02::1", "multicast"},
};
class AddressTest : public testing::TestWithParam<AddressCase> {};
TEST_P(AddressTest, IsPublicOrNot) {
  const AddressCase& c = GetParam();
  sockaddr_storage storage{};
  sockaddr_in in{};
  sockaddr_in6 in6{};
  if (inet_pton(AF_INET, c.address, &in.sin_addr) == 1) {
    in.sin_family = AF_INET;
    std::memcpy(&storage, &in, sizeof in);
  } else {
    ASSERT_EQ(inet_pton(AF_INET6, c.address, &in6.sin6_addr), 1);
    in6.sin6_family = AF_INET6;
    std::memcpy(&storage, &in6, sizeof in6);
  }
  sockaddr_storage* const any = &storage;
  const auto& address = *reinterpret_cast<const sockaddr*>(any);
  EXPECT_EQ(special_use(address), c.want);
  EXPECT_FALSE(shown(address).empty());
}
INSTANTIATE_TEST_SUITE_P(Addresses, AddressTest, testing::ValuesIn(kAddresses), [](const auto& c) {
  std::string name = "a_" + std::string(c.param.address);
  for (char& ch : name) {
    if (ch == '.' || ch == ':') ch = '_';
  }
  return name;
});

struct RobotsCase {
  const char* name;
  const char* text;
  const char* target;
  bool want;
};
void PrintTo(const RobotsCase& c, std::ostream* os) { *os << c.name; }
constexpr RobotsCase kRobots[] = {
    {"empty", "", "/a", true},
    {"all", "User-agent: *\nDisallow: /\n", "/a", false},
    {"the_file_itself", "User-agent: *\nDisallow: /\n", "/robots.txt", true},
    {"empty_rule", "User-agent: *\nDisallow:\n", "/a", true},
    {"own_group_alone", "User-agent: *\nDisallow: /\n\nUser-agent: twosource\nDisallow: /x\n", "/a",
     true},
    {"own_group_rule", "User-agent: *\nAllow: /\n\nUser-agent: TwoSource/2.0\nDisallow: /x\n",
     "/x/1", false},
    {"own_group_empty", "User-agent: *\nDisallow: /\nUser-agent: twosource\nDisallow:\n", "/a",
     true},
    {"own_groups_add_up",
     "User-agent: twosource\nDisallow: /a\nUser-agent: x\nDisallow: /c\n"
     "User-agent: twosource\nDisallow: /b\n",
     "/b", false},
    {"other_group", "User-agent: othersource\nDisallow: /\n", "/a", true},
    {"longer_name", "User-agent: twosourcebot\nDisallow: /\n", "/a", true},
    {"two_agents", "User-agent: x\nUser-agent: twosource\nDisallow: /a\n", "/a", false},
    {"agents_across_blank_lines", "User-agent: twosource\n\n# c\nSitemap: y\nDisallow: /a\n", "/a",
     false},
    {"before_any_group", "Disallow: /\nUser-agent: *\nDisallow: /b\n", "/a", true},
    {"longest_wins", "User-agent: *\nDisallow: /a\nAllow: /a/b\n", "/a/b/c", true},
    {"longest_wins_2", "User-agent: *\nAllow: /a\nDisallow: /a/b\n", "/a/b/c", false},
    {"order_does_not_matter", "User-agent: *\nAllow: /a/b\nDisallow: /a\n", "/a/b", true},
    {"allow_among_equals", "User-agent: *\nDisallow: /a\nAllow: /a\n", "/a", true},
    {"star", "User-agent: *\nDisallow: /*/print\n", "/news/1/print", false},
    {"star_needs_its_piece", "User-agent: *\nDisallow: /*/print\n", "/print", true},
    {"end", "User-agent: *\nDisallow: /*.pdf$\n", "/a.pdf", false},
    {"end_not_here", "User-agent: *\nDisallow: /*.pdf$\n", "/a.pdf?x", true},
    {"dollar_inside", "User-agent: *\nDisallow: /a$b\n", "/a$bc", false},
    {"query", "User-agent: *\nDisallow: /*?session=\n", "/a?session=1", false},
    {"case_counts_in_paths", "User-agent: *\nDisallow: /A\n", "/a", true},
    {"case_of_keys", "USER-AGENT: *\ndisALLOW: /a\n", "/a", false},
    {"escapes_equal", "User-agent: *\nDisallow: /%7Ejoe\n", "/~joe/x", false},
    {"escapes_equal_2", "User-agent: *\nDisallow: /\xC3\xBC\n", "/%c3%bc/x", false},
    {"slash_escape_differs", "User-agent: *\nDisallow: /a%2Fb\n", "/a/b", true},
    {"bare_percent", "User-agent: *\nDisallow: /100%25\n", "/100%", false},
    {"comments", "User-agent: * # all\nDisallow: /a # not this\n", "/a", false},
    {"mac_lines", "User-agent: *\rDisallow: /a\r", "/a", false},
    {"windows_lines", "User-agent: *\r\nDisallow: /a\r\n", "/a", false},
    {"mark_in_front", "\xEF\xBB\xBFUser-agent: *\nDisallow: /a\n", "/a", false},
    {"a_page_instead", "<!DOCTYPE html><html><a href='x: y'>Disallow: /</a></html>", "/a", true},
    {"no_colon", "User-agent *\nDisallow /\n", "/a", true},
    {"only_a_star", "User-agent: *\nDisallow: *\n", "/a", false},
    {"stars_in_a_row", "User-agent: *\nDisallow: /a**b\n", "/axxb", false},
};
class RobotsTest : public testing::TestWithParam<RobotsCase> {};
TEST_P(RobotsTest, Allows) {
  const RobotsCase& c = GetParam();
  EXPECT_EQ(Robots(c.text, "twosource").allows(c.target), c.want);
}
INSTANTIATE_TEST_SUITE_P(Rfc9309, RobotsTest, testing::ValuesIn(kRobots),
                         [](const auto& c) { return std::string(c.param.name); });

// The matcher by definition: every way to lay the stars is tried.
bool naive(std::string_view pattern, std::string_view target) {
  if (pattern.empty()) return true;
  if (pattern == "$") return target.empty();
  if (pattern.front() == '*') {
    for (std::size_t skip = 0; skip <= target.size(); ++skip) {
      if (naive(pattern.substr(1), target.substr(skip))) return true;
    }
    return false;
  }
  return !target.empty() && pattern.front() == target.front() &&
         naive(pattern.substr(1), target.substr(1));
}

TEST(Robots, MatchesLikeTheDefinitionOnAllSmallInputs) {
  const std::string letters = "ab*$";
  std::vector<std::string> patterns = {""};
  for (std::size_t i = 0; i < patterns.size(); ++i) {
    if (patterns[i].size() == 5) break;
    for (const char c : letters) patterns.push_back(patterns[i] + c);
  }
  std::vector<std::string> targets = {""};
  for (std::size_t i = 0; i < targets.size() && targets[i].size() < 5; ++i) {
    for (const char c : {'a', 'b'}) targets.push_back(targets[i] + c);
  }
  for (const std::string& p : patterns) {
    for (const std::string& t : targets) {
      EXPECT_EQ(robots_match(p, t), naive(p, t)) << p << " on " << t;
    }
  }
}

TEST(Robots, DelayAndBounds) {
  EXPECT_EQ(Robots("User-agent: *\nCrawl-delay: 2.5\n", "twosource").delay_s(), 2.5);
  EXPECT_EQ(Robots("User-agent: x\nCrawl-delay: 2\n", "twosource").delay_s(), 0);
  EXPECT_EQ(Robots("User-agent: *\nCrawl-delay: -1\n", "twosource").delay_s(), 0);
  EXPECT_FALSE(Robots::nothing().allows("/a"));
  EXPECT_TRUE(Robots::nothing().allows("/robots.txt"));
  std::string late = "User-agent: *\n" + std::string(Robots::kMostBytes, '#') + "\nDisallow: /\n";
  EXPECT_TRUE(Robots(late, "twosource").allows("/a"));
  std::string many = "User-agent: *\n";
  while (many.size() < Robots::kMostBytes) many += "Disallow: /*a*a*a*a*a*a*b$\n";
  EXPECT_TRUE(Robots(many, "twosource").allows("/" + std::string(7000, 'a')));
}

}  // namespace
}  // namespace twosource::fetch
