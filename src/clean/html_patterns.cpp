#include "clean/html_patterns.hpp"

#include <algorithm>

namespace twosource::clean {

using dom::Tag;

Patterns::Patterns(const dom::Document& doc, const Page& page, const RootFinder& finder,
                   std::size_t root)
    : doc_(doc), page_(page), finder_(finder), root_(root) {
  find_cards();
  find_tables();
}

namespace {

constexpr std::size_t kAlike = 4;        // containers of linked lines that make a list
constexpr double kCardWords = 80;        // running words a teaser may have
constexpr double kOneCard = 2.5;         // points against what stands in a card
constexpr double kCardOfMany = 5;        // and in a card whose siblings are cards, too
constexpr std::size_t kDataRows = 4;     // rows of the smallest table of data
constexpr std::uint16_t kRowWords = 40;  // words of a row that is no layout
constexpr std::size_t kPlainOfTen = 8;   // rows of short cells without links, of ten

}  // namespace

void Patterns::find_cards() {
  std::vector<Card> found;
  for (std::size_t i = 0; i < page_.blocks.size(); ++i) {
    const Block& b = page_.blocks[i];
    const bool heading = dom::is_heading(b.tag);
    if (b.link_share < 0.9F || (!heading && b.words < 3)) continue;
    if (static_cast<std::int64_t>(i) == page_.headline) continue;
    const std::uint32_t card = container_of(b);
    if (card != 0) found.push_back({doc_[card].parent, {card, doc_[card].end}, heading, false});
  }
  std::sort(found.begin(), found.end());
  for (std::size_t i = 0; i < found.size();) {
    std::size_t end = i;
    std::size_t different = 0;
    for (; end < found.size() && found[end].parent == found[i].parent; ++end) {
      different += end == i || found[end].nodes != found[end - 1].nodes ? 1U : 0U;
    }
    for (; i < end; ++i) {
      found[i].alike = different >= kAlike;
      if (found[i].heading || found[i].alike) cards_.push_back(found[i]);
    }
  }
  std::sort(cards_.begin(), cards_.end(),
            [](const Card& a, const Card& b) { return a.nodes < b.nodes; });
}

// The largest element around a block that is no bigger than a teaser, 0 if none.
std::uint32_t Patterns::container_of(const Block& b) const {
  std::uint32_t node = doc_[b.node].parent;
  std::uint32_t card = 0;
  const auto holds_headline = [&](std::uint32_t n) {
    if (page_.headline < 0) return false;
    const std::uint32_t head = page_.blocks[static_cast<std::size_t>(page_.headline)].node;
    return n <= head && head < doc_[n].end;
  };
  for (int level = 0; level < 4 && node != 0; ++level, node = doc_[node].parent) {
    if (holds_headline(node) || node == root_ || finder_.inside(node) > kCardWords) break;
    card = node;
  }
  return card;
}

double Patterns::card(std::uint32_t node) const {
  auto it = std::upper_bound(cards_.begin(), cards_.end(), node,
                             [](std::uint32_t n, const Card& c) { return n < c.nodes.begin; });
  double against = 0;
  for (int back = 0; back < 4 && it != cards_.begin(); ++back) {
    --it;
    if (node < it->nodes.end) against = std::max(against, it->alike ? kCardOfMany : kOneCard);
  }
  return against;
}

void Patterns::find_tables() {
  Span table;
  std::size_t rows = 0;
  std::size_t plain = 0;
  const auto close = [&] {
    if (rows >= kDataRows && plain * 10 >= rows * kPlainOfTen) tables_.push_back(table);
  };
  for (const Block& b : page_.blocks) {
    if (!b.in_table) continue;
    if (b.node >= table.end) {
      close();
      table = table_of(b.node);
      rows = plain = 0;
    }
    ++rows;
    const bool row = doc_[b.node].tag == Tag::Tr;
    if (row && b.link_share < 0.5F && b.words >= 2 && b.words < kRowWords) ++plain;
  }
  close();
}

// Nodes of the table around a node.
Span Patterns::table_of(std::uint32_t node) const {
  const std::uint32_t inside = node;
  while (node != 0 && doc_[node].tag != Tag::Table) node = doc_[node].parent;
  return node == 0 ? Span{inside, inside + 1} : Span{node, doc_[node].end};
}

bool Patterns::in_data_table(std::uint32_t node) const {
  const auto it = std::upper_bound(tables_.begin(), tables_.end(), Span{node, UINT32_MAX});
  return it != tables_.begin() && node < std::prev(it)->end;
}

}  // namespace twosource::clean
