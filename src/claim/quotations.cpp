#include "claim/quotations.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numeric>

#include "text/stemmer.hpp"
#include "text/utf8.hpp"

namespace twosource::claim {
namespace {

// Set by hand, looked at on the example stacks only: there it joins the planted wordings. Not
// tuned.
constexpr double kSameUtterance = 0.6;
constexpr std::size_t kMinWords = 3;  // shorter quotations are joined only when equal
constexpr std::size_t kMaxWords = 200;

struct Item {
  Evidence evidence;
  std::int32_t speaker = -1;
  std::string text;
  std::vector<std::string> stems;
  std::vector<std::string> sorted;   // the stems, sorted
  std::vector<std::string> content;  // those that are no stop words, sorted
};

std::vector<Item> collect(const Dossier& dossier, const Lexicons& lexicons) {
  std::vector<Item> items;
  std::map<std::string, Stemmer, std::less<>> stemmers;
  for (std::uint32_t i = 0; i < dossier.articles.size(); ++i) {
    const Article& a = dossier.articles[i];
    auto it = stemmers.find(a.language);
    if (it == stemmers.end()) it = stemmers.emplace(a.language, Stemmer(a.language)).first;
    const Lexicon& lexicon = lexicons.of(a.language);
    for (const Quote& q : a.quotes) {
      if (q.kind != QuoteKind::Direct && q.kind != QuoteKind::Mixed) continue;
      Item item;
      item.evidence = {i, q.span};
      if (q.speaker >= 0) {
        item.speaker =
            static_cast<std::int32_t>(dossier.entity_of[i][static_cast<std::size_t>(q.speaker)]);
      }
      item.text = std::string(a.at(q.span));
      for (const Span part : q.parts) {
        const auto [first, last] = a.tokens.tokens_in(part);
        for (std::size_t t = first; t < last && item.stems.size() < kMaxWords; ++t) {
          const TokenKind kind = a.tokens.tokens[t].kind;
          if (kind != TokenKind::Word && kind != TokenKind::Number) continue;
          item.stems.emplace_back(it->second.stem(a.tokens.lower(t)));
          if (!lexicon.stop_word(a.tokens.lower(t))) item.content.push_back(item.stems.back());
        }
      }
      std::sort(item.content.begin(), item.content.end());
      item.sorted = item.stems;
      std::sort(item.sorted.begin(), item.sorted.end());
      if (!item.stems.empty()) items.push_back(std::move(item));
    }
  }
  return items;
}

bool same_utterance(const Item& a, const Item& b) {
  if (a.speaker != b.speaker || a.evidence.article == b.evidence.article) return false;
  const std::size_t shorter = std::min(a.stems.size(), b.stems.size());
  if (shorter < kMinWords) return a.stems == b.stems;
  // "Das ist eine Frechheit" and "Das ist ein Erfolg" have only small words in common.
  const bool telling = std::any_of(a.content.begin(), a.content.end(), [&](const std::string& w) {
    return std::binary_search(b.content.begin(), b.content.end(), w);
  });
  if (!telling && a.stems != b.stems) return false;
  const double needed = kSameUtterance * static_cast<double>(shorter);
  // Words in common in any order bound those in order: most pairs end here.
  std::size_t any_order = 0;
  for (auto x = a.sorted.begin(), y = b.sorted.begin();
       x != a.sorted.end() && y != b.sorted.end();) {
    const int order = x->compare(*y);
    if (order == 0) ++any_order;
    if (order <= 0) ++x;
    if (order >= 0) ++y;
  }
  if (static_cast<double>(any_order) < needed) return false;
  return static_cast<double>(common_subsequence(a.stems, b.stems)) >= needed;
}

}  // namespace

std::size_t common_subsequence(const std::vector<std::string>& a,
                               const std::vector<std::string>& b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (const std::string& word : a) {
    std::size_t diagonal = 0;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t above = row[j];
      row[j] = word == b[j - 1] ? diagonal + 1 : std::max(row[j], row[j - 1]);
      diagonal = above;
    }
  }
  return row.back();
}

std::vector<QuoteGroup> group_quotations(const Dossier& dossier, const Lexicons& lexicons) {
  std::vector<Item> items = collect(dossier, lexicons);
  std::stable_sort(items.begin(), items.end(), [](const Item& x, const Item& y) {
    return x.speaker != y.speaker ? x.speaker < y.speaker : x.evidence < y.evidence;
  });
  std::vector<std::size_t> group(items.size());
  std::iota(group.begin(), group.end(), 0);
  for (std::size_t j = 0; j < items.size(); ++j) {  // each joins the first group that knows it
    for (std::size_t i = 0; i < j; ++i) {
      if (items[i].speaker == items[j].speaker && same_utterance(items[i], items[j])) {
        group[j] = group[i];
        break;
      }
    }
  }
  std::vector<QuoteGroup> out;
  std::map<std::size_t, std::size_t> position;
  for (std::size_t i = 0; i < items.size(); ++i) {
    const auto [it, inserted] = position.try_emplace(group[i], out.size());
    if (inserted) {
      QuoteGroup g;
      g.id = fmt::format("q{}", out.size() + 1);
      g.speaker = items[i].speaker;
      out.push_back(std::move(g));
    }
    out[it->second].variants.push_back({items[i].evidence, items[i].text});
  }
  return out;
}

}  // namespace twosource::claim
