#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>

#include "cli/table.hpp"
#include "cli/talk.hpp"
#include "cli/verify_dossier.hpp"

// End to end: runs the program as a user does, looks at exit code, standard output and error.
namespace twosource::cli {
namespace cli_test {
namespace fs = std::filesystem;

constexpr const char* kOne =
    "Am Montag wurde in Bremen eine neue Brücke eröffnet. Die Bürgermeisterin Anna Feld sagte: "
    "„Darauf hat die Stadt lange gewartet.“ Rund 300 Menschen sahen zu.\n";
constexpr const char* kTwo =
    "Bremen hat eine neue Brücke. „Darauf hat die Stadt lange gewartet“, sagte Bürgermeisterin "
    "Anna "
    "Feld am Montag bei der Eröffnung. Etwa 500 Menschen kamen.\n";

struct Result {
  int code = -1;
  std::string out;
  std::string err;
};

std::string slurp(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

class CliTest : public testing::Test {
 protected:
  void SetUp() override {
    root_ =
        fs::temp_directory_path() / ("twosource-cli-" + std::to_string(::getpid()) + "-" +
                                     testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::create_directories(root_ / "stack");
    file("stack/one.txt", kOne);
    file("stack/two.txt", kTwo);
  }
  void TearDown() override { fs::remove_all(root_); }
  void file(const std::string& name, std::string_view bytes) const {
    std::ofstream(root_ / name, std::ios::binary) << bytes;
  }
  // `arguments` are words of a shell, run in the test's folder.
  [[nodiscard]] Result run(const std::string& arguments) const {
    const std::string command =
        "cd '" + root_.string() + "' && '" TWOSOURCE_BINARY "' " + arguments + " >out 2>err";
    const int status = std::system(command.c_str());
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, slurp(root_ / "out"),
            slurp(root_ / "err")};
  }
  fs::path root_;
};

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

struct Usage {
  const char* name;
  const char* arguments;
  int code;
};
void PrintTo(const Usage& u, std::ostream* os) { *os << u.arguments; }
const Usage kUsages[] = {
    {"help", "--help", 0},
    {"version", "--version", 0},
    {"help_of_command", "dossier --help", 0},
    {"no_command", "", 2},
    {"unknown_command", "frobnicate", 2},
    {"unknown_option", "read stack --frobnicate", 2},
    {"no_input", "read", 2},
    {"neither_input_nor_record", "claims", 2},
    {"both_input_and_record", "claims stack --record x.db", 2},
    {"bad_date", "read stack --published 2017-13", 2},
    {"bad_preference", "read stack --prefer-dates now", 2},
    {"bad_ending", "dossier stack -o x.docx", 2},
    {"missing_record", "claims --record none.db", 1},
    {"no_record", "claims --record stack/one.txt", 1},
    {"missing_folder_for_output", "read stack -o none/x.jsonl", 1},
    {"missing_input", "read none.txt", 4},
    {"unknown_id", "explain k999 stack", 1},
    {"not_json", "verify stack/one.txt", 1},
    {"good", "read stack", 0},
};
class UsageTest : public CliTest, public testing::WithParamInterface<Usage> {};
TEST_P(UsageTest, ExitsWithItsCode) {
  const Result r = run(GetParam().arguments);
  EXPECT_EQ(r.code, GetParam().code) << r.err;
  EXPECT_FALSE(r.out.empty() && r.err.empty());
  if (r.code == 1 || r.code == 2) {
    EXPECT_EQ(r.out, "");
  }
}
INSTANTIATE_TEST_SUITE_P(Codes, UsageTest, testing::ValuesIn(kUsages),
                         [](const auto& c) { return std::string(c.param.name); });

TEST_F(CliTest, DataGoesOutAndTalkGoesToErrors) {
  const Result r = run("read stack --json");
  std::istringstream lines(r.out);
  std::string line;
  int n = 0;
  for (; std::getline(lines, line); ++n) EXPECT_TRUE(Json::parse(line)["text"].is_string());
  EXPECT_EQ(n, 2);
  EXPECT_TRUE(has(r.err, "2 articles read"));
  EXPECT_EQ(run("read stack --quiet").err, "");
}

TEST_F(CliTest, DatesThatAreLeftOpenFollowThePreference) {
  file("fair.txt", "Konzert am 11. Mai in der Stadthalle am Hafen, Karten an der Kasse\n");
  const auto value = [&](const std::string& option) {
    const Result r = run("read fair.txt --as-is --published 2021-03-03 " + option);
    const auto times = nlohmann::json::parse(r.out).at("times");
    return times.size() == 1 ? times[0].at("value").get<std::string>() : r.out;
  };
  EXPECT_EQ(value(""), "2021-05-11");
  EXPECT_EQ(value("--prefer-dates text"), "2021-05-11");
  EXPECT_EQ(value("--prefer-dates past"), "2020-05-11");
  EXPECT_EQ(value("--prefer-dates future"), "2021-05-11");
  // The commands that read articles themselves: the day reaches the cross-check.
  file("old.txt", "Treffen der Bürgermeister am 11. Januar in der Stadthalle am Hafen\n");
  const std::string read = "timeline old.txt --as-is --published 2021-03-03 --json ";
  EXPECT_FALSE(has(run(read).out, "2022-01-11"));
  EXPECT_TRUE(has(run(read + "--prefer-dates future").out, "2022-01-11"));
}

// One article names the date, the other only a weekday; the day and its way stand in the lists.
TEST_F(CliTest, AWeekdayIsResolvedByTheOtherArticleAndSaysSo) {
  file(
      "meeting.jsonl",
      R"({"id":"a","inLanguage":"de","text":"Die Umweltministerin Ina Ohlsen traf den Reeder Piet )"
      R"(Hansen am 11. Mai 2024 in Husum. Das Treffen über das Fanggebiet dauerte drei Stunden."})"
      "\n"
      R"({"id":"b","published":"2024-05","inLanguage":"de","text":"Am Samstag traf Umweltministerin )"
      R"(Ina Ohlsen den Reeder Piet Hansen in Husum. Das Treffen über das Fanggebiet war lang."})"
      "\n");
  const std::string way = "day of the same event that a names";
  std::istringstream lines(run("timeline meeting.jsonl --json").out);
  bool told = false;
  for (std::string line; std::getline(lines, line);) {
    const auto entry = nlohmann::json::parse(line);
    if (entry.at("evidence").at(0).at("article") != "b") continue;
    EXPECT_EQ(entry.at("when"), "2024-05-11");
    told = told || (entry.contains("why") && entry.at("why") == way);
  }
  EXPECT_TRUE(told);
  EXPECT_TRUE(has(run("explain v1 meeting.jsonl").out, way));
}

TEST_F(CliTest, SameBytesWhateverThreadsAndOrder) {
  ASSERT_EQ(run("dossier stack -o a.json --threads 1").code, 0);
  ASSERT_EQ(run("dossier stack/two.txt stack/one.txt -o b.json --threads 2").code, 0);
  EXPECT_EQ(slurp(root_ / "a.json"), slurp(root_ / "b.json"));
  for (const char* threads : {"1", "3"}) {
    std::string many;
    for (int i = 0; i < 60; ++i) {
      many += Json({{"id", i}, {"text", std::string(i % 2 == 0 ? kOne : kTwo)}}).dump() + "\n";
      if (i % 7 == 0) many += "broken\n";
    }
    file("many.jsonl", many);
    const Result r = run(std::string("read many.jsonl --threads ") + threads);
    EXPECT_EQ(r.code, 4);
    file(std::string("many-") + threads, r.out + r.err);
  }
  EXPECT_EQ(slurp(root_ / "many-1"), slurp(root_ / "many-3"));
}

TEST_F(CliTest, EveryFormOfADossierIsWrittenWhole) {
  for (const char* name : {"d.html", "d.md", "d.json"}) {
    ASSERT_EQ(run(std::string("dossier stack -o ") + name).code, 0);
    EXPECT_GT(fs::file_size(root_ / name), 100U);
  }
  for (const auto& entry : fs::directory_iterator(root_)) {
    EXPECT_FALSE(has(entry.path().string(), ".part-"));
  }
}

TEST_F(CliTest, VerifyHoldsAndNoticesAChange) {
  ASSERT_EQ(run("dossier stack -o d.json").code, 0);
  const Result good = run("verify d.json");
  EXPECT_EQ(good.code, 0) << good.out;
  Json d = Json::parse(slurp(root_ / "d.json"));
  d["claims"].push_back(
      {{"id", "k900"}, {"statements", {{{"article", "one"}, {"start", 3}, {"end", 90000}}}}});
  file("d.json", d.dump());
  const Result bad = run("verify d.json");
  EXPECT_EQ(bad.code, 3);
  EXPECT_TRUE(has(bad.out, "statements[0]"));
}

TEST_F(CliTest, AHostileFolderIsNamedFileByFile) {
  fs::create_directories(root_ / "odd");
  file("odd/good.txt", kOne);
  file("odd/picture.png", "\x89PNG\r\n\x1a\n....");
  file("odd/empty.txt", "");
  file("odd/latin1.txt",
       "Die Br\xFC"
       "cke bei K\xF6ln wurde am Montag er\xF6"
       "ffnet.\n");
  file("odd/broken.txt",
       "Die Br\xC3\xBC"
       "cke \xFF\xC3( wurde am Montag er\xC3\xB6"
       "ffnet.\n");
  std::string deep = "<html><body>";
  for (int i = 0; i < 100000; ++i) deep += "<div>";
  file("odd/deep.html", deep + "x");
  file("odd/zeros.txt", "");
  fs::resize_file(root_ / "odd/zeros.txt", 200U << 20U);
  const Result r = run("read odd");
  EXPECT_EQ(r.code, 4);
  for (const char* name :
       {"picture.png", "empty.txt", "latin1.txt", "broken.txt", "deep.html", "zeros.txt"}) {
    EXPECT_TRUE(has(r.err, name)) << name;
  }
  EXPECT_FALSE(has(r.err, "good.txt"));
  EXPECT_EQ(std::count(r.out.begin(), r.out.end(), '\n'), 3);  // good, latin1, broken
}

// JSON with ids ("k1", those of a record: "k0akk8kg7qy1e") numbered in the order they occur in.
std::string nameless(const std::string& json) {
  std::string out;
  std::map<std::string, std::size_t> numbers;
  std::size_t at = 0;
  while (at < json.size()) {
    const std::size_t end = std::min(json.find('"', at), json.size());
    const std::string text = json.substr(at, end - at);
    const bool number =
        text.size() > 1 && text.find_first_not_of("0123456789", 1) == std::string::npos;
    const bool letters =
        text.size() == 13 &&
        text.find_first_not_of("0123456789abcdefghijklmnopqrstuvwxyz") == std::string::npos;
    const bool id = std::string("plgxocvskq").find(text[0]) != std::string::npos;
    if (id && (number || letters)) {
      const std::size_t n = numbers.emplace(text, numbers.size()).first->second;
      out += text[0] + std::to_string(n);
    } else {
      out += text;
    }
    if (end < json.size()) out += '"';
    at = end + 1;
  }
  return out;
}

TEST_F(CliTest, ARecordTakesTheSameArticleOnceAndKeepsRevisions) {
  EXPECT_TRUE(has(run("add stack --record r.db").err, "2 new"));
  EXPECT_TRUE(has(run("add stack --record r.db").err, "2 unchanged"));
  file("stack/one.txt", std::string(kOne) + "Die Polizei sperrte zwei Straßen.\n");
  EXPECT_TRUE(has(run("add stack --record r.db").err, "1 revised"));
  EXPECT_EQ(run("dossier --record r.db -o r.json").code, 0);
  EXPECT_EQ(run("dossier stack -o s.json").code, 0);
  EXPECT_EQ(nameless(slurp(root_ / "r.json")), nameless(slurp(root_ / "s.json")));
}

TEST_F(CliTest, EveryListAnswersInBothForms) {
  for (const char* verb : {"copies", "events", "claims", "quotes", "people", "timeline"}) {
    const Result json = run(std::string(verb) + " stack --json");
    EXPECT_EQ(json.code, 0) << verb << json.err;
    std::istringstream lines(json.out);
    for (std::string line; std::getline(lines, line);) EXPECT_TRUE(Json::parse(line).is_object());
    const Result table = run(std::string(verb) + " stack");
    EXPECT_EQ(table.code, 0) << verb;
    EXPECT_EQ(table.out.empty(), json.out.empty()) << verb;
    EXPECT_FALSE(table.out.empty() && table.err.empty()) << verb;
  }
  EXPECT_EQ(run("diff stack/one.txt stack/two.txt").code, 0);
  EXPECT_EQ(run("diff stack/one.txt stack/two.txt --json").code, 0);
}

TEST_F(CliTest, AClosedPipeEndsQuietly) {
  const std::string command = "cd '" + root_.string() +
                              "' && { '" TWOSOURCE_BINARY
                              "' read stack stack/one.txt 2>err; } | head -c 1 >out";
  EXPECT_EQ(std::system(command.c_str()), 0);
  EXPECT_FALSE(has(slurp(root_ / "err"), "twosource:"));
}

TEST_F(CliTest, AboutKeepsArticlesWithAllWords) {
  file("stack/three.txt", "In Oldenburg wurde am Dienstag ein Bahnhof geschlossen.\n");
  EXPECT_TRUE(has(run("events stack --about brücken").err, "2 of them about"));
  EXPECT_TRUE(has(run("events stack --about Bahnhof").err, "1 of them about"));
}

TEST(Table, AlignsByWhatATerminalShows) {
  Table t({"a", "b"});
  t.add({"ü", "x"});
  t.add({"日本", "\x1b[31my\n"});
  std::ostringstream out;
  t.print(out);
  EXPECT_EQ(out.str(), "a     b\nü     x\n日本  [31my\n");
}

TEST(Printable, NothingSteersATerminal) {
  EXPECT_EQ(printable("a\x1b]0;x\x07"
                      "b"),
            "a ]0;x b");
  EXPECT_EQ(display_width("日本ü"), 5U);
}

TEST(VerifyDossier, RefusesWhatIsNone) {
  EXPECT_FALSE(verify_dossier(Json::array()).has_value());
  EXPECT_FALSE(verify_dossier(Json::object()).has_value());
}

}  // namespace cli_test
}  // namespace twosource::cli
