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
      "SELECT e.id, coalesce(a.published, ''), a.id FROM event_article_rows x "
      "JOIN event_rows e ON e.number = x.event JOIN main.articles a ON a.number = x.article");
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
  // A renewal that was killed left cells without their stories.
  for (const auto& [id, told] : stories_) {
    for (const std::string& e : told.events) {
      const auto it = events_.find(e);
      if (it == events_.end() || it->second.story != id) left_.insert(id);
    }
  }
  for (const auto& [id, event] : events_) {
    if (!stories_.contains(event.story)) came_.insert(id);
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
    forget(event);
  }
  events_of_.erase(cell);
  cells_.erase(cell);
}

void Kept::forget(const std::string& event) {
  const auto it = events_.find(event);
  if (it == events_.end()) return;
  if (links_) links_->erase(&it->first, it->second.ties);
  left_.insert(it->second.story);
  came_.erase(event);
  events_.erase(it);
}

void Kept::put(const record::CellRows& rows) {
  erase(rows.name);
  cells_[rows.name] = rows.fingerprint;
  std::set<std::string>& events = events_of_[rows.name];
  for (const record::CellRows::Event& e : rows.events) {
    events.insert(e.id);
    cell_of_[e.id] = rows.name;
    forget(e.id);
    const auto it = events_.try_emplace(e.id).first;
    it->second = {e.label, e.articles.front(), story::ties_from_bytes(e.ties), {}};
    if (links_) links_->put(&it->first, it->second.ties);
    came_.insert(e.id);
  }
  if (rows.stories.empty()) return;
  brought_.emplace();
  for (const record::CellRows::Story& s : rows.stories) (*brought_)[s.id] = {s.label, s.events};
}

// Whole stories that could be others now, by their events: those that lost events, and those of
// events that came and of what these are joined with.
Kept::Names Kept::concerned() {
  Names out;
  // When much came, a look at everything is cheaper.
  if (4 * came_.size() >= events_.size()) {
    for (const auto& [id, event] : events_) out.insert(id);
    return out;
  }
  if (!links_) {
    links_.emplace();
    for (const auto& [id, event] : events_) links_->put(&id, event.ties);
  }
  const auto add_story = [&](const std::string& story) {
    const auto it = stories_.find(story);
    if (it == stories_.end()) return;
    left_.insert(story);
    for (const std::string& e : it->second.events) {
      if (events_.contains(e)) out.insert(e);
    }
  };
  for (const std::string& story : Names(left_)) add_story(story);
  for (const std::string& id : came_) {
    out.insert(id);
    const auto it = events_.find(id);
    for (const StoryLinks::Name other : links_->of(&it->first, it->second.ties)) {
      out.insert(*other);
      add_story(events_.at(*other).story);
    }
  }
  return out;
}

std::map<std::string, Kept::Told> Kept::joined(const Shelf& shelf, const Names& events) const {
  std::vector<std::pair<Place, std::string>> order;
  for (const std::string& id : events) order.emplace_back(shelf.place(events_.at(id).first), id);
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
  const bool whole = stack && brought;
  const Names events = whole ? Names() : concerned();
  std::map<std::string, Told> now = whole ? std::move(*brought) : joined(shelf, events);
  Names old = std::exchange(left_, {});
  if (whole || events.size() == events_.size()) {
    for (const auto& [id, told] : stories_) old.insert(id);
  }
  came_.clear();
  for (const std::string& id : old) {
    if (now.contains(id) || stories_.erase(id) == 0) continue;
    writer.erase_story(id);
  }
  for (auto& [id, told] : now) {
    for (const std::string& e : told.events) {
      if (std::exchange(events_.at(e).story, id) != id) writer.tell(e, id);
    }
    const auto was = stories_.find(id);
    if (was != stories_.end() && was->second == told) continue;
    writer.put_story(id, told.label, told.events);
    stories_[id] = std::move(told);
  }
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
    change.after = to_string(c.verdict);
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
