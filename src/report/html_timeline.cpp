#include "report/html_timeline.hpp"

#include <algorithm>
#include <map>
#include <string>

#include "article/edtf.hpp"

namespace twosource::report {
namespace {

Data evidence_of(const View& view, const TimelineEntry& entry) {
  std::map<std::uint32_t, std::vector<std::string>> anchors;  // by article, each sentence once
  std::vector<std::uint32_t> order;
  for (const Evidence& e : entry.evidence) {
    std::vector<std::string>& list = anchors[e.article];
    if (list.empty()) order.push_back(e.article);
    const std::string anchor = view.sentence_anchor(e);
    if (std::find(list.begin(), list.end(), anchor) == list.end()) list.push_back(anchor);
  }
  Data out = Data::list();
  for (const std::uint32_t article : order) {
    const std::vector<std::string>& list = anchors[article];
    Data item;
    item.set("href", list.front());
    item.set("outlet", view.outlet(article));
    Data more = Data::list();
    for (std::size_t i = 1; i < list.size(); ++i) {
      Data link;
      link.set("href", list[i]);
      link.set("number", std::to_string(i + 1));
      more.push_back(link);
    }
    item.set("more", more);
    out.push_back(item);
  }
  return out;
}

}  // namespace

Data timeline_rows(const View& view) {
  const Dossier& dossier = view.dossier();
  Data out = Data::list();
  for (const TimelineEntry& t : dossier.timeline) {
    const auto known = parse_edtf(t.when);
    Data item;
    item.set("when", t.when.empty() ? view.labels()("unknown_date") : view.labels().date(t.when));
    item.set("machine", known ? Data(t.when) : Data(false));
    item.set("vague", Data(!known || known->precision < DatePrecision::Day));
    item.set("text", t.text);
    item.set("event", Data(t.event >= 0 &&
                           dossier.events[static_cast<std::size_t>(t.event)].label == t.text));
    item.set("evidence", evidence_of(view, t));
    out.push_back(item);
  }
  return out;
}

}  // namespace twosource::report
