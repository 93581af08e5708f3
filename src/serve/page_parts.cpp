#include "serve/page_parts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace twosource::serve {
namespace {

constexpr std::size_t kMostOffset = 100'000'000;

// The address of this page with one field of its query set to another value.
std::string address_with(const PageContext& c, std::string_view field, const std::string& value) {
  std::string out = "?";
  for (const auto& [name, old] : c.request.query.items()) {
    if (name == field || name == "token") continue;
    out += percent_encode(name) + "=" + percent_encode(old) + "&";
  }
  return out + std::string(field) + "=" + percent_encode(value);
}

}  // namespace

Data page_data(const PageContext& c, const std::string& title, std::string_view section,
               const std::string& up) {
  Data page;
  page.set("title", title);
  page.set("language", c.skin.language());
  page.set("site_version", site_version());
  page.set("up", up);
  page.set(fmt::format("on_{}", section), Data(true));
  page.set("query", std::string(c.request.query["q"]));
  page.set("writable", Data(c.writable));
  page.set("writer", Data(c.writer));
  page.set("form_token", c.form_token);
  page.set("renewing", Data(c.renewing));
  Data languages = Data::list();
  for (const std::string& code : c.languages) {
    Data item;
    item.set("code", code);
    item.set("href", address_with(c, "lang", code));
    item.set("name", c.skin.labels()("language." + code));
    item.set("current", Data(code == c.skin.language()));
    languages.push_back(std::move(item));
  }
  page.set("languages", std::move(languages));
  return page;
}

std::size_t offset_of(const PageContext& c) {
  return c.request.query.number("offset", 0, 0, kMostOffset);
}

void add_pager(Data& page, const PageContext& c, std::size_t offset, std::size_t total) {
  if (offset == 0 && total <= kPageItems) return;
  Data pager;
  const std::size_t last = std::min(total, offset + kPageItems);
  pager.set("range", c.skin.labels().fill("range", fmt::format("{}–{}", offset + 1, last),
                                          std::to_string(total)));
  if (offset > 0) {
    pager.set(
        "before",
        address_with(c, "offset", std::to_string(offset > kPageItems ? offset - kPageItems : 0)));
  }
  if (last < total) pager.set("next", address_with(c, "offset", std::to_string(last)));
  page.set("pager", std::move(pager));
}

std::string link(std::string_view folder, std::string_view id) {
  return fmt::format("/{}/{}", folder, percent_encode(id));
}

std::string date_words(const PageContext& c, const std::string& edtf) {
  return edtf.empty() ? c.skin.labels()("unknown_date") : c.skin.labels().date(edtf);
}

std::string date_range(const PageContext& c, const std::string& first, const std::string& last) {
  const std::string a = date_words(c, first);
  const std::string b = date_words(c, last);
  return a == b ? a : a + " – " + b;
}

Data chips(const PageContext& c, const std::array<std::size_t, kVerdicts.size()>& counts) {
  Data out = Data::list();
  for (std::size_t v = 0; v < kVerdicts.size(); ++v) {
    if (counts.at(v) == 0) continue;
    Data chip;
    chip.set("verdict", kVerdicts.at(v));
    chip.set("count", std::to_string(counts.at(v)));
    chip.set("name", c.skin.labels()(fmt::format("verdict.{}", kVerdicts.at(v))));
    out.push_back(std::move(chip));
  }
  return out;
}

Json parsed(std::string_view json) {
  Json j = Json::parse(json, nullptr, false);
  return j.is_object() ? j : Json::object();
}

std::vector<Json> parsed(const std::vector<Item>& items) {
  std::vector<Json> out;
  out.reserve(items.size());
  for (const Item& item : items) out.push_back(parsed(item.json));
  return out;
}

std::string text_of(const Json& object, const char* key) {
  const auto it = object.find(key);
  return it != object.end() && it->is_string() ? it->get<std::string>() : std::string();
}

const Json& list_of(const Json& object, const char* key) {
  static const Json kEmpty = Json::array();
  const auto it = object.find(key);
  return it != object.end() && it->is_array() ? *it : kEmpty;
}

std::vector<std::string> texts_of(const Json& object, const char* key) {
  std::vector<std::string> out;
  for (const Json& item : list_of(object, key)) {
    if (item.is_string()) out.push_back(item.get<std::string>());
  }
  return out;
}

std::size_t number_of(const Json& object, const char* key) {
  const auto it = object.find(key);
  return it != object.end() && it->is_number_unsigned() ? it->get<std::size_t>() : 0;
}

Quoter::Known& Quoter::known(const std::string& id) {
  const auto [it, fresh] = articles_.try_emplace(id);
  if (fresh) {
    if (auto name = c_.store.article(id)) {
      it->second.name = std::move(*name);
    } else {
      it->second.name.id = it->second.name.outlet = it->second.name.headline = id;
    }
  }
  return it->second;
}

Quoter::Known& Quoter::with_text(const std::string& id) {
  Known& k = known(id);
  if (!k.read) {
    k.read = true;
    if (auto text = c_.store.text(id)) k.text = std::move(*text);
    k.offsets = std::make_unique<utf8::OffsetIndex>(k.text.text);
  }
  return k;
}

const ArticleName& Quoter::article(const std::string& id) { return known(id).name; }

Data Quoter::named(const std::string& id) {
  const ArticleName& a = article(id);
  Data out;
  out.set("article", id);
  out.set("article_href", link("articles", id));
  out.set("outlet", a.outlet);
  out.set("headline", a.headline);
  out.set("date", date_words(c_, a.published));
  out.set("text_language", a.language.empty() ? c_.skin.language() : a.language);
  return out;
}

std::string Quoter::words(const std::string& id, std::size_t start, std::size_t end) {
  const Known& k = with_text(id);
  return utf8::squeeze(slice(k.text.text, k.offsets->bytes(make_span(start, end))));
}

Data Quoter::place(const Json& evidence) {
  const std::string id = text_of(evidence, "article");
  Data out = named(id);
  const Known& k = with_text(id);
  const Span span =
      k.offsets->bytes(make_span(number_of(evidence, "start"), number_of(evidence, "end")));
  Span around = span;
  for (const Span s : k.text.sentences) {
    if (!s.overlaps(span)) continue;
    around.begin = std::min(around.begin, s.begin);
    around.end = std::max(around.end, s.end);
  }
  out.set("href", address(evidence));
  out.set("before", utf8::squeeze(slice(k.text.text, {around.begin, span.begin})));
  out.set("words", utf8::squeeze(slice(k.text.text, span)));
  out.set("after", utf8::squeeze(slice(k.text.text, {span.end, around.end})));
  return out;
}

std::string Quoter::address(const Json& evidence) {
  const std::string id = text_of(evidence, "article");
  const Known& k = with_text(id);
  const std::uint32_t at =
      k.offsets->bytes(static_cast<std::uint32_t>(number_of(evidence, "start")));
  const auto it = std::partition_point(k.text.sentences.begin(), k.text.sentences.end(),
                                       [&](Span s) { return s.end <= at; });
  if (it == k.text.sentences.end()) return link("articles", id);
  return fmt::format("{}#s{}", link("articles", id), it - k.text.sentences.begin() + 1);
}

Data entity_link(const PageContext& c, const std::string& id) {
  Data out;
  out.set("id", id);
  out.set("name", c.store.name(id));
  out.set("page", id.starts_with('p') ? link("people", id) : std::string());
  return out;
}

Data timeline_items(const PageContext& c, Quoter& quoter, const std::vector<Json>& entries) {
  Data out = Data::list();
  for (const Json& e : entries) {
    Data item;
    item.set("when", date_words(c, text_of(e, "when")));
    item.set("vague", Data(text_of(e, "when").size() < 10));
    item.set("text", text_of(e, "text"));
    item.set("why", c.skin.labels().reason(text_of(e, "why")));
    if (const std::string event = text_of(e, "event"); !event.empty()) {
      item.set("href", link("events", event));
    }
    Data places = Data::list();
    std::set<std::string> seen;
    for (const Json& place : list_of(e, "evidence")) {
      const std::string article = text_of(place, "article");
      if (!seen.insert(article).second) continue;
      Data p;
      p.set("outlet", quoter.article(article).outlet);
      p.set("href", quoter.address(place));
      places.push_back(std::move(p));
    }
    item.set("evidence", std::move(places));
    out.push_back(std::move(item));
  }
  return out;
}

}  // namespace twosource::serve
