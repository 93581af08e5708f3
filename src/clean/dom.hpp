#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

// An HTML5 page as a flat list of nodes in document order. The parser (MyHTML) is seen by dom.cpp
// alone, so that another one can replace it there. Scripts, styles, comments and drawings are left
// out, except JSON-LD.
namespace twosource::clean::dom {

enum class Tag : std::uint8_t {
  Text,
  A,
  Address,
  Article,
  Aside,
  Blockquote,
  Body,
  Br,
  Button,
  Caption,
  Cite,
  Dd,
  Div,
  Dl,
  Dt,
  Fieldset,
  Figcaption,
  Figure,
  Footer,
  Form,
  H1,
  H2,
  H3,
  H4,
  H5,
  H6,
  Head,
  Header,
  Hr,
  Html,
  Img,
  JsonLd,
  Label,
  Li,
  Link,
  Main,
  Meta,
  Nav,
  Noscript,
  Ol,
  P,
  Pre,
  Section,
  Select,
  Small,
  Span,
  Strong,
  Sub,
  Sup,
  Table,
  Td,
  Textarea,
  Th,
  Time,
  Title,
  Tr,
  Ul,
  Video,
  Inline,  // any other element that runs inside a line, and unknown ones
  Block    // any other element that stands on lines of its own
};

enum class Attr : std::uint8_t {
  Class,
  Id,
  Role,
  Itemprop,
  Itemtype,
  Property,
  Name,
  Content,
  Href,
  Rel,
  Datetime,
  Style,
  Hidden,
  AriaHidden,
  AriaLabel,
  Lang,
  Title,
  DataType,
  Count
};

struct Attribute {
  Attr key = Attr::Class;
  std::string_view value;
};

struct Node {
  Tag tag = Tag::Inline;
  std::uint8_t attributes = 0;
  std::uint32_t first_attribute = 0;
  std::uint32_t parent = 0;  // index; the root's is 0
  std::uint32_t end = 0;     // index behind the last descendant
  std::uint32_t at = 0;      // of Text nodes: where the parser saw the text begin
  std::string_view text;     // of Text and JsonLd nodes
};

// A stretch of the page that the parser saw: where it begins there and in the page, in bytes.
struct Stretch {
  std::uint32_t parsed = 0;
  std::uint32_t page = 0;
};

// Bounds of what is parsed; a page beyond one of them is cut there, and `truncated` says so.
struct Bounds {
  std::size_t bytes = 32U << 20U;
  std::uint32_t depth = 2048;           // open elements that HTML lets nest
  std::uint32_t tag_bytes = 1U << 20U;  // one tag with its attributes
  std::uint32_t nodes = 4U << 20U;
};

// Parsed page. The views live as long as the document; moving it keeps them. Building costs one
// pass of the parser (255 MB/s measured) and one walk without recursion.
class Document {
 public:
  explicit Document(std::string_view html, const Bounds& bounds = {});
  ~Document();
  Document(Document&&) noexcept;

  [[nodiscard]] const std::vector<Node>& nodes() const noexcept { return nodes_; }
  [[nodiscard]] const Node& operator[](std::size_t i) const noexcept { return nodes_[i]; }
  [[nodiscard]] std::size_t size() const noexcept { return nodes_.size(); }
  // Value of an attribute, empty when the node has none.
  [[nodiscard]] std::string_view attr(const Node& node, Attr key) const noexcept;
  [[nodiscard]] bool has(const Node& node, Attr key) const noexcept;
  // Text below a node, white space squeezed.
  [[nodiscard]] std::string text_of(std::size_t node) const;
  // Byte of the page at which a text node begins.
  [[nodiscard]] std::size_t position(const Node& node) const noexcept;
  [[nodiscard]] bool truncated() const noexcept { return truncated_; }

 private:
  struct Parser;
  std::unique_ptr<Parser> parser_;
  std::vector<Node> nodes_;
  std::vector<Attribute> attributes_;
  std::vector<Stretch> stretches_;
  bool truncated_ = false;
};

// Does the element break the line it stands in?
[[nodiscard]] bool is_block(Tag tag) noexcept;
[[nodiscard]] constexpr bool is_heading(Tag tag) noexcept {
  return tag >= Tag::H1 && tag <= Tag::H6;
}

}  // namespace twosource::clean::dom
