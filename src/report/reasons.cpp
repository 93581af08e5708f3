#include "report/reasons.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace twosource::report {
namespace {

constexpr int kDepth = 24;  // reasons inside reasons

}  // namespace

std::optional<std::vector<Reasons::Piece>> Reasons::pieces(std::string_view text) {
  std::vector<Piece> out;
  while (!text.empty()) {
    const std::size_t open = std::min(text.find('{'), text.size());
    if (open > 0) out.push_back({std::string(text.substr(0, open)), Kind::Words});
    if (open == text.size()) break;
    const std::size_t close = text.find('}', open);
    if (close == std::string_view::npos || close == open + 1) return std::nullopt;
    std::string name(text.substr(open + 1, close - open - 1));
    const Kind kind = name.back() == '*'   ? Kind::Anew
                      : name.back() == '?' ? Kind::Either
                                           : Kind::Place;
    if (kind != Kind::Place) name.pop_back();
    if (!out.empty() && out.back().kind != Kind::Words) return std::nullopt;
    out.push_back({std::move(name), kind});
    text.remove_prefix(close + 1);
  }
  return out;
}

bool Reasons::add(std::string_view pattern, std::string_view text) {
  auto from = pieces(pattern);
  auto to = pieces(text);
  if (!from || !to || from->empty()) return false;
  for (Piece& piece : *to) {
    if (piece.kind == Kind::Words) continue;
    const auto same = [&](const Piece& p) { return p.kind != Kind::Words && p.text == piece.text; };
    if (std::none_of(from->begin(), from->end(), same)) return false;
  }
  rules_.push_back({std::move(*from), std::move(*to)});
  return true;
}

// One reason being translated; counts what it tries.
class Reasons::Attempt {
 public:
  explicit Attempt(const std::vector<Rule>& rules) : rules_(rules) {}

  std::optional<std::string> translate(std::string_view reason, int depth) {
    if (depth > kDepth) return std::nullopt;
    for (const Rule& rule : rules_) {
      Filled filled;
      if (fits(rule.pattern, 0, reason, depth, filled)) return put(rule.text, filled);
      if (steps_ > kSteps) return std::nullopt;
    }
    return std::nullopt;
  }

 private:
  using Filled = std::map<std::string_view, std::string>;

  // Whether the pieces from `at` on make up all of `rest`.
  bool fits(const std::vector<Piece>& pattern, std::size_t at, std::string_view rest, int depth,
            Filled& filled) {
    if (++steps_ > kSteps) return false;
    if (at == pattern.size()) return rest.empty();
    const Piece& piece = pattern[at];
    if (piece.kind == Kind::Words) {
      return rest.starts_with(piece.text) &&
             fits(pattern, at + 1, rest.substr(piece.text.size()), depth, filled);
    }
    if (at + 1 == pattern.size()) return fill(piece, rest, depth, filled);
    const std::string& next = pattern[at + 1].text;
    for (std::size_t end = rest.find(next, 1); end < rest.size(); end = rest.find(next, end + 1)) {
      if (fits(pattern, at + 1, rest.substr(end), depth, filled) &&
          fill(piece, rest.substr(0, end), depth, filled)) {
        return true;
      }
      if (steps_ > kSteps) return false;
    }
    return false;
  }

  bool fill(const Piece& place, std::string_view words, int depth, Filled& filled) {
    if (words.empty()) return false;
    std::optional<std::string> text;
    if (place.kind != Kind::Place) text = translate(words, depth + 1);
    if (!text && place.kind == Kind::Anew) return false;
    filled[place.text] = text ? std::move(*text) : std::string(words);
    return true;
  }

  static std::string put(const std::vector<Piece>& text, const Filled& filled) {
    std::string out;
    for (const Piece& piece : text) {
      out += piece.kind == Kind::Words ? piece.text : filled.at(piece.text);
    }
    return out;
  }

  const std::vector<Rule>& rules_;
  std::size_t steps_ = 0;
};

std::string Reasons::operator()(std::string_view reason) const {
  return Attempt(rules_).translate(reason, 0).value_or(std::string(reason));
}

}  // namespace twosource::report
