#include "clean/dom.hpp"

#include <myhtml/myhtml.h>
#include <myhtml/token.h>

#include <algorithm>

#include "clean/dom_attributes.hpp"
#include "clean/dom_reduce.hpp"
#include "text/utf8.hpp"

namespace twosource::clean::dom {
namespace {

struct TagName {
  myhtml_tag_id_t id;
  Tag tag;
};
constexpr TagName kTags[] = {
    {MyHTML_TAG__TEXT, Tag::Text},
    {MyHTML_TAG_A, Tag::A},
    {MyHTML_TAG_ADDRESS, Tag::Address},
    {MyHTML_TAG_ARTICLE, Tag::Article},
    {MyHTML_TAG_ASIDE, Tag::Aside},
    {MyHTML_TAG_BLOCKQUOTE, Tag::Blockquote},
    {MyHTML_TAG_BODY, Tag::Body},
    {MyHTML_TAG_BR, Tag::Br},
    {MyHTML_TAG_BUTTON, Tag::Button},
    {MyHTML_TAG_CAPTION, Tag::Caption},
    {MyHTML_TAG_CITE, Tag::Cite},
    {MyHTML_TAG_DD, Tag::Dd},
    {MyHTML_TAG_DIV, Tag::Div},
    {MyHTML_TAG_DL, Tag::Dl},
    {MyHTML_TAG_DT, Tag::Dt},
    {MyHTML_TAG_FIELDSET, Tag::Fieldset},
    {MyHTML_TAG_FIGCAPTION, Tag::Figcaption},
    {MyHTML_TAG_FIGURE, Tag::Figure},
    {MyHTML_TAG_FOOTER, Tag::Footer},
    {MyHTML_TAG_FORM, Tag::Form},
    {MyHTML_TAG_H1, Tag::H1},
    {MyHTML_TAG_H2, Tag::H2},
    {MyHTML_TAG_H3, Tag::H3},
    {MyHTML_TAG_H4, Tag::H4},
    {MyHTML_TAG_H5, Tag::H5},
    {MyHTML_TAG_H6, Tag::H6},
    {MyHTML_TAG_HEAD, Tag::Head},
    {MyHTML_TAG_HEADER, Tag::Header},
    {MyHTML_TAG_HR, Tag::Hr},
    {MyHTML_TAG_HTML, Tag::Html},
    {MyHTML_TAG_IMG, Tag::Img},
    {MyHTML_TAG_LABEL, Tag::Label},
    {MyHTML_TAG_LI, Tag::Li},
    {MyHTML_TAG_LINK, Tag::Link},
    {MyHTML_TAG_MAIN, Tag::Main},
    {MyHTML_TAG_META, Tag::Meta},
    {MyHTML_TAG_NAV, Tag::Nav},
    {MyHTML_TAG_NOSCRIPT, Tag::Noscript},
    {MyHTML_TAG_OL, Tag::Ol},
    {MyHTML_TAG_P, Tag::P},
    {MyHTML_TAG_PRE, Tag::Pre},
    {MyHTML_TAG_SECTION, Tag::Section},
    {MyHTML_TAG_SELECT, Tag::Select},
    {MyHTML_TAG_SMALL, Tag::Small},
    {MyHTML_TAG_SPAN, Tag::Span},
    {MyHTML_TAG_STRONG, Tag::Strong},
    {MyHTML_TAG_B, Tag::Strong},
    {MyHTML_TAG_SUB, Tag::Sub},
    {MyHTML_TAG_SUP, Tag::Sup},
    {MyHTML_TAG_TABLE, Tag::Table},
    {MyHTML_TAG_TD, Tag::Td},
    {MyHTML_TAG_TEXTAREA, Tag::Textarea},
    {MyHTML_TAG_TH, Tag::Th},
    {MyHTML_TAG_TIME, Tag::Time},
    {MyHTML_TAG_TITLE, Tag::Title},
    {MyHTML_TAG_TR, Tag::Tr},
    {MyHTML_TAG_UL, Tag::Ul},
    {MyHTML_TAG_VIDEO, Tag::Video},
    {MyHTML_TAG_CENTER, Tag::Block},
    {MyHTML_TAG_DETAILS, Tag::Block},
    {MyHTML_TAG_DIALOG, Tag::Block},
    {MyHTML_TAG_DIR, Tag::Ul},
    {MyHTML_TAG_HGROUP, Tag::Block},
    {MyHTML_TAG_LEGEND, Tag::Block},
    {MyHTML_TAG_LISTING, Tag::Pre},
    {MyHTML_TAG_MENU, Tag::Ul},
    {MyHTML_TAG_OPTION, Tag::Select},
    {MyHTML_TAG_PLAINTEXT, Tag::Pre},
    {MyHTML_TAG_SUMMARY, Tag::Block},
    {MyHTML_TAG_TBODY, Tag::Block},
    {MyHTML_TAG_TFOOT, Tag::Block},
    {MyHTML_TAG_THEAD, Tag::Block},
    {MyHTML_TAG_XMP, Tag::Pre},
    {MyHTML_TAG_AUDIO, Tag::Video},
};

using TagTable = std::array<Tag, MyHTML_TAG_LAST_ENTRY + 1>;
TagTable make_tag_table() {
  TagTable table;
  table.fill(Tag::Inline);
  for (const TagName& t : kTags) table[t.id] = t.tag;
  return table;
}

// Elements that hold no text of the page.
bool is_skipped(myhtml_tag_id_t id) {
  switch (id) {
    case MyHTML_TAG__COMMENT:
    case MyHTML_TAG__DOCTYPE:
    case MyHTML_TAG_STYLE:
    case MyHTML_TAG_SVG:
    case MyHTML_TAG_TEMPLATE:
    case MyHTML_TAG_IFRAME:
    case MyHTML_TAG_MATH:
    case MyHTML_TAG_CANVAS:
    case MyHTML_TAG_OBJECT:
    case MyHTML_TAG_NOFRAMES:
    case MyHTML_TAG_NOEMBED:
      return true;
    default:
      return false;
  }
}

// Attributes that the tree builder or is_json_ld() looks at, beside kAttributes.
constexpr std::string_view kBuilderAttributes[] = {"type", "encoding", "color", "face", "size"};

// Elements whose attributes the tree builder compares when it reopens them ("Noah's Ark clause"),
// but for A, of which only one can be open.
bool is_reopened(myhtml_tag_id_t id) {
  constexpr myhtml_tag_id_t kReopened[] = {
      MyHTML_TAG_B,      MyHTML_TAG_BIG,  MyHTML_TAG_CODE, MyHTML_TAG_EM,    MyHTML_TAG_FONT,
      MyHTML_TAG_I,      MyHTML_TAG_NOBR, MyHTML_TAG_S,    MyHTML_TAG_SMALL, MyHTML_TAG_STRIKE,
      MyHTML_TAG_STRONG, MyHTML_TAG_TT,   MyHTML_TAG_U};
  return std::find(std::begin(kReopened), std::end(kReopened), id) != std::end(kReopened);
}

// Called before names and values of a tag are copied: takes off those that nobody looks at.
void* drop_attributes(myhtml_tree_t* /*tree*/, myhtml_token_node_t* token, void* page) {
  if (token->tag_id == MyHTML_TAG__TEXT || token->tag_id == MyHTML_TAG__COMMENT ||
      token->tag_id == MyHTML_TAG__DOCTYPE || is_reopened(token->tag_id)) {
    return page;
  }
  const char* const html = static_cast<const std::string*>(page)->data();
  myhtml_token_attr_t* last = nullptr;
  for (auto* a = token->attr_first; a != nullptr; a = a->next) {
    const std::string_view name(html + a->raw_key_begin, a->raw_key_length);
    const bool kept = attribute_key(name) != Attr::Count ||
                      std::find(std::begin(kBuilderAttributes), std::end(kBuilderAttributes),
                                name) != std::end(kBuilderAttributes);
    if (!kept) continue;
    a->prev = last;
    (last == nullptr ? token->attr_first : last->next) = a;
    last = a;
  }
  (last == nullptr ? token->attr_first : last->next) = nullptr;
  token->attr_last = last;
  return page;
}

std::string_view view(const char* data, std::size_t size) {
  return data == nullptr ? std::string_view{} : std::string_view(data, size);
}

bool is_json_ld(myhtml_tree_node_t* node) {
  for (auto* a = myhtml_node_attribute_first(node); a != nullptr; a = myhtml_attribute_next(a)) {
    std::size_t size = 0;
    const char* key = myhtml_attribute_key(a, &size);
    if (view(key, size) != "type") continue;
    const char* value = myhtml_attribute_value(a, &size);
    return view(value, size).find("ld+json") != std::string_view::npos;
  }
  return false;
}

}  // namespace

struct Document::Parser {
  myhtml_t* html = nullptr;
  myhtml_tree_t* tree = nullptr;

  Parser() {
    html = myhtml_create();
    if (myhtml_init(html, MyHTML_OPTIONS_PARSE_MODE_SINGLE, 1, 0) != 0) return;
    tree = myhtml_tree_create();
    if (myhtml_tree_init(tree, html) != 0) tree = nullptr;
  }
  ~Parser() {
    if (tree != nullptr) myhtml_tree_destroy(tree);
    if (html != nullptr) myhtml_destroy(html);
  }
  Parser(const Parser&) = delete;
  Parser& operator=(const Parser&) = delete;

  // A parser keeps its memory for the next page (anew for each, parsing took a fifth longer). One
  // waits a thread; after a large page it is let go.
  static std::unique_ptr<Parser> take() {
    return spare() != nullptr ? std::move(spare()) : std::make_unique<Parser>();
  }
  static void give_back(std::unique_ptr<Parser> parser) {
    if (parser != nullptr && parser->parsed <= kKeptBytes) spare() = std::move(parser);
  }
  static std::unique_ptr<Parser>& spare() {
    thread_local std::unique_ptr<Parser> waiting;
    return waiting;
  }
  static constexpr std::size_t kKeptBytes = 1U << 20U;
  std::size_t parsed = 0;  // bytes of the largest page so far

  void collect(const Bounds& bounds, std::vector<Node>& nodes, std::vector<Attribute>& attributes,
               bool& truncated);
  static void add_attributes(myhtml_tree_node_t* from, Node& node,
                             std::vector<Attribute>& attributes);
};

void Document::Parser::add_attributes(myhtml_tree_node_t* from, Node& node,
                                      std::vector<Attribute>& attributes) {
  node.first_attribute = static_cast<std::uint32_t>(attributes.size());
  for (auto* a = myhtml_node_attribute_first(from); a != nullptr; a = myhtml_attribute_next(a)) {
    std::size_t size = 0;
    const char* name = myhtml_attribute_key(a, &size);
    const Attr key = attribute_key(view(name, size));
    if (key == Attr::Count) continue;
    const char* value = myhtml_attribute_value(a, &size);
    attributes.push_back({key, view(value, value == nullptr ? 0 : size)});
    if (++node.attributes == 32) return;
  }
}

void Document::Parser::collect(const Bounds& bounds, std::vector<Node>& nodes,
                               std::vector<Attribute>& attributes, bool& truncated) {
  static const TagTable table = make_tag_table();
  std::uint32_t parent = 0;
  auto* root = myhtml_tree_get_document(tree);
  auto* at = root == nullptr ? nullptr : myhtml_node_child(root);
  // `parent` is the index of the kept node above `at`; skipped nodes are never entered.
  while (at != nullptr) {
    if (nodes.size() >= bounds.nodes) {
      truncated = true;
      break;
    }
    const myhtml_tag_id_t id = myhtml_node_tag_id(at);
    const bool json = id == MyHTML_TAG_SCRIPT && is_json_ld(at);
    auto* child = (id == MyHTML_TAG_SCRIPT) ? nullptr : myhtml_node_child(at);
    bool kept = false;
    if (!is_skipped(id) && (id != MyHTML_TAG_SCRIPT || json)) {
      kept = true;
      Node node;
      node.tag = json ? Tag::JsonLd : id < table.size() ? table[id] : Tag::Inline;
      node.parent = parent;
      auto* source = json ? myhtml_node_child(at) : at;
      if (node.tag == Tag::Text || (json && source != nullptr)) {
        std::size_t size = 0;
        const char* text = myhtml_node_text(source, &size);
        node.text = view(text, text == nullptr ? 0 : size);
        node.at = static_cast<std::uint32_t>(myhtml_node_raw_position(source).begin);
      } else {
        add_attributes(at, node, attributes);
      }
      nodes.push_back(node);
    }
    if (kept && child != nullptr) {
      parent = static_cast<std::uint32_t>(nodes.size() - 1);
      at = child;
      continue;
    }
    if (kept) nodes.back().end = static_cast<std::uint32_t>(nodes.size());
    while (at != nullptr && myhtml_node_next(at) == nullptr) {
      at = myhtml_node_parent(at);
      if (at == nullptr || at == root) break;
      nodes[parent].end = static_cast<std::uint32_t>(nodes.size());
      parent = nodes[parent].parent;
    }
    if (at == nullptr || at == root) break;
    at = myhtml_node_next(at);
  }
  for (Node& node : nodes) {
    if (node.end == 0) node.end = static_cast<std::uint32_t>(nodes.size());
  }
}

Document::Document(std::string_view html, const Bounds& bounds) : parser_(Parser::take()) {
  bool whole = true;
  std::string reduced = reduced_page(html, bounds, whole, stretches_);
  truncated_ = !whole || html.size() > bounds.bytes;
  if (parser_->tree == nullptr || reduced.empty()) return;
  myhtml_tree_parse_flags_set(parser_->tree, MyHTML_TREE_PARSE_FLAGS_WITHOUT_DOCTYPE_IN_TREE);
  myhtml_callback_before_token_done_set(parser_->tree, drop_attributes, &reduced);
  parser_->parsed = std::max(parser_->parsed, reduced.size());
  if (myhtml_parse(parser_->tree, MyENCODING_UTF_8, reduced.data(), reduced.size()) != 0) {
    return;
  }
  nodes_.reserve(reduced.size() / 32);
  parser_->collect(bounds, nodes_, attributes_, truncated_);
}

Document::~Document() { Parser::give_back(std::move(parser_)); }
Document::Document(Document&&) noexcept = default;

std::string_view Document::attr(const Node& node, Attr key) const noexcept {
  for (std::uint32_t i = 0; i < node.attributes; ++i) {
    const Attribute& a = attributes_[node.first_attribute + i];
    if (a.key == key) return a.value;
  }
  return {};
}

bool Document::has(const Node& node, Attr key) const noexcept {
  for (std::uint32_t i = 0; i < node.attributes; ++i) {
    if (attributes_[node.first_attribute + i].key == key) return true;
  }
  return false;
}

std::size_t Document::position(const Node& node) const noexcept {
  const auto behind =
      std::upper_bound(stretches_.begin(), stretches_.end(), node.at,
                       [](std::uint32_t at, const Stretch& s) { return at < s.parsed; });
  if (behind == stretches_.begin()) return node.at;
  return std::prev(behind)->page + (node.at - std::prev(behind)->parsed);
}

std::string Document::text_of(std::size_t node) const {
  std::string out;
  for (std::size_t i = node; i < nodes_[node].end; ++i) {
    if (nodes_[i].tag == Tag::Text) {
      out += nodes_[i].text;
    } else if (i > node && (nodes_[i].tag == Tag::Br || is_block(nodes_[i].tag))) {
      out += ' ';
    }
  }
  return utf8::squeeze(out);
}

bool is_block(Tag tag) noexcept {
  switch (tag) {
    case Tag::Text:
    case Tag::A:
    case Tag::Br:
    case Tag::Button:
    case Tag::Cite:
    case Tag::Img:
    case Tag::Inline:
    case Tag::JsonLd:
    case Tag::Label:
    case Tag::Link:
    case Tag::Meta:
    case Tag::Select:
    case Tag::Small:
    case Tag::Span:
    case Tag::Strong:
    case Tag::Sub:
    case Tag::Sup:
    case Tag::Time:
    case Tag::Title:
    case Tag::Noscript:
      return false;
    default:
      return true;
  }
}

}  // namespace twosource::clean::dom
