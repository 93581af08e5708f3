#include "claim/similarity.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace twosource::claim {
namespace {

constexpr auto kNames = std::to_array<std::string_view>(
    {"bias",        "containment", "dice",          "exact",         "lower_cover",
     "upper_cover", "bigrams",     "entities",      "equal_values",  "clashing_values",
     "rarest",      "matched",     "length_ratio",  "same_speaker",  "other_speaker",
     "negation",    "context",     "telling_value", "near_value",    "characters",
     "earlier",     "later",       "both_lead",     "headline_lead", "less_central",
     "more_central"});
static_assert(kNames.size() == kFeatures);

// How much a match of two different stems counts. Set by hand: half of an exact match for words
// that share a long part, more for a listed synonym.
constexpr float kSynonym = 0.75F;
constexpr float kCompoundPart = 0.6F;
constexpr float kCommonPrefix = 0.5F;
constexpr std::size_t kMinPart = 5;    // bytes of a compound's part
constexpr std::size_t kMinPrefix = 6;  // bytes of a common beginning
// Words that begin alike are compared all with all inside a bucket; larger buckets are cut.
constexpr std::size_t kMaxBucket = 64;
// A pair is looked at when this share of the lighter sentence's weight is matched and its
// characters agree this far, or when both stand in the lead. On the development claims that leaves
// 2,484 of the 3,061 gold pairs; the rest is hardly ever scored above the thresholds.
constexpr double kMinContainment = 0.2;
constexpr double kMinCharacters = 0.06;
constexpr std::uint32_t kLead = 3;  // sentences of an article's lead, headline included

// A value from here on (ValueMatch::telling) links two sentences: on the development claims 162 of
// 163 such pairs of sentences of one event make the same claim, below it two thirds. All pairs of
// sentences with measures are tried, up to kMaxValued sentences.
constexpr double kTellingPair = 0.5;
constexpr std::size_t kMaxValued = 1500;

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

bool has_term(const SentenceUnit& unit, std::uint32_t id) {
  const auto it = std::lower_bound(unit.terms.begin(), unit.terms.end(), id,
                                   [](const Term& t, std::uint32_t x) { return t.id < x; });
  return it != unit.terms.end() && it->id == id;
}

std::size_t common_prefix(std::string_view a, std::string_view b) {
  std::size_t n = 0;
  while (n < a.size() && n < b.size() && a[n] == b[n]) ++n;
  return n;
}

// 0 when the stems have nothing in common that counts.
float part_similarity(std::string_view a, std::string_view b) {
  const std::string_view shorter = a.size() <= b.size() ? a : b;
  const std::string_view longer = a.size() <= b.size() ? b : a;
  if (shorter.size() >= kMinPart && (longer.starts_with(shorter) || longer.ends_with(shorter))) {
    return kCompoundPart;
  }
  const std::size_t prefix = common_prefix(a, b);
  return prefix >= kMinPrefix && 3 * prefix >= 2 * shorter.size() ? kCommonPrefix : 0;
}

}  // namespace

std::string_view to_string(Feature feature) noexcept {
  return kNames[static_cast<std::size_t>(feature)];
}

Model::Model(const Pack& common) {
  const Table& table = common.table("claim_weights.tsv");
  for (const Row& row : table.rows()) {
    const std::string& name = row.cells[table.column("feature")];
    const double weight = std::strtod(row.cells[table.column("weight")].c_str(), nullptr);
    if (name == "also" || name == "join") {
      (name == "join" ? join_ : also_) = weight;
      continue;
    }
    const auto it = std::find(kNames.begin(), kNames.end(), name);
    if (it == kNames.end()) throw PackError(table.where(row) + ": unknown feature");
    weights_[static_cast<std::size_t>(it - kNames.begin())] = weight;
  }
}

double Model::probability(const Features& f) const noexcept {
  const double z = std::inner_product(f.begin(), f.end(), weights_.begin(), 0.0);
  return 1 / (1 + std::exp(-z));
}

SimilarityIndex::SimilarityIndex(const Dossier& dossier, const Vocabulary& vocabulary,
                                 std::span<const SentenceUnit> units)
    : dossier_(dossier), slots_(dossier), grams_(dossier, units), units_(units) {
  postings_.resize(vocabulary.entries().size());
  for (std::size_t u = 0; u < units_.size(); ++u) {
    for (const Term& t : units_[u].terms) postings_[t.id].push_back(static_cast<std::uint32_t>(u));
  }
  weigh();
  find_neighbours(vocabulary);
}

void SimilarityIndex::weigh() {
  const auto n = static_cast<double>(units_.size());
  const auto idf = [&](double df) { return static_cast<float>(std::log((n + 1) / (df + 0.5))); };
  max_weight_ = std::max(1.0, static_cast<double>(idf(1)));
  weight_.resize(postings_.size());
  for (std::size_t t = 0; t < postings_.size(); ++t) {
    if (!postings_[t].empty())
      weight_[t] = std::max(0.1F, idf(static_cast<double>(postings_[t].size())));
  }
  std::vector<std::uint32_t> df(dossier_.entities.size());
  for (const SentenceUnit& u : units_) {
    for (const std::uint32_t e : u.entities) ++df[e];
  }
  entity_weight_.resize(df.size());
  for (std::size_t e = 0; e < df.size(); ++e) entity_weight_[e] = std::max(0.1F, idf(df[e]));
  unit_weight_.reserve(units_.size());
  for (const SentenceUnit& u : units_) {
    double sum = 0;
    for (const Term& t : u.terms) sum += weight_[t.id];
    unit_weight_.push_back(sum);
  }
}

void SimilarityIndex::link(std::uint32_t a, std::uint32_t b, float similarity) {
  neighbours_[a].push_back({b, similarity});
  neighbours_[b].push_back({a, similarity});
}

void SimilarityIndex::find_neighbours(const Vocabulary& vocabulary) {
  const auto& entries = vocabulary.entries();
  neighbours_.resize(entries.size());
  std::map<std::int32_t, std::vector<std::uint32_t>> synonyms;
  std::map<std::pair<bool, std::string>, std::vector<std::uint32_t>> by_part;  // first: beginning?
  for (std::uint32_t t = 0; t < entries.size(); ++t) {
    if (postings_[t].empty() || entries[t].numeric) continue;
    for (const std::int32_t group : entries[t].synonyms) synonyms[group].push_back(t);
    const std::string& stem = entries[t].stem;
    if (stem.size() < kMinPart) continue;
    by_part[{true, stem.substr(0, kMinPart)}].push_back(t);
    by_part[{false, stem.substr(stem.size() - kMinPart)}].push_back(t);
  }
  for (const auto& [group, terms] : synonyms) {
    for (std::size_t i = 0; i < terms.size(); ++i) {
      for (std::size_t j = i + 1; j < terms.size(); ++j) link(terms[i], terms[j], kSynonym);
    }
  }
  for (const auto& [part, terms] : by_part) {
    const std::size_t n = std::min(terms.size(), kMaxBucket);
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = i + 1; j < n; ++j) {
        const float s = part_similarity(entries[terms[i]].stem, entries[terms[j]].stem);
        if (s > 0) link(terms[i], terms[j], s);
      }
    }
  }
  for (auto& list : neighbours_) {  // one entry a term, the best one
    std::sort(list.begin(), list.end(), [](const Neighbour& x, const Neighbour& y) {
      return x.term != y.term ? x.term < y.term : x.similarity > y.similarity;
    });
    list.erase(std::unique(list.begin(), list.end(),
                           [](const Neighbour& x, const Neighbour& y) { return x.term == y.term; }),
               list.end());
  }
}

double SimilarityIndex::best_match(const Term& term, const SentenceUnit& other) const {
  if (has_term(other, term.id)) return 1;
  double best = 0;
  for (const Neighbour& n : neighbours_[term.id]) {
    if (n.similarity > best && has_term(other, n.term)) best = n.similarity;
  }
  return best;
}

void SimilarityIndex::match_terms(const SentenceUnit& a, const SentenceUnit& b, Features& f) const {
  const double wa = unit_weight_[static_cast<std::size_t>(&a - units_.data())];
  const double wb = unit_weight_[static_cast<std::size_t>(&b - units_.data())];
  const SentenceUnit& light = wa <= wb ? a : b;
  const SentenceUnit& heavy = wa <= wb ? b : a;
  double matched_light = 0;
  double matched_heavy = 0;
  double exact = 0;
  double lower = 0;
  double lower_all = 0;
  double upper = 0;
  double upper_all = 0;
  double rarest = 0;
  int count = 0;
  for (const Term& t : light.terms) {
    const double w = weight_[t.id];
    const double m = best_match(t, heavy);
    matched_light += w * m;
    (t.upper ? upper_all : lower_all) += w;
    (t.upper ? upper : lower) += w * m;
    if (m > 0) ++count;
    if (m >= 1) {
      exact += w;
      rarest = std::max(rarest, w);
    }
  }
  for (const Term& t : heavy.terms) matched_heavy += weight_[t.id] * best_match(t, light);
  at(f, Feature::Containment) = ratio(matched_light, std::min(wa, wb));
  at(f, Feature::Dice) = ratio(matched_light + matched_heavy, wa + wb);
  at(f, Feature::Exact) = ratio(2 * exact, wa + wb);
  at(f, Feature::LowerCover) = ratio(lower, lower_all);
  at(f, Feature::UpperCover) = ratio(upper, upper_all);
  at(f, Feature::Rarest) = rarest / max_weight_;
  at(f, Feature::Matched) = std::log(1.0 + count) / std::log(16.0);
}

void SimilarityIndex::match_values(const SentenceUnit& a, const SentenceUnit& b,
                                   Features& f) const {
  const ValueMatch match = slots_.match(a, b);
  at(f, Feature::EqualValues) = match.equal > 0 ? 1 : 0;
  at(f, Feature::ClashingValues) = match.clashing > 0 ? 1 : 0;
  at(f, Feature::TellingValue) = match.telling >= kTellingPair ? 1 : 0;
  at(f, Feature::NearValue) = match.near ? 1 : 0;
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
  at(f, Feature::Context) = context(a, b);
}

Features SimilarityIndex::features(std::uint32_t ia, std::uint32_t ib) const {
  const SentenceUnit& a = units_[ia];
  const SentenceUnit& b = units_[ib];
  Features f{};
  at(f, Feature::Characters) = grams_.cosine(ia, ib);
  match_places(ia, ib, f);
  at(f, Feature::Bias) = 1;
  match_terms(a, b, f);
  match_values(a, b, f);
  at(f, Feature::Bigrams) =
      ratio(static_cast<double>(shared(a.bigrams, b.bigrams)),
            static_cast<double>(std::min(a.bigrams.size(), b.bigrams.size())));
  double common = 0;
  for (const std::uint32_t e : a.entities) {
    if (std::binary_search(b.entities.begin(), b.entities.end(), e)) common += entity_weight_[e];
  }
  const auto weight = [&](const SentenceUnit& u) {
    double sum = 0;
    for (const std::uint32_t e : u.entities) sum += entity_weight_[e];
    return sum;
  };
  at(f, Feature::Entities) = ratio(common, std::min(weight(a), weight(b)));
  at(f, Feature::LengthRatio) =
      ratio(static_cast<double>(std::min(a.terms.size(), b.terms.size())),
            static_cast<double>(std::max(a.terms.size(), b.terms.size())));
  const bool speech = a.speaker >= 0 && b.speaker >= 0;
  at(f, Feature::SameSpeaker) = speech && a.speaker == b.speaker ? 1 : 0;
  at(f, Feature::OtherSpeaker) = speech && a.speaker != b.speaker ? 1 : 0;
  at(f, Feature::Negation) = a.negated != b.negated ? 1 : 0;
  return f;
}

double SimilarityIndex::context(std::size_t a, std::size_t b) const {
  double best = 0;
  for (const int step : {-1, 1}) {
    const std::size_t x = a + static_cast<std::size_t>(step);
    const std::size_t y = b + static_cast<std::size_t>(step);
    if (x >= units_.size() || y >= units_.size()) continue;
    if (units_[x].article != units_[a].article || units_[y].article != units_[b].article) continue;
    double matched = 0;
    for (const Term& t : units_[x].terms) {
      if (has_term(units_[y], t.id)) matched += weight_[t.id];
    }
    best = std::max(best, ratio(2 * matched, unit_weight_[x] + unit_weight_[y]));
  }
  return best;
}

std::vector<Pair> SimilarityIndex::candidates() const {
  std::vector<Pair> out;
  std::vector<float> sum(units_.size());
  std::vector<float> current(units_.size());
  std::vector<std::uint32_t> touched;
  std::vector<std::uint32_t> seen;
  for (std::uint32_t a = 0; a < units_.size(); ++a) {
    touched.clear();
    const auto visit = [&](std::uint32_t term, float gain) {
      for (const std::uint32_t b : postings_[term]) {
        if (b <= a || units_[b].article == units_[a].article || gain <= current[b]) continue;
        if (current[b] == 0) seen.push_back(b);
        if (sum[b] == 0 && current[b] == 0) touched.push_back(b);
        current[b] = gain;
      }
    };
    for (const Term& t : units_[a].terms) {
      seen.clear();
      visit(t.id, weight_[t.id]);
      for (const Neighbour& n : neighbours_[t.id]) visit(n.term, weight_[t.id] * n.similarity);
      for (const std::uint32_t b : seen) {
        sum[b] += current[b];
        current[b] = 0;
      }
    }
    std::sort(touched.begin(), touched.end());
    touched.erase(std::unique(touched.begin(), touched.end()), touched.end());
    for (const std::uint32_t b : touched) {
      const double lighter = std::min(unit_weight_[a], unit_weight_[b]);
      const bool lead = units_[a].position < kLead && units_[b].position < kLead;
      if (lead || (sum[b] >= kMinContainment * lighter && grams_.cosine(a, b) >= kMinCharacters)) {
        out.push_back({a, b, 0, features(a, b)});
      }
      sum[b] = 0;
    }
  }
  add_value_pairs(out);
  return out;
}

void SimilarityIndex::add_value_pairs(std::vector<Pair>& pairs) const {
  const auto before = [](const Pair& x, const Pair& y) {
    return x.a != y.a ? x.a < y.a : x.b < y.b;
  };
  std::vector<std::uint32_t> valued;
  for (std::uint32_t u = 0; u < units_.size(); ++u) {
    if (slots_.specific(units_[u])) valued.push_back(u);
  }
  if (valued.size() > kMaxValued) return;
  std::vector<Pair> more;
  for (std::size_t i = 0; i < valued.size(); ++i) {
    for (std::size_t j = i + 1; j < valued.size(); ++j) {
      const std::uint32_t a = valued[i];
      const std::uint32_t b = valued[j];
      if (units_[a].article == units_[b].article) continue;
      if (std::binary_search(pairs.begin(), pairs.end(), Pair{a, b, 0, {}}, before)) continue;
      const ValueMatch match = slots_.match_telling(units_[a], units_[b]);
      if (!match.near && match.telling < kTellingPair) continue;
      more.push_back({a, b, 0, features(a, b)});
    }
  }
  pairs.insert(pairs.end(), more.begin(), more.end());
  std::sort(pairs.begin(), pairs.end(), before);
}

}  // namespace twosource::claim
