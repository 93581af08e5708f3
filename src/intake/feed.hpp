#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "intake/item.hpp"
#include "text/error.hpp"

namespace twosource::intake {

enum class Xml : std::uint8_t { None, Feed, Opml };

// Is it RSS (0.9x, 1.0, 2.0), Atom or a list of feeds in OPML, by its first element?
[[nodiscard]] Xml xml_kind(std::string_view head);

// The entries of a feed in its order, with full text where it is given, else with the teaser.
// `xml` is UTF-8. Refuses what has no entry; of a broken file what stands before the break is read
// and `broken` is set. External entities are not fetched, entities are not expanded within each
// other.
struct Feed {
  std::vector<Item> items;
  bool broken = false;
};
[[nodiscard]] Result<Feed> read_feed(const std::string& xml);

// The addresses of the feeds that an OPML list names, in its order.
[[nodiscard]] std::vector<std::string> read_opml(const std::string& xml);

}  // namespace twosource::intake
