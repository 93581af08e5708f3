#include "record/schema.hpp"

#include <fmt/format.h>

#include <array>

namespace twosource::record {
namespace {

constexpr std::int64_t kVersion = 2;
constexpr std::int64_t kApplication = 0x32737263;  // "2src", shown by file(1)

// Layout of version 1; later versions add to it below. Every `json` column holds the object that
// the command of that name prints with --json; offsets are code points, half-open; dates EDTF.
constexpr const char* kTables = R"sql(
CREATE TABLE articles (
  id TEXT PRIMARY KEY,
  text_hash TEXT NOT NULL,          -- XXH3-64 of the text, 16 hex digits
  revision INTEGER NOT NULL,        -- 1, 2, …
  path TEXT, url TEXT, publisher TEXT, published TEXT, language TEXT, headline TEXT,
  json TEXT NOT NULL                -- the article as `read` prints it
) WITHOUT ROWID;
CREATE TABLE revisions (
  article TEXT NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
  revision INTEGER NOT NULL,
  text_hash TEXT NOT NULL,
  json TEXT NOT NULL,
  PRIMARY KEY (article, revision)
) WITHOUT ROWID;
CREATE TABLE events (
  id TEXT PRIMARY KEY, "when" TEXT, label TEXT NOT NULL, type TEXT, story TEXT, json TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE event_articles (
  event TEXT NOT NULL REFERENCES events(id) ON DELETE CASCADE,
  article TEXT NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
  PRIMARY KEY (event, article)
) WITHOUT ROWID;
CREATE TABLE claims (
  id TEXT PRIMARY KEY,
  event TEXT REFERENCES events(id) ON DELETE SET NULL,
  verdict TEXT NOT NULL, origins INTEGER NOT NULL, text TEXT NOT NULL, why TEXT, json TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE statements (
  claim TEXT NOT NULL REFERENCES claims(id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  article TEXT NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
  "start" INTEGER NOT NULL, "end" INTEGER NOT NULL,
  speaker TEXT, origin TEXT,
  PRIMARY KEY (claim, position)
) WITHOUT ROWID;
CREATE TABLE copies (
  family TEXT NOT NULL,
  a TEXT NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
  b TEXT NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
  agency TEXT, containment REAL NOT NULL, json TEXT NOT NULL,
  PRIMARY KEY (family, a, b)
) WITHOUT ROWID;
CREATE TABLE quotes (id TEXT PRIMARY KEY, name TEXT, json TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE people (id TEXT PRIMARY KEY, name TEXT NOT NULL, json TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE timeline (
  position INTEGER PRIMARY KEY, "when" TEXT, text TEXT NOT NULL,
  event TEXT REFERENCES events(id) ON DELETE SET NULL, json TEXT NOT NULL
);
CREATE INDEX statements_article ON statements(article);
)sql";

// Version 2: stories, origins and the entities that are no people by name, and the ways by which
// the findings of one event, story or article are found without reading all of them.
constexpr const char* kVersion2 = R"sql(
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
)sql";

// What brings a record of version i + 1 to the next one. The findings of a record that was brought
// up are complete again when articles are next added.
constexpr std::array kSteps = {kVersion2};
static_assert(kSteps.size() + 1 == static_cast<std::size_t>(kVersion));

void bring_up(Database& database, std::int64_t from) {
  for (std::int64_t v = from; v < kVersion; ++v) {
    database.execute(kSteps.at(static_cast<std::size_t>(v - 1)));
  }
  database.execute(fmt::format("PRAGMA user_version = {}", kVersion).c_str());
}

}  // namespace

void prepare_schema(Database& database, const std::string& path, bool may_write) {
  const std::int64_t version = database.number("PRAGMA user_version");
  const std::int64_t application = database.number("PRAGMA application_id");
  const std::int64_t tables = database.number("SELECT count(*) FROM sqlite_master");
  if (tables == 0 && may_write) {
    database.execute("PRAGMA journal_mode = WAL");
    Transaction transaction(database);
    if (database.number("SELECT count(*) FROM sqlite_master") == 0) {
      database.execute(kTables);
      database.execute(fmt::format("PRAGMA application_id = {}", kApplication).c_str());
      bring_up(database, 1);
    }
    transaction.commit();
  } else if (application != kApplication) {
    throw IoError(path + ": a SQLite file, but no twosource record");
  } else if (version > kVersion) {
    throw IoError(fmt::format("{}: written by a newer twosource (schema {}, this one knows {})",
                              path, version, kVersion));
  } else if (version < kVersion && may_write) {
    Transaction transaction(database);
    bring_up(database, database.number("PRAGMA user_version"));
    transaction.commit();
  }
  database.execute("PRAGMA foreign_keys = ON");
  database.execute("PRAGMA synchronous = NORMAL");  // with WAL: a crash loses nothing consistent
}

}  // namespace twosource::record
