#include "annotate/name/model.hpp"

#include <sys/mman.h>

#include <algorithm>
#include <bit>
#include <cstdlib>
#include <cstring>
#include <new>
#include <span>

#include "text/utf8.hpp"

namespace twosource::annotate::name {
namespace {

constexpr std::string_view kMagic = "TSNM";
constexpr std::uint32_t kVersion = 2;
constexpr std::size_t kHeader = 16;
// How far an open name may lie behind "outside" and still be followed, in weight units.
// Odds of 1 : 17 at the 212 units a nat of either model; measured with an earlier German one (193
// units): names of 600 press articles as with twice the margin, GermEval 2014 (development half,
// seen in training) 95.0 instead of 95.1.
constexpr std::int16_t kMargin = 600;

std::uint32_t read_u32(std::string_view bytes, std::size_t at) {
  std::uint32_t v = 0;
  for (std::size_t k = 0; k < 4; ++k) {
    v |= static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[at + k])) << (8U * k);
  }
  return v;
}

void write_u32(std::string& out, std::uint32_t v) {
  for (std::size_t k = 0; k < 4; ++k) out.push_back(static_cast<char>((v >> (8U * k)) & 0xFFU));
}

}  // namespace

std::vector<NameSpan> spans_of(const TokenLayer& layer, const std::vector<std::uint8_t>& labels) {
  std::vector<NameSpan> spans;
  for (std::uint32_t i = 0; i < labels.size();) {
    if (labels[i] == 0) {
      ++i;
      continue;
    }
    const unsigned type = (labels[i] - 1U) / 2U;
    std::uint32_t end = i + 1;
    while (end < labels.size() && labels[end] == 2 * type + 2 &&
           layer.tokens[end].sentence == layer.tokens[i].sentence) {
      ++end;
    }
    spans.push_back({i, end, static_cast<EntityType>(type)});
    i = end;
  }
  return spans;
}

// Scoring is look-ups all over the table: on pages of 2 MB where the system grants them.
Model::Rows Model::allocate_rows(std::size_t rows) {
  constexpr std::size_t kHuge = std::size_t{1} << 21U;
  const std::size_t size = (rows * sizeof(Row) + kHuge - 1) / kHuge * kHuge;
  void* memory = std::aligned_alloc(kHuge, size);
  if (memory == nullptr) throw std::bad_alloc();
#ifdef MADV_HUGEPAGE
  madvise(memory, size, MADV_HUGEPAGE);
#endif
  return Rows(static_cast<Row*>(memory));
}

Model::Model(std::string_view bytes) {
  if (bytes.empty()) return;
  if (bytes.size() < kHeader || bytes.substr(0, 4) != kMagic || read_u32(bytes, 4) != kVersion ||
      read_u32(bytes, 8) > 22 || read_u32(bytes, 12) != kLabels) {
    throw PackError("names.model: not a name model of this version");
  }
  const std::size_t rows = std::size_t{1} << read_u32(bytes, 8);
  constexpr std::size_t kTransitions = kLabels * kLabels * 4;
  if (bytes.size() != kHeader + kTransitions + rows * kRow) {
    throw PackError("names.model: the file is cut off");
  }
  std::size_t at = kHeader;
  for (auto& row : transition_) {
    for (std::int32_t& w : row) {
      w = static_cast<std::int32_t>(read_u32(bytes, at));
      if (std::abs(static_cast<std::int64_t>(w)) > Viterbi::kMostTransition)
        throw PackError("names.model: a transition out of range");
      at += 4;
    }
  }
  mask_ = static_cast<std::uint32_t>(rows - 1);
  weights_ = allocate_rows(rows);
  std::memcpy(weights_.get(), bytes.data() + at, rows * kRow);
}

std::string Model::serialise(const Weights& w) {
  std::string out(kMagic);
  write_u32(out, kVersion);
  write_u32(out, w.bits);
  write_u32(out, kLabels);
  for (const auto& row : w.transition) {
    for (const std::int32_t v : row) write_u32(out, static_cast<std::uint32_t>(v));
  }
  out.append(reinterpret_cast<const char*>(w.rows.data()), w.rows.size());
  return out;
}

// Scores what a distinct word adds at a place, once a text or, for a frequent one, once for many.
class Model::Scorer {
 public:
  using Sum = WordFacts::Sum;
  static_assert((kSelfFeatures + kPairFeatures + 14) * 127 < Viterbi::kMostScore);
  Scorer(const Model& model, Features& features) : model_(model), features_(features) {}

  Sum operator()(std::size_t i) {
    const std::size_t pairs = features_.of_pairs(i, pairs_);
    Sum sum{};
    collect(std::span(pairs_).first(pairs), sum);
    for (std::size_t k = 0; k < kSeats; ++k)
      sum += word(features_.word_at(i, static_cast<Seat>(k)), k);
    return sum;
  }

 private:
  template <class List>
  void collect(const List& features, Sum& sum) const {
    for (const std::uint32_t f : features) sum += widen(model_.weights_.get()[f & model_.mask_]);
  }

  // Every byte twice in its number, shifted down with its sign: two instructions of SSE2, where
  // __builtin_convertvector takes six.
  static Sum widen(Row row) {
    using Bytes [[gnu::vector_size(16)]] = std::int8_t;
    const Bytes twice =
        __builtin_shufflevector(row, row, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7);
    return std::bit_cast<Sum>(twice) >> 8;
  }

  const Sum& word(std::uint32_t word, std::size_t seat) {
    WordFacts& facts = features_.word(word);
    if ((facts.summed & (1U << seat)) == 0) {
      row_.clear();
      features_.of_word(word, static_cast<Seat>(seat), row_);
      Sum sum{};
      collect(row_, sum);
      facts.sums[seat] = sum;
      facts.summed = static_cast<std::uint8_t>(facts.summed | (1U << seat));
    }
    return facts.sums[seat];
  }

  const Model& model_;
  Features& features_;
  std::vector<std::uint32_t> row_;
  std::array<std::uint32_t, kPairFeatures> pairs_{};
};

std::vector<NameSpan> Model::run(const View& view, const std::vector<NameSpan>& rules) const {
  const MemoPool::Lease memo = memos_.lease();
  Features features(view, rules, &*memo);
  std::vector<std::uint8_t> labels(view.marks.size(), 0);
  Scorer score(*this, features);
  const auto allowed = [&](std::size_t i) { return features.allowed(i); };
  Viterbi viterbi(transition_, kMargin);
  for (const Sentence& s : view.layer.sentences) {
    viterbi.run(s.first_token, s.last_token, score, allowed, labels);
  }
  features.remember(*memo);
  return spans_of(view.layer, labels);
}

}  // namespace twosource::annotate::name
