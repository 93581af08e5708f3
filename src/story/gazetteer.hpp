#pragma once

#include <string>
#include <string_view>

#include "text/hash_map.hpp"
#include "text/pack.hpp"

namespace twosource::story {

struct Place {
  std::string name;
  std::string kind;  // "city", "state", "country", "continent", …
  std::string in;    // country code
};

// Canonical names of places and bodies, from places.tsv and organisations.tsv of all packs; the
// first pack that knows a name decides. Const after construction.
class Gazetteer {
 public:
  explicit Gazetteer(const PackSet& packs);
  // Canonical form of a place or body; `name` itself when unknown.
  [[nodiscard]] std::string place_name(std::string_view name) const;
  [[nodiscard]] std::string body_name(std::string_view name) const;
  // nullptr when unknown. Of several places of one name the finest kind (city before state).
  [[nodiscard]] const Place* place(std::string_view name) const;
  // 3 for a city or finer, 2 for a region, 1 for a country, 0 for a continent or sea; 2 unknown.
  [[nodiscard]] int fineness(std::string_view name) const;

 private:
  void read_places(const Pack& pack);
  void read_bodies(const Pack& pack);
  StringMap<Place> places_;        // folded name or alias
  StringMap<std::string> bodies_;  // folded name or alias -> canonical
};

}  // namespace twosource::story
