#include "serve/store.hpp"

#include <fmt/format.h>

#include <array>

#include "article/shown.hpp"
#include "serve/overview.hpp"

namespace twosource::serve {
namespace {

// How a kind is kept: its table, the column that names and orders it.
struct Shelf {
  const char* table;
  const char* id;
  const char* order;
};

const Shelf& shelf(Kind kind) {
  static constexpr std::array<Shelf, 10> kShelves = {
      {{"articles", "id", "id"},
       {"stories", "id", "id"},
       {"events", "id", "id"},
       {"claims", "id", "id"},
       {"people", "id", "id"},
       {"quotes", "id", "id"},
       {"copies", "family", "family, a, b"},
       {"timeline", "line", "\"when\" IS NULL, \"when\", line, event"},
       {"origins", "id", "id"},
       {"entities", "id", "id"}}};
  return kShelves.at(static_cast<std::size_t>(kind));
}

// " WHERE …" for the parts of a filter that the kind knows, and the values in their order.
std::string where(Kind kind, const Filter& f, std::vector<std::string>& values) {
  std::string sql;
  const auto add = [&](const std::string& value, const char* condition, int times = 1) {
    if (value.empty()) return;
    sql += sql.empty() ? " WHERE " : " AND ";
    sql += condition;
    for (int i = 0; i < times; ++i) values.push_back(value);
  };
  if (kind == Kind::Claims) {
    add(f.event, "event = ?");
    add(f.verdict, "verdict = ?");
    add(f.article,
        "id IN (SELECT c.id FROM main.articles a JOIN event_article_rows x ON x.article = a.number "
        "JOIN event_rows e ON e.number = x.event JOIN claim_rows c "
        "ON c.number >= e.first_claim AND c.number < e.first_claim + e.claims "
        "JOIN statement_rows s ON s.claim = c.number AND s.article = a.number WHERE a.id = ?)");
    add(f.story, "event IN (SELECT id FROM main.events WHERE story = ?)");
  } else if (kind == Kind::Events) {
    add(f.story, "story = ?");
    add(f.article, "id IN (SELECT event FROM event_articles WHERE article = ?)");
  } else if (kind == Kind::Articles) {
    add(f.event, "id IN (SELECT article FROM event_articles WHERE event = ?)");
    add(f.outlet,
        "(publisher = ? OR (publisher IS NULL AND (id = ? OR instr(url, '://' || ? || '/') > 0 OR "
        "instr(url, '://www.' || ? || '/') > 0)))",
        4);
  } else if (kind == Kind::Timeline) {
    // The rows of an event stand in its cell: all others need not be looked at.
    add(f.event, "cell = (SELECT cell FROM main.events WHERE id = ?) AND event = ?", 2);
    add(f.story,
        "cell IN (SELECT cell FROM main.events WHERE story = ?) AND "
        "event IN (SELECT id FROM main.events WHERE story = ?)",
        2);
  } else if (kind == Kind::Copies) {
    add(f.article,
        "family IN (SELECT family FROM main.copies WHERE a = ? UNION "
        "SELECT family FROM main.copies WHERE b = ?) AND (a = ? OR b = ?)",
        4);
  } else if (kind == Kind::Quotes) {
    add(f.name, "name = ?");
  }
  return sql;
}

}  // namespace

Store::Store(const std::string& path)
    : record_(path, record::Record::Mode::Read), database_(record_.database()) {
  // Pages of the record are read where they lie: copying those that a story's claims are spread
  // over took a fifth of making its page. As far as SQLite maps at most; the rest is copied.
  database_.execute("PRAGMA mmap_size = 2147418112");
}

Store::Query Store::query(std::string_view sql) {
  const auto it = prepared_.find(sql);
  if (it != prepared_.end()) return Query(it->second);
  const auto made = prepared_.emplace(std::piecewise_construct, std::forward_as_tuple(sql),
                                      std::forward_as_tuple(database_, sql));
  return Query(made.first->second);
}

void Store::begin() {
  database_.execute("BEGIN");
  begun_ = true;
}

void Store::end() noexcept {
  if (begun_) sqlite3_exec(database_.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
  begun_ = false;
}

std::optional<std::string> Store::json(Kind kind, std::string_view id) {
  const Shelf& s = shelf(kind);
  const Query q = query(fmt::format("SELECT json FROM {} WHERE {} = ?", s.table, s.id));
  q->bind(id);
  if (!q->step()) return std::nullopt;
  return std::string(q->text(0));
}

Listing Store::list(Kind kind, const Filter& filter, std::size_t offset, std::size_t limit) {
  const Shelf& s = shelf(kind);
  std::vector<std::string> values;
  const std::string condition = where(kind, filter, values);
  Listing out;
  const Query total = query(fmt::format("SELECT count(*) FROM main.{}{}", s.table, condition));
  const Query rows = query(fmt::format("SELECT {}, json FROM {}{} ORDER BY {} LIMIT ? OFFSET ?",
                                       s.id, s.table, condition, s.order));
  for (const std::string& v : values) {
    total->bind(v);
    rows->bind(v);
  }
  if (total->step()) out.total = static_cast<std::size_t>(total->number(0));
  rows->bind(static_cast<std::int64_t>(limit)).bind(static_cast<std::int64_t>(offset));
  while (rows->step())
    out.items.push_back({std::string(rows->text(0)), std::string(rows->text(1))});
  return out;
}

std::size_t Store::count(Kind kind) {
  return static_cast<std::size_t>(
      database_.number(fmt::format("SELECT count(*) FROM main.{}", shelf(kind).table).c_str()));
}

std::optional<ArticleName> Store::article(std::string_view id) {
  const Query q = query(
      "SELECT id, publisher, url, headline, published, language FROM main.articles "
      "WHERE id = ?");
  q->bind(id);
  if (!q->step()) return std::nullopt;
  ArticleName a;
  a.id = q->text(0);
  a.url = q->text(2);
  a.outlet = q->text(1);
  if (a.outlet.empty()) a.outlet = host_of(a.url);
  if (a.outlet.empty()) a.outlet = a.id;
  a.headline = q->text(3);
  a.published = q->text(4);
  a.language = q->text(5);
  if (a.headline.empty()) a.headline = a.id;
  return a;
}

std::optional<EventName> Store::event(std::string_view id) {
  const Query q = query("SELECT id, label, \"when\", story FROM main.events WHERE id = ?");
  q->bind(id);
  if (!q->step()) return std::nullopt;
  return EventName{std::string(q->text(0)), std::string(q->text(1)), std::string(q->text(2)),
                   std::string(q->text(3))};
}

std::string Store::name(std::string_view id) {
  for (const char* table : {"people", "entities", "origins"}) {
    const Query q = query(fmt::format("SELECT name FROM main.{} WHERE id = ?", table));
    q->bind(id);
    if (q->step()) return std::string(q->text(0));
  }
  return std::string(id);
}

std::vector<Item> Store::items(const char* sql, std::initializer_list<std::string_view> values) {
  const Query q = query(sql);
  for (const std::string_view v : values) q->bind(v);
  std::vector<Item> out;
  while (q->step()) out.push_back({std::string(q->text(0)), std::string(q->text(1))});
  return out;
}

std::vector<Item> Store::family(std::string_view id) {
  return items("SELECT family, json FROM copies WHERE family = ? ORDER BY a, b", {id});
}

std::vector<Item> Store::copies_of(std::string_view article) {
  return items(
      "SELECT family, json FROM copies WHERE a = ? UNION ALL "
      "SELECT family, json FROM copies WHERE b = ? ORDER BY 1",
      {article, article});
}

std::optional<ArticleText> Store::text(std::string_view article) {
  std::optional<Article> found = record_.article(std::string(article));
  if (!found) return std::nullopt;
  ArticleText out;
  for (const Sentence& s : found->tokens.sentences) out.sentences.push_back(s.span);
  out.text = std::move(found->text);
  return out;
}

std::vector<std::pair<std::string, std::string>> Store::claims_of_event(std::string_view event) {
  std::string order;
  for (std::size_t v = 0; v < kVerdicts.size(); ++v) {
    order += fmt::format(" WHEN '{}' THEN {}", kVerdicts.at(v), v);
  }
  const Query q = query(fmt::format(
      "SELECT c.id, c.verdict FROM main.claims c WHERE c.event = ? ORDER BY CASE c.verdict{} "
      "END, (SELECT count(*) FROM statement_rows s WHERE s.claim = c.number) DESC, c.id",
      order));
  q->bind(event);
  std::vector<std::pair<std::string, std::string>> out;
  while (q->step()) out.emplace_back(q->string(0), q->string(1));
  return out;
}

std::vector<std::string> Store::ids_by_name(Kind kind, std::string_view name) {
  const Query q = query(kind == Kind::Events ? "SELECT id FROM main.events WHERE label = ? LIMIT 2"
                                             : "SELECT id FROM main.people WHERE name = ? LIMIT 2");
  q->bind(name);
  std::vector<std::string> out;
  while (q->step()) out.push_back(q->string(0));
  return out;
}

std::vector<Store::Verdicts> Store::verdicts_of_story(std::string_view story) {
  const Query q = query(
      "SELECT e.id, c.verdict, count(*) FROM main.events e JOIN main.claims c ON c.event = e.id "
      "WHERE e.story = ? GROUP BY e.id, c.verdict");
  q->bind(story);
  std::vector<Verdicts> out;
  while (q->step()) {
    out.push_back({q->string(0), q->string(1), static_cast<std::size_t>(q->number(2))});
  }
  return out;
}

std::vector<std::string> Store::articles_of_claims(std::string_view event) {
  const Query q = query(
      "SELECT a.id, count(*) FROM main.claims c JOIN statement_rows s ON s.claim = c.number "
      "JOIN main.articles a ON a.number = s.article "
      "WHERE c.event = ? GROUP BY a.id ORDER BY 2 DESC, 1");
  q->bind(event);
  std::vector<std::string> out;
  while (q->step()) out.push_back(q->string(0));
  return out;
}

StorePool::StorePool(std::string path)
    : path_(std::move(path)), watch_(path_, record::Record::Mode::Read) {}

StorePool::Lease StorePool::lease() {
  std::unique_ptr<Store> store;
  {
    const std::lock_guard lock(mutex_);
    if (!free_.empty()) {
      store = std::move(free_.back());
      free_.pop_back();
    }
  }
  if (!store) store = std::make_unique<Store>(path_);
  store->begin();
  return {*this, std::move(store)};
}

StorePool::Lease::~Lease() {
  store_->end();
  const std::lock_guard lock(pool_.mutex_);
  pool_.free_.push_back(std::move(store_));
}

std::uint64_t StorePool::generation() {
  const std::lock_guard lock(watch_mutex_);
  const std::int64_t version = watch_.database().number("PRAGMA data_version");
  if (version != seen_) {
    seen_ = version;
    ++generation_;
  }
  return generation_;
}

}  // namespace twosource::serve
