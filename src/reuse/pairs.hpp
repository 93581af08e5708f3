#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "article/dossier.hpp"
#include "reuse/shingles.hpp"

namespace twosource::reuse {

// A pair is kept when it shares kMinShared shingles that are no templates and these are
// kMinContainment of the smaller text's, or when one passage has kLongPassage equal words (an
// agency paragraph inside two long texts of one's own). A house that reuses its own text (embeds,
// background paragraphs) tells nothing about origins, so inside a house kWithinContainment is
// asked. Measured on press_reuse_de, dev half (between outlets P/R, within
// P/R): 97.9/100, 99.3/100; with kLongPassage 40 and one threshold for both 89.0/100, 73.7/100.
inline constexpr std::size_t kMinShared = 8;
inline constexpr double kMinContainment = 0.1;
inline constexpr double kWithinContainment = 0.2;
inline constexpr std::uint32_t kLongPassage = 75;
// Two texts under one URL are versions of one article from this containment on; below it the URL
// is a front page or a channel that changes its content.
inline constexpr double kVersionContainment = 0.2;

// All pairs of articles that share copy, a < b, sorted. `order` names the articles in canonical
// order and decides nothing but which of two equal texts is looked at first.
[[nodiscard]] std::vector<CopyPair> find_pairs(std::span<const Article> articles,
                                               std::span<const std::uint32_t> order);

// A URL as identity: without scheme, "www.", fragment, tracking parameters and final slash.
[[nodiscard]] std::string url_key(std::string_view url);

}  // namespace twosource::reuse
