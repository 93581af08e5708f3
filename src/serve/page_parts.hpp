#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "report/template.hpp"
#include "serve/pages.hpp"
#include "text/utf8.hpp"

// What several pages are put together from.
namespace twosource::serve {

using Json = nlohmann::ordered_json;
using report::Data;

inline constexpr std::size_t kPageItems = 50;  // items of a list on one page

// What every page's frame asks for. `section`: the part of the site ("stories", "people" …); `up`:
// where the key u leads.
[[nodiscard]] Data page_data(const PageContext& c, const std::string& title,
                             std::string_view section, const std::string& up = {});

// Links to the pages before and behind, under "pager"; nothing when everything is on one page.
void add_pager(Data& page, const PageContext& c, std::size_t offset, std::size_t total);
// The offset that the request asks for.
[[nodiscard]] std::size_t offset_of(const PageContext& c);

// "/articles/<id>" with everything odd in the id encoded.
[[nodiscard]] std::string link(std::string_view folder, std::string_view id);

// A date in words, "date unknown" for an empty one; "A – B" for two.
[[nodiscard]] std::string date_words(const PageContext& c, const std::string& edtf);
[[nodiscard]] std::string date_range(const PageContext& c, const std::string& first,
                                     const std::string& last);

// One chip a verdict that occurs.
[[nodiscard]] Data chips(const PageContext& c,
                         const std::array<std::size_t, kVerdicts.size()>& counts);

// JSON of the record, parsed; what does not parse is an empty object.
[[nodiscard]] Json parsed(std::string_view json);
[[nodiscard]] std::vector<Json> parsed(const std::vector<Item>& items);
// A member's text; empty when it is null or missing.
[[nodiscard]] std::string text_of(const Json& object, const char* key);
[[nodiscard]] std::vector<std::string> texts_of(const Json& object, const char* key);
[[nodiscard]] std::size_t number_of(const Json& object, const char* key);
[[nodiscard]] const Json& list_of(const Json& object, const char* key);

// The words behind places: each article's name and text is read once a page.
class Quoter {
 public:
  explicit Quoter(const PageContext& c) : c_(c) {}

  [[nodiscard]] const ArticleName& article(const std::string& id);
  // Outlet, date, headline and address of an article.
  [[nodiscard]] Data named(const std::string& id);
  // The same with the words of the place {article, start, end} (code points), the rest of their
  // sentences before and behind, and the address of the sentence.
  [[nodiscard]] Data place(const Json& evidence);
  // The address of the sentence alone.
  [[nodiscard]] std::string address(const Json& evidence);
  // The words alone.
  [[nodiscard]] std::string words(const std::string& id, std::size_t start, std::size_t end);

 private:
  struct Known {
    ArticleName name;
    ArticleText text;
    std::unique_ptr<utf8::OffsetIndex> offsets;
    bool read = false;
  };
  Known& known(const std::string& id);
  Known& with_text(const std::string& id);
  const PageContext& c_;
  std::map<std::string, Known> articles_;
};

// A link to a person, or the plain name of what has no page; empty id: nothing.
[[nodiscard]] Data entity_link(const PageContext& c, const std::string& id);

// Rows of a timeline from its entries {when, text, event, evidence}: date in words, text, link to
// the event, and each article of the evidence once with the address of its sentence.
[[nodiscard]] Data timeline_items(const PageContext& c, Quoter& quoter,
                                  const std::vector<Json>& entries);

}  // namespace twosource::serve
