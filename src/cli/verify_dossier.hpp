#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "article/json.hpp"

namespace twosource::cli {

// What a dossier's evidence was held against, and what did not stand.
struct Verification {
  std::size_t articles = 0;
  std::size_t spans = 0;              // pieces of evidence that were checked
  std::vector<std::string> problems;  // "claims[3].statements[0]: …", in the order of the dossier
};

// Holds every piece of evidence against the texts in the dossier: each span names an article of it,
// is not empty and lies in its text; statements begin and end in sentences of their article; the
// wording of a quotation is the text at its place; the two sides of a shared passage share at least
// 40 % of the words of the shorter one; ids that are referred to exist. Refuses what is no dossier.
[[nodiscard]] Result<Verification> verify_dossier(const Json& dossier);

}  // namespace twosource::cli
