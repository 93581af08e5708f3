#include <algorithm>

#include "clean/html_blocks.hpp"
#include "text/utf8.hpp"

namespace twosource::clean {

using dom::Document;
using dom::Node;
using dom::Tag;

void find_headline(const Document& doc, std::string_view known, Page& page) {
  const std::string want = comparable(known);
  double best = 0;
  for (std::size_t i = 0; i < page.blocks.size(); ++i) {
    const Block& block = page.blocks[i];
    const bool heading = dom::is_heading(block.tag);
    const bool named = page.hints[block.node].role == HtmlRole::Headline;
    if ((!heading && !named) || block.words > 60) continue;
    double score = block.tag == Tag::H1 ? 1.0 : block.tag == Tag::H2 ? 0.4 : 0.2;
    if (named) score += 0.3;
    if (block.link_share > 0.5F) score -= 0.3;
    const std::string text = comparable(slice(page.text, block.span));
    if (!want.empty()) {
      const double overlap = word_overlap(text, want);
      double lengths =
          static_cast<double>(std::min(text.size(), want.size())) /
          static_cast<double>(std::max<std::size_t>(1, std::max(text.size(), want.size())));
      // A kicker in front of the headline.
      if (text.size() > want.size() && text[text.size() - want.size() - 1] == ' ' &&
          std::string_view(text).substr(text.size() - want.size()) == want) {
        lengths = std::max(lengths, 0.9);
      }
      score += 2.5 * overlap * (0.3 + 0.7 * lengths) - (overlap < 0.3 ? 0.8 : 0.0);
    }
    if (score > best) {
      best = score;
      page.headline = static_cast<std::int64_t>(i);
    }
  }
  if (best < 0.75) page.headline = -1;
  static_cast<void>(doc);
}

namespace {

// Running text: what counts as mass of an element.
std::uint32_t mass_of(const Block& block) {
  const bool running = block.words >= 10 && block.sentences > 0 && block.link_share < 0.4F;
  return running ? block.words : 0;
}

RoleHint inherit(RoleHint above, RoleHint own) {
  if (own.weight == 0) return above;
  if (!is_furniture(above.role) && above.role != HtmlRole::Hidden) {
    // A strong word for the article is not undone by a hint inside it.
    if (above.role == HtmlRole::Body && above.weight == 3 && own.weight == 1) return above;
    return is_furniture(own.role) || own.weight >= above.weight ? own : above;
  }
  if (own.role == HtmlRole::Body && own.weight > above.weight) return own;
  return is_furniture(own.role) && own.weight > above.weight ? own : above;
}

}  // namespace

void resolve_roles(const Document& doc, Page& page) {
  // mass[i]: running words in blocks of nodes before i, so that a subtree's is one subtraction.
  std::vector<std::uint32_t> mass(doc.size() + 1, 0);
  for (const Block& block : page.blocks) mass[block.node + 1] += mass_of(block);
  for (std::size_t i = 1; i < mass.size(); ++i) mass[i] += mass[i - 1];
  const std::uint32_t total = mass.back();
  const std::size_t headline =
      page.headline < 0 ? 0 : page.blocks[static_cast<std::size_t>(page.headline)].node;

  page.roles.assign(doc.size(), {});
  for (std::size_t i = 0; i < doc.size(); ++i) {
    const Node& node = doc[i];
    RoleHint own = page.hints[i];
    const bool holds_headline = headline > i && headline < node.end;
    const std::uint32_t inside = mass[node.end] - mass[i];
    const bool holds_most = total >= 40 && inside * 10 > total * 6;
    const bool settled = own.role == HtmlRole::Comment || own.role == HtmlRole::Cookie;
    if (is_furniture(own.role) && own.weight > 0 &&
        ((holds_headline && inside > 0) || node.tag == Tag::Body || node.tag == Tag::Html ||
         (holds_most && !(settled && own.weight == 3)))) {
      own = {};
    }
    page.roles[i] = i == 0 ? own : inherit(page.roles[node.parent], own);
  }
  for (Block& block : page.blocks) block.role = page.roles[block.node];
}

std::string comparable(std::string_view text) {
  std::string out;
  bool gap = false;
  for (std::size_t i = 0; i < text.size();) {
    const char32_t c = utf8::decode(text, i);
    if (utf8::is_letter(c) || utf8::is_digit(c) || utf8::is_mark(c)) {
      if (gap && !out.empty()) out += ' ';
      gap = false;
      utf8::append(out, utf8::to_lower(c));
    } else {
      gap = true;
    }
  }
  return out;
}

double word_overlap(std::string_view a, std::string_view b) {
  if (a.size() > b.size()) std::swap(a, b);
  if (a.empty()) return 0;
  std::size_t words = 0;
  std::size_t found = 0;
  for (std::size_t i = 0; i < a.size();) {
    const std::size_t end = std::min(a.find(' ', i), a.size());
    const std::string_view word = a.substr(i, end - i);
    ++words;
    for (std::size_t at = b.find(word); at != std::string_view::npos; at = b.find(word, at + 1)) {
      const bool left = at == 0 || b[at - 1] == ' ';
      const bool right = at + word.size() == b.size() || b[at + word.size()] == ' ';
      if (left && right) {
        ++found;
        break;
      }
    }
    i = end + 1;
  }
  return static_cast<double>(found) / static_cast<double>(words);
}

}  // namespace twosource::clean
