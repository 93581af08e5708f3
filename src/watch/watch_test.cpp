#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>

#include "watch/changes.hpp"
#include "watch/folders.hpp"
#include "watch/hook.hpp"
#include "watch/listeners.hpp"
#include "watch/pace.hpp"

namespace twosource::watch {
namespace {
namespace fs = std::filesystem;
using std::chrono::seconds;

// --- changes ---

// "confirmed 1,2 /9" is a claim of that verdict with statements 1 and 2 and difference 9; claims
// are separated by "; ".
std::vector<ClaimState> claims(const std::string& text) {
  std::vector<ClaimState> out;
  const auto keys = [](const std::string& list) {
    std::vector<std::uint64_t> k;
    std::stringstream in(list);
    for (std::string n; std::getline(in, n, ',');) k.push_back(std::stoull(n));
    return k;
  };
  std::stringstream all(text);
  for (std::string one; std::getline(all, one, ';');) {
    std::stringstream words(one);
    ClaimState c;
    std::string statements;
    std::string differences;
    words >> c.verdict >> statements >> differences;
    c.statements = keys(statements);
    if (!differences.empty()) c.differences = keys(differences.substr(1));
    out.push_back(std::move(c));
  }
  return out;
}

struct ChangeCase {
  const char* name;
  const char* before;
  const char* now;
  const char* want;  // "kind before>now", indices, - for none
};
void PrintTo(const ChangeCase& c, std::ostream* os) { *os << c.name; }
constexpr ChangeCase kChanges[] = {
    {"nothing", "", "", ""},
    {"same", "confirmed 1,2", "confirmed 1,2", ""},
    {"new_small", "", "single-outlet 1", "new ->0"},
    {"new_confirmed", "", "confirmed 1,2", "confirmed ->0"},
    {"second_witness", "single-outlet 1", "confirmed 1,2", "confirmed 0>0"},
    {"third_witness_is_no_news", "confirmed 1,2", "confirmed 1,2,3", ""},
    {"contradiction", "confirmed 1,2", "contradicted 1,2,3 /9", "contradicted 0>0"},
    {"another_contradiction", "contradicted 1,2 /9", "contradicted 1,2,3 /8,9", "contradicted 0>0"},
    {"same_contradiction_again", "contradicted 1,2 /9", "contradicted 1,2,3 /9", ""},
    {"contradiction_solved", "contradicted 1,2 /9", "confirmed 1,2", "confirmed 0>0"},
    {"superseded", "single-outlet 1", "superseded 1,2 /7", "superseded 0>0"},
    {"withdrawn", "confirmed 1,2", "withdrawn 1,2,3", "withdrawn 0>0"},
    {"says_less", "confirmed 1,2", "agency-only 1,2", "changed 0>0"},
    {"gone", "confirmed 1,2", "", "gone 0>-"},
    {"small_and_gone", "single-outlet 1", "", ""},
    {"order_does_not_matter", "confirmed 1,2;superseded 3 /4", "superseded 3 /4;confirmed 1,2", ""},
    {"larger_part_is_the_same", "confirmed 1,2,3", "single-outlet 3;confirmed 1,2", "new ->0"},
    {"two_become_one", "confirmed 1,2;single-outlet 3", "confirmed 1,2,3", ""},
    {"one_sentence_in_two_claims", "confirmed 1,2;contradicted 1,2 /5",
     "contradicted 1,2,3 /5;confirmed 1,2,3", ""},
    {"revised_article", "confirmed 1,2", "confirmed 1,4", ""},
};
class ChangeTest : public testing::TestWithParam<ChangeCase> {};
TEST_P(ChangeTest, IsTold) {
  std::string got;
  for (const Change& c : compare(claims(GetParam().before), claims(GetParam().now))) {
    const auto index = [](std::size_t i) {
      return i == Change::kNone ? std::string("-") : std::to_string(i);
    };
    if (!got.empty()) got += "; ";
    got += std::string(to_string(c.kind)) + ' ' + index(c.before) + '>' + index(c.now);
  }
  EXPECT_EQ(got, GetParam().want);
}
INSTANTIATE_TEST_SUITE_P(Changes, ChangeTest, testing::ValuesIn(kChanges),
                         [](const auto& c) { return std::string(c.param.name); });

TEST(Changes, KeysAreOfWordsAndNotOfOrder) {
  EXPECT_EQ(difference_key("count", "12", "17"), difference_key("count", "17", "12"));
  EXPECT_NE(difference_key("count", "12", "17"), difference_key("sum", "17", "12"));
  EXPECT_NE(statement_key("a", "Die Fähre sank."), statement_key("b", "Die Fähre sank."));
}

// --- pace ---

struct PaceCase {
  const char* name;
  const char* xml;
  int want;  // seconds
};
void PrintTo(const PaceCase& c, std::ostream* os) { *os << c.name; }
constexpr PaceCase kPaces[] = {
    {"nothing", "<rss><channel><item/></channel></rss>", 0},
    {"ttl", "<rss><channel><ttl>30</ttl><item>", 1800},
    {"ttl_blanks", "<rss><channel><ttl>\n 30 </ttl>", 1800},
    {"ttl_of_an_entry", "<rss><channel><item><ttl>30</ttl></item>", 0},
    {"ttl_rubbish", "<ttl>soon</ttl>", 0},
    {"ttl_negative", "<ttl>-5</ttl>", 0},
    {"hourly", "<sy:updatePeriod>hourly</sy:updatePeriod>", 3600},
    {"four_an_hour",
     "<sy:updatePeriod> hourly </sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>", 900},
    {"daily_twice", "<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>2</sy:", 43200},
    {"longer_one_counts", "<ttl>5</ttl><sy:updatePeriod>hourly</sy:updatePeriod>", 3600},
    {"other_element", "<ttlx>30</ttlx>", 0},
    {"cut", "<ttl", 0},
};
class PaceTest : public testing::TestWithParam<PaceCase> {};
TEST_P(PaceTest, OfAFeed) { EXPECT_EQ(feed_period(GetParam().xml).count(), GetParam().want); }
INSTANTIATE_TEST_SUITE_P(Pace, PaceTest, testing::ValuesIn(kPaces),
                         [](const auto& c) { return std::string(c.param.name); });

TEST(Pace, NextTime) {
  EXPECT_EQ(next_in(seconds{900}, {}, 0), seconds{900});
  EXPECT_EQ(next_in(seconds{900}, {seconds{1800}, {}, {}}, 0), seconds{1800});
  EXPECT_EQ(next_in(seconds{900}, {{}, seconds{300}, {}}, 0), seconds{900});
  EXPECT_EQ(next_in(seconds{900}, {{}, std::chrono::hours{1000}, {}}, 0), seconds{86400});
  EXPECT_EQ(next_in(seconds{900}, {}, 1), seconds{1800});
  EXPECT_EQ(next_in(seconds{900}, {}, 3), seconds{7200});
  EXPECT_EQ(next_in(seconds{900}, {}, 4000), seconds{86400});
  EXPECT_EQ(next_in(seconds{90000}, {}, 5), seconds{90000});
  EXPECT_EQ(next_in(seconds{900}, {{}, {}, seconds{7000}}, 0), seconds{7000});
  EXPECT_EQ(next_in(seconds{900}, {{}, {}, seconds{7000}}, 6), seconds{57600});
  EXPECT_EQ(next_in(seconds{900}, {{}, {}, std::chrono::hours{1000}}, 0), seconds{7 * 86400});
}

// --- folders ---

struct Folder {
  fs::path path = fs::temp_directory_path() / ("twosource_watch_" + std::to_string(::getpid()));
  Folder() { fs::create_directories(path); }
  ~Folder() { fs::remove_all(path); }
  void write(const std::string& name, const std::string& text, seconds age = seconds{60}) const {
    fs::create_directories((path / name).parent_path());
    std::ofstream(path / name) << text;
    fs::last_write_time(path / name, fs::file_time_type::clock::now() - age);
  }
};

std::string names(const Folders::Scan& scan) {
  std::string out;
  for (const Folders::Found& f : scan.ready) out += fs::path(f.path).filename().string() + ' ';
  return out + (scan.unsettled ? "…" : "");
}

TEST(FoldersTest, NewChangedAndUnfinishedFiles) {
  const Folder folder;
  Folders folders({folder.path.string()}, std::chrono::milliseconds{50}, 32);
  std::map<std::string, FileState> read;
  const auto known = [&](const std::string& path) -> std::optional<FileState> {
    const auto it = read.find(path);
    return it == read.end() ? std::nullopt : std::optional(it->second);
  };
  const auto look = [&] {
    const Folders::Scan scan = folders.scan(known);
    for (const Folders::Found& f : scan.ready) read[f.path] = f.state;
    return names(scan);
  };
  EXPECT_EQ(look(), "");
  folder.write("b.txt", "zwei");
  folder.write("a/c.txt", "drei");
  folder.write(".hidden.txt", "x");
  folder.write("d.html.part", "x");
  folder.write("e.txt~", "x");
  EXPECT_EQ(look(), "c.txt b.txt ");
  EXPECT_EQ(look(), "");
  folder.write("b.txt", "zwei und mehr");
  EXPECT_EQ(look(), "b.txt ");
  folder.write("f.txt", "wird noch", seconds{-1});  // still changing
  EXPECT_EQ(look(), "…");
  folder.write("f.txt", "wird noch geschrieben", seconds{-1});
  EXPECT_EQ(look(), "…");
  std::this_thread::sleep_for(std::chrono::milliseconds{80});
  EXPECT_EQ(look(), "f.txt ");
  EXPECT_EQ(look(), "");
  EXPECT_TRUE(folders.problems().empty());
}

// --- hooks and files ---

TEST(Hook, RunsWithoutAShell) {
  ::signal(SIGPIPE, SIG_IGN);
  const auto run = [](std::vector<std::string> argv, const std::string& input = {}) {
    return run_hook(argv, input, seconds{1}, [] { return false; });
  };
  EXPECT_EQ(run({"true"}), "");
  EXPECT_EQ(run({"false"}), "ended with 1");
  EXPECT_EQ(run({"test", "$HOME; a b", "=", "$HOME; a b"}), "");
  EXPECT_EQ(run({"/no/such/program"}).substr(0, 17), "cannot be started");
  EXPECT_EQ(run({"sleep", "30"}), "killed after 1 s");
  EXPECT_EQ(run({"grep", "-q", "zwölf"}, "zehn\nzwölf\n"), "");
  EXPECT_EQ(run({"true"}, std::string(1U << 20U, 'x')), "");  // does not read what it is given
  EXPECT_EQ(run_hook({"sleep", "30"}, "", seconds{30}, [] { return true; }), "killed, we stop");
}

TEST(FileListenerTest, GoesOnWhereItsLastWholeLineEnds) {
  const Folder folder;
  const std::string path = (folder.path / "changes.jsonl").string();
  std::string why;
  {
    FileListener file(path);
    EXPECT_EQ(file.account(), std::nullopt);
    const Message m{7, R"({"change":"new"})"};
    EXPECT_EQ(line_of(m), R"({"n":7,"change":"new"})");
    EXPECT_EQ(file.tell(m, line_of(m), why), Listener::Outcome::Told);
  }
  std::ofstream(path, std::ios::app) << R"({"n":8,"chan)";  // killed in the middle of a line
  {
    FileListener file(path);
    EXPECT_EQ(file.account(), 7);
  }
  EXPECT_EQ(fs::file_size(path), line_of({7, R"({"change":"new"})"}).size() + 1);
  std::ofstream(path) << "a letter\nto nobody\n";
  EXPECT_THROW(FileListener{path}, IoError);
  std::ofstream(path) << "a letter without an end";
  EXPECT_THROW(FileListener{path}, IoError);
}

}  // namespace
}  // namespace twosource::watch
