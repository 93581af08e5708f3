#include "reuse/corrections.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

#include "reuse/families.hpp"

namespace twosource::reuse {
namespace {

using Two = std::pair<std::uint32_t, std::uint32_t>;

bool about_copies(const Correction& c) {
  return c.kind == CorrectionKind::JoinCopies || c.kind == CorrectionKind::CutCopies;
}

// The two articles, smaller index first; nullopt when one is not here.
std::optional<Two> two_articles(const ArticleIndex& index, const Correction& c) {
  const std::vector<std::uint32_t> found = index.articles(c.articles);
  if (found.size() != 2 || found[0] == found[1]) return std::nullopt;
  return std::minmax(found[0], found[1]);
}

bool ahead_of(const CopyPair& p, const Two& two) { return std::pair(p.a, p.b) < two; }

bool joins(const CopyPair& p, const Two& two) { return p.a == two.first && p.b == two.second; }

// A pair that somebody joined: it has the whole texts as its only passage.
bool made_up(const CopyPair& p, std::span<const Article> articles) {
  return p.passages.size() == 1 && p.containment == 0 &&
         p.passages[0].a.size() == articles[p.a].text.size() &&
         p.passages[0].b.size() == articles[p.b].text.size();
}

void add(std::string& why, const std::string& more) { why += (why.empty() ? "" : "; ") + more; }

}  // namespace

std::vector<CorrectionOutcome> correct_families(std::vector<CopyFamily>& families,
                                                std::span<const Article> articles,
                                                std::span<const std::uint32_t> order,
                                                std::span<const Correction> corrections) {
  std::vector<CorrectionOutcome> out;
  if (std::none_of(corrections.begin(), corrections.end(), about_copies)) return out;
  std::vector<CopyPair> pairs;
  for (CopyFamily& family : families) {
    std::move(family.pairs.begin(), family.pairs.end(), std::back_inserter(pairs));
  }
  std::sort(pairs.begin(), pairs.end(), [](const CopyPair& x, const CopyPair& y) {
    return std::pair(x.a, x.b) < std::pair(y.a, y.b);
  });
  const ArticleIndex index(articles);
  for (const Correction& c : corrections) {
    if (!about_copies(c)) continue;
    const std::optional<Two> two = two_articles(index, c);
    if (!two) {
      out.push_back({c.id, false, "one of the articles is not here"});
      continue;
    }
    out.push_back({c.id, true, {}});
    const auto at = std::lower_bound(pairs.begin(), pairs.end(), *two, ahead_of);
    const bool found = at != pairs.end() && joins(*at, *two);
    if (c.kind == CorrectionKind::CutCopies) {
      if (found) pairs.erase(at);
    } else if (!found) {
      CopyPair pair;
      pair.a = two->first;
      pair.b = two->second;
      pair.passages = {
          {make_span(0, articles[pair.a].text.size()), make_span(0, articles[pair.b].text.size())}};
      pairs.insert(at, std::move(pair));
    }
  }
  std::vector<std::uint32_t> rank(order.size());
  for (std::uint32_t r = 0; r < order.size(); ++r) rank[order[r]] = r;
  families = group_families(pairs, rank);
  return out;
}

void explain_corrections(std::vector<CopyFamily>& families, std::span<const Article> articles,
                         std::span<const Correction> corrections) {
  if (std::none_of(corrections.begin(), corrections.end(), about_copies)) return;
  const ArticleIndex index(articles);
  for (CopyFamily& family : families) {
    for (CopyPair& pair : family.pairs) {
      if (made_up(pair, articles)) pair.passages.clear();
    }
    for (const Correction& c : corrections) {
      if (!about_copies(c)) continue;
      const std::optional<Two> two = two_articles(index, c);
      if (!two) continue;
      const auto has = [&](std::uint32_t a) {
        return std::binary_search(family.articles.begin(), family.articles.end(), a);
      };
      const bool both = has(two->first) && has(two->second);
      if (c.kind == CorrectionKind::JoinCopies && both) {
        add(family.why, fmt::format("joined by {}", signature(c)));
      } else if (c.kind == CorrectionKind::CutCopies && (has(two->first) || has(two->second))) {
        add(family.why,
            fmt::format("{} and {} cut apart{} by {}", c.articles[0], c.articles[1],
                        both ? ", still one family through others," : "", signature(c)));
      }
    }
  }
}

}  // namespace twosource::reuse
