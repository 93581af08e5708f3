#include <fmt/format.h>

#include "article/json.hpp"
#include "serve/page_parts.hpp"

namespace twosource::serve {

Page corrections_page(const PageContext& c) {
  Data page = page_data(c, c.skin.labels()("corrections"), "corrections");
  const std::vector<record::StoredCorrection> all = c.store.record().corrections();
  const std::size_t offset = offset_of(c);
  Data items = Data::list();
  // The latest first.
  for (std::size_t i = offset; i < std::min(all.size(), offset + kPageItems); ++i) {
    const record::StoredCorrection& s = all[all.size() - 1 - i];
    Data item;
    item.set("id", std::to_string(s.correction.id));
    item.set("what", s.undoes > 0 ? c.skin.labels().fill("undoes", std::to_string(s.undoes))
                                  : describe(s.correction));
    item.set("by", s.correction.by);
    item.set("why", s.correction.why);
    item.set("when", s.correction.when);
    item.set("undone", s.undone_by > 0 ? c.skin.labels().fill("undone", std::to_string(s.undone_by))
                                       : std::string());
    item.set("may_undo", Data(c.writer && s.undone_by == 0));
    items.push_back(std::move(item));
  }
  page.set("corrections", std::move(items));
  add_pager(page, c, offset, all.size());
  return c.skin.render("corrections", page);
}

std::string corrections_json(Store& store) {
  Json items = Json::array();
  for (const record::StoredCorrection& s : store.record().corrections()) {
    Json item = s.undoes > 0 ? Json::object() : correction_to_json(s.correction);
    item["id"] = s.correction.id;
    item["by"] = s.correction.by;
    item["when"] = s.correction.when;
    item["why"] = s.correction.why;
    item["undoes"] = s.undoes > 0 ? Json(s.undoes) : Json(nullptr);
    item["undoneBy"] = s.undone_by > 0 ? Json(s.undone_by) : Json(nullptr);
    items.push_back(std::move(item));
  }
  Json out;
  out["items"] = std::move(items);
  return out.dump();
}

}  // namespace twosource::serve
