#include "intake/news_json.hpp"

#include <fmt/format.h>
#include <simdjson.h>

#include "text/utf8.hpp"

namespace twosource::intake {
namespace {
namespace sd = simdjson::dom;

constexpr std::size_t kMaxArticles = 100000;

std::string field(const sd::object& o, std::string_view key) {
  std::string_view s;
  return o.at_key(key).get(s) == simdjson::SUCCESS ? std::string(s) : std::string();
}
std::string first_of(const sd::object& o, std::initializer_list<std::string_view> keys) {
  for (const std::string_view key : keys) {
    if (std::string s = field(o, key); !s.empty()) return s;
  }
  return {};
}
bool has(const sd::object& o, std::string_view key) {
  sd::element e;
  return o.at_key(key).get(e) == simdjson::SUCCESS && !e.is_null();
}

// Strings, or objects with a name, one or a list of them.
void add_names(const sd::object& o, std::string_view key, std::vector<std::string>& out) {
  sd::element e;
  if (o.at_key(key).get(e) != simdjson::SUCCESS) return;
  const auto add = [&out](const sd::element& one) {
    std::string_view s;
    sd::object named;
    if (one.get(s) != simdjson::SUCCESS && one.get(named) == simdjson::SUCCESS) {
      if (named.at_key("name").get(s) != simdjson::SUCCESS) return;
    }
    if (!utf8::trim(s).empty()) out.emplace_back(utf8::trim(s));
  };
  sd::array list;
  if (e.get(list) != simdjson::SUCCESS) return add(e);
  for (const sd::element one : list) add(one);
}

bool is_feed(const sd::object& o) {
  return field(o, "version").find("jsonfeed.org") != std::string::npos;
}

Item feed_item(const sd::object& o) {
  Item item;
  item.id = field(o, "id");
  item.url = first_of(o, {"url", "external_url"});
  item.headline = field(o, "title");
  item.content = field(o, "content_html");
  item.html = !item.content.empty();
  if (!item.html) item.content = field(o, "content_text");
  if (item.content.empty()) item.teaser = field(o, "summary");
  item.published = first_of(o, {"date_published", "date_modified"});
  item.language = field(o, "language");
  add_names(o, "authors", item.authors);
  if (item.authors.empty()) add_names(o, "author", item.authors);
  return item;
}

Item news_please(const sd::object& o) {
  Item item;
  item.url = field(o, "url");
  item.headline = field(o, "title");
  item.content = field(o, "maintext");
  item.teaser = field(o, "description");
  item.published = field(o, "date_publish");
  item.publisher = field(o, "source_domain");
  item.language = field(o, "language");
  item.html = false;
  add_names(o, "authors", item.authors);
  return item;
}

// The body with role "main" or the first, of ninjs 2.x.
void ninjs_bodies(const sd::object& o, Item& item) {
  sd::array bodies;
  if (o.at_key("bodies").get(bodies) == simdjson::SUCCESS) {
    for (const sd::element e : bodies) {
      sd::object body;
      if (e.get(body) != simdjson::SUCCESS) continue;
      const bool main = field(body, "role") == "main";
      if (!item.content.empty() && !main) continue;
      item.content = field(body, "value");
      item.html = field(body, "contenttype") != "text/plain";
    }
  }
  sd::array headlines;
  if (o.at_key("headlines").get(headlines) == simdjson::SUCCESS) {
    for (const sd::element e : headlines) {
      sd::object headline;
      if (e.get(headline) == simdjson::SUCCESS && item.headline.empty()) {
        item.headline = field(headline, "value");
      }
    }
  }
}

// ninjs and dpa-digitalwires share most names.
Item agency_item(const sd::object& o) {
  Item item;
  item.id = first_of(o, {"uri", "urn", "entry_id"});
  item.url = first_of(o, {"url", "link"});
  if (item.url.empty() && item.id.starts_with("http")) item.url = item.id;
  item.headline = first_of(o, {"headline", "title"});
  item.content = first_of(o, {"article_html", "body_html", "body_xhtml"});
  if (item.content.empty()) {
    item.content = field(o, "body_text");
    item.html = false;
  }
  ninjs_bodies(o, item);
  item.teaser = first_of(o, {"description_text", "teaser"});
  item.published =
      first_of(o, {"contentcreated", "firstcreated", "versioncreated", "version_created"});
  item.language = field(o, "language");
  const std::string byline = field(o, "byline");
  if (!byline.empty()) item.authors.push_back(byline);
  std::vector<std::string> sources;
  add_names(o, "infosources", sources);
  add_names(o, "infosource", sources);
  if (!sources.empty()) item.publisher = sources.front();
  if (item.publisher.empty()) item.publisher = first_of(o, {"creditline", "source"});
  const std::string status = first_of(o, {"pubstatus", "pubStatus"});
  if (status == "canceled" || status == "cancelled" || status == "withheld") {
    item.problem = "withdrawn by its sender (" + status + ")";
  }
  return item;
}

bool read_object(const sd::object& o, std::vector<Item>& out) {
  if (is_feed(o)) {
    sd::array items;
    if (o.at_key("items").get(items) != simdjson::SUCCESS) return false;
    const std::string title = field(o, "title");
    const std::string language = field(o, "language");
    for (const sd::element e : items) {
      sd::object one;
      if (e.get(one) != simdjson::SUCCESS || out.size() >= kMaxArticles) continue;
      Item item = feed_item(one);
      item.publisher = title;
      if (item.language.empty()) item.language = language;
      out.push_back(std::move(item));
    }
    return true;
  }
  if (has(o, "maintext")) {
    out.push_back(news_please(o));
    return true;
  }
  for (const std::string_view key :
       {"article_html", "body_text", "body_html", "body_xhtml", "bodies"}) {
    if (!has(o, key)) continue;
    out.push_back(agency_item(o));
    return true;
  }
  return false;
}

}  // namespace

bool looks_like_news_json(std::string_view head) {
  const std::size_t start = head.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
  if (start == std::string_view::npos || (head[start] != '{' && head[start] != '[')) return false;
  for (const std::string_view key :
       {"\"maintext\"", "jsonfeed.org/version", "\"article_html\"", "\"body_text\"",
        "\"body_html\"", "\"body_xhtml\"", "\"bodies\""}) {
    if (head.find(key) != std::string_view::npos) return true;
  }
  return false;
}

Result<std::vector<Item>> read_news_json(std::string_view json) {
  sd::parser parser;
  sd::element root;
  if (const auto error = parser.parse(json.data(), json.size()).get(root)) {
    return tl::unexpected(Error{fmt::format("not JSON ({})", simdjson::error_message(error)), {}});
  }
  std::vector<Item> out;
  sd::object object;
  sd::array list;
  bool known = false;
  if (root.get(object) == simdjson::SUCCESS) {
    known = read_object(object, out);
  } else if (root.get(list) == simdjson::SUCCESS) {
    for (const sd::element e : list) {
      if (e.get(object) == simdjson::SUCCESS && out.size() < kMaxArticles) {
        known = read_object(object, out) || known;
      }
    }
  }
  if (!known) return tl::unexpected(Error{"JSON, but no article in a form that is known", {}});
  return out;
}

}  // namespace twosource::intake
