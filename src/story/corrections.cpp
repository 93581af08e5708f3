#include "story/corrections.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>

#include "text/short_id.hpp"
#include "text/utf8.hpp"

namespace twosource::story {
namespace {

using Groups = std::vector<std::vector<std::uint32_t>>;

bool about_people(const Correction& c) {
  return c.kind == CorrectionKind::MergePeople || c.kind == CorrectionKind::SplitPerson ||
         c.kind == CorrectionKind::RenamePerson || c.kind == CorrectionKind::SetRole ||
         c.kind == CorrectionKind::RemoveRole;
}

bool about_grouping(const Correction& c) {
  return c.kind == CorrectionKind::MergeEvents || c.kind == CorrectionKind::SplitEvent;
}

void sign(std::string& why, const char* done, const Correction& c) {
  why += (why.empty() ? "" : "; ") + (done + signature(c));
}

// The item that most votes are for, the smallest of equals; -1 without votes.
std::int64_t elected(const std::map<std::uint32_t, std::size_t>& votes) {
  std::int64_t best = -1;
  std::size_t most = 0;
  for (const auto& [item, count] : votes) {
    if (count > most) best = item, most = count;
  }
  return best;
}

class PeopleCorrector {
 public:
  PeopleCorrector(Entities& entities, std::span<const Article> articles)
      : e_(entities), articles_(articles), index_(articles), gone_(entities.list.size()) {}

  // Why it does not apply; empty when it does.
  std::string apply(const Correction& c) {
    const std::int64_t found = person(c.a);
    if (found < 0) return "nobody is called \"" + c.a.name + "\" any more";
    const auto a = static_cast<std::uint32_t>(found);
    switch (c.kind) {
      case CorrectionKind::MergePeople:
        return merge(c, a);
      case CorrectionKind::SplitPerson:
        return split(c, a);
      case CorrectionKind::RenamePerson:
        return rename(c, e_.list[a]);
      case CorrectionKind::SetRole:
        return set_role(c, e_.list[a]);
      default:
        return remove_role(c, e_.list[a]);
    }
  }

  // Whom a correction merges into somebody who does not occur in these articles goes by that one's
  // name and lasting id.
  bool adopt(const Correction& c) {
    const std::string a = person_id(c.a.name);
    const std::string b = person_id(c.b.name);
    const auto has = [&](const std::string& id) {
      return std::find_if(e_.list.begin(), e_.list.end(), [&](const CorpusEntity& e) {
        return e.id == id && !gone_[static_cast<std::size_t>(&e - e_.list.data())];
      });
    };
    if (has(a) != e_.list.end()) return true;
    const auto from = has(b);
    if (from == e_.list.end()) return false;
    from->id = a;
    const std::string old = std::exchange(from->name, c.a.name);
    std::erase(from->aliases, c.a.name);
    add_alias(*from, old);
    sign(from->why, "merged by ", c);
    return true;
  }

  // Drops who was merged into others and counts the ids anew.
  void finish() {
    std::vector<std::uint32_t> place(e_.list.size());
    std::vector<CorpusEntity> kept;
    std::map<char, std::size_t> numbers;
    for (std::uint32_t i = 0; i < e_.list.size(); ++i) {
      place[i] = static_cast<std::uint32_t>(kept.size());
      if (gone_[i]) continue;
      CorpusEntity& entity = e_.list[i];
      if (!e_.lasting) {
        const char prefix = entity.id.front();
        entity.id = std::to_string(++numbers[prefix]).insert(0, 1, prefix);
      }
      kept.push_back(std::move(entity));
    }
    for (auto& of_article : e_.entity_of) {
      for (std::uint32_t& i : of_article) i = place[i];
    }
    e_.list = std::move(kept);
  }

 private:
  [[nodiscard]] bool is_person(std::uint32_t i) const {
    return !gone_[i] && e_.list[i].type == EntityType::Person;
  }

  [[nodiscard]] std::int64_t person(const Target& target) const {
    std::map<std::uint32_t, std::size_t> votes;
    for (const Evidence& place : index_.places(target)) {
      for (const Mention& m : articles_[place.article].mentions) {
        if (!m.span.overlaps(place.span)) continue;
        const std::uint32_t i = e_.entity_of[place.article][m.entity];
        if (is_person(i)) ++votes[i];
      }
    }
    if (!votes.empty()) return elected(votes);
    std::int64_t found = -1;
    for (std::uint32_t i = 0; i < e_.list.size(); ++i) {
      if (!is_person(i) || e_.list[i].name != target.name) continue;
      if (found >= 0) return -1;
      found = i;
    }
    return found;
  }

  std::string merge(const Correction& c, std::uint32_t a) {
    const std::int64_t found = person(c.b);
    if (found < 0) return "nobody is called \"" + c.b.name + "\" any more";
    const auto b = static_cast<std::uint32_t>(found);
    CorpusEntity& to = e_.list[a];
    if (a != b) {
      CorpusEntity& from = e_.list[b];
      add_alias(to, from.name);
      for (const std::string& alias : from.aliases) add_alias(to, alias);
      for (Role& role : from.roles) add_role(to, std::move(role));
      to.mentions.insert(to.mentions.end(), from.mentions.begin(), from.mentions.end());
      std::sort(to.mentions.begin(), to.mentions.end());
      for (auto& of_article : e_.entity_of)
        std::replace(of_article.begin(), of_article.end(), b, a);
      gone_[b] = true;
    }
    sign(to.why, "merged by ", c);
    return {};
  }

  std::string split(const Correction& c, std::uint32_t a) {
    const std::vector<std::uint32_t> listed = index_.articles(c.articles);
    const std::set<std::uint32_t> inside(listed.begin(), listed.end());
    CorpusEntity other;
    other.id = e_.list[a].id;
    if (e_.lasting) {
      other.id = short_id(
          'p', short_key(other.id, std::to_string(c.id), [](std::uint64_t) { return false; }));
    }
    other.type = EntityType::Person;
    std::map<std::string, std::size_t> names;
    const auto number = static_cast<std::uint32_t>(e_.list.size());
    for (const std::uint32_t article : inside) {
      for (std::size_t local = 0; local < e_.entity_of[article].size(); ++local) {
        if (e_.entity_of[article][local] != a) continue;
        e_.entity_of[article][local] = number;
        ++names[articles_[article].entities[local].name];
      }
    }
    if (names.empty()) return "\"" + c.a.name + "\" does not occur in these articles any more";
    CorpusEntity& rest = e_.list[a];
    const auto moved = [&](const Evidence& e) { return inside.contains(e.article); };
    move_if(rest.mentions, other.mentions, moved);
    for (Role& role : rest.roles) {
      Role part{role.title, role.from, role.to, {}};
      move_if(role.evidence, part.evidence, moved);
      if (!part.evidence.empty()) other.roles.push_back(std::move(part));
    }
    std::erase_if(rest.roles, [&](const Role& r) {
      return r.evidence.empty() && std::any_of(other.roles.begin(), other.roles.end(),
                                               [&](const Role& o) { return o.title == r.title; });
    });
    other.name = c.value.empty() ? most_frequent(names) : c.value;
    for (const auto& [name, count] : names) add_alias(other, name);
    sign(other.why, "split off by ", c);
    sign(rest.why, "split by ", c);
    e_.list.push_back(std::move(other));
    gone_.push_back(false);
    return {};
  }

  static std::string rename(const Correction& c, CorpusEntity& e) {
    if (e.name != c.value) {
      const std::string old = std::exchange(e.name, c.value);
      std::erase(e.aliases, c.value);
      add_alias(e, old);
    }
    sign(e.why, "named by ", c);
    return {};
  }

  std::string set_role(const Correction& c, CorpusEntity& e) const {
    const auto same = std::find_if(e.roles.begin(), e.roles.end(),
                                   [&](const Role& r) { return same_title(r.title, c.value); });
    Role& role = same == e.roles.end() ? e.roles.emplace_back() : *same;
    role.title = c.value;
    role.from = c.from;
    role.to = c.to;
    if (role.evidence.empty()) role.evidence = index_.places(c.a);
    sign(e.why, "role set by ", c);
    return {};
  }

  static std::string remove_role(const Correction& c, CorpusEntity& e) {
    const std::size_t removed =
        std::erase_if(e.roles, [&](const Role& r) { return same_title(r.title, c.value); });
    if (removed == 0) return "\"" + e.name + "\" has no role \"" + c.value + "\" any more";
    sign(e.why, "role removed by ", c);
    return {};
  }

  static bool same_title(const std::string& a, const std::string& b) {
    return utf8::lower(a) == utf8::lower(b);
  }

  static void add_alias(CorpusEntity& e, const std::string& name) {
    if (name.empty() || name == e.name) return;
    if (std::find(e.aliases.begin(), e.aliases.end(), name) == e.aliases.end()) {
      e.aliases.push_back(name);
    }
  }

  static void add_role(CorpusEntity& e, Role role) {
    for (Role& r : e.roles) {
      if (std::tie(r.title, r.from, r.to) != std::tie(role.title, role.from, role.to)) continue;
      r.evidence.insert(r.evidence.end(), role.evidence.begin(), role.evidence.end());
      std::sort(r.evidence.begin(), r.evidence.end());
      return;
    }
    e.roles.push_back(std::move(role));
  }

  static std::string most_frequent(const std::map<std::string, std::size_t>& names) {
    return std::max_element(names.begin(), names.end(),
                            [](const auto& x, const auto& y) { return x.second < y.second; })
        ->first;
  }

  template <class Is>
  static void move_if(std::vector<Evidence>& from, std::vector<Evidence>& to, const Is& is) {
    std::copy_if(from.begin(), from.end(), std::back_inserter(to), is);
    std::erase_if(from, is);
  }

  Entities& e_;
  std::span<const Article> articles_;
  ArticleIndex index_;
  std::vector<bool> gone_;
};

// The group that holds most of the target's articles, -1 for none.
template <class Groups, class Members>
std::int64_t group_of(const Groups& groups, const Members& members, const ArticleIndex& index,
                      const Target& target) {
  std::map<std::uint32_t, std::size_t> votes;
  for (const Evidence& place : index.places(target)) {
    for (std::uint32_t g = 0; g < groups.size(); ++g) {
      const std::vector<std::uint32_t>& of_group = members(groups[g]);
      if (std::find(of_group.begin(), of_group.end(), place.article) != of_group.end()) ++votes[g];
    }
  }
  return elected(votes);
}

const std::vector<std::uint32_t>& itself(const std::vector<std::uint32_t>& group) { return group; }
const std::vector<std::uint32_t>& articles_of(const Event& event) { return event.articles; }

constexpr const char* kNoEvent = "its articles are not here any more";

std::string merge_groups(Groups& groups, const ArticleIndex& index, const Correction& c,
                         bool& changed) {
  const std::int64_t a = group_of(groups, itself, index, c.a);
  const std::int64_t b = group_of(groups, itself, index, c.b);
  if (a < 0 || b < 0) return kNoEvent;
  if (a == b) return {};
  std::vector<std::uint32_t>& to = groups[static_cast<std::size_t>(a)];
  std::vector<std::uint32_t>& from = groups[static_cast<std::size_t>(b)];
  to.insert(to.end(), from.begin(), from.end());
  from.clear();
  changed = true;
  return {};
}

// Articles that are in the event of `a` leave it together.
std::string split_group(Groups& groups, const ArticleIndex& index, const Correction& c,
                        bool& changed) {
  const std::int64_t a = group_of(groups, itself, index, c.a);
  const std::vector<std::uint32_t> leaving = index.articles(c.articles);
  if (a < 0 || leaving.empty()) return kNoEvent;
  std::vector<std::uint32_t>& group = groups[static_cast<std::size_t>(a)];
  std::vector<std::uint32_t> apart;
  for (const std::uint32_t x : leaving) {
    if (std::find(group.begin(), group.end(), x) != group.end()) apart.push_back(x);
  }
  if (apart.empty() || apart.size() == group.size()) return {};
  std::erase_if(group, [&](std::uint32_t x) {
    return std::find(apart.begin(), apart.end(), x) != apart.end();
  });
  groups.push_back(std::move(apart));
  changed = true;
  return {};
}

}  // namespace

void correct_people(Entities& entities, std::span<const Article> articles,
                    std::span<const Correction> corrections,
                    std::vector<CorrectionOutcome>& outcomes) {
  if (std::none_of(corrections.begin(), corrections.end(), about_people)) return;
  PeopleCorrector corrector(entities, articles);
  for (const Correction& c : corrections) {
    if (!about_people(c)) continue;
    std::string why = corrector.apply(c);
    if (!why.empty() && entities.lasting && c.kind == CorrectionKind::MergePeople &&
        corrector.adopt(c)) {
      why.clear();
    }
    outcomes.push_back({c.id, why.empty(), std::move(why)});
  }
  corrector.finish();
}

bool correct_groups(Groups& groups, std::span<const Article> articles,
                    std::span<const std::uint32_t> order, std::span<const Correction> corrections,
                    std::vector<CorrectionOutcome>& outcomes) {
  if (std::none_of(corrections.begin(), corrections.end(), about_grouping)) return false;
  const ArticleIndex index(articles);
  bool changed = false;
  for (const Correction& c : corrections) {
    if (!about_grouping(c)) continue;
    std::string why = c.kind == CorrectionKind::MergeEvents
                          ? merge_groups(groups, index, c, changed)
                          : split_group(groups, index, c, changed);
    outcomes.push_back({c.id, why.empty(), std::move(why)});
  }
  if (!changed) return false;
  std::vector<std::uint32_t> rank(order.size());
  for (std::uint32_t r = 0; r < order.size(); ++r) rank[order[r]] = r;
  std::erase_if(groups, [](const auto& g) { return g.empty(); });
  const auto first = [&](const std::vector<std::uint32_t>& g) {
    std::uint32_t least = rank[g.front()];
    for (const std::uint32_t a : g) least = std::min(least, rank[a]);
    return least;
  };
  for (auto& group : groups) std::sort(group.begin(), group.end());
  std::sort(groups.begin(), groups.end(),
            [&](const auto& x, const auto& y) { return first(x) < first(y); });
  return true;
}

void correct_events(std::vector<Event>& events, std::span<const Article> articles,
                    std::span<const Correction> corrections,
                    std::vector<CorrectionOutcome>& outcomes) {
  const auto about = [](const Correction& c) {
    return about_grouping(c) || c.kind == CorrectionKind::RenameEvent;
  };
  if (std::none_of(corrections.begin(), corrections.end(), about)) return;
  const ArticleIndex index(articles);
  for (const Correction& c : corrections) {
    if (!about(c)) continue;
    const std::int64_t a = group_of(events, articles_of, index, c.a);
    const bool renames = c.kind == CorrectionKind::RenameEvent;
    if (renames) outcomes.push_back({c.id, a >= 0, a < 0 ? kNoEvent : ""});
    if (a < 0) continue;
    Event& event = events[static_cast<std::size_t>(a)];
    if (renames) event.label = c.value;
    const bool merges = c.kind == CorrectionKind::MergeEvents;
    sign(event.why, renames ? "named by " : merges ? "joined by " : "split by ", c);
    if (c.kind != CorrectionKind::SplitEvent) continue;
    for (Event& other : events) {
      const std::vector<std::uint32_t> apart = index.articles(c.articles);
      const bool has = !apart.empty() && std::find(other.articles.begin(), other.articles.end(),
                                                   apart.front()) != other.articles.end();
      if (has && &other != &event) sign(other.why, "split off by ", c);
    }
  }
}

}  // namespace twosource::story
