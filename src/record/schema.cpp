#include "record/schema.hpp"

#include <fmt/format.h>

#include <array>

#include "record/migrate.hpp"

namespace twosource::record {
namespace {

constexpr std::int64_t kApplication = 0x32737263;  // "2src", shown by file(1)

// Layout of version 5. Places are half-open ranges of code points of the article's text, so that
// substr(text, start + 1, end - start) is the words; dates are EDTF. A column `json` is what the
// command of that name prints with --json; an article's comes from `layers` and its text, a
// finding's is one `line` of what its cell has in `packed`, opened by functions that this program
// brings along (packed.hpp): other SQLite tools see all other columns.
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

constexpr const char* kFindings = R"sql(
CREATE TABLE cells (                    -- what was found at once: an event, mostly
  cell INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,            -- its first event
  fingerprint INTEGER NOT NULL,         -- of all that went in
  packed BLOB NOT NULL
);
CREATE TABLE stories (
  id TEXT PRIMARY KEY, label TEXT NOT NULL, packed BLOB NOT NULL
) WITHOUT ROWID;
CREATE TABLE events (
  id TEXT PRIMARY KEY, "when" TEXT, label TEXT NOT NULL, type TEXT, story TEXT,
  words TEXT NOT NULL,                  -- of the label, as in event_words
  ties BLOB NOT NULL,
  cell INTEGER NOT NULL REFERENCES cells(cell), line INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE event_articles (
  event TEXT NOT NULL REFERENCES events(id) ON DELETE CASCADE,
  article TEXT NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
  PRIMARY KEY (event, article)
) WITHOUT ROWID;
CREATE TABLE claims (
  id TEXT PRIMARY KEY, event TEXT REFERENCES events(id) ON DELETE SET NULL,
  verdict TEXT NOT NULL, origins INTEGER NOT NULL,
  said_in INTEGER,                      -- position of the statement whose words the claim's are
  own_text TEXT,                        -- its words when no statement has them
  cell INTEGER NOT NULL, line INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE statements (
  claim TEXT NOT NULL REFERENCES claims(id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  article TEXT NOT NULL,                -- one of its event's
  "start" INTEGER NOT NULL, "end" INTEGER NOT NULL,
  speaker TEXT, origin TEXT,
  PRIMARY KEY (claim, position)
) WITHOUT ROWID;
CREATE TABLE differences (
  claim TEXT NOT NULL REFERENCES claims(id) ON DELETE CASCADE, position INTEGER NOT NULL,
  slot TEXT NOT NULL,
  relation TEXT NOT NULL, a INTEGER NOT NULL, b INTEGER NOT NULL,
  a_value TEXT NOT NULL, b_value TEXT NOT NULL, why TEXT,
  PRIMARY KEY (claim, position)
) WITHOUT ROWID;
CREATE TABLE copies (
  family TEXT NOT NULL,
  a TEXT NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
  b TEXT NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
  agency TEXT, containment REAL NOT NULL,
  cell INTEGER NOT NULL, line INTEGER NOT NULL,
  PRIMARY KEY (family, a, b)
) WITHOUT ROWID;
CREATE TABLE quotes (
  id TEXT PRIMARY KEY, name TEXT,
  cell INTEGER NOT NULL, line INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE quote_variants (
  quote TEXT NOT NULL REFERENCES quotes(id) ON DELETE CASCADE, position INTEGER NOT NULL,
  article TEXT NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
  "start" INTEGER NOT NULL, "end" INTEGER NOT NULL,
  PRIMARY KEY (quote, position)
) WITHOUT ROWID;
CREATE TABLE people (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, role TEXT,
  mentions INTEGER NOT NULL, articles INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE entities (
  id TEXT PRIMARY KEY, type TEXT NOT NULL, name TEXT NOT NULL,
  mentions INTEGER NOT NULL, articles INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE entity_parts (             -- what each cell knows of somebody
  entity TEXT NOT NULL, cell INTEGER NOT NULL, line INTEGER NOT NULL,
  type TEXT NOT NULL, name TEXT NOT NULL, role TEXT,
  mentions INTEGER NOT NULL, articles INTEGER NOT NULL,
  PRIMARY KEY (entity, cell)
) WITHOUT ROWID;
CREATE TABLE origins (
  id TEXT PRIMARY KEY, kind TEXT NOT NULL, name TEXT,
  cells INTEGER NOT NULL                -- in so many do statements go back to it
) WITHOUT ROWID;
CREATE TABLE timeline (
  cell INTEGER NOT NULL REFERENCES cells(cell), line INTEGER NOT NULL,
  "when" TEXT, text TEXT NOT NULL,
  event TEXT REFERENCES events(id) ON DELETE SET NULL,
  PRIMARY KEY (cell, line)
) WITHOUT ROWID;
CREATE TABLE applied (                  -- corrections that found something
  correction INTEGER NOT NULL, cell INTEGER NOT NULL,
  PRIMARY KEY (correction, cell)
) WITHOUT ROWID;
CREATE VIRTUAL TABLE event_words USING fts5(text, content='', tokenize='ascii');
CREATE INDEX quotes_name ON quotes(name);
CREATE INDEX quote_variants_article ON quote_variants(article);
CREATE INDEX events_story ON events(story);
CREATE INDEX events_cell ON events(cell);
CREATE INDEX event_articles_article ON event_articles(article);
CREATE INDEX claims_event ON claims(event);
CREATE INDEX copies_a ON copies(a);
CREATE INDEX copies_b ON copies(b);
CREATE INDEX timeline_event ON timeline(event);
)sql";

constexpr const char* kViews = R"sql(
CREATE VIEW article_list AS
  SELECT id, headline, publisher AS outlet, publisher_group, published, language, url, revision,
         length(text) AS characters FROM articles ORDER BY published, id;
CREATE VIEW event_list AS
  SELECT e.id AS event, e."when", e.label, e.type, s.label AS story,
         (SELECT count(*) FROM event_articles x WHERE x.event = e.id) AS articles
  FROM events e LEFT JOIN stories s ON s.id = e.story ORDER BY e."when", e.id;
CREATE VIEW claim_list AS
  SELECT c.id AS claim, c.verdict, c.origins,
         coalesce(c.own_text, (SELECT substr(a.text, s."start" + 1, s."end" - s."start")
                               FROM statements s JOIN articles a ON a.id = s.article
                               WHERE s.claim = c.id AND s.position = c.said_in)) AS claimed,
         c.event, e.label AS event_label, e."when" AS event_when
  FROM claims c LEFT JOIN events e ON e.id = c.event;
CREATE VIEW evidence_list AS
  SELECT s.claim, c.verdict, a.id AS article, a.publisher AS outlet, a.published,
         p.name AS speaker, o.kind AS origin_kind, o.name AS origin, s."start", s."end",
         substr(a.text, s."start" + 1, s."end" - s."start") AS sentence
  FROM statements s JOIN claims c ON c.id = s.claim JOIN articles a ON a.id = s.article
  LEFT JOIN people p ON p.id = s.speaker LEFT JOIN origins o ON o.id = s.origin
  ORDER BY s.claim, s.position;
CREATE VIEW difference_list AS
  SELECT d.claim, d.slot, d.relation, s.article AS article_a, d.a_value, t.article AS article_b,
         d.b_value, d.why
  FROM differences d
  JOIN statements s ON s.claim = d.claim AND s.position = d.a
  JOIN statements t ON t.claim = d.claim AND t.position = d.b;
CREATE VIEW copy_list AS
  SELECT c.family, c.agency, x.id AS article_a, x.publisher AS outlet_a, y.id AS article_b,
         y.publisher AS outlet_b, round(c.containment, 2) AS shared
  FROM copies c JOIN articles x ON x.id = c.a JOIN articles y ON y.id = c.b;
CREATE VIEW quote_list AS
  SELECT q.id AS quote, q.name AS speaker, a.id AS article, a.publisher AS outlet, v."start", v."end",
         substr(a.text, v."start" + 1, v."end" - v."start") AS words
  FROM quotes q JOIN quote_variants v ON v.quote = q.id JOIN articles a ON a.id = v.article;
CREATE VIEW people_list AS SELECT id AS person, name FROM people;
CREATE VIEW timeline_list AS SELECT "when", text, event FROM timeline
  ORDER BY "when" IS NULL, "when", line, event;
CREATE TABLE read_me (name TEXT PRIMARY KEY, what TEXT NOT NULL) WITHOUT ROWID;
INSERT INTO read_me VALUES
 ('article_list', 'view: every article, its newest version; the texts are in articles.text'),
 ('event_list', 'view: what happened and when, in how many articles'),
 ('claim_list', 'view: what the articles say, with verdict and number of independent origins'),
 ('evidence_list', 'view: every claim''s sentences, word for word, with speaker and origin'),
 ('difference_list', 'view: where two articles give different values'),
 ('copy_list', 'view: pairs of articles that share text (shared: part of the shorter one)'),
 ('quote_list', 'view: who is quoted with what, one row a wording'),
 ('people_list', 'view: who occurs'),
 ('timeline_list', 'view: what happened when'),
 ('corrections', 'table: what people corrected; only ever added to, replayed on every run'),
 ('revisions', 'table: earlier versions of articles'),
 ('article_words', 'full-text index of stems in lower case without diacritics: … MATCH ''gipfel''; '
                   || 'rowid is articles.number'),
 ('cells', 'table: what was cross-checked at once, with a fingerprint of what went in'),
 ('packed, layers', 'columns: everything else, compressed; `twosource export` prints it as JSON'),
 ('start, end', 'code points from 0: substr(text, start + 1, end - start) is the words');
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
  FROM main.events x LEFT JOIN main.cells c ON c.cell = x.cell;
CREATE TEMP VIEW IF NOT EXISTS claims AS
  SELECT x.*, cell_line(c.packed, x.line) AS json,
         json_extract(cell_line(c.packed, x.line), '$.text') AS text,
         json_extract(cell_line(c.packed, x.line), '$.why') AS why
  FROM main.claims x LEFT JOIN main.cells c ON c.cell = x.cell;
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
                                 "FROM main.{0} x LEFT JOIN main.cells c ON c.cell = x.cell",
                                 table)
                         .c_str());
  }
  for (const char* table : kEntityTables) {
    database.execute(fmt::format("CREATE TEMP VIEW IF NOT EXISTS {0} AS SELECT x.*, "
                                 "(SELECT merged_entity(cell_line(c.packed, p.line), x.name) "
                                 "FROM main.entity_parts p JOIN main.cells c ON c.cell = p.cell "
                                 "WHERE p.entity = x.id) AS json FROM main.{0} x",
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
  database.execute(kFindings);
  database.execute(kViews);
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
