#include "claim/grams.hpp"

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "text/utf8.hpp"

namespace twosource::claim {
namespace {

constexpr std::size_t kGram = 4;
constexpr unsigned kCodePointBits = 16;  // higher planes fold into the lowest: no harm here

// Lower-case words and numbers with single blanks between and around them, as code points.
std::u32string plain_text(const Article& a, std::uint32_t sentence) {
  std::u32string out(1, U' ');
  const Sentence& s = a.tokens.sentences[sentence];
  for (std::uint32_t t = s.first_token; t < s.last_token; ++t) {
    const TokenKind kind = a.tokens.tokens[t].kind;
    if (kind != TokenKind::Word && kind != TokenKind::Number) continue;
    const std::string_view lower = a.tokens.lower(t);
    for (std::size_t at = 0; at < lower.size();) {
      const char32_t c = utf8::decode(lower, at);
      const bool part = utf8::is_letter(c) || utf8::is_digit(c);
      if (part || out.back() != U' ') out.push_back(part ? c : U' ');
    }
    if (out.back() != U' ') out.push_back(U' ');
  }
  return out;
}

}  // namespace

GramIndex::GramIndex(const Dossier& dossier, std::span<const SentenceUnit> units) {
  std::unordered_map<std::uint64_t, std::uint32_t> ids;
  std::vector<std::uint32_t> list;
  first_.reserve(units.size() + 1);
  for (const SentenceUnit& u : units) {
    first_.push_back(grams_.size());
    const std::u32string text = plain_text(dossier.articles[u.article], u.sentence);
    list.clear();
    std::uint64_t key = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
      key = (key << kCodePointBits) | (text[i] & 0xFFFFU);
      if (i + 1 < kGram) continue;
      list.push_back(ids.try_emplace(key, static_cast<std::uint32_t>(ids.size())).first->second);
    }
    std::sort(list.begin(), list.end());
    for (auto it = list.begin(); it != list.end();) {
      const auto next = std::upper_bound(it, list.end(), *it);
      grams_.push_back({*it, 1 + std::log(static_cast<float>(next - it))});
      it = next;
    }
  }
  first_.push_back(grams_.size());
  size_ = ids.size();
  weigh(ids.size());
  centralise(ids.size());
}

void GramIndex::weigh(std::size_t grams) {
  std::vector<std::uint32_t> df(grams);
  for (const Gram& g : grams_) ++df[g.id];
  const auto n = static_cast<float>(first_.size());
  std::vector<float> idf(grams);
  for (std::size_t g = 0; g < grams; ++g) idf[g] = std::log(n / (static_cast<float>(df[g]) + 0.5F));
  for (std::size_t u = 0; u + 1 < first_.size(); ++u) {
    double square = 0;
    for (std::size_t g = first_[u]; g < first_[u + 1]; ++g) {
      grams_[g].weight *= std::max(0.0F, idf[grams_[g].id]);
      square += static_cast<double>(grams_[g].weight) * grams_[g].weight;
    }
    if (square <= 0) continue;
    const auto scale = static_cast<float>(1 / std::sqrt(square));
    for (std::size_t g = first_[u]; g < first_[u + 1]; ++g) grams_[g].weight *= scale;
  }
}

void GramIndex::centralise(std::size_t grams) {
  std::vector<double> sum(grams);
  for (const Gram& g : grams_) sum[g.id] += g.weight;
  double square = 0;
  for (const double x : sum) square += x * x;
  const double length = square > 0 ? std::sqrt(square) : 1;
  for (std::size_t u = 0; u + 1 < first_.size(); ++u) {
    double dot = 0;
    for (const Gram& g : of(u)) dot += sum[g.id] * g.weight;
    central_.push_back(dot / length);
  }
}

void GramIndex::spread(std::size_t unit, std::vector<float>& weights) const {
  weights.resize(size_);
  for (const Gram& g : of(unit)) weights[g.id] = g.weight;
}

void GramIndex::clear(std::size_t unit, std::vector<float>& weights) const {
  for (const Gram& g : of(unit)) weights[g.id] = 0;
}

double GramIndex::cosine_to(const std::vector<float>& weights, std::size_t unit) const {
  double dot = 0;
  for (const Gram& g : of(unit)) dot += static_cast<double>(weights[g.id]) * g.weight;
  return dot;
}

double GramIndex::cosine(std::size_t a, std::size_t b) const {
  const std::span<const Gram> xs = of(a);
  const std::span<const Gram> ys = of(b);
  double dot = 0;
  for (auto x = xs.begin(), y = ys.begin(); x != xs.end() && y != ys.end();) {
    if (x->id == y->id) dot += static_cast<double>(x->weight) * y->weight;
    const bool forward = x->id <= y->id;
    if (y->id <= x->id) ++y;
    if (forward) ++x;
  }
  return dot;
}

}  // namespace twosource::claim
