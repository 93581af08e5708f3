#include "annotate/name/crf.hpp"

#include <algorithm>
#include <cmath>
#include <iostream>
#include <numeric>
#include <random>

namespace twosource::annotate::name {
namespace {

using Row = std::array<float, kLabels>;
constexpr std::size_t kWidth = kLabels - 1;  // "outside" has no weights

// Weights of a feature and the sums of their squared gradients, on one cache line.
struct alignas(64) Slot {
  std::array<float, kWidth> w{};
  std::array<float, kWidth> g{};
};
class Crf {
 public:
  explicit Crf(const CrfOptions& o)
      : o_(o),
        mask_((1U << o.bits) - 1U),
        w_(std::size_t{4} << o.bits),
        sum_(std::size_t{1} << o.bits) {
    for (Row& r : tg_) r.fill(0);
  }

  void train(const std::vector<const Example*>& examples) {
    std::vector<std::size_t> order(examples.size());
    std::iota(order.begin(), order.end(), 0U);
    std::mt19937 random(1);
    for (int round = 0; round < o_.rounds; ++round) {
      for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[random() % i]);
      double loss = 0;
      for (const std::size_t i : order) loss += learn(*examples[i]);
      std::cerr << "round " << round + 1 << ": loss " << loss << "\n";
      if (2 * (round + 1) > o_.rounds) add_to_sum();
    }
  }

  [[nodiscard]] Model::Weights result() const;

 private:
  void add_to_sum() {
    for (std::size_t r = 0; r < sum_.size(); ++r) {
      for (std::size_t l = 0; l < kWidth; ++l) sum_[r][l] += w_[r].w[l];
    }
    for (std::size_t a = 0; a < kLabels; ++a) {
      for (std::size_t b = 0; b < kLabels; ++b) tsum_[a][b] += t_[a][b];
    }
    ++sums_;
  }

  // Forward and backward over tokens [from, to), which lie between tokens that are outside; adds
  // `sign` times the expected counts. Potentials are scaled at each token.
  double lattice(const std::vector<std::uint32_t>& masks, std::size_t from, std::size_t to,
                 float sign) {
    double z = 0;
    Row last{};
    last[0] = 1;
    for (std::size_t t = from; t < to; ++t) {
      Row& f = forward_[t];
      f.fill(0);
      float sum = 0;
      for (std::size_t b = 0; b < kLabels; ++b) {
        if ((masks[t] & (1U << b)) == 0) continue;
        float v = 0;
        const bool inside = b > 0 && b % 2 == 0;
        for (std::size_t a = inside ? b - 1 : 0; a < (inside ? b + 1 : kLabels); ++a) {
          v += last[a] * exp_t_[a][b];
        }
        f[b] = v * scores_[t][b];
        sum += f[b];
      }
      scale_[t] = 1.0F / std::max(sum, 1e-30F);
      for (float& v : f) v *= scale_[t];
      z -= std::log(scale_[t]);
      last = f;
    }
    float end = 0;  // the next token, or the end, is outside
    for (std::size_t a = 0; a < kLabels; ++a) end += last[a] * exp_t_[a][0];
    z += std::log(std::max(end, 1e-30F));
    Row back{};
    for (std::size_t a = 0; a < kLabels; ++a) {
      back[a] = exp_t_[a][0] / std::max(end, 1e-30F);
      tgrad_[a][0] += sign * last[a] * back[a];
    }
    for (std::size_t t = to; t-- > from;) {
      Row before{};
      if (t > from)
        before = forward_[t - 1];
      else
        before[0] = 1;
      Row next{};
      for (std::size_t b = 0; b < kLabels; ++b) {
        if ((masks[t] & (1U << b)) == 0) continue;
        expected_[t][b] += sign * forward_[t][b] * back[b];
        const float here = scores_[t][b] * back[b] * scale_[t];
        const bool inside = b > 0 && b % 2 == 0;
        for (std::size_t a = inside ? b - 1 : 0; a < (inside ? b + 1 : kLabels); ++a) {
          const float v = exp_t_[a][b] * here;
          next[a] += v;
          tgrad_[a][b] += sign * before[a] * v;
        }
      }
      back = next;
    }
    return z;
  }

  double learn(const Example& e) {
    const std::size_t n = e.features.size();
    if (n == 0 ||
        std::all_of(e.allowed.begin(), e.allowed.end(), [](std::uint32_t m) { return m == 1U; }))
      return 0;
    scores_.resize(n);
    forward_.resize(n);
    scale_.resize(n);
    expected_.assign(n, Row{});
    kept_.resize(n);
    for (Row& r : tgrad_) r.fill(0);
    for (std::size_t x = 0; x < kLabels; ++x) {
      for (std::size_t y = 0; y < kLabels; ++y) exp_t_[x][y] = std::exp(t_[x][y]);
    }
    for (std::size_t t = 0; t < n; ++t) score(e, t);
    double loss = 0;
    for (std::size_t t = 0; t < n;) {
      std::size_t to = t;
      while (to < n && e.allowed[to] != 1U) ++to;
      if (to > t) loss += lattice(e.allowed, t, to, 1) - lattice(e.gold, t, to, -1);
      t = to + 1;
    }
    for (std::size_t t = 0; t < n; ++t) {
      std::array<float, kWidth> g;
      float size = 0;
      for (std::size_t l = 0; l < kWidth; ++l) {
        g[l] = expected_[t][l + 1] * e.weight * gain_;
        size += std::abs(g[l]);
      }
      if (size < 1e-2F) continue;
      for (const std::uint32_t f : kept_[t]) {
        Slot& slot = w_[f];
        for (std::size_t l = 0; l < kWidth; ++l) step(slot.w[l], slot.g[l], g[l]);
      }
    }
    for (std::size_t a = 0; a < kLabels; ++a) {
      for (std::size_t b = 0; b < kLabels; ++b) step(t_[a][b], tg_[a][b], tgrad_[a][b] * e.weight);
    }
    return loss;
  }

  void score(const Example& e, std::size_t t) {
    kept_[t].clear();
    if (e.allowed[t] == 1U) return;
    for (const std::uint32_t f : e.features[t]) {
      if (random_() < drop_below_) continue;
      kept_[t].push_back((f & kApart) != 0 ? 2 * (mask_ + 1) + (f & (2 * mask_ + 1)) : f & mask_);
    }
    Row& s = scores_[t];
    s.fill(0);
    for (const std::uint32_t f : kept_[t]) {
      for (std::size_t l = 0; l < kWidth; ++l) s[l + 1] += w_[f].w[l];
    }
    for (std::size_t l = 0; l < kLabels; ++l)
      s[l] = std::exp(std::clamp(s[l] * gain_, -30.0F, 30.0F));
  }

  void step(float& w, float& squares, float gradient) const {
    gradient += o_.l2 * w;
    squares += gradient * gradient;
    w -= o_.rate * gradient / (std::sqrt(squares) + 1e-3F);
  }

  CrfOptions o_;
  std::uint32_t mask_;
  std::mt19937 random_{7};
  // 2^32 times the share of features left out in an update; what the others then count more.
  std::uint64_t drop_below_ = static_cast<std::uint64_t>(o_.drop * 4294967296.0);
  float gain_ = 1.0F / (1.0F - o_.drop);
  std::vector<Slot> w_;  // 2^bits rows of the model; from the second half on, those learnt apart
  std::vector<std::array<float, kWidth>> sum_;
  std::array<Row, kLabels> t_{};
  std::array<Row, kLabels> tg_{};
  std::array<Row, kLabels> tsum_{};
  std::array<Row, kLabels> tgrad_{};
  int sums_ = 0;
  std::vector<Row> scores_, expected_, forward_;
  std::vector<float> scale_;
  std::array<Row, kLabels> exp_t_{};
  std::vector<std::vector<std::uint32_t>> kept_;
};

Model::Weights Crf::result() const {
  Model::Weights out;
  out.bits = o_.bits;
  const float bias = o_.bias * static_cast<float>(sums_);
  std::vector<float> sizes;
  for (const auto& r : sum_) {
    for (const float v : r) sizes.push_back(std::abs(v));
  }
  // A byte holds all but the largest weights exactly enough: one in 20,000 is clipped.
  const std::size_t cut = sizes.size() - sizes.size() / 20'000 - 1;
  std::nth_element(sizes.begin(), sizes.begin() + static_cast<std::ptrdiff_t>(cut), sizes.end());
  const float scale = 127.0F / std::max(sizes[cut], 1e-9F);
  std::cerr << "units a nat: " << scale * static_cast<float>(sums_) << "\n";
  for (const auto& r : sum_) {
    for (const float v : r) {
      out.rows.push_back(static_cast<std::int8_t>(std::clamp(std::lround(v * scale), -127L, 127L)));
    }
  }
  for (std::size_t a = 0; a < kLabels; ++a) {
    for (std::size_t b = 0; b < kLabels; ++b) {
      out.transition[a][b] =
          static_cast<std::int32_t>(std::lround((tsum_[a][b] + (b % 2 == 1 ? bias : 0)) * scale));
    }
  }
  return out;
}

}  // namespace

Model::Weights train_crf(const std::vector<const Example*>& examples, const CrfOptions& options) {
  Crf crf(options);
  crf.train(examples);
  return crf.result();
}

}  // namespace twosource::annotate::name
