#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>
#include <array>
#include <unordered_map>
#include <vector>

#include "intake/sniff.hpp"
#include "intake/tag_scanner.hpp"

namespace twosource::intake {
namespace {

// How an element behaves in the tree builder (HTML Standard, 13.2.6), as far as depth goes.
enum Trait : unsigned {
  kVoid = 1,        // never has content
  kFormatting = 2,  // reopened by what follows when it was not closed
  kScope = 4,       // an end tag inside does not reach out of it
  kTable = 8,       // closes across scopes of its own table
  kBlock = 16,      // closes an open p
};
struct Known {
  std::string_view name;
  unsigned traits;
};
constexpr auto kKnown = std::to_array<Known>({
    {"area", kVoid},
    {"base", kVoid},
    {"br", kVoid},
    {"col", kVoid},
    {"embed", kVoid},
    {"hr", kVoid | kBlock},
    {"img", kVoid},
    {"input", kVoid},
    {"link", kVoid},
    {"meta", kVoid},
    {"param", kVoid},
    {"source", kVoid},
    {"track", kVoid},
    {"wbr", kVoid},
    {"frame", kVoid},
    {"keygen", kVoid},
    {"basefont", kVoid},
    {"bgsound", kVoid},
    {"!doctype", kVoid},
    {"a", kFormatting},
    {"b", kFormatting},
    {"big", kFormatting},
    {"code", kFormatting},
    {"em", kFormatting},
    {"font", kFormatting},
    {"i", kFormatting},
    {"nobr", kFormatting},
    {"s", kFormatting},
    {"small", kFormatting},
    {"strike", kFormatting},
    {"strong", kFormatting},
    {"tt", kFormatting},
    {"u", kFormatting},
    {"table", kScope | kTable | kBlock},
    {"td", kScope | kTable},
    {"th", kScope | kTable},
    {"caption", kScope | kTable},
    {"tr", kTable},
    {"tbody", kTable},
    {"thead", kTable},
    {"tfoot", kTable},
    {"object", kScope},
    {"applet", kScope},
    {"marquee", kScope},
    {"template", kScope | kTable},
    {"button", kScope},
    {"p", kBlock},
    {"div", kBlock},
    {"ul", kBlock},
    {"ol", kBlock},
    {"li", kBlock},
    {"dl", kBlock},
    {"dt", kBlock},
    {"dd", kBlock},
    {"h1", kBlock},
    {"h2", kBlock},
    {"h3", kBlock},
    {"h4", kBlock},
    {"h5", kBlock},
    {"h6", kBlock},
    {"blockquote", kBlock},
    {"section", kBlock},
    {"article", kBlock},
    {"aside", kBlock},
    {"header", kBlock},
    {"footer", kBlock},
    {"main", kBlock},
    {"nav", kBlock},
    {"figure", kBlock},
    {"figcaption", kBlock},
    {"form", kBlock},
    {"pre", kBlock},
    {"address", kBlock},
    {"center", kBlock},
    {"details", kBlock},
    {"summary", kBlock},
    {"fieldset", kBlock},
    {"menu", kBlock},
    {"dir", kBlock},
    {"listing", kBlock},
    {"plaintext", kBlock},
    {"hgroup", kBlock},
    {"select", kBlock},
    {"noscript", kBlock},
    {"frameset", kBlock},
    {"html", kBlock},
    {"head", kBlock},
    {"body", kBlock},
    {"colgroup", kBlock},
    {"option", 0},
});

// A number for a name: its bytes when they fit, else a hash of them.
std::uint64_t tag_number(std::string_view name) {
  if (name.size() > sizeof(std::uint64_t)) return XXH3_64bits(name.data(), name.size());
  std::uint64_t number = 0;
  for (const char c : name) number = number << 8U | static_cast<unsigned char>(c);
  return number;
}

// An element ends where another of the same group begins (`<li>` after `<li>`).
std::string_view sibling_group(std::string_view name) {
  if (name == "dd") return "dt";
  if (name == "th") return "td";
  if (name == "thead" || name == "tfoot") return "tbody";
  const bool grouped = name == "li" || name == "dt" || name == "td" || name == "tr" ||
                       name == "tbody" || name == "option" || name == "p";
  return grouped ? name : std::string_view();
}

struct Behaviour {
  std::uint64_t name = 0;
  std::uint64_t group = 0;  // number of the sibling group, 0 for none
  unsigned traits = 0;
};

// Behaviour by the number of the name: open addressing, at most a third full.
class BehaviourTable {
 public:
  BehaviourTable() {
    for (const Known& k : kKnown) {
      std::size_t at = slot(tag_number(k.name));
      while (slots_[at].name != 0) at = (at + 1) % slots_.size();
      slots_[at] = {tag_number(k.name), tag_number(sibling_group(k.name)), k.traits};
    }
  }
  // One of no name for unknown elements.
  [[nodiscard]] const Behaviour& of(std::uint64_t name) const {
    std::size_t at = slot(name);
    while (slots_[at].name != 0 && slots_[at].name != name) at = (at + 1) % slots_.size();
    return slots_[at];
  }

 private:
  static std::size_t slot(std::uint64_t name) { return (name * 0x9E3779B97F4A7C15ULL) >> 56U; }
  std::array<Behaviour, 256> slots_{};
};

const Behaviour& behaviour_of(std::uint64_t name) {
  static const BehaviourTable kTable;
  return kTable.of(name);
}

// Follows the tags of a page with a stack of open elements.
class Fence {
 public:
  explicit Fence(const HtmlBounds& bounds) : bounds_(bounds) {}

  std::string run(std::string_view html) {
    TagScanner scanner(html);
    Tag tag;
    while (scanner.next(tag)) {
      if (tag.attributes > bounds_.attributes) {
        return fmt::format("an element with more than {} attributes", bounds_.attributes);
      }
      if (tag.closing) {
        const std::uint64_t name = tag_number(tag.name);
        close(name, behaviour_of(name).traits);
      } else {
        open(tag);
      }
      if (stack_.size() + dangling_ > bounds_.depth) {
        return fmt::format("elements nested more than {} deep", bounds_.depth);
      }
      if (reopened_ > bounds_.reopened) return "unclosed formatting beyond all measure";
    }
    return {};
  }

 private:
  struct Open {
    std::uint64_t name;
    std::uint64_t group;
    std::uint64_t whole;  // of a formatting element: its tag with all attributes
    unsigned traits;
  };
  static constexpr unsigned kIdentical = 3;  // "Noah's Ark clause": more are not reopened

  static std::uint64_t hash(std::string_view s) { return XXH3_64bits(s.data(), s.size()); }
  [[nodiscard]] std::size_t index(std::size_t from_top) const {
    return stack_.size() - 1 - from_top;
  }

  void open(const Tag& tag) {
    const std::uint64_t name = tag_number(tag.name);
    const auto& [known, group, traits] = behaviour_of(name);
    if ((traits & kBlock) != 0) close_paragraph();
    if (group != 0) close_sibling(group, (traits & kTable) != 0);
    reopened_ += dangling_;
    if ((traits & kVoid) != 0 || tag.raw_text) return;
    std::uint64_t whole = 0;
    if ((traits & kFormatting) != 0) {
      if (tag.name == "a") close_formatting(name);  // an a ends where the next one begins
      whole = hash(tag.whole);
      ++identical_[whole];
      active_[name].push_back(whole);
    }
    stack_.push_back({name, group, whole, traits});
  }

  void close(std::uint64_t name, unsigned traits) {
    if ((traits & kFormatting) != 0) return close_formatting(name);
    const bool table = (traits & kTable) != 0;
    const bool special = (traits & (kBlock | kScope | kTable)) != 0;
    for (std::size_t i = 0; i < stack_.size(); ++i) {
      const Open& e = stack_[index(i)];
      if (e.name == name) return cut(index(i));
      if ((e.traits & kScope) != 0 && (!table || (e.traits & kTable) == 0)) return;
      // The end tag of an ordinary element does nothing across a special one.
      if (!special && (e.traits & (kBlock | kScope | kTable)) != 0) return;
    }
  }

  // Takes one formatting element off, leaving what was opened inside of it where it is.
  void close_formatting(std::uint64_t name) {
    const auto list = active_.find(name);
    if (list == active_.end() || list->second.empty()) return;
    std::size_t i = 0;
    while (i < stack_.size() && stack_[index(i)].name != name) {
      if ((stack_[index(i)].traits & kScope) != 0) return;
      ++i;
    }
    if (i < stack_.size()) {
      stack_.erase(stack_.begin() + static_cast<std::ptrdiff_t>(index(i)));
    } else if (dangling_ > 0) {
      --dangling_;
    }
    --identical_[list->second.back()];
    list->second.pop_back();
  }

  void close_paragraph() {
    constexpr std::uint64_t kP = 'p';
    for (std::size_t i = 0; i < stack_.size(); ++i) {
      const Open& e = stack_[index(i)];
      if (e.name == kP) return cut(index(i));
      if ((e.traits & (kBlock | kScope)) != 0) return;
    }
  }

  // Closes the last open element of the group unless a container of such groups began after it.
  void close_sibling(std::uint64_t group, bool table) {
    for (std::size_t i = 0; i < stack_.size(); ++i) {
      const Open& e = stack_[index(i)];
      if (e.group == group) return cut(index(i));
      const bool container = e.group == 0 && (e.traits & kFormatting) == 0;
      if (table ? (e.traits & kScope) != 0 && e.group == 0 : container) return;
    }
  }

  // Closes the elements from `size` on; formatting among them was not closed and will be reopened.
  void cut(std::size_t size) {
    for (std::size_t i = size; i < stack_.size(); ++i) {
      if ((stack_[i].traits & kFormatting) == 0) continue;
      if (identical_[stack_[i].whole] <= kIdentical) {
        ++dangling_;
      } else {
        --identical_[stack_[i].whole];
      }
    }
    stack_.resize(size);
  }

  HtmlBounds bounds_;
  std::vector<Open> stack_;
  std::unordered_map<std::uint64_t, std::vector<std::uint64_t>> active_;  // by name, oldest first
  std::unordered_map<std::uint64_t, unsigned> identical_;                 // by whole tag
  std::size_t dangling_ = 0;  // formatting that ended without its end tag
  std::size_t reopened_ = 0;
};

}  // namespace

std::string html_refusal(std::string_view html, const HtmlBounds& bounds) {
  return Fence(bounds).run(html);
}

}  // namespace twosource::intake
