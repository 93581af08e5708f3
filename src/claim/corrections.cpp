#include "claim/corrections.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

namespace twosource::claim {
namespace {

using Groups = std::vector<std::vector<std::uint32_t>>;

bool touches(const std::vector<Evidence>& places, std::uint32_t article, Span span) {
  return std::any_of(places.begin(), places.end(), [&](const Evidence& e) {
    return e.article == article && e.span.overlaps(span);
  });
}

std::vector<std::uint32_t> units_at(std::span<const SentenceUnit> units,
                                    const std::vector<Evidence>& places) {
  std::vector<std::uint32_t> out;
  for (std::uint32_t u = 0; u < units.size(); ++u) {
    if (touches(places, units[u].article, units[u].span)) out.push_back(u);
  }
  return out;
}

bool holds(const std::vector<std::uint32_t>& group, std::uint32_t unit) {
  return std::find(group.begin(), group.end(), unit) != group.end();
}

bool holds_any(const std::vector<std::uint32_t>& group, const std::vector<std::uint32_t>& units) {
  return std::any_of(units.begin(), units.end(), [&](std::uint32_t u) { return holds(group, u); });
}

void force(std::vector<Pair>& pairs, std::uint32_t x, std::uint32_t y, bool same) {
  const auto [a, b] = std::minmax(x, y);
  const auto key = std::pair(a, b);
  const auto at =
      std::lower_bound(pairs.begin(), pairs.end(), key,
                       [](const Pair& p, const auto& k) { return std::pair(p.a, p.b) < k; });
  const bool found = at != pairs.end() && at->a == a && at->b == b;
  if (found) {
    at->score = same ? 1 : 0;
  } else if (same) {
    pairs.insert(at, Pair{a, b, 1, 0});
  }
}

void put_together(Groups& groups, const std::vector<std::uint32_t>& a,
                  const std::vector<std::uint32_t>& b) {
  std::vector<std::uint32_t> all = a;
  all.insert(all.end(), b.begin(), b.end());
  for (auto& group : groups) {
    if (!holds_any(group, a) && !holds_any(group, b)) continue;
    all.insert(all.end(), group.begin(), group.end());
    group.clear();
  }
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  groups.push_back(std::move(all));
}

void put_apart(Groups& groups, const std::vector<std::uint32_t>& a,
               const std::vector<std::uint32_t>& b) {
  const std::size_t before = groups.size();
  for (std::size_t g = 0; g < before; ++g) {
    if (!holds_any(groups[g], a) || !holds_any(groups[g], b)) continue;
    std::vector<std::uint32_t> moved;
    for (const std::uint32_t u : groups[g]) {
      if (holds(b, u) && !holds(a, u)) moved.push_back(u);
    }
    std::erase_if(groups[g], [&](std::uint32_t u) { return holds(moved, u); });
    groups.push_back(std::move(moved));
  }
}

// The statements of `claim` that `moves` names as a claim of their own; the others stay. The
// differences between the two go, the others follow their statements.
Claim take_out(Claim& claim, const std::vector<bool>& moves) {
  Claim other;
  other.event = claim.event;
  std::vector<std::uint32_t> place(moves.size());
  std::vector<Statement> stay;
  for (std::size_t i = 0; i < moves.size(); ++i) {
    std::vector<Statement>& to = moves[i] ? other.statements : stay;
    place[i] = static_cast<std::uint32_t>(to.size());
    to.push_back(std::move(claim.statements[i]));
  }
  claim.statements = std::move(stay);
  std::vector<Difference> kept;
  for (Difference& d : claim.differences) {
    if (moves[d.a] != moves[d.b]) continue;
    std::vector<Difference>& to = moves[d.a] ? other.differences : kept;
    d.a = place[d.a];
    d.b = place[d.b];
    to.push_back(std::move(d));
  }
  claim.differences = std::move(kept);
  return other;
}

bool said(const Dossier& d, const Claim& claim, const std::string& words) {
  return std::any_of(claim.statements.begin(), claim.statements.end(), [&](const Statement& s) {
    return d.articles[s.evidence.article].at(s.evidence.span) == words;
  });
}

void judge_anew(const Dossier& d, Claim& claim, const OwnTexts& own, unsigned min_origins,
                bool sure) {
  if (!said(d, claim, claim.text)) {
    const Evidence& first = claim.statements.front().evidence;
    claim.text = std::string(d.articles[first.article].at(first.span));
    sure = false;
  }
  judge(d, claim, independent_voices(d, claim, own), min_origins, sure);
}

}  // namespace

ClaimCorrections::ClaimCorrections(const Dossier& dossier,
                                   std::span<const Correction> corrections) {
  const auto about = [](const Correction& c) {
    return c.kind == CorrectionKind::SameClaim || c.kind == CorrectionKind::NotSameClaim;
  };
  if (std::none_of(corrections.begin(), corrections.end(), about)) return;
  const ArticleIndex index(dossier.articles);
  for (const Correction& c : corrections) {
    if (!about(c)) continue;
    links_.push_back(
        {&c, c.kind == CorrectionKind::SameClaim, index.places(c.a), index.places(c.b), false});
  }
}

void ClaimCorrections::adjust(std::span<const SentenceUnit> units, std::vector<Pair>& pairs) {
  for (Link& link : links_) {
    const std::vector<std::uint32_t> a = units_at(units, link.a);
    const std::vector<std::uint32_t> b = units_at(units, link.b);
    if (a.empty() || b.empty()) continue;
    link.met = true;
    for (const std::uint32_t x : a) {
      for (const std::uint32_t y : b) {
        if (x != y) force(pairs, x, y, link.same);
      }
    }
  }
}

void ClaimCorrections::adjust(std::span<const SentenceUnit> units, Groups& groups) const {
  if (links_.empty()) return;
  for (const Link& link : links_) {
    const std::vector<std::uint32_t> a = units_at(units, link.a);
    const std::vector<std::uint32_t> b = units_at(units, link.b);
    if (a.empty() || b.empty()) continue;
    link.same ? put_together(groups, a, b) : put_apart(groups, a, b);
  }
  std::erase_if(groups, [](const auto& g) { return g.size() < 2; });
  std::sort(groups.begin(), groups.end());
}

void ClaimCorrections::finish(Dossier& d, std::size_t first, const OwnTexts& own,
                              unsigned min_origins) const {
  for (const Link& link : links_) {
    const std::size_t last = d.claims.size();
    for (std::size_t k = first; k < last; ++k) {
      std::vector<bool> in_a;
      std::vector<bool> in_b;
      for (const Statement& s : d.claims[k].statements) {
        in_a.push_back(touches(link.a, s.evidence.article, s.evidence.span));
        in_b.push_back(touches(link.b, s.evidence.article, s.evidence.span) && !in_a.back());
      }
      const bool has_a = std::find(in_a.begin(), in_a.end(), true) != in_a.end();
      const bool has_b = std::find(in_b.begin(), in_b.end(), true) != in_b.end();
      if (link.same ? !has_a || !has_b : !has_a && !has_b) continue;
      const std::string done = link.same ? "; joined by " : "; set apart by ";
      if (!link.same && has_a && has_b) {
        const bool sure = d.claims[k].verdict == Verdict::Confirmed;
        Claim other = take_out(d.claims[k], in_b);
        judge_anew(d, d.claims[k], own, min_origins, sure);
        judge_anew(d, other, own, min_origins, false);
        other.why += done + signature(*link.correction);
        d.claims.push_back(std::move(other));
      }
      d.claims[k].why += done + signature(*link.correction);
    }
  }
}

std::vector<CorrectionOutcome> ClaimCorrections::outcomes() const {
  std::vector<CorrectionOutcome> out;
  for (const Link& link : links_) {
    const bool gone = link.a.empty() || link.b.empty();
    const char* why = gone        ? "its sentences are not here any more"
                      : !link.met ? "its sentences are in different events"
                                  : "";
    out.push_back({link.correction->id, link.met, why});
  }
  return out;
}

}  // namespace twosource::claim
