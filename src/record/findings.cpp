#include "record/findings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <tuple>

#include "article/json.hpp"
#include "record/packed.hpp"
#include "text/short_id.hpp"

namespace twosource::record {

// Prepared once: a cell has some 30 rows.
struct FindingsWriter::Statements {
  explicit Statements(Database& db)
      : find(db, "SELECT cell, packed FROM main.cells WHERE name = ?"),
        cell(db, "INSERT INTO main.cells (name, fingerprint, packed) VALUES (?,?,?)"),
        event(db, "INSERT OR REPLACE INTO main.events VALUES (?,?,?,?,NULL,?,?,?,?)"),
        link(db, "INSERT OR REPLACE INTO event_articles VALUES (?,?)"),
        words(db, "INSERT INTO event_words (rowid, text) VALUES (?,?)"),
        forget(db, "INSERT INTO event_words (event_words, rowid, text) VALUES ('delete',?,?)"),
        claim(db, "INSERT OR REPLACE INTO main.claims VALUES (?,?,?,?,?,?,?,?)"),
        statement(db, "INSERT OR REPLACE INTO statements VALUES (?,?,?,?,?,?,?)"),
        difference(db, "INSERT OR REPLACE INTO differences VALUES (?,?,?,?,?,?,?,?,?)"),
        copy(db, "INSERT OR REPLACE INTO main.copies VALUES (?,?,?,?,?,?,?)"),
        quote(db, "INSERT OR REPLACE INTO main.quotes VALUES (?,?,?,?)"),
        variant(db, "INSERT OR REPLACE INTO quote_variants VALUES (?,?,?,?,?)"),
        part(db, "INSERT OR REPLACE INTO entity_parts VALUES (?,?,?,?,?,?,?,?)"),
        origin(db,
               "INSERT INTO main.origins VALUES (?,?,?,1) "
               "ON CONFLICT (id) DO UPDATE SET cells = cells + 1"),
        moment(db, "INSERT INTO main.timeline VALUES (?,?,?,?,?)"),
        applied(db, "INSERT INTO applied VALUES (?,?)"),
        old_events(db, "SELECT id, words FROM main.events WHERE cell = ?"),
        drop_claims(db, "DELETE FROM main.claims WHERE event = ?"),
        drop_event(db, "DELETE FROM main.events WHERE id = ?"),
        drop_copy(db, "DELETE FROM main.copies WHERE family = ? AND a = ? AND b = ? AND cell = ?"),
        drop_quote(db, "DELETE FROM main.quotes WHERE id = ? AND cell = ?"),
        drop_part(db, "DELETE FROM entity_parts WHERE entity = ? AND cell = ?"),
        drop_origin(db, "UPDATE main.origins SET cells = cells - 1 WHERE id = ?"),
        drop_moments(db, "DELETE FROM main.timeline WHERE cell = ?"),
        drop_applied(db, "DELETE FROM applied WHERE cell = ?"),
        drop_cell(db, "DELETE FROM main.cells WHERE cell = ?"),
        story(db, "INSERT OR REPLACE INTO main.stories VALUES (?,?,?)"),
        tell(db, "UPDATE main.events SET story = ? WHERE id = ?"),
        drop_story(db, "DELETE FROM main.stories WHERE id = ?") {}
  Statement find, cell, event, link, words, forget, claim, statement, difference, copy, quote,
      variant, part, origin, moment, applied, old_events, drop_claims, drop_event, drop_copy,
      drop_quote, drop_part, drop_origin, drop_moments, drop_applied, drop_cell, story, tell,
      drop_story;
};

namespace {

std::int64_t row_of(std::string_view event) {
  return static_cast<std::int64_t>(key_of('v', event));
}

std::size_t words_in(std::string_view name) {
  return 1 + static_cast<std::size_t>(std::count_if(name.begin(), name.end(),
                                                    [](char c) { return c == ' ' || c == '-'; }));
}

// Somebody over all cells.
struct Sum {
  std::string type, name, role;
  std::int64_t mentions = 0;
  std::int64_t articles = 0;
  bool found = false;
};

// The name with most words, then of most articles; the role of most articles.
Sum sum_up(Statement& parts, const std::string& entity) {
  Sum out;
  std::map<std::string, std::int64_t> names;
  std::map<std::string, std::int64_t> roles;
  parts.bind(entity);
  while (parts.step()) {
    out.found = true;
    out.type = parts.text(0);
    names[parts.string(1)] += parts.number(3);
    if (!parts.text(2).empty()) roles[parts.string(2)] += parts.number(4);
    out.mentions += parts.number(4);
    out.articles += parts.number(3);
  }
  parts.reset();
  std::tuple<std::size_t, std::int64_t> best{0, -1};
  for (const auto& [name, n] : names) {
    const std::tuple rank(words_in(name), n);
    if (rank > best) best = rank, out.name = name;
  }
  std::int64_t most = 0;
  for (const auto& [role, n] : roles) {
    if (n > most) most = n, out.role = role;
  }
  return out;
}

}  // namespace

FindingsWriter::FindingsWriter(Database& database)
    : db_(database), s_(std::make_unique<Statements>(database)) {}
FindingsWriter::~FindingsWriter() = default;

void FindingsWriter::write(const CellRows& rows) {
  erase(rows.name);
  s_->cell.bind(rows.name).bind(rows.fingerprint).bind_blob(rows.packed).run();
  const std::int64_t cell = sqlite3_last_insert_rowid(db_.handle());
  for (const CellRows::Event& e : rows.events) {
    s_->event.bind(e.id).bind_or_null(e.when).bind(e.label).bind_or_null(e.type).bind(e.words);
    s_->event.bind_blob(e.ties).bind(cell).bind(e.line).run();
    for (const std::string& a : e.articles) s_->link.bind(e.id).bind(a).run();
    s_->words.bind(row_of(e.id)).bind(e.words).run();
  }
  write_claims(cell, rows);
  write_others(cell, rows);
}

void FindingsWriter::write_claims(std::int64_t cell, const CellRows& rows) {
  for (const CellRows::Claim& c : rows.claims) {
    s_->claim.bind(c.id).bind_or_null(c.event).bind(c.verdict).bind(c.origins);
    c.said_in >= 0 ? s_->claim.bind(c.said_in) : s_->claim.bind_null();
    s_->claim.bind_or_null(c.own_text).bind(cell).bind(c.line).run();
    std::int64_t position = -1;
    for (const CellRows::Place& p : c.statements) {
      s_->statement.bind(c.id).bind(++position).bind(p.article).bind(p.start).bind(p.end);
      s_->statement.bind_or_null(p.speaker).bind_or_null(p.origin).run();
    }
    position = -1;
    for (const CellRows::Difference& x : c.differences) {
      s_->difference.bind(c.id).bind(++position).bind(x.slot).bind(x.relation).bind(x.a).bind(x.b);
      s_->difference.bind(x.a_value).bind(x.b_value).bind_or_null(x.why).run();
    }
  }
}

void FindingsWriter::write_others(std::int64_t cell, const CellRows& rows) {
  for (const CellRows::Copy& c : rows.copies) {
    s_->copy.bind(c.family).bind(c.a).bind(c.b).bind_or_null(c.agency).bind(c.containment);
    s_->copy.bind(cell).bind(c.line).run();
  }
  for (const CellRows::Quote& q : rows.quotes) {
    s_->quote.bind(q.id).bind_or_null(q.name).bind(cell).bind(q.line).run();
    std::int64_t position = -1;
    for (const CellRows::Place& p : q.variants) {
      s_->variant.bind(q.id).bind(++position).bind(p.article).bind(p.start).bind(p.end).run();
    }
  }
  for (const CellRows::Entity& e : rows.entities) {
    s_->part.bind(e.id).bind(cell).bind(e.line).bind(e.type).bind(e.name).bind_or_null(e.role);
    s_->part.bind(e.mentions).bind(e.articles).run();
    touched_.insert(e.id);
  }
  for (const CellRows::Origin& o : rows.origins) {
    s_->origin.bind(o.id).bind(o.kind).bind_or_null(o.name).run();
  }
  for (const CellRows::Moment& t : rows.timeline) {
    s_->moment.bind(cell).bind(t.line).bind_or_null(t.when).bind(t.text);
    s_->moment.bind_or_null(t.event).run();
  }
  for (const std::int64_t c : rows.applied) s_->applied.bind(c).bind(cell).run();
}

void FindingsWriter::erase(std::string_view name) {
  s_->find.bind(name);
  const bool found = s_->find.step();
  const std::int64_t cell = found ? s_->find.number(0) : 0;
  const std::optional<std::string> text =
      found ? unpack_text(s_->find.text(1)) : std::optional<std::string>();
  s_->find.reset();
  if (!found) return;
  const Json header =
      Json::parse(text ? text->substr(0, text->find('\n')) : std::string(), nullptr, false);
  if (!header.is_object()) throw IoError("the findings of the record are damaged: rebuild them");
  std::vector<std::pair<std::string, std::string>> events;
  s_->old_events.bind(cell);
  while (s_->old_events.step()) {
    events.emplace_back(s_->old_events.string(0), s_->old_events.string(1));
  }
  s_->old_events.reset();
  s_->drop_moments.bind(cell).run();
  for (const auto& [id, words] : events) {
    s_->drop_claims.bind(id).run();
    s_->forget.bind(row_of(id)).bind(words).run();
    s_->drop_event.bind(id).run();
  }
  for (const Json& c : header["copies"]) {
    for (const Json& id : c) s_->drop_copy.bind(id.get<std::string>());
    s_->drop_copy.bind(cell).run();
  }
  // What another cell has taken over meanwhile stays.
  for (const Json& q : header["quotes"]) {
    s_->drop_quote.bind(q.get<std::string>()).bind(cell).run();
  }
  for (const Json& e : header["entities"]) {
    const std::string id = e.get<std::string>();
    s_->drop_part.bind(id).bind(cell).run();
    touched_.insert(id);
  }
  for (const Json& o : header["origins"]) {
    const std::string id = o.get<std::string>();
    s_->drop_origin.bind(id).run();
    left_.insert(id);
  }
  s_->drop_applied.bind(cell).run();
  s_->drop_cell.bind(cell).run();
}

void FindingsWriter::put_story(std::string_view id, std::string_view label,
                               std::span<const std::string> events) {
  Json j;
  j["id"] = std::string(id);
  j["label"] = std::string(label);
  j["events"] = Json::array();
  for (const std::string& e : events) j["events"].push_back(e);
  s_->story.bind(id).bind(label).bind_blob(pack(j)).run();
}

void FindingsWriter::erase_story(std::string_view id) { s_->drop_story.bind(id).run(); }

void FindingsWriter::tell(std::string_view event, std::string_view story) {
  s_->tell.bind(story).bind(event).run();
}

void FindingsWriter::finish() {
  Statement parts(db_,
                  "SELECT type, name, coalesce(role,''), articles, mentions FROM entity_parts "
                  "WHERE entity = ?");
  Statement person(db_, "INSERT OR REPLACE INTO main.people VALUES (?,?,?,?,?)");
  Statement other(db_, "INSERT OR REPLACE INTO main.entities VALUES (?,?,?,?,?)");
  Statement no_person(db_, "DELETE FROM main.people WHERE id = ?");
  Statement no_other(db_, "DELETE FROM main.entities WHERE id = ?");
  for (const std::string& id : touched_) {
    const Sum sum = sum_up(parts, id);
    const bool people = id.front() == 'p';
    if (!sum.found) {
      (people ? no_person : no_other).bind(id).run();
    } else if (people) {
      person.bind(id).bind(sum.name).bind_or_null(sum.role).bind(sum.mentions).bind(sum.articles);
      person.run();
    } else {
      other.bind(id).bind(sum.type).bind(sum.name).bind(sum.mentions).bind(sum.articles).run();
    }
  }
  touched_.clear();
  Statement no_origin(db_, "DELETE FROM main.origins WHERE id = ? AND cells <= 0");
  for (const std::string& id : left_) no_origin.bind(id).run();
  left_.clear();
}

void FindingsWriter::clear() {
  for (const char* table : {"applied", "timeline", "quote_variants", "quotes", "copies",
                            "differences", "statements", "claims", "origins", "people", "entities",
                            "entity_parts", "event_articles", "events", "stories", "cells"}) {
    db_.execute(fmt::format("DELETE FROM main.{}", table).c_str());
  }
  db_.execute("INSERT INTO event_words (event_words) VALUES ('delete-all')");
  touched_.clear();
  left_.clear();
}

}  // namespace twosource::record
