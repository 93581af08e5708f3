#include "annotate/measure/reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "annotate/measure/compare.hpp"
#include "annotate/time/duration.hpp"

namespace twosource::annotate {
namespace {

// "3", "3-5", with the unit's name where it is not understood without.
std::string value_text(double low, double high, const std::string& name) {
  std::string out = show_number(low);
  if (low != high) out += fmt::format("-{}", show_number(high));
  if (!name.empty() && name != "%" && name != "pp") {
    out += ' ';
    out += name;
  }
  return out;
}

}  // namespace

std::string show_number(double value) {
  if (std::abs(value - std::round(value)) < 1e-6 && std::abs(value) < 1e15) {
    return fmt::format("{:.0f}", value);
  }
  return fmt::format("{:.9g}", value);
}

double shared_scale(double value, double granularity, const Number& n) {
  double scale = 1;
  if (!n.scaled || value >= n.value || n.granularity <= granularity || value >= 1000) return scale;
  while (n.value / scale >= 1000) scale *= 1000;
  return scale;
}

std::vector<Measure> MeasureReader::run() {
  std::vector<Measure> out;
  for (const Sentence& s : layer_.sentences) sentence(s, out);
  std::sort(out.begin(), out.end(),
            [](const Measure& a, const Measure& b) { return a.span < b.span; });
  return out;
}

void MeasureReader::sentence(const Sentence& s, std::vector<Measure>& out) {
  std::size_t i = s.first_token;
  while (i < s.last_token) {
    const std::uint32_t here = layer_.tokens[i].span.begin;
    while (time_ < article_.times.size() && article_.times[time_].span.end <= here) ++time_;
    if (time_ < article_.times.size() && article_.times[time_].span.begin <= here) {
      const Timex& t = article_.times[time_];
      if (t.span.begin == here) {
        auto m = is_rate(i, out) ? std::nullopt : duration(t);
        if (m) out.push_back(std::move(*m));
      }
      while (i < s.last_token && layer_.tokens[i].span.begin < t.span.end) ++i;
      continue;
    }
    i = number_at(i, s.first_token, s.last_token, out);
  }
}

// Numbers that name things instead of counting them: "Nr. 5", "+49", "3.2.1".
bool MeasureReader::counts_nothing(std::size_t here, std::size_t begin, const Number& n) const {
  if (before(MeasureWord::NotBefore, begin, here) > 0 && !n.scaled) return true;
  const Token& token = layer_.tokens[here];
  if (!n.digits || token.space_before || here == begin) return false;
  const Token& previous = layer_.tokens[here - 1];
  if (previous.kind == TokenKind::QuoteMark) return false;
  if (previous.space_before && before(MeasureWord::Minus, begin, here) > 0) {
    return false;
  }
  const std::string_view sign = layer_.lower(here - 1);
  if (sign == "(" || sign == "–" || sign == "—" || sign == "~" || sign == "." || sign == ",") {
    return false;
  }
  std::uint32_t tokens = 0;
  const MeasureUnit* unit = unit_at(here - 1, here, tokens);
  return unit == nullptr || !unit->before;
}

std::size_t MeasureReader::number_at(std::size_t here, std::size_t begin, std::size_t end,
                                     std::vector<Measure>& out) const {
  const Number n = numbers_.read(layer_, here, end);
  if (!n) return word_at(here, begin, end, out);
  std::size_t next = here + n.tokens;
  if (counts_nothing(here, begin, n)) return next;
  Found f{here, next, n.value, n.value, n.granularity, !n.digits && !n.scaled, n.article, false};
  if (n.article && is_rate(here, out)) return next;
  if (!n.digits && n.scaled && before(MeasureWord::Vague, begin, here) > 0) return next;
  std::optional<Measure> m;
  if (n.ordinal) {
    m = each_nth(f, begin, end, next);
    if (!m && n.value >= 2) {
      m = nth(f, end, next);
    }
  } else {
    m = plain_number(f, n, begin, end, next, out);
  }
  if (!m) return f.next;
  finish(*m, f, begin, end, next);
  out.push_back(std::move(*m));
  return std::max(next, f.next);
}

// "zwischen 3 und 5", "drei bis fünf", "3-5": f becomes the range.
void MeasureReader::read_range(Found& f, std::size_t begin, std::size_t end) const {
  std::uint32_t join = at(MeasureWord::Range, f.next, end);
  if (join == 0 && before(MeasureWord::Between, begin, f.first) > 0) {
    join = at(MeasureWord::BetweenAnd, f.next, end);
  }
  if (join == 0 || f.next + join >= end) return;
  const Number n = numbers_.read(layer_, f.next + join, end);
  if (!n || n.ordinal || n.article) return;
  const double low = f.low * shared_scale(f.low, f.granularity, n);
  if (low > n.value) return;
  f.low = low;
  f.high = n.value;
  f.granularity = std::min(f.granularity, n.granularity);
  f.range = true;
  f.next += join + n.tokens;
}

std::optional<Measure> MeasureReader::score(const Found& f, std::size_t begin, std::size_t end,
                                            std::size_t& next,
                                            const std::vector<Measure>& out) const {
  std::size_t here = f.next;  // "367 votes to 251"
  const std::uint32_t votes = at(MeasureWord::VoteNoun, here, end);
  here += votes;
  std::uint32_t join = at(MeasureWord::Score, here, end);
  const bool dash = join == 0 && votes == 0;
  if (dash) join = at(MeasureWord::ScoreDash, here, end);
  if (join == 0 || here + join >= end) return std::nullopt;
  const Number n = numbers_.read(layer_, here + join, end);
  if (!n || n.ordinal || n.article) return std::nullopt;
  const std::size_t after = here + join + n.tokens;
  const bool ratio = near_before(MeasureWord::RatioBefore, f.first, begin, 3);
  const bool row = !out.empty() && out.back().unit == Unit::Score && f.first >= begin + 2 &&
                   out.back().span.end == layer_.tokens[f.first - 2].span.end;  // "6-4, 7-5"
  if (!ratio && !row && !near_before(MeasureWord::ScoreBefore, f.first, begin, 6)) {
    return std::nullopt;
  }
  if (dash && !clause_ends(after, end) && at(MeasureWord::Skip, after, end) == 0) {
    return std::nullopt;  // "won 3-4 seats"
  }
  next = after;
  Measure m;
  m.unit = ratio ? Unit::Ratio : Unit::Score;
  m.low = f.low;
  m.high = n.value;
  if (ratio && n.value > 0) m.low = m.high = f.low / n.value;
  m.value = fmt::format("{}:{}", show_number(f.low), show_number(n.value));
  m.span = tokens_span(f.first, next);
  return m;
}

Measure MeasureReader::in_unit(const Found& f, const MeasureUnit& unit, bool minus) const {
  Measure m;
  m.unit = unit.unit;
  m.unit_name = unit.name;
  const double factor = minus ? -unit.factor : unit.factor;
  m.low = f.low * factor;
  m.high = f.high * factor;
  m.granularity = f.granularity * unit.factor;
  m.value = unit.word.empty() ? value_text(m.low, m.high, m.unit_name)
                              : value_text(m.low / unit.factor, m.high / unit.factor, unit.word);
  return m;
}

// The unit before ("€ 5") or after the number; `first` and `next` become what both cover.
const MeasureUnit* MeasureReader::unit_around(const Found& f, std::size_t begin, std::size_t end,
                                              std::size_t& first, std::size_t& next) const {
  std::uint32_t tokens = 0;
  if (f.first > begin) {
    const MeasureUnit* unit = unit_at(f.first - 1, f.first, tokens);
    if (unit != nullptr && unit->before) {
      --first;
      return unit;
    }
  }
  if (f.next >= end) return nullptr;
  const MeasureUnit* unit = unit_at(f.next, end, tokens);
  if (unit == nullptr) return nullptr;
  const std::size_t after = f.next + tokens;
  // "a $12 million project": the unit belongs to the number behind it.
  if (f.article && unit->before && after < end && layer_.tokens[after].kind == TokenKind::Number &&
      !layer_.tokens[after].space_before) {
    return nullptr;
  }
  next = after;
  if (const MeasureUnit* weight = words_.weighed(unit)) {
    for (std::size_t i = begin; i < end; ++i) {
      if (at(MeasureWord::WeightNear, i, end) > 0) return weight;
    }
  }
  return unit;
}

std::optional<Measure> MeasureReader::with_unit(const Found& f, std::size_t begin, std::size_t end,
                                                std::size_t& next) const {
  std::size_t first = f.first;
  next = f.next;
  const MeasureUnit* unit = unit_around(f, begin, end, first, next);
  if (first == f.first && !f.range && f.next < end) {
    if (const int parts = words_.denominator(layer_.lower(f.next)); parts > 0) {
      Measure m;
      next = f.next + 1;
      m.unit = Unit::Ratio;
      m.low = m.high = f.low / parts;
      m.granularity = 0.01;
      m.value = fmt::format("{}/{}", show_number(f.low), parts);
      m.span = tokens_span(first, next);
      return m;
    }
  }
  if (unit == nullptr) return without_unit(f, begin, end, next);
  const bool minus = before(MeasureWord::Minus, begin, first) > 0;
  if (minus) --first;
  Measure m = in_unit(f, *unit, minus);
  m.span = tokens_span(first, next);
  return m;
}

// Ages and magnitudes, which words around the number make.
std::optional<Measure> MeasureReader::without_unit(const Found& f, std::size_t begin,
                                                   std::size_t end, std::size_t& next) const {
  const std::uint32_t years = at(MeasureWord::AgeAfter, f.next, end);
  Measure m;
  if (years > 0 || before(MeasureWord::AgeBefore, begin, f.first) > 0 ||
      age_beside_name(f, begin, end)) {
    m.unit = Unit::Age;
    next = f.next + years;
  } else if (before(MeasureWord::Magnitude, begin, f.first) > 0) {
    m.unit = Unit::Magnitude;
  } else {
    return std::nullopt;
  }
  m.low = f.low;
  m.high = f.high;
  m.granularity = f.granularity;
  m.value = value_text(m.low, m.high, "");
  m.span = tokens_span(f.first, next);
  return m;
}

std::optional<Measure> MeasureReader::count(const Found& f, std::size_t end,
                                            std::size_t& next) const {
  const Span of = noun_phrase(f.next, end);
  if (of.empty()) return std::nullopt;
  if (at(MeasureWord::NotAfter, f.next, end) > 0) return std::nullopt;
  for (std::size_t i = f.next; i < end && layer_.tokens[i].span.begin < of.end; ++i) {
    if (i > f.next && at(MeasureWord::Address, i, end) > 0) return std::nullopt;
  }
  Measure m;
  m.unit = Unit::Count;
  m.low = f.low;
  m.high = f.high;
  m.granularity = f.granularity;
  m.value = value_text(m.low, m.high, "");
  set_of(m, of);
  next = f.next;
  m.span = tokens_span(f.first, next);
  return m;
}

// Words that hold a number: "71-Jährige", "achtköpfiges", "31:24", "beide", "$4.2m".
std::size_t MeasureReader::word_at(std::size_t here, std::size_t begin, std::size_t end,
                                   std::vector<Measure>& out) const {
  const std::string_view lower = layer_.lower(here);
  const Token& token = layer_.tokens[here];
  if (token.kind == TokenKind::Number) {
    const std::size_t colon = lower.find(':');
    if (colon == std::string_view::npos) return here + 1;
    const auto clock = [](std::string_view side) { return side.size() > 1 && side[0] == '0'; };
    if (clock(lower.substr(0, colon)) || clock(lower.substr(colon + 1)))
      return here + 1;  // "02:01"
    const Number a = numbers_.word(lower.substr(0, colon));
    const Number b = numbers_.word(lower.substr(colon + 1));
    if (!a || !b) return here + 1;
    Measure m;
    const bool ratio = near_before(MeasureWord::RatioBefore, here, begin, 3) && b.value > 0;
    m.unit = ratio ? Unit::Ratio : Unit::Score;
    m.low = ratio ? a.value / b.value : a.value;
    m.high = ratio ? m.low : b.value;
    m.value = fmt::format("{}:{}", show_number(a.value), show_number(b.value));
    m.span = token.span;
    out.push_back(std::move(m));
    return here + 1;
  }
  if (token.kind != TokenKind::Word) return here + 1;
  const bool holds = numbers_.may_start(lower);
  if (!holds && !words_.may_open(lower)) return here + 1;
  Found f{here, here + 1, 2, 2, 1, true, false, false};
  std::size_t next = here + 1;
  std::optional<Measure> m;
  if (at(MeasureWord::Both, here, end) > 0) {
    m = count(f, end, next);
  } else if (holds) {
    m = holding_number(here, begin, end, f, next);
  }
  if (!m) m = part_of(here, end, next);
  if (const std::uint32_t half = m ? 0 : at(MeasureWord::Half, here, end); half > 0) {
    f = Found{here, here + half, 0.5, 0.5, 0.5, true, true, false};
    m = with_unit(f, begin, end, next);
  }
  if (!m) return here + 1;
  finish(*m, f, begin, end, next);
  out.push_back(std::move(*m));
  return std::max(next, here + 1);
}

std::optional<Measure> MeasureReader::duration(const Timex& t) const {
  if (t.type != TimexType::Duration || !t.begin_point.empty()) return std::nullopt;
  const auto size = duration_size(t.value);
  if (!size) return std::nullopt;
  Measure m;
  m.span = t.span;
  m.unit = Unit::Duration;
  m.unit_name = "s";
  m.low = m.high = size->seconds;
  m.granularity = size->granularity;
  // "PT0.5H" and "PT30M" are one value: fractions of hours and days are written out.
  m.value = t.value;
  if (t.value.find('.') != std::string::npos) {
    const double months = size->seconds / (30.4375 * 86400);
    const bool long_one = size->seconds > 40 * 86400.0;
    m.value = long_one ? fmt::format("P{}M", std::lround(months)) : iso_duration(size->seconds);
  }
  const auto [first, last] = layer_.tokens_in(t.span);
  if (first >= last) return std::nullopt;
  const Sentence& s = layer_.sentences[layer_.tokens[first].sentence];
  auto bound = bound_at(first, last);
  for (std::size_t i = first; bound.tokens == 0 && i < last && i < first + 2; ++i) {
    bound = bound_at(i, last);
  }
  if (bound.tokens == 0) bound = bound_before(s.first_token, first);
  m.bound = bound.bound;
  m.modality = modality(first, last, s.first_token, s.last_token, true);
  set_of(m, what_lasts(first, last, s.first_token, s.last_token));
  return m;
}

void MeasureReader::finish(Measure& m, const Found& f, std::size_t begin, std::size_t end,
                           std::size_t measure_end) const {
  std::size_t first = f.first;
  while (first > begin && layer_.tokens[first - 1].span.begin >= m.span.begin) --first;
  m.bound = bound_before(begin, first).bound;
  m.modality = modality(first, measure_end, begin, end);
  if (!m.of.empty()) return;
  const bool stuff = m.unit == Unit::Weight || m.unit == Unit::Volume || m.unit == Unit::Area;
  if (stuff && words_.capital_nouns && measure_end < end && layer_.tokens[measure_end].upper) {
    set_of(m, noun_phrase(measure_end, end));  // "16 Tonnen Getreide"
    return;
  }
  // "95 Prozent seines Herrschaftsgebietes", "4 Millionen Euro der Kosten".
  if (measure_end < end && at(MeasureWord::OfLink, measure_end, end) > 0) {
    std::size_t noun = measure_end + 1;
    if (noun < end) noun += at(MeasureWord::Article, noun, end);
    if (const Number n = numbers_.read(layer_, noun, end); n && !n.ordinal && !n.article) {
      noun += n.tokens;  // "80 Prozent der 1200 Betriebe"
    }
    set_of(m, noun_phrase(noun, end));
  }
}

void MeasureReader::set_of(Measure& m, Span of) const {
  if (of.empty()) return;
  m.of_span = of;
  m.of = std::string(article_.at(of));
}

}  // namespace twosource::annotate
