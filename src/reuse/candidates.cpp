#include "reuse/candidates.hpp"

#include <algorithm>
#include <limits>

namespace twosource::reuse {
namespace {

using Entry = std::pair<std::uint64_t, std::uint32_t>;  // shingle, text

// Sketch hits that make a candidate: few in absolute terms, or few for a small sketch.
constexpr std::uint32_t kManyHits = 6;
constexpr std::uint32_t kMinHits = 2;
constexpr double kMinShare = 0.04;

std::size_t sketch(const ShingledText& text, std::uint32_t id, std::vector<Entry>& out) {
  constexpr std::uint64_t kBelow = std::numeric_limits<std::uint64_t>::max() / kSketchRate;
  const auto end = text.set.size() <= kSketchAll
                       ? text.set.end()
                       : std::upper_bound(text.set.begin(), text.set.end(), kBelow);
  for (auto it = text.set.begin(); it != end; ++it) out.emplace_back(*it, id);
  return static_cast<std::size_t>(end - text.set.begin());
}

// The index: for each text its postings, each posting a range of `entries`.
struct Index {
  std::vector<Entry> entries;            // sorted
  std::vector<std::size_t> sketch_size;  // by text
  std::vector<std::size_t> first;        // by text: range of `places`
  std::vector<std::size_t> places;       // positions in `entries`
};

Index build(std::span<const ShingledText* const> texts) {
  Index index;
  for (std::uint32_t i = 0; i < texts.size(); ++i) {
    index.sketch_size.push_back(sketch(*texts[i], i, index.entries));
  }
  std::sort(index.entries.begin(), index.entries.end());
  index.first.assign(texts.size() + 1, 0);
  for (const Entry& e : index.entries) ++index.first[e.second + 1];
  for (std::size_t i = 1; i < index.first.size(); ++i) index.first[i] += index.first[i - 1];
  index.places.resize(index.entries.size());
  std::vector<std::size_t> fill(index.first.begin(), index.first.end() - 1);
  for (std::size_t p = 0; p < index.entries.size(); ++p) {
    index.places[fill[index.entries[p].second]++] = p;
  }
  return index;
}

bool enough(std::uint32_t hits, std::size_t smaller) {
  if (hits >= kManyHits) return true;
  if (smaller < 3 * kMinHits) return hits >= 1;
  return hits >= kMinHits && hits >= kMinShare * static_cast<double>(smaller);
}

}  // namespace

std::vector<std::pair<std::uint32_t, std::uint32_t>> find_candidates(
    std::span<const ShingledText* const> texts) {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> out;
  if (texts.empty()) return out;
  const Index index = build(texts);
  std::vector<std::uint32_t> hits(texts.size(), 0);
  std::vector<std::uint32_t> touched;
  for (std::uint32_t a = 0; a < texts.size(); ++a) {
    for (std::size_t k = index.first[a]; k < index.first[a + 1]; ++k) {
      const std::size_t p = index.places[k];
      const std::size_t stop = std::min(p + kWindow, index.entries.size() - 1);
      for (std::size_t q = p + 1; q <= stop; ++q) {
        if (index.entries[q].first != index.entries[p].first) break;
        const std::uint32_t b = index.entries[q].second;
        if (hits[b]++ == 0) touched.push_back(b);
      }
    }
    std::sort(touched.begin(), touched.end());
    for (const std::uint32_t b : touched) {
      if (enough(hits[b], std::min(index.sketch_size[a], index.sketch_size[b]))) {
        out.emplace_back(a, b);
      }
      hits[b] = 0;
    }
    touched.clear();
  }
  return out;
}

}  // namespace twosource::reuse
