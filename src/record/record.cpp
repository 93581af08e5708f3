#include "record/record.hpp"

#include <fmt/format.h>
#include <xxhash.h>

#include <filesystem>

#include "record/packed.hpp"
#include "record/schema.hpp"

namespace twosource::record {
namespace {

const std::string& existing(const std::string& path, Record::Mode mode) {
  if (mode == Record::Mode::Read && !std::filesystem::exists(path)) {
    throw IoError(path + ": no such record");
  }
  return path;
}

// A reader of an older record needs it brought up to date, which takes a writer for a moment.
const std::string& up_to_date(const std::string& path, Record::Mode mode) {
  existing(path, mode);
  if (mode == Record::Mode::Read) {
    {
      Database database(path, Database::Mode::ReadOnly);
      if (is_current(database, path)) return path;
    }
    Database writer(path, Database::Mode::ReadWrite);
    prepare_schema(writer, path, true);
  }
  return path;
}

// One article's row as far as `add` needs it.
struct Stored {
  std::int64_t number = -1;
  std::string hash;
  std::string path;
  std::string url;
  std::int64_t revision = 0;
  std::string language;
  std::string headline;
  std::string text;
  std::int64_t words_hash = 0;
  std::string layers;
  [[nodiscard]] bool found() const { return number >= 0; }
};

Stored find(Statement& s, const std::string& id) {
  Stored out;
  s.bind(id);
  if (s.step()) {
    out = {s.number(0), s.string(1), s.string(2), s.string(3), s.number(4),
           s.string(5), s.string(6), s.string(7), s.number(8), s.string(9)};
  }
  s.reset();
  return out;
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

void keep_revision(Database& db, std::int64_t number) {
  Statement s(db,
              "INSERT INTO revisions SELECT number, revision, hash, headline, published, text, "
              "layers FROM articles WHERE number = ?");
  s.bind(number).run();
}

Article unpacked(std::string_view text, std::string_view layers, std::string_view path,
                 std::string_view id, bool with_sentences) {
  Result<Article> article = unpack_article(text, layers, with_sentences);
  if (!article) {
    throw IoError(fmt::format("article \"{}\" of the record cannot be read: {}", id,
                              article.error().describe()));
  }
  article->path = path;
  return std::move(*article);
}

}  // namespace

struct Record::Statements {
  explicit Statements(Database& db)
      : find(db,
             "SELECT number, hash, coalesce(path,''), coalesce(url,''), revision, "
             "coalesce(language,''), coalesce(headline,''), text, words_hash, layers "
             "FROM main.articles WHERE id = ?"),
        write(db,
              "INSERT INTO main.articles (number, id, hash, words_hash, revision, path, url, "
              "publisher, publisher_group, published, language, headline, text, layers, changed) "
              "VALUES (coalesce(?,(SELECT value + 1 FROM meta WHERE key = 'generation')),"
              "?,?,?,?,?,?,?,?,?,?,?,?,?,(SELECT value + 1 FROM meta WHERE key = 'generation')) "
              "ON CONFLICT (number) DO UPDATE SET "
              "hash = excluded.hash, words_hash = excluded.words_hash, "
              "revision = excluded.revision, path = excluded.path, "
              "url = excluded.url, publisher = excluded.publisher, "
              "publisher_group = excluded.publisher_group, published = excluded.published, "
              "language = excluded.language, headline = excluded.headline, text = excluded.text, "
              "layers = excluded.layers, changed = excluded.changed"),
        count(db, "UPDATE meta SET value = value + 1 WHERE key = 'generation' RETURNING value"),
        change(db, "INSERT INTO changes VALUES (?, ?)") {}
  Statement find, write, count, change;
};

Record::Record(const std::string& path, Mode mode)
    : database_(up_to_date(path, mode),
                mode == Mode::Read ? Database::Mode::ReadOnly : Database::Mode::ReadWrite),
      index_(database_) {
  prepare_schema(database_, path, mode == Mode::Write);
  if (mode == Mode::Write) statements_ = std::make_unique<Statements>(database_);
}
Record::~Record() = default;

Record::Batch::Batch(Record& record) : record_(record), transaction_(record.database_) {
  record_.in_batch_ = true;
}
Record::Batch::~Batch() { record_.in_batch_ = false; }
void Record::Batch::commit() { transaction_.commit(); }

Record::Ready Record::ready(Article article) {
  thread_local FormsByLanguage forms;
  Ready out;
  out.hash = content_hash(article);
  out.layers = pack_layers(article);
  out.words = Index::entry(forms, article.language, article.headline, article.text);
  out.article = std::move(article);
  return out;
}

Record::Added Record::add(Ready& ready) {
  if (in_batch_) return put(ready);
  Batch one(*this);
  const Added added = put(ready);
  one.commit();
  return added;
}

// Writes the article over row `number`, or as a new row for -1; returns its number.
std::int64_t Record::write(const Ready& ready, std::int64_t revision, std::int64_t number) {
  const Article& a = ready.article;
  Statement& s = statements_->write;
  number < 0 ? s.bind_null() : s.bind(number);
  s.bind(a.id).bind(ready.hash).bind(ready.words.hash()).bind(revision).bind_or_null(a.path);
  s.bind_or_null(a.url).bind_or_null(a.publisher).bind_or_null(a.publisher_group);
  s.bind_or_null(a.published.value).bind_or_null(a.language).bind_or_null(a.headline);
  s.bind(a.text).bind_blob(ready.layers).run();
  return number < 0 ? sqlite3_last_insert_rowid(database_.handle()) : number;
}

// One change more: of this article. Returns its generation.
std::int64_t Record::note_change(std::string_view article) {
  (void)statements_->count.step();
  const std::int64_t generation = statements_->count.number(0);
  statements_->count.run();
  statements_->change.bind(generation).bind(article).run();
  return generation;
}

Record::Added Record::put(Ready& ready) {
  Article& article = ready.article;
  Stored old = find(statements_->find, article.id);
  // Of two files of one name one or both stand here under their id with the hash of their path.
  const bool apart =
      old.found() ? old.hash != ready.hash && !same_source(old, article) : named_by_file(article);
  if (apart) {
    const std::string id =
        article.id +
        fmt::format("-{:08x}", XXH3_64bits(article.path.data(), article.path.size()) >> 32U);
    Stored other = find(statements_->find, id);
    if (old.found() || other.found()) {
      article.id = id;
      ready.layers = pack_layers(article);
      old = std::move(other);
    }
  }
  const bool revised = old.found() && old.hash != ready.hash;
  if (old.found() && !revised && old.layers == ready.layers) return Added::Unchanged;
  if (revised) keep_revision(database_, old.number);
  if (old.found()) {
    index_.remove(old.number, old.language, old.headline, old.text, old.words_hash);
  }
  const std::int64_t number =
      write(ready, old.revision + (revised || !old.found() ? 1 : 0), old.number);
  index_.add(number, ready.words);
  ready.generation = note_change(article.id);
  if (!old.found()) return Added::New;
  return revised ? Added::Revised : Added::Refreshed;
}

bool Record::remove(const std::string& id) {
  Transaction transaction(database_);
  const Stored old = find(statements_->find, id);
  if (!old.found()) return false;
  index_.remove(old.number, old.language, old.headline, old.text, old.words_hash);
  Statement s(database_, "DELETE FROM main.articles WHERE number = ?");
  s.bind(old.number).run();
  note_change(id);
  transaction.commit();
  return true;
}

void Record::each_article(const std::function<void(Article&&)>& on_article) {
  Statement s(database_, "SELECT text, layers, coalesce(path,''), id FROM articles ORDER BY id");
  while (s.step()) on_article(unpacked(s.text(0), s.text(1), s.text(2), s.text(3), false));
}

std::optional<Article> Record::article(const std::string& id) {
  Statement s(database_, "SELECT text, layers, coalesce(path,''), id FROM articles WHERE id = ?");
  s.bind(id);
  if (!s.step()) return std::nullopt;
  return unpacked(s.text(0), s.text(1), s.text(2), s.text(3), true);
}

std::size_t Record::size() {
  return static_cast<std::size_t>(database_.number("SELECT count(*) FROM articles"));
}

std::int64_t Record::generation() {
  return database_.number("SELECT value FROM meta WHERE key = 'generation'");
}

std::int64_t Record::findings_generation() {
  return database_.number("SELECT value FROM meta WHERE key = 'findings'");
}

void Record::set_findings_generation(std::int64_t generation) {
  Statement s(database_, "UPDATE meta SET value = ? WHERE key = 'findings'");
  s.bind(generation).run();
}

}  // namespace twosource::record
