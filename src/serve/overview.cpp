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

// A join and a sum in SQL would sort the claims first: four times the time.
Tally tally(Store& store) {
  Tally out;
  store.each("SELECT event, verdict FROM main.claims", [&](const Statement& s) {
    const std::size_t v = verdict_index(s.text(1));
    if (v >= kVerdicts.size()) return;
    ++out.all.at(v);
    if (!s.text(0).empty()) ++out.by_event[s.string(0)].at(v);
  });
  return out;
}

std::vector<StoryRow> story_rows(Store& store, const Tally& claims) {
  std::vector<StoryRow> rows;
  std::unordered_map<std::string, std::size_t> index;
  store.each("SELECT id, label FROM main.stories ORDER BY id", [&](const Statement& s) {
    index.emplace(s.text(0), rows.size());
    rows.push_back({});
    rows.back().id = s.text(0);
    rows.back().label = s.text(1);
  });
  const auto row = [&](std::string_view id) -> StoryRow* {
    const auto it = index.find(std::string(id));
    return it == index.end() ? nullptr : &rows[it->second];
  };
  store.each("SELECT id, story, \"when\" FROM main.events", [&](const Statement& s) {
    StoryRow* r = row(s.text(1));
    if (r == nullptr) return;
    ++r->events;
    const std::string_view when = s.text(2);
    if (!when.empty() && (r->first.empty() || when < r->first)) r->first = when;
    if (when > r->last) r->last = when;
    const auto found = claims.by_event.find(s.string(0));
    if (found == claims.by_event.end()) return;
    for (std::size_t v = 0; v < kVerdicts.size(); ++v) r->claims.at(v) += found->second.at(v);
  });
  store.each(
      "SELECT e.story, count(DISTINCT ea.article) FROM event_rows e JOIN event_article_rows ea "
      "ON ea.event = e.number GROUP BY e.story",
      [&](const Statement& s) {
        if (StoryRow* r = row(s.text(0))) r->articles = static_cast<std::size_t>(s.number(1));
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
  store.each("SELECT publisher, url, id, published, language FROM main.articles",
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
  store.each("SELECT family, a, b, agency, containment FROM main.copies ORDER BY family",
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

Counts count_all(Store& store, const Tally& claims) {
  Counts c;
  c.articles = store.count(Kind::Articles);
  c.stories = store.count(Kind::Stories);
  c.events = store.count(Kind::Events);
  c.people = store.count(Kind::People);
  c.copies = store.count(Kind::Copies);
  c.claims = claims.all;
  return c;
}

const Tally& Overviews::claims(Store& store) const {
  return claims_.get([&] { return tally(store); });
}
const Counts& Overviews::counts(Store& store) const {
  return counts_.get([&] { return count_all(store, claims(store)); });
}
const std::vector<StoryRow>& Overviews::stories(Store& store) const {
  return stories_.get([&] { return story_rows(store, claims(store)); });
}
const std::vector<PersonRow>& Overviews::people(Store& store) const {
  return people_.get([&] { return person_rows(store); });
}
const std::vector<SourceRow>& Overviews::sources(Store& store) const {
  return sources_.get([&] { return source_rows(store); });
}
const std::vector<FamilyRow>& Overviews::families(Store& store) const {
  return families_.get([&] { return family_rows(store); });
}

}  // namespace twosource::serve
