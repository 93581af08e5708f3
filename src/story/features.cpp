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
  const double least = std::max(1.0, kUnseen * scale_);
  const double n = static_cast<double>(articles_) * scale_;
  for (const Term& t : signature.terms) {
    const auto it = terms_.find(t.term);
    const Known known = it == terms_.end() ? Known{} : it->second;
    const double rate = std::max(known.rate, t.rate) / kRateUnit;
    const double held = std::max(least, static_cast<double>(known.holders) * scale_);
    const double idf =
        std::log(1 + (n + kBackgroundArticles) / (held + kBackgroundArticles * rate));
    const double frequency = std::max(1.0, t.frequency / kFrequencyUnit);
    out.emplace_back(t.term, static_cast<float>((1 + std::log(frequency)) * idf));
  }
  normalise(out);
  if (n <= most_) return out;
  std::erase_if(out, [&](const auto& item) {
    const auto it = terms_.find(item.first);
    return it != terms_.end() && std::uint64_t{it->second.holders} * scale_ > most_;
  });
  return out;
}

}  // namespace twosource::story
