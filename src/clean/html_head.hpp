#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "clean/credits.hpp"
#include "clean/html_blocks.hpp"
#include "clean/html_meta.hpp"
#include "clean/structured.hpp"
#include "text/hash_map.hpp"
#include "text/pack.hpp"

namespace twosource::clean {

// One row of outlets.tsv.
struct Outlet {
  std::string name;
  std::string group;
  bool releases = false;  // others publish there what they write about themselves
};

// Outlets by domain, and their names. Const, thread-safe. A pack without the table knows none.
class OutletTable {
 public:
  explicit OutletTable(const PackSet& packs);
  // The outlet of a URL by its host, the longest listed ending of it; nullptr if none.
  [[nodiscard]] const Outlet* of_url(std::string_view url) const;
  // The outlet of a name or alias as written (case, punctuation aside); nullptr if none.
  [[nodiscard]] const Outlet* of_name(std::string_view name) const;

 private:
  std::vector<Outlet> outlets_;
  StringMap<std::size_t> domains_;
  StringMap<std::size_t> names_;  // comparable() form
};

// Host of a URL without "www.", lower case; empty when there is none.
[[nodiscard]] std::string host_of(std::string_view url);

// Names that a page's site goes by, for cutting them from titles and author lists.
class SiteNames {
 public:
  SiteNames(const OutletTable& outlets, const PageMeta& meta, const Structured& data,
            std::string_view url);
  [[nodiscard]] bool is_site(std::string_view name) const;
  // The same, but nothing longer or shorter than the name.
  [[nodiscard]] bool is_name(std::string_view name) const;
  [[nodiscard]] bool is_outlet(std::string_view name) const {
    return outlets_.of_name(name) != nullptr;
  }
  // A title without the site's name before or behind a separator (" | ", " - ", " – ", …).
  [[nodiscard]] std::string strip(std::string_view title) const;

 private:
  const OutletTable& outlets_;
  std::vector<std::string> names_;  // comparable() form
};

// The page's headline as structured data and meta elements give it, most trusted first, without the
// site's name; for finding it on the page.
[[nodiscard]] std::vector<std::string> known_headlines(const PageMeta& meta, const Structured& data,
                                                       const SiteNames& site);
// The article's headline, seen on the page or not.
[[nodiscard]] std::string choose_headline(const dom::Document& doc, const Page& page,
                                          const PageMeta& meta, const Structured& data,
                                          const SiteNames& site);

// Who wrote the article as the page has it: persons, and agencies that the page's author fields
// name; the house itself where the page's data name it and no one else. The agencies stand in
// `agencies` too, with their canonical names.
struct Authors {
  std::vector<std::string> names;
  std::vector<std::string> agencies;  // canonical names
};

// Reads author fields and bylines. Words around names come from lang/*/clean_author.tsv.
class AuthorReader {
 public:
  AuthorReader(const PackSet& packs, const CreditFinder& credits);
  [[nodiscard]] Authors choose(const dom::Document& doc, const Page& page, const PageMeta& meta,
                               const Structured& data, const SiteNames& site) const;
  // Splits "Von Anna Beispiel und Ben Muster, dpa" and adds what it finds.
  void add(std::string_view field, const SiteNames& site, bool trusted, Authors& out) const;

 private:
  void from_page(const dom::Document& doc, const Page& page, const SiteNames& site,
                 Authors& out) const;
  [[nodiscard]] bool known_first_name(std::string_view name) const;
  [[nodiscard]] Authors house(const Structured& data, const SiteNames& site) const;
  [[nodiscard]] Authors from_head(const PageMeta& meta, const Structured& data,
                                  const SiteNames& site) const;
  [[nodiscard]] bool is_organisation(std::string_view lower) const;
  enum class Word : std::uint8_t { None, By, Label, And, Stop };
  void add_name(std::string_view name, const SiteNames& site, bool trusted, Authors& out) const;
  [[nodiscard]] std::string_view cut_by(std::string_view field, bool* label = nullptr) const;
  [[nodiscard]] bool no_person(std::string_view lower) const;
  [[nodiscard]] bool looks_like_name(std::string_view name, bool trusted) const;

  const CreditFinder& credits_;
  StringMap<Word> words_;
  StringSet first_names_;    // lower case
  StringSet particles_;      // small words inside names
  StringSet organisations_;  // lower case; names with one of them are no persons
  StringSet nobody_;
  std::vector<std::string> nobody_prefixes_;
};

}  // namespace twosource::clean
