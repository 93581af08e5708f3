#include "record/schema.hpp"

#include <fmt/format.h>

#include <array>

#include "record/migrate.hpp"

namespace twosource::record {
namespace {

constexpr std::int64_t kApplication = 0x32737263;  // "2src", shown by file(1)

// Layout of version 6, with schema_findings.cpp. Places are half-open ranges of code points of the
// article's text, so that substr(text, start + 1, end - start) is the words; dates are EDTF. A
// column `json` is what the command of that name prints with --json; an article's comes from
// `layers` and its text, a finding's is one `line` of what its cell has in `packed`, opened by
// functions that this program brings along (packed.hpp): other SQLite tools see all other columns.
constexpr const char* kArticles = R"sql(
CREATE TABLE meta (key TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO meta VALUES ('generation', 1), ('findings', 0);
CREATE TABLE articles (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  hash TEXT NOT NULL,
  words_hash INTEGER NOT NULL,
  revision INTEGER NOT NULL,
  path TEXT, url TEXT, publisher TEXT, publisher_group TEXT, published TEXT, language TEXT,
  headline TEXT,
  text TEXT NOT NULL,
  layers BLOB NOT NULL,
  changed INTEGER NOT NULL DEFAULT 0     -- the generation in which it last did
);
CREATE INDEX articles_language ON articles(language);
CREATE TABLE changes (generation INTEGER PRIMARY KEY, article TEXT NOT NULL);
CREATE TABLE revisions (
  article INTEGER NOT NULL REFERENCES articles(number) ON DELETE CASCADE,
  revision INTEGER NOT NULL,
  hash TEXT NOT NULL, headline TEXT, published TEXT,
  text TEXT NOT NULL, layers BLOB NOT NULL,
  PRIMARY KEY (article, revision)
);
CREATE VIRTUAL TABLE article_words USING fts5(headline, text, content='', tokenize='ascii');
CREATE TABLE corrections (
  id INTEGER PRIMARY KEY,
  "when" TEXT NOT NULL, "by" TEXT NOT NULL, why TEXT NOT NULL, what TEXT NOT NULL
);
CREATE TRIGGER corrections_stay BEFORE UPDATE ON corrections
  BEGIN SELECT raise(ABORT, 'corrections are only ever added'); END;
CREATE TRIGGER corrections_are_kept BEFORE DELETE ON corrections
  BEGIN SELECT raise(ABORT, 'corrections are only ever added'); END;
)sql";

// Over every table with lines in a cell stands a view of its name in the connection's own temporary
// schema, with `json` opened by the functions of packed.hpp. Writing needs main.claims and so on.
constexpr const char* kOpened = R"sql(
PRAGMA temp_store = MEMORY;
CREATE TEMP VIEW IF NOT EXISTS articles AS
  SELECT *, article_json(layers, path, text) AS json FROM main.articles;
CREATE TEMP VIEW IF NOT EXISTS stories AS SELECT *, unpacked(packed) AS json FROM main.stories;
CREATE TEMP VIEW IF NOT EXISTS events AS
  SELECT x.*, json_set(cell_line(c.packed, x.line), '$.story', x.story) AS json
  FROM main.events x JOIN main.cells c ON c.cell = x.cell;
CREATE TEMP VIEW IF NOT EXISTS claims AS
  SELECT x.*, cell_line(c.packed, x.line) AS json,
         json_extract(cell_line(c.packed, x.line), '$.text') AS text,
         json_extract(cell_line(c.packed, x.line), '$.why') AS why
  FROM main.claims x JOIN main.cells c ON c.cell = x.cell;
CREATE TEMP VIEW IF NOT EXISTS origins AS
  SELECT *, json_object('id', id, 'kind', kind, 'name', name) AS json FROM main.origins;
)sql";
constexpr std::array kLineTables = {"copies", "quotes", "timeline"};
constexpr std::array kEntityTables = {"people", "entities"};

void open_packed(Database& database) {
  database.execute(kOpened);
  for (const char* table : kLineTables) {
    database.execute(fmt::format("CREATE TEMP VIEW IF NOT EXISTS {0} AS "
                                 "SELECT x.*, cell_line(c.packed, x.line) AS json "
                                 "FROM main.{0} x JOIN main.cells c ON c.cell = x.cell",
                                 table)
                         .c_str());
  }
  for (const char* table : kEntityTables) {
    database.execute(
        fmt::format("CREATE TEMP VIEW IF NOT EXISTS {0} AS SELECT x.*, "
                    "(SELECT merged_entity(cell_line(c.packed, p.line), x.name) "
                    "FROM main.entity_part_rows p JOIN main.cells c ON c.cell = p.cell "
                    "WHERE p.entity = x.number) AS json FROM main.{0} x",
                    table)
            .c_str());
  }
}

void create(Database& database) {
  database.execute(kArticles);
  create_findings(database);
}

}  // namespace

void create_findings(Database& database) {
  create_findings_tables(database);
  database.execute(fmt::format("PRAGMA application_id = {}", kApplication).c_str());
  database.execute(fmt::format("PRAGMA user_version = {}", kSchemaVersion).c_str());
}

void create_tables(Database& database) { create(database); }

bool is_current(Database& database, const std::string& path) {
  const std::int64_t version = database.number("PRAGMA user_version");
  if (database.number("SELECT count(*) FROM sqlite_master") == 0) return false;
  if (database.number("PRAGMA application_id") != kApplication) {
    throw IoError(path + ": a SQLite file, but no twosource record");
  }
  if (version > kSchemaVersion) {
    throw IoError(fmt::format("{}: written by a newer twosource (schema {}, this one knows {})",
                              path, version, kSchemaVersion));
  }
  return version == kSchemaVersion;
}

void prepare_schema(Database& database, const std::string& path, bool may_write) {
  if (!is_current(database, path)) {
    if (!may_write) {
      throw IoError(path + ": written by an older twosource, or not written to the end");
    }
    database.execute("PRAGMA foreign_keys = OFF");
    // Of an empty file. An article is some kilobytes: with pages of 4 KiB the record is a tenth
    // larger.
    database.execute("PRAGMA page_size = 16384");
    database.execute("PRAGMA journal_mode = WAL");
    Transaction transaction(database);
    if (!is_current(database, path)) {  // another process may have been quicker
      if (database.number("SELECT count(*) FROM sqlite_master") == 0) {
        create(database);
      } else {
        migrate(database);
      }
    }
    transaction.commit();
  }
  database.execute("PRAGMA foreign_keys = ON");
  open_packed(database);
  if (!may_write) return;
  // A commit is on the disk before it is reported: an article that was named as added survives a
  // power cut.
  database.execute("PRAGMA synchronous = FULL");
}

}  // namespace twosource::record
