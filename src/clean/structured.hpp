#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "clean/dom.hpp"

namespace twosource::clean {

// An author as structured data name one.
struct StructuredAuthor {
  std::string name;
  bool organisation = false;
};

// What a page's JSON-LD says about its article, unchecked. Empty where it says nothing.
struct Structured {
  bool found = false;  // an Article, Posting or Report was described
  std::string type;    // "NewsArticle", "LiveBlogPosting", …
  std::string headline;
  std::string body;  // articleBody without markup
  std::string published;
  std::string modified;
  std::string publisher;
  std::string url;
  std::string page_published;  // datePublished of the page or another thing on it
  std::string site_name;       // of a WebSite or Organization beside the article
  std::vector<StructuredAuthor> authors;
  std::vector<StructuredAuthor> page_authors;  // of the page itself, given by reference
  std::vector<std::string> kinds;              // genre and articleSection
  bool not_free = false;                       // isAccessibleForFree: false
};

// Reads all JSON-LD scripts. With several articles (a list of teasers) the one that agrees with
// `canonical_url`, else with `title`, else the first counts. Broken JSON is searched for its date
// fields only. Never throws; work is bounded by the scripts' size.
[[nodiscard]] Structured read_structured(const dom::Document& doc, std::string_view canonical_url,
                                         std::string_view title);

// Text with character references (&amp; &#8211; &nbsp;) resolved and tags taken out.
[[nodiscard]] std::string plain_text(std::string_view markup);

}  // namespace twosource::clean
