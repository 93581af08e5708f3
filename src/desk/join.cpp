#include "desk/join.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "story/names.hpp"
#include "text/short_id.hpp"

namespace twosource::desk {
namespace {

using Place = std::pair<std::string, std::string>;

Place place_of(const Article& a) { return {a.published.value, a.id}; }

// One cell's numbers as those of the whole.
struct Numbers {
  std::vector<std::uint32_t> articles;
  std::vector<std::uint32_t> entities;
  std::vector<std::int32_t> origins;
  std::vector<std::int32_t> families;
  std::uint32_t first_event = 0;
};

class Joiner {
 public:
  explicit Joiner(std::vector<Findings> cells) : cells_(std::move(cells)) {
    std::sort(cells_.begin(), cells_.end(), [](const Findings& a, const Findings& b) {
      return place_of(a.found.articles.front()) < place_of(b.found.articles.front());
    });
    numbers_.resize(cells_.size());
  }

  Dossier run() {
    articles();
    families();
    for (std::size_t c = 0; c < cells_.size(); ++c) {
      entities(cells_[c], numbers_[c]);
      origins(cells_[c], numbers_[c]);
      sentences(cells_[c], numbers_[c]);
    }
    events();
    for (std::size_t c = 0; c < cells_.size(); ++c) {
      claims(cells_[c], numbers_[c]);
      others(cells_[c], numbers_[c]);
    }
    finish_entities();
    stories();
    std::stable_sort(out_.timeline.begin(), out_.timeline.end(),
                     [](const TimelineEntry& x, const TimelineEntry& y) {
                       return std::pair(x.when.empty(), x.when) < std::pair(y.when.empty(), y.when);
                     });
    return std::move(out_);
  }

 private:
  void articles() {
    std::vector<std::tuple<Place, std::size_t, std::uint32_t>> order;
    for (std::size_t c = 0; c < cells_.size(); ++c) {
      const std::vector<Article>& list = cells_[c].found.articles;
      numbers_[c].articles.resize(list.size());
      for (std::uint32_t i = 0; i < list.size(); ++i) order.emplace_back(place_of(list[i]), c, i);
    }
    std::sort(order.begin(), order.end());
    for (const auto& [place, c, i] : order) {
      const auto number = static_cast<std::uint32_t>(out_.articles.size());
      numbers_[c].articles[i] = number;
      number_of_.emplace(place.second, number);
      out_.articles.push_back(std::move(cells_[c].found.articles[i]));
    }
    out_.sentence_origins.resize(out_.articles.size());
    out_.entity_of.resize(out_.articles.size());
  }

  // Those that begin in a cell are its; the others know them by id.
  void families() {
    for (Findings& cell : cells_) {
      for (CopyFamily& f : cell.shared.copies) {
        const auto number = [&](std::uint32_t a) {
          return number_of_.at(cell.shared.articles[a].id);
        };
        for (std::uint32_t& a : f.articles) a = number(a);
        std::sort(f.articles.begin(), f.articles.end());
        for (CopyPair& p : f.pairs) {
          p.a = number(p.a), p.b = number(p.b);
          if (p.original >= 0) {
            p.original = static_cast<std::int32_t>(number(static_cast<std::uint32_t>(p.original)));
          }
        }
        for (Reworked& r : f.reworked) {
          r.a.article = number(r.a.article), r.b.article = number(r.b.article);
          if (r.b < r.a) std::swap(r.a, r.b);
        }
        std::sort(f.reworked.begin(), f.reworked.end());
        out_.copies.push_back(std::move(f));
      }
    }
    std::sort(out_.copies.begin(), out_.copies.end(), [](const CopyFamily& x, const CopyFamily& y) {
      return std::tie(x.articles, x.id) < std::tie(y.articles, y.id);
    });
    std::map<std::string, std::int32_t> number;
    for (std::size_t f = 0; f < out_.copies.size(); ++f) {
      number.emplace(out_.copies[f].id, static_cast<std::int32_t>(f));
    }
    for (std::size_t c = 0; c < cells_.size(); ++c) {
      for (const std::string& id : cells_[c].families) {
        const auto it = number.find(id);
        numbers_[c].families.push_back(it == number.end() ? -1 : it->second);
      }
    }
  }

  void place(Evidence& e, const Numbers& n) const { e.article = n.articles[e.article]; }

  void entities(Findings& cell, Numbers& n) {
    for (CorpusEntity& e : cell.found.entities) {
      for (Evidence& m : e.mentions) place(m, n);
      for (Role& r : e.roles) {
        for (Evidence& where : r.evidence) place(where, n);
      }
      const auto next = static_cast<std::uint32_t>(out_.entities.size());
      const auto [it, fresh] = entity_of_.emplace(e.id, next);
      n.entities.push_back(it->second);
      std::set<std::uint32_t> articles;
      for (const Evidence& m : e.mentions) articles.insert(m.article);
      if (fresh) names_.emplace_back();
      names_[it->second][e.name] += articles.size();
      if (fresh) {
        out_.entities.push_back(std::move(e));
      } else {
        merge(out_.entities[it->second], e);
        merged_.insert(it->second);
      }
    }
    for (std::size_t i = 0; i < cell.found.entity_of.size(); ++i) {
      std::vector<std::uint32_t>& of = out_.entity_of[n.articles[i]];
      for (const std::uint32_t e : cell.found.entity_of[i]) of.push_back(n.entities[e]);
    }
  }

  static void merge(CorpusEntity& to, CorpusEntity& from) {
    to.aliases.push_back(from.name);
    to.aliases.insert(to.aliases.end(), from.aliases.begin(), from.aliases.end());
    for (Role& role : from.roles) {
      const auto same = std::find_if(to.roles.begin(), to.roles.end(), [&](const Role& r) {
        return std::tie(r.title, r.from, r.to) == std::tie(role.title, role.from, role.to);
      });
      if (same == to.roles.end()) {
        to.roles.push_back(std::move(role));
      } else {
        same->evidence.insert(same->evidence.end(), role.evidence.begin(), role.evidence.end());
      }
    }
    to.mentions.insert(to.mentions.end(), from.mentions.begin(), from.mentions.end());
    if (to.why.empty()) {
      to.why = from.why;
    } else if (!from.why.empty() && to.why.find(from.why) == std::string::npos) {
      to.why += "; " + from.why;
    }
  }

  void finish_entities() {
    for (const std::uint32_t i : merged_) {
      CorpusEntity& e = out_.entities[i];
      std::set<std::string> aliases(e.aliases.begin(), e.aliases.end());
      aliases.insert(e.name);
      std::tuple<std::size_t, std::size_t> best{0, 0};
      for (const auto& [name, n] : names_[i]) {
        const std::tuple rank(story::name_words(name).size(), n);
        if (rank > best) best = rank, e.name = name;
      }
      aliases.erase(e.name);
      e.aliases.assign(aliases.begin(), aliases.end());
      for (Role& r : e.roles) std::sort(r.evidence.begin(), r.evidence.end());
      std::sort(e.roles.begin(), e.roles.end(), [](const Role& a, const Role& b) {
        return std::tuple(b.evidence.size(), a.from, a.title) <
               std::tuple(a.evidence.size(), b.from, b.title);
      });
      std::sort(e.mentions.begin(), e.mentions.end());
    }
  }

  void origins(Findings& cell, Numbers& n) {
    for (Origin& o : cell.found.origins) {
      const auto [it, fresh] =
          origin_of_.emplace(o.id, static_cast<std::int32_t>(out_.origins.size()));
      n.origins.push_back(it->second);
      if (fresh) out_.origins.push_back(std::move(o));
    }
  }

  void sentences(Findings& cell, const Numbers& n) {
    for (std::size_t i = 0; i < cell.found.sentence_origins.size(); ++i) {
      std::vector<SentenceOrigin>& list = cell.found.sentence_origins[i];
      for (SentenceOrigin& s : list) {
        if (s.origin >= 0) s.origin = n.origins[static_cast<std::size_t>(s.origin)];
        if (s.family >= 0) s.family = n.families[static_cast<std::size_t>(s.family)];
      }
      out_.sentence_origins[n.articles[i]] = std::move(list);
    }
    for (ResolvedTime& r : cell.found.resolved) {
      r.article = n.articles[r.article];
      out_.resolved.push_back(std::move(r));
    }
  }

  void events() {
    for (std::size_t c = 0; c < cells_.size(); ++c) {
      Numbers& n = numbers_[c];
      n.first_event = static_cast<std::uint32_t>(out_.events.size());
      Dossier& d = cells_[c].found;
      for (std::size_t i = 0; i < d.events.size(); ++i) {
        Event& e = d.events[i];
        for (std::uint32_t& a : e.articles) a = n.articles[a];
        for (std::uint32_t& who : e.who) who = n.entities[who];
        for (Evidence& where : e.evidence) place(where, n);
        ties_.push_back(story::ties_from_bytes(cells_[c].ties[i]));
        out_.events.push_back(std::move(e));
      }
      for (Story& s : d.stories) {  // of a stack
        for (std::uint32_t& e : s.events) e += n.first_event;
        out_.stories.push_back(std::move(s));
      }
    }
  }

  void claims(Findings& cell, const Numbers& n) {
    for (Claim& c : cell.found.claims) {
      if (c.event >= 0) c.event += static_cast<std::int32_t>(n.first_event);
      for (Statement& s : c.statements) {
        place(s.evidence, n);
        if (s.speaker >= 0) {
          s.speaker = static_cast<std::int32_t>(n.entities[static_cast<std::size_t>(s.speaker)]);
        }
        if (s.origin >= 0) s.origin = n.origins[static_cast<std::size_t>(s.origin)];
      }
      out_.claims.push_back(std::move(c));
    }
  }

  void others(Findings& cell, const Numbers& n) {
    for (QuoteGroup& q : cell.found.quotes) {
      if (q.speaker >= 0) {
        q.speaker = static_cast<std::int32_t>(n.entities[static_cast<std::size_t>(q.speaker)]);
      }
      for (QuoteVariant& v : q.variants) place(v.evidence, n);
      out_.quotes.push_back(std::move(q));
    }
    for (TimelineEntry& t : cell.found.timeline) {
      if (t.event >= 0) t.event += static_cast<std::int32_t>(n.first_event);
      for (Evidence& e : t.evidence) place(e, n);
      out_.timeline.push_back(std::move(t));
    }
    for (CorrectionOutcome& c : cell.found.corrections) out_.corrections.push_back(std::move(c));
  }

  void stories() {
    if (out_.stories.empty()) {
      std::vector<std::pair<std::string, std::string>> named;
      std::vector<const story::Ties*> ties;
      for (std::size_t e = 0; e < out_.events.size(); ++e) {
        named.emplace_back(out_.events[e].id, out_.events[e].label);
        ties.push_back(&ties_[e]);
      }
      for (JoinedStory& s : join_stories(named, ties)) {
        for (const std::uint32_t e : s.events) {
          out_.events[e].story = static_cast<std::uint32_t>(out_.stories.size());
        }
        out_.stories.push_back({std::move(s.id), std::move(s.label), std::move(s.events)});
      }
    }
    if (!out_.stories.empty()) out_.title = out_.stories.front().label;
  }

  std::vector<Findings> cells_;
  std::vector<Numbers> numbers_;
  std::map<std::string, std::uint32_t> number_of_;  // articles
  std::map<std::string, std::uint32_t> entity_of_;  // by id
  std::map<std::string, std::int32_t> origin_of_;   // by id
  std::vector<std::map<std::string, std::size_t>> names_;
  std::set<std::uint32_t> merged_;
  std::vector<story::Ties> ties_;
  Dossier out_;
};

}  // namespace

Dossier join(std::vector<Findings> cells) { return Joiner(std::move(cells)).run(); }

std::vector<JoinedStory> join_stories(
    const std::vector<std::pair<std::string, std::string>>& events,
    const std::vector<const story::Ties*>& ties) {
  std::vector<JoinedStory> out;
  const std::vector<std::uint32_t> story_of = story::join_by_ties(ties);
  for (std::uint32_t e = 0; e < events.size(); ++e) {
    if (story_of[e] == out.size()) {
      const std::uint64_t key = short_key(events[e].first, {}, [](std::uint64_t) { return false; });
      out.push_back({short_id('s', key), {}, {}});
    }
    out[story_of[e]].events.push_back(e);
  }
  for (JoinedStory& s : out) {
    std::vector<const story::Ties*> of_story;
    for (const std::uint32_t e : s.events) of_story.push_back(ties[e]);
    s.label = story::story_label(of_story);
    if (s.label.empty()) s.label = events[s.events.front()].second;
  }
  return out;
}

}  // namespace twosource::desk
