#pragma once

#include <vector>

#include "article/dossier.hpp"

namespace twosource::report {

// A piece of a sentence that is copied or quoted throughout, or neither.
struct Segment {
  Span span;
  bool copied = false;
  bool quoted = false;
};

// Sorts the spans and joins those that touch.
void merge_spans(std::vector<Span>& spans);
// Disjoint segments that cover `sentence`, in order. Both lists as merge_spans leaves them.
[[nodiscard]] std::vector<Segment> segments_of(Span sentence, const std::vector<Span>& copied,
                                               const std::vector<Span>& quoted);

// Where the articles of a dossier are copied and quoted, for marking it in their texts.
class PassageIndex {
 public:
  explicit PassageIndex(const Dossier& dossier);
  // Disjoint segments that cover `sentence`, in order.
  [[nodiscard]] std::vector<Segment> segments(std::uint32_t article, Span sentence) const;

 private:
  std::vector<std::vector<Span>> copied_;  // by article, merged, sorted
  std::vector<std::vector<Span>> quoted_;  // direct speech
};

}  // namespace twosource::report
