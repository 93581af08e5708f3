#include <algorithm>

#include "clean/html_blocks.hpp"
#include "text/utf8.hpp"

namespace twosource::clean {

using dom::Document;
using dom::Node;
using dom::Tag;

namespace {

// How well a heading agrees with a headline of the metadata, 0…1; both comparable(). One may have a
// kicker in front that the other leaves out; a word or two of a long headline are no agreement.
double agreement(const std::string& text, const std::string& want) {
  if (text.empty() || want.empty()) return 0;
  const std::string& shorter = text.size() < want.size() ? text : want;
  const std::string& longer = text.size() < want.size() ? want : text;
  const double lengths = static_cast<double>(shorter.size()) / static_cast<double>(longer.size());
  const std::size_t rest = longer.size() - shorter.size();
  const bool ends = rest > 0 && longer[rest - 1] == ' ' && lengths > 0.4 &&
                    longer.compare(rest, std::string::npos, shorter) == 0;
  return ends ? std::max(lengths, 0.9) : word_overlap(shorter, longer) * (0.15 + 0.85 * lengths);
}

// Does the heading stand in a breadcrumb, a menu or a logo?
bool in_navigation(const Document& doc, const Page& page, std::uint32_t node) {
  constexpr int kLevels = 4;  // elements above the heading that count
  for (int level = 0; level < kLevels && node > 0; ++level, node = doc[node].parent) {
    const RoleHint hint = page.hints[node];
    const bool aside = hint.role == HtmlRole::Navigation || hint.role == HtmlRole::Related ||
                       hint.role == HtmlRole::Advert;
    if (doc[node].tag == Tag::Body || doc[node].tag == Tag::Html) return false;
    if (aside && hint.weight == 3) return true;
  }
  return false;
}

}  // namespace

void find_headline(const Document& doc, const std::vector<std::string>& known, Page& page) {
  std::vector<std::string> wanted;
  for (const std::string& k : known) {
    std::string c = comparable(k);
    if (!c.empty() && std::find(wanted.begin(), wanted.end(), c) == wanted.end()) {
      wanted.push_back(std::move(c));
    }
  }
  double best = 0;
  for (std::size_t i = 0; i < page.blocks.size(); ++i) {
    const Block& block = page.blocks[i];
    const bool heading = dom::is_heading(block.tag);
    const bool named = page.hints[block.node].role == HtmlRole::Headline;
    if ((!heading && !named) || block.words > 60) continue;
    double score = block.tag == Tag::H1 ? 1.0 : block.tag == Tag::H2 ? 0.4 : 0.2;
    if (named) score += 0.3;
    if (block.link_share > 0.5F) score -= 0.3;
    if (block.in_list || in_navigation(doc, page, block.node)) score -= 1.2;
    double agrees = 0;
    const std::string text = comparable(slice(page.text, block.span));
    for (const std::string& want : wanted) agrees = std::max(agrees, agreement(text, want));
    score += 2 * agrees;
    if (score > best) {
      best = score;
      page.headline = static_cast<std::int64_t>(i);
    }
  }
  if (best < 0.75) page.headline = -1;
}

namespace {

// Running text: what counts as mass of an element.
std::uint32_t mass_of(const Block& block) {
  const bool running = block.words >= 10 && block.sentences > 0 && block.link_share < 0.4F;
  return running ? block.words : 0;
}

// Too long for a caption, whatever its class says ("image-text-module").
bool is_paragraph(const Block& block) {
  return !block.in_figure && block.words >= 60 && block.sentences >= 3 && block.link_share < 0.2F;
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
  for (Block& block : page.blocks) {
    block.role = page.roles[block.node];
    if (block.role.role == HtmlRole::Caption && is_paragraph(block)) block.role = {};
  }
}

std::string comparable(std::string_view text) {
  constexpr char32_t kSoftHyphen = 0xAD;
  constexpr char32_t kZeroWidthSpace = 0x200B;
  std::string out;
  out.reserve(text.size());
  bool gap = false;
  for (std::size_t i = 0; i < text.size();) {
    if (const auto byte = static_cast<unsigned char>(text[i]); byte < 0x80) {
      const auto lower = static_cast<unsigned char>(byte | 0x20U);
      ++i;
      if ((lower >= 'a' && lower <= 'z') || (byte >= '0' && byte <= '9')) {
        if (gap && !out.empty()) out += ' ';
        gap = false;
        out += static_cast<char>(byte >= 'A' && byte <= 'Z' ? lower : byte);
      } else {
        gap = true;
      }
      continue;
    }
    const char32_t c = utf8::decode(text, i);
    if (c == kSoftHyphen || c == kZeroWidthSpace) continue;
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
