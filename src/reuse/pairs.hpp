#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "article/dossier.hpp"
#include "reuse/holders.hpp"

namespace twosource::reuse {

// A pair is kept when it shares kMinShared shingles that are no templates and these are
// kMinContainment of the smaller text's, or when one passage has kLongPassage equal words (an
// agency paragraph inside two long texts of one's own). A house that reuses its own text (embeds,
// background paragraphs) tells nothing about origins, so inside a house kWithinContainment is
// asked. Two houses that share fewer than kMinShared shingles outside the direct speech of both
// have quoted somebody alike and copied nothing. Measured on press_reuse_de, dev half (between
// outlets P/R, within P/R): 99.4/100, 99.3/100; with kLongPassage 40 and one threshold for
// both 89.0/100, 73.7/100.
inline constexpr std::size_t kMinShared = 8;
inline constexpr double kMinContainment = 0.1;
inline constexpr double kWithinContainment = 0.2;
inline constexpr std::uint32_t kLongPassage = 75;
// Two texts under one URL are versions of one article from this containment on; below it the URL
// is a front page or a channel that changes its content.
inline constexpr double kVersionContainment = 0.2;

// A text made ready for comparing it with many.
struct Prepared {
  explicit Prepared(const Held& held);
  const Held* held;
  ShingledText text;
  std::uint64_t bound = 0;  // indexed are the shingles up to this
  double told = 0;          // shingles that are no templates, estimated from those indexed

  [[nodiscard]] bool indexed(std::uint64_t shingle) const { return shingle <= bound; }
  [[nodiscard]] bool indexed_all() const { return text.set.size() <= kSketchAll; }
  [[nodiscard]] bool is_template(std::uint64_t shingle) const;
};

// Compares two texts, `a` before `b` in canonical order: fills containment, revision, original (-1
// unclear, 0 the first, 1 the second) and passages, whose spans count words; false when the two
// share too little. Linear in the texts.
[[nodiscard]] bool compare(const Prepared& a, const Prepared& b, CopyPair& pair);

// A URL as identity: without scheme, "www.", fragment, tracking parameters and final slash.
[[nodiscard]] std::string url_key(std::string_view url);

}  // namespace twosource::reuse
