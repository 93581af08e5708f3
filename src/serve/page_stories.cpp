#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "serve/page_parts.hpp"
#include "serve/pictures.hpp"
#include "text/join.hpp"

namespace twosource::serve {
namespace {

constexpr std::size_t kStoryEvents = 200;    // events shown on a story's page
constexpr std::size_t kStoryArticles = 200;  // articles

Data story_item(const PageContext& c, const StoryRow& row) {
  Data item;
  item.set("href", link("stories", row.id));
  item.set("label", row.label);
  item.set("dates", date_range(c, row.first, row.last));
  item.set("articles", c.skin.labels().count("articles", row.articles));
  item.set("events", c.skin.labels().count("events", row.events));
  item.set("chips", chips(c, row.claims));
  return item;
}

std::vector<const StoryRow*> in_order(const PageContext& c, std::string_view order) {
  std::vector<const StoryRow*> rows;
  const std::vector<StoryRow>& all = c.all.stories(c.store);
  rows.reserve(all.size());
  for (const StoryRow& row : all) rows.push_back(&row);
  if (order == "recent") {
    std::stable_sort(rows.begin(), rows.end(),
                     [](const StoryRow* a, const StoryRow* b) { return a->last > b->last; });
  } else if (order == "contradicted") {
    std::stable_sort(rows.begin(), rows.end(), [](const StoryRow* a, const StoryRow* b) {
      return a->claims[0] > b->claims[0];
    });
  }
  return rows;
}

using VerdictCounts = std::array<std::size_t, kVerdicts.size()>;

Data event_item(const PageContext& c, const Json& event, const VerdictCounts& counts) {
  Data item;
  const std::string id = text_of(event, "id");
  item.set("href", link("events", id));
  item.set("label", text_of(event, "label"));
  item.set("when", date_words(c, text_of(event, "when")));
  item.set("where", joined(texts_of(event, "where"), ", "));
  item.set("names", joined(texts_of(event, "names"), ", "));
  item.set("articles", c.skin.labels().count("articles", list_of(event, "articles").size()));
  item.set("chips", chips(c, counts));
  return item;
}

}  // namespace

Page stories_page(const PageContext& c) {
  const auto& labels = c.skin.labels();
  Data page = page_data(c, labels("stories"), "stories");
  const std::string order(c.request.query["sort"]);
  Data sorts = Data::list();
  for (const char* name : {"size", "recent", "contradicted"}) {
    Data sort;
    sort.set("href", fmt::format("/?sort={}", name));
    sort.set("name", labels(fmt::format("sort.{}", name)));
    sort.set("current", Data(order.empty() ? std::string_view(name) == "size" : order == name));
    sorts.push_back(std::move(sort));
  }
  page.set("sorts", std::move(sorts));
  const Counts& counts = c.all.counts(c.store);
  page.set("summary", fmt::format("{} · {} · {}", labels.count("articles", counts.articles),
                                  labels.count("events", counts.events),
                                  labels.count("stories_count", counts.stories)));
  page.set("chips", chips(c, counts.claims));
  const std::size_t offset = offset_of(c);
  const std::vector<const StoryRow*> rows = in_order(c, order);
  Data items = Data::list();
  for (std::size_t i = offset; i < std::min(rows.size(), offset + kPageItems); ++i) {
    items.push_back(story_item(c, *rows[i]));
  }
  page.set("stories", std::move(items));
  add_pager(page, c, offset, rows.size());
  return c.skin.render("stories", page);
}

Page story_page(const PageContext& c, const std::string& id) {
  const auto json = c.store.json(Kind::Stories, id);
  if (!json) return std::nullopt;
  const Json story = parsed(*json);
  Filter filter;
  filter.story = id;
  const std::vector<Json> events =
      parsed(c.store.list(Kind::Events, filter, 0, kStoryEvents).items);
  VerdictCounts sum{};
  std::map<std::string, VerdictCounts> counts;
  for (const Store::Verdicts& v : c.store.verdicts_of_story(id)) {
    const std::size_t index = verdict_index(v.verdict);
    if (index >= sum.size()) continue;
    counts[v.event].at(index) += v.claims;
    sum.at(index) += v.claims;
  }
  const std::vector<Json> timeline =
      parsed(c.store.list(Kind::Timeline, filter, 0, kStoryEvents).items);

  Data page = page_data(c, text_of(story, "label"), "stories", "/");
  page.set("id", id);
  std::vector<std::string> articles;
  std::set<std::string> seen;
  Data items = Data::list();
  for (const Json& event : events) {
    items.push_back(event_item(c, event, counts[text_of(event, "id")]));
    for (const std::string& a : texts_of(event, "articles")) {
      if (seen.insert(a).second) articles.push_back(a);
    }
  }
  page.set("events", std::move(items));
  page.set("events_count", c.skin.labels().count("events", list_of(story, "events").size()));
  page.set("articles_count", c.skin.labels().count("articles", articles.size()));
  page.set("chips", chips(c, sum));
  Quoter quoter(c);
  Data list = Data::list();
  for (std::size_t i = 0; i < std::min(articles.size(), kStoryArticles); ++i) {
    list.push_back(quoter.named(articles[i]));
  }
  page.set("articles", std::move(list));
  page.set("timeline_picture", timeline_picture(c, timeline));
  page.set("copies_picture", copies_picture(c, quoter, articles));
  page.set("why", c.skin.labels()(events.size() > 1 ? "why.story_many" : "why.story_one"));
  Data whys = Data::list();
  for (const Json& event : events) {
    Data why;
    why.set("href", link("events", text_of(event, "id")));
    why.set("label", text_of(event, "label"));
    why.set("why", c.skin.labels().reason(text_of(event, "why")));
    whys.push_back(std::move(why));
  }
  page.set("whys", std::move(whys));
  return c.skin.render("story", page);
}

}  // namespace twosource::serve
