#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "article/corrections.hpp"
#include "article/dossier.hpp"
#include "claim/claim.hpp"
#include "reuse/credits.hpp"
#include "reuse/reuse.hpp"
#include "story/story.hpp"
#include "text/pack.hpp"

// A cell is what is cross-checked at once: the articles of one event, or of several that
// corrections tie together, and beside them the articles they share text with, which say where
// their sentences come from. Everything about people, dates, claims and quotations is found within
// it, so that an article concerns its own cell only, and what is found is a function of what is in
// the cell. A record of at most kStack articles is one cell, grouped as a stack that somebody
// handed over (story/kindred.hpp).
namespace twosource::desk {

inline constexpr std::size_t kStack = 24;  // story::kKindredStack

struct Cell {
  // In canonical order; with tokens, dates and groups as corrected.
  std::vector<Article> articles;
  std::vector<bool> own;  // of the cell; the others only share text with one of it
  // Every family that one of them is in, articles as places in `articles`, passages in words.
  std::vector<CopyFamily> families;
  std::vector<std::vector<std::uint32_t>> events;  // places in `articles`
  bool stack = false;                              // `events` are to be found
};

// What was found in a cell; ids last (text/short_id.hpp).
struct Findings {
  Dossier found;   // of the cell's own articles; without copies
  Dossier shared;  // the families whose first article is the cell's, with ids and texts of articles
  std::vector<std::string> families;  // ids of what sentence origins number
  std::vector<std::string> ties;      // of each event, as bytes (story/ties.hpp)
};

// Cross-checks cells. Const after construction, for all threads.
class Checker {
 public:
  Checker(const PackSet& packs, const claim::Options& options);
  [[nodiscard]] Findings check(Cell cell, std::span<const Correction> corrections) const;

 private:
  const PackSet& packs_;
  claim::Options options_;
  reuse::Credits credits_;
  story::Tables tables_;
  claim::Checker claims_;
};

}  // namespace twosource::desk
