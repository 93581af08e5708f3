#include "record/stored.hpp"

#include <algorithm>
#include <cstdint>
#include <string>
#include <tuple>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace twosource::record {
namespace {

// Cells by the first of their articles.
constexpr const char* kPlaces =
    "SELECT e.cell, min(coalesce(a.published, '') || char(1) || a.id) AS place FROM event_rows e "
    "JOIN event_article_rows x ON x.event = e.number "
    "JOIN main.articles a ON a.number = x.article "
    "GROUP BY e.cell ORDER BY place";

// What to list: what comes before the place, id, cell and line of each, and how one is read: by its
// id, or by cell and line.
struct Reading {
  const char* rows;
  const char* by_id;
};

Reading reading_of(Listed what) {
  switch (what) {
    case Listed::Events:
      return {"SELECT '', id, cell, line FROM main.events", "SELECT json FROM events WHERE id = ?"};
    case Listed::Claims:
      return {
          "SELECT '', '', e.cell, c.line FROM claim_rows c JOIN event_rows e ON e.number = c.event",
          nullptr};
    case Listed::Quotes:
      return {"SELECT '', '', cell, line FROM main.quotes", nullptr};
    case Listed::Copies:  // a family is written with the cell of its first article
      return {"SELECT '', '', cell, line FROM copy_rows", nullptr};
    case Listed::People:  // each once, where it comes first
      return {
          "SELECT '', x.id, q.cell, q.line FROM main.people x "
          "JOIN entity_part_rows q ON q.entity = x.number",
          "SELECT json FROM people WHERE id = ?"};
    case Listed::Timeline:  // those of no date last
      return {"SELECT coalesce(\"when\", char(1114111)), '', cell, line FROM timeline_rows",
              nullptr};
  }
  return {};
}

struct ListedRow {
  std::string first;
  std::size_t place = 0;
  std::int64_t line = 0;
  std::int64_t cell = 0;
  std::string id;
};

std::vector<ListedRow> rows_of(Database& db, const char* sql) {
  std::unordered_map<std::int64_t, std::size_t> places;
  Statement cells(db, kPlaces);
  while (cells.step()) places.emplace(cells.number(0), places.size());
  cells.reset();
  std::vector<ListedRow> rows;
  Statement list(db, sql);
  while (list.step()) {
    const auto place = places.find(list.number(2));
    if (place == places.end()) continue;
    rows.push_back({list.string(0), place->second, list.number(3), list.number(2), list.string(1)});
  }
  std::sort(rows.begin(), rows.end(), [](const ListedRow& x, const ListedRow& y) {
    return std::tie(x.first, x.place, x.line) < std::tie(y.first, y.place, y.line);
  });
  return rows;
}

// One reading transaction for all statements: the file is locked once, not for each of them.
class Snapshot {
 public:
  explicit Snapshot(Database& db) : db_(db) { db.execute("SAVEPOINT listing"); }
  ~Snapshot() { sqlite3_exec(db_.handle(), "RELEASE listing", nullptr, nullptr, nullptr); }
  Snapshot(const Snapshot&) = delete;
  Snapshot& operator=(const Snapshot&) = delete;

 private:
  Database& db_;
};

}  // namespace

void each_stored(Record& record, Listed what,
                 const std::function<void(std::string_view)>& on_json) {
  Database& db = record.database();
  const Snapshot snapshot(db);
  const Reading reading = reading_of(what);
  const bool by_id = reading.by_id != nullptr;
  Statement json(
      db, by_id ? reading.by_id : "SELECT cell_line(packed, ?2) FROM main.cells WHERE cell = ?1");
  std::unordered_set<std::string> seen;
  for (const ListedRow& row : rows_of(db, reading.rows)) {
    if (by_id && !seen.insert(row.id).second) continue;
    by_id ? json.bind(row.id) : json.bind(row.cell).bind(row.line);
    if (json.step()) on_json(json.text(0));
    json.reset();
  }
}

}  // namespace twosource::record
