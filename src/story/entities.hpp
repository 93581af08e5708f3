#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "article/dossier.hpp"
#include "text/pack.hpp"

namespace twosource::story {

struct Entities {
  std::vector<CorpusEntity> list;  // people p1…, places l1…, bodies g1…, other x1…
  std::vector<std::vector<std::uint32_t>> entity_of;  // [article][entity] -> list
  bool lasting =
      false;  // ids derive from names (text/short_id.hpp), whatever other articles there are
};

class Gazetteer;

// The tables that merging reads. Const after construction, for all threads.
class NameTables {
 public:
  explicit NameTables(const PackSet& packs);
  ~NameTables();
  [[nodiscard]] const Gazetteer& gazetteer() const noexcept { return *gazetteer_; }
  class Offices;
  [[nodiscard]] const Offices& offices() const noexcept { return *offices_; }

 private:
  std::unique_ptr<Gazetteer> gazetteer_;
  std::unique_ptr<Offices> offices_;
};

// The lasting id of a person of this name: surname and first name, both spelling-tolerant.
[[nodiscard]] std::string person_id(std::string_view name);

// Merges the entities of all articles.
//   people   full names (two words or more) by surname and first name, both spelling-tolerant;
//            different first names are different people. A bare surname goes to the only full name
//            with it; among several to the one whose role it shares, else to the one named three
//            times as often as all others together; else it stays apart.
//   places, bodies   by canonical name (places.tsv, organisations.tsv: name and aliases), else by
//            folded name.
// Ids are p1, p2, … in order of first appearance, or lasting.
// Roles keep the mentions they stand in; from and to come from offices.tsv when the person held
// the office on the article's day. `order` is the canonical order of the articles; numbering
// follows it. Near-linear.
[[nodiscard]] Entities merge_entities(std::span<const Article> articles,
                                      std::span<const std::uint32_t> order,
                                      const NameTables& tables, bool lasting = false);

}  // namespace twosource::story
