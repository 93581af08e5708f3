#include "report/drawings.hpp"

#include <map>

#include "report/picture.hpp"

namespace twosource::report {

std::string timeline_drawing(const View& view) {
  const Dossier& d = view.dossier();
  std::vector<TimePoint> points;
  for (const TimelineEntry& t : d.timeline) {
    TimePoint p{t.when, t.text, {}, false, 0};
    p.event = t.event >= 0 && d.events[static_cast<std::size_t>(t.event)].label == t.text;
    std::int64_t last = -1;
    for (const Evidence& e : t.evidence) {
      if (p.href.empty()) p.href = "#" + view.sentence_anchor(e);
      if (e.article != last) ++p.sources;
      last = e.article;
    }
    points.push_back(std::move(p));
  }
  return timeline_picture(points, view.labels(), "time");
}

std::string copies_drawing(const View& view) {
  const Dossier& d = view.dossier();
  std::vector<CopyNode> nodes;
  std::vector<CopyEdge> edges;
  std::map<std::uint32_t, std::size_t> articles;
  std::map<std::string, std::size_t> agencies;
  const auto article = [&](std::uint32_t a) {
    const auto [it, fresh] = articles.try_emplace(a, nodes.size());
    if (fresh) {
      nodes.push_back({view.outlet(a), view.labels().date(d.articles[a].published.value),
                       "#" + View::article_anchor(a), false});
    }
    return it->second;
  };
  for (const CopyFamily& family : d.copies) {
    for (const CopyPair& p : family.pairs) {
      const std::size_t a = article(p.a);
      const std::size_t b = article(p.b);
      if (!family.agency.empty()) {
        const auto [it, fresh] = agencies.try_emplace(family.agency, nodes.size());
        if (fresh) nodes.push_back({family.agency, {}, {}, true});
        edges.push_back({it->second, a, p.containment, true});
        edges.push_back({it->second, b, p.containment, true});
      } else if (p.original >= 0 && static_cast<std::uint32_t>(p.original) == p.b) {
        edges.push_back({b, a, p.containment, true});
      } else {
        edges.push_back({a, b, p.containment, p.original >= 0});
      }
    }
  }
  return copies_picture(nodes, edges, view.labels(), "copy");
}

}  // namespace twosource::report
