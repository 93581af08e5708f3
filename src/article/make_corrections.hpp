#pragma once

#include <string>
#include <vector>

#include "article/corrections.hpp"
#include "article/dossier.hpp"
#include "text/error.hpp"

namespace twosource {

// A correction as people ask for it, with the ids that they are shown:
//   merge-people p3 p7 · merge-events v1 v2 · same-claim k1 k4
//   split-person p3 ARTICLE… [value: name] · split-event v1 ARTICLE…
//   rename-person p3, rename-event v1 (value: name) · set-role, remove-role p3 (value: office)
//   join-copies ARTICLE ARTICLE · cut-copies ARTICLE ARTICLE, or c1 ARTICLE: from all of the family
//   set-date ARTICLE (value: date) · set-group OUTLET (value: publisher group)
//   not-same-claim k1 k4, or k1 ARTICLE…: what these articles say against what the others say
struct CorrectionRequest {
  CorrectionKind kind = CorrectionKind::MergePeople;
  std::vector<std::string> targets;
  std::string value;
  std::string from;
  std::string to;
};

// The corrections that it stands for, with words and articles in the place of ids, without id,
// when, by and why. Refuses what names nothing in the dossier, or the wrong number of things.
[[nodiscard]] Result<std::vector<Correction>> make_corrections(const Dossier& dossier,
                                                               const CorrectionRequest& request);

}  // namespace twosource
