#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "record/search.hpp"
#include "serve/http.hpp"
#include "serve/overview.hpp"
#include "serve/skin.hpp"
#include "serve/store.hpp"

namespace twosource::serve {

// What a page is made from.
struct PageContext {
  Store& store;
  const Skin& skin;
  const Overviews& all;
  const Request& request;
  const PackSet& packs;
  std::vector<std::string> languages;  // offered
  bool writable = false;               // may anybody write?
  bool writer = false;                 // may this reader?
  bool renewing = false;               // are findings being renewed?
  std::string form_token;              // empty unless writer
};

// A finished page; nullopt when what it is about does not exist. Every text of an article passes
// the templates' escaping.
using Page = std::optional<std::string>;

Page stories_page(const PageContext& c);
Page story_page(const PageContext& c, const std::string& id);
Page event_page(const PageContext& c, const std::string& id);
Page claim_page(const PageContext& c, const std::string& id);
Page article_page(const PageContext& c, const std::string& id);
Page people_page(const PageContext& c);
Page person_page(const PageContext& c, const std::string& id);
Page copies_page(const PageContext& c);
Page family_page(const PageContext& c, const std::string& id);
Page timeline_page(const PageContext& c);
Page sources_page(const PageContext& c);
Page source_page(const PageContext& c, const std::string& outlet);
Page corrections_page(const PageContext& c);
Page search_page(const PageContext& c);
Page help_page(const PageContext& c);
// What a request's q, from, to, outlet, language, limit and offset look for.
[[nodiscard]] record::SearchQuery search_query(const Request& r);
// All corrections, undone ones too: {"items": […]}.
[[nodiscard]] std::string corrections_json(Store& store);
// A page that only says something: errors, results of a form. `key`: label of its title; its text
// is that of `key`_text.
std::string message_page(const PageContext& c, std::string_view key, std::string_view detail = {});

}  // namespace twosource::serve
