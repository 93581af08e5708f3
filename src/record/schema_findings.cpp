#include <fmt/format.h>

#include <string>

#include "article/dossier.hpp"
#include "record/schema.hpp"

namespace twosource::record {
namespace {

// A table …_rows names rows of others by their number; over each stands a view without "_rows" that
// shows their ids instead. The claims of an event, and those of a cell, are numbered one behind the
// other, so that no index is needed to find them; so are those of what belongs to a claim.
constexpr const char* kFindings = R"sql(
CREATE TABLE cells (                    -- what was found at once: an event, mostly
  cell INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,            -- its first event
  fingerprint INTEGER NOT NULL,         -- of all that went in
  first_claim INTEGER NOT NULL, claims INTEGER NOT NULL,
  packed BLOB NOT NULL
);
CREATE TABLE stories (
  id TEXT PRIMARY KEY, label TEXT NOT NULL, packed BLOB NOT NULL
) WITHOUT ROWID;
CREATE TABLE event_rows (
  number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  "when" TEXT, label TEXT NOT NULL, type TEXT, story TEXT,
  words TEXT NOT NULL,                  -- of the label, as in event_words
  ties BLOB NOT NULL,
  cell INTEGER NOT NULL, line INTEGER NOT NULL,
  first_claim INTEGER NOT NULL, claims INTEGER NOT NULL
);
CREATE TABLE event_article_rows (
  event INTEGER NOT NULL,
  article INTEGER NOT NULL REFERENCES articles(number) ON DELETE CASCADE,
  PRIMARY KEY (event, article)
) WITHOUT ROWID;
CREATE TABLE claim_rows (
  number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  event INTEGER,
  verdict INTEGER NOT NULL, origins INTEGER NOT NULL,
  said_in INTEGER,                      -- position of the statement whose words the claim's are
  own_text TEXT,                        -- its words when no statement has them
  line INTEGER NOT NULL
);
CREATE TABLE statement_rows (
  claim INTEGER NOT NULL, position INTEGER NOT NULL,
  article INTEGER NOT NULL,             -- one of its event's
  "start" INTEGER NOT NULL, length INTEGER NOT NULL,
  speaker INTEGER, origin INTEGER,
  PRIMARY KEY (claim, position)
) WITHOUT ROWID;
CREATE TABLE difference_rows (
  claim INTEGER NOT NULL, position INTEGER NOT NULL,
  slot TEXT NOT NULL, relation INTEGER NOT NULL,
  a INTEGER NOT NULL, b INTEGER NOT NULL,
  a_value TEXT NOT NULL, b_value TEXT NOT NULL, why TEXT,
  PRIMARY KEY (claim, position)
) WITHOUT ROWID;
CREATE TABLE copy_rows (
  family TEXT NOT NULL,
  a INTEGER NOT NULL REFERENCES articles(number) ON DELETE CASCADE,
  b INTEGER NOT NULL REFERENCES articles(number) ON DELETE CASCADE,
  agency TEXT, containment REAL NOT NULL,
  cell INTEGER NOT NULL, line INTEGER NOT NULL,
  PRIMARY KEY (family, a, b)
) WITHOUT ROWID;
CREATE TABLE quotes (
  id TEXT PRIMARY KEY, name TEXT,
  cell INTEGER NOT NULL, line INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE quote_variant_rows (       -- of the line of a cell
  cell INTEGER NOT NULL, line INTEGER NOT NULL, position INTEGER NOT NULL,
  article INTEGER NOT NULL,
  "start" INTEGER NOT NULL, length INTEGER NOT NULL,
  PRIMARY KEY (cell, line, position)
) WITHOUT ROWID;
CREATE TABLE entity_rows (              -- people, places, bodies
  number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL, role TEXT,
  mentions INTEGER NOT NULL, articles INTEGER NOT NULL
);
CREATE TABLE entity_part_rows (         -- what each cell knows of somebody
  entity INTEGER NOT NULL, cell INTEGER NOT NULL, line INTEGER NOT NULL,
  name TEXT,                            -- NULL: as in entity_rows
  role TEXT,
  mentions INTEGER NOT NULL, articles INTEGER NOT NULL,
  PRIMARY KEY (entity, cell)
) WITHOUT ROWID;
CREATE TABLE origin_rows (
  number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  kind INTEGER NOT NULL, name TEXT,
  cells INTEGER NOT NULL                -- in so many do statements go back to it
);
CREATE TABLE timeline_rows (
  cell INTEGER NOT NULL, line INTEGER NOT NULL,
  "when" TEXT,
  article INTEGER, "start" INTEGER, length INTEGER,  -- the words, or else
  own_text TEXT,
  event INTEGER,
  PRIMARY KEY (cell, line)
) WITHOUT ROWID;
CREATE TABLE applied (                  -- corrections that found something
  correction INTEGER NOT NULL, cell INTEGER NOT NULL,
  PRIMARY KEY (correction, cell)
) WITHOUT ROWID;
CREATE VIRTUAL TABLE event_words USING fts5(text, content='', tokenize='ascii');
CREATE INDEX quotes_name ON quotes(name);
CREATE INDEX events_story ON event_rows(story);
CREATE INDEX events_cell ON event_rows(cell);
CREATE INDEX event_articles_article ON event_article_rows(article);
CREATE INDEX copies_a ON copy_rows(a);
CREATE INDEX copies_b ON copy_rows(b);
)sql";

// {0}, {1} and {2}: the names of verdicts, relations and kinds of origins.
constexpr const char* kIds = R"sql(
CREATE VIEW events AS
  SELECT id, "when", label, type, story, words, ties, cell, line, number FROM event_rows;
CREATE VIEW event_articles AS
  SELECT e.id AS event, a.id AS article FROM event_article_rows x
  JOIN event_rows e ON e.number = x.event JOIN articles a ON a.number = x.article;
CREATE VIEW claims AS
  SELECT c.id, e.id AS event, {0} AS verdict, c.origins, c.said_in,
         c.own_text, e.cell, c.line, c.number
  FROM claim_rows c JOIN event_rows e ON e.number = c.event
       AND c.number >= e.first_claim AND c.number < e.first_claim + e.claims;
CREATE VIEW statements AS
  SELECT c.id AS claim, s.position, a.id AS article, s."start", s."start" + s.length AS "end",
         p.id AS speaker, o.id AS origin
  FROM statement_rows s JOIN claim_rows c ON c.number = s.claim
  JOIN articles a ON a.number = s.article
  LEFT JOIN entity_rows p ON p.number = s.speaker LEFT JOIN origin_rows o ON o.number = s.origin;
CREATE VIEW differences AS
  SELECT c.id AS claim, d.position, d.slot, {1} AS relation, d.a, d.b,
         d.a_value, d.b_value, d.why
  FROM difference_rows d JOIN claim_rows c ON c.number = d.claim;
CREATE VIEW copies AS
  SELECT c.family, x.id AS a, y.id AS b, c.agency, c.containment, c.cell, c.line
  FROM copy_rows c JOIN articles x ON x.number = c.a JOIN articles y ON y.number = c.b;
CREATE VIEW quote_variants AS
  SELECT q.id AS quote, v.position, a.id AS article, v."start", v."start" + v.length AS "end"
  FROM quotes q JOIN quote_variant_rows v ON v.cell = q.cell AND v.line = q.line
  JOIN articles a ON a.number = v.article;
CREATE VIEW people AS
  SELECT id, name, role, mentions, articles, number FROM entity_rows WHERE id >= 'p' AND id < 'q';
CREATE VIEW entities AS
  SELECT id, CASE substr(id, 1, 1) WHEN 'l' THEN 'LOC' WHEN 'g' THEN 'ORG' ELSE 'OTH' END AS type,
         name, mentions, articles, number
  FROM entity_rows WHERE NOT (id >= 'p' AND id < 'q');
CREATE VIEW entity_parts AS
  SELECT e.id AS entity, p.cell, p.line, coalesce(p.name, e.name) AS name, p.role, p.mentions,
         p.articles
  FROM entity_part_rows p JOIN entity_rows e ON e.number = p.entity;
CREATE VIEW origins AS
  SELECT c.id, {2} AS kind, c.name, c.cells, c.number FROM origin_rows c;
CREATE VIEW timeline AS
  SELECT m.cell, m.line, m."when",
         coalesce(m.own_text, substr(a.text, m."start" + 1, m.length)) AS text, e.id AS event
  FROM timeline_rows m LEFT JOIN articles a ON a.number = m.article
  LEFT JOIN event_rows e ON e.number = m.event AND e.cell = m.cell;
)sql";

constexpr const char* kLists = R"sql(
CREATE VIEW article_list AS
  SELECT id, headline, publisher AS outlet, publisher_group, published, language, url, revision,
         length(text) AS characters FROM articles ORDER BY published, id;
CREATE VIEW event_list AS
  SELECT e.id AS event, e."when", e.label, e.type, s.label AS story,
         (SELECT count(*) FROM event_article_rows x WHERE x.event = e.number) AS articles
  FROM event_rows e LEFT JOIN stories s ON s.id = e.story ORDER BY e."when", e.id;
CREATE VIEW claim_list AS
  SELECT c.id AS claim, c.verdict, c.origins,
         coalesce(c.own_text, (SELECT substr(a.text, s."start" + 1, s.length)
                               FROM statement_rows s JOIN articles a ON a.number = s.article
                               WHERE s.claim = c.number AND s.position = c.said_in)) AS claimed,
         c.event, e.label AS event_label, e."when" AS event_when
  FROM claims c LEFT JOIN event_rows e ON e.id = c.event;
CREATE VIEW evidence_list AS
  SELECT c.id AS claim, c.verdict, a.id AS article, a.publisher AS outlet, a.published,
         p.name AS speaker, o.kind AS origin_kind, o.name AS origin, s."start",
         s."start" + s.length AS "end", substr(a.text, s."start" + 1, s.length) AS sentence
  FROM claims c JOIN statement_rows s ON s.claim = c.number JOIN articles a ON a.number = s.article
  LEFT JOIN entity_rows p ON p.number = s.speaker LEFT JOIN origins o ON o.number = s.origin
  ORDER BY c.id, s.position;
CREATE VIEW difference_list AS
  SELECT d.claim, d.slot, d.relation, s.article AS article_a, d.a_value, t.article AS article_b,
         d.b_value, d.why
  FROM differences d
  JOIN statements s ON s.claim = d.claim AND s.position = d.a
  JOIN statements t ON t.claim = d.claim AND t.position = d.b;
CREATE VIEW copy_list AS
  SELECT c.family, c.agency, x.id AS article_a, x.publisher AS outlet_a, y.id AS article_b,
         y.publisher AS outlet_b, round(c.containment, 2) AS shared
  FROM copy_rows c JOIN articles x ON x.number = c.a JOIN articles y ON y.number = c.b;
CREATE VIEW quote_list AS
  SELECT q.id AS quote, q.name AS speaker, a.id AS article, a.publisher AS outlet, v."start",
         v."start" + v.length AS "end", substr(a.text, v."start" + 1, v.length) AS words
  FROM quotes q JOIN quote_variant_rows v ON v.cell = q.cell AND v.line = q.line
  JOIN articles a ON a.number = v.article;
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
 ('events', 'view: events by id, with story and cell'),
 ('event_articles', 'view: the articles of each event'),
 ('claims', 'view: claims by id'),
 ('statements', 'view: where claims stand: article, place, speaker, origin'),
 ('differences', 'view: differing values of two statements (a, b: their positions) of a claim'),
 ('copies', 'view: pairs of articles that share text, by family'),
 ('quotes', 'table: quotations by id and speaker'),
 ('quote_variants', 'view: where a quotation stands'),
 ('people', 'view: people by id, with their last role'),
 ('entities', 'view: places and bodies by id'),
 ('entity_parts', 'view: what each cell knows of a person, place or body'),
 ('origins', 'view: what statements go back to'),
 ('timeline', 'view: dated sentences by cell'),
 ('…_rows', 'tables: what the views of these names show, with numbers of rows in place of ids'),
 ('packed, layers', 'columns: everything else, compressed; `twosource export` prints it as JSON'),
 ('start, end', 'code points from 0: substr(text, start + 1, end - start) is the words');
)sql";

// An enumerator's name by its number.
template <class E>
std::string names(const char* column, E last) {
  std::string out = fmt::format("CASE c.{}", column);
  for (unsigned i = 0; i <= static_cast<unsigned>(last); ++i) {
    out += fmt::format(" WHEN {} THEN '{}'", i, to_string(static_cast<E>(i)));
  }
  return out + " END";
}

}  // namespace

void create_findings_tables(Database& database) {
  // Enumerators are stored as numbers: one that gets another number needs another schema.
  static_assert(static_cast<int>(Verdict::Withdrawn) == 7 &&
                static_cast<int>(Relation::Superseded) == 3 &&
                static_cast<int>(OriginKind::Unknown) == 8);
  database.execute(kFindings);
  std::string relations = names("relation", Relation::Superseded);
  relations.replace(relations.find("c.relation"), 10, "d.relation");
  database.execute(fmt::format(fmt::runtime(kIds), names("verdict", Verdict::Withdrawn), relations,
                               names("kind", OriginKind::Unknown))
                       .c_str());
  database.execute(kLists);
}

}  // namespace twosource::record
