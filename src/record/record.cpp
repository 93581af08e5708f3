#include "record/record.hpp"

#include <fmt/format.h>
#include <xxhash.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "article/json.hpp"
#include "record/schema.hpp"

namespace twosource::record {
namespace {

std::string text_hash(std::string_view text) {
  return fmt::format("{:016x}", XXH3_64bits(text.data(), text.size()));
}

const std::string& existing(const std::string& path, Record::Mode mode) {
  if (mode == Record::Mode::Read && !std::filesystem::exists(path)) {
    throw IoError(path + ": no such record");
  }
  return path;
}

// One article's row as far as `add` needs it.
struct Stored {
  bool found = false;
  std::string hash;
  std::string path;
  std::string url;
  std::int64_t revision = 0;
};

Stored find(Database& db, const std::string& id) {
  Statement s(db, "SELECT text_hash, path, url, revision FROM articles WHERE id = ?");
  s.bind(id);
  if (!s.step()) return {};
  return {true, std::string(s.text(0)), std::string(s.text(1)), std::string(s.text(2)),
          s.number(3)};
}

// Lines of JSON Lines and standard input bring their ids along; a file's id is only its name.
bool named_by_file(const Article& a) {
  const std::string stem = std::filesystem::path(a.path).stem().string();
  return a.path != "-" && a.path.find(".jsonl") == std::string::npos && stem.starts_with(a.id);
}

// A new version of the stored article, not another article whose file has the same name?
bool same_source(const Stored& old, const Article& a) {
  if (!old.url.empty() && !a.url.empty()) return old.url == a.url;
  return !named_by_file(a) || old.path == a.path;
}

void insert(Database& db, const Article& a, const std::string& hash, std::int64_t revision) {
  Statement s(db,
              "INSERT INTO articles (id, text_hash, revision, path, url, publisher, published, "
              "language, headline, json) VALUES (?,?,?,?,?,?,?,?,?,?) "
              "ON CONFLICT (id) DO UPDATE SET text_hash = excluded.text_hash, "
              "revision = excluded.revision, path = excluded.path, url = excluded.url, "
              "publisher = excluded.publisher, published = excluded.published, "
              "language = excluded.language, headline = excluded.headline, json = excluded.json");
  s.bind(a.id).bind(hash).bind(revision).bind_or_null(a.path).bind_or_null(a.url);
  s.bind_or_null(a.publisher).bind_or_null(a.published.value).bind_or_null(a.language);
  s.bind_or_null(a.headline).bind(dump_line(article_to_json(a)));
  s.run();
}

// Text of a JSON member, empty when it is null or missing.
std::string member(const Json& j, const char* key) {
  const auto it = j.find(key);
  return it != j.end() && it->is_string() ? it->get<std::string>() : std::string();
}

// Writes the findings table by table; parents before children.
class FindingsWriter {
 public:
  FindingsWriter(Database& db, const Dossier& dossier)
      : db_(db), dossier_(dossier), writer_(dossier) {}

  void write() {
    for (const char* table : {"timeline", "people", "quotes", "copies", "statements", "claims",
                              "event_articles", "events", "stories", "origins", "entities"}) {
      db_.execute(fmt::format("DELETE FROM {}", table).c_str());
    }
    events();
    claims();
    others();
  }

 private:
  void events() {
    Statement event(db_, "INSERT INTO events VALUES (?,?,?,?,?,?)");
    Statement link(db_, "INSERT INTO event_articles VALUES (?,?)");
    for (const Event& e : dossier_.events) {
      const Json j = writer_.event(e);
      event.bind(e.id).bind_or_null(e.when).bind(e.label).bind_or_null(e.type);
      event.bind_or_null(member(j, "story")).bind(dump_line(j));
      event.run();
      for (const std::uint32_t a : e.articles) link.bind(e.id).bind(dossier_.articles[a].id).run();
    }
  }

  void claims() {
    Statement claim(db_, "INSERT INTO claims VALUES (?,?,?,?,?,?,?)");
    Statement statement(db_, "INSERT INTO statements VALUES (?,?,?,?,?,?,?)");
    for (const Claim& c : dossier_.claims) {
      const Json j = writer_.claim(c);
      claim.bind(c.id).bind_or_null(member(j, "event")).bind(to_string(c.verdict));
      claim.bind(std::int64_t{c.origins}).bind(c.text).bind_or_null(c.why).bind(dump_line(j));
      claim.run();
      std::int64_t position = 0;
      for (const Json& s : j["statements"]) {
        statement.bind(c.id).bind(position++).bind(member(s, "article"));
        statement.bind(s["start"].get<std::int64_t>()).bind(s["end"].get<std::int64_t>());
        statement.bind_or_null(member(s, "speaker")).bind_or_null(member(s, "origin"));
        statement.run();
      }
    }
  }

  void others() {
    Statement copy(db_, "INSERT INTO copies VALUES (?,?,?,?,?,?)");
    for (const CopyFamily& f : dossier_.copies) {
      for (const CopyPair& p : f.pairs) {
        copy.bind(f.id).bind(dossier_.articles[p.a].id).bind(dossier_.articles[p.b].id);
        copy.bind_or_null(f.agency).bind(p.containment);
        copy.bind(dump_line(writer_.copy_pair(f, p))).run();
      }
    }
    Statement quote(db_, "INSERT INTO quotes VALUES (?,?,?)");
    for (const QuoteGroup& q : dossier_.quotes) {
      const Json j = writer_.quote_group(q);
      quote.bind(q.id).bind_or_null(member(j, "name")).bind(dump_line(j)).run();
    }
    Statement person(db_, "INSERT INTO people VALUES (?,?,?)");
    Statement entity(db_, "INSERT INTO entities VALUES (?,?,?,?)");
    for (const CorpusEntity& e : dossier_.entities) {
      const std::string json = dump_line(writer_.person(e));
      if (e.type == EntityType::Person) {
        person.bind(e.id).bind(e.name).bind(json).run();
      } else {
        entity.bind(e.id).bind(to_string(e.type)).bind(e.name).bind(json).run();
      }
    }
    Statement story(db_, "INSERT INTO stories VALUES (?,?,?)");
    for (const Story& s : dossier_.stories) {
      story.bind(s.id).bind(s.label).bind(dump_line(writer_.story(s))).run();
    }
    Statement origin(db_, "INSERT INTO origins VALUES (?,?,?,?)");
    for (const Origin& o : dossier_.origins) {
      origin.bind(o.id).bind(to_string(o.kind)).bind_or_null(o.name);
      origin.bind(dump_line(writer_.origin(o))).run();
    }
    Statement entry(db_, "INSERT INTO timeline VALUES (?,?,?,?,?)");
    std::int64_t position = 0;
    for (const TimelineEntry& t : dossier_.timeline) {
      const Json j = writer_.timeline_entry(t);
      entry.bind(position++).bind_or_null(t.when).bind(t.text);
      entry.bind_or_null(member(j, "event")).bind(dump_line(j)).run();
    }
  }

  Database& db_;
  const Dossier& dossier_;
  DossierWriter writer_;
};

}  // namespace

Record::Record(const std::string& path, Mode mode)
    : database_(existing(path, mode),
                mode == Mode::Read ? Database::Mode::ReadOnly : Database::Mode::ReadWrite) {
  prepare_schema(database_, path, mode == Mode::Write);
}

Record::Added Record::add(Article article) {
  Transaction transaction(database_);
  Stored old = find(database_, article.id);
  const std::string hash = text_hash(article.text);
  if (old.found && old.hash != hash && !same_source(old, article)) {
    article.id +=
        fmt::format("-{:08x}", XXH3_64bits(article.path.data(), article.path.size()) >> 32U);
    old = find(database_, article.id);
  }
  if (old.found && old.hash == hash) return Added::Unchanged;
  if (old.found) {
    Statement s(database_,
                "INSERT INTO revisions SELECT id, revision, text_hash, json FROM articles "
                "WHERE id = ?");
    s.bind(article.id).run();
  }
  insert(database_, article, hash, old.revision + 1);
  transaction.commit();
  return old.found ? Added::Revised : Added::New;
}

void Record::each_article(const std::function<void(Article&&)>& on_article) {
  Statement s(database_, "SELECT json, id FROM articles ORDER BY id");
  while (s.step()) {
    const Json j = Json::parse(s.text(0), nullptr, false);
    Result<Article> article = article_from_json(j);
    if (!article) {
      throw IoError(fmt::format("article \"{}\" of the record cannot be read: {}", s.text(1),
                                article.error().describe()));
    }
    on_article(std::move(*article));
  }
}

std::size_t Record::size() {
  return static_cast<std::size_t>(database_.number("SELECT count(*) FROM articles"));
}

void Record::store_findings(const Dossier& dossier) {
  Transaction transaction(database_);
  FindingsWriter(database_, dossier).write();
  transaction.commit();
}

}  // namespace twosource::record
