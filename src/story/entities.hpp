#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "article/dossier.hpp"
#include "text/pack.hpp"

namespace twosource::story {

struct Entities {
  std::vector<CorpusEntity> list;  // people p1…, places l1…, bodies g1…, other x1…
  std::vector<std::vector<std::uint32_t>> entity_of;  // [article][entity] -> list
};

// Merges the entities of all articles.
//   people   full names (two words or more) by surname and first name, both spelling-tolerant;
//            different first names are different people. A bare surname goes to the only full name
//            with it; among several to the one whose role it shares, else to the one named three
//            times as often as all others together; else it stays apart.
//   places, bodies   by canonical name (places.tsv, organisations.tsv: name and aliases), else by
//            folded name.
// Roles keep the mentions they stand in; from and to come from offices.tsv when the person held
// the office on the article's day. `order` is the canonical order of the articles; numbering
// follows it. Near-linear.
[[nodiscard]] Entities merge_entities(std::span<const Article> articles,
                                      std::span<const std::uint32_t> order, const PackSet& packs);

}  // namespace twosource::story
