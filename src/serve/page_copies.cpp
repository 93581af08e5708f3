#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "serve/page_parts.hpp"
#include "serve/pictures.hpp"

namespace twosource::serve {
namespace {

constexpr std::size_t kPairs = 60;     // pairs of a family shown with their passages
constexpr std::size_t kPassages = 20;  // passages of one pair

Data copy_pair(const PageContext& c, Quoter& quoter, const Json& pair) {
  Data item;
  const std::string a = text_of(pair, "a");
  const std::string b = text_of(pair, "b");
  item.set("a", quoter.named(a));
  item.set("b", quoter.named(b));
  const auto share = pair.find("containment");
  const double percent = share != pair.end() && share->is_number() ? 100 * share->get<double>() : 0;
  item.set("share", c.skin.labels().fill("share", fmt::format("{:.0f}", percent)));
  const std::string original = text_of(pair, "original");
  item.set("original",
           original.empty() ? std::string() : quoter.article(original == "a" ? a : b).outlet);
  const auto revision = pair.find("revision");
  item.set("revision", Data(revision != pair.end() && revision->is_boolean() && *revision));
  Data passages = Data::list();
  const Json& list = list_of(pair, "passages");
  for (std::size_t i = 0; i < std::min(list.size(), kPassages); ++i) {
    Data passage;
    for (const auto& [key, id] : {std::pair("a", a), std::pair("b", b)}) {
      const auto place = list[i].find(key);
      if (place == list[i].end()) continue;
      Json evidence = *place;
      evidence["article"] = id;
      passage.set(fmt::format("{}_place", key), quoter.place(evidence));
    }
    passages.push_back(std::move(passage));
  }
  item.set("passages", std::move(passages));
  return item;
}

}  // namespace

Page copies_page(const PageContext& c) {
  Data page = page_data(c, c.skin.labels()("copies"), "copies");
  const std::size_t offset = offset_of(c);
  const std::vector<FamilyRow>& rows = c.all.families(c.store);
  Data items = Data::list();
  for (std::size_t i = offset; i < std::min(rows.size(), offset + kPageItems); ++i) {
    const FamilyRow& row = rows[i];
    Data item;
    item.set("href", link("copies", row.id));
    item.set("name", row.agency.empty() ? c.skin.labels().fill("family", row.id) : row.agency);
    item.set("articles", c.skin.labels().count("articles", row.articles));
    item.set("share", c.skin.labels().fill("share_up_to", fmt::format("{:.0f}", 100 * row.most)));
    items.push_back(std::move(item));
  }
  page.set("families", std::move(items));
  add_pager(page, c, offset, rows.size());
  return c.skin.render("copies", page);
}

Page family_page(const PageContext& c, const std::string& id) {
  const std::vector<Json> pairs = parsed(c.store.family(id));
  if (pairs.empty()) return std::nullopt;
  const std::string agency = text_of(pairs.front(), "agency");
  Data page = page_data(c, agency.empty() ? c.skin.labels().fill("family", id) : agency, "copies",
                        "/copies");
  page.set("id", id);
  page.set("agency", agency);
  page.set("why", c.skin.labels().reason(text_of(pairs.front(), "why")));
  Quoter quoter(c);
  std::set<std::string> members;
  Data items = Data::list();
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    members.insert(text_of(pairs[i], "a"));
    members.insert(text_of(pairs[i], "b"));
    if (i < kPairs) items.push_back(copy_pair(c, quoter, pairs[i]));
  }
  page.set("articles_count", c.skin.labels().count("articles", members.size()));
  page.set("pairs", std::move(items));
  page.set("copies_picture", pairs_picture(c, quoter, pairs));
  return c.skin.render("family", page);
}

}  // namespace twosource::serve
