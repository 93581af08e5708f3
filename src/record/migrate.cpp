#include "record/migrate.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <optional>

#include "article/json.hpp"
#include "record/index.hpp"
#include "record/packed.hpp"
#include "record/schema.hpp"
#include "text/utf8.hpp"

namespace twosource::record {
namespace {

// Schemas 1 and 2 kept an article as one JSON text, layers and all.
Article parse_old(std::string_view json, std::string_view id) {
  Result<Article> article = article_from_json(Json::parse(json, nullptr, false));
  if (!article) {
    throw IoError(fmt::format("article \"{}\" of the older record cannot be read: {}", id,
                              article.error().describe()));
  }
  return std::move(*article);
}

void move_articles(Database& db) {
  Statement old(db,
                "SELECT id, revision, coalesce(path,''), coalesce(url,''), json "
                "FROM old_articles ORDER BY id");
  Statement put(db,
                "INSERT INTO articles (id, hash, words_hash, revision, path, url, publisher, "
                "publisher_group, published, language, headline, text, layers) "
                "VALUES (?,?,0,?,?,?,?,?,?,?,?,?,?)");
  while (old.step()) {
    const Article a = parse_old(old.text(4), old.text(0));
    put.bind(old.text(0)).bind(content_hash(a)).bind(old.number(1)).bind_or_null(old.text(2));
    put.bind_or_null(old.text(3)).bind_or_null(a.publisher).bind_or_null(a.publisher_group);
    put.bind_or_null(a.published.value).bind_or_null(a.language).bind_or_null(a.headline);
    put.bind(a.text).bind_blob(pack_layers(a)).run();
  }
}

void move_revisions(Database& db) {
  Statement old(db,
                "SELECT r.article, r.revision, r.json, a.number FROM old_revisions r "
                "JOIN articles a ON a.id = r.article");
  Statement put(
      db,
      "INSERT INTO revisions (article, revision, hash, headline, published, text, layers) "
      "VALUES (?,?,?,?,?,?,?)");
  while (old.step()) {
    const Article a = parse_old(old.text(2), old.text(0));
    put.bind(old.number(3)).bind(old.number(1)).bind(content_hash(a)).bind_or_null(a.headline);
    put.bind_or_null(a.published.value).bind(a.text).bind_blob(pack_layers(a)).run();
  }
}

// What was found is found anew. Names that any schema gave to tables and views of findings.
void drop_findings(Database& db) {
  Statement type(db, "SELECT type FROM sqlite_master WHERE name = ? AND type IN ('table', 'view')");
  for (const char* name : {"article_list",
                           "event_list",
                           "claim_list",
                           "evidence_list",
                           "difference_list",
                           "copy_list",
                           "quote_list",
                           "people_list",
                           "timeline_list",
                           "timeline",
                           "applied",
                           "people",
                           "quote_variants",
                           "quotes",
                           "copies",
                           "differences",
                           "statements",
                           "claims",
                           "event_articles",
                           "events",
                           "stories",
                           "origins",
                           "entity_parts",
                           "entities",
                           "claim_words",
                           "event_words",
                           "cells",
                           "read_me",
                           "timeline_rows",
                           "quote_variant_rows",
                           "copy_rows",
                           "difference_rows",
                           "statement_rows",
                           "claim_rows",
                           "event_article_rows",
                           "event_rows",
                           "origin_rows",
                           "entity_part_rows",
                           "entity_rows"}) {
    type.bind(name);
    const std::string what = type.step() ? type.string(0) : std::string();
    type.reset();
    if (!what.empty()) db.execute(fmt::format("DROP {} main.{}", what, name).c_str());
  }
}

// Of a schema that keeps articles as the current one does.
void renew_findings(Database& db) {
  drop_findings(db);
  create_findings(db);
  db.execute("UPDATE meta SET value = 0 WHERE key = 'findings'");
}

// New articles are numbered by generations.
void raise_generation(Database& db) {
  db.execute(
      "UPDATE meta SET value = max(value, (SELECT coalesce(max(number), 0) + 1 FROM articles)) "
      "WHERE key = 'generation'");
}

// Up to schema 4 layers were JSON.
void renew_layers(Database& db, const char* from, const char* to) {
  Statement old(db, from);
  Statement put(db, to);
  while (old.step()) {
    const std::optional<std::string> plain = unpack_text(old.text(1));
    Json json = plain ? Json::parse(*plain, nullptr, false) : Json();
    if (json.is_object()) json["text"] = old.string(0);
    Result<Article> article = article_from_json(json);
    if (!article) {
      throw IoError(fmt::format("article {} of the older record cannot be read: {}", old.number(2),
                                article.error().describe()));
    }
    const utf8::OffsetIndex offsets(article->text);
    for (const Json& s : json.value("sentences", Json::array())) {
      const Span place = offsets.bytes({s.value("start", 0U), s.value("end", 0U)});
      article->tokens.sentences.push_back({place, 0, 0, 0});
    }
    put.bind_blob(pack_layers(*article)).bind(old.number(2)).bind(old.number(3)).run();
  }
}

void migrate_4(Database& db) {
  renew_layers(db, "SELECT text, layers, number, revision FROM articles",
               "UPDATE articles SET layers = ? WHERE number = ? AND revision = ?");
  renew_layers(db, "SELECT text, layers, article, revision FROM revisions",
               "UPDATE revisions SET layers = ? WHERE article = ? AND revision = ?");
  db.execute("CREATE INDEX IF NOT EXISTS articles_language ON articles(language)");
}

// Schema 3 had no list of changes.
void migrate_3(Database& db) {
  db.execute(
      "ALTER TABLE articles ADD COLUMN changed INTEGER NOT NULL DEFAULT 0;"
      "UPDATE articles SET changed = number;"
      "CREATE TABLE changes (generation INTEGER PRIMARY KEY, article TEXT NOT NULL);"
      "UPDATE meta SET value = value + 1 + (SELECT count(*) FROM articles) "
      "WHERE key = 'generation'");
}

// Schemas 1 and 2 kept articles whole.
void migrate_1(Database& db) {
  drop_findings(db);
  db.execute("ALTER TABLE articles RENAME TO old_articles");
  db.execute("ALTER TABLE revisions RENAME TO old_revisions");
  create_tables(db);
  move_articles(db);
  move_revisions(db);
  Index(db).rebuild();
  db.execute("DROP TABLE old_revisions");
  db.execute("DROP TABLE old_articles");
}

}  // namespace

void migrate(Database& db) {
  const std::int64_t version = db.number("PRAGMA user_version");
  if (version < 3) {
    migrate_1(db);
  } else {
    if (version == 3) migrate_3(db);
    if (version < 5) migrate_4(db);
    renew_findings(db);
  }
  raise_generation(db);
}

}  // namespace twosource::record
