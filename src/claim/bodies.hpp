#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "article/dossier.hpp"
#include "text/hash_map.hpp"
#include "text/pack.hpp"

namespace twosource::claim {

// Agencies, outlets and bodies by name, from the tables of all packs. Const after construction.
class Bodies {
 public:
  explicit Bodies(const PackSet& packs);
  // Canonical name of an agency, kind of a body; nullptr when unknown. `lower`: lower case.
  [[nodiscard]] const std::string* agency(std::string_view lower) const;
  // The key of the house (publisher group or outlet) of an outlet, as reuse::house_key() has it.
  [[nodiscard]] const std::string* house(std::string_view lower) const;
  [[nodiscard]] const OriginKind* organisation(std::string_view lower) const;
  // The agency or outlet of that name as an origin without an id.
  [[nodiscard]] std::optional<Origin> medium(std::string_view lower) const;
  // The longest such name that begins with token `t`, before token `end`. Names of outlets are
  // often common words ("Die Zeit", "Bild"): those of one word must begin with a capital, and may
  // stand in the genitive ("des Spiegels"). `last`: behind its last token.
  [[nodiscard]] std::optional<Origin> medium_at(const Article& article, std::size_t t,
                                                std::size_t end, std::size_t& last) const;

 private:
  struct House {
    std::string name;
    std::string key;
  };
  void read_outlets(const Pack& pack);

  StringMap<std::string> agencies_;      // lower-case name or alias -> canonical name
  StringMap<House> houses_;              // lower-case name or alias
  StringMap<House> genitives_;           // the same of one word, inflected
  StringMap<OriginKind> organisations_;  // lower-case name or alias -> kind
};

}  // namespace twosource::claim
