#include "desk/kept.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "desk/join.hpp"

namespace twosource::desk {

std::string why_not(const Correction& c, const std::function<bool(const std::string&)>& has) {
  for (const std::string& a : named_articles(c)) {
    if (!has(a)) return fmt::format("article {} is not here", a);
  }
  if (!c.a.name.empty()) return fmt::format("\"{}\" is not found any more", c.a.name);
  return "what it names is not found any more";
}

Kept::Kept(record::Record& store) : store_(store) {
  record::Database& db = store.database();
  record::Statement cells(db, "SELECT name, fingerprint FROM main.cells");
  while (cells.step()) cells_.emplace(cells.string(0), cells.number(1));
  std::unordered_map<std::string, Place> first;
  record::Statement articles(
      db,
      "SELECT x.event, coalesce(a.published, ''), a.id FROM event_articles x "
      "JOIN main.articles a ON a.id = x.article");
  while (articles.step()) {
    Place place{articles.string(1), articles.string(2)};
    const auto [it, fresh] = first.try_emplace(articles.string(0), place);
    if (!fresh && place < it->second) it->second = std::move(place);
  }
  record::Statement events(db,
                           "SELECT e.id, e.label, e.ties, coalesce(e.story, ''), c.name "
                           "FROM main.events e JOIN main.cells c ON c.cell = e.cell");
  while (events.step()) {
    const std::string id = events.string(0);
    events_of_[events.string(4)].insert(id);
    cell_of_[id] = events.string(4);
    events_[id] = {events.string(1), first[id].second, story::ties_from_bytes(events.text(2)),
                   events.string(3)};
  }
  record::Statement stories(db,
                            "SELECT s.id, s.label, e.value FROM stories s, json_each(s.json, "
                            "'$.events') e ORDER BY s.id");
  while (stories.step()) {
    Told& told = stories_[stories.string(0)];
    told.label = stories.string(1);
    told.events.push_back(stories.string(2));
  }
}

std::optional<std::int64_t> Kept::fingerprint(const std::string& cell) const {
  const auto it = cells_.find(cell);
  return it == cells_.end() ? std::nullopt : std::optional(it->second);
}

std::set<std::string> Kept::people_of(const std::string& cell,
                                      const std::set<std::string>& people) {
  std::set<std::string> out;
  if (people.empty()) return out;
  record::Statement s(store_.database(),
                      "SELECT 1 FROM main.entity_parts p WHERE p.entity = ? AND p.cell = "
                      "(SELECT cell FROM main.cells WHERE name = ?)");
  for (const std::string& person : people) {
    s.bind(person).bind(cell);
    if (s.step()) out.insert(person);
    s.reset();
  }
  return out;
}

std::vector<std::string> Kept::events_with(const std::string& entity) {
  std::vector<std::string> out;
  record::Statement s(store_.database(),
                      "SELECT e.id FROM main.entity_parts p JOIN main.events e ON e.cell = p.cell "
                      "WHERE p.entity = ?");
  s.bind(entity);
  while (s.step()) out.push_back(s.string(0));
  return out;
}

std::set<std::string> Kept::not_among(const std::vector<Plan>& plans) const {
  std::set<std::string> out;
  for (const auto& [name, fingerprint] : cells_) out.insert(name);
  for (const Plan& plan : plans) out.erase(plan.name);
  return out;
}

std::set<std::string> Kept::replaced(const std::vector<Plan>& plans,
                                     const std::vector<std::string>& gone) const {
  std::set<std::string> out;
  const auto leave = [&](const std::string& event) {
    const auto it = cell_of_.find(event);
    if (it != cell_of_.end()) out.insert(it->second);
  };
  for (const std::string& event : gone) leave(event);
  for (const Plan& plan : plans) {
    for (const auto& event : plan.events) leave(event.id);
  }
  for (const Plan& plan : plans) {
    const auto it = events_of_.find(plan.name);
    if (it == events_of_.end()) continue;
    // One event that stays alone in its cell is written over.
    const bool same = plan.events.size() == 1 && it->second == std::set{plan.name};
    same ? void(out.erase(plan.name)) : void(out.insert(plan.name));
  }
  return out;
}

void Kept::erase(const std::string& cell) {
  for (const std::string& event : events_of_[cell]) {
    if (cell_of_[event] != cell) continue;
    cell_of_.erase(event);
    events_.erase(event);
  }
  events_of_.erase(cell);
  cells_.erase(cell);
}

void Kept::put(const record::CellRows& rows) {
  erase(rows.name);
  cells_[rows.name] = rows.fingerprint;
  std::set<std::string>& events = events_of_[rows.name];
  for (const record::CellRows::Event& e : rows.events) {
    events.insert(e.id);
    cell_of_[e.id] = rows.name;
    events_[e.id] = {e.label, e.articles.front(), story::ties_from_bytes(e.ties), {}};
  }
  if (rows.stories.empty()) return;
  brought_.emplace();
  for (const record::CellRows::Story& s : rows.stories) (*brought_)[s.id] = {s.label, s.events};
}

std::map<std::string, Kept::Told> Kept::joined(const Shelf& shelf) const {
  std::vector<std::pair<Place, std::string>> order;
  for (const auto& [id, event] : events_) order.emplace_back(shelf.place(event.first), id);
  std::sort(order.begin(), order.end());
  std::vector<std::pair<std::string, std::string>> named;
  std::vector<const story::Ties*> ties;
  for (const auto& [place, id] : order) {
    const Event& event = events_.at(id);
    named.emplace_back(id, event.label);
    ties.push_back(&event.ties);
  }
  std::map<std::string, Told> out;
  for (JoinedStory& s : join_stories(named, ties)) {
    Told told{std::move(s.label), {}};
    for (const std::uint32_t e : s.events) told.events.push_back(named[e].first);
    out.emplace(std::move(s.id), std::move(told));
  }
  return out;
}

void Kept::write_stories(record::FindingsWriter& writer, const Shelf& shelf, bool stack) {
  std::optional<std::map<std::string, Told>> brought = std::exchange(brought_, std::nullopt);
  if (stack && !brought && !events_.empty()) return;  // nothing was written
  std::map<std::string, Told> now = stack && brought ? std::move(*brought) : joined(shelf);
  for (const auto& [id, told] : stories_) {
    if (!now.contains(id)) writer.erase_story(id);
  }
  for (const auto& [id, told] : now) {
    const auto was = stories_.find(id);
    if (was == stories_.end() || was->second != told) {
      writer.put_story(id, told.label, told.events);
    }
    for (const std::string& e : told.events) {
      if (std::exchange(events_.at(e).story, id) != id) writer.tell(e, id);
    }
  }
  stories_ = std::move(now);
}

Verdicts::Verdicts(record::Database& database, bool wanted) : db_(database), wanted_(wanted) {}

void Verdicts::before(const std::string& cell) {
  if (!wanted_) return;
  record::Statement s(db_,
                      "SELECT k.id, coalesce(k.event, ''), k.verdict, k.text FROM main.cells c "
                      "JOIN claims k ON k.cell = c.cell WHERE c.name = ? AND k.event IN "
                      "(SELECT id FROM main.events e WHERE e.cell = c.cell)");
  s.bind(cell);
  while (s.step()) {
    VerdictChange& change = claims_[s.string(0)];
    change.event = s.string(1);
    change.text = s.string(3);
    change.before = s.string(2);
  }
}

void Verdicts::after(const record::CellRows& rows) {
  if (!wanted_) return;
  for (const record::CellRows::Claim& c : rows.claims) {
    VerdictChange& change = claims_[c.id];
    change.event = c.event;
    change.text = c.text;
    change.after = c.verdict;
  }
}

std::vector<VerdictChange> Verdicts::take() {
  std::vector<VerdictChange> out;
  for (auto& [id, change] : claims_) {
    if (change.before == change.after) continue;
    change.claim = id;
    out.push_back(std::move(change));
  }
  claims_.clear();
  return out;
}

}  // namespace twosource::desk
