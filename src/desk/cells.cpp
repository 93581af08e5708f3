#include "desk/cells.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "article/shown.hpp"
#include "text/short_id.hpp"

namespace twosource::desk {
namespace {

constexpr std::uint32_t kNone = 0xFFFFFFFF;

// Lasting ids of one kind within a cell; equal names get others in the order in which they come.
class Ids {
 public:
  explicit Ids(char kind) : kind_(kind) {}
  std::string next(std::string_view a, std::string_view b = {}) {
    return short_id(kind_,
                    short_key(a, b, [&](std::uint64_t k) { return !taken_.insert(k).second; }));
  }

 private:
  char kind_;
  std::set<std::uint64_t> taken_;
};

void name_claims(Dossier& d) {
  // One key may be a person here and an official there: the id says what it is taken for.
  Ids origins('o');
  for (Origin& o : d.origins) {
    o.id = origins.next(o.key, fmt::format("{}:{}", to_string(o.kind), o.name));
  }
  Ids claims('k');
  for (Claim& c : d.claims) {
    const std::string& event =
        c.event < 0 ? d.title : d.events[static_cast<std::size_t>(c.event)].id;
    const Evidence& first = c.statements.front().evidence;
    c.id = claims.next(event, fmt::format("{}:{}", d.articles[first.article].id, first.span.begin));
  }
  Ids quotes('q');
  for (QuoteGroup& q : d.quotes) {
    const Evidence& first = q.variants.front().evidence;
    q.id = quotes.next(fmt::format("{}:{}", d.articles[first.article].id, first.span.begin));
  }
}

void name_stories(Dossier& d) {
  Ids stories('s');
  for (Story& s : d.stories) s.id = stories.next(d.events[s.events.front()].id);
}

// Families that begin in the cell, with what their rows need of the articles.
Dossier shared_of(const Cell& cell, const std::vector<CopyFamily>& families) {
  Dossier out;
  for (const CopyFamily& f : families) {
    if (cell.own[f.articles.front()]) out.copies.push_back(f);
  }
  if (out.copies.empty()) return out;
  out.articles.resize(cell.articles.size());
  for (const CopyFamily& f : out.copies) {
    for (const std::uint32_t a : f.articles) {
      out.articles[a].id = cell.articles[a].id;
      out.articles[a].text = cell.articles[a].text;
    }
  }
  return out;
}

void note_articles(Dossier& d, std::span<const Correction> corrections) {
  for (const Correction& c : corrections) {
    const bool applies =
        c.kind == CorrectionKind::SetGroup
            ? std::any_of(d.articles.begin(), d.articles.end(),
                          [&](const Article& a) { return outlet_of(a) == c.a.name; })
        : c.kind == CorrectionKind::SetDate
            ? std::any_of(d.articles.begin(), d.articles.end(),
                          [&](const Article& a) { return a.id == c.articles.front(); })
            : false;
    if (applies) d.corrections.push_back({c.id, true, {}});
  }
}

}  // namespace

Checker::Checker(const PackSet& packs, const claim::Options& options)
    : packs_(packs), options_(options), credits_(packs), tables_(packs), claims_(packs) {}

Findings Checker::check(Cell cell, std::span<const Correction> corrections) const {
  reuse::Result copies =
      reuse::trace_copies(cell.articles, std::move(cell.families), credits_, corrections);
  Findings out;
  out.shared = shared_of(cell, copies.families);
  for (const CopyFamily& f : copies.families) out.families.push_back(f.id);
  Dossier& d = out.found;
  std::vector<std::uint32_t> place(cell.articles.size(), kNone);
  for (std::size_t i = 0; i < cell.articles.size(); ++i) {
    if (!cell.own[i]) continue;
    place[i] = static_cast<std::uint32_t>(d.articles.size());
    d.articles.push_back(std::move(cell.articles[i]));
    d.sentence_origins.push_back(std::move(copies.sentence_origins[i]));
  }
  d.origins = std::move(copies.origins);
  for (auto& event : cell.events) {
    for (std::uint32_t& a : event) a = place[a];
  }
  story::Told told =
      cell.stack ? story::tell_stack(d.articles, copies, packs_, tables_, corrections)
                 : story::tell_events(d.articles, std::move(cell.events), tables_, corrections);
  note_articles(d, corrections);
  std::move(copies.corrections.begin(), copies.corrections.end(),
            std::back_inserter(d.corrections));
  story::put(std::move(told.result), d);
  name_stories(d);
  claims_.build(d, options_, corrections);
  name_claims(d);
  for (const story::Ties& t : told.ties) out.ties.push_back(story::to_bytes(t));
  return out;
}

}  // namespace twosource::desk
