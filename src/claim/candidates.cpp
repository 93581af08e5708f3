// Which pairs of sentences are looked at, and what they have in common.
#include <algorithm>
#include <bit>
#include <cmath>
#include <utility>

#include "claim/similarity.hpp"

namespace twosource::claim {
namespace {

// A pair is looked at when this share of the lighter sentence's weight is matched and its
// characters agree this far, or when both stand in the lead. On the development claims that leaves
// 2,484 of the 3,061 gold pairs; the rest is hardly ever scored above the thresholds.
constexpr double kMinContainment = 0.2;
constexpr double kMinCharacters = 0.06;
constexpr std::uint32_t kLead = 3;  // sentences of an article's lead, headline included

// A value from here on (ValueMatch::telling) links two sentences: on the development claims 162 of
// 163 such pairs of sentences of one event make the same claim, below it two thirds.
constexpr double kTellingPair = 0.5;

constexpr std::uint32_t kNoUnit = 0xFFFFFFFF;

double& at(Features& f, Feature which) { return f[static_cast<std::size_t>(which)]; }

double ratio(double part, double whole) { return whole > 0 ? part / whole : 0; }

// Number of equal elements of two sorted lists.
template <class T>
std::size_t shared(const std::vector<T>& a, const std::vector<T>& b) {
  std::size_t n = 0;
  auto x = a.begin();
  auto y = b.begin();
  while (x != a.end() && y != b.end()) {
    if (*x < *y) {
      ++x;
    } else if (*y < *x) {
      ++y;
    } else {
      ++n, ++x, ++y;
    }
  }
  return n;
}

}  // namespace

// One sentence with all that its comparison with many others needs, by term and by gram.
class SimilarityIndex::Focus {
 public:
  explicit Focus(const SimilarityIndex& index)
      : index_(index), place_(index.postings_.size()), first_link_(index.postings_.size()) {
    for (auto& list : beside_) list.resize(index.postings_.size());
  }
  void set(std::uint32_t unit);
  [[nodiscard]] std::uint32_t unit() const { return unit_; }
  [[nodiscard]] double cosine(std::uint32_t b) const { return index_.grams_.cosine_to(grams_, b); }
  // Dice of the surrounding sentences, one on each side, by equal stems; the better one.
  [[nodiscard]] double context(std::uint32_t b) const;
  void match_terms(std::uint32_t b, Features& f) const;

 private:
  // That a term of another sentence is like the one at `place` of this one's.
  struct Link {
    std::uint32_t place = 0;
    float similarity = 0;
    std::uint32_t next = 0;  // index into links_, 0: none
  };
  void reset();
  // The unit before (side 0) or after it in the same article, -1: none.
  [[nodiscard]] std::int64_t beside(std::uint32_t unit, int side) const;
  // Fills best_a_ and best_b_: how well each term matches the other sentence.
  void match(const SentenceUnit& b) const;

  const SimilarityIndex& index_;
  std::uint32_t unit_ = kNoUnit;
  std::vector<float> grams_;
  std::vector<std::uint32_t> place_;       // by term: 1 + its place in the sentence, 0: not there
  std::vector<std::uint32_t> first_link_;  // by term: index into links_, 0: none
  std::vector<Link> links_;
  std::vector<std::uint32_t> linked_;
  std::array<std::vector<std::uint8_t>, 2> beside_;  // terms of the sentence before and after
  mutable std::vector<float> best_a_;
  mutable std::vector<float> best_b_;
};

std::int64_t SimilarityIndex::Focus::beside(std::uint32_t unit, int side) const {
  const std::int64_t other = static_cast<std::int64_t>(unit) + (side == 0 ? -1 : 1);
  if (other < 0 || other >= static_cast<std::int64_t>(index_.units_.size())) return -1;
  const auto& units = index_.units_;
  return units[static_cast<std::size_t>(other)].article == units[unit].article ? other : -1;
}

void SimilarityIndex::Focus::reset() {
  if (unit_ == kNoUnit) return;
  index_.grams_.clear(unit_, grams_);
  for (const Term& t : index_.units_[unit_].terms) place_[t.id] = 0;
  for (const std::uint32_t t : linked_) first_link_[t] = 0;
  linked_.clear();
  for (int side = 0; side < 2; ++side) {
    const std::int64_t other = beside(unit_, side);
    if (other < 0) continue;
    for (const Term& t : index_.units_[static_cast<std::size_t>(other)].terms) {
      beside_[static_cast<std::size_t>(side)][t.id] = 0;
    }
  }
}

void SimilarityIndex::Focus::set(std::uint32_t unit) {
  reset();
  unit_ = unit;
  index_.grams_.spread(unit, grams_);
  links_.assign(1, {});
  const auto& terms = index_.units_[unit].terms;
  for (std::uint32_t i = 0; i < terms.size(); ++i) {
    place_[terms[i].id] = i + 1;
    for (const Neighbour& n : index_.neighbours_[terms[i].id]) {
      std::uint32_t& first = first_link_[n.term];
      if (first == 0) linked_.push_back(n.term);
      links_.push_back({i, n.similarity, first});
      first = static_cast<std::uint32_t>(links_.size() - 1);
    }
  }
  for (int side = 0; side < 2; ++side) {
    const std::int64_t other = beside(unit, side);
    if (other < 0) continue;
    for (const Term& t : index_.units_[static_cast<std::size_t>(other)].terms) {
      beside_[static_cast<std::size_t>(side)][t.id] = 1;
    }
  }
}

double SimilarityIndex::Focus::context(std::uint32_t b) const {
  double best = 0;
  for (int side = 0; side < 2; ++side) {
    const std::int64_t x = beside(unit_, side);
    const std::int64_t y = beside(b, side);
    if (x < 0 || y < 0) continue;
    const auto& here = beside_[static_cast<std::size_t>(side)];
    double matched = 0;
    for (const Term& t : index_.units_[static_cast<std::size_t>(y)].terms) {
      if (here[t.id] != 0) matched += index_.weight_[t.id];
    }
    const double whole = index_.unit_weight_[static_cast<std::size_t>(x)] +
                         index_.unit_weight_[static_cast<std::size_t>(y)];
    best = std::max(best, ratio(2 * matched, whole));
  }
  return best;
}

void SimilarityIndex::Focus::match(const SentenceUnit& b) const {
  best_a_.assign(index_.units_[unit_].terms.size(), 0);
  best_b_.assign(b.terms.size(), 0);
  for (std::size_t j = 0; j < b.terms.size(); ++j) {
    const std::uint32_t term = b.terms[j].id;
    if (place_[term] > 0) {
      best_a_[place_[term] - 1] = 1;
      best_b_[j] = 1;
    }
    for (std::uint32_t l = first_link_[term]; l > 0; l = links_[l].next) {
      best_a_[links_[l].place] = std::max(best_a_[links_[l].place], links_[l].similarity);
      best_b_[j] = std::max(best_b_[j], links_[l].similarity);
    }
  }
}

void SimilarityIndex::Focus::match_terms(std::uint32_t ib, Features& f) const {
  const SentenceUnit& a = index_.units_[unit_];
  const SentenceUnit& b = index_.units_[ib];
  match(b);
  const double wa = index_.unit_weight_[unit_];
  const double wb = index_.unit_weight_[ib];
  const bool a_light = wa <= wb;
  const SentenceUnit& light = a_light ? a : b;
  const SentenceUnit& heavy = a_light ? b : a;
  const std::vector<float>& best_light = a_light ? best_a_ : best_b_;
  const std::vector<float>& best_heavy = a_light ? best_b_ : best_a_;
  double matched_light = 0;
  double matched_heavy = 0;
  double exact = 0;
  double lower = 0;
  double lower_all = 0;
  double upper = 0;
  double upper_all = 0;
  double rarest = 0;
  int count = 0;
  for (std::size_t i = 0; i < light.terms.size(); ++i) {
    const Term& t = light.terms[i];
    const double w = index_.weight_[t.id];
    const double m = best_light[i];
    matched_light += w * m;
    (t.upper ? upper_all : lower_all) += w;
    (t.upper ? upper : lower) += w * m;
    if (m > 0) ++count;
    if (m >= 1) {
      exact += w;
      rarest = std::max(rarest, w);
    }
  }
  for (std::size_t i = 0; i < heavy.terms.size(); ++i) {
    matched_heavy += static_cast<double>(index_.weight_[heavy.terms[i].id]) * best_heavy[i];
  }
  at(f, Feature::Containment) = ratio(matched_light, std::min(wa, wb));
  at(f, Feature::Dice) = ratio(matched_light + matched_heavy, wa + wb);
  at(f, Feature::Exact) = ratio(2 * exact, wa + wb);
  at(f, Feature::LowerCover) = ratio(lower, lower_all);
  at(f, Feature::UpperCover) = ratio(upper, upper_all);
  at(f, Feature::Rarest) = rarest / index_.max_weight_;
  at(f, Feature::Matched) = std::log(1.0 + count) / std::log(16.0);
}

void SimilarityIndex::match_values(std::uint32_t a, std::uint32_t b, Features& f) const {
  const ValueMatch match = slots_.match(a, b);
  at(f, Feature::EqualValues) = match.equal > 0 ? 1 : 0;
  at(f, Feature::ClashingValues) = match.clashing > 0 ? 1 : 0;
  at(f, Feature::TellingValue) = match.telling >= kTellingPair && !match.same_thing ? 1 : 0;
  at(f, Feature::NearValue) = match.near ? 1 : 0;
  at(f, Feature::SameThing) = match.same_thing ? 1 : 0;
  at(f, Feature::CloseFigures) = match.close;
}

void SimilarityIndex::match_places(std::uint32_t a, std::uint32_t b, Features& f) const {
  const std::uint32_t first = std::min(units_[a].position, units_[b].position);
  const std::uint32_t second = std::max(units_[a].position, units_[b].position);
  at(f, Feature::Earlier) = 1.0 / (1 + first);
  at(f, Feature::Later) = 1.0 / (1 + second);
  at(f, Feature::BothLead) = second < kLead ? 1 : 0;
  at(f, Feature::HeadlineLead) = first == 0 && second < kLead ? 1 : 0;
  at(f, Feature::LessCentral) = std::min(grams_.central(a), grams_.central(b));
  at(f, Feature::MoreCentral) = std::max(grams_.central(a), grams_.central(b));
}

void SimilarityIndex::match_entities(std::uint32_t a, std::uint32_t b, Features& f) const {
  double common = 0;
  for (const std::uint32_t e : units_[a].entities) {
    const auto& others = units_[b].entities;
    if (std::binary_search(others.begin(), others.end(), e)) common += entity_weight_[e];
  }
  at(f, Feature::Entities) = ratio(common, std::min(who_weight_[a], who_weight_[b]));
  const std::int32_t x = units_[a].speaker;
  const std::int32_t y = units_[b].speaker;
  const bool speech = x >= 0 && y >= 0;
  at(f, Feature::SameSpeaker) = speech && x == y ? 1 : 0;
  at(f, Feature::OtherSpeaker) = speech && x != y ? 1 : 0;
}

Features SimilarityIndex::features(const Focus& focus, std::uint32_t b, double cosine) const {
  const std::uint32_t a = focus.unit();
  const SentenceUnit& x = units_[a];
  const SentenceUnit& y = units_[b];
  Features f{};
  at(f, Feature::Characters) = cosine;
  match_places(a, b, f);
  at(f, Feature::Context) = focus.context(b);
  at(f, Feature::Bias) = 1;
  focus.match_terms(b, f);
  match_values(a, b, f);
  at(f, Feature::Bigrams) =
      ratio(static_cast<double>(shared(x.bigrams, y.bigrams)),
            static_cast<double>(std::min(x.bigrams.size(), y.bigrams.size())));
  match_entities(a, b, f);
  at(f, Feature::LengthRatio) =
      ratio(static_cast<double>(std::min(x.terms.size(), y.terms.size())),
            static_cast<double>(std::max(x.terms.size(), y.terms.size())));
  at(f, Feature::Negation) = x.negated != y.negated ? 1 : 0;
  return f;
}

void SimilarityIndex::candidates(const Found& found) const {
  std::vector<float> sum(units_.size());
  std::vector<float> current(units_.size());
  constexpr std::size_t kBits = 64;
  std::vector<std::uint64_t> touched(units_.size() / kBits + 1);  // a bit a unit
  const auto touch = [&](std::uint32_t b) {
    touched[b / kBits] |= std::uint64_t{1} << (b % kBits);
  };
  std::vector<std::uint32_t> seen;
  const std::vector<std::vector<std::uint32_t>> by_value = value_partners();
  Focus focus(*this);
  const auto look_at = [&](std::uint32_t a, std::uint32_t b) {
    const auto whatever = [&] {
      return (units_[a].position < kLead && units_[b].position < kLead) ||
             std::binary_search(by_value[a].begin(), by_value[a].end(), b);
    };
    const double lighter = std::min(unit_weight_[a], unit_weight_[b]);
    if (sum[b] < kMinContainment * lighter && !whatever()) return;
    const double cosine = focus.cosine(b);
    if (cosine >= kMinCharacters || whatever()) found(a, b, features(focus, b, cosine));
  };
  for (std::uint32_t a = 0; a < units_.size(); ++a) {
    for (const std::uint32_t b : by_value[a]) touch(b);
    const auto visit = [&](std::uint32_t term, float gain) {
      const std::vector<std::uint32_t>& list = postings_[term];
      for (auto it = std::upper_bound(list.begin(), list.end(), a); it != list.end(); ++it) {
        const std::uint32_t b = *it;
        if (units_[b].article == units_[a].article || gain <= current[b]) continue;
        if (current[b] == 0) seen.push_back(b);
        current[b] = gain;
      }
    };
    for (const Term& t : units_[a].terms) {
      if (neighbours_[t.id].empty()) {  // nothing can match better than the word itself
        const std::vector<std::uint32_t>& list = postings_[t.id];
        for (auto it = std::upper_bound(list.begin(), list.end(), a); it != list.end(); ++it) {
          if (units_[*it].article == units_[a].article) continue;
          touch(*it);
          sum[*it] += weight_[t.id];
        }
        continue;
      }
      seen.clear();
      visit(t.id, weight_[t.id]);
      for (const Neighbour& n : neighbours_[t.id]) visit(n.term, weight_[t.id] * n.similarity);
      for (const std::uint32_t b : seen) {
        touch(b);
        sum[b] += current[b];
        current[b] = 0;
      }
    }
    focus.set(a);
    for (std::size_t word = a / kBits; word < touched.size(); ++word) {
      for (std::uint64_t bits = std::exchange(touched[word], 0); bits != 0; bits &= bits - 1) {
        const auto b = static_cast<std::uint32_t>(word * kBits +
                                                  static_cast<std::size_t>(std::countr_zero(bits)));
        look_at(a, b);
        sum[b] = 0;
      }
    }
  }
}

std::vector<std::vector<std::uint32_t>> SimilarityIndex::value_partners() const {
  std::vector<std::vector<std::uint32_t>> out(units_.size());
  for (const auto& [a, b] : slots_.value_pairs()) {
    if (units_[a].article == units_[b].article) continue;
    const ValueMatch match = slots_.match(a, b);
    if (match.near || match.telling >= kTellingPair || match.same_thing || match.close > 0) {
      out[a].push_back(b);
    }
  }
  return out;
}

}  // namespace twosource::claim
