#include "claim/claim.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <tuple>

#include "claim/align.hpp"
#include "claim/attribution.hpp"
#include "claim/contrasts.hpp"
#include "claim/corrections.hpp"
#include "claim/differences.hpp"
#include "claim/figures.hpp"
#include "claim/lexicon.hpp"
#include "claim/own_texts.hpp"
#include "claim/pair_scores.hpp"
#include "claim/quotations.hpp"
#include "claim/similarity.hpp"
#include "claim/statuses.hpp"
#include "claim/units.hpp"
#include "claim/values.hpp"
#include "claim/verdict.hpp"
#include "claim/withdrawals.hpp"
#include "claim/wording.hpp"
#include "text/utf8.hpp"

namespace twosource::claim {
namespace {

// Pair probability that a confirmation needs. On the development claims 18 of 21 confirmations are
// right with it (of 71 to find), 22 of 26 with 0.45, but two of four more in other dossiers wrong.
constexpr double kSure = 0.7;
// The claims of one event.
class EventClaims {
 public:
  EventClaims(Dossier& dossier, const Lexicons& lexicons, const Model& model,
              Attributor& attributor, const Options& options, ClaimCorrections& corrections)
      : dossier_(dossier),
        lexicons_(lexicons),
        model_(model),
        attributor_(attributor),
        options_(options),
        corrections_(corrections) {}

  void run(std::int32_t event, std::span<const SentenceUnit> units, const Vocabulary& vocabulary) {
    event_ = event;
    units_ = units;
    slots_.emplace(dossier_, units, &lexicons_);
    wordings_.emplace(dossier_, units);
    SimilarityIndex(dossier_, vocabulary, units)
        .candidates([&](std::uint32_t a, std::uint32_t b, const Features& f) {
          pairs_.push_back(
              {a, b, model_.probability(f), f[static_cast<std::size_t>(Feature::Characters)]});
        });
    corrections_.adjust(units, pairs_);
    scores_ = PairScores(pairs_, units.size());
    own_texts_ = find_own_texts(dossier_, units_, pairs_);
    std::vector<bool> grouped(units.size());
    figure_units_.clear();
    const std::size_t first = dossier_.claims.size();
    add_made(withdrawals(dossier_, event_, units, vocabulary, lexicons_, attributor_), grouped);
    status_links_.clear();
    add_made(status_claims(dossier_, event_, units, lexicons_, attributor_, status_links_),
             grouped);
    add_figures(grouped);
    auto groups = group_units(units, pairs_, model_.join(), model_.also());
    corrections_.adjust(units, groups);
    for (const auto& group : groups) {
      for (const std::uint32_t u : group) grouped[u] = true;
      if (about_a_figure(group)) continue;
      add(group);
      if (disputed(dossier_.claims.back())) add_agreements(group);
    }
    for (std::uint32_t u = 0; u < units.size(); ++u) {
      if (!grouped[u] && checkable(units[u])) add({u});
    }
    corrections_.finish(dossier_, first, own_texts_, options_.min_origins);
  }

 private:
  // Claims of figures come first: what they compare is left out of the others.
  void add_figures(std::vector<bool>& grouped) {
    figures_.clear();
    linked_.clear();
    const Contrasts contrasts = find_contrasts(dossier_, units_, lexicons_, attributor_);
    std::vector<FigureClaim> made = figure_claims(dossier_, event_, units_, lexicons_, contrasts,
                                                  attributor_, own_texts_, options_.min_origins);
    for (const FigureClaim& f : made) {
      const auto place = [&](std::uint32_t statement) {
        const Statement& s = f.claim.statements[statement];
        return Evidence{s.evidence.article, s.values[0].span};
      };
      for (std::uint32_t i = 0; i < f.claim.statements.size(); ++i) figures_.insert(place(i));
      for (const Difference& d : f.claim.differences) {
        linked_.insert(std::minmax(place(d.a), place(d.b)));
      }
    }
    add_made(std::move(made), grouped);
    add_made(contrast_claims(dossier_, event_, units_, contrasts, pairs_, attributor_, own_texts_),
             grouped);
  }

  void add_made(std::vector<FigureClaim> made, std::vector<bool>& grouped) {
    for (FigureClaim& f : made) {
      for (const std::uint32_t u : f.units) grouped[u] = true;
      std::sort(f.units.begin(), f.units.end());
      figure_units_.push_back(std::move(f.units));
      dossier_.claims.push_back(std::move(f.claim));
    }
  }

  // Are all sentences of a group in one claim of a figure, and have nothing else to say?
  [[nodiscard]] bool about_a_figure(const std::vector<std::uint32_t>& group) const {
    return std::any_of(figure_units_.begin(), figure_units_.end(), [&](const auto& units) {
      return std::includes(units.begin(), units.end(), group.begin(), group.end());
    });
  }

  void add(const std::vector<std::uint32_t>& group) {
    Claim claim;
    claim.event = event_;
    for (const std::uint32_t u : group) {
      Statement s = attributor_.statement(units_[u]);
      s.values = slots_->values(u);
      claim.statements.push_back(std::move(s));
    }
    scores_.take(group);
    compare(group, claim);
    claim.text = clearest(group);
    const Voices voices = independent_voices(dossier_, claim, own_texts_);
    const std::int64_t shared = shared_by_voices(group, voices);
    judge(dossier_, claim, voices, options_.min_origins, shared >= 0);
    if (claim.verdict == Verdict::Confirmed) {
      const SentenceUnit& unit = units_[static_cast<std::size_t>(shared)];
      claim.text = std::string(dossier_.articles[unit.article].at(unit.span));
    }
    dossier_.claims.push_back(std::move(claim));
  }

  static bool disputed(const Claim& claim) {
    return claim.verdict == Verdict::Contradicted || claim.verdict == Verdict::Superseded;
  }

  // The sentence with the fewest values, the shortest of those: it says the agreed one, not the
  // disputed one beside it.
  [[nodiscard]] std::string plainest(const std::vector<std::uint32_t>& members) const {
    const auto rank = [&](std::uint32_t u) {
      const SentenceUnit& unit = units_[u];
      return std::tuple(unit.measures.size() + unit.times.size(), unit.span.size(), u);
    };
    const std::uint32_t best =
        *std::min_element(members.begin(), members.end(),
                          [&](std::uint32_t a, std::uint32_t b) { return rank(a) < rank(b); });
    return std::string(dossier_.articles[units_[best].article].at(units_[best].span));
  }

  // What the sentences of a disputed claim agree on in another value ("geplant war eine halbe
  // Stunde") is a claim of its own.
  void add_agreements(const std::vector<std::uint32_t>& group) {
    std::map<std::string, std::vector<std::pair<std::uint32_t, SlotValue>>> by_key;
    for (const std::uint32_t u : group) {
      for (TellingValue& t : slots_->telling(u)) by_key[t.key].emplace_back(u, t.value);
    }
    for (auto& [key, places] : by_key) {
      Claim claim;
      claim.event = event_;
      std::vector<std::uint32_t> members;
      std::set<std::uint32_t> articles;
      for (auto& [u, value] : places) {
        Statement s = attributor_.statement(units_[u]);
        s.values = {std::move(value)};
        claim.statements.push_back(std::move(s));
        members.push_back(u);
        articles.insert(units_[u].article);
      }
      const Voices voices = independent_voices(dossier_, claim, own_texts_, kFigureCiting);
      if (articles.size() < 2 || voices.origins.size() < 2) continue;
      claim.text = plainest(members);
      judge(dossier_, claim, voices, options_.min_origins, true);
      dossier_.claims.push_back(std::move(claim));
    }
  }

  void compare(const std::vector<std::uint32_t>& group, Claim& claim) const {
    const std::vector<std::string> stated = stated_on(dossier_, claim);
    for (std::uint32_t i = 0; i < group.size(); ++i) {
      for (std::uint32_t j = i + 1; j < group.size(); ++j) {
        const SentenceUnit& a = units_[group[i]];
        const SentenceUnit& b = units_[group[j]];
        if (a.article == b.article) continue;
        const double score = scores_.at(i, j);
        const auto status = status_links_.find({group[i], group[j]});
        for (const SlotComparison& c : slots_->differing(group[i], group[j])) {
          // Of "missing since Saturday" and "found on Sunday" each has its own day.
          const bool moment = c.a.slot == "date" || c.a.slot == "time";
          if (moment && status != status_links_.end()) continue;
          if (moment && same_words(dossier_, {a.article, c.a.span}, {b.article, c.b.span}))
            continue;
          if (shown_as_figures({a.article, c.a.span}, {b.article, c.b.span}, c.relation)) continue;
          Difference d{c.a.slot, c.relation, i, j, c.a.value, c.b.value, c.why};
          if (d.relation == Relation::Different) {
            const bool other_time = slots_->other_time(group[i], group[j]);
            if (hidden(c, score, other_time, stated[i], stated[j], options_.undated_now)) continue;
            if (supersedes(voices_of(a, c.a, b, c.b), d, stated[i], stated[j])) {
              d.relation = Relation::Superseded;
            } else if (score < kValueDifference) {
              continue;
            }
          }
          claim.differences.push_back(std::move(d));
        }
        if (status != status_links_.end()) {
          claim.differences.push_back(status->second);
          claim.differences.back().a = i;
          claim.differences.back().b = j;
        }
        if (score < kSure) continue;
        for (const SlotComparison& c : wordings_->compare(group[i], group[j])) {
          claim.differences.push_back({c.a.slot, c.relation, i, j, c.a.value, c.b.value, c.why});
        }
      }
    }
  }

  // Is the pair of values compared in a claim of figures, or left apart there?
  [[nodiscard]] bool shown_as_figures(const Evidence& a, const Evidence& b,
                                      Relation relation) const {
    const std::size_t own = figures_.count(a) + figures_.count(b);
    if (relation == Relation::Different) return own > 0;
    return own == 2 && linked_.contains(std::minmax(a, b));
  }

  // The unit whose words two of the claim's voices surely share: of the pairs that match beyond
  // doubt, deny alike, differ in no value and agree in all measures of one of them, the sentence
  // with the fewest measures that the other does not give, then with the fewest values; of two of
  // a pair the one with fewer words that the other does not share. -1: none.
  [[nodiscard]] std::int64_t shared_by_voices(const std::vector<std::uint32_t>& group,
                                              const Voices& voices) const {
    std::int64_t best = -1;
    const auto rank = [&](std::uint32_t u, std::uint32_t other) {
      const SentenceUnit& unit = units_[u];
      return std::tuple(slots_->unmatched(u, other), unit.measures.size() + unit.times.size(),
                        unit.headline);
    };
    auto best_rank = std::pair(rank(group[0], group[0]), group[0]);
    for (std::size_t i = 0; i < group.size(); ++i) {
      for (std::size_t j = i + 1; j < group.size(); ++j) {
        const std::int32_t a = voices.of_statement[i];
        const std::int32_t b = voices.of_statement[j];
        if (a < 0 || b < 0 || a == b || scores_.at(i, j) < kSure ||
            !surely_same(group[i], group[j]))
          continue;
        std::pair of_pair(rank(group[i], group[j]), group[i]);
        auto other = std::pair(rank(group[j], group[i]), group[j]);
        if (other.first < of_pair.first ||
            (other.first == of_pair.first &&
             terms_of_its_own(units_[group[j]], units_[group[i]]) <
                 terms_of_its_own(units_[group[i]], units_[group[j]]))) {
          of_pair = other;
        }
        if (best >= 0 && of_pair >= best_rank) continue;
        best_rank = of_pair;
        best = of_pair.second;
      }
    }
    return best;
  }

  [[nodiscard]] bool surely_same(std::uint32_t a, std::uint32_t b) const {
    if (units_[a].negated != units_[b].negated || units_[a].planned != units_[b].planned ||
        units_[a].bare || units_[b].bare)
      return false;
    if (units_[a].headline && units_[b].headline) return false;  // a name and a verb, no more
    return slots_->agree(a, b);
  }

  [[nodiscard]] Pairing voices_of(const SentenceUnit& a, const SlotValue& x, const SentenceUnit& b,
                                  const SlotValue& y) const {
    const std::int32_t o = origin_of(a, x.span);
    const std::int32_t p = origin_of(b, y.span);
    if (o < 0 || p < 0) return Pairing::Unknown;
    const std::string& body = attributor_.body(o);
    if (o == p || (!body.empty() && body == attributor_.body(p))) return Pairing::OneVoice;
    const auto named = [&](std::int32_t origin) {
      const OriginKind kind = dossier_.origins[static_cast<std::size_t>(origin)].kind;
      return kind == OriginKind::Authority || kind == OriginKind::Company ||
             kind == OriginKind::Person || kind == OriginKind::Document;
    };
    return named(o) && named(p) ? Pairing::TwoVoices : Pairing::Unknown;
  }

  // The origin of one value, found once.
  [[nodiscard]] std::int32_t origin_of(const SentenceUnit& unit, Span value) const {
    const auto [it, fresh] = value_origins_.try_emplace(Evidence{unit.article, value}, -1);
    if (fresh) it->second = attributor_.statement(unit, value).origin;
    return it->second;
  }

  // The words of the statement that agrees best with the others, headlines last.
  [[nodiscard]] std::string clearest(const std::vector<std::uint32_t>& group) const {
    std::size_t best = 0;
    double best_score = -1;
    for (std::size_t i = 0; i < group.size(); ++i) {
      const double score = scores_.sum(i) + (units_[group[i]].headline ? 0 : 0.5);
      if (score > best_score + 1e-12) {
        best_score = score;
        best = i;
      }
    }
    const SentenceUnit& unit = units_[group[best]];
    return std::string(dossier_.articles[unit.article].at(unit.span));
  }

  Dossier& dossier_;
  std::optional<Slots> slots_;
  std::optional<Wordings> wordings_;
  const Lexicons& lexicons_;
  const Model& model_;
  Attributor& attributor_;
  const Options& options_;
  ClaimCorrections& corrections_;
  std::int32_t event_ = -1;
  std::span<const SentenceUnit> units_;
  std::vector<Pair> pairs_;
  PairScores scores_;
  OwnTexts own_texts_;
  mutable std::map<Evidence, std::int32_t> value_origins_;
  std::map<std::pair<std::uint32_t, std::uint32_t>, Difference> status_links_;
  std::set<Evidence> figures_;                      // the figures that have claims of their own
  std::set<std::pair<Evidence, Evidence>> linked_;  // and which are compared there
  std::vector<std::vector<std::uint32_t>> figure_units_;
};

}  // namespace

class Checker::Impl {
 public:
  explicit Impl(const PackSet& packs) : lexicons(packs), model(packs.common()), bodies(packs) {}
  Lexicons lexicons;
  Model model;
  Bodies bodies;
};

Checker::Checker(const PackSet& packs) : impl_(std::make_unique<Impl>(packs)) {}
Checker::~Checker() = default;

void Checker::build(Dossier& dossier, const Options& options,
                    std::span<const Correction> corrections) const {
  const Lexicons& lexicons = impl_->lexicons;
  Attributor attributor(dossier, impl_->bodies, lexicons);
  ClaimCorrections corrected(dossier, corrections);
  for (std::size_t e = 0; e < dossier.events.size(); ++e) {
    UnitBuilder builder(dossier, lexicons);
    std::vector<SentenceUnit> units;
    for (const std::uint32_t article : dossier.events[e].articles) {
      std::vector<SentenceUnit> more = builder.build(article);
      units.insert(units.end(), std::make_move_iterator(more.begin()),
                   std::make_move_iterator(more.end()));
    }
    EventClaims(dossier, lexicons, impl_->model, attributor, options, corrected)
        .run(static_cast<std::int32_t>(e), units, builder.vocabulary());
  }
  for (std::size_t k = 0; k < dossier.claims.size(); ++k) {
    dossier.claims[k].id = fmt::format("k{}", k + 1);
  }
  for (CorrectionOutcome& outcome : corrected.outcomes()) {
    dossier.corrections.push_back(std::move(outcome));
  }
  dossier.quotes = group_quotations(dossier, lexicons);
}

void build_claims(Dossier& dossier, const PackSet& packs, const Options& options,
                  std::span<const Correction> corrections) {
  Checker(packs).build(dossier, options, corrections);
}

}  // namespace twosource::claim
