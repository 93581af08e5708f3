#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "report/picture.hpp"
#include "report/svg.hpp"
#include "text/utf8.hpp"

namespace twosource::report {
namespace {

constexpr std::size_t kMostNodes = 80;
constexpr std::size_t kLooked = 2000;  // nodes among which trees are sought
constexpr std::size_t kNone = static_cast<std::size_t>(-1);

// A node in the forest: what it took most from, and who took from it.
struct Leaf {
  std::size_t parent = kNone;
  double share = 0;
  bool directed = true;
  std::vector<std::size_t> children;
  std::size_t depth = 0;
  double row = 0;
};

// Every node keeps its strongest edge, directed ones first; rings are opened.
class Forest {
 public:
  Forest(const std::vector<CopyNode>& nodes, const std::vector<CopyEdge>& edges)
      : nodes_(nodes), leaves_(nodes.size()) {
    std::vector<CopyEdge> strongest;
    for (const CopyEdge& e : edges) {
      const std::size_t ends = std::min(nodes.size(), kLooked);
      if (e.from < ends && e.to < ends && e.from != e.to) strongest.push_back(e);
    }
    std::stable_sort(strongest.begin(), strongest.end(), [](const CopyEdge& a, const CopyEdge& b) {
      return a.directed != b.directed ? a.directed : a.share > b.share;
    });
    for (const CopyEdge& e : strongest) {
      if (leaves_[e.to].parent != kNone || root(e.from) == e.to) continue;
      if (!e.directed && root(e.from) == root(e.to)) continue;
      leaves_[e.to].parent = e.from;
      leaves_[e.to].share = e.share;
      leaves_[e.to].directed = e.directed;
    }
    for (std::size_t i = 0; i < leaves_.size(); ++i) {
      if (leaves_[i].parent != kNone) leaves_[leaves_[i].parent].children.push_back(i);
    }
    arrange();
  }

  [[nodiscard]] const std::vector<std::size_t>& shown() const noexcept { return shown_; }
  [[nodiscard]] const Leaf& leaf(std::size_t i) const noexcept { return leaves_[i]; }
  [[nodiscard]] std::size_t depth() const noexcept { return depth_; }
  [[nodiscard]] double rows() const noexcept { return rows_; }

 private:
  std::size_t root(std::size_t i) const {
    while (leaves_[i].parent != kNone) i = leaves_[i].parent;
    return i;
  }

  std::size_t weight(std::size_t i) const {
    std::size_t sum = 1;
    for (const std::size_t c : leaves_[i].children) sum += weight(c);
    return sum;
  }

  // Largest trees first, agencies before others; within a node the strongest copy first.
  void arrange() {
    std::vector<std::pair<std::size_t, std::size_t>> roots;
    for (std::size_t i = 0; i < leaves_.size(); ++i) {
      std::stable_sort(
          leaves_[i].children.begin(), leaves_[i].children.end(),
          [&](std::size_t a, std::size_t b) { return leaves_[a].share > leaves_[b].share; });
      if (leaves_[i].parent == kNone && !leaves_[i].children.empty()) {
        roots.emplace_back(weight(i), i);
      }
    }
    std::stable_sort(roots.begin(), roots.end(), [&](const auto& a, const auto& b) {
      const bool x = nodes_[a.second].agency;
      const bool y = nodes_[b.second].agency;
      return x != y ? x : a.first > b.first;
    });
    for (const auto& [unused, i] : roots) {
      if (shown_.size() >= kMostNodes) break;
      place(i, 0);
    }
  }

  // Leaves take a row each; a node stands in the middle of its children.
  void place(std::size_t i, std::size_t depth) {
    shown_.push_back(i);
    Leaf& l = leaves_[i];
    l.depth = depth;
    depth_ = std::max(depth_, depth);
    double first = -1;
    double last = -1;
    for (const std::size_t c : l.children) {
      if (shown_.size() >= kMostNodes) break;
      place(c, depth + 1);
      if (first < 0) first = leaves_[c].row;
      last = leaves_[c].row;
    }
    l.row = first < 0 ? rows_++ : (first + last) / 2;
  }

  const std::vector<CopyNode>& nodes_;
  std::vector<Leaf> leaves_;
  std::vector<std::size_t> shown_;  // in the order of the drawing
  std::size_t depth_ = 0;
  double rows_ = 0;
};

struct Look {
  const char* css_class;
  double width;
  double row;  // height of a row
  double font;
  double most;  // widest box
  double gap;   // least space between columns
};
constexpr Look kWideLook = {"wide", 960, 54, 13, 250, 90};
constexpr Look kNarrowLook = {"narrow", 360, 62, 14, 300, 0};

class Drawing {
 public:
  Drawing(const std::vector<CopyNode>& nodes, const Forest& forest, const Labels& labels,
          const Look& look, std::string_view id)
      : nodes_(nodes), forest_(forest), labels_(labels), look_(look), id_(id) {
    const auto columns = static_cast<double>(forest.depth() + 1);
    narrow_ = look.gap == 0;
    // Narrow: an indented tree, one row a node; wide: columns.
    step_ = narrow_ ? std::min(26.0, 120 / columns)
                    : std::min(look.most + look.gap + 70, (look.width - 16) / columns);
    box_ =
        narrow_ ? look.width - 12 - step_ * (columns - 1) : std::min(look.most, step_ - look.gap);
  }

  std::string draw() {
    const auto n = static_cast<double>(forest_.shown().size());
    const double height = (narrow_ ? n : forest_.rows()) * look_.row + 12;
    Svg svg(look_.width, height, look_.css_class, fmt::format("{}-{}", id_, look_.css_class),
            labels_("picture.copies"),
            labels_.fill("picture.copies_desc", std::to_string(forest_.shown().size()),
                         std::to_string(arrows())));
    for (std::size_t k = 0; k < forest_.shown().size(); ++k) edge(svg, forest_.shown()[k], k);
    for (std::size_t k = 0; k < forest_.shown().size(); ++k) node(svg, forest_.shown()[k], k);
    return svg.finish();
  }

 private:
  std::size_t arrows() const {
    return static_cast<std::size_t>(
        std::count_if(forest_.shown().begin(), forest_.shown().end(),
                      [&](std::size_t i) { return forest_.leaf(i).parent != kNone; }));
  }
  double x(std::size_t i) const { return 6 + step_ * static_cast<double>(forest_.leaf(i).depth); }
  double y(std::size_t i, std::size_t k) const {
    const double row = narrow_ ? static_cast<double>(k) : forest_.leaf(i).row;
    return 6 + look_.row * row + look_.row / 2;
  }
  std::size_t order_of(std::size_t i) const {
    return static_cast<std::size_t>(std::find(forest_.shown().begin(), forest_.shown().end(), i) -
                                    forest_.shown().begin());
  }
  double box_height() const { return look_.row - (narrow_ ? 20 : 12); }

  void edge(Svg& svg, std::size_t i, std::size_t k) const {
    const Leaf& l = forest_.leaf(i);
    if (l.parent == kNone) return;
    const double thickness = 1.5 + 6.5 * std::clamp(l.share, 0.0, 1.0);
    const char* kind = l.directed ? "flow" : "flow unsure";
    const double to_x = x(i);
    const double to_y = y(i, k);
    const std::string share =
        labels_.fill("picture.share", fmt::format("{:.0f}", 100 * std::clamp(l.share, 0.0, 1.0)));
    const double head = l.directed ? 4.5 + thickness / 2 : 0;
    if (narrow_) {
      const double from_x = x(l.parent) + 9;
      const double from_y = y(l.parent, order_of(l.parent)) + box_height() / 2;
      svg.line(from_x, from_y, from_x, to_y, kind);
      svg.line(from_x, to_y, to_x - head, to_y, kind);
    } else {
      const double from_x = x(l.parent) + box_;
      svg.curve(from_x, y(l.parent, 0), to_x - 1.2 * head, to_y, thickness, kind);
      svg.text(to_x - 1.5 * head - 8, to_y - thickness / 2 - 5, share, "faint", "end");
    }
    if (l.directed) svg.head(to_x, to_y, head, "flowhead");
  }

  void node(Svg& svg, std::size_t i, std::size_t k) const {
    const CopyNode& n = nodes_[i];
    const Leaf& l = forest_.leaf(i);
    const double height = box_height();
    const double top = y(i, k) - height / 2;
    svg.open_link(n.href, n.detail.empty() ? n.name : n.name + "\n" + n.detail);
    const bool root = l.parent == kNone;
    const double box = narrow_ ? look_.width - 6 - x(i) : box_;
    svg.rect(x(i), top, box, height, n.agency ? height / 2 : 6,
             n.agency ? "box agency"
             : root   ? "box first"
                      : "box");
    const double inset = n.agency ? 16 : 10;
    std::string detail = n.agency ? labels_("origin.agency") : n.detail;
    if (narrow_ && l.parent != kNone) {
      detail = labels_.fill("picture.share", fmt::format("{:.0f}", 100 * l.share)) +
               (detail.empty() ? "" : " · ") + detail;
    }
    const double room = box - 2 * inset;
    svg.text(x(i) + inset, top + height / 2 - (detail.empty() ? -5 : 3),
             fitted(n.name, look_.font, room), narrow_ ? "label big main" : "label main");
    if (!detail.empty()) {
      svg.text(x(i) + inset, top + height / 2 + 13, fitted(detail, look_.font - 1.5, room),
               narrow_ ? "faint big" : "faint");
    }
    svg.close_link();
  }

  const std::vector<CopyNode>& nodes_;
  const Forest& forest_;
  const Labels& labels_;
  const Look& look_;
  std::string_view id_;
  bool narrow_ = false;
  double step_ = 0;
  double box_ = 0;
};

}  // namespace

std::string copies_picture(const std::vector<CopyNode>& nodes, const std::vector<CopyEdge>& edges,
                           const Labels& labels, std::string_view id) {
  const Forest forest(nodes, edges);
  if (forest.shown().empty()) return {};
  return Drawing(nodes, forest, labels, kWideLook, id).draw() +
         Drawing(nodes, forest, labels, kNarrowLook, id).draw();
}

}  // namespace twosource::report
