#include "serve/pictures.hpp"

#include <set>

#include "report/picture.hpp"

namespace twosource::serve {
namespace {

constexpr std::size_t kLookedAt = 400;  // articles whose copies are sought
constexpr std::size_t kMostPairs = 5000;

double share_of(const Json& pair) {
  const auto share = pair.find("containment");
  return share != pair.end() && share->is_number() ? share->get<double>() : 0;
}

}  // namespace

Data timeline_picture(const PageContext& c, const std::vector<Json>& entries) {
  std::vector<report::TimePoint> points;
  std::map<std::string, std::string> labels;
  for (const Json& e : entries) {
    report::TimePoint p{text_of(e, "when"), text_of(e, "text"), {}, false, 0};
    const std::string event = text_of(e, "event");
    if (!event.empty()) {
      const auto [it, fresh] = labels.try_emplace(event);
      if (fresh) {
        if (const auto name = c.store.event(event)) it->second = name->label;
      }
      p.event = it->second == p.text;
      p.href = link("events", event);
    }
    std::set<std::string> articles;
    for (const Json& place : list_of(e, "evidence")) articles.insert(text_of(place, "article"));
    p.sources = articles.size();
    points.push_back(std::move(p));
  }
  return Data::markup(report::timeline_picture(points, c.skin.labels(), "time"));
}

Data copies_picture(const PageContext& c, Quoter& quoter,
                    const std::vector<std::string>& articles) {
  const std::set<std::string> among(articles.begin(), articles.end());
  std::vector<Json> pairs;
  for (std::size_t i = 0; i < std::min(articles.size(), kLookedAt); ++i) {
    for (Json& pair : parsed(c.store.copies_of(articles[i]))) {
      if (pairs.size() >= kMostPairs) break;
      if (text_of(pair, "a") == articles[i] && among.contains(text_of(pair, "b"))) {
        pairs.push_back(std::move(pair));
      }
    }
  }
  return pairs_picture(c, quoter, pairs);
}

Data pairs_picture(const PageContext& c, Quoter& quoter, const std::vector<Json>& pairs) {
  std::vector<report::CopyNode> nodes;
  std::vector<report::CopyEdge> edges;
  std::map<std::string, std::size_t> index;
  const auto article = [&](const std::string& id) {
    const auto [it, fresh] = index.try_emplace("a" + id, nodes.size());
    if (fresh) {
      const ArticleName& a = quoter.article(id);
      nodes.push_back({a.outlet, c.skin.labels().date(a.published), link("articles", id), false});
    }
    return it->second;
  };
  for (std::size_t i = 0; i < std::min(pairs.size(), kMostPairs); ++i) {
    const Json& pair = pairs[i];
    const std::size_t a = article(text_of(pair, "a"));
    const std::size_t b = article(text_of(pair, "b"));
    const double share = share_of(pair);
    const std::string original = text_of(pair, "original");
    if (const std::string agency = text_of(pair, "agency"); !agency.empty()) {
      const auto [it, fresh] = index.try_emplace("g" + agency, nodes.size());
      if (fresh) nodes.push_back({agency, {}, {}, true});
      edges.push_back({it->second, a, share, true});
      edges.push_back({it->second, b, share, true});
    } else if (original == "b") {
      edges.push_back({b, a, share, true});
    } else {
      edges.push_back({a, b, share, original == "a"});
    }
  }
  return Data::markup(report::copies_picture(nodes, edges, c.skin.labels(), "copy"));
}

}  // namespace twosource::serve
