#include "watch/state.hpp"

#include <cstring>

namespace twosource::watch {
namespace {
using record::Statement;

constexpr const char* kTables = R"sql(
CREATE TABLE IF NOT EXISTS watch_files (
  path TEXT PRIMARY KEY, size INTEGER NOT NULL, changed INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS watch_sources (
  address TEXT PRIMARY KEY, list TEXT, etag TEXT, modified TEXT, next INTEGER NOT NULL,
  failures INTEGER NOT NULL, is_list INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS watch_entries (
  source TEXT NOT NULL, entry INTEGER NOT NULL, content INTEGER NOT NULL,
  failures INTEGER NOT NULL, seen INTEGER NOT NULL, PRIMARY KEY (source, entry)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS watch_claims (
  number INTEGER PRIMARY KEY, verdict TEXT NOT NULL, text TEXT,
  statements BLOB NOT NULL, differences BLOB NOT NULL, cell TEXT NOT NULL DEFAULT ''
);
CREATE TABLE IF NOT EXISTS watch_cells (
  name TEXT PRIMARY KEY, fingerprint INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS watch_messages (n INTEGER PRIMARY KEY AUTOINCREMENT, json TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS watch_told (whom TEXT PRIMARY KEY, n INTEGER NOT NULL) WITHOUT ROWID;
INSERT OR IGNORE INTO read_me VALUES
 ('watch_messages', 'table: changes of verdicts that `twosource watch` told, JSON'),
 ('watch_…', 'tables: what `twosource watch` has read, compared and told');
)sql";

std::string packed(const std::vector<std::uint64_t>& keys) {
  return {reinterpret_cast<const char*>(keys.data()), keys.size() * sizeof(std::uint64_t)};
}
std::vector<std::uint64_t> keys_of(std::string_view bytes) {
  std::vector<std::uint64_t> keys(bytes.size() / sizeof(std::uint64_t));
  std::memcpy(keys.data(), bytes.data(), keys.size() * sizeof(std::uint64_t));
  return keys;
}
// SQLite's integers have a sign.
std::int64_t stored(std::uint64_t key) { return static_cast<std::int64_t>(key); }

constexpr const char* kSource =
    "SELECT address, coalesce(list,''), coalesce(etag,''), coalesce(modified,''), next, failures, "
    "is_list FROM watch_sources ";

SourceState source_of(const Statement& s) {
  return {s.string(0),     s.string(1), s.string(2),
          s.string(3),     s.number(4), static_cast<unsigned>(s.number(5)),
          s.number(6) != 0};
}

}  // namespace

State::State(record::Record& record) : db_(record.database()) {
  db_.execute(kTables);
  // Earlier versions did not keep what a claim was found in.
  if (db_.number("SELECT count(*) FROM pragma_table_info('watch_claims') WHERE name = 'cell'") ==
      0) {
    db_.execute("ALTER TABLE watch_claims ADD COLUMN cell TEXT NOT NULL DEFAULT ''");
  }
  db_.execute("CREATE INDEX IF NOT EXISTS watch_claims_cell ON watch_claims(cell)");
}

std::optional<FileState> State::file(const std::string& path) {
  Statement s(db_, "SELECT size, changed FROM watch_files WHERE path = ?");
  s.bind(path);
  if (!s.step()) return std::nullopt;
  return FileState{s.number(0), s.number(1)};
}

void State::set_file(const std::string& path, const FileState& file) {
  Statement s(db_, "INSERT OR REPLACE INTO watch_files VALUES (?,?,?)");
  s.bind(path).bind(file.size).bind(file.changed).run();
}

std::optional<SourceState> State::source(const std::string& address) {
  Statement s(db_, std::string(kSource) + "WHERE address = ?");
  s.bind(address);
  if (!s.step()) return std::nullopt;
  return source_of(s);
}

std::vector<SourceState> State::listed(const std::string& list) {
  Statement s(db_, std::string(kSource) + "WHERE list = ? ORDER BY address");
  s.bind(list);
  std::vector<SourceState> out;
  while (s.step()) out.push_back(source_of(s));
  return out;
}

void State::set_source(const SourceState& source) {
  Statement s(db_, "INSERT OR REPLACE INTO watch_sources VALUES (?,?,?,?,?,?,?)");
  s.bind(source.address).bind_or_null(source.list).bind_or_null(source.etag);
  s.bind_or_null(source.modified).bind(source.next).bind(std::int64_t{source.failures});
  s.bind(std::int64_t{source.is_list}).run();
}

void State::drop_source(const std::string& address) {
  Statement s(db_, "DELETE FROM watch_sources WHERE address = ?");
  s.bind(address).run();
}

Entries State::entries(const std::string& source) {
  Statement s(db_, "SELECT entry, content, failures FROM watch_entries WHERE source = ?");
  s.bind(source);
  Entries out;
  while (s.step()) {
    out[static_cast<std::uint64_t>(s.number(0))] = {static_cast<std::uint64_t>(s.number(1)),
                                                    static_cast<unsigned>(s.number(2))};
  }
  return out;
}

void State::set_entry(const std::string& source, std::uint64_t key, const EntryState& entry,
                      std::int64_t now) {
  Statement s(db_, "INSERT OR REPLACE INTO watch_entries VALUES (?,?,?,?,?)");
  s.bind(source).bind(stored(key)).bind(stored(entry.content));
  s.bind(std::int64_t{entry.failures}).bind(now).run();
}

void State::forget_entries(const std::string& source, std::int64_t before) {
  Statement s(db_, "DELETE FROM watch_entries WHERE source = ? AND seen < ?");
  s.bind(source).bind(before).run();
}

bool State::compared() { return told("claims").has_value(); }

State::Cells State::changed_cells() {
  Cells out;
  Statement now(db_,
                "SELECT c.name FROM main.cells c LEFT JOIN watch_cells w ON w.name = c.name "
                "WHERE w.fingerprint IS NOT c.fingerprint ORDER BY c.name");
  while (now.step()) out.now.push_back(now.string(0));
  Statement gone(db_,
                 "SELECT w.name FROM watch_cells w LEFT JOIN main.cells c ON c.name = w.name "
                 "WHERE c.name IS NULL ORDER BY w.name");
  while (gone.step()) out.gone.push_back(gone.string(0));
  return out;
}

std::vector<ClaimState> State::claims(const Cells& cells) {
  std::vector<ClaimState> out;
  Statement s(db_,
              "SELECT verdict, coalesce(text,''), statements, differences FROM watch_claims "
              "WHERE cell = ? ORDER BY number");
  const auto read = [&](const std::string& cell) {
    s.bind(cell);
    while (s.step()) {
      out.push_back({{}, cell, s.string(0), s.string(1), keys_of(s.text(2)), keys_of(s.text(3))});
    }
    s.reset();
  };
  read({});
  for (const std::string& cell : cells.now) read(cell);
  for (const std::string& cell : cells.gone) read(cell);
  return out;
}

std::int64_t State::claims_generation() { return told("claims").value_or(0); }

void State::set_claims(const Cells& cells, const std::vector<ClaimState>& claims,
                       std::int64_t generation) {
  Statement drop(db_, "DELETE FROM watch_claims WHERE cell = ?");
  Statement forget(db_, "DELETE FROM watch_cells WHERE name = ?");
  Statement keep(db_,
                 "INSERT OR REPLACE INTO watch_cells SELECT name, fingerprint FROM main.cells "
                 "WHERE name = ?");
  drop.bind(std::string_view()).run();
  for (const std::string& cell : cells.gone) {
    drop.bind(cell).run();
    forget.bind(cell).run();
  }
  for (const std::string& cell : cells.now) {
    drop.bind(cell).run();
    keep.bind(cell).run();
  }
  Statement s(db_,
              "INSERT INTO watch_claims (verdict, text, statements, differences, cell) "
              "VALUES (?,?,?,?,?)");
  Statement words(db_, "SELECT claimed FROM claim_list WHERE claim = ?");
  for (const ClaimState& c : claims) {
    std::string text;
    if (is_telling(c.verdict)) {
      words.reset();
      words.bind(c.id);
      if (words.step()) text = words.string(0);
    }
    s.bind(c.verdict).bind_or_null(text);
    s.bind_blob(packed(c.statements)).bind_blob(packed(c.differences)).bind(c.cell).run();
  }
  set_told("claims", generation);
}

void State::add_message(const std::string& json) {
  Statement s(db_, "INSERT INTO watch_messages (json) VALUES (?)");
  s.bind(json).run();
}

std::int64_t State::newest_message() {
  return db_.number("SELECT seq FROM sqlite_sequence WHERE name = 'watch_messages'");
}

std::vector<Message> State::messages_after(std::int64_t n, unsigned limit) {
  Statement s(db_, "SELECT n, json FROM watch_messages WHERE n > ? ORDER BY n LIMIT ?");
  s.bind(n).bind(std::int64_t{limit});
  std::vector<Message> out;
  while (s.step()) out.push_back({s.number(0), s.string(1)});
  return out;
}

std::optional<std::int64_t> State::told(const std::string& whom) {
  Statement s(db_, "SELECT n FROM watch_told WHERE whom = ?");
  s.bind(whom);
  if (!s.step()) return std::nullopt;
  return s.number(0);
}

void State::set_told(const std::string& whom, std::int64_t n) {
  Statement s(db_, "INSERT OR REPLACE INTO watch_told VALUES (?,?)");
  s.bind(whom).bind(n).run();
}

void State::forget_messages(std::int64_t n) {
  Statement s(db_, "DELETE FROM watch_messages WHERE n <= ? AND n <= ?");
  s.bind(n).bind(newest_message() - 1000).run();
}

}  // namespace twosource::watch
