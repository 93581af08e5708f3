#include "story/ties.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <tuple>
#include <unordered_map>

#include "article/edtf.hpp"
#include "story/dates.hpp"
#include "text/bytes.hpp"
#include "text/short_id.hpp"

namespace twosource::story {
namespace {

int day_of(std::chrono::sys_days day) { return static_cast<int>(day.time_since_epoch().count()); }

// Places and times that the sentences of an article name.
void add_references(const Article& a, std::span<const std::uint32_t> corpus,
                    const Entities& entities, Ties& out) {
  for (const Timex& t : a.times) {
    const auto date = calendar_date(t);
    if (!date || date->precision == DatePrecision::Year) continue;
    const int first = day_of(first_day(*date));
    const int last = day_of(last_day(*date));
    if (out.dated && last + kBackDays >= out.first) continue;
    const std::size_t s = a.tokens.sentence_at(t.span.begin);
    if (s >= a.tokens.sentences.size()) continue;
    const Span sentence = a.tokens.sentences[s].span;
    auto m = std::partition_point(a.mentions.begin(), a.mentions.end(),
                                  [&](const Mention& x) { return x.span.begin < sentence.begin; });
    for (; m != a.mentions.end() && m->span.begin < sentence.end; ++m) {
      if (m->entity >= corpus.size()) continue;
      const CorpusEntity& entity = entities.list[corpus[m->entity]];
      if (entity.type != EntityType::Location) continue;
      out.references.push_back({entity.name, first, last});
    }
  }
}

std::size_t root(std::vector<std::uint32_t>& parent, std::uint32_t x) {
  while (parent[x] != x) x = parent[x] = parent[parent[x]];
  return x;
}

class Joiner {
 public:
  explicit Joiner(std::span<const Ties* const> events) : events_(events), parent_(events.size()) {
    std::iota(parent_.begin(), parent_.end(), 0U);
  }

  std::vector<std::uint32_t> run() {
    by_people();
    by_references();
    std::unordered_map<std::size_t, std::uint32_t> number;
    std::vector<std::uint32_t> out;
    for (std::uint32_t e = 0; e < events_.size(); ++e) {
      out.push_back(number.emplace(root(parent_, e), static_cast<std::uint32_t>(number.size()))
                        .first->second);
    }
    return out;
  }

 private:
  void join(std::uint32_t a, std::uint32_t b) {
    const auto x = static_cast<std::uint32_t>(root(parent_, a));
    const auto y = static_cast<std::uint32_t>(root(parent_, b));
    parent_[std::max(x, y)] = std::min(x, y);
  }

  void by_people() {
    std::vector<std::tuple<std::string_view, std::string_view, int, std::uint32_t>> pairs;
    for (std::uint32_t e = 0; e < events_.size(); ++e) {
      const Ties& t = *events_[e];
      if (!t.dated) continue;
      for (std::size_t x = 0; x < t.people.size(); ++x) {
        for (std::size_t y = x + 1; y < t.people.size(); ++y) {
          const auto two = std::minmax(t.people[x].first, t.people[y].first);
          pairs.emplace_back(two.first, two.second, t.first, e);
        }
      }
    }
    std::sort(pairs.begin(), pairs.end());
    for (std::size_t i = 1; i < pairs.size(); ++i) {
      const auto& [a, b, day, e] = pairs[i - 1];
      const auto& [c, d, next, f] = pairs[i];
      if (a == c && b == d && next - day <= kStoryDays) join(e, f);
    }
  }

  void by_references() {
    std::unordered_map<std::string_view, std::vector<std::pair<int, std::uint32_t>>> by_place;
    for (std::uint32_t e = 0; e < events_.size(); ++e) {
      if (!events_[e]->dated) continue;
      for (const std::string& place : events_[e]->places) {
        by_place[place].emplace_back(events_[e]->first, e);
      }
    }
    for (auto& [place, list] : by_place) std::sort(list.begin(), list.end());
    for (std::uint32_t e = 0; e < events_.size(); ++e) {
      for (const Ties::Reference& r : events_[e]->references) {
        const auto found = by_place.find(r.place);
        if (found == by_place.end()) continue;
        auto it = std::lower_bound(found->second.begin(), found->second.end(),
                                   std::pair(r.first, std::uint32_t{0}));
        for (; it != found->second.end() && it->first <= r.last; ++it) {
          if (it->second != e && events_[it->second]->last <= r.last) join(e, it->second);
        }
      }
    }
  }

  std::span<const Ties* const> events_;
  std::vector<std::uint32_t> parent_;
};

}  // namespace

std::string event_id(std::string_view first_article) {
  return short_id('v', short_key(first_article, {}, [](std::uint64_t) { return false; }));
}

Ties ties_of(std::span<const Article> articles, const Entities& entities, const Event& event) {
  Ties out;
  for (const std::uint32_t p : event.who) {
    out.people.emplace_back(entities.list[p].id, entities.list[p].name);
  }
  out.places = event.where;
  if (const auto when = parse_edtf(event.when); when && !event.when.empty()) {
    out.dated = true;
    out.first = day_of(first_day(*when));
    out.last = day_of(last_day(*when));
  }
  for (const std::uint32_t i : event.articles) {
    add_references(articles[i], entities.entity_of[i], entities, out);
  }
  std::sort(out.references.begin(), out.references.end());
  out.references.erase(std::unique(out.references.begin(), out.references.end()),
                       out.references.end());
  if (out.references.size() > kMostReferences) out.references.resize(kMostReferences);
  return out;
}

std::string to_bytes(const Ties& ties) {
  ByteWriter out;
  out.u32(static_cast<std::uint32_t>(ties.people.size()));
  for (const auto& [id, name] : ties.people) out.text(id), out.text(name);
  out.u32(static_cast<std::uint32_t>(ties.places.size()));
  for (const std::string& place : ties.places) out.text(place);
  out.u8(ties.dated ? 1 : 0);
  out.u32(static_cast<std::uint32_t>(ties.first));
  out.u32(static_cast<std::uint32_t>(ties.last));
  out.u32(static_cast<std::uint32_t>(ties.references.size()));
  for (const Ties::Reference& r : ties.references) {
    out.text(r.place);
    out.u32(static_cast<std::uint32_t>(r.first));
    out.u32(static_cast<std::uint32_t>(r.last));
  }
  return out.take();
}

Ties ties_from_bytes(std::string_view bytes) {
  ByteReader in(bytes);
  Ties out;
  for (std::uint32_t n = in.u32(); n > 0 && in.sound(); --n) {
    std::string id = in.text();
    out.people.emplace_back(std::move(id), in.text());
  }
  for (std::uint32_t n = in.u32(); n > 0 && in.sound(); --n) out.places.push_back(in.text());
  out.dated = in.u8() != 0;
  out.first = static_cast<int>(in.u32());
  out.last = static_cast<int>(in.u32());
  for (std::uint32_t n = in.u32(); n > 0 && in.sound(); --n) {
    Ties::Reference r{in.text(), 0, 0};
    r.first = static_cast<int>(in.u32());
    r.last = static_cast<int>(in.u32());
    out.references.push_back(std::move(r));
  }
  return in.done() ? out : Ties{};
}

std::vector<std::uint32_t> join_by_ties(std::span<const Ties* const> events) {
  return Joiner(events).run();
}

std::string story_label(std::span<const Ties* const> events) {
  if (events.size() < 2) return {};
  std::map<std::string, std::pair<std::size_t, std::string>> count;  // by id: events, first name
  for (const Ties* t : events) {
    for (const auto& [id, name] : t->people) {
      auto& entry = count.try_emplace(id, 0, name).first->second;
      ++entry.first;
    }
  }
  std::vector<std::tuple<std::size_t, std::string, std::string>> ranked;
  for (const auto& [id, entry] : count) {
    if (entry.first >= 2 && 2 * entry.first >= events.size()) {
      ranked.emplace_back(events.size() - entry.first, entry.second, id);
    }
  }
  if (ranked.size() < 2) return {};
  std::sort(ranked.begin(), ranked.end());
  return std::get<1>(ranked[0]) + " – " + std::get<1>(ranked[1]);
}

}  // namespace twosource::story
