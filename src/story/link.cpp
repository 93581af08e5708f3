#include "story/link.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <string>
#include <tuple>
#include <utility>

#include "article/edtf.hpp"
#include "story/dates.hpp"
#include "text/utf8.hpp"

namespace twosource::story {
namespace {

std::size_t root(std::vector<std::size_t>& parent, std::size_t x) {
  while (parent[x] != x) x = parent[x] = parent[parent[x]];
  return x;
}

void join(std::vector<std::size_t>& parent, std::size_t a, std::size_t b) {
  a = root(parent, a), b = root(parent, b);
  parent[std::max(a, b)] = std::min(a, b);
}

void join_by_people(std::span<const Event> events, std::vector<std::size_t>& parent) {
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::size_t> first;
  for (std::size_t e = 0; e < events.size(); ++e) {
    std::vector<std::uint32_t> who = events[e].who;
    std::sort(who.begin(), who.end());
    for (std::size_t x = 0; x < who.size(); ++x) {
      for (std::size_t y = x + 1; y < who.size(); ++y) {
        const auto [it, fresh] = first.emplace(std::pair(who[x], who[y]), e);
        if (!fresh) join(parent, it->second, e);
      }
    }
  }
}

// "beim G20-Gipfel in Hamburg im Juli": place and date of another event in one sentence.
void join_by_reference(std::span<const Article> articles, const Entities& entities,
                       std::span<const Event> events, std::vector<std::size_t>& parent) {
  std::map<std::string, std::vector<std::size_t>> by_place;
  for (std::size_t e = 0; e < events.size(); ++e) {
    if (events[e].when.empty()) continue;
    for (const std::string& place : events[e].where) by_place[place].push_back(e);
  }
  for (std::size_t e = 0; e < events.size(); ++e) {
    for (const std::uint32_t i : events[e].articles) {
      const Article& a = articles[i];
      for (const Mention& m : a.mentions) {
        if (m.entity >= a.entities.size()) continue;
        const auto found = by_place.find(entities.list[entities.entity_of[i][m.entity]].name);
        const std::size_t s = a.tokens.sentence_at(m.span.begin);
        if (found == by_place.end() || s >= a.tokens.sentences.size()) continue;
        for (const Timex& t : a.times) {
          if (!a.tokens.sentences[s].span.contains(t.span)) continue;
          const auto date = calendar_date(t);
          if (!date || date->precision == DatePrecision::Year) continue;
          for (const std::size_t other : found->second) {
            const auto when = parse_edtf(events[other].when);
            if (other != e && when && first_day(*date) <= last_day(*when) &&
                first_day(*when) <= last_day(*date)) {
              join(parent, e, other);
            }
          }
        }
      }
    }
  }
}

// Persons that at least half of the events have, most frequent first.
std::string label_of(const Story& story, std::span<const Event> events,
                     std::span<const std::uint32_t> index, const Entities& entities) {
  std::map<std::uint32_t, std::size_t> count;
  for (const std::uint32_t e : index) {
    for (const std::uint32_t person : events[e].who) ++count[person];
  }
  std::vector<std::pair<std::size_t, std::uint32_t>> ranked;
  for (const auto& [person, n] : count) {
    if (n >= 2 && 2 * n >= story.events.size())
      ranked.emplace_back(story.events.size() - n, person);
  }
  std::sort(ranked.begin(), ranked.end());
  if (story.events.size() < 2 || ranked.size() < 2) return events[index.front()].label;
  return entities.list[ranked[0].second].name + " – " + entities.list[ranked[1].second].name;
}

// A bare year after publication ("a contract until 2028") is the end of something, not a happening.
bool year_to_come(const Article& article, const std::string& when, const std::string& latest) {
  const std::string published = article.published.value.substr(0, 4);
  const std::string& now = published.empty() ? latest : published;
  return when.size() == 4 && !now.empty() && when > now;
}

// First day of an EDTF value for sorting; unknown dates last, coarse before fine.
std::tuple<bool, std::string> sort_key(const std::string& when) { return {when.empty(), when}; }

}  // namespace

std::vector<Story> link_events(std::span<const Article> articles, const Entities& entities,
                               std::vector<Event>& events,
                               std::span<const std::pair<std::uint32_t, std::uint32_t>> similar) {
  std::vector<std::size_t> parent(events.size());
  std::iota(parent.begin(), parent.end(), std::size_t{0});
  join_by_people(events, parent);
  join_by_reference(articles, entities, events, parent);
  for (const auto& [a, b] : similar) join(parent, a, b);
  std::map<std::size_t, std::uint32_t> number;
  std::vector<Story> stories;
  for (std::uint32_t e = 0; e < events.size(); ++e) {
    const auto [it, fresh] =
        number.emplace(root(parent, e), static_cast<std::uint32_t>(stories.size()));
    if (fresh) {
      stories.emplace_back();
      stories.back().id = std::to_string(stories.size()).insert(0, 1, 's');
    }
    events[e].story = it->second;
    stories[it->second].events.push_back(e);
  }
  for (Story& story : stories) story.label = label_of(story, events, story.events, entities);
  return stories;
}

std::vector<TimelineEntry> make_timeline(std::span<const Article> articles,
                                         std::span<const std::uint32_t> order,
                                         std::span<const Event> events,
                                         std::span<const ResolvedTime> resolved,
                                         std::span<const TriggerTable* const> triggers) {
  std::string latest;
  for (const Article& a : articles) latest = std::max(latest, a.published.value.substr(0, 4));
  std::map<std::uint32_t, std::int32_t> event_of;
  std::vector<TimelineEntry> out;
  for (std::uint32_t e = 0; e < events.size(); ++e) {
    for (const std::uint32_t i : events[e].articles) event_of[i] = static_cast<std::int32_t>(e);
    out.push_back(
        {events[e].when, events[e].label, static_cast<std::int32_t>(e), events[e].evidence, {}});
  }
  std::map<std::pair<std::string, std::string>, std::size_t> entry_of;  // date, folded text
  std::map<std::pair<std::uint32_t, std::uint32_t>, const ResolvedTime*> days;
  for (const ResolvedTime& r : resolved) days[{r.article, r.timex}] = &r;
  for (const std::uint32_t i : order) {
    const Article& a = articles[i];
    for (std::uint32_t t = 0; t < a.times.size(); ++t) {
      std::string when;
      if (const auto date = calendar_date(a.times[t])) when = date->to_edtf();
      std::string why;
      if (const auto it = days.find({i, t}); it != days.end()) {
        when = it->second->value;
        why = it->second->why;
      }
      const std::size_t s = a.tokens.sentence_at(a.times[t].span.begin);
      if (when.empty() || s >= a.tokens.sentences.size() || year_to_come(a, when, latest)) continue;
      const Sentence& sentence = a.tokens.sentences[s];
      if (!triggers[i]->in_sentence(a, sentence, "")) continue;
      const std::string text = utf8::squeeze(a.at(sentence.span));
      const auto [it, fresh] = entry_of.emplace(std::pair(when, utf8::fold(text)), out.size());
      if (fresh) {
        const auto event = event_of.find(i);
        out.push_back({when, text, event == event_of.end() ? -1 : event->second, {}, why});
      }
      const Evidence evidence{i, sentence.span};
      std::vector<Evidence>& list = out[it->second].evidence;
      if (std::find(list.begin(), list.end(), evidence) == list.end()) list.push_back(evidence);
    }
  }
  std::stable_sort(out.begin(), out.end(), [](const TimelineEntry& x, const TimelineEntry& y) {
    return sort_key(x.when) < sort_key(y.when);
  });
  return out;
}

}  // namespace twosource::story
