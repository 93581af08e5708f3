#include "reuse/pairs.hpp"

#include <algorithm>
#include <map>
#include <tuple>
#include <unordered_set>

#include "reuse/align.hpp"
#include "reuse/candidates.hpp"
#include "reuse/credits.hpp"
#include "reuse/original.hpp"
#include "reuse/templates.hpp"

namespace twosource::reuse {
namespace {

using Ranks = std::pair<std::uint32_t, std::uint32_t>;  // places in the canonical order

// Pairs of articles under one URL; of many versions each is paired with all others up to a limit
// that keeps a URL with thousands of fetches linear.
void add_versions(std::span<const Article> articles, std::span<const std::uint32_t> order,
                  std::vector<Ranks>& pairs) {
  constexpr std::size_t kMaxVersions = 32;
  std::map<std::string, std::vector<std::uint32_t>> by_url;
  for (std::uint32_t r = 0; r < order.size(); ++r) {
    std::string key = url_key(articles[order[r]].url);
    if (!key.empty()) by_url[std::move(key)].push_back(r);
  }
  for (const auto& [url, ranks] : by_url) {
    for (std::size_t i = 0; i < ranks.size(); ++i) {
      const std::size_t stop = std::min(ranks.size(), i + kMaxVersions);
      for (std::size_t j = i + 1; j < stop; ++j) pairs.emplace_back(ranks[i], ranks[j]);
    }
  }
}

double ratio(std::size_t part, std::size_t a, std::size_t b) {
  const std::size_t smaller = std::min(a, b);
  return smaller == 0 ? 0 : static_cast<double>(part) / static_cast<double>(smaller);
}

std::vector<std::uint64_t> raw_set(const ShingledText& text) {
  std::vector<std::uint64_t> set = text.at;
  std::sort(set.begin(), set.end());
  set.erase(std::unique(set.begin(), set.end()), set.end());
  return set;
}

double raw_containment(const ShingledText& a, const ShingledText& b) {
  const std::vector<std::uint64_t> x = raw_set(a);
  const std::vector<std::uint64_t> y = raw_set(b);
  return ratio(shared(x, y), x.size(), y.size());
}

class Verifier {
 public:
  Verifier(std::span<const Article> articles, std::span<const ShingledText> texts,
           const std::vector<std::uint64_t>& templates)
      : articles_(articles), texts_(texts), templates_(templates.begin(), templates.end()) {}

  // Fills `pair`; false when the two share too little.
  bool verify(CopyPair& pair) const {
    const Article& a = articles_[pair.a];
    const Article& b = articles_[pair.b];
    const ShingledText& x = texts_[pair.a];
    const ShingledText& y = texts_[pair.b];
    const std::size_t common = shared(x.set, y.set);
    pair.containment = ratio(common, x.set.size(), y.set.size());
    if (!a.url.empty() && url_key(a.url) == url_key(b.url)) {
      const double raw = std::max(pair.containment, raw_containment(x, y));
      pair.revision = raw >= kVersionContainment;
      if (pair.revision) pair.containment = raw;
    }
    const bool within = house_key(a) == house_key(b);
    const double least = within ? kWithinContainment : kMinContainment;
    const bool kept = pair.revision || (common >= kMinShared && pair.containment >= least);
    if (!kept && (within || common < kLongPassage - kShingleWords)) return false;
    const std::vector<WordPassage> words =
        align(x, y, pair.revision ? std::unordered_set<std::uint64_t>{} : templates_);
    if (!kept && !long_passage(words)) return false;
    pair.passages = to_spans(words, a, x, b, y);
    return true;
  }

 private:
  static bool long_passage(const std::vector<WordPassage>& words) {
    return std::any_of(words.begin(), words.end(),
                       [](const WordPassage& p) { return p.equal >= kLongPassage; });
  }

  std::span<const Article> articles_;
  std::span<const ShingledText> texts_;
  std::unordered_set<std::uint64_t> templates_;
};

}  // namespace

std::string url_key(std::string_view url) {
  if (const std::size_t scheme = url.find("://"); scheme != std::string_view::npos) {
    url.remove_prefix(scheme + 3);
  }
  if (url.starts_with("www.")) url.remove_prefix(4);
  url = url.substr(0, url.find('#'));
  std::string key(url.substr(0, url.find('?')));
  while (key.ends_with('/')) key.pop_back();
  char joint = '?';
  for (std::size_t at = url.find('?'); at != std::string_view::npos && at < url.size();) {
    const std::size_t end = std::min(url.find('&', at + 1), url.size());
    const std::string_view parameter = url.substr(at + 1, end - at - 1);
    if (!parameter.empty() && !parameter.starts_with("utm_")) {
      key.append(1, joint).append(parameter);
      joint = '&';
    }
    at = end;
  }
  return key;
}

std::vector<CopyPair> find_pairs(std::span<const Article> articles,
                                 std::span<const std::uint32_t> order) {
  std::vector<ShingledText> texts;
  texts.reserve(articles.size());
  for (const Article& a : articles) texts.push_back(shingle(a));
  const std::vector<std::uint64_t> templates = learn_templates(articles, texts, order);
  discount_templates(templates, texts);

  std::vector<const ShingledText*> ordered;
  for (const std::uint32_t i : order) ordered.push_back(&texts[i]);
  std::vector<Ranks> candidates = find_candidates(ordered);
  add_versions(articles, order, candidates);
  std::sort(candidates.begin(), candidates.end());
  candidates.erase(std::unique(candidates.begin(), candidates.end()), candidates.end());

  const Verifier verifier(articles, texts, templates);
  std::vector<CopyPair> pairs;
  for (const auto& [r, s] : candidates) {
    CopyPair pair;
    pair.a = std::min(order[r], order[s]);
    pair.b = std::max(order[r], order[s]);
    if (!verifier.verify(pair)) continue;
    pair.original = likely_original(articles, pair);
    pairs.push_back(std::move(pair));
  }
  std::sort(pairs.begin(), pairs.end(), [](const CopyPair& x, const CopyPair& y) {
    return std::tie(x.a, x.b) < std::tie(y.a, y.b);
  });
  return pairs;
}

}  // namespace twosource::reuse
