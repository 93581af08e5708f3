#include "annotate/measure/reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "annotate/measure/compare.hpp"
#include "annotate/time/duration.hpp"

namespace twosource::annotate {
namespace {

std::string show(double value) {
  if (std::abs(value - std::round(value)) < 1e-6 && std::abs(value) < 1e15) {
    return fmt::format("{:.0f}", value);
  }
  return fmt::format("{:.9g}", value);
}

// "3", "3-5", with the unit's name where it is not understood without.
std::string value_text(double low, double high, const std::string& name) {
  std::string out = show(low);
  if (low != high) out += fmt::format("-{}", show(high));
  if (!name.empty() && name != "%" && name != "pp") {
    out += ' ';
    out += name;
  }
  return out;
}

}  // namespace

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
    const std::uint32_t at = layer_.tokens[i].span.begin;
    while (time_ < article_.times.size() && article_.times[time_].span.end <= at) ++time_;
    if (time_ < article_.times.size() && article_.times[time_].span.begin <= at) {
      const Timex& t = article_.times[time_];
      if (t.span.begin == at) {
        if (auto m = duration(t)) out.push_back(std::move(*m));
      }
      while (i < s.last_token && layer_.tokens[i].span.begin < t.span.end) ++i;
      continue;
    }
    i = number_at(i, s.first_token, s.last_token, out);
  }
}

// Numbers that name things instead of counting them: "Nr. 5", "+49", "3.2.1".
bool MeasureReader::counts_nothing(std::size_t at, std::size_t begin, const Number& n) const {
  if (words_.before(MeasureWord::NotBefore, layer_, begin, at) > 0 && !n.scaled) return true;
  const Token& token = layer_.tokens[at];
  if (!n.digits || token.space_before || at == begin) return false;
  const Token& previous = layer_.tokens[at - 1];
  if (previous.kind == TokenKind::QuoteMark) return false;
  const std::string_view sign = layer_.lower(at - 1);
  if (sign == "(" || sign == "–" || sign == "—" || sign == "~" || sign == "." || sign == ",") {
    return false;
  }
  std::uint32_t tokens = 0;
  const MeasureUnit* unit = words_.unit_at(layer_, at - 1, at, tokens);
  return unit == nullptr || !unit->before;
}

std::size_t MeasureReader::number_at(std::size_t at, std::size_t begin, std::size_t end,
                                     std::vector<Measure>& out) const {
  const Number n = numbers_.read(layer_, at, end);
  if (!n) return word_at(at, begin, end, out);
  std::size_t next = at + n.tokens;
  if (counts_nothing(at, begin, n)) return next;
  Found f{at, next, n.value, n.value, n.granularity, !n.digits && !n.scaled, n.article, false};
  std::optional<Measure> m;
  if (n.ordinal) {
    m = n.value >= 2 ? count(f, end, next) : std::nullopt;
    if (m) m->unit = Unit::Ordinal;
  } else {
    if (!n.article) {
      m = score(f, begin, end, next);
      if (!m) read_range(f, begin, end);
    }
    if (!m) m = with_unit(f, begin, end, next);
    if (!m && !n.article) m = count(f, end, next);
  }
  if (!m) return f.next;
  finish(*m, f, begin, end, next);
  out.push_back(std::move(*m));
  return std::max(next, f.next);
}

// "zwischen 3 und 5", "drei bis fünf", "3-5": f becomes the range.
void MeasureReader::read_range(Found& f, std::size_t begin, std::size_t end) const {
  std::uint32_t join = words_.at(MeasureWord::Range, layer_, f.next, end);
  if (join == 0 && words_.before(MeasureWord::Between, layer_, begin, f.first) > 0) {
    join = words_.at(MeasureWord::BetweenAnd, layer_, f.next, end);
  }
  if (join == 0 || f.next + join >= end) return;
  const Number n = numbers_.read(layer_, f.next + join, end);
  if (!n || n.ordinal || n.article) return;
  double low = f.low;
  // "vier bis fünf Millionen", "10 to 12 million": the scale holds for both.
  if (n.scaled && low < n.value && n.granularity > f.granularity && low < 1000) {
    double scale = 1;
    while (n.value / scale >= 1000) scale *= 1000;
    low *= scale;
  }
  if (low > n.value) return;
  f.low = low;
  f.high = n.value;
  f.granularity = std::min(f.granularity, n.granularity);
  f.range = true;
  f.next += join + n.tokens;
}

std::optional<Measure> MeasureReader::score(const Found& f, std::size_t begin, std::size_t end,
                                            std::size_t& next) const {
  const std::uint32_t join = words_.at(MeasureWord::Score, layer_, f.next, end);
  if (join == 0 || f.next + join >= end) return std::nullopt;
  const Number n = numbers_.read(layer_, f.next + join, end);
  if (!n || n.ordinal || n.article) return std::nullopt;
  bool known = false;  // a word that announces a score, up to six tokens before
  for (std::size_t i = f.first; i > begin && f.first - i < 6 && !known; --i) {
    known = words_.at(MeasureWord::ScoreBefore, layer_, i - 1, f.first) > 0;
  }
  if (!known) return std::nullopt;
  next = f.next + join + n.tokens;
  Measure m;
  m.unit = Unit::Score;
  m.low = f.low;
  m.high = n.value;
  m.value = fmt::format("{}:{}", show(f.low), show(n.value));
  m.span = tokens_span(f.first, next);
  return m;
}

std::optional<Measure> MeasureReader::with_unit(const Found& f, std::size_t begin, std::size_t end,
                                                std::size_t& next) const {
  Measure m;
  std::uint32_t tokens = 0;
  std::size_t first = f.first;
  const MeasureUnit* unit = nullptr;
  if (first > begin && (unit = words_.unit_at(layer_, first - 1, first, tokens)) != nullptr &&
      !unit->before) {
    unit = nullptr;
  }
  next = f.next;
  if (unit != nullptr) {
    --first;
  } else if (const int parts = f.next < end ? words_.denominator(layer_.lower(f.next)) : 0;
             parts > 0 && !f.range) {
    next = f.next + 1;
    m.unit = Unit::Ratio;
    m.low = m.high = f.low / parts;
    m.granularity = 0.01;
    m.value = fmt::format("{}/{}", show(f.low), parts);
    m.span = tokens_span(first, next);
    return m;
  } else if (f.next < end && (unit = words_.unit_at(layer_, f.next, end, tokens)) != nullptr) {
    next = f.next + tokens;
  }
  if (unit == nullptr) {
    const std::uint32_t years = words_.at(MeasureWord::AgeAfter, layer_, f.next, end);
    const std::uint32_t age = words_.before(MeasureWord::AgeBefore, layer_, begin, f.first);
    if (years == 0 && age == 0) {
      if (words_.before(MeasureWord::Magnitude, layer_, begin, f.first) == 0) return std::nullopt;
      m.unit = Unit::Magnitude;
    } else {
      m.unit = Unit::Age;
      next = f.next + years;
    }
    m.low = f.low;
    m.high = f.high;
    m.granularity = f.granularity;
  } else {
    m.unit = unit->unit;
    m.unit_name = unit->name;
    m.low = f.low * unit->factor;
    m.high = f.high * unit->factor;
    m.granularity = f.granularity * unit->factor;
  }
  if (words_.before(MeasureWord::Minus, layer_, begin, first) > 0) {
    m.low = -m.low;
    m.high = -m.high;
    --first;
  }
  const bool as_written = unit != nullptr && !unit->word.empty();
  m.value = as_written ? value_text(m.low / unit->factor, m.high / unit->factor, unit->word)
                       : value_text(m.low, m.high, m.unit_name);
  m.span = tokens_span(first, next);
  return m;
}

std::optional<Measure> MeasureReader::count(const Found& f, std::size_t end,
                                            std::size_t& next) const {
  const Span of = noun_phrase(f.next, end);
  if (of.empty()) return std::nullopt;
  if (words_.at(MeasureWord::NotAfter, layer_, f.next, end) > 0) return std::nullopt;
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
std::size_t MeasureReader::word_at(std::size_t at, std::size_t begin, std::size_t end,
                                   std::vector<Measure>& out) const {
  const std::string_view lower = layer_.lower(at);
  const Token& token = layer_.tokens[at];
  if (token.kind == TokenKind::Number) {
    const std::size_t colon = lower.find(':');
    if (colon == std::string_view::npos) return at + 1;
    const Number a = numbers_.word(lower.substr(0, colon));
    const Number b = numbers_.word(lower.substr(colon + 1));
    if (!a || !b) return at + 1;
    Measure m;
    m.unit = Unit::Score;
    m.low = a.value;
    m.high = b.value;
    m.value = fmt::format("{}:{}", show(a.value), show(b.value));
    m.span = token.span;
    out.push_back(std::move(m));
    return at + 1;
  }
  if (token.kind != TokenKind::Word) return at + 1;
  Found f{at, at + 1, 2, 2, 1, true, false, false};
  std::size_t next = at + 1;
  std::optional<Measure> m;
  if (words_.at(MeasureWord::Both, layer_, at, end) > 0) {
    m = count(f, end, next);
  } else if (numbers_.may_start(lower)) {
    const auto glued = [&](const std::vector<std::string>& suffixes) {
      for (const std::string& s : suffixes) {
        if (lower.size() <= s.size() || !lower.ends_with(s)) continue;
        const Number n = numbers_.word(lower.substr(0, lower.size() - s.size()));
        if (n && !n.ordinal) return n;
      }
      return Number{};
    };
    const std::size_t letters = lower.find_first_not_of("0123456789.,");
    const double scale = letters == std::string_view::npos || letters == 0
                             ? 0
                             : words_.scale_suffix(lower.substr(letters));
    if (const Number age = glued(words_.age_suffixes)) {
      m = Measure{};
      m->unit = Unit::Age;
      m->low = m->high = age.value;
      m->value = show(age.value);
      m->span = token.span;
      if (!token.upper && words_.capital_nouns) set_of(*m, noun_phrase(next, end));
    } else if (const Number group = glued(words_.group_suffixes)) {
      f.low = f.high = group.value;
      m = count(f, end, next);
    } else if (scale > 0) {
      const Number n = numbers_.word(lower.substr(0, letters));
      f.low = f.high = n.value * scale;
      f.granularity = n.granularity * scale;
      if (n) m = with_unit(f, begin, end, next);
    }
  }
  if (!m) return at + 1;
  finish(*m, f, begin, end, next);
  out.push_back(std::move(*m));
  return std::max(next, at + 1);
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
  auto bound = words_.bound_at(layer_, first, last);
  for (std::size_t i = first; bound.tokens == 0 && i < last && i < first + 2; ++i) {
    bound = words_.bound_at(layer_, i, last);
  }
  if (bound.tokens == 0) bound = words_.bound_before(layer_, s.first_token, first);
  m.bound = bound.bound;
  m.modality = modality(first, last, s.first_token, s.last_token, true);
  set_of(m, what_lasts(first, last, s.first_token, s.last_token));
  return m;
}

void MeasureReader::finish(Measure& m, const Found& f, std::size_t begin, std::size_t end,
                           std::size_t measure_end) const {
  std::size_t first = f.first;
  while (first > begin && layer_.tokens[first - 1].span.begin >= m.span.begin) --first;
  m.bound = words_.bound_before(layer_, begin, first).bound;
  m.modality = modality(first, measure_end, begin, end);
  if (!m.of.empty()) return;
  // "95 Prozent seines Herrschaftsgebietes", "4 Millionen Euro der Kosten".
  if (measure_end < end && words_.at(MeasureWord::OfLink, layer_, measure_end, end) > 0) {
    const std::size_t noun = measure_end + 1;
    const std::uint32_t article =
        noun < end ? words_.at(MeasureWord::Article, layer_, noun, end) : 0;
    set_of(m, noun_phrase(noun + article, end));
  }
}

void MeasureReader::set_of(Measure& m, Span of) const {
  if (of.empty()) return;
  m.of_span = of;
  m.of = std::string(article_.at(of));
}

}  // namespace twosource::annotate
