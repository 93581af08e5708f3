#include <fmt/chrono.h>
#include <fmt/format.h>

#include <ctime>
#include <map>
#include <nlohmann/json.hpp>

#include "article/json.hpp"
#include "record/record.hpp"

// The corrections of a record: rows that are never changed. Undoing is a row of its own,
// {"do": "undo", "of": 3}, whose target may be an undoing too.
namespace twosource::record {
namespace {

struct Row {
  Correction correction;
  std::int64_t undoes = 0;  // id of the row this one undoes
};

std::string now() { return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::time(nullptr))); }

std::vector<Row> rows(Database& db) {
  std::vector<Row> out;
  Statement s(db, "SELECT id, \"when\", \"by\", why, what FROM corrections ORDER BY id");
  while (s.step()) {
    const Json what = Json::parse(s.text(4), nullptr, false);
    Row row;
    if (what.is_object() && what.value("do", "") == "undo") {
      row.undoes = what.value("of", std::int64_t{0});
    } else {
      Result<Correction> c = correction_from_json(what);
      if (!c) {
        throw IoError(
            fmt::format("correction {} cannot be read: {}", s.number(0), c.error().describe()));
      }
      row.correction = std::move(*c);
    }
    row.correction.id = s.number(0);
    row.correction.when = s.string(1);
    row.correction.by = s.string(2);
    row.correction.why = s.string(3);
    out.push_back(std::move(row));
  }
  return out;
}

// Which row undid which, as it stands: rows that are undone themselves undo nothing.
std::map<std::int64_t, std::int64_t> undone(const std::vector<Row>& all) {
  std::map<std::int64_t, std::int64_t> out;
  for (auto row = all.rbegin(); row != all.rend(); ++row) {
    if (row->undoes > 0 && !out.contains(row->correction.id)) {
      out.emplace(row->undoes, row->correction.id);
    }
  }
  return out;
}

std::int64_t append(Database& db, const Correction& c, const Json& what) {
  if (c.by.empty() || c.why.empty()) throw IoError("a correction needs who made it and why");
  Statement s(db, "INSERT INTO corrections (\"when\", \"by\", why, what) VALUES (?,?,?,?)");
  s.bind(c.when.empty() ? now() : c.when).bind(c.by).bind(c.why).bind(dump_line(what)).run();
  const std::int64_t id = sqlite3_last_insert_rowid(db.handle());
  db.execute("UPDATE meta SET value = value + 1 WHERE key = 'generation'");
  return id;
}

}  // namespace

std::vector<StoredCorrection> Record::corrections() {
  const std::vector<Row> all = rows(database_);
  const std::map<std::int64_t, std::int64_t> gone = undone(all);
  std::vector<StoredCorrection> out;
  for (const Row& row : all) {
    const auto it = gone.find(row.correction.id);
    out.push_back({row.correction, row.undoes, it == gone.end() ? 0 : it->second});
  }
  return out;
}

std::vector<Correction> Record::active_corrections() {
  std::vector<Correction> out;
  for (StoredCorrection& c : corrections()) {
    if (c.undoes == 0 && c.undone_by == 0) out.push_back(std::move(c.correction));
  }
  return out;
}

std::int64_t Record::add_correction(Correction correction) {
  const Json what = correction_what(correction);
  if (Result<Correction> whole = correction_from_json(what); !whole) {
    throw IoError("not a whole correction: " + whole.error().message);
  }
  Transaction transaction(database_);
  const std::int64_t id = append(database_, correction, what);
  transaction.commit();
  return id;
}

std::int64_t Record::undo(std::int64_t id, const std::string& by, const std::string& why,
                          const std::string& when) {
  Transaction transaction(database_);
  const std::vector<Row> all = rows(database_);
  if (id < 1 || id > static_cast<std::int64_t>(all.size())) {
    throw IoError(fmt::format("there is no correction {}", id));
  }
  const std::map<std::int64_t, std::int64_t> gone = undone(all);
  if (const auto it = gone.find(id); it != gone.end()) {
    throw IoError(fmt::format("correction {} is undone already, by {}", id, it->second));
  }
  Correction entry;
  entry.by = by;
  entry.why = why;
  entry.when = when;
  Json what;
  what["do"] = "undo";
  what["of"] = id;
  const std::int64_t made = append(database_, entry, what);
  transaction.commit();
  return made;
}

}  // namespace twosource::record
