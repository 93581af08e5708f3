#pragma once

#include <string>

#include "article/dossier.hpp"
#include "text/pack.hpp"

namespace twosource::report {

// The dossier as one self-contained HTML page: no network, no JavaScript, a content security policy
// that allows its own style sheet only, everything from articles escaped by the template engine.
// Written in the language of most articles (report.tsv of its pack). Anchors: claims by id ("k3"),
// sentences "a<article>-s<sentence>", each leading to the other. Linear in the dossier.
[[nodiscard]] std::string to_html(const Dossier& dossier, const PackSet& packs);

// The same record as Markdown (CommonMark), without the articles' texts.
[[nodiscard]] std::string to_markdown(const Dossier& dossier, const PackSet& packs);

// The style sheet of the page, which the served pages share.
[[nodiscard]] std::string_view style_sheet();

}  // namespace twosource::report
