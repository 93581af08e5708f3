#include "desk/desk.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "record/test_record.hpp"

namespace twosource::desk {
namespace desk_test {

using record::Record;
using record::Statement;
using record::TestFile;

const pipeline::Stages& stages() {
  static const pipeline::Stages kStages(PackSet::builtin());
  return kStages;
}

struct Place {
  const char* town;
  const char* mayor;
  const char* thing;
};
constexpr std::array<Place, 7> kPlaces = {{{"Husum", "Ada Berg", "Speicher"},
                                           {"Celle", "Jens Olde", "Brauerei"},
                                           {"Emden", "Karin Wolff", "Werft"},
                                           {"Plauen", "Uwe Hartung", "Weberei"},
                                           {"Passau", "Rosa Lindner", "Turnhalle"},
                                           {"Fulda", "Emil Brandt", "Druckerei"},
                                           {"Jena", "Tilda Kern", "Sternwarte"}}};
constexpr std::array kOutlets = {"Elbpost", "Morgenblatt", "Seekurier", "Hallenbote", "Nordblick"};

// Article `n` of 42: six of each of seven fires; `version` changes its figures and one sentence.
Article article(int n, int version = 0) {
  const int p = n % 7;
  const int k = n / 7;
  const Place& place = kPlaces.at(static_cast<std::size_t>(p));
  intake::RawDocument raw;
  raw.id = fmt::format("a{:02}", n);
  raw.path = raw.id + ".jsonl:1";
  raw.publisher = kOutlets.at(static_cast<std::size_t>((n + k) % 5));
  raw.published = fmt::format("2024-05-{:02}", 2 + 3 * p + k % 2);
  raw.headline = fmt::format("Feuer in der {} von {}", place.thing, place.town);
  raw.language = "de";
  const std::string shared = fmt::format(
      "In der {0} von {1} ist in der Nacht zum Montag ein Feuer ausgebrochen, das erst nach sieben "
      "Stunden gelöscht werden konnte. Verletzt wurden {2} Menschen, teilte die Polizei am Morgen "
      "mit. Der Schaden liegt nach ersten Schätzungen bei {3} Millionen Euro.",
      place.thing, place.town, 12 + p + version, 3 + k % 2);
  const std::string own = fmt::format(
      "Bürgermeisterin {0} besuchte am Abend den Ort, wie unsere Zeitung Nummer {1} erfuhr. \"Wir "
      "bauen die {2} in {3} wieder auf\", sagte {0} zum {4}. Mal.",
      place.mayor, k, place.thing, place.town, version + 1);
  raw.body = k % 2 == 0 ? shared + "\n\n" + own : own + "\n\n" + shared;
  return stages().read(raw);
}

// Everything that was found, table by table, without numbers that the store gives out.
std::string found(Record& r) {
  std::string out;
  for (const char* sql :
       {"SELECT json FROM stories ORDER BY id", "SELECT id, story, json FROM events ORDER BY id",
        "SELECT * FROM event_articles ORDER BY 1, 2",
        "SELECT id, event, verdict, origins, said_in, own_text, json FROM claims ORDER BY id",
        "SELECT * FROM statements ORDER BY 1, 2", "SELECT * FROM differences ORDER BY 1, 2",
        "SELECT family, a, b, agency, containment, json FROM copies ORDER BY 1, 2, 3",
        "SELECT id, name, json FROM quotes ORDER BY id",
        "SELECT * FROM quote_variants ORDER BY 1, 2",
        "SELECT id, name, role, mentions, articles, json FROM people ORDER BY id",
        "SELECT id, type, name, mentions, articles, json FROM entities ORDER BY id",
        "SELECT id, kind, name, cells FROM origins ORDER BY id",
        "SELECT event, \"when\", text, json FROM timeline ORDER BY 1, 2, 3, 4",
        "SELECT p.entity, c.name, p.line, p.name FROM entity_parts p JOIN cells c USING (cell) "
        "ORDER BY 1, 2",
        "SELECT a.correction, c.name FROM applied a JOIN cells c USING (cell) ORDER BY 1, 2",
        "SELECT name FROM cells ORDER BY 1",
        "SELECT e.id FROM event_words('feuer') w JOIN main.events e ON e.number = w.rowid ORDER BY "
        "1"}) {
    out += fmt::format("-- {}\n", sql);
    Statement s(r.database(), sql);
    while (s.step()) {
      for (int c = 0; c < s.columns(); ++c) out.append(s.text(c)).push_back('|');
      out += '\n';
    }
  }
  return out;
}

// A desk that remembers what it knows of however few articles.
std::unique_ptr<Desk> remembering(Record& r) {
  return std::make_unique<Desk>(r, stages(), claim::Options{}, 1);
}

// The findings of a record with the same articles and corrections, made at once.
std::string rebuilt(Record& r) {
  Desk desk(r, stages(), claim::Options{}, 1000);
  Renewal how;
  how.rebuild = true;
  (void)desk.renew(how);
  return found(r);
}

Correction correction(CorrectionKind kind) {
  Correction c;
  c.kind = kind;
  c.by = "Ada";
  c.why = "checked";
  c.when = "2026-05-12T09:30:00Z";
  return c;
}

// One of seven kinds, about the fires of two towns.
Correction some_correction(std::mt19937& random) {
  const auto town = [&](unsigned p) { return kPlaces.at(p % 7); };
  const auto p = static_cast<unsigned>(random() % 7);
  const std::string first = fmt::format("a{:02}", p);
  const std::string second = fmt::format("a{:02}", 7 + (p + 1) % 7);
  Correction c;
  switch (random() % 7) {
    case 0:
      c = correction(CorrectionKind::MergePeople);
      c.a.name = town(p).mayor;
      c.b.name = town(p + 1).mayor;
      c.a.places.push_back({first, 0, town(p).mayor});
      c.b.places.push_back({second, 0, town(p + 1).mayor});
      return c;
    case 1:
      c = correction(CorrectionKind::RenamePerson);
      c.a.name = town(p).mayor;
      c.a.places.push_back({first, 0, town(p).mayor});
      c.value = "Erna Petersen";
      return c;
    case 2:
      c = correction(CorrectionKind::MergeEvents);
      c.a.places.push_back({first, 0, ""});
      c.b.places.push_back({second, 0, ""});
      return c;
    case 3:
      c = correction(CorrectionKind::SplitEvent);
      c.a.places.push_back({first, 0, ""});
      c.articles = {fmt::format("a{:02}", 14 + p), fmt::format("a{:02}", 21 + p)};
      return c;
    case 4:
      c = correction(random() % 2 == 0 ? CorrectionKind::CutCopies : CorrectionKind::JoinCopies);
      c.articles = {first, random() % 2 == 0 ? second : fmt::format("a{:02}", 14 + p)};
      return c;
    case 5:
      c = correction(CorrectionKind::SetDate);
      c.articles = {first};
      c.value = "2024-05-20";
      return c;
    default:
      c = correction(CorrectionKind::SetGroup);
      c.a.name = kOutlets.at(p % 5);
      c.value = "Nordblick Verlag";
      return c;
  }
}

class RandomOrder : public testing::TestWithParam<unsigned> {};
INSTANTIATE_TEST_SUITE_P(Seed, RandomOrder, testing::Range(0U, 4U));

TEST_P(RandomOrder, EndsInTheFindingsOfARebuild) {
  const TestFile file(fmt::format("desk_{}", GetParam()));
  Record r(file.path(), Record::Mode::Write);
  std::mt19937 random(GetParam());
  auto desk = remembering(r);
  std::vector<std::int64_t> made;
  for (int step = 0; step < 24; ++step) {
    // Few at first, so that a stack becomes a record of cells and back.
    for (unsigned n = 0; n < 1 + random() % 4; ++n) {
      const int a = static_cast<int>(random() % 42);
      const auto what = random() % 8;
      if (what < 3) {
        Record::Ready ready = Record::ready(article(a));
        Signed signs = desk->sign(ready.article);
        if (r.add(ready) != Record::Added::Unchanged) desk->expect(ready, std::move(signs));
      } else if (what < 5) {
        r.add(article(a));
      } else if (what == 5) {
        r.add(article(a, 1));
      } else if (what == 6) {
        r.remove(fmt::format("a{:02}", a));
      } else if (!made.empty() && random() % 2 == 0) {
        r.undo(made.back(), "Ada", "not so", "2026-05-12T09:30:00Z");
        made.pop_back();
      } else {
        made.push_back(r.add_correction(some_correction(random)));
      }
    }
    if (random() % 3 == 0) {  // another process, with or without what the last one remembered
      desk.reset();
      if (random() % 4 == 0) std::filesystem::remove(file.path() + "-desk");
      desk = remembering(r);
    }
    if (random() % 5 == 0) (void)desk->dossier();
    Renewal how;
    how.threads = random() % 2 == 0 ? 1 : 2;
    (void)desk->renew(how);
    ASSERT_EQ(r.findings_generation(), r.generation());
    if (step % 6 != 5) continue;
    const std::string now = found(r);
    ASSERT_EQ(now, rebuilt(r)) << "step " << step << ", " << r.size() << " articles";
    desk = remembering(r);
  }
}

TEST(Renew, CrossChecksOnlyWhatAnArticleConcerns) {
  const TestFile file("desk_one");
  Record r(file.path(), Record::Mode::Write);
  for (int n = 0; n < 41; ++n) r.add(article(n));
  Desk desk(r, stages());
  EXPECT_GE(desk.renew().cells, 7U);
  EXPECT_FALSE(desk.renew().renewed);
  const std::string event = [&] {
    Statement s(r.database(), "SELECT event FROM event_articles WHERE article = 'a06'");
    return s.step() ? s.string(0) : std::string();
  }();
  r.add(article(41, 3));  // with other figures than the others'
  const Changes changes = desk.renew();
  EXPECT_EQ(changes.cells, 1U);
  EXPECT_FALSE(changes.verdicts.empty());
  Statement s(r.database(), "SELECT event FROM event_articles WHERE article = 'a41'");
  ASSERT_TRUE(s.step());
  EXPECT_EQ(s.string(0), event);
  for (const VerdictChange& v : changes.verdicts) EXPECT_EQ(v.event, event);
}

TEST(Renew, AnotherDeskChecksNothingAgain) {
  const TestFile file("desk_two");
  Record r(file.path(), Record::Mode::Write);
  for (int n = 0; n < 30; ++n) r.add(article(n));
  (void)Desk(r, stages()).renew();
  r.add(article(30));
  EXPECT_EQ(Desk(r, stages()).renew().cells, 1U);
}

TEST(Renew, RemembersInAFileThatMayBeAnything) {
  const TestFile file("desk_file");
  const std::string path = file.path() + "-desk";
  Record r(file.path(), Record::Mode::Write);
  for (int n = 0; n < 30; ++n) r.add(article(n));
  (void)remembering(r)->renew();
  ASSERT_TRUE(std::filesystem::exists(path));
  const auto whole = [&] {
    std::ifstream in(path, std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(in), {});
  };
  for (int n = 30; n < 42; ++n) {
    const std::string before = whole();
    r.add(article(n));
    const Changes changes = remembering(r)->renew();
    EXPECT_EQ(changes.cells, 1U) << n;
    std::string now = whole();
    EXPECT_NE(now, before) << n;
    // Cut off, changed, of another record, gone; the next process writes it anew.
    if (n % 4 == 0) now.resize(now.size() * static_cast<std::size_t>(n) / 42);
    if (n % 4 == 1) now[now.size() * static_cast<std::size_t>(n) / 42] ^= 1;
    if (n % 4 == 2) now.clear();
    std::ofstream(path, std::ios::binary | std::ios::trunc) << now;
    if (n % 4 == 3) std::filesystem::remove(path);
  }
  const std::string now = found(r);
  EXPECT_EQ(now, rebuilt(r));
  EXPECT_FALSE(std::filesystem::exists(path + "." + std::to_string(::getpid())));
}

TEST(Renew, TakesNoOtherRecordsFile) {
  const TestFile one("desk_one_of_two");
  const TestFile two("desk_two_of_two");
  Record r(one.path(), Record::Mode::Write);
  Record s(two.path(), Record::Mode::Write);
  for (int n = 0; n < 30; ++n) {
    r.add(article(n));
    s.add(article(n, n == 17 ? 1 : 0));
  }
  (void)remembering(r)->renew();
  (void)remembering(s)->renew();
  std::filesystem::copy_file(one.path() + "-desk", two.path() + "-desk",
                             std::filesystem::copy_options::overwrite_existing);
  s.add(article(31));
  (void)remembering(s)->renew();
  const std::string now = found(s);
  EXPECT_EQ(now, rebuilt(s));
}

TEST(Renew, FindsInADossierWhatItKeeps) {
  const TestFile file("desk_dossier");
  Record r(file.path(), Record::Mode::Write);
  for (int n = 0; n < 35; ++n) r.add(article(n));
  Desk desk(r, stages());
  (void)desk.renew();
  const Dossier d = desk.dossier();
  std::vector<std::string> ids;
  for (const Claim& c : d.claims) ids.push_back(c.id + " " + std::string(to_string(c.verdict)));
  std::sort(ids.begin(), ids.end());
  std::vector<std::string> kept;
  Statement s(r.database(), "SELECT id || ' ' || verdict FROM claims ORDER BY 1");
  while (s.step()) kept.push_back(s.string(0));
  EXPECT_EQ(ids, kept);
  EXPECT_EQ(d.stories.size(),
            static_cast<std::size_t>(r.database().number("SELECT count(*) FROM stories")));
  EXPECT_EQ(d.entities.size(),
            static_cast<std::size_t>(r.database().number(
                "SELECT (SELECT count(*) FROM people) + (SELECT count(*) FROM entities)")));
}

TEST(Renew, NamesCorrectionsThatFindNothing) {
  const TestFile file("desk_stale");
  Record r(file.path(), Record::Mode::Write);
  for (int n = 0; n < 30; ++n) r.add(article(n));
  Correction c = correction(CorrectionKind::SetDate);
  c.articles = {"a40"};
  c.value = "2024-05-20";
  r.add_correction(c);
  const Changes changes = Desk(r, stages()).renew();
  ASSERT_EQ(changes.corrections.size(), 1U);
  EXPECT_FALSE(changes.corrections[0].applies);
  EXPECT_EQ(changes.corrections[0].why, "article a40 is not here");
}

}  // namespace desk_test
}  // namespace twosource::desk
