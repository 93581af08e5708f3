#include "clean/html_blocks.hpp"

#include <algorithm>

#include "text/utf8.hpp"

namespace twosource::clean {
namespace {

using dom::Attr;
using dom::Document;
using dom::Node;
using dom::Tag;

// Hint of an element by its tag alone.
RoleHint tag_hint(Tag tag) {
  switch (tag) {
    case Tag::Nav:
      return {HtmlRole::Navigation, 3};
    case Tag::Footer:
      return {HtmlRole::Footer, 2};
    case Tag::Aside:
      return {HtmlRole::Other, 2};
    case Tag::Form:
    case Tag::Fieldset:
      return {HtmlRole::Other, 2};
    case Tag::Figcaption:
      return {HtmlRole::Caption, 3};
    case Tag::Article:
    case Tag::Main:
      return {HtmlRole::Body, 1};
    case Tag::Address:
      return {HtmlRole::Byline, 2};
    default:
      return {};
  }
}

RoleHint stronger(RoleHint a, RoleHint b) { return b.weight > a.weight ? b : a; }

bool is_void_of_text(Tag tag) {
  return tag == Tag::Button || tag == Tag::Select || tag == Tag::Textarea || tag == Tag::JsonLd ||
         tag == Tag::Head || tag == Tag::Video || tag == Tag::Title;
}

bool is_hidden(const Document& doc, const Node& node) {
  if (doc.has(node, Attr::Hidden)) return true;
  const std::string_view style = doc.attr(node, Attr::Style);
  if (style.empty()) return false;
  const std::size_t at = style.find("display");
  if (at == std::string_view::npos) return false;
  std::size_t value = at + 7;
  while (value < style.size() && (style[value] == ' ' || style[value] == ':')) ++value;
  return style.substr(value, 4) == "none";
}

class HintReader {
 public:
  HintReader(const Document& doc, const HtmlWords& words) : doc_(doc), words_(words) {}

  RoleHint read(const Node& node) {
    RoleHint hint = tag_hint(node.tag);
    if (node.attributes == 0) return hint;
    if (is_hidden(doc_, node)) return {HtmlRole::Hidden, 2};
    for (const Attr key : {Attr::Class, Attr::Id, Attr::Role, Attr::Itemprop, Attr::AriaLabel}) {
      const std::string_view value = doc_.attr(node, key);
      if (value.empty() || (key == Attr::AriaLabel && node.tag == Tag::A)) continue;
      hint = stronger(hint, cached(value));
    }
    // A heading that a menu points to is no menu; a row of results is about players.
    if (dom::is_heading(node.tag) && hint.role == HtmlRole::Navigation) hint.weight = 1;
    if (node.tag == Tag::Tr && hint.role == HtmlRole::Player) return {};
    return hint;
  }

 private:
  RoleHint cached(std::string_view value) {
    value = value.substr(0, HtmlWords::kLongestValue);
    const auto it = cache_.find(value);
    if (it != cache_.end()) return it->second;
    const RoleHint hint = words_.read(value);
    cache_.emplace(value, hint);
    return hint;
  }

  const Document& doc_;
  const HtmlWords& words_;
  std::unordered_map<std::string_view, RoleHint, StringHash> cache_;
};

// Copies text with white space squeezed. A blank is written when the next letter comes.
class Writer {
 public:
  explicit Writer(std::string& out) : out_(out) {}

  void blank() { space_ = true; }
  void start() { begin_ = out_.size(), space_ = false; }
  [[nodiscard]] bool empty() const { return out_.size() == begin_; }
  [[nodiscard]] std::size_t begin() const { return begin_; }

  void append(std::string_view text) {
    std::size_t i = 0;
    while (i < text.size()) {
      const auto c = static_cast<unsigned char>(text[i]);
      if (c <= ' ') {
        space_ = true;
        ++i;
        continue;
      }
      std::size_t end = i;
      while (end < text.size() && plain(static_cast<unsigned char>(text[end]))) ++end;
      if (end > i) {
        put(text.substr(i, end - i));
        i = end;
        continue;
      }
      special(text, i);
    }
  }

 private:
  static bool plain(unsigned char c) {
    return c > ' ' && c != 0xC2 && c != 0xE2 && c != 0xE3 && c != 0xEF;
  }
  void put(std::string_view piece) {
    if (space_ && !empty()) out_ += ' ';
    space_ = false;
    out_ += piece;
  }
  void special(std::string_view text, std::size_t& i) {
    const std::size_t at = i;
    const char32_t c = utf8::decode(text, i);
    const bool nothing = c == 0xAD || c == 0x200B || c == 0xFEFF || c == 0x2060;
    if (nothing) return;
    if (utf8::is_space(c)) {
      space_ = true;
    } else {
      put(text.substr(at, i - at));
    }
  }

  std::string& out_;
  std::size_t begin_ = 0;
  bool space_ = false;
};

class BlockMaker {
 public:
  BlockMaker(const Document& doc, const HtmlWords& words, Page& page)
      : doc_(doc), hints_(doc, words), page_(page), writer_(page.text) {}

  void run() {
    page_.hints.resize(doc_.size());
    std::size_t i = 0;
    while (i < doc_.size()) {
      leave(i);
      i = enter(i);
    }
    leave(doc_.size());
    flush();
  }

 private:
  // Handles node i and gives the next one to look at.
  std::size_t enter(std::size_t i) {
    const Node& node = doc_[i];
    if (node.tag == Tag::Text) {
      text(node.text, i);
      return i + 1;
    }
    if (is_void_of_text(node.tag)) return node.end;
    if (node.tag == Tag::Noscript && !holds_article(i)) return node.end;
    page_.hints[i] = hints_.read(node);
    const bool cell = node.tag == Tag::Td || node.tag == Tag::Th;
    if (cell) writer_.blank();  // the cells of a row make one line, unless they hold blocks
    if (!dom::is_block(node.tag) && page_.hints[i].role == HtmlRole::Hidden) return node.end;
    if (node.tag == Tag::Br) {
      if (++breaks_ > 1) flush();
      writer_.blank();
      return i + 1;
    }
    if (dom::is_block(node.tag) && !cell) {
      flush();
      open_.push_back({static_cast<std::uint32_t>(i), node.end, false});
    } else if (node.tag == Tag::A) {
      ++links_;
      open_.push_back({static_cast<std::uint32_t>(i), node.end, true});
    } else if (node.tag == Tag::Strong) {
      ++strong_;
      open_.push_back({static_cast<std::uint32_t>(i), node.end, true});
    }
    return i + 1;
  }

  // Pages that scripts put together have their text for readers without scripts here; else it is
  // the address of a picture, or that scripts are wanted.
  [[nodiscard]] bool holds_article(std::size_t node) const {
    constexpr std::size_t kLeast = 600;  // bytes of text, set by hand
    std::size_t bytes = 0;
    for (std::size_t i = node + 1; i < doc_[node].end && bytes < kLeast; ++i) {
      if (doc_[i].tag == Tag::Text) bytes += doc_[i].text.size();
    }
    return bytes >= kLeast;
  }

  void leave(std::size_t i) {
    while (!open_.empty() && open_.back().end <= i) {
      const Tag tag = doc_[open_.back().node].tag;
      if (!open_.back().inline_element) {
        flush();
      } else if (tag == Tag::A) {
        --links_;
      } else {
        --strong_;
      }
      open_.pop_back();
    }
  }

  void text(std::string_view value, std::size_t node) {
    const std::size_t before = page_.text.size();
    writer_.append(value);
    const std::size_t added = page_.text.size() - before;
    if (added == 0) return;
    page_.pieces.push_back({static_cast<std::uint32_t>(before), static_cast<std::uint32_t>(node)});
    breaks_ = 0;
    if (links_ > 0) link_bytes_ += added;
    if (strong_ > 0) strong_bytes_ += added;
  }

  void flush();
  void describe(Block& block) const;
  static void count_words(std::string_view text, Block& block);

  struct Open {
    std::uint32_t node;
    std::uint32_t end;
    bool inline_element;
  };
  const Document& doc_;
  HintReader hints_;
  Page& page_;
  Writer writer_;
  std::vector<Open> open_;
  int links_ = 0;
  int strong_ = 0;
  int breaks_ = 0;
  std::size_t link_bytes_ = 0;
  std::size_t strong_bytes_ = 0;
};

void BlockMaker::flush() {
  breaks_ = 0;
  if (!writer_.empty()) {
    Block block;
    block.span = make_span(writer_.begin(), page_.text.size());
    for (auto it = open_.rbegin(); it != open_.rend(); ++it) {
      if (it->inline_element) continue;
      block.node = it->node;
      break;
    }
    const auto size = static_cast<float>(block.span.size());
    block.link_share = static_cast<float>(link_bytes_) / size;
    block.strong_share = static_cast<float>(strong_bytes_) / size;
    describe(block);
    count_words(slice(page_.text, block.span), block);
    page_.blocks.push_back(block);
    page_.text += '\n';
  }
  link_bytes_ = strong_bytes_ = 0;
  writer_.start();
}

void BlockMaker::describe(Block& block) const {
  std::uint32_t node = block.node;
  bool named = false;
  for (int level = 0; level < 8; ++level) {
    const Tag tag = doc_[node].tag;
    switch (tag) {
      case Tag::Li:
      case Tag::Dd:
      case Tag::Dt:
        block.in_list = true;
        break;
      case Tag::Blockquote:
        block.in_quote = true;
        break;
      case Tag::Tr:
        block.in_table = true;
        break;
      case Tag::Figure:
      case Tag::Figcaption:
        block.in_figure = true;
        break;
      default:
        break;
    }
    const bool says = dom::is_heading(tag) || tag == Tag::P || tag == Tag::Li || tag == Tag::Td ||
                      tag == Tag::Th || tag == Tag::Dd || tag == Tag::Dt || tag == Tag::Pre ||
                      tag == Tag::Figcaption || tag == Tag::Blockquote;
    if (says && !named && (level < 3 || dom::is_heading(tag))) {
      block.tag = tag;
      named = true;
    }
    if (node == 0) return;
    node = doc_[node].parent;
  }
}

// Byte length of a closing quotation mark or bracket that ends at `end`, 0 if none.
std::size_t closer_before(std::string_view text, std::size_t end) {
  if (end == 0) return 0;
  const char c = text[end - 1];
  if (c == '"' || c == '\'' || c == ')' || c == ']') return 1;
  if (static_cast<unsigned char>(c) < 0x80) return 0;
  std::size_t at = end;
  const char32_t mark = utf8::decode_before(text, at);
  const bool closes = (mark >= 0x2018 && mark <= 0x201F) || mark == 0xAB || mark == 0xBB ||
                      mark == 0x2039 || mark == 0x203A;
  return closes ? end - at : 0;
}

void BlockMaker::count_words(std::string_view text, Block& block) {
  unsigned words = 1;
  unsigned commas = 0;
  unsigned sentences = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == ' ') ++words;
    if (c == ',') ++commas;
    if ((c == '.' || c == '!' || c == '?') && (i + 1 == text.size() || text[i + 1] == ' ')) {
      ++sentences;
    }
  }
  std::size_t end = text.size();
  while (const std::size_t closer = closer_before(text, end)) end -= closer;
  if (end > 0) {
    const char c = text[end - 1];
    block.ends_sentence = c == '.' || c == '!' || c == '?' || c == ':' ||
                          (end >= 3 && text.substr(end - 3, 3) == "\xE2\x80\xA6");
    if (block.ends_sentence && sentences == 0) sentences = 1;
  }
  const auto cap = [](unsigned n) { return static_cast<std::uint16_t>(std::min(n, 65000U)); };
  block.words = cap(words);
  block.commas = cap(commas);
  block.sentences = cap(sentences);
}

}  // namespace

Page make_blocks(const Document& doc, const HtmlWords& words) {
  Page page;
  BlockMaker(doc, words, page).run();
  return page;
}

}  // namespace twosource::clean
