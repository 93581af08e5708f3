#pragma once

#include <vector>

#include "annotate/name/linking.hpp"
#include "annotate/name/roles.hpp"

namespace twosource::annotate::name {

// What refers to an entity without naming it: descriptions by office ("der Kremlchef") or
// nationality ("der Amerikaner"), pronouns, and capitals said for governments ("Moskau sei bereit",
// which moves the name's mention to the country). Precision before recall: a reference is given
// only when exactly one entity fits by office, place and gender; references inside direct speech
// and everything doubtful are left out, and so are plurals other than "die beiden Präsidenten",
// which gives two references of one span. Offices: what the article says counts first; else the
// table of offices on the day that the sentence tells of or on that of publication, and then only
// for a person whose surname stands in the article. Figures: docs/references.md.
struct Reference {
  std::uint32_t begin = 0;  // tokens
  std::uint32_t end = 0;
  std::uint32_t draft = 0;
  MentionKind kind = MentionKind::Role;
};

// References in text order. May change `linked`: a country that only its capital stands for becomes
// an entity, and spans used as metonyms point to it (`metonyms` holds their indices).
[[nodiscard]] std::vector<Reference> find_references(const View& view,
                                                     const std::vector<NameSpan>& spans,
                                                     const std::vector<RolePhrase>& phrases,
                                                     Linked& linked,
                                                     std::vector<std::uint32_t>& metonyms);

}  // namespace twosource::annotate::name
