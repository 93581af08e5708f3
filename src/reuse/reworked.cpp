#include "reuse/reworked.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "reuse/origins.hpp"

namespace twosource::reuse {
namespace {

using Hashes = std::vector<std::uint64_t>;

void make_set(Hashes& hashes) {
  std::sort(hashes.begin(), hashes.end());
  hashes.erase(std::unique(hashes.begin(), hashes.end()), hashes.end());
}

// The words of every sentence of one article, and where each stands.
struct Sentences {
  std::vector<Hashes> words;    // sorted sets of hashes of the lower-case words, by sentence
  std::vector<Hashes> figures;  // those of them that have a digit
  std::vector<std::pair<std::uint64_t, std::uint32_t>> places;  // word, sentence; sorted

  explicit Sentences(const Article& article) {
    const TokenLayer& layer = article.tokens;
    if (layer.sentences.size() > kReworkedSentences) return;
    for (const Sentence& s : layer.sentences) {
      Hashes& all = words.emplace_back();
      Hashes& numbers = figures.emplace_back();
      for (std::uint32_t t = s.first_token; t < s.last_token; ++t) {
        const Token& token = layer.tokens[t];
        if (token.kind != TokenKind::Word && token.kind != TokenKind::Number) continue;
        all.push_back(token.lower_hash);
        if (token.has_digit || token.kind == TokenKind::Number) numbers.push_back(token.lower_hash);
      }
      make_set(all);
      make_set(numbers);
      const auto number = static_cast<std::uint32_t>(words.size() - 1);
      for (const std::uint64_t word : all) places.emplace_back(word, number);
    }
    std::sort(places.begin(), places.end());
  }
};

// Each has a figure that the other has not.
bool figures_differ(const Hashes& a, const Hashes& b) {
  return !std::includes(a.begin(), a.end(), b.begin(), b.end()) &&
         !std::includes(b.begin(), b.end(), a.begin(), a.end());
}

// Which sentences lie in passages shared with the other article of the pair.
std::vector<bool> in_passages(const Article& article, const CopyPair* pair, bool side_a) {
  std::vector<bool> out(article.tokens.sentences.size());
  if (pair == nullptr) return out;
  for (std::size_t i = 0; i < out.size(); ++i) {
    const Span s = article.tokens.sentences[i].span;
    std::uint32_t bytes = 0;
    for (const Passage& p : pair->passages) {
      const Span span = side_a ? p.a : p.b;
      const std::uint32_t begin = std::max(span.begin, s.begin);
      const std::uint32_t end = std::min(span.end, s.end);
      if (begin < end) bytes += end - begin;
    }
    out[i] = bytes >= kCopiedSentence * s.size();
  }
  return out;
}

// The sentence of `b` that has nearly the same words, most alike first; -1: none.
std::int32_t twin(const Hashes& words, const Hashes& figures, const Sentences& b,
                  std::vector<std::uint32_t>& common) {
  if (words.size() < kReworkedLeast) return -1;
  common.assign(b.words.size(), 0);
  for (const std::uint64_t word : words) {
    for (auto at = std::lower_bound(b.places.begin(), b.places.end(), std::pair(word, 0U));
         at != b.places.end() && at->first == word; ++at) {
      ++common[at->second];
    }
  }
  std::int32_t best = -1;
  double most = 0;
  for (std::size_t t = 0; t < common.size(); ++t) {
    const double both = common[t];
    const auto smaller = static_cast<double>(std::min(words.size(), b.words[t].size()));
    if (b.words[t].size() < kReworkedLeast || both < kReworkedWords * smaller) continue;
    const double jaccard = both / (static_cast<double>(words.size() + b.words[t].size()) - both);
    if (jaccard < kReworkedJaccard || jaccard <= most) continue;
    if (figures_differ(figures, b.figures[t])) continue;
    best = static_cast<std::int32_t>(t);
    most = jaccard;
  }
  return best;
}

class Marker {
 public:
  Marker(std::span<const Article> articles, std::span<const Correction> corrections)
      : articles_(articles) {
    const ArticleIndex index(articles);
    for (const Correction& c : corrections) {
      if (c.kind != CorrectionKind::CutCopies) continue;
      const std::vector<std::uint32_t> two = index.articles(c.articles);
      if (two.size() == 2) cut_.insert(std::minmax(two[0], two[1]));
    }
  }

  void mark(CopyFamily& family) {
    family.reworked.clear();
    if (family.articles.size() > kReworkedMembers) return;
    for (std::size_t i = 0; i < family.articles.size(); ++i) {
      for (std::size_t j = i + 1; j < family.articles.size(); ++j) {
        mark(family, family.articles[i], family.articles[j]);
      }
    }
    std::sort(family.reworked.begin(), family.reworked.end());
    family.reworked.erase(std::unique(family.reworked.begin(), family.reworked.end()),
                          family.reworked.end());
  }

 private:
  void mark(CopyFamily& family, std::uint32_t a, std::uint32_t b) {
    if (cut_.contains({a, b})) return;
    const auto pair = std::find_if(family.pairs.begin(), family.pairs.end(),
                                   [&](const CopyPair& p) { return p.a == a && p.b == b; });
    const CopyPair* direct = pair == family.pairs.end() ? nullptr : &*pair;
    if (direct != nullptr && direct->revision) return;
    const Sentences& x = of(a);
    const Sentences& y = of(b);
    const std::vector<bool> in_a = in_passages(articles_[a], direct, true);
    const std::vector<bool> in_b = in_passages(articles_[b], direct, false);
    const auto add = [&](std::size_t s, std::size_t t) {
      if (in_a[s] && in_b[t]) return;
      family.reworked.push_back(
          {{a, articles_[a].tokens.sentences[s].span}, {b, articles_[b].tokens.sentences[t].span}});
    };
    for (std::size_t s = 0; s < x.words.size(); ++s) {
      const std::int32_t t = twin(x.words[s], x.figures[s], y, common_);
      if (t >= 0) add(s, static_cast<std::size_t>(t));
    }
    for (std::size_t t = 0; t < y.words.size(); ++t) {
      const std::int32_t s = twin(y.words[t], y.figures[t], x, common_);
      if (s >= 0) add(static_cast<std::size_t>(s), t);
    }
  }

  const Sentences& of(std::uint32_t article) {
    return sentences_.try_emplace(article, articles_[article]).first->second;
  }

  std::span<const Article> articles_;
  std::set<std::pair<std::uint32_t, std::uint32_t>> cut_;
  std::map<std::uint32_t, Sentences> sentences_;
  std::vector<std::uint32_t> common_;
};

}  // namespace

void mark_reworked(std::vector<CopyFamily>& families, std::span<const Article> articles,
                   std::span<const Correction> corrections) {
  Marker marker(articles, corrections);
  for (CopyFamily& family : families) marker.mark(family);
}

}  // namespace twosource::reuse
