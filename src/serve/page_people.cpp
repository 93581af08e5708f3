#include <algorithm>
#include <set>

#include "serve/page_parts.hpp"
#include "text/join.hpp"

namespace twosource::serve {
namespace {

constexpr std::size_t kMentions = 100;  // places shown on a person's page
constexpr std::size_t kQuotes = 100;

std::string role_dates(const PageContext& c, const Json& role) {
  const auto& labels = c.skin.labels();
  const std::string from = labels.date(text_of(role, "from"));
  const std::string to = labels.date(text_of(role, "to"));
  if (!from.empty() && !to.empty()) return labels.fill("from_until", from, to);
  if (!from.empty()) return labels.fill("from", from);
  return to.empty() ? std::string() : labels.fill("until", to);
}

Data roles(const PageContext& c, Quoter& quoter, const Json& person) {
  Data out = Data::list();
  for (const Json& r : list_of(person, "roles")) {
    Data role;
    role.set("title", text_of(r, "title"));
    role.set("dates", role_dates(c, r));
    Data places = Data::list();
    for (const Json& e : list_of(r, "evidence")) {
      Data place;
      place.set("href", quoter.address(e));
      place.set("outlet", quoter.article(text_of(e, "article")).outlet);
      places.push_back(std::move(place));
    }
    role.set("places", std::move(places));
    out.push_back(std::move(role));
  }
  return out;
}

Data quotes(const PageContext& c, Quoter& quoter, const std::string& id, const std::string& name) {
  Filter filter;
  filter.name = name;
  Data out = Data::list();
  for (const Json& q : parsed(c.store.list(Kind::Quotes, filter, 0, kQuotes).items)) {
    if (text_of(q, "speaker") != id) continue;
    Data group;
    group.set("id", text_of(q, "id"));
    Data variants = Data::list();
    for (const Json& v : list_of(q, "variants")) {
      Data variant = quoter.place(v);
      variant.set("text", utf8::squeeze(text_of(v, "text")));
      variants.push_back(std::move(variant));
    }
    group.set("variants", std::move(variants));
    out.push_back(std::move(group));
  }
  return out;
}

}  // namespace

Page people_page(const PageContext& c) {
  Data page = page_data(c, c.skin.labels()("people"), "people");
  const std::size_t offset = offset_of(c);
  const std::vector<PersonRow>& rows = c.all.people(c.store);
  Data items = Data::list();
  for (std::size_t i = offset; i < std::min(rows.size(), offset + kPageItems); ++i) {
    const PersonRow& row = rows[i];
    Data item;
    item.set("href", link("people", row.id));
    item.set("name", row.name);
    item.set("role", row.role);
    item.set("mentions", c.skin.labels().count("mentions", row.mentions));
    items.push_back(std::move(item));
  }
  page.set("people", std::move(items));
  add_pager(page, c, offset, rows.size());
  return c.skin.render("people", page);
}

Page person_page(const PageContext& c, const std::string& id) {
  const auto json = c.store.json(Kind::People, id);
  if (!json) return std::nullopt;
  const Json person = parsed(*json);
  const std::string name = text_of(person, "name");
  Data page = page_data(c, name, "people", "/people");
  Quoter quoter(c);
  page.set("id", id);
  page.set("aliases", joined(texts_of(person, "aliases"), ", "));
  page.set("roles", roles(c, quoter, person));
  page.set("quotes", quotes(c, quoter, id, name));
  const Json& mentions = list_of(person, "mentions");
  page.set("mentions_count", c.skin.labels().count("mentions", mentions.size()));
  Data places = Data::list();
  std::string last;
  for (std::size_t i = 0; i < std::min(mentions.size(), kMentions); ++i) {
    const std::string here = quoter.address(mentions[i]);
    if (here == last) continue;  // one line a sentence
    last = here;
    places.push_back(quoter.place(mentions[i]));
  }
  page.set("mentions", std::move(places));
  Data named_in = Data::list();
  std::set<std::string> seen;
  for (const Json& m : mentions) {
    if (seen.size() < kMentions && seen.insert(text_of(m, "article")).second) {
      named_in.push_back(quoter.named(text_of(m, "article")));
    }
  }
  page.set("named_in", std::move(named_in));
  page.set("why", c.skin.labels()("why.person"));
  return c.skin.render("person", page);
}

}  // namespace twosource::serve
