#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "article/article.hpp"
#include "clean/credits.hpp"
#include "clean/dates.hpp"
#include "clean/genre.hpp"
#include "clean/release.hpp"
#include "text/pack.hpp"

namespace twosource::clean {

// What a page gives. Fields have the meaning of Article's fields of the same name.
struct HtmlResult {
  std::string text;                   // paragraphs joined by '\n'; headline first
  std::vector<Paragraph> paragraphs;  // in order, disjoint
  std::vector<Furniture> furniture;   // in document order
  std::string headline;
  std::string url;  // canonical, when the page names one
  std::string publisher;
  std::string publisher_group;
  std::vector<std::string> authors;
  std::vector<std::string> agencies;  // canonical names found in author fields
  PublicationDate published;
  PublicationDate modified;
  std::string language;
  std::string genre;
  std::vector<SourceRun> source;  // when it was asked for
};

// Finds the article in a web page. Const, thread-safe; any bytes are accepted; linear in the page.
class HtmlCleaner {
 public:
  // The finders must outlive the cleaner.
  HtmlCleaner(const PackSet& packs, const CreditFinder& credits, const DateFinder& dates,
              const ReleaseFinder& releases, const GenreWords& genres);
  ~HtmlCleaner();
  HtmlCleaner(HtmlCleaner&&) noexcept;
  // `url` and `language` are what is known from outside, empty when nothing. `trace`: also say
  // which bytes of the page the text was read from.
  [[nodiscard]] HtmlResult run(std::string_view html, std::string_view url,
                               std::string_view language, bool trace = false) const;

 private:
  struct State;
  std::unique_ptr<const State> state_;
};

}  // namespace twosource::clean
