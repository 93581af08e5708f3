#pragma once

#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "annotate/name/features.hpp"
#include "annotate/name/memo.hpp"
#include "annotate/name/viterbi.hpp"

namespace twosource::annotate::name {

[[nodiscard]] std::vector<NameSpan> spans_of(const TokenLayer& layer,
                                             const std::vector<std::uint8_t>& labels);

// A trained linear-chain CRF (crf.hpp) over hashed features, weights quantised to a byte. File:
// "TSNM", then little-endian u32 version (2), bits, labels; i32 transitions [labels][labels]; i8
// weights [2^bits][labels - 1]: what every other label gains over "outside". Const, thread-safe;
// what frequent words add is kept from text to text (memo.hpp), a memo for each run at a time.
class Model {
 public:
  // No model when `bytes` is empty; throws PackError when they are not such a file.
  explicit Model(std::string_view bytes);
  [[nodiscard]] bool empty() const noexcept { return weights_ == nullptr; }
  [[nodiscard]] std::vector<NameSpan> run(const View& view,
                                          const std::vector<NameSpan>& rules) const;

  struct Weights {
    std::uint32_t bits = 17;
    Viterbi::Transitions transition{};
    std::vector<std::int8_t> rows;  // [2^bits][kLabels - 1]
  };
  [[nodiscard]] static std::string serialise(const Weights& weights);

 private:
  static constexpr std::size_t kRow = kLabels - 1;
  using Row [[gnu::vector_size(8)]] = std::int8_t;
  struct Free {
    void operator()(Row* rows) const noexcept { std::free(rows); }
  };
  using Rows = std::unique_ptr<Row, Free>;
  class Scorer;
  [[nodiscard]] static Rows allocate_rows(std::size_t rows);
  std::uint32_t mask_ = 0;
  Viterbi::Transitions transition_{};
  Rows weights_;
  mutable MemoPool memos_;
};

}  // namespace twosource::annotate::name
