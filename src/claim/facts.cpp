#include "claim/facts.hpp"

#include <algorithm>
#include <string_view>

#include "text/hash_map.hpp"
#include "text/utf8.hpp"

namespace twosource::claim {
namespace {

constexpr std::size_t kReach = 14;  // tokens from a number to the word for what happened

std::uint32_t id_of(std::string_view word) {
  const auto hash = static_cast<std::uint32_t>(StringHash()(word));
  return hash == 0 ? 1 : hash;
}

// Reads one sentence; token ranges are half-open.
class Reader {
 public:
  Reader(const Article& article, const SentenceUnit& unit, const Lexicon& lexicon)
      : article_(article), layer_(article.tokens), unit_(unit), lexicon_(lexicon) {
    const Sentence& s = layer_.sentences[unit.sentence];
    begin_ = s.first_token;
    end_ = s.last_token;
  }

  [[nodiscard]] Figure read(const Measure& m) const {
    Figure out;
    if (m.unit != Unit::Count && m.unit != Unit::Age) return read_quantity(m);
    if (m.modality == Modality::Planned || m.modality == Modality::Denied) return out;
    const auto [first, next] = layer_.tokens_in(m.span);
    if (first >= next || first < begin_ || next > end_) return out;
    const auto [of_first, of_next] = layer_.tokens_in(m.of_span);
    const bool noun = of_first < of_next && of_first >= begin_ && of_next <= end_;
    if (noun && marked(of_first, of_next, FactWord::More)) return out;
    if (first > begin_ && lexicon_.fact(layer_.lower(first - 1)).is(FactWord::More)) return out;
    read_noun(noun ? of_first : 0, noun ? of_next : 0, m, out.fact);
    const std::size_t behind = noun && of_first >= next ? of_next : next;
    if (out.fact.state == 0) {
      search(first, behind, out.fact);
    } else if (of_first < first || !noun) {
      degree_behind(next, out.fact);  // "17 Verletzte, drei davon schwer"
    } else if (of_first > next) {
      degree_before(of_first, out.fact);  // "zwölf wurden schwer verletzt"
    }
    if (out.fact.state == 0) return {};
    if (m.unit == Unit::Age) out.fact.group = id_of(m.value);
    out.wrong = marked(begin_, end_, FactWord::Correct) && !states_what_holds(first);
    out.former = out.wrong || former(first, behind);
    if (!out.former) out.moved = moved(first);
    return out;
  }

  // By the words of the measure's clause (roles peak and left, also two words in a row: "the
  // height"). Only counts and shares are of what is left; "noch" before a time or a negation does
  // not say so ("noch am Abend").
  [[nodiscard]] Standing standing(const Measure& m) const {
    const auto [first, next] = layer_.tokens_in(m.span);
    if (first >= next || first < begin_ || next > end_) return Standing::Plain;
    std::size_t from = first;
    while (from > begin_ && !clause_ends(from - 1)) --from;
    const bool dwindles = m.unit == Unit::Count || m.unit == Unit::Percent;
    Standing found = Standing::Plain;
    std::string two;
    for (std::size_t i = from; i < end_ && (i < next || !clause_ends(i)); ++i) {
      const std::string_view word = layer_.lower(i);
      two.assign(i > from ? layer_.lower(i - 1) : std::string_view()).append(" ").append(word);
      const auto listed = [&](FactWord role) {
        return lexicon_.listed(word, role) || lexicon_.listed(two, role);
      };
      if (listed(FactWord::Peak)) return Standing::Peak;
      if (dwindles && listed(FactWord::Left) && !before_time(i + 1)) found = Standing::Left;
    }
    return found;
  }

 private:
  [[nodiscard]] bool before_time(std::size_t i) const {
    if (i >= end_) return false;
    if (lexicon_.negation(layer_.lower(i))) return true;
    const std::uint32_t begin = layer_.tokens[i].span.begin;
    const std::uint32_t end = layer_.tokens[std::min(i + 1, end_ - 1)].span.end;
    return std::any_of(unit_.times.begin(), unit_.times.end(), [&](std::uint32_t t) {
      const std::uint32_t at = article_.times[t].span.begin;
      return at >= begin && at < end;
    });
  }

  // A sum, a speed, a share: of what the clause names by a word for a quantity of its unit, the
  // nearest before it, else behind it.
  [[nodiscard]] Figure read_quantity(const Measure& m) const {
    Figure out;
    if (m.modality == Modality::Planned || m.modality == Modality::Denied) return out;
    const auto [first, next] = layer_.tokens_in(m.span);
    if (first >= next || first < begin_ || next > end_) return out;
    if (first > begin_ && lexicon_.fact(layer_.lower(first - 1)).is(FactWord::More)) return out;
    for (std::size_t i = first; i > begin_ && i + kReach > first && !clause_ends(i - 1); --i) {
      if (take_quantity(i - 1, m, out)) break;
    }
    for (std::size_t i = next; out.fact.state == 0 && i < end_ && i < next + kReach; ++i) {
      if (clause_ends(i) || take_quantity(i, m, out)) break;
    }
    if (out.fact.state == 0) return {};
    out.wrong = marked(begin_, end_, FactWord::Correct) && !states_what_holds(first);
    out.former = out.wrong || former(first, next);
    if (!out.former) out.moved = moved(first);
    return out;
  }

  // The first noun of the sentence before a token that is no source ("laut Polizei"), 0: none, a
  // word for any such thing ("das Schiff"), or a language that does not mark nouns.
  [[nodiscard]] std::uint32_t subject(std::size_t before) const {
    for (std::size_t i = begin_; unit_.capital_nouns && i < before; ++i) {
      const Token& t = layer_.tokens[i];
      const std::string_view lower = layer_.lower(i);
      if (t.kind != TokenKind::Word || !t.upper || lexicon_.stop_word(lower)) continue;
      if (lexicon_.source_kind(lower) || (i == begin_ && !t.upper)) continue;
      return lexicon_.fact(lower).is(FactWord::Generic) ? 0 : id_of(lower);
    }
    return 0;
  }

  bool take_quantity(std::size_t i, const Measure& m, Figure& out) const {
    const FactMark mark = lexicon_.fact(layer_.lower(i));
    if (mark.quantity == 0 || mark.unit != m.unit) return false;
    // Where nouns have a capital a quantity is a noun, except for "schnell", "fuhr": there it is of
    // the noun before the figure.
    const bool speed = m.unit == Unit::Speed;
    if (unit_.capital_nouns && !speed && !layer_.tokens[i].upper) return false;
    out.fact.state = mark.quantity;
    if (speed) {
      out.object = subject(layer_.tokens_in(m.span).first);
      return unit_.capital_nouns;
    }
    constexpr std::size_t kObject = 4;  // tokens
    for (std::size_t k = i + 1; k < end_ && k <= i + kObject && !clause_ends(k); ++k) {
      const bool inside = layer_.tokens[k].span.begin >= m.span.begin;
      if (layer_.tokens[k].kind != TokenKind::Word || inside) break;
      if (layer_.tokens[k].upper && unit_.capital_nouns) {
        out.object = id_of(layer_.lower(k));
        break;
      }
      if (!lexicon_.stop_word(layer_.lower(k))) break;
    }
    return true;
  }

  [[nodiscard]] bool marked(std::size_t first, std::size_t next, FactWord role) const {
    for (std::size_t i = first; i < next; ++i) {
      if (lexicon_.fact(layer_.lower(i)).is(role)) return true;
    }
    return false;
  }

  // What the head noun says by itself: "schwer Verletzte", "Todesopfer", "Menschen", "Polizisten".
  void read_noun(std::size_t first, std::size_t next, const Measure& m, Fact& fact) const {
    if (m.of.empty()) return;
    const std::size_t blank = m.of.rfind(' ');
    const std::string head =
        utf8::lower(blank == std::string::npos ? m.of : m.of.substr(blank + 1));
    const FactMark mark = lexicon_.fact(head);
    fact.state = mark.state;
    fact.degree = mark.degree;
    for (std::size_t i = first; i + 1 < next; ++i) {
      const FactMark before = lexicon_.fact(layer_.lower(i));
      if (before.is(FactWord::Degree)) fact.degree = before.degree;
      if (fact.state == 0 && before.state != 0)
        fact.state = before.state;  // "zwei verletzte Männer"
    }
    if (mark.state == 0 && !mark.is(FactWord::People)) fact.group = id_of(head);
  }

  [[nodiscard]] bool clause_ends(std::size_t i) const {
    const TokenKind kind = layer_.tokens[i].kind;
    return kind == TokenKind::Punctuation;
  }

  // Another measure of the sentence begins here: what follows is about that one.
  [[nodiscard]] bool other_measure(std::size_t i) const {
    return std::any_of(unit_.measures.begin(), unit_.measures.end(), [&](std::uint32_t m) {
      const Measure& x = article_.measures[m];
      return x.unit == Unit::Count && x.span.begin == layer_.tokens[i].span.begin;
    });
  }

  // The nearest word for what happened, to the right, else to the left.
  void search(std::size_t first, std::size_t next, Fact& fact) const {
    for (std::size_t i = next; i < end_ && i < next + kReach; ++i) {
      if (other_measure(i)) break;
      if (clause_ends(i)) {  // a relative clause tells more of the noun
        const bool more =
            i == next && i + 1 < end_ && lexicon_.fact(layer_.lower(i + 1)).is(FactWord::Relative);
        if (more) continue;
        break;
      }
      if (take(i, fact)) return;
    }
    for (std::size_t i = first; i > begin_ && i + kReach > first; --i) {
      if (clause_ends(i - 1) || other_measure(i - 1)) return;
      if (take(i - 1, fact)) return;
    }
  }

  // Is it a word for what happened? Then with the degree before it ("schwer verletzt"), which does
  // not count when it holds for some ("teils schwer verletzt").
  bool take(std::size_t i, Fact& fact) const {
    const FactMark mark = lexicon_.fact(layer_.lower(i));
    if (mark.state == 0) return false;
    if (i > begin_ && lexicon_.negation(layer_.lower(i - 1))) return false;
    fact.state = mark.state;
    fact.degree = mark.degree;
    degree_before(i, fact);
    return true;
  }

  void degree_before(std::size_t i, Fact& fact) const {
    if (i <= begin_) return;
    const FactMark before = lexicon_.fact(layer_.lower(i - 1));
    const bool partly = i > begin_ + 1 && lexicon_.fact(layer_.lower(i - 2)).is(FactWord::Partly);
    if (before.is(FactWord::Degree) && !partly) fact.degree = before.degree;
  }

  void degree_behind(std::size_t next, Fact& fact) const {
    for (std::size_t i = next; i < end_ && i < next + 4 && !clause_ends(i); ++i) {
      const FactMark mark = lexicon_.fact(layer_.lower(i));
      if (mark.is(FactWord::Degree)) fact.degree = mark.degree;
    }
  }

  // "… irrtümlich neun; richtig sind zwölf": a figure behind the word for what is right.
  [[nodiscard]] bool states_what_holds(std::size_t first) const {
    return marked(begin_, first, FactWord::Holds);
  }

  // Does the clause say that the figure rose (1) or fell (-1) to this ("auf 19 gestiegen", "fell to
  // nearly 19")?
  [[nodiscard]] std::int8_t moved(std::size_t first) const {
    constexpr std::size_t kWordsBetween = 2;
    const std::size_t from = std::max(begin_, first - std::min(first, kWordsBetween));
    if (!marked(from, first, FactWord::Reached)) return 0;
    const auto way = [&](std::size_t i) -> std::int8_t {
      const auto word = lexicon_.fact(layer_.lower(i));
      return word.is(FactWord::Risen) ? 1 : word.is(FactWord::Fallen) ? -1 : 0;
    };
    for (std::size_t i = first; i > begin_ && !clause_ends(i - 1); --i) {
      if (way(i - 1) != 0) return way(i - 1);
    }
    for (std::size_t i = first; i < end_ && !clause_ends(i); ++i) {
      if (way(i) != 0) return way(i);
    }
    return 0;
  }

  // Does the clause say that the figure no longer holds ("zunächst war von neun die Rede")?
  [[nodiscard]] bool former(std::size_t first, std::size_t next) const {
    for (std::size_t i = next; i < end_ && !clause_ends(i); ++i) {
      if (lexicon_.fact(layer_.lower(i)).is(FactWord::Former)) return true;
    }
    for (std::size_t i = first; i > begin_ && !clause_ends(i - 1); --i) {
      if (lexicon_.fact(layer_.lower(i - 1)).is(FactWord::Former)) return true;
    }
    return false;
  }

  const Article& article_;
  const TokenLayer& layer_;
  const SentenceUnit& unit_;
  const Lexicon& lexicon_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
};

}  // namespace

std::vector<Figure> read_figures(const Article& article, const SentenceUnit& unit,
                                 const Lexicon& lexicon) {
  std::vector<Figure> out;
  if (unit.measures.empty()) return out;
  const Reader reader(article, unit, lexicon);
  out.reserve(unit.measures.size());
  for (const std::uint32_t m : unit.measures) {
    out.push_back(reader.read(article.measures[m]));
    out.back().standing = reader.standing(article.measures[m]);
  }
  return out;
}

}  // namespace twosource::claim
