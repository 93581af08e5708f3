#include "record/record.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "article/json.hpp"
#include "record/packed.hpp"
#include "record/schema.hpp"
#include "record/test_record.hpp"

namespace twosource::record {
namespace record_test {

Article meldung(const std::string& text, const std::string& id = "a") {
  return test_article(id, "de", "Meldung", "Blattgold", "2024-05-11", {text});
}

TEST(Add, TellsNewUnchangedAndRevised) {
  const TestFile file("add");
  Record r(file.path(), Record::Mode::Write);
  EXPECT_EQ(r.add(meldung("Ein Brand am Hafen.")), Record::Added::New);
  const std::int64_t generation = r.generation();
  EXPECT_EQ(r.add(meldung("Ein Brand am Hafen.")), Record::Added::Unchanged);
  EXPECT_EQ(r.generation(), generation);
  EXPECT_EQ(r.add(meldung("Ein Feuer am Hafen.")), Record::Added::Revised);
  EXPECT_GT(r.generation(), generation);
  EXPECT_EQ(r.size(), 1U);
  EXPECT_EQ(r.article("a")->text, "Ein Feuer am Hafen.");
  EXPECT_EQ(r.database().number("SELECT count(*) FROM revisions"), 1);
  EXPECT_EQ(r.database().number("SELECT revision FROM articles"), 2);
}

TEST(Add, FilesOfOneNameStayApart) {
  const TestFile file("names");
  Record r(file.path(), Record::Mode::Write);
  const auto at = [](const std::string& path, const std::string& text) {
    Article a = meldung(text);
    a.path = path;
    return a;
  };
  EXPECT_EQ(r.add(at("monday/a.txt", "Eins.")), Record::Added::New);
  EXPECT_EQ(r.add(at("tuesday/a.txt", "Zwei.")), Record::Added::New);
  EXPECT_EQ(r.add(at("tuesday/a.txt", "Zwei und mehr.")), Record::Added::Revised);
  EXPECT_EQ(r.add(at("monday/a.txt", "Eins und mehr.")), Record::Added::Revised);
  EXPECT_EQ(r.size(), 2U);
  // One that was read together with another of its name has the hash in its id already.
  ASSERT_TRUE(r.remove("a"));
  EXPECT_EQ(r.add(at("tuesday/a.txt", "Zwei und viel mehr.")), Record::Added::Revised);
  EXPECT_EQ(r.size(), 1U);
}

TEST(Add, ReadsBackEveryLayer) {
  const TestFile file("layers");
  Record r(file.path(), Record::Mode::Write);
  Article a = meldung("Zwölf Menschen kamen um 10 Uhr, sagte Ada Berg.");
  a.times.push_back({{22, 32}, TimexType::Time, "2024-05-11T10", "", "", "", "", "", 0, 0});
  a.entities.push_back({"e1", "Ada Berg", EntityType::Person, {"Sprecherin"}, "f"});
  a.mentions.push_back({{39, 47}, 0, MentionKind::Name});
  a.extra = R"({"mine":1})";
  r.add(a);
  const std::optional<Article> got = r.article("a");
  ASSERT_TRUE(got);
  EXPECT_EQ(got->times.size(), 1U);
  EXPECT_EQ(got->entities[0].roles, std::vector<std::string>{"Sprecherin"});
  EXPECT_EQ(got->mentions[0].span, (Span{39, 47}));
  EXPECT_EQ(got->extra, a.extra);
  EXPECT_EQ(got->path, "a.txt");
  EXPECT_EQ(got->tokens.sentences.size(), 1U);
  EXPECT_EQ(got->tokens.sentences[0].span, a.tokens.sentences[0].span);
  EXPECT_FALSE(r.article("b"));
}

TEST(Add, NothingOfABatchThatIsNotCommitted) {
  const TestFile file("batch");
  Record r(file.path(), Record::Mode::Write);
  {
    Record::Batch batch(r);
    r.add(meldung("Eins.", "a"));
    r.add(meldung("Zwei.", "b"));
  }
  EXPECT_EQ(r.size(), 0U);
  Record::Batch batch(r);
  r.add(meldung("Eins.", "a"));
  batch.commit();
  EXPECT_EQ(Record(file.path(), Record::Mode::Read).size(), 1U);
}

// A record as schema 1 wrote it, with an article, its first version, and findings.
constexpr const char* kSchema1 = R"sql(
CREATE TABLE articles (
  id TEXT PRIMARY KEY, text_hash TEXT NOT NULL, revision INTEGER NOT NULL,
  path TEXT, url TEXT, publisher TEXT, published TEXT, language TEXT, headline TEXT, json TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE revisions (
  article TEXT NOT NULL REFERENCES articles(id) ON DELETE CASCADE, revision INTEGER NOT NULL,
  text_hash TEXT NOT NULL, json TEXT NOT NULL, PRIMARY KEY (article, revision)
) WITHOUT ROWID;
CREATE TABLE events (
  id TEXT PRIMARY KEY, "when" TEXT, label TEXT NOT NULL, type TEXT, story TEXT, json TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE event_articles (
  event TEXT NOT NULL REFERENCES events(id) ON DELETE CASCADE,
  article TEXT NOT NULL REFERENCES articles(id) ON DELETE CASCADE, PRIMARY KEY (event, article)
) WITHOUT ROWID;
CREATE TABLE claims (
  id TEXT PRIMARY KEY, event TEXT REFERENCES events(id) ON DELETE SET NULL, verdict TEXT NOT NULL,
  origins INTEGER NOT NULL, text TEXT NOT NULL, why TEXT, json TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE statements (
  claim TEXT NOT NULL REFERENCES claims(id) ON DELETE CASCADE, position INTEGER NOT NULL,
  article TEXT NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
  "start" INTEGER NOT NULL, "end" INTEGER NOT NULL, speaker TEXT, origin TEXT,
  PRIMARY KEY (claim, position)
) WITHOUT ROWID;
CREATE TABLE copies (
  family TEXT NOT NULL, a TEXT NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
  b TEXT NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
  agency TEXT, containment REAL NOT NULL, json TEXT NOT NULL, PRIMARY KEY (family, a, b)
) WITHOUT ROWID;
CREATE TABLE quotes (id TEXT PRIMARY KEY, name TEXT, json TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE people (id TEXT PRIMARY KEY, name TEXT NOT NULL, json TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE timeline (
  position INTEGER PRIMARY KEY, "when" TEXT, text TEXT NOT NULL,
  event TEXT REFERENCES events(id) ON DELETE SET NULL, json TEXT NOT NULL
);
CREATE INDEX statements_article ON statements(article);
INSERT INTO articles VALUES ('a', '00', 2, 'x/a.txt', NULL, 'Blattgold', '2024-05-11', 'de', 'Meldung',
 '{"id":"a","headline":"Meldung","publisher":"Blattgold","inLanguage":"de",'
 || '"datePublished":{"value":"2024-05-11","from":"meta"},"text":"Übung am Hafen.",'
 || '"sentences":[{"start":0,"end":15}],"mentions":[{"start":9,"end":14,"entity":"e1","kind":"name"}],'
 || '"entities":[{"id":"e1","name":"Hafen","type":"LOC","roles":[]}]}');
INSERT INTO articles VALUES ('b', '00', 1, NULL, 'https://n.example/b', 'Nordblick', NULL, 'de', NULL,
 '{"id":"b","url":"https://n.example/b","inLanguage":"de","text":"Brand am See."}');
INSERT INTO revisions VALUES ('a', 1, '01', '{"id":"a","inLanguage":"de","text":"Eine Übung."}');
INSERT INTO events VALUES ('v1', '2024-05-11', 'Übung', NULL, 's1', '{}');
INSERT INTO event_articles VALUES ('v1', 'a');
INSERT INTO claims VALUES ('k1', 'v1', 'single-outlet', 1, 'Übung am Hafen.', NULL, '{}');
INSERT INTO statements VALUES ('k1', 0, 'a', 0, 15, NULL, NULL);
PRAGMA application_id = 846426723;
PRAGMA user_version = 1;
)sql";

// What schema 2 had beyond schema 1.
constexpr const char* kSchema2 = R"sql(
CREATE TABLE stories (id TEXT PRIMARY KEY, label TEXT NOT NULL, json TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE origins (
  id TEXT PRIMARY KEY, kind TEXT NOT NULL, name TEXT, json TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE entities (
  id TEXT PRIMARY KEY, type TEXT NOT NULL, name TEXT NOT NULL, json TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX quotes_name ON quotes(name);
CREATE INDEX events_story ON events(story);
CREATE INDEX event_articles_article ON event_articles(article);
CREATE INDEX claims_event ON claims(event);
CREATE INDEX copies_a ON copies(a);
CREATE INDEX copies_b ON copies(b);
CREATE INDEX timeline_event ON timeline(event);
INSERT INTO stories VALUES ('s1', 'Übung', '{}');
INSERT INTO entities VALUES ('l1', 'LOC', 'Hafen', '{}');
PRAGMA user_version = 2;
)sql";

// Layers as schemas 3 and 4 had them.
std::string old_layers(const Article& a) {
  Json j = article_to_json(a);
  j.erase("text");
  j.erase("path");
  return pack(j);
}

// As schema 3 wrote it: the articles' layers as JSON, findings in tables of their own.
constexpr const char* kSchema3 = R"sql(
CREATE TABLE meta (key TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO meta VALUES ('generation', 7), ('findings', 7);
CREATE TABLE articles (
  number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, hash TEXT NOT NULL,
  words_hash INTEGER NOT NULL, revision INTEGER NOT NULL,
  path TEXT, url TEXT, publisher TEXT, publisher_group TEXT, published TEXT, language TEXT,
  headline TEXT, text TEXT NOT NULL, layers BLOB NOT NULL
);
CREATE TABLE revisions (
  article INTEGER NOT NULL REFERENCES articles(number) ON DELETE CASCADE,
  revision INTEGER NOT NULL, hash TEXT NOT NULL, headline TEXT, published TEXT,
  text TEXT NOT NULL, layers BLOB NOT NULL, PRIMARY KEY (article, revision)
);
CREATE VIRTUAL TABLE article_words USING fts5(headline, text, content='', tokenize='ascii');
CREATE TABLE corrections (
  id INTEGER PRIMARY KEY,
  "when" TEXT NOT NULL, "by" TEXT NOT NULL, why TEXT NOT NULL, what TEXT NOT NULL
);
CREATE TABLE events (
  id TEXT PRIMARY KEY, "when" TEXT, label TEXT NOT NULL, type TEXT, story TEXT,
  packed BLOB NOT NULL
) WITHOUT ROWID;
CREATE TABLE claims (
  id TEXT PRIMARY KEY, event TEXT REFERENCES events(id) ON DELETE SET NULL,
  verdict TEXT NOT NULL, origins INTEGER NOT NULL, said_in INTEGER, own_text TEXT,
  packed BLOB NOT NULL
) WITHOUT ROWID;
CREATE VIRTUAL TABLE claim_words USING
  fts5(text, content='', tokenize='ascii', detail=none, columnsize=0);
CREATE TABLE read_me (name TEXT PRIMARY KEY, what TEXT NOT NULL) WITHOUT ROWID;
CREATE VIEW claim_list AS SELECT id AS claim, verdict FROM claims;
CREATE INDEX claims_event ON claims(event);
INSERT INTO events VALUES ('v1', '2024-05-11', 'Übung', NULL, 's1', x'00');
INSERT INTO claims VALUES ('k1', 'v1', 'single-outlet', 1, NULL, 'Übung am Hafen.', x'00');
INSERT INTO corrections VALUES (1, '2026-05-12', 'Ada', 'why', '{}');
PRAGMA application_id = 846426723;
PRAGMA user_version = 3;
)sql";

TEST(SchemaThree, KeepsArticlesAndCorrectionsAndFindsTheRestAnew) {
  const TestFile file("schema_three");
  {
    Database db(file.path(), Database::Mode::ReadWrite);
    db.execute(kSchema3);
    Statement put(db,
                  "INSERT INTO articles (id, hash, words_hash, revision, language, text, layers) "
                  "VALUES ('a', '00', 0, 2, 'de', ?, ?)");
    const Article a = meldung("Übung am Hafen.");
    put.bind(a.text).bind_blob(old_layers(a)).run();
  }
  Record r(file.path(), Record::Mode::Write);
  EXPECT_EQ(r.database().number("PRAGMA user_version"), kSchemaVersion);
  ASSERT_EQ(r.size(), 1U);
  EXPECT_EQ(r.article("a")->text, "Übung am Hafen.");
  EXPECT_EQ(r.database().number("SELECT count(*) FROM corrections"), 1);
  EXPECT_NE(r.findings_generation(), r.generation());
  EXPECT_EQ(r.database().number("SELECT count(*) FROM claims"), 0);
  EXPECT_EQ(r.database().number("SELECT count(*) FROM sqlite_master WHERE name = 'claim_words'"),
            0);
  EXPECT_EQ(r.database().number("SELECT count(*) FROM pragma_foreign_key_check"), 0);
}

TEST(SchemaFour, KeepsArticlesAndStoresLayersAsToday) {
  const TestFile file("schema_four");
  const Article first = meldung("Übung am Hafen.");
  const Article second = meldung("Übung am Fluss.");
  {
    Record r(file.path(), Record::Mode::Write);
    r.add(first);
    r.add(second);
    r.set_findings_generation(r.generation());
    for (const auto& [sql, a] : {std::pair("UPDATE main.articles SET layers = ?", &second),
                                 std::pair("UPDATE main.revisions SET layers = ?", &first)}) {
      Statement(r.database(), sql).bind_blob(old_layers(*a)).run();
    }
    r.database().execute("PRAGMA user_version = 4");
  }
  Record r(file.path(), Record::Mode::Write);
  EXPECT_EQ(r.database().number("PRAGMA user_version"), kSchemaVersion);
  EXPECT_EQ(dump_line(article_to_json(*r.article("a"))), dump_line(article_to_json(second)));
  Statement old(r.database(), "SELECT text, layers FROM revisions");
  ASSERT_TRUE(old.step());
  EXPECT_EQ(old.text(1), pack_layers(first));
  EXPECT_NE(r.findings_generation(), r.generation());  // to be found anew
  EXPECT_EQ(r.add(second), Record::Added::Unchanged);
}

TEST(SchemaFour, StaysAsItIsWhenAnArticleCannotBeRead) {
  const TestFile file("schema_four_damaged");
  {
    Record r(file.path(), Record::Mode::Write);
    r.add(meldung("Übung am Hafen."));
    r.database().execute("UPDATE main.articles SET layers = x'00'");
    r.database().execute("PRAGMA user_version = 4");
  }
  EXPECT_THROW(Record(file.path(), Record::Mode::Write), IoError);
  EXPECT_EQ(Database(file.path(), Database::Mode::ReadOnly).number("PRAGMA user_version"), 4);
}

class OlderSchema : public testing::TestWithParam<int> {
 protected:
  OlderSchema() {
    Database db(file_.path(), Database::Mode::ReadWrite);
    db.execute(kSchema1);
    if (GetParam() > 1) db.execute(kSchema2);
  }
  TestFile file_{"older_schema"};
};
INSTANTIATE_TEST_SUITE_P(Version, OlderSchema, testing::Values(1, 2));

TEST_P(OlderSchema, IsBroughtUpToDateWithAllThatIsInIt) {
  Record r(file_.path(), Record::Mode::Write);
  EXPECT_EQ(r.database().number("PRAGMA user_version"), kSchemaVersion);
  ASSERT_EQ(r.size(), 2U);
  const std::optional<Article> a = r.article("a");
  EXPECT_EQ(a->text, "Übung am Hafen.");
  EXPECT_EQ(a->path, "x/a.txt");
  EXPECT_EQ(a->published.value, "2024-05-11");
  EXPECT_EQ(a->at(a->mentions.at(0).span), "Hafen");
  EXPECT_EQ(r.article("b")->url, "https://n.example/b");
  Statement old(r.database(), "SELECT text FROM revisions");
  ASSERT_TRUE(old.step());
  EXPECT_EQ(old.text(0), "Eine Übung.");
  EXPECT_EQ(r.database().number("SELECT revision FROM articles WHERE id = 'a'"), 2);
  EXPECT_EQ(
      r.database().number("SELECT count(*) FROM article_words WHERE article_words MATCH 'ubung'"),
      1);
  EXPECT_NE(r.findings_generation(), r.generation());  // to be found anew
  EXPECT_EQ(r.database().number("SELECT count(*) FROM pragma_foreign_key_check"), 0);
  EXPECT_EQ(r.database().number("SELECT count(*) FROM sqlite_master WHERE name LIKE 'old%'"), 0);
}

TEST_P(OlderSchema, IsBroughtUpToDateByAReaderToo) {
  EXPECT_EQ(Record(file_.path(), Record::Mode::Read).size(), 2U);
  EXPECT_EQ(Record(file_.path(), Record::Mode::Read).article("a")->headline, "Meldung");
}

TEST_P(OlderSchema, StaysAsItIsWhenAnArticleCannotBeRead) {
  Database(file_.path(), Database::Mode::ReadWrite)
      .execute("UPDATE articles SET json = '{\"id\":7}' WHERE id = 'b'");
  EXPECT_THROW(Record(file_.path(), Record::Mode::Write), IoError);
  Database again(file_.path(), Database::Mode::ReadOnly);
  EXPECT_EQ(again.number("PRAGMA user_version"), GetParam());
  EXPECT_EQ(again.number("SELECT count(*) FROM articles"), 2);
  EXPECT_EQ(again.number("SELECT count(*) FROM claims"), 1);
}

TEST(Open, RefusesWhatIsNoRecordAndWhatIsNewer) {
  const TestFile file("refused");
  Database(file.path(), Database::Mode::ReadWrite).execute("CREATE TABLE x (y)");
  EXPECT_THROW(Record(file.path(), Record::Mode::Write), IoError);
  EXPECT_THROW(Record(file.path(), Record::Mode::Read), IoError);
  const TestFile newer("newer");
  { const Record made(newer.path(), Record::Mode::Write); }
  Database(newer.path(), Database::Mode::ReadWrite).execute("PRAGMA user_version = 99");
  EXPECT_THROW(Record(newer.path(), Record::Mode::Write), IoError);
  EXPECT_THROW(Record(newer.path(), Record::Mode::Read), IoError);
  EXPECT_THROW(Record("/nowhere/at/all.db", Record::Mode::Read), IoError);
  EXPECT_THROW(Record("/nowhere/at/all.db", Record::Mode::Write), IoError);
}

Correction merge(const std::string& a, const std::string& b) {
  Correction c;
  c.by = "Ada";
  c.why = "one name in two spellings";
  c.when = "2026-05-12T09:30:00Z";
  c.a.name = a;
  c.b.name = b;
  c.a.places.push_back({"a", 3, "Ä. Berg"});
  return c;
}

TEST(Corrections, AreKeptAndUndoneAndNeverChanged) {
  const TestFile file("corrections");
  Record r(file.path(), Record::Mode::Write);
  EXPECT_EQ(r.add_correction(merge("Ä. Berg", "Ada Berg")), 1);
  EXPECT_EQ(r.add_correction(merge("Bo", "Bo Lind")), 2);
  ASSERT_EQ(r.active_corrections().size(), 2U);
  EXPECT_EQ(r.active_corrections()[0].a, merge("Ä. Berg", "Ada Berg").a);
  EXPECT_EQ(r.undo(1, "Bo", "two people", "2026-05-13T09:30:00Z"), 3);
  ASSERT_EQ(r.active_corrections().size(), 1U);
  EXPECT_EQ(r.corrections()[0].undone_by, 3);
  EXPECT_EQ(r.corrections()[2].undoes, 1);
  EXPECT_THROW(r.undo(1, "Bo", "again"), IoError);
  EXPECT_THROW(r.undo(9, "Bo", "none"), IoError);
  EXPECT_EQ(r.undo(3, "Ada", "one after all"), 4);
  EXPECT_EQ(r.active_corrections().size(), 2U);
  EXPECT_THROW(r.undo(3, "Ada", "again"), IoError);
  EXPECT_THROW(r.database().execute("DELETE FROM corrections"), IoError);
  EXPECT_THROW(r.database().execute("UPDATE corrections SET why = ''"), IoError);
  Correction nameless = merge("a", "b");
  nameless.by.clear();
  EXPECT_THROW(r.add_correction(nameless), IoError);
}

}  // namespace record_test
}  // namespace twosource::record
