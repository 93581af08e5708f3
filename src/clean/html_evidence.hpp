#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "clean/html_blocks.hpp"
#include "text/hash_map.hpp"

// What speaks for a block from outside it: the container that holds the article, and the article's
// body as the page's structured data give it.
namespace twosource::clean {

// Running text: ten words and a sentence, and no list of links.
[[nodiscard]] inline bool is_running(const Block& b) {
  return b.words >= 10 && b.sentences > 0 && b.link_share < 0.4F;
}

// Did the words of class settle it as furniture?
[[nodiscard]] inline bool settled_out(const Block& b) {
  return is_furniture(b.role.role) && b.role.weight == 3;
}

// Share of a container's running text that one child must hold for the search for the article's
// root to go down into it. 0.7–0.9 give the same on the development halves (within 0.2 points F1).
inline constexpr double kDominates = 0.8;

// Root of the article: from the top, down into the child that holds nearly all running text.
class RootFinder {
 public:
  RootFinder(const dom::Document& doc, const Page& page) : doc_(doc), mass_(doc.size() + 1, 0) {
    for (const Block& b : page.blocks) {
      if (!is_running(b) || (is_furniture(b.role.role) && b.role.weight >= 2)) continue;
      mass_[b.node + 1] += static_cast<double>(b.words) * (b.role.role == HtmlRole::Body ? 1.3 : 1);
    }
    for (std::size_t i = 1; i < mass_.size(); ++i) mass_[i] += mass_[i - 1];
  }

  [[nodiscard]] std::size_t find() const {
    std::size_t at = 0;
    while (at < doc_.size()) {
      const std::size_t child = best_child(at);
      if (child == 0 || inside(child) < kDominates * inside(at)) return at;
      at = child;
    }
    return 0;
  }
  [[nodiscard]] double inside(std::size_t node) const {
    return mass_[doc_[node].end] - mass_[node];
  }

 private:
  [[nodiscard]] std::size_t best_child(std::size_t node) const {
    std::size_t best = 0;
    for (std::size_t i = node + 1; i < doc_[node].end; i = doc_[i].end) {
      if (!dom::is_block(doc_[i].tag) && doc_[i].tag != dom::Tag::Inline) continue;
      const bool paragraph = doc_[i].tag == dom::Tag::P || doc_[i].tag == dom::Tag::Li;
      if (!paragraph && (best == 0 || inside(i) > inside(best))) best = i;
    }
    return best != 0 && inside(best) > 0 ? best : 0;
  }

  const dom::Document& doc_;
  std::vector<double> mass_;  // running words before a node
};

// Runs of three words of the page's own articleBody.
class BodyEvidence {
 public:
  explicit BodyEvidence(std::string_view body) {
    const std::string words = comparable(body);
    for_runs(words, [this](std::uint64_t h) { runs_.insert(h); });
    words_ = static_cast<std::size_t>(std::count(words.begin(), words.end(), ' '));
  }
  [[nodiscard]] bool usable() const { return words_ >= 50; }
  [[nodiscard]] std::size_t words() const { return words_; }

  // Share of a text's runs that the body has; -1 when the text is too short to tell.
  [[nodiscard]] double coverage(std::string_view text) const {
    std::size_t all = 0;
    std::size_t found = 0;
    for_runs(comparable(text), [&](std::uint64_t h) {
      ++all;
      found += runs_.count(h);
    });
    return all == 0 ? -1 : static_cast<double>(found) / static_cast<double>(all);
  }

 private:
  template <class F>
  static void for_runs(const std::string& words, F&& f) {
    std::array<std::size_t, 3> starts{};
    std::size_t count = 0;
    std::size_t at = 0;
    while (at < words.size()) {
      const std::size_t end = std::min(words.find(' ', at), words.size());
      starts = {starts[1], starts[2], at};
      if (++count >= 3) {
        f(XXH3_64bits(words.data() + starts[0], end - starts[0]));
      }
      at = end + 1;
    }
  }
  std::unordered_set<std::uint64_t> runs_;
  std::size_t words_ = 0;
};

}  // namespace twosource::clean
