#include "desk/plan.hpp"

#include <xxhash.h>

#include <algorithm>
#include <bit>
#include <nlohmann/json.hpp>
#include <tuple>
#include <utility>

#include "article/json.hpp"

namespace twosource::desk {
namespace {

bool about_copies(const Correction& c) {
  return c.kind == CorrectionKind::JoinCopies || c.kind == CorrectionKind::CutCopies;
}

bool about_grouping(const Correction& c) {
  return c.kind == CorrectionKind::MergeEvents || c.kind == CorrectionKind::SplitEvent;
}

class Hash {
 public:
  void add(std::string_view bytes) {
    number(bytes.size());
    value_ = XXH3_64bits_withSeed(bytes.data(), bytes.size(), value_);
  }
  void number(std::uint64_t n) { value_ = XXH3_64bits_withSeed(&n, sizeof n, value_); }
  [[nodiscard]] std::uint64_t value() const noexcept { return value_; }

 private:
  std::uint64_t value_ = kRules;
};

}  // namespace

std::set<std::string> named_articles(const Correction& c) {
  std::set<std::string> out(c.articles.begin(), c.articles.end());
  for (const Target* target : {&c.a, &c.b}) {
    for (const Anchor& place : target->places) out.insert(place.article);
  }
  return out;
}

std::set<std::string> named_people(const Correction& c) {
  switch (c.kind) {
    case CorrectionKind::MergePeople:
      return {story::person_id(c.a.name), story::person_id(c.b.name)};
    case CorrectionKind::SplitPerson:
    case CorrectionKind::RenamePerson:
    case CorrectionKind::SetRole:
    case CorrectionKind::RemoveRole:
      return {story::person_id(c.a.name)};
    default:
      return {};
  }
}

Planner::Planner(Shelf& shelf, std::span<const Correction> corrections,
                 const claim::Options& options)
    : shelf_(shelf), corrections_(corrections), options_(options) {
  for (const Correction& c : corrections) {
    if (c.kind == CorrectionKind::SetGroup) {
      const std::vector<std::string> ids = shelf.by_outlet(c.a.name);
      outlets_[c.id].insert(ids.begin(), ids.end());
    }
    if (!about_grouping(c)) continue;
    std::set<std::string> all;
    for (const std::string& article : named_articles(c)) {
      const std::string event = shelf.event_of(article);
      if (event.empty()) continue;
      all.insert(event);
      if (const auto it = tied_.find(event); it != tied_.end()) {
        all.insert(it->second.begin(), it->second.end());
      }
    }
    if (all.size() < 2) continue;
    for (const std::string& event : all) tied_[event] = all;
  }
}

std::vector<Plan> Planner::cells(const std::vector<std::string>& events) const {
  if (stack()) return cells();
  std::vector<Plan> out;
  std::set<std::string> done;
  for (const std::string& event : events) {
    if (done.contains(event)) continue;
    std::set<std::string> all = {event};
    if (const auto it = tied_.find(event); it != tied_.end()) all = it->second;
    std::vector<story::Clusterer::View> views;
    for (const std::string& id : all) {
      views.push_back(shelf_.event(id));
      if (views.back().articles.empty()) views.pop_back();
    }
    done.insert(all.begin(), all.end());
    if (!views.empty()) out.push_back(plan(std::move(views)));
  }
  return out;
}

std::vector<Plan> Planner::cells() const {
  if (shelf_.size() == 0) return {};
  if (stack()) return {whole()};
  std::vector<std::string> ids;
  for (const story::Clusterer::View& view : shelf_.events()) ids.push_back(view.id);
  return cells(ids);
}

Plan Planner::whole() const {
  Plan out;
  out.stack = true;
  const std::vector<std::string> all = shelf_.articles();
  share(out, {all.begin(), all.end()});
  return out;
}

Plan Planner::plan(std::vector<story::Clusterer::View> events) const {
  Plan out;
  std::sort(events.begin(), events.end(), [&](const auto& a, const auto& b) {
    return shelf_.place(a.articles.front()) < shelf_.place(b.articles.front());
  });
  std::set<std::string> own;
  for (const auto& e : events) own.insert(e.articles.begin(), e.articles.end());
  out.events = std::move(events);
  share(out, own);
  return out;
}

// Families of the articles, and of those whom corrections tie to their copies.
void Planner::fill(std::set<std::string>& articles, std::set<std::string>& families) const {
  const auto add_families = [&](const std::string& article) {
    for (const std::string& f : shelf_.copies().families_of(article)) families.insert(f);
  };
  for (const std::string& a : articles) add_families(a);
  for (std::size_t before = 0; before != articles.size() + families.size();) {
    before = articles.size() + families.size();
    for (const std::string& f : families) {
      const reuse::IndexFamily* family = shelf_.copies().family(f);
      for (const std::uint32_t t : family->texts) articles.insert(shelf_.copies().at(t).id);
    }
    for (const Correction& c : corrections_) {
      if (!about_copies(c)) continue;
      const bool here = std::any_of(c.articles.begin(), c.articles.end(),
                                    [&](const std::string& a) { return articles.contains(a); });
      for (const std::string& a : c.articles) {
        if (!here || shelf_.stamp(a) == 0) continue;
        articles.insert(a);
        add_families(a);
      }
    }
  }
}

void Planner::share(Plan& plan, const std::set<std::string>& own) const {
  std::set<std::string> all = own;
  fill(all, plan.families);
  std::vector<Place> order;
  for (const std::string& id : all) order.push_back(shelf_.place(id));
  std::sort(order.begin(), order.end());
  for (Place& p : order) {
    plan.own.push_back(own.contains(p.second));
    if (plan.name.empty() && plan.own.back()) plan.name = story::event_id(p.second);
    plan.articles.push_back(std::move(p.second));
  }
  fingerprint_inputs(plan);
}

void Planner::fingerprint_inputs(Plan& plan) const {
  Hash hash;
  hash.number(options_.min_origins);
  hash.number(plan.stack ? 1 : 0);
  for (std::size_t i = 0; i < plan.articles.size(); ++i) {
    hash.add(plan.articles[i]);
    hash.number(static_cast<std::uint64_t>(shelf_.stamp(plan.articles[i])));
    hash.number(plan.own[i] ? 1 : 0);
  }
  for (const auto& event : plan.events) {
    hash.number(event.articles.size());
    for (const std::string& a : event.articles) hash.add(a);
  }
  for (const std::string& f : plan.families) {
    hash.add(f);
    for (const CopyPair& p : shelf_.copies().family(f)->pairs) {
      hash.add(shelf_.copies().at(p.a).id);
      hash.add(shelf_.copies().at(p.b).id);
      hash.number(std::bit_cast<std::uint64_t>(p.containment));
      hash.number((p.revision ? 1U : 0U) | (p.original < 0                                  ? 0U
                                            : static_cast<std::uint32_t>(p.original) == p.a ? 2U
                                                                                            : 4U));
      for (const Passage& w : p.passages) {
        for (const std::uint32_t n : {w.a.begin, w.a.end, w.b.begin, w.b.end}) hash.number(n);
      }
    }
  }
  plan.inputs = hash.value();
}

std::set<std::string> Planner::concerned(const Correction& c) const {
  std::set<std::string> out = named_articles(c);
  std::erase_if(out, [&](const std::string& a) { return shelf_.stamp(a) == 0; });
  if (about_copies(c)) {
    std::set<std::string> families;
    fill(out, families);
  }
  return out;
}

std::int64_t Planner::fingerprint(const Plan& plan, const std::set<std::string>& entities) const {
  Hash hash;
  hash.number(plan.inputs);
  const std::set<std::string> here(plan.articles.begin(), plan.articles.end());
  const auto has = [](const auto& set, const std::set<std::string>& ids) {
    return std::any_of(ids.begin(), ids.end(),
                       [&](const std::string& id) { return set.contains(id); });
  };
  for (const Correction& c : corrections_) {
    bool concerns = has(here, named_articles(c)) || has(entities, named_people(c));
    if (const auto it = outlets_.find(c.id); it != outlets_.end()) concerns = has(it->second, here);
    if (concerns) hash.add(dump_line(correction_to_json(c)));
  }
  return static_cast<std::int64_t>(hash.value());
}

Cell Planner::cell(const Plan& plan, std::vector<Article> articles) const {
  Cell out;
  out.articles = std::move(articles);
  out.own = plan.own;
  out.stack = plan.stack;
  std::map<std::string_view, std::uint32_t> place;
  for (std::uint32_t i = 0; i < plan.articles.size(); ++i) place.emplace(plan.articles[i], i);
  const auto at = [&](std::uint32_t number) { return place.at(shelf_.copies().at(number).id); };
  for (const std::string& f : plan.families) {
    const reuse::IndexFamily* family = shelf_.copies().family(f);
    CopyFamily copy;
    copy.id = f;
    for (const std::uint32_t t : family->texts) copy.articles.push_back(at(t));
    std::sort(copy.articles.begin(), copy.articles.end());
    for (CopyPair p : family->pairs) {
      p.a = at(p.a), p.b = at(p.b);
      if (p.original >= 0) {
        p.original = static_cast<std::int32_t>(at(static_cast<std::uint32_t>(p.original)));
      }
      copy.pairs.push_back(std::move(p));
    }
    std::sort(copy.pairs.begin(), copy.pairs.end(), [](const CopyPair& x, const CopyPair& y) {
      return std::pair(x.a, x.b) < std::pair(y.a, y.b);
    });
    out.families.push_back(std::move(copy));
  }
  std::sort(out.families.begin(), out.families.end(), [](const CopyFamily& x, const CopyFamily& y) {
    return std::tie(x.articles, x.id) < std::tie(y.articles, y.id);
  });
  for (const auto& event : plan.events) {
    out.events.emplace_back();
    for (const std::string& a : event.articles) out.events.back().push_back(place.at(a));
    std::sort(out.events.back().begin(), out.events.back().end());
  }
  return out;
}

}  // namespace twosource::desk
