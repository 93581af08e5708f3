#include "reuse/align.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

namespace twosource::reuse {
namespace {

// A shingle that stands in b more often is no seed: it would make repetitive text quadratic.
constexpr std::ptrdiff_t kMaxRepeats = 8;

using Place = std::pair<std::uint64_t, std::uint32_t>;  // shingle, word position

std::vector<Place> places_of(const ShingledText& text) {
  std::vector<Place> places;
  places.reserve(text.at.size());
  for (std::uint32_t i = 0; i < text.at.size(); ++i) places.emplace_back(text.at[i], i);
  std::sort(places.begin(), places.end());
  return places;
}

WordPassage grow(const ShingledText& a, const ShingledText& b, std::uint32_t i, std::uint32_t j) {
  std::uint32_t n = kShingleWords;
  while (i + n < a.words.size() && j + n < b.words.size() && a.words[i + n] == b.words[j + n]) ++n;
  return {i, i + n, j, j + n, n};
}

// All maximal equal runs of kShingleWords or more.
std::vector<WordPassage> maximal_runs(const ShingledText& a, const ShingledText& b) {
  std::vector<WordPassage> runs;
  const std::vector<Place> places = places_of(b);
  for (std::uint32_t i = 0; i < a.at.size(); ++i) {
    const auto begin = std::lower_bound(places.begin(), places.end(), Place{a.at[i], 0});
    auto end = begin;
    while (end != places.end() && end->first == a.at[i] && end - begin <= kMaxRepeats) ++end;
    if (end - begin > kMaxRepeats) continue;
    for (auto it = begin; it != end; ++it) {
      const std::uint32_t j = it->second;
      const bool inner = i > 0 && j > 0 && a.words[i - 1] == b.words[j - 1];
      if (!inner) runs.push_back(grow(a, b, i, j));
    }
  }
  return runs;
}

// Cuts what is already taken off both ends of a run.
void trim(WordPassage& run, const std::vector<bool>& a_taken, const std::vector<bool>& b_taken) {
  while (run.a_begin < run.a_end && (a_taken[run.a_begin] || b_taken[run.b_begin])) {
    ++run.a_begin, ++run.b_begin;
  }
  while (run.a_begin < run.a_end && (a_taken[run.a_end - 1] || b_taken[run.b_end - 1])) {
    --run.a_end, --run.b_end;
  }
  run.equal = run.a_end - run.a_begin;
}

std::vector<WordPassage> disjoint_runs(std::vector<WordPassage> runs, std::size_t a_size,
                                       std::size_t b_size) {
  std::sort(runs.begin(), runs.end(), [](const WordPassage& x, const WordPassage& y) {
    return std::tie(y.equal, x.a_begin, x.b_begin) < std::tie(x.equal, y.a_begin, y.b_begin);
  });
  std::vector<bool> a_taken(a_size, false);
  std::vector<bool> b_taken(b_size, false);
  std::vector<WordPassage> out;
  for (WordPassage run : runs) {
    trim(run, a_taken, b_taken);
    if (run.equal < kShingleWords) continue;
    bool free = true;
    for (std::uint32_t k = 0; k < run.equal && free; ++k) {
      free = !a_taken[run.a_begin + k] && !b_taken[run.b_begin + k];
    }
    if (!free) continue;
    std::fill_n(a_taken.begin() + run.a_begin, run.equal, true);
    std::fill_n(b_taken.begin() + run.b_begin, run.equal, true);
    out.push_back(run);
  }
  std::sort(out.begin(), out.end(),
            [](const WordPassage& x, const WordPassage& y) { return x.a_begin < y.a_begin; });
  return out;
}

// Rank of each run by its place in b: runs may be chained only when neighbours in both texts.
std::vector<std::size_t> ranks_in_b(const std::vector<WordPassage>& runs) {
  std::vector<std::size_t> by_b(runs.size());
  for (std::size_t i = 0; i < by_b.size(); ++i) by_b[i] = i;
  std::sort(by_b.begin(), by_b.end(),
            [&](std::size_t x, std::size_t y) { return runs[x].b_begin < runs[y].b_begin; });
  std::vector<std::size_t> rank(runs.size());
  for (std::size_t r = 0; r < by_b.size(); ++r) rank[by_b[r]] = r;
  return rank;
}

std::vector<WordPassage> chain(const std::vector<WordPassage>& runs) {
  const std::vector<std::size_t> rank = ranks_in_b(runs);
  std::vector<WordPassage> out;
  std::uint32_t longest = 0;
  const auto close = [&] {
    if (!out.empty() && longest < kMinRun) out.pop_back();
  };
  for (std::size_t i = 0; i < runs.size(); ++i) {
    const WordPassage& run = runs[i];
    const bool joins = i > 0 && rank[i] == rank[i - 1] + 1 &&
                       run.a_begin - runs[i - 1].a_end <= kMaxEdit &&
                       run.b_begin - runs[i - 1].b_end <= kMaxEdit;
    if (joins) {
      WordPassage& last = out.back();
      last = {last.a_begin, run.a_end, last.b_begin, run.b_end, last.equal + run.equal};
      longest = std::max(longest, run.equal);
    } else {
      close();
      out.push_back(run);
      longest = run.equal;
    }
  }
  close();
  return out;
}

Span bytes_of(const Article& article, const ShingledText& text, std::uint32_t begin,
              std::uint32_t end) {
  return {article.tokens.tokens[text.token[begin]].span.begin,
          article.tokens.tokens[text.token[end - 1]].span.end};
}

}  // namespace

std::vector<WordPassage> align(const ShingledText& a, const ShingledText& b) {
  return chain(disjoint_runs(maximal_runs(a, b), a.words.size(), b.words.size()));
}

Passage in_bytes(const Passage& words, const Article& a, const ShingledText& a_text,
                 const Article& b, const ShingledText& b_text) {
  return {bytes_of(a, a_text, words.a.begin, words.a.end),
          bytes_of(b, b_text, words.b.begin, words.b.end)};
}

std::vector<Span> in_bytes(std::span<const Span> words, const Article& article) {
  const ShingledText text = shingle_words(article);
  std::vector<Span> out;
  for (const Span w : words) {
    const bool fits = w.begin < w.end && w.end <= text.token.size();
    out.push_back(fits ? bytes_of(article, text, w.begin, w.end) : Span{});
  }
  return out;
}

}  // namespace twosource::reuse
