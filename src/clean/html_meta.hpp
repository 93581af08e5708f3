#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "clean/dates.hpp"
#include "clean/dom.hpp"
#include "clean/html_blocks.hpp"
#include "clean/structured.hpp"

namespace twosource::clean {

// A line of a Twitter card: "Verfasst von", "Jana Kern".
struct LabelledData {
  std::string label;
  std::string data;
};

// What the page's markup says about itself, unchecked: meta elements, <title>, links, microdata.
struct PageMeta {
  std::string title;     // <title>
  std::string og_title;  // Open Graph, Twitter
  std::string description;
  std::string site_name;               // og:site_name, application-name
  std::string canonical;               // link rel=canonical, og:url
  std::string language;                // html lang, two letters; empty when none
  std::string type;                    // og:type
  std::string image;                   // og:image, twitter:image
  std::vector<std::string> published;  // best source first
  std::vector<std::string> dates;      // of meta elements that do not say what date they name
  std::vector<std::string> modified;
  std::vector<std::string> authors;         // of meta elements, in order of trust
  std::vector<std::string> item_authors;    // itemprop=author, rel=author: as shown on the page
  std::vector<std::string> linked_authors;  // of the first group of rel=author links
  std::vector<LabelledData> cards;          // twitter:label1, twitter:data1 and the second pair
  std::vector<std::string> item_published;  // itemprop=datePublished and the like
  std::vector<std::string> item_modified;
  std::string item_headline;
};
[[nodiscard]] PageMeta read_meta(const dom::Document& doc);

// A date as EDTF with a well-formed time: "2019-12-12T10:00:00+0100" gets its colon, fractions of
// a second go. Empty when `text` starts with no ISO date between 1990 and 2100.
[[nodiscard]] std::string iso_date(std::string_view text);

struct PageDates {
  PublicationDate published;
  PublicationDate modified;
};
// Chooses the dates: structured data, meta elements, microdata, <time>, the URL, visible date lines
// near the headline, last a publication date among the page's scripts (`html` is the raw page). A
// day that is printed beside the headline and called a date counts before a machine-readable one
// that differs, and so does the printed day of the same moment in another time zone. A text that is
// written on (`live`) prints the day of its last change.
[[nodiscard]] PageDates choose_dates(std::string_view html, const dom::Document& doc,
                                     const Page& page, const PageMeta& meta, const Structured& data,
                                     const DateFinder& finder, std::string_view url,
                                     std::string_view language, bool live);

}  // namespace twosource::clean
