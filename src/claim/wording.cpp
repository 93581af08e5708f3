#include "claim/wording.hpp"

#include <algorithm>

#include "text/utf8.hpp"

namespace twosource::claim {
namespace {

bool contains(const std::vector<std::string>& whole, const std::vector<std::string>& part) {
  return std::search(whole.begin(), whole.end(), part.begin(), part.end()) != whole.end();
}

constexpr std::size_t kLabel = 4;

}  // namespace

Wordings::Quoted Wordings::quoted_in(const Dossier& dossier, const SentenceUnit& unit) {
  Quoted out;
  const Article& a = dossier.articles[unit.article];
  for (const Quote& q : a.quotes) {
    if (q.span.begin >= unit.span.end) break;
    if (q.kind != QuoteKind::Direct && q.kind != QuoteKind::Mixed) continue;
    for (const Span part : q.parts) {
      if (part.begin < unit.span.begin || part.end > unit.span.end) continue;
      Fragment f;
      f.span = part;
      const auto [first, last] = a.tokens.tokens_in(part);
      Span inner{part.end, part.begin};
      for (std::size_t t = first; t < last; ++t) {
        const TokenKind kind = a.tokens.tokens[t].kind;
        if (kind != TokenKind::Word && kind != TokenKind::Number) continue;
        f.words.emplace_back(a.tokens.lower(t));
        inner.begin = std::min(inner.begin, a.tokens.tokens[t].span.begin);
        inner.end = std::max(inner.end, a.tokens.tokens[t].span.end);
      }
      if (f.words.empty()) continue;
      f.text = std::string(a.at(inner));
      out.fragments.push_back(std::move(f));
      if (q.speaker >= 0) {
        out.speakers.insert(dossier.entity_of[unit.article][static_cast<std::size_t>(q.speaker)]);
      }
    }
  }
  return out;
}

// Are they two wordings of one thing? Labels of a word or a few may share none ("Gesetzlosigkeit" /
// "Gipfel der Rechtlosigkeit"); of longer quotations half of the shorter one's words are the same.
// Set by hand, looked at on the development claims.
bool Wordings::alike(const Fragment& x, const Fragment& y, bool only_ones) {
  const auto& shorter = x.words.size() <= y.words.size() ? x.words : y.words;
  const auto& longer = x.words.size() <= y.words.size() ? y.words : x.words;
  if (only_ones && longer.size() <= kLabel) return true;
  const auto common = std::count_if(shorter.begin(), shorter.end(), [&](const std::string& word) {
    return std::find(longer.begin(), longer.end(), word) != longer.end();
  });
  return 2 * static_cast<std::size_t>(common) >= shorter.size();
}

// Drops from both lists what one side's fragments contain of the other's.
void Wordings::drop_common(std::vector<const Fragment*>& xs, std::vector<const Fragment*>& ys) {
  std::vector<bool> x_common(xs.size());
  std::vector<bool> y_common(ys.size());
  for (std::size_t i = 0; i < xs.size(); ++i) {
    for (std::size_t j = 0; j < ys.size(); ++j) {
      if (!contains(xs[i]->words, ys[j]->words) && !contains(ys[j]->words, xs[i]->words)) continue;
      x_common[i] = true;
      y_common[j] = true;
    }
  }
  std::size_t i = 0;
  std::size_t j = 0;
  std::erase_if(xs, [&](const Fragment*) { return x_common[i++]; });
  std::erase_if(ys, [&](const Fragment*) { return y_common[j++]; });
}

Wordings::Wordings(const Dossier& dossier, std::span<const SentenceUnit> units) {
  quoted_.reserve(units.size());
  for (const SentenceUnit& unit : units) quoted_.push_back(quoted_in(dossier, unit));
}

std::vector<SlotComparison> Wordings::compare(std::uint32_t a, std::uint32_t b) const {
  const Quoted& x = quoted_[a];
  const Quoted& y = quoted_[b];
  if (x.fragments.empty() || y.fragments.empty()) return {};
  for (const std::uint32_t speaker : x.speakers) {
    if (!y.speakers.empty() && !y.speakers.contains(speaker)) return {};
  }
  std::vector<const Fragment*> xs;
  std::vector<const Fragment*> ys;
  for (const Fragment& f : x.fragments) xs.push_back(&f);
  for (const Fragment& f : y.fragments) ys.push_back(&f);
  drop_common(xs, ys);
  // Of several labels nobody can tell which stands for which.
  const bool only_ones = xs.size() == 1 && ys.size() == 1;
  for (const Fragment* f : xs) {
    for (const Fragment* g : ys) {
      if (!alike(*f, *g, only_ones)) continue;
      return {{Relation::Different,
               {"quote", f->text, f->span},
               {"quote", g->text, g->span},
               "the same statement is quoted in other words"}};
    }
  }
  return {};
}

}  // namespace twosource::claim
