// Numbers whose unit or noun stands elsewhere, and numbers that are parts of others.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "annotate/measure/reader.hpp"

namespace twosource::annotate {
namespace {

constexpr double kOldest = 115;  // years a number beside a name can mean; set by hand, not tuned

}  // namespace

bool MeasureReader::clause_ends(std::size_t here, std::size_t end) const {
  if (here >= end) return true;
  const Token& t = layer_.tokens[here];
  return t.kind == TokenKind::QuoteMark ||
         (t.kind == TokenKind::Punctuation && layer_.lower(here) != "-");
}

bool MeasureReader::near_before(MeasureWord word, std::size_t here, std::size_t begin,
                                std::size_t reach) const {
  for (std::size_t i = here; i > begin && here - i < reach; --i) {
    if (at(word, i - 1, here) > 0) return true;
  }
  return false;
}

// A cardinal number: share, score, change, range, with a unit, or a count.
std::optional<Measure> MeasureReader::plain_number(Found& f, const Number& n, std::size_t begin,
                                                   std::size_t end, std::size_t& next,
                                                   const std::vector<Measure>& out) const {
  auto m = share(f, end, next);
  if (m) return m;
  if (!n.article) {
    if ((m = score(f, begin, end, next, out))) return m;
    if ((m = changed(f, begin, end, next))) return m;
    read_range(f, begin, end);
  }
  if ((m = with_unit(f, begin, end, next)) || n.article) return m;
  // "aged 16 and 17"
  if (!out.empty() && out.back().unit == Unit::Age && f.first > begin + 1 &&
      before(MeasureWord::BetweenAnd, begin, f.first) > 0 &&
      layer_.tokens[f.first - 2].span.end == out.back().span.end && f.low <= kOldest) {
    m = out.back();
    m->low = m->high = f.low;
    m->value = show_number(f.low);
    m->span = tokens_span(f.first, f.next);
    next = f.next;
    return m;
  }
  if ((m = count(f, end, next))) return m;
  return count_elsewhere(f, begin, end, next, out);
}

// "einer von zehn Patienten", "nine out of ten people".
std::optional<Measure> MeasureReader::share(const Found& f, std::size_t end,
                                            std::size_t& next) const {
  std::uint32_t join = at(MeasureWord::OutOf, f.next, end);
  if (join == 0 && f.low == 1) join = at(MeasureWord::OneIn, f.next, end);
  if (join == 0 || f.next + join >= end) return std::nullopt;
  const Number n = numbers_.read(layer_, f.next + join, end);
  if (!n || n.ordinal || n.article || n.value <= f.low) return std::nullopt;
  const std::size_t noun = f.next + join + n.tokens;
  const Span of = noun_phrase(noun, end);
  if (of.empty()) return std::nullopt;
  Measure m;
  m.unit = Unit::Ratio;
  m.low = m.high = f.low / n.value;
  m.granularity = 0.01;
  m.value = fmt::format("{}/{}", show_number(f.low), show_number(n.value));
  next = noun;
  m.span = tokens_span(f.first, next);
  set_of(m, of);
  return m;
}

// "das dritte Treffen", "zum dritten Mal"
std::optional<Measure> MeasureReader::nth(const Found& f, std::size_t end,
                                          std::size_t& next) const {
  auto m = count(f, end, next);
  if (!m && at(MeasureWord::OrdinalNoun, f.next, end) > 0) {
    m = Measure{};
    m->low = m->high = f.low;
    m->value = show_number(f.low);
    m->span = tokens_span(f.first, f.next);
    set_of(*m, layer_.tokens[f.next].span);
  }
  if (m) m->unit = Unit::Ordinal;
  return m;
}

// "jeder dritte Haushalt"
std::optional<Measure> MeasureReader::each_nth(const Found& f, std::size_t begin, std::size_t end,
                                               std::size_t& next) const {
  if (f.low < 2 || before(MeasureWord::Each, begin, f.first) == 0) {
    return std::nullopt;
  }
  auto m = count(f, end, next);
  if (!m) return m;
  m->unit = Unit::Ratio;
  m->low = m->high = 1 / f.low;
  m->granularity = 0.01;
  m->value = fmt::format("1/{}", show_number(f.low));
  return m;
}

// "die Hälfte der Fahrgäste"
std::optional<Measure> MeasureReader::part_of(std::size_t here, std::size_t end,
                                              std::size_t& next) const {
  const int parts = words_.part(layer_.lower(here));
  if (parts == 0 || at(MeasureWord::OfLink, here + 1, end) == 0) return std::nullopt;
  Measure m;
  m.unit = Unit::Ratio;
  m.low = m.high = 1.0 / parts;
  m.granularity = 0.01;
  m.value = fmt::format("1/{}", parts);
  next = here + 1;
  m.span = layer_.tokens[here].span;
  return m;
}

// "von 12 auf 18 Prozent": the first number has the second one's unit.
std::optional<Measure> MeasureReader::changed(const Found& f, std::size_t begin, std::size_t end,
                                              std::size_t& next) const {
  if (before(MeasureWord::From, begin, f.first) == 0) return std::nullopt;
  const std::uint32_t join = at(MeasureWord::To, f.next, end);
  if (join == 0 || f.next + join >= end) return std::nullopt;
  const Number n = numbers_.read(layer_, f.next + join, end);
  if (!n || n.ordinal || n.article) return std::nullopt;
  Found scaled = f;
  const double scale = shared_scale(f.low, f.granularity, n);
  scaled.low = scaled.high = f.low * scale;
  scaled.granularity *= scale;
  const Found second{
      f.next + join, f.next + join + n.tokens, n.value, n.value, n.granularity, false, false,
      false};
  std::size_t first = second.first;
  std::size_t after = second.next;
  const MeasureUnit* unit = unit_around(second, begin, end, first, after);
  if (unit == nullptr || first != second.first) return std::nullopt;
  Measure m = in_unit(scaled, *unit, false);
  next = f.next;
  m.span = tokens_span(f.first, next);
  return m;
}

// A number and more in one word: "71-Jährige", "achtköpfiges", "$4.2m", "200-Meter-Lauf", "30C".
std::optional<Measure> MeasureReader::holding_number(std::size_t here, std::size_t begin,
                                                     std::size_t end, Found& f,
                                                     std::size_t& next) const {
  const std::string_view lower = layer_.lower(here);
  const Token& token = layer_.tokens[here];
  const auto glued = [&](const std::vector<std::string>& suffixes) {
    for (const std::string& s : suffixes) {
      if (lower.size() <= s.size() || !lower.ends_with(s)) continue;
      const Number n = numbers_.word(lower.substr(0, lower.size() - s.size()));
      if (n && !n.ordinal) return n;
    }
    return Number{};
  };
  if (const Number age = glued(words_.age_suffixes)) {
    Measure m;
    m.unit = Unit::Age;
    m.low = m.high = age.value;
    m.value = show_number(age.value);
    m.span = token.span;
    if (!token.upper && words_.capital_nouns) set_of(m, noun_phrase(next, end));
    return m;
  }
  if (const Number group = glued(words_.group_suffixes)) {
    f.low = f.high = group.value;
    return count(f, end, next);
  }
  const std::size_t letters = lower.find_first_not_of("0123456789.,");
  if (letters != std::string_view::npos && letters > 0) {
    const std::string_view suffix = lower.substr(letters);
    const double scale = words_.scale_suffix(suffix);
    const Number n = numbers_.word(lower.substr(0, letters));
    f.low = f.high = n.value * std::max(scale, 1.0);
    f.granularity = n.granularity * std::max(scale, 1.0);
    if (n && scale > 0) {
      if (auto m = with_unit(f, begin, end, next)) return m;
    }
    const MeasureUnit* unit = words_.unit_word(suffix);
    if (n && scale == 0 && unit != nullptr && words_.is(MeasureWord::GluedUnit, suffix)) {
      const bool minus = before(MeasureWord::Minus, begin, here) > 0;
      Measure m = in_unit(f, *unit, minus);
      m.span = tokens_span(minus ? here - 1 : here, here + 1);
      return m;
    }
  }
  return compound(here);
}

// "12-Millionen-Euro-Projekt", "300-metre ship", "6.4-magnitude quake".
std::optional<Measure> MeasureReader::compound(std::size_t here) const {
  const std::string_view lower = layer_.lower(here);
  std::size_t bar = lower.find('-');
  if (bar == std::string_view::npos || bar == 0) return std::nullopt;
  const Number n = numbers_.word(lower.substr(0, bar));
  if (!n || n.ordinal) return std::nullopt;
  Found f{here, here + 1, n.value, n.value, n.granularity, false, false, false};
  while (bar < lower.size()) {
    const std::size_t begin = bar + 1;
    bar = std::min(lower.find('-', begin), lower.size());
    const std::string_view part = lower.substr(begin, bar - begin);
    if (const Number scale = numbers_.word(part); scale && scale.scaled && !scale.digits) {
      f.low = f.high = f.low * scale.value;
      f.granularity *= scale.value;
      continue;
    }
    Measure m;
    if (const MeasureUnit* unit = words_.unit_word(part)) {
      m = in_unit(f, *unit, false);
    } else if (words_.is(MeasureWord::Magnitude, part)) {
      m.unit = Unit::Magnitude;
      m.low = m.high = f.low;
      m.granularity = f.granularity;
      m.value = show_number(f.low);
    } else {
      return std::nullopt;
    }
    m.span = layer_.tokens[here].span;
    return m;
  }
  return std::nullopt;
}

// "Anna Berg, 47," and "Anna Berg (47)"; "she was 80."
bool MeasureReader::age_beside_name(const Found& f, std::size_t begin, std::size_t end) const {
  if (f.range || f.low < 1 || f.low > kOldest || f.low != std::floor(f.low)) return false;
  if (clause_ends(f.next, end) && before(MeasureWord::AgeBeforeEnd, begin, f.first) > 0) {
    return true;
  }
  if (f.word_only || f.first < begin + 3) return false;
  const auto name = [&](std::size_t i) {
    return layer_.tokens[i].kind == TokenKind::Word && layer_.tokens[i].upper;
  };
  return before(MeasureWord::AgeOpen, begin, f.first) > 0 && f.next < end &&
         at(MeasureWord::AgeClose, f.next, end) > 0 && name(f.first - 2) && name(f.first - 3);
}

// "a year" in "30 million eggs a year" belongs to the measure before it.
bool MeasureReader::is_rate(std::size_t here, const std::vector<Measure>& out) const {
  if (here == 0 || out.empty()) return false;
  const Number n = numbers_.read(layer_, here, here + 1);
  const std::uint32_t before = layer_.tokens[here - 1].span.end;
  return n.article && (out.back().span.end == before || out.back().of_span.end == before);
}

// "Die Zahl der Toten stieg auf 128": the noun; empty when the number is no such total.
Span MeasureReader::counted_in_total(const Found& f, std::size_t begin, std::size_t end) const {
  if (before(MeasureWord::TotalBefore, begin, f.first) == 0) return {};
  if (!clause_ends(f.next, end) && at(MeasureWord::Skip, f.next, end) == 0 &&
      at(MeasureWord::TotalAfter, f.next, end) == 0) {
    return {};
  }
  for (std::size_t i = begin; i < f.first; ++i) {
    const std::uint32_t total = at(MeasureWord::Total, i, f.first);
    if (total == 0) continue;
    const std::size_t link = i + total;
    if (at(MeasureWord::OfLink, link, f.first) == 0) {
      return tokens_span(i, link);
    }
    const std::size_t noun = link + 1 + at(MeasureWord::Article, link + 1, f.first);
    Span of = noun_phrase(noun, f.first);
    if (!words_.capital_nouns && !of.empty()) of = layer_.tokens[noun].span;
    return of;
  }
  return {};
}

// Counts whose noun was said before, follows a second number, or is a part of a group.
std::optional<Measure> MeasureReader::count_elsewhere(const Found& f, std::size_t begin,
                                                      std::size_t end, std::size_t& next,
                                                      const std::vector<Measure>& out) const {
  if (!clause_ends(f.next, end) && at(MeasureWord::NotAfter, f.next, end) > 0) {
    return std::nullopt;
  }
  Span of;
  std::size_t noun = f.next;
  const bool linked = at(MeasureWord::OfLink, f.next, end) > 0;
  if (linked) {  // "seven of the 22 lifeboats"
    ++noun;
    noun += at(MeasureWord::Article, noun, end);
  } else {  // "not 80 but 18 sheep"
    if (noun < end && layer_.lower(noun) == ",") ++noun;
    const std::uint32_t but = at(MeasureWord::But, noun, end);
    noun = but > 0 ? noun + but : end;
  }
  if (noun < end) {
    const Number n = numbers_.read(layer_, noun, end);
    if (n && !n.ordinal && !n.article) of = noun_phrase(noun + n.tokens, end);
  }
  const Measure* counted = nullptr;
  if (!out.empty() && out.back().unit == Unit::Count && begin < f.first &&
      out.back().span.begin >= layer_.tokens[begin].span.begin) {
    counted = &out.back();
  }
  if (of.empty() && counted != nullptr && !linked) {
    const std::size_t previous = layer_.token_at(counted->span.begin);
    const bool part = before(MeasureWord::Partitive, begin, previous) > 0;
    if (part || at(MeasureWord::Elliptic, f.next, end) > 0) of = counted->of_span;
  }
  if (of.empty() && !linked) of = counted_in_total(f, begin, end);
  if (of.empty()) of = counted_by_state(f, end);
  if (of.empty()) return std::nullopt;
  Measure m;
  m.low = f.low;
  m.high = f.high;
  m.granularity = f.granularity;
  m.value = m.low == m.high ? show_number(m.low)
                            : fmt::format("{}-{}", show_number(m.low), show_number(m.high));
  next = f.next;
  m.span = tokens_span(f.first, next);
  set_of(m, of);
  return m;
}

}  // namespace twosource::annotate
