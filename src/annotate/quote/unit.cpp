#include "annotate/quote/unit.hpp"

#include <algorithm>
#include <string_view>

namespace twosource::annotate::quote {
namespace {

class UnitBuilder {
 public:
  UnitBuilder(const Article& article, const Lexicon& lexicon, const SpeechMood& mood,
              const std::vector<MarkedRegion>& regions)
      : article_(article),
        layer_(article.tokens),
        lexicon_(lexicon),
        mood_(mood),
        regions_(regions) {}

  std::vector<Unit> run() {
    std::vector<Unit> units;
    std::size_t s = 0;
    while (s < layer_.sentences.size()) {
      const std::size_t first = s;
      std::uint32_t end = layer_.sentences[s].span.end;
      extend(end);
      ++s;
      while (s < layer_.sentences.size() && (spans(s, end) || announced(s))) {
        end = std::max(end, layer_.sentences[s].span.end);
        extend(end);
        ++s;
      }
      units.push_back(build(first, s));
    }
    return units;
  }

 private:
  // Does a quotation of the sentence before reach into sentence `s`?
  [[nodiscard]] bool spans(std::size_t s, std::uint32_t end) const {
    const Sentence& sentence = layer_.sentences[s];
    return sentence.span.begin < end && sentence.paragraph == layer_.sentences[s - 1].paragraph;
  }

  // "Kern sagte:" and a quotation in the next paragraph.
  [[nodiscard]] bool announced(std::size_t s) const {
    const Sentence& before = layer_.sentences[s - 1];
    const Sentence& sentence = layer_.sentences[s];
    return sentence.paragraph == before.paragraph + 1 && running(before.paragraph) &&
           running(sentence.paragraph) && before.last_token > before.first_token &&
           delimiter_of(before.last_token - 1) == Delimiter::Colon &&
           next_region_ < regions_.size() &&
           regions_[next_region_].first_token == sentence.first_token;
  }
  [[nodiscard]] bool running(std::uint32_t paragraph) const {
    const ParagraphKind kind = article_.paragraphs[paragraph].kind;
    return kind == ParagraphKind::Body || kind == ParagraphKind::Teaser;
  }

  // A quotation that begins before `end` takes the unit along to its own end.
  void extend(std::uint32_t& end) {
    while (next_region_ < regions_.size() && regions_[next_region_].span.begin < end) {
      if (regions_[next_region_].depth == 0) end = std::max(end, regions_[next_region_].span.end);
      ++next_region_;
    }
  }

  Unit build(std::size_t first, std::size_t last) {
    Unit unit;
    const auto& sentences = layer_.sentences;
    unit.span = {sentences[first].span.begin, sentences[last - 1].span.end};
    unit.paragraph = sentences[first].paragraph;
    unit.last_paragraph = sentences[last - 1].paragraph;
    const std::size_t end = sentences[last - 1].last_token;
    std::size_t i = sentences[first].first_token;
    unit.items.reserve(end - i);
    unit_first_ = i;
    current_ = Segment{};
    while (i < end) i = step(unit, i, end);
    close_segment(unit);
    return unit;
  }

  std::size_t step(Unit& unit, std::size_t i, std::size_t end) {
    const Token& token = layer_.tokens[i];
    if (token.kind == TokenKind::QuoteMark || set_out_at(i)) return quote_mark(unit, i, end);
    const std::size_t closing = short_bracket(i, end);
    if (closing > i && !unit.items.empty()) {
      if (unit.items.size() > current_.first)
        unit.items.back().span.end = layer_.tokens[closing].span.end;
      return closing + 1;
    }
    const Delimiter delimiter = delimiter_of(i);
    if (delimiter != Delimiter::None) {
      close_segment(unit);
      start_segment(unit, delimiter);
      return i + 1;
    }
    if (token.kind == TokenKind::Punctuation || token.kind == TokenKind::Symbol) {
      if (layer_.lower(i) != "%" && layer_.lower(i) != "&") return i + 1;
    }
    Item item;
    item.span = token.span;
    item.token = static_cast<std::uint32_t>(i);
    item.upper = token.upper;
    item.number = token.kind == TokenKind::Number;
    item.entry = lexicon_.find(layer_.word(i));
    unit.items.push_back(item);
    return i + 1;
  }

  // Index of the bracket that closes a short insertion such as "(SPD)"; `i` when there is none.
  [[nodiscard]] std::size_t short_bracket(std::size_t i, std::size_t end) const {
    if (layer_.lower(i) != "(") return i;
    for (std::size_t k = i + 1; k < end && k <= i + 4; ++k) {
      if (layer_.lower(k) == ")") return k;
      if (layer_.tokens[k].kind == TokenKind::QuoteMark) return i;
    }
    return i;
  }

  [[nodiscard]] bool set_out_at(std::size_t i) {
    while (region_at_ < regions_.size() && regions_[region_at_].first_token < i) ++region_at_;
    return region_at_ < regions_.size() && regions_[region_at_].set_out &&
           regions_[region_at_].first_token == i;
  }

  std::size_t quote_mark(Unit& unit, std::size_t i, std::size_t end) {
    while (region_at_ < regions_.size() && regions_[region_at_].first_token < i) ++region_at_;
    if (region_at_ >= regions_.size() || regions_[region_at_].first_token != i) return i + 1;
    const MarkedRegion& region = regions_[region_at_];
    if (region.depth > 0 || region.last_token > end) return i + 1;
    if (!stands_alone(region, end)) {
      unit.fragments.push_back(static_cast<std::uint32_t>(region_at_));
      return i + 1;
    }
    close_segment(unit);
    if (current_.first < unit.items.size()) start_segment(unit, Delimiter::None);
    Item item;
    item.span = region.span;
    item.token = region.first_token;
    item.region = static_cast<std::int32_t>(region_at_);
    unit.items.push_back(item);
    close_segment(unit);
    start_segment(unit, Delimiter::None);
    return region.last_token;
  }

  // A whole quotation is bounded by the sentence or by punctuation and has a verb or an end mark
  // inside; anything else is a fragment of the sentence around it.
  [[nodiscard]] bool stands_alone(const MarkedRegion& region, std::size_t end) const {
    const std::size_t first = region.first_token;
    const std::size_t last = region.last_token;
    if (region.set_out) return true;
    const bool starts = first == unit_first_ || delimiter_of(first - 1) != Delimiter::None ||
                        layer_.lower(first - 1) == "." ||
                        layer_.tokens[first - 1].kind == TokenKind::QuoteMark;
    if (!starts) return false;
    const bool ended = last - first > 3 && is_end_mark(last - 2);
    if (ended) return true;
    const bool comma_inside = last - first > 3 && layer_.lower(last - 2) == ",";
    const bool closes =
        last >= end || delimiter_of(last) == Delimiter::Comma || is_end_mark(last) || comma_inside;
    const bool colon = first > unit_first_ && delimiter_of(first - 1) == Delimiter::Colon;
    if (!colon && first != unit_first_ && !capital(first)) return false;
    if (!closes && !colon) return first == unit_first_ && has_finite(first, last) && capital(first);
    if (colon) return true;
    if (first == unit_first_ && capital(first) && closes && verb_follows(last, end, comma_inside))
      return true;
    return has_finite(first, last) || (capital(first) && last - first > 5);
  }

  // „Der Damm“, sagte X, „…“: a verb right behind the comma, or the comma inside the marks.
  [[nodiscard]] bool verb_follows(std::size_t last, std::size_t end, bool comma_inside) const {
    if (comma_inside) return true;
    if (last + 1 >= end || delimiter_of(last) != Delimiter::Comma) return false;
    const WordEntry* entry = lexicon_.find(layer_.word(last + 1));
    return entry != nullptr && entry->cue && (entry->kinds & kFinite) != 0;
  }

  [[nodiscard]] bool capital(std::size_t first) const {
    return first + 1 < layer_.tokens.size() && layer_.tokens[first + 1].upper;
  }
  [[nodiscard]] bool is_end_mark(std::size_t i) const {
    const std::string_view t = layer_.lower(i);
    return t == "." || t == "!" || t == "?" || t == "…" || t == "...";
  }
  [[nodiscard]] bool has_finite(std::size_t first, std::size_t last) const {
    for (std::size_t i = first; i < last; ++i) {
      const WordEntry* entry = lexicon_.find(layer_.word(i));
      if (entry != nullptr && (entry->kinds & kFinite) != 0) return true;
      if (entry == nullptr && !layer_.tokens[i].upper && lexicon_.finite_ending(layer_.lower(i)))
        return true;
      if (entry != nullptr && (entry->classes & kFirstPerson) != 0) return true;
    }
    return false;
  }

  [[nodiscard]] Delimiter delimiter_of(std::size_t i) const {
    const Token& token = layer_.tokens[i];
    if (token.kind != TokenKind::Punctuation) return Delimiter::None;
    const std::string_view t = layer_.lower(i);
    if (t == "," || t == ";") return Delimiter::Comma;
    if (t == ":") return Delimiter::Colon;
    if (t == "(" || t == ")" || t == "[" || t == "]") return Delimiter::Bracket;
    if (t == "–" || t == "—" || t == "--" || (t == "-" && token.space_before))
      return Delimiter::Dash;
    return Delimiter::None;
  }

  // A segment without items hands its delimiter to the next one.
  void start_segment(const Unit& unit, Delimiter delimiter) {
    const bool was_empty = current_.first == unit.items.size();
    if (delimiter == Delimiter::None && was_empty) delimiter = current_.before;
    current_ = Segment{};
    current_.first = static_cast<std::uint32_t>(unit.items.size());
    current_.before = delimiter;
  }

  void close_segment(Unit& unit) {
    current_.last = static_cast<std::uint32_t>(unit.items.size());
    if (current_.first == current_.last) return;
    current_.quotation = unit.items[current_.first].region >= 0;
    if (!current_.quotation) classify(unit, current_);
    unit.segments.push_back(current_);
  }

  void classify(const Unit& unit, Segment& segment) const {
    std::uint32_t at = segment.first;
    while (at + 1 < segment.last && unit.items[at].is(kCoordinator | kAdverb) &&
           !unit.items[at].is(kSubordinator | kQuestion | kComplementiser)) {
      ++at;
    }
    const Item& start = unit.items[at];
    const bool after_comma = segment.before == Delimiter::Comma;
    segment.complement = start.is(kComplementiser | kQuestion) &&
                         (start.is(kComplementiser) || after_comma || at > segment.first);
    segment.finite = finite_verb(unit, segment);
    const bool verb_late = segment.finite == kNoItem || segment.finite > at + 2;
    const bool relative =
        after_comma && lexicon_.verb_second() && verb_late &&
        (start.is(kRelative) ||
         (start.is(kPreposition) && at + 1 < segment.last && unit.items[at + 1].is(kRelative))) &&
        segment.finite + 1 >= segment.last;
    segment.subordinate = segment.complement || relative ||
                          (start.is(kSubordinator) && (after_comma || segment.finite != at + 1));
    segment.infinitive = segment.finite == kNoItem && has_zu(unit, segment);
    if (segment.finite != kNoItem) segment.mood = mood_of(unit, segment);
  }

  [[nodiscard]] Mood mood_of(const Unit& unit, const Segment& segment) const {
    const Mood mood = mood_.of(layer_.lower(unit.items[segment.finite].token));
    if (mood != Mood::Subjunctive1) return mood;
    for (std::uint32_t i = segment.first; i < segment.last; ++i) {
      if (unit.items[i].is(kFirstPerson)) return Mood::Indicative;
    }
    return mood;
  }

  [[nodiscard]] static bool has_zu(const Unit& unit, const Segment& segment) {
    for (std::uint32_t i = segment.first; i < segment.last; ++i) {
      const Item& item = unit.items[i];
      if (item.form(kZuInfinitive)) return true;
      if (item.is(kInfinitiveMark) && i + 1 < segment.last && !unit.items[i + 1].upper &&
          !unit.items[i + 1].number) {
        return true;
      }
    }
    return false;
  }

  // The first form that can only be finite, else the first that may be; not behind "zu" or a
  // determiner, and a capitalised word only at the very start.
  [[nodiscard]] std::uint32_t finite_verb(const Unit& unit, const Segment& segment) const {
    std::uint32_t maybe = kNoItem;
    std::uint32_t by_ending = kNoItem;
    for (std::uint32_t i = segment.first; i < segment.last; ++i) {
      const Item& item = unit.items[i];
      if (item.upper && i > 0) continue;
      const bool barred = i > segment.first &&
                          unit.items[i - 1].is(kInfinitiveMark | kOblique | kNominative) &&
                          !unit.items[i - 1].is(kPronoun | kRelative);
      const bool with_zu =
          i > segment.first && unit.items[i - 1].is(kInfinitiveMark) && item.form(kInfinitive);
      if (with_zu || (barred && !item.is(kAuxiliary | kModal))) continue;
      if (item.form(kFinite)) {
        const bool sure = !item.form(kInfinitive | kParticiple);
        if (sure) return i;
        if (maybe == kNoItem || (item.is(kAuxiliary) && !unit.items[maybe].is(kAuxiliary)))
          maybe = i;
      } else if (item.entry == nullptr && !item.upper && by_ending == kNoItem &&
                 lexicon_.finite_ending(layer_.lower(item.token)) &&
                 ending_counts(unit, segment, i)) {
        by_ending = i;
      }
    }
    if (maybe != kNoItem && unit.items[maybe].form(kParticiple) && has_zu(unit, segment))
      return kNoItem;
    return maybe != kNoItem ? maybe : by_ending;
  }

  // An unknown word is a verb by its ending when no noun follows, or behind a whole quotation.
  [[nodiscard]] static bool ending_counts(const Unit& unit, const Segment& segment,
                                          std::uint32_t i) {
    if (i == segment.first) return i > 0 && unit.items[i - 1].region >= 0;
    return i + 1 >= segment.last || !unit.items[i + 1].upper;
  }

  const Article& article_;
  const TokenLayer& layer_;
  const Lexicon& lexicon_;
  const SpeechMood& mood_;
  const std::vector<MarkedRegion>& regions_;
  std::size_t next_region_ = 0;
  std::size_t region_at_ = 0;
  std::size_t unit_first_ = 0;
  Segment current_;
};

}  // namespace

std::vector<Unit> build_units(const Article& article, const Lexicon& lexicon,
                              const SpeechMood& mood, const std::vector<MarkedRegion>& regions) {
  return UnitBuilder(article, lexicon, mood, regions).run();
}

}  // namespace twosource::annotate::quote
