#include "claim/similarity.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace twosource::claim {
namespace {

constexpr auto kNames = std::to_array<std::string_view>(
    {"bias",          "containment",  "dice",          "exact",        "lower_cover",
     "upper_cover",   "bigrams",      "entities",      "equal_values", "clashing_values",
     "rarest",        "matched",      "length_ratio",  "same_speaker", "other_speaker",
     "negation",      "context",      "telling_value", "near_value",   "same_thing",
     "close_figures", "characters",   "earlier",       "later",        "both_lead",
     "headline_lead", "less_central", "more_central"});
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
    : dossier_(dossier), slots_(dossier, units), grams_(dossier, units), units_(units) {
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
    double who = 0;
    for (const std::uint32_t e : u.entities) who += entity_weight_[e];
    who_weight_.push_back(who);
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

}  // namespace twosource::claim
