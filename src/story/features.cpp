#include "story/features.hpp"

#include <algorithm>
#include <cmath>

namespace twosource::story {
namespace {

void normalise(SparseVector& v) {
  double sum = 0;
  for (const auto& [term, w] : v) sum += static_cast<double>(w) * static_cast<double>(w);
  if (sum <= 0) return;
  const float scale = static_cast<float>(1 / std::sqrt(sum));
  for (auto& [term, w] : v) w *= scale;
}

}  // namespace

void Frequencies::add(const Signature& signature) {
  ++articles_;
  for (const Term& t : signature.terms) {
    Known& known = terms_[t.term];
    ++known.holders;
    known.rate = std::max(known.rate, t.rate);
  }
}

SparseVector Frequencies::weigh(const Signature& signature) const {
  SparseVector out;
  out.reserve(signature.terms.size());
  const double n = static_cast<double>(articles_);
  for (const Term& t : signature.terms) {
    const Known& known = terms_.at(t.term);
    const double rate = known.rate / kRateUnit;
    const double holders = known.holders + kBackgroundArticles * rate;
    const double idf = std::log(1 + (n + kBackgroundArticles) / holders);
    const double frequency = std::max(1.0, t.frequency / kFrequencyUnit);
    out.emplace_back(t.term, static_cast<float>((1 + std::log(frequency)) * idf));
  }
  normalise(out);
  return out;
}

}  // namespace twosource::story
