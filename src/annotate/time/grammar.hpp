#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "annotate/time/draft.hpp"
#include "annotate/time/numbers.hpp"
#include "text/pack.hpp"
#include "text/token.hpp"

// The rule language of docs/time.md, compiled. Words of time_words.tsv belong to named classes and
// carry a value; patterns of time_rules.tsv are sequences of words and classes; they are expanded
// into one trie whose edges are word classes, so that a text is read in one pass: at every token
// the trie is followed as far as it goes and the longest match wins (of equal ones the earlier
// rule).
namespace twosource::annotate {

// A symbol is what an edge of the trie is labelled with: a word class or a literal word.
using Symbol = std::uint16_t;

// One reading of a token: it belongs to `symbol` with `value` and covers `tokens` tokens.
struct Hit {
  Symbol symbol = 0;
  std::uint8_t tokens = 1;
  bool needs_capital = false;
  std::uint32_t value = 0;  // into the grammar's values
};

// A piece of a value template: text, or the value that an element of the pattern matched.
struct Piece {
  std::string text;
  int element = -1;
  int part = 0;  // 1, 2: the part of the value before, behind a "/"
};
struct FieldTemplate {
  Key key = Key::Year;
  std::vector<Piece> pieces;
};
// One expression that a rule emits: which elements it covers and how its draft is filled.
struct Emission {
  int first = 0;  // elements, inclusive
  int last = 0;
  TimexType type = TimexType::Date;
  DraftKind kind = DraftKind::Date;
  std::vector<FieldTemplate> fields;
};
struct Rule {
  std::string name;
  std::vector<Emission> emissions;  // none: a rule that only keeps others away
  bool alone = false;               // refused next to other digits or glued to signs
  bool interval = false;            // the two emissions are begin and end of one period
};

class Grammar {
 public:
  // Throws PackError naming file and line for an unknown class, key, kind or a malformed pattern.
  explicit Grammar(const Pack& pack);

  // All matches from left to right, without overlap, as drafts (values still unresolved).
  [[nodiscard]] std::vector<Draft> match(const TokenLayer& layer, std::string_view text,
                                         const NumberReader& numbers) const;
  [[nodiscard]] std::size_t trie_nodes() const noexcept { return nodes_.size(); }

 private:
  struct Node {
    std::int32_t path = -1;     // the pattern that ends here
    std::uint64_t symbols = 0;  // of its edges, by their last six bits: most questions end here
  };
  // One way through a pattern: which element each step of the path stands for.
  struct Path {
    std::uint32_t rule = 0;
    std::array<std::int8_t, 16> element{};
    std::uint8_t size = 0;
  };
  struct Shape {
    Symbol symbol = 0;
    std::string pattern;
    std::string value;
    std::uint64_t signs =
        0;  // of its characters that are no digits: those of a text must be the same
  };
  struct Step {
    Hit hit;
    std::uint32_t token = 0;      // where it begins
    std::uint32_t own_begin = 0;  // value of a shape or number, into Lattice::own
    std::uint32_t own_end = 0;    // equal: the value is that of `hit`
  };
  // Readings of the tokens of a paragraph, from token `first` on: those of token i are
  // steps[begin_of(i) … begin_of(i + 1)).
  struct Lattice {
    std::size_t first = 0;
    std::vector<Step> steps;
    std::vector<std::uint32_t> begin;
    [[nodiscard]] std::uint32_t begin_of(std::size_t i) const { return begin[i - first]; }
    std::string own;
    // Adds a step whose value is what was appended to `own` since `own_begin`.
    void add(Symbol symbol, std::size_t token, std::uint32_t tokens, std::size_t own_begin);
  };
  struct Search;
  friend class RuleParser;

  void load_words(const Pack& pack);
  void load_rules(const Pack& pack);
  Symbol symbol(std::string_view name);
  std::uint32_t intern(std::string_view value);
  void add_word(std::string_view form, Symbol symbol, std::string_view value);
  void add_path(const std::vector<std::pair<Symbol, int>>& steps, std::uint32_t rule);
  void read(const TokenLayer& layer, const NumberReader& numbers, std::size_t first,
            std::size_t last, Lattice& out) const;
  void read_number(const TokenLayer& layer, std::size_t at, const NumberReader& numbers,
                   Lattice& out) const;
  void read_shapes(std::string_view lower, std::size_t at, Lattice& out) const;
  [[nodiscard]] std::string_view value_of(const Lattice& lattice, const Step& step, int part) const;
  void follow(Search& search, std::uint32_t node, std::size_t at) const;
  [[nodiscard]] std::uint32_t child(std::uint32_t node, Symbol symbol) const;  // 0: none
  void find_from(Search& search, std::size_t at) const;
  void prefer_later_start(Search& search, std::size_t at) const;
  void emit(const Search& search, std::vector<Draft>& out) const;
  [[nodiscard]] std::string fill(const Search& search, const FieldTemplate& field) const;

  StringMap<Symbol> symbols_;
  std::vector<std::string> values_{std::string()};
  StringMap<std::vector<Hit>> words_;
  std::vector<bool> may_be_word_ = std::vector<bool>(65536, false);  // by word_key()
  std::vector<std::uint32_t> root_;  // symbol -> child of the root, 0 none
  std::vector<Shape> shapes_;
  std::vector<Rule> rules_;
  std::vector<Path> paths_;
  std::vector<Node> nodes_{Node{}};
  NumberMap<std::uint32_t> edges_;  // node << 16 | symbol -> node
  Symbol number_ = 0;
  Symbol ordinal_ = 0;
};

}  // namespace twosource::annotate
