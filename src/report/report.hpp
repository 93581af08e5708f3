#pragma once

#include <string>

#include "article/dossier.hpp"

namespace twosource::report {

// One self-contained HTML page: no network, no JavaScript needed to read it, strict CSP.
[[nodiscard]] std::string to_html(const Dossier& dossier);
[[nodiscard]] std::string to_markdown(const Dossier& dossier);

}  // namespace twosource::report
