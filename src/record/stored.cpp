#include "record/stored.hpp"

#include <string>
#include <utility>
#include <vector>

namespace twosource::record {
namespace {

// Where each cell stands: by the first of its articles.
constexpr const char* kPlaces =
    "WITH places AS MATERIALIZED (SELECT e.cell, "
    "min(coalesce(a.published, '') || char(1) || a.id) AS place FROM main.events e "
    "JOIN event_articles x ON x.event = e.id JOIN main.articles a ON a.id = x.article "
    "GROUP BY e.cell) ";

// What to list: keys in their order, and how one is read by its two keys.
struct Reading {
  const char* keys;
  const char* json;
};

constexpr const char* kLine = "SELECT cell_line(packed, ?2) FROM main.cells WHERE cell = ?1";

Reading reading_of(Listed what) {
  switch (what) {
    case Listed::Events:
      return {
          "SELECT x.id, '' FROM main.events x JOIN places p ON p.cell = x.cell "
          "ORDER BY p.place, x.line",
          "SELECT json FROM events WHERE id = ?1 AND ?2 = ''"};
    case Listed::Claims:
      return {
          "SELECT x.cell, x.line FROM main.claims x JOIN places p ON p.cell = x.cell "
          "ORDER BY p.place, x.line",
          kLine};
    case Listed::Quotes:
      return {
          "SELECT x.cell, x.line FROM main.quotes x JOIN places p ON p.cell = x.cell "
          "ORDER BY p.place, x.line",
          kLine};
    case Listed::Copies:  // a family is written with the cell of its first article
      return {
          "SELECT x.cell, x.line FROM main.copies x JOIN places p ON p.cell = x.cell "
          "ORDER BY p.place, x.line",
          kLine};
    case Listed::People:
      return {
          "SELECT x.id, '' FROM main.people x JOIN entity_parts q ON q.entity = x.id "
          "JOIN places p ON p.cell = q.cell GROUP BY x.id ORDER BY min(p.place), min(q.line)",
          "SELECT json FROM people WHERE id = ?1 AND ?2 = ''"};
    case Listed::Timeline:
      return {
          "SELECT x.cell, x.line FROM main.timeline x JOIN places p ON p.cell = x.cell "
          "ORDER BY x.\"when\" IS NULL, x.\"when\", p.place, x.line",
          kLine};
  }
  return {};
}

}  // namespace

void each_stored(Record& record, Listed what,
                 const std::function<void(std::string_view)>& on_json) {
  const Reading query = reading_of(what);
  std::vector<std::pair<std::string, std::string>> keys;
  Statement list(record.database(), std::string(kPlaces) + query.keys);
  while (list.step()) keys.emplace_back(list.string(0), list.string(1));
  list.reset();
  Statement json(record.database(), query.json);
  for (const auto& [first, second] : keys) {
    json.bind(first).bind(second);
    if (json.step()) on_json(json.text(0));
    json.reset();
  }
}

}  // namespace twosource::record
