#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "report/labels.hpp"

// Pictures as SVG inside a page: a wide and a narrow drawing of the same, of which the style sheet
// shows one (below 40rem the narrow one), so that words stay readable on a telephone. Colours come
// from the style sheet, light and dark; every text is escaped. Same input, same picture.
namespace twosource::report {

// One entry of a timeline.
struct TimePoint {
  std::string when;  // EDTF, also "2017-11-10/2017-11-12", "../2019"; others are left out
  std::string text;
  std::string href;
  bool event = false;       // the event itself, not a date that a sentence names
  std::size_t sources = 1;  // articles that say so
};

// When what happened: dots for days, bars for months, years and spans, as wide as they are vague.
// Gaps are drawn by the square root of their days, and said so. Entries of one date stand together.
// Empty when fewer than two dates are known. `id` makes ids of the page unique. At most 60 dates
// are drawn, those with most sources.
[[nodiscard]] std::string timeline_picture(const std::vector<TimePoint>& points,
                                           const Labels& labels, std::string_view id);

// An article or an agency that text came from.
struct CopyNode {
  std::string name;
  std::string detail;  // date, headline
  std::string href;
  bool agency = false;
};
// `to` took over a share of its text (0 to 1) from `from`; not directed: who was first is unknown.
struct CopyEdge {
  std::size_t from = 0;
  std::size_t to = 0;
  double share = 0;
  bool directed = true;
};

// Who copied whom, as trees from left to right: every node keeps its strongest arrow. Lines are as
// thick as the share, dashed without direction. Empty when there is no edge. At most 80 nodes are
// drawn. Edges whose ends do not exist are left out; a ring of arrows is opened at its first node.
[[nodiscard]] std::string copies_picture(const std::vector<CopyNode>& nodes,
                                         const std::vector<CopyEdge>& edges, const Labels& labels,
                                         std::string_view id);

}  // namespace twosource::report
