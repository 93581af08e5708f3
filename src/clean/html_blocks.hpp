#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "clean/dom.hpp"
#include "clean/html_words.hpp"
#include "text/span.hpp"

namespace twosource::clean {

// A run of text between two line breaks of the page, with what the one pass over the tree saw of
// it. White space is squeezed, soft hyphens and zero-width blanks are gone.
struct Block {
  Span span;                     // into Page::text
  std::uint32_t node = 0;        // nearest element that breaks lines
  dom::Tag tag = dom::Tag::Div;  // P, H1…H6, Li, Td, Dd, Dt, Pre, Figcaption, Blockquote or Div
  bool in_list = false;
  bool in_quote = false;
  bool in_table = false;
  bool in_figure = false;
  bool ends_sentence = false;  // . ! ? … or : behind which only closing marks stand
  std::uint16_t words = 0;
  std::uint16_t commas = 0;
  std::uint16_t sentences = 0;  // sentence-final marks before a blank or the end
  float link_share = 0;         // bytes inside links / bytes
  float strong_share = 0;
  RoleHint role;  // of the element and those above it, see resolve_roles()
};

// Where in Page::text the text of a node begins.
struct Piece {
  std::uint32_t text = 0;
  std::uint32_t node = 0;
};

struct Page {
  std::string text;
  std::vector<Piece> pieces;    // in order; a blank between two belongs to the second
  std::vector<Block> blocks;    // in document order
  std::vector<RoleHint> hints;  // a node's own hint
  std::vector<RoleHint> roles;  // with those of the elements above
  std::int64_t headline = -1;   // block that holds the page's main heading
};

// Walks the tree once and cuts it into blocks. Linear in the page.
[[nodiscard]] Page make_blocks(const dom::Document& doc, const HtmlWords& words);

// Settles page.headline: the h1 (or other heading) that agrees best with one of `known`, the
// headlines the metadata give (may be none), and stands in no navigation.
void find_headline(const dom::Document& doc, const std::vector<std::string>& known, Page& page);

// Fills page.roles and the blocks' roles. A hint counts for everything inside its element unless
// the element holds the headline or most of the page's running text.
void resolve_roles(const dom::Document& doc, Page& page);

// Letters and digits of a text, lower case, one blank between words: for comparing.
[[nodiscard]] std::string comparable(std::string_view text);
// Share of the words of the shorter text that also stand in the longer one, 0…1.
[[nodiscard]] double word_overlap(std::string_view comparable_a, std::string_view comparable_b);

}  // namespace twosource::clean
