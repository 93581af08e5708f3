#include "record/findings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <tuple>
#include <unordered_map>

#include "article/json.hpp"
#include "record/cell.hpp"
#include "record/packed.hpp"

namespace twosource::record {

// Prepared once: a cell has some 30 rows.
struct FindingsWriter::Statements {
  explicit Statements(Database& db)
      : find(db, "SELECT cell, packed, first_claim, claims FROM main.cells WHERE name = ?"),
        article(db, "SELECT number FROM main.articles WHERE id = ?"),
        last_claim(db, "SELECT coalesce(max(number), 0) FROM claim_rows"),
        cell(db,
             "INSERT INTO main.cells (name, fingerprint, first_claim, claims, packed) "
             "VALUES (?,?,?,?,?)"),
        event(db,
              "INSERT INTO event_rows (id, \"when\", label, type, words, ties, cell, line, "
              "first_claim, claims) VALUES (?,?,?,?,?,?,?,?,?,?)"),
        link(db, "INSERT OR REPLACE INTO event_article_rows VALUES (?,?)"),
        words(db, "INSERT INTO event_words (rowid, text) VALUES (?,?)"),
        forget(db, "INSERT INTO event_words (event_words, rowid, text) VALUES ('delete',?,?)"),
        claim(db, "INSERT OR REPLACE INTO claim_rows VALUES (?,?,?,?,?,?,?,?)"),
        statement(db, "INSERT INTO statement_rows VALUES (?,?,?,?,?,?,?)"),
        difference(db, "INSERT INTO difference_rows VALUES (?,?,?,?,?,?,?,?,?)"),
        copy(db, "INSERT OR REPLACE INTO copy_rows VALUES (?,?,?,?,?,?,?)"),
        quote(db, "INSERT OR REPLACE INTO main.quotes VALUES (?,?,?,?)"),
        variant(db, "INSERT INTO quote_variant_rows VALUES (?,?,?,?,?,?)"),
        entity(db, "SELECT number, name FROM entity_rows WHERE id = ?"),
        new_entity(db, "INSERT INTO entity_rows (id, name, mentions, articles) VALUES (?,?,0,0)"),
        part(db, "INSERT OR REPLACE INTO entity_part_rows VALUES (?,?,?,?,?,?,?)"),
        origin(db,
               "INSERT INTO origin_rows (id, kind, name, cells) VALUES (?,?,?,1) "
               "ON CONFLICT (id) DO UPDATE SET cells = cells + 1 RETURNING number"),
        moment(db, "INSERT INTO timeline_rows VALUES (?,?,?,?,?,?,?,?)"),
        applied(db, "INSERT INTO applied VALUES (?,?)"),
        old_events(db, "SELECT number, words FROM event_rows WHERE cell = ?"),
        old_event(db, "SELECT number, words FROM event_rows WHERE id = ?"),
        drop_event(db, "DELETE FROM event_rows WHERE number = ?"),
        drop_links(db, "DELETE FROM event_article_rows WHERE event = ?"),
        drop_claims(db, "DELETE FROM claim_rows WHERE number >= ? AND number < ?"),
        drop_statements(db, "DELETE FROM statement_rows WHERE claim >= ? AND claim < ?"),
        drop_differences(db, "DELETE FROM difference_rows WHERE claim >= ? AND claim < ?"),
        drop_copy(db,
                  "DELETE FROM copy_rows WHERE family = ? AND "
                  "a = (SELECT number FROM main.articles WHERE id = ?) AND "
                  "b = (SELECT number FROM main.articles WHERE id = ?) AND cell = ?"),
        drop_quote(db, "DELETE FROM main.quotes WHERE id = ? AND cell = ?"),
        drop_variants(db, "DELETE FROM quote_variant_rows WHERE cell = ?"),
        drop_part(db,
                  "DELETE FROM entity_part_rows WHERE "
                  "entity = (SELECT number FROM entity_rows WHERE id = ?) AND cell = ?"),
        drop_origin(db, "UPDATE origin_rows SET cells = cells - 1 WHERE id = ?"),
        drop_moments(db, "DELETE FROM timeline_rows WHERE cell = ?"),
        drop_applied(db, "DELETE FROM applied WHERE cell = ?"),
        drop_cell(db, "DELETE FROM main.cells WHERE cell = ?"),
        story(db, "INSERT OR REPLACE INTO main.stories VALUES (?,?,?)"),
        tell(db, "UPDATE event_rows SET story = ? WHERE id = ?"),
        drop_story(db, "DELETE FROM main.stories WHERE id = ?") {}
  Statement find, article, last_claim, cell, event, link, words, forget, claim, statement,
      difference, copy, quote, variant, entity, new_entity, part, origin, moment, applied,
      old_events, old_event, drop_event, drop_links, drop_claims, drop_statements, drop_differences,
      drop_copy, drop_quote, drop_variants, drop_part, drop_origin, drop_moments, drop_applied,
      drop_cell, story, tell, drop_story;
};

// The numbers of what a cell names.
struct FindingsWriter::Numbers {
  using ById = std::unordered_map<std::string, std::int64_t>;
  ById articles, events, entities, origins, next_claim;
  std::int64_t cell = 0;
  std::int64_t first_claim = 0;

  // That of an id of a cell; NULL for what has none.
  static void bind(record::Statement& s, const ById& numbers, const std::string& id) {
    const auto it = numbers.find(id);
    it == numbers.end() ? s.bind_null() : s.bind(it->second);
  }
};

namespace {

std::size_t words_in(std::string_view name) {
  return 1 + static_cast<std::size_t>(std::count_if(name.begin(), name.end(),
                                                    [](char c) { return c == ' ' || c == '-'; }));
}

// Somebody over all cells.
struct Sum {
  std::string name, role;
  std::int64_t mentions = 0;
  std::int64_t articles = 0;
  bool found = false;
};

// The name with most words, then of most articles; the role of most articles.
Sum sum_up(Statement& parts, std::int64_t entity, const std::string& known) {
  Sum out;
  std::map<std::string, std::int64_t> names;
  std::map<std::string, std::int64_t> roles;
  parts.bind(known).bind(entity);
  while (parts.step()) {
    out.found = true;
    names[parts.string(0)] += parts.number(2);
    if (!parts.text(1).empty()) roles[parts.string(1)] += parts.number(3);
    out.mentions += parts.number(3);
    out.articles += parts.number(2);
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
  Numbers n;
  (void)s_->last_claim.step();
  n.first_claim = s_->last_claim.number(0) + 1;
  s_->last_claim.reset();
  s_->cell.bind(rows.name).bind(rows.fingerprint).bind(n.first_claim);
  s_->cell.bind(static_cast<std::int64_t>(rows.claims.size())).bind_blob(rows.packed).run();
  n.cell = sqlite3_last_insert_rowid(db_.handle());
  write_entities(n, rows);
  write_events(n, rows);
  write_claims(n, rows);
  write_others(n, rows);
}

void FindingsWriter::bind_article(record::Statement& s, Numbers& n, const std::string& id) {
  const auto [it, fresh] = n.articles.try_emplace(id, 0);
  if (fresh) {
    s_->article.bind(id);
    if (s_->article.step()) it->second = s_->article.number(0);
    s_->article.reset();
  }
  if (it->second == 0) throw IoError(fmt::format("article \"{}\" is not in the record", id));
  s.bind(it->second);
}

void FindingsWriter::write_entities(Numbers& n, const CellRows& rows) {
  for (const CellRows::Entity& e : rows.entities) {
    s_->entity.bind(e.id);
    const bool known = s_->entity.step();
    std::int64_t number = known ? s_->entity.number(0) : 0;
    const bool same = !known || s_->entity.text(1) == e.name;
    s_->entity.reset();
    if (!known) {
      s_->new_entity.bind(e.id).bind(e.name).run();
      number = sqlite3_last_insert_rowid(db_.handle());
    }
    s_->part.bind(number).bind(n.cell).bind(e.line);
    same ? s_->part.bind_null() : s_->part.bind(e.name);
    s_->part.bind_or_null(e.role).bind(e.mentions).bind(e.articles).run();
    n.entities.emplace(e.id, number);
    touched_.insert(e.id);
  }
  for (const CellRows::Origin& o : rows.origins) {
    s_->origin.bind(o.id).bind(static_cast<std::int64_t>(o.kind)).bind_or_null(o.name);
    if (s_->origin.step()) n.origins.emplace(o.id, s_->origin.number(0));
    s_->origin.run();
  }
}

// Claims are numbered in the order of their events.
void FindingsWriter::write_events(Numbers& n, const CellRows& rows) {
  Numbers::ById claims;
  for (const CellRows::Claim& c : rows.claims) ++claims[c.event];
  std::int64_t first = n.first_claim;
  for (const CellRows::Event& e : rows.events) {
    s_->old_event.bind(e.id);  // of another cell, which is erased later
    forget_events(s_->old_event);
    const std::int64_t count = claims[e.id];
    s_->event.bind(e.id).bind_or_null(e.when).bind(e.label).bind_or_null(e.type).bind(e.words);
    s_->event.bind_blob(e.ties).bind(n.cell).bind(e.line).bind(first).bind(count).run();
    const std::int64_t number = sqlite3_last_insert_rowid(db_.handle());
    for (const std::string& a : e.articles) {
      s_->link.bind(number);
      bind_article(s_->link, n, a);
      s_->link.run();
    }
    s_->words.bind(number).bind(e.words).run();
    n.events.emplace(e.id, number);
    n.next_claim[e.id] = first;
    first += count;
  }
  n.next_claim.try_emplace({}, first);  // those of no event
}

void FindingsWriter::write_claims(Numbers& n, const CellRows& rows) {
  for (const CellRows::Claim& c : rows.claims) {
    const std::int64_t number = n.next_claim[c.event]++;
    s_->claim.bind(number).bind(c.id);
    Numbers::bind(s_->claim, n.events, c.event);
    s_->claim.bind(static_cast<std::int64_t>(c.verdict)).bind(c.origins);
    c.said_in >= 0 ? s_->claim.bind(c.said_in) : s_->claim.bind_null();
    s_->claim.bind_or_null(c.own_text).bind(c.line).run();
    std::int64_t position = -1;
    for (const CellRows::Place& p : c.statements) {
      s_->statement.bind(number).bind(++position);
      bind_article(s_->statement, n, p.article);
      s_->statement.bind(p.start).bind(p.end - p.start);
      Numbers::bind(s_->statement, n.entities, p.speaker);
      Numbers::bind(s_->statement, n.origins, p.origin);
      s_->statement.run();
    }
    position = -1;
    for (const CellRows::Difference& x : c.differences) {
      s_->difference.bind(number).bind(++position).bind(x.slot);
      s_->difference.bind(static_cast<std::int64_t>(x.relation)).bind(x.a).bind(x.b);
      s_->difference.bind(x.a_value).bind(x.b_value).bind_or_null(x.why).run();
    }
  }
}

void FindingsWriter::write_others(Numbers& n, const CellRows& rows) {
  for (const CellRows::Copy& c : rows.copies) {
    s_->copy.bind(c.family);
    bind_article(s_->copy, n, c.a);
    bind_article(s_->copy, n, c.b);
    s_->copy.bind_or_null(c.agency).bind(c.containment).bind(n.cell).bind(c.line).run();
  }
  for (const CellRows::Quote& q : rows.quotes) {
    s_->quote.bind(q.id).bind_or_null(q.name).bind(n.cell).bind(q.line).run();
    std::int64_t position = -1;
    for (const CellRows::Place& p : q.variants) {
      s_->variant.bind(n.cell).bind(q.line).bind(++position);
      bind_article(s_->variant, n, p.article);
      s_->variant.bind(p.start).bind(p.end - p.start).run();
    }
  }
  for (const CellRows::Moment& t : rows.timeline) {
    s_->moment.bind(n.cell).bind(t.line).bind_or_null(t.when);
    if (t.place.article.empty()) {
      s_->moment.bind_null().bind_null().bind_null().bind(t.own_text);
    } else {
      bind_article(s_->moment, n, t.place.article);
      s_->moment.bind(t.place.start).bind(t.place.end - t.place.start).bind_null();
    }
    Numbers::bind(s_->moment, n.events, t.event);
    s_->moment.run();
  }
  for (const std::int64_t c : rows.applied) s_->applied.bind(c).bind(n.cell).run();
}

// Erases the events that a statement finds, with their words.
void FindingsWriter::forget_events(record::Statement& found) {
  std::vector<std::pair<std::int64_t, std::string>> events;
  while (found.step()) events.emplace_back(found.number(0), found.string(1));
  found.reset();
  for (const auto& [number, words] : events) {
    s_->forget.bind(number).bind(words).run();
    s_->drop_links.bind(number).run();
    s_->drop_event.bind(number).run();
  }
}

void FindingsWriter::erase(std::string_view name) {
  s_->find.bind(name);
  const bool found = s_->find.step();
  const std::int64_t cell = found ? s_->find.number(0) : 0;
  const std::optional<std::string> text =
      found ? cell_header(s_->find.text(1)) : std::optional<std::string>();
  const std::int64_t first = found ? s_->find.number(2) : 0;
  const std::int64_t end = found ? first + s_->find.number(3) : 0;
  s_->find.reset();
  if (!found) return;
  const Json header = Json::parse(text.value_or(std::string()), nullptr, false);
  if (!header.is_object()) throw IoError("the findings of the record are damaged: rebuild them");
  s_->old_events.bind(cell);
  forget_events(s_->old_events);
  for (record::Statement* drop : {&s_->drop_claims, &s_->drop_statements, &s_->drop_differences}) {
    drop->bind(first).bind(end).run();
  }
  for (record::Statement* drop :
       {&s_->drop_moments, &s_->drop_variants, &s_->drop_applied, &s_->drop_cell}) {
    drop->bind(cell).run();
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
                  "SELECT coalesce(name, ?), coalesce(role,''), articles, mentions "
                  "FROM entity_part_rows WHERE entity = ?");
  Statement spell(db_, "UPDATE entity_part_rows SET name = ? WHERE entity = ? AND name IS NULL");
  Statement put(db_,
                "UPDATE entity_rows SET name = ?, role = ?, mentions = ?, articles = ? "
                "WHERE number = ?");
  Statement drop(db_, "DELETE FROM entity_rows WHERE number = ?");
  for (const std::string& id : touched_) {
    s_->entity.bind(id);
    const bool known = s_->entity.step();
    const std::int64_t number = known ? s_->entity.number(0) : 0;
    const std::string name = known ? s_->entity.string(1) : std::string();
    s_->entity.reset();
    if (!known) continue;
    const Sum sum = sum_up(parts, number, name);
    if (!sum.found) {
      drop.bind(number).run();
      continue;
    }
    if (sum.name != name) spell.bind(name).bind(number).run();
    put.bind(sum.name);
    id.front() == 'p' ? put.bind_or_null(sum.role) : put.bind_null();
    put.bind(sum.mentions).bind(sum.articles).bind(number).run();
  }
  touched_.clear();
  Statement no_origin(db_, "DELETE FROM origin_rows WHERE id = ? AND cells <= 0");
  for (const std::string& id : left_) no_origin.bind(id).run();
  left_.clear();
}

void FindingsWriter::clear() {
  for (const char* table :
       {"applied", "timeline_rows", "quote_variant_rows", "quotes", "copy_rows", "difference_rows",
        "statement_rows", "claim_rows", "origin_rows", "entity_rows", "entity_part_rows",
        "event_article_rows", "event_rows", "stories", "cells"}) {
    db_.execute(fmt::format("DELETE FROM main.{}", table).c_str());
  }
  db_.execute("INSERT INTO event_words (event_words) VALUES ('delete-all')");
  touched_.clear();
  left_.clear();
}

}  // namespace twosource::record
