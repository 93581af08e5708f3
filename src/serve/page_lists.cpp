#include <fmt/format.h>

#include <algorithm>

#include "serve/page_parts.hpp"
#include "serve/pictures.hpp"

namespace twosource::serve {

Page timeline_page(const PageContext& c) {
  Data page = page_data(c, c.skin.labels()("timeline"), "timeline");
  const std::size_t offset = offset_of(c);
  const Listing all = c.store.list(Kind::Timeline, {}, offset, kPageItems);
  const std::vector<Json> entries = parsed(all.items);
  Quoter quoter(c);
  page.set("timeline", timeline_items(c, quoter, entries));
  page.set("timeline_picture", timeline_picture(c, entries));
  add_pager(page, c, offset, all.total);
  return c.skin.render("timeline", page);
}

Page sources_page(const PageContext& c) {
  Data page = page_data(c, c.skin.labels()("sources"), "sources");
  const std::size_t offset = offset_of(c);
  const auto& rows = c.all.sources(c.store);
  Data items = Data::list();
  for (std::size_t i = offset; i < std::min(rows.size(), offset + kPageItems); ++i) {
    Data item;
    item.set("outlet", rows[i].outlet);
    item.set("articles", c.skin.labels().count("articles", rows[i].articles));
    item.set("dates", date_range(c, rows[i].first, rows[i].last));
    item.set("href", link("sources", rows[i].outlet));
    item.set("languages_words", rows[i].languages);
    items.push_back(std::move(item));
  }
  page.set("sources", std::move(items));
  add_pager(page, c, offset, rows.size());
  return c.skin.render("sources", page);
}

Page source_page(const PageContext& c, const std::string& outlet) {
  Filter filter;
  filter.outlet = outlet;
  const std::size_t offset = offset_of(c);
  const Listing all = c.store.list(Kind::Articles, filter, offset, kPageItems);
  if (all.total == 0) return std::nullopt;
  Data page = page_data(c, outlet, "sources", "/sources");
  page.set("articles_count", c.skin.labels().count("articles", all.total));
  Quoter quoter(c);
  Data items = Data::list();
  for (const Item& item : all.items) items.push_back(quoter.named(item.id));
  page.set("articles", std::move(items));
  add_pager(page, c, offset, all.total);
  return c.skin.render("source", page);
}

Page help_page(const PageContext& c) {
  Data page = page_data(c, c.skin.labels()("help"), "help");
  Data verdicts = Data::list();
  for (const char* verdict : kVerdicts) {
    Data item;
    item.set("verdict", verdict);
    item.set("name", c.skin.labels()(fmt::format("verdict.{}", verdict)));
    item.set("explanation", c.skin.labels()(fmt::format("explain.{}", verdict)));
    verdicts.push_back(std::move(item));
  }
  page.set("verdicts", std::move(verdicts));
  return c.skin.render("help", page);
}

std::string message_page(const PageContext& c, std::string_view key, std::string_view detail) {
  const auto& labels = c.skin.labels();
  Data page = page_data(c, labels(key), "message");
  page.set("text", labels(std::string(key) + "_text"));
  page.set("detail", detail);
  return c.skin.render("message", page);
}

}  // namespace twosource::serve
