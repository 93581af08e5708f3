#pragma once

#include <string>

#include "report/view.hpp"

namespace twosource::report {

// The pictures of a dossier's page; empty when there is nothing to draw. Addresses are anchors of
// the page.
[[nodiscard]] std::string timeline_drawing(const View& view);
[[nodiscard]] std::string copies_drawing(const View& view);

}  // namespace twosource::report
