#include "annotate/time/grammar.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "annotate/time/rule_parser.hpp"
#include "annotate/time/word_forms.hpp"
#include "text/utf8.hpp"

namespace twosource::annotate {

// One search of the trie from a token: the steps taken so far and the best match.
struct Grammar::Search {
  const TokenLayer* layer;
  std::string_view text;
  const Lattice* lattice;
  std::size_t end = 0;  // of the paragraph
  std::array<const Step*, 16> steps{};
  std::size_t depth = 0;
  std::int32_t best_path = -1;
  std::size_t best_end = 0;
  std::array<const Step*, 16> best{};
};

namespace {

bool is_alnum_before(std::string_view text, std::size_t at) {
  if (at == 0) return false;
  const char32_t c = utf8::decode_before(text, at);
  return utf8::is_letter(c) || utf8::is_digit(c) || c == U'-' || c == U'/' || c == U'.' ||
         c == U',' || c == U':' || c == U'+' || c == U'@' || c == U'#' || c == U'_' || c == U'$' ||
         c == U'€' || c == U'£' || c == U'§';
}

// A digit or a sign that joins digits directly behind: "2013-11", "2007:", but not "2013," or a
// dash.
bool is_joined_after(std::string_view text, std::size_t at) {
  if (at >= text.size()) return false;
  std::size_t next = at;
  const char32_t c = utf8::decode(text, next);
  if (utf8::is_letter(c) || utf8::is_digit(c) || c == U'%' || c == U'€' || c == U'@') return true;
  if (c != U'.' && c != U',' && c != U':' && c != U'/' && c != U'-') return false;
  return next < text.size() && text[next] >= '0' && text[next] <= '9';
}

// Neither glued to other digits and signs nor in a row of numbers ("0472 2012 88").
bool stands_alone(const TokenLayer& layer, std::string_view text, std::size_t first,
                  std::size_t last) {
  if (is_alnum_before(text, layer.tokens[first].span.begin)) return false;
  if (is_joined_after(text, layer.tokens[last].span.end)) return false;
  const auto number = [&](std::size_t i) {
    return layer.tokens[i].kind == TokenKind::Number && !layer.tokens[i].abbreviation;
  };
  if (first > 0 && number(first - 1)) return false;
  return last + 1 >= layer.tokens.size() || !number(last + 1);
}

}  // namespace

Grammar::Grammar(const Pack& pack) {
  symbols_.try_emplace("", Symbol{0});  // 0 stands for no symbol
  number_ = symbol("<num>");
  ordinal_ = symbol("<ord>");
  load_words(pack);
  load_rules(pack);
  root_.resize(symbols_.size(), 0);
  for (const auto& [edge, child] : edges_) {
    if (edge >> 16U == 0) root_[edge & 0xFFFFU] = child;
  }
}

Symbol Grammar::symbol(std::string_view name) {
  const auto next = static_cast<Symbol>(symbols_.size());
  if (symbols_.size() >= 0xFFFF)
    throw PackError("time_rules.tsv: more than 65535 classes and words");
  return symbols_.try_emplace(std::string(name), next).first->second;
}

std::uint32_t Grammar::intern(std::string_view value) {
  if (values_.back() == value) return static_cast<std::uint32_t>(values_.size() - 1);
  values_.emplace_back(value);
  return static_cast<std::uint32_t>(values_.size() - 1);
}

void Grammar::add_word(std::string_view form, Symbol symbol, std::string_view value) {
  Hit hit;
  hit.symbol = symbol;
  hit.needs_capital = utf8::starts_upper(form);
  const std::string lower = utf8::lower(form);
  may_be_word_[word_key(lower)] = true;
  std::vector<Hit>& hits = words_[lower];
  for (Hit& h : hits) {
    if (h.symbol != symbol) continue;
    h.needs_capital = h.needs_capital && hit.needs_capital;
    return;  // the first value given stays
  }
  hit.value = intern(value);
  hits.push_back(hit);
}

void Grammar::load_words(const Pack& pack) {
  const Table& table = pack.table("time_words.tsv");
  const std::size_t name = table.column("class");
  const std::size_t word = table.column("word");
  const std::size_t value = table.column("value");
  WordClasses classes;
  for (const Row& row : table.rows()) {
    const Symbol s = symbol("<" + row.cells[name] + ">");
    for (const std::string& form : split_list(row.cells[word])) {
      std::vector<WordForm> forms;
      std::string reason;
      if (!expand_word(form, row.cells[value], classes, forms, reason)) {
        throw PackError(table.where(row) + ": " + reason);
      }
      for (WordForm& f : forms) {
        if (f.form.find('%') != std::string::npos && f.form.size() > 1) {
          if (!is_shape(f.form)) {
            throw PackError(
                fmt::format("{}: \"{}\" has an unknown % field", table.where(row), f.form));
          }
          shapes_.push_back({s, f.form, f.value, shape_signs(f.form)});
        } else {
          add_word(f.form, s, f.value);
        }
        classes[row.cells[name]].push_back(std::move(f));
      }
    }
  }
}

void Grammar::load_rules(const Pack& pack) {
  const Table& table = pack.table("time_rules.tsv");
  RuleParser parser(*this, table);
  for (const Row& row : table.rows()) parser.parse(row);
}

void Grammar::add_path(const std::vector<std::pair<Symbol, int>>& steps, std::uint32_t rule) {
  Path path;
  path.rule = rule;
  std::uint32_t node = 0;
  for (const auto& [symbol, element] : steps) {
    path.element[path.size++] = static_cast<std::int8_t>(element);
    const std::uint64_t edge = std::uint64_t{node} << 16U | symbol;
    const auto [it, added] = edges_.try_emplace(edge, static_cast<std::uint32_t>(nodes_.size()));
    nodes_[node].symbols |= std::uint64_t{1} << (symbol & 63U);
    if (added) nodes_.emplace_back();
    node = it->second;
  }
  if (nodes_[node].path >= 0) return;  // an earlier rule has the same pattern
  nodes_[node].path = static_cast<std::int32_t>(paths_.size());
  paths_.push_back(path);
}

void Grammar::Lattice::add(Symbol symbol, std::size_t token, std::uint32_t tokens,
                           std::size_t own_begin) {
  Step step;
  step.token = static_cast<std::uint32_t>(token);
  step.hit.symbol = symbol;
  step.hit.tokens = static_cast<std::uint8_t>(tokens);
  step.own_begin = static_cast<std::uint32_t>(own_begin);
  step.own_end = static_cast<std::uint32_t>(own.size());
  steps.push_back(step);
}

void Grammar::read_number(const TokenLayer& layer, std::size_t at, const NumberReader& numbers,
                          Lattice& out) const {
  const Number n = numbers.read(layer, at, std::min(at + 12, layer.tokens.size()));
  if (!n || n.value > 1e9) return;
  const std::size_t begin = out.own.size();
  if (const auto whole = static_cast<std::int64_t>(n.value);
      static_cast<double>(whole) == n.value) {
    std::array<char, 24> digits{};
    const auto [stop, error] = std::to_chars(digits.data(), digits.data() + digits.size(), whole);
    if (error == std::errc()) out.own.append(digits.data(), stop);
  } else {
    out.own += fmt::format("{:.10g}", n.value);
  }
  out.add(n.ordinal ? ordinal_ : number_, at, n.tokens, begin);
}

void Grammar::read_shapes(std::string_view lower, std::size_t at, Lattice& out) const {
  constexpr std::size_t kLongestShape = 40;
  if (lower.empty() || lower.size() > kLongestShape) return;
  const std::uint64_t signs = signs_of(lower);
  std::string value;
  for (const Shape& shape : shapes_) {
    if (shape.signs != signs) continue;
    if (!match_shape(shape.pattern, lower, shape.value, value)) continue;
    bool known = false;  // two readings of one class would make the search branch for nothing
    for (std::size_t k = out.steps.size(); k > 0 && out.steps[k - 1].token == at; --k) {
      known = known || out.steps[k - 1].hit.symbol == shape.symbol;
    }
    if (known) continue;
    const std::size_t begin = out.own.size();
    out.own += value;
    out.add(shape.symbol, at, 1, begin);
  }
}

void Grammar::read(const TokenLayer& layer, const NumberReader& numbers, std::size_t first,
                   std::size_t last, Lattice& out) const {
  out.steps.clear();
  out.begin.clear();
  out.own.clear();
  out.first = first;
  for (std::size_t i = first; i < last; ++i) {
    out.begin.push_back(static_cast<std::uint32_t>(out.steps.size()));
    const Token& token = layer.tokens[i];
    const std::string_view lower = layer.lower(i);
    const auto it = may_be_word_[word_key(lower)] ? find_word(words_, layer.word(i)) : words_.end();
    if (it != words_.end()) {
      for (const Hit& hit : it->second) {
        if (hit.needs_capital && !token.upper) continue;
        Step step;
        step.token = static_cast<std::uint32_t>(i);
        step.hit = hit;
        out.steps.push_back(step);
      }
    }
    if (token.kind != TokenKind::Word && token.kind != TokenKind::Number) continue;
    if (token.has_digit) read_shapes(lower, i, out);
    read_number(layer, i, numbers, out);
  }
  out.begin.push_back(static_cast<std::uint32_t>(out.steps.size()));
}

std::string_view Grammar::value_of(const Lattice& lattice, const Step& step, int part) const {
  const std::string_view value =
      step.own_begin == step.own_end
          ? std::string_view(values_[step.hit.value])
          : std::string_view(lattice.own).substr(step.own_begin, step.own_end - step.own_begin);
  if (part == 0) return value;
  const std::size_t slash = std::min(value.find('/'), value.size());
  if (part == 1) return value.substr(0, slash);
  return slash == value.size() ? std::string_view{} : value.substr(slash + 1);
}

std::uint32_t Grammar::child(std::uint32_t node, Symbol symbol) const {
  if (node == 0) return root_[symbol];
  const auto it = edges_.find(std::uint64_t{node} << 16U | symbol);
  return it == edges_.end() ? 0 : it->second;
}

// Bounded by the trie: every node is entered at most once from a token.
void Grammar::follow(Search& search, std::uint32_t node, std::size_t at) const {
  const Node& n = nodes_[node];
  if (n.path >= 0 && search.depth > 0) {
    const Path& path = paths_[static_cast<std::size_t>(n.path)];
    const bool longer = at > search.best_end || search.best_path < 0;
    const bool earlier = search.best_path >= 0 && at == search.best_end &&
                         path.rule < paths_[static_cast<std::size_t>(search.best_path)].rule;
    if ((longer || earlier) &&
        (!rules_[path.rule].alone ||
         stands_alone(*search.layer, search.text, search.steps[0]->token, at - 1))) {
      search.best_path = n.path;
      search.best_end = at;
      search.best = search.steps;
    }
  }
  if (n.symbols == 0 || at >= search.end || search.depth >= search.steps.size()) return;
  const std::uint32_t last = search.lattice->begin_of(at + 1);
  for (std::uint32_t s = search.lattice->begin_of(at); s < last; ++s) {
    const Step& step = search.lattice->steps[s];
    if ((n.symbols >> (step.hit.symbol & 63U) & 1U) == 0) continue;
    const std::uint32_t next = child(node, step.hit.symbol);
    if (next == 0 || at + step.hit.tokens > search.end) continue;
    search.steps[search.depth++] = &step;
    follow(search, next, at + step.hit.tokens);
    --search.depth;
  }
}

std::string Grammar::fill(const Search& search, const FieldTemplate& field) const {
  const Path& path = paths_[static_cast<std::size_t>(search.best_path)];
  std::string out;
  for (const Piece& piece : field.pieces) {
    if (piece.element < 0) {
      out += piece.text;
      continue;
    }
    std::string_view value;
    for (std::uint8_t i = 0; i < path.size; ++i) {
      if (path.element[i] == piece.element)
        value = value_of(*search.lattice, *search.best[i], piece.part);
    }
    if (value.empty() || value == "-") return {};  // the field is not set
    out += value;
  }
  return out;
}

void Grammar::emit(const Search& search, std::vector<Draft>& out) const {
  const Path& path = paths_[static_cast<std::size_t>(search.best_path)];
  const Rule& rule = rules_[path.rule];
  const auto group = out.empty() ? 1U : out.back().group + 1;
  for (const Emission& e : rule.emissions) {
    Draft draft;
    bool any = false;
    for (std::uint8_t i = 0; i < path.size; ++i) {
      if (path.element[i] < e.first || path.element[i] > e.last) continue;
      const Step& step = *search.best[i];
      if (!any) draft.first_token = step.token;
      any = true;
      draft.last_token = step.token + step.hit.tokens;
    }
    if (!any) continue;
    draft.span = {search.layer->tokens[draft.first_token].span.begin,
                  search.layer->tokens[draft.last_token - 1].span.end};
    draft.type = e.type;
    draft.kind = e.kind;
    draft.group = group;
    draft.interval = rule.interval;
    for (const FieldTemplate& f : e.fields) {
      std::string value = fill(search, f);
      if (!value.empty()) draft.fields.emplace_back(f.key, std::move(value));
    }
    out.push_back(std::move(draft));
  }
}

void Grammar::find_from(Search& search, std::size_t at) const {
  search.depth = 0;
  search.best_path = -1;
  search.best_end = at;
  follow(search, 0, at);
}

// A match may begin with words of context before its expression ("in [March]"). When a match that
// starts later, but not behind the expression's first token, reaches further ("[March 2019]"), it
// is the one that is meant.
void Grammar::prefer_later_start(Search& search, std::size_t at) const {
  if (search.best_path < 0) return;
  const Path& path = paths_[static_cast<std::size_t>(search.best_path)];
  const Rule& rule = rules_[path.rule];
  if (rule.emissions.empty()) return;
  std::size_t first = at;
  for (std::uint8_t i = 0; i < path.size; ++i) {
    if (path.element[i] < rule.emissions.front().first) first = search.best[i]->token + 1U;
  }
  for (std::size_t start = at + 1; start <= first && start < search.end; ++start) {
    if (search.lattice->begin_of(start) == search.lattice->begin_of(start + 1)) continue;
    Search other = search;
    find_from(other, start);
    if (other.best_path >= 0 && other.best_end > search.best_end) {
      search = other;
      return;
    }
  }
}

std::vector<Draft> Grammar::match(const TokenLayer& layer, std::string_view text,
                                  const NumberReader& numbers) const {
  Lattice lattice;
  std::vector<Draft> out;
  Search search{&layer, text, &lattice};
  std::size_t at = 0;
  const std::size_t total = layer.tokens.size();
  while (at < total) {
    if (at >= search.end) {  // a new paragraph
      std::uint32_t s = layer.tokens[at].sentence;
      const std::uint32_t paragraph = layer.sentences[s].paragraph;
      while (s < layer.sentences.size() && layer.sentences[s].paragraph == paragraph) ++s;
      search.end = layer.sentences[s - 1].last_token;
      read(layer, numbers, at, search.end, lattice);
    }
    if (lattice.begin_of(at) == lattice.begin_of(at + 1)) {
      ++at;
      continue;
    }
    find_from(search, at);
    prefer_later_start(search, at);
    std::size_t next = at + 1;
    if (search.best_path >= 0) {
      const std::size_t before = out.size();
      emit(search, out);
      next = out.size() > before ? std::max<std::size_t>(out.back().last_token, at + 1)
                                 : search.best_end;
    }
    at = next;
  }
  return out;
}

}  // namespace twosource::annotate
