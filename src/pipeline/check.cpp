#include "pipeline/check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "pipeline/pipeline.hpp"
#include "reuse/reuse.hpp"
#include "story/story.hpp"
#include "text/hash_map.hpp"

namespace twosource::pipeline {
namespace {

// Events whose best article shares fewer of the draft's words than this part of what the best
// event's does are not asked. Both set by hand, not tuned.
constexpr double kNearBest = 0.5;
constexpr std::size_t kMostEvents = 3;

using WordSet = std::set<std::size_t>;

// Words that say what a text is about, by the hash of their lower-case form: long enough to be no
// function word, or a number.
WordSet words_of(const Article& a) {
  constexpr std::uint32_t kShortest = 5;  // bytes
  WordSet out;
  for (const Token& t : a.tokens.tokens) {
    const bool word = t.kind == TokenKind::Word && t.span.size() >= kShortest;
    if (word || t.kind == TokenKind::Number) out.insert(t.lower_hash);
  }
  return out;
}

// The events that a draft may tell of, the nearest first.
std::vector<std::uint32_t> events_near(const Dossier& d, const Article& draft) {
  const WordSet wanted = words_of(draft);
  std::vector<std::size_t> shared(d.articles.size());
  for (std::size_t i = 0; i < d.articles.size(); ++i) {
    const WordSet have = words_of(d.articles[i]);
    shared[i] = static_cast<std::size_t>(std::count_if(
        wanted.begin(), wanted.end(), [&](std::size_t w) { return have.contains(w); }));
  }
  std::vector<std::pair<std::size_t, std::uint32_t>> ranked;  // words shared, event
  for (std::uint32_t e = 0; e < d.events.size(); ++e) {
    std::size_t best = 0;
    for (const std::uint32_t a : d.events[e].articles) best = std::max(best, shared[a]);
    if (best > 0) ranked.emplace_back(best, e);
  }
  std::stable_sort(ranked.begin(), ranked.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  std::vector<std::uint32_t> out;
  for (const auto& [words, event] : ranked) {
    if (out.size() == kMostEvents ||
        static_cast<double>(words) < kNearBest * static_cast<double>(ranked.front().first))
      break;
    out.push_back(event);
  }
  return out;
}

// The events `chosen` of the articles with the draft as one more article, and the claims of these.
Dossier claims_with(const Dossier& d, const Article& draft, const PackSet& packs,
                    const claim::Options& options) {
  Dossier with;
  reuse::Result copies{d.copies, d.origins, d.sentence_origins};  // the draft copies nobody
  with.articles = d.articles;
  with.articles.push_back(draft);
  copies.origins.push_back({"o0", OriginKind::Own, "draft", "draft", false});
  const auto own = static_cast<std::int32_t>(copies.origins.size() - 1);
  copies.sentence_origins.emplace_back(draft.tokens.sentences.size(),
                                       SentenceOrigin{own, -1, "the draft"});
  story::Result stories = story::build_stories(with.articles, copies, packs);
  with.copies = std::move(copies.families);
  with.origins = std::move(copies.origins);
  with.sentence_origins = std::move(copies.sentence_origins);
  with.entities = std::move(stories.entities);
  with.entity_of = std::move(stories.entity_of);
  with.resolved = std::move(stories.resolved);
  with.stories.resize(1);
  const auto last = static_cast<std::uint32_t>(d.articles.size());
  for (const std::uint32_t e : events_near(d, draft)) {
    with.events.push_back(d.events[e]);
    with.events.back().articles.push_back(last);
    with.events.back().story = 0;
    with.events.back().who.clear();  // its entities are numbered anew
  }
  claim::Options now = options;
  now.undated_now = true;
  claim::build_claims(with, packs, now);
  return with;
}

// Figures must be backed as they stand; places, persons and dates of a sentence may be told in
// another one.
bool is_figure(std::string_view slot) {
  constexpr std::string_view kSlots[] = {"count", "duration", "money", "percent", "magnitude",
                                         "age",   "score",    "speed", "length",  "weight"};
  return std::any_of(std::begin(kSlots), std::end(kSlots), [&](std::string_view kind) {
    return slot == kind || (slot.starts_with(kind) && slot[kind.size()] == ':');
  });
}

class Judge {
 public:
  Judge(const Dossier& alone, const Dossier& with, const claim::Options& options)
      : alone_(alone), with_(with), options_(options) {}

  void run(const Article& draft, std::vector<CheckedSentence>& out) {
    for (const Sentence& s : draft.tokens.sentences) {
      if (draft.at(s.span).ends_with('?')) continue;
      CheckedSentence checked;
      checked.span = s.span;
      for (const Claim& c : with_.claims) weigh(c, checked);
      conclude(checked);
      out.push_back(std::move(checked));
    }
  }

 private:
  [[nodiscard]] bool of_draft(const Statement& s) const {
    return s.evidence.article + 1 == with_.articles.size();
  }

  // What one claim says of the sentence.
  void weigh(const Claim& c, CheckedSentence& out) {
    for (std::uint32_t i = 0; i < c.statements.size(); ++i) {
      const Statement& s = c.statements[i];
      if (!of_draft(s) || !s.evidence.span.overlaps(out.span)) continue;
      std::set<std::uint32_t> against;
      for (const Difference& d : c.differences) {
        if (d.a != i && d.b != i) continue;
        const std::uint32_t other = d.a == i ? d.b : d.a;
        if (of_draft(c.statements[other])) continue;
        if (d.relation != Relation::Different && d.relation != Relation::Superseded) continue;
        against.insert(other);
        out.conflicts.push_back({d.slot, d.a == i ? d.a_value : d.b_value,
                                 d.a == i ? d.b_value : d.a_value, c.statements[other].evidence});
      }
      for (std::uint32_t k = 0; k < c.statements.size(); ++k) {
        if (of_draft(c.statements[k]) || against.contains(k)) continue;
        out.support.push_back(c.statements[k].evidence);
        for (const SlotValue& v : c.statements[k].values) values_.insert(v.value);
      }
      for (const SlotValue& v : s.values) {
        if (is_figure(v.slot)) figures_.insert(v.value);
      }
      for (const Difference& d : c.differences) {
        if ((d.a == i || d.b == i) && d.relation == Relation::Compatible)
          values_.insert(d.a == i ? d.a_value : d.b_value);
      }
    }
  }

  // The claim of the articles alone that stands on most of what backs the sentence.
  [[nodiscard]] std::int32_t carrier(const std::vector<Evidence>& support) const {
    std::int32_t best = -1;
    double best_share = 0;
    for (std::size_t k = 0; k < alone_.claims.size(); ++k) {
      std::size_t shared = 0;
      const auto& statements = alone_.claims[k].statements;
      for (const Statement& s : statements) {
        shared += std::any_of(support.begin(), support.end(), [&](const Evidence& e) {
          return e.article == s.evidence.article && e.span.overlaps(s.evidence.span);
        });
      }
      const double share = static_cast<double>(shared) /
                           static_cast<double>(statements.size() + support.size() - shared);
      if (share > best_share) {
        best_share = share;
        best = static_cast<std::int32_t>(k);
      }
    }
    return best;
  }

  void conclude(CheckedSentence& out) {
    std::sort(out.support.begin(), out.support.end());
    out.support.erase(std::unique(out.support.begin(), out.support.end()), out.support.end());
    const std::set<std::string> figures = std::exchange(figures_, {});
    const std::set<std::string> values = std::exchange(values_, {});
    if (out.support.empty() && out.conflicts.empty()) {
      out.why = "no article says it";
      return;
    }
    out.claim = carrier(out.support.empty() ? places(out.conflicts) : out.support);
    if (out.claim >= 0) out.origins = claim_of(out).origins;
    const Verdict verdict = out.claim < 0 ? Verdict::SingleOutlet : claim_of(out).verdict;
    const auto missing = std::find_if(figures.begin(), figures.end(),
                                      [&](const std::string& f) { return !values.contains(f); });
    if (!out.conflicts.empty() && (out.support.empty() || missing != figures.end())) {
      const bool later = verdict == Verdict::Superseded;
      out.finding = later ? Finding::Outdated : Finding::Contradicted;
      out.why = fmt::format("{}: the draft says {}, an article {}", out.conflicts.front().slot,
                            out.conflicts.front().draft_value, out.conflicts.front().source_value);
    } else if (verdict == Verdict::Superseded && !figures.empty()) {
      out.finding = Finding::Outdated;
      const std::string latest = latest_figure(claim_of(out), figures, out.finding);
      out.why = out.finding == Finding::Weak ? "the latest of several figures, " + latest
                                             : "a later figure: " + latest;
    } else if (verdict == Verdict::Contradicted) {
      out.finding = Finding::Contradicted;
      out.why = "the articles contradict one another: " + claim_of(out).why;
    } else if (missing != figures.end()) {
      out.finding = Finding::Weak;
      out.why = fmt::format("no sentence that says it gives {}", *missing);
    } else {
      const bool enough = verdict == Verdict::Confirmed && out.origins >= options_.min_origins;
      out.finding = enough ? Finding::Backed : Finding::Weak;
      out.why = out.claim < 0 ? "one sentence says it" : claim_of(out).why;
    }
  }

  // The figures of the newest article of a claim (articles stand in the order of their dates), and
  // Weak for `finding` when one of `mine` is among them.
  static std::string latest_figure(const Claim& c, const std::set<std::string>& mine,
                                   Finding& finding) {
    std::uint32_t newest = 0;
    for (const Statement& s : c.statements) {
      if (!s.values.empty()) newest = std::max(newest, s.evidence.article);
    }
    std::set<std::string> figures;
    for (const Statement& s : c.statements) {
      if (s.evidence.article != newest) continue;
      for (const SlotValue& v : s.values) {
        if (is_figure(v.slot)) figures.insert(v.value);
      }
    }
    std::string out;
    for (const std::string& f : figures) {
      if (mine.contains(f)) finding = Finding::Weak;
      out += (out.empty() ? "" : ", ") + f;
    }
    return out;
  }

  static std::vector<Evidence> places(const std::vector<Conflict>& conflicts) {
    std::vector<Evidence> out;
    for (const Conflict& c : conflicts) out.push_back(c.evidence);
    return out;
  }
  [[nodiscard]] const Claim& claim_of(const CheckedSentence& s) const {
    return alone_.claims[static_cast<std::size_t>(s.claim)];
  }

  const Dossier& alone_;
  const Dossier& with_;
  const claim::Options& options_;
  std::set<std::string> figures_;  // of the sentence at hand
  std::set<std::string> values_;   // that back it
};

}  // namespace

std::string_view to_string(Finding finding) noexcept {
  switch (finding) {
    case Finding::Backed:
      return "backed";
    case Finding::Weak:
      return "weak";
    case Finding::Contradicted:
      return "contradicted";
    case Finding::Outdated:
      return "outdated";
    case Finding::NotFound:
      break;
  }
  return "not-found";
}

Check check_draft(std::vector<Article> articles, Article draft, const PackSet& packs,
                  const claim::Options& options, std::span<const Correction> corrections) {
  Check out;
  out.draft = std::move(draft);
  out.dossier = cross_check(std::move(articles), packs, options, Upto::Claims, corrections);
  const Dossier& d = out.dossier;
  if (d.articles.empty()) return out;
  const Dossier with = claims_with(d, out.draft, packs, options);
  Judge(d, with, options).run(out.draft, out.sentences);
  return out;
}

}  // namespace twosource::pipeline
