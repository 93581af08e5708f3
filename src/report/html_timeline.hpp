#pragma once

#include "report/template.hpp"
#include "report/view.hpp"

namespace twosource::report {

// The rows of the page's timeline, in the dossier's order. Each article stands once in a row, with
// a link to the first of its sentences and numbered links to its others.
[[nodiscard]] Data timeline_rows(const View& view);

}  // namespace twosource::report
