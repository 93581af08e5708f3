#include "serve/overview.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

#include "article/shown.hpp"

namespace twosource::serve {

using record::Statement;

std::size_t verdict_index(std::string_view verdict) noexcept {
  const auto it = std::find(kVerdicts.begin(), kVerdicts.end(), verdict);
  return static_cast<std::size_t>(it - kVerdicts.begin());
}

std::vector<StoryRow> story_rows(Store& store) {
  std::vector<StoryRow> rows;
  std::unordered_map<std::string, std::size_t> index;
  store.each("SELECT id, label FROM stories ORDER BY id", [&](const Statement& s) {
    index.emplace(s.text(0), rows.size());
    rows.push_back({});
    rows.back().id = s.text(0);
    rows.back().label = s.text(1);
  });
  const auto row = [&](std::string_view id) -> StoryRow* {
    const auto it = index.find(std::string(id));
    return it == index.end() ? nullptr : &rows[it->second];
  };
  store.each("SELECT story, count(*), min(\"when\"), max(\"when\") FROM events GROUP BY story",
             [&](const Statement& s) {
               if (StoryRow* r = row(s.text(0))) {
                 r->events = static_cast<std::size_t>(s.number(1));
                 r->first = s.text(2);
                 r->last = s.text(3);
               }
             });
  store.each(
      "SELECT e.story, count(DISTINCT ea.article) FROM events e JOIN event_articles ea "
      "ON ea.event = e.id GROUP BY e.story",
      [&](const Statement& s) {
        if (StoryRow* r = row(s.text(0))) r->articles = static_cast<std::size_t>(s.number(1));
      });
  store.each(
      "SELECT e.story, c.verdict, count(*) FROM claims c JOIN events e ON e.id = c.event "
      "GROUP BY e.story, c.verdict",
      [&](const Statement& s) {
        StoryRow* r = row(s.text(0));
        const std::size_t v = verdict_index(s.text(1));
        if (r != nullptr && v < kVerdicts.size()) {
          r->claims.at(v) = static_cast<std::size_t>(s.number(2));
        }
      });
  std::stable_sort(rows.begin(), rows.end(), [](const StoryRow& a, const StoryRow& b) {
    return a.articles != b.articles ? a.articles > b.articles : a.last > b.last;
  });
  return rows;
}

std::vector<PersonRow> person_rows(Store& store) {
  std::vector<PersonRow> rows;
  store.each("SELECT id, name, coalesce(role, ''), mentions FROM main.people ORDER BY id",
             [&](const Statement& s) {
               rows.push_back({std::string(s.text(0)), std::string(s.text(1)),
                               std::string(s.text(2)), static_cast<std::size_t>(s.number(3))});
             });
  std::stable_sort(rows.begin(), rows.end(),
                   [](const PersonRow& a, const PersonRow& b) { return a.mentions > b.mentions; });
  return rows;
}

std::vector<SourceRow> source_rows(Store& store) {
  std::map<std::string, SourceRow> by_outlet;
  std::map<std::string, std::set<std::string>> languages;
  store.each("SELECT publisher, url, id, published, language FROM articles",
             [&](const Statement& s) {
               std::string outlet(s.text(0));
               if (outlet.empty()) outlet = host_of(s.text(1));
               if (outlet.empty()) outlet = s.text(2);
               SourceRow& r = by_outlet[outlet];
               ++r.articles;
               const std::string day(s.text(3).substr(0, 10));
               if (!day.empty() && (r.first.empty() || day < r.first)) r.first = day;
               if (day > r.last) r.last = day;
               if (!s.text(4).empty()) languages[outlet].emplace(s.text(4));
             });
  std::vector<SourceRow> rows;
  for (auto& [outlet, row] : by_outlet) {
    row.outlet = outlet;
    for (const std::string& code : languages[outlet]) {
      row.languages += (row.languages.empty() ? "" : ", ") + code;
    }
    rows.push_back(std::move(row));
  }
  std::stable_sort(rows.begin(), rows.end(),
                   [](const SourceRow& a, const SourceRow& b) { return a.articles > b.articles; });
  return rows;
}

std::vector<FamilyRow> family_rows(Store& store) {
  std::vector<FamilyRow> rows;
  std::set<std::string> articles;
  store.each("SELECT family, a, b, agency, containment FROM copies ORDER BY family",
             [&](const Statement& s) {
               if (rows.empty() || rows.back().id != s.text(0)) {
                 rows.push_back({});
                 rows.back().id = s.text(0);
                 rows.back().agency = s.text(3);
                 articles.clear();
               }
               FamilyRow& r = rows.back();
               articles.emplace(s.text(1));
               articles.emplace(s.text(2));
               r.articles = articles.size();
               ++r.pairs;
               r.most = std::max(r.most, s.real(4));
             });
  std::stable_sort(rows.begin(), rows.end(),
                   [](const FamilyRow& a, const FamilyRow& b) { return a.articles > b.articles; });
  return rows;
}

Counts count_all(Store& store) {
  Counts c;
  c.articles = store.count(Kind::Articles);
  c.stories = store.count(Kind::Stories);
  c.events = store.count(Kind::Events);
  c.people = store.count(Kind::People);
  c.copies = store.count(Kind::Copies);
  store.each("SELECT verdict, count(*) FROM claims GROUP BY verdict", [&](const Statement& s) {
    const std::size_t v = verdict_index(s.text(0));
    if (v < kVerdicts.size()) c.claims.at(v) = static_cast<std::size_t>(s.number(1));
  });
  return c;
}

}  // namespace twosource::serve
