#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "clean/flat_lines.hpp"
#include "text/pack.hpp"

namespace twosource::clean {

// Longer lines are no captions, even before a photo credit.
inline constexpr std::uint32_t kCaptionWords = 48;

// What a line is in the sequence of lines.
enum class LineLabel : std::uint8_t {
  Before,   // furniture before the article
  Teaser,   // text before the furniture that follows a headline
  HeadGap,  // byline, date, share buttons between teaser and text
  Text,
  Subhead,
  Gap,      // furniture inside the article
  Related,  // the same behind a line that announces other articles
  Again,    // article text behind such a stretch
  AgainSubhead,
  After,  // furniture behind the article
};
inline constexpr std::size_t kLineLabels = 10;

[[nodiscard]] constexpr bool is_kept(LineLabel label) noexcept {
  return label == LineLabel::Teaser || label == LineLabel::Text || label == LineLabel::Subhead ||
         label == LineLabel::Again || label == LineLabel::AgainSubhead;
}

// Labels lines by the cheapest path through a small state machine (Viterbi): evidence of each line
// by hand-set weights, costs of passing from one kind of line to another. The weights are data:
// lang/common/line_model.tsv, with the word on what they were tuned. Const, thread-safe, linear.
class LineModel {
 public:
  explicit LineModel(const PackSet& packs);
  [[nodiscard]] std::vector<LineLabel> label(const LineTable& table) const;

  // Evidence for text and for a subhead that a line gives, its neighbours included (for `explain`
  // and tests). Requires at < table.lines.size().
  [[nodiscard]] float body_score(const LineTable& table, std::size_t at) const;
  [[nodiscard]] float sub_score(const LineTable& table, std::size_t at) const;

 private:
  enum class Feature : std::uint8_t;
  [[nodiscard]] float w(Feature feature) const {
    return weights_[static_cast<std::size_t>(feature)];
  }
  [[nodiscard]] float length_score(const LineFacts& line) const;
  [[nodiscard]] float own_kind(const LineFacts& line) const;
  [[nodiscard]] float style_score(const LineFacts& line) const;
  [[nodiscard]] float neighbour_score(const LineTable& table, std::size_t at) const;
  [[nodiscard]] std::array<float, kLineLabels> emissions(const LineTable& table, std::size_t at,
                                                         bool quiet) const;
  [[nodiscard]] float move(LineLabel from, LineLabel to) const;

  std::vector<float> weights_;
};

}  // namespace twosource::clean
