#include "annotate/time/numbers.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "annotate/time/number_sum.hpp"
#include "text/utf8.hpp"

namespace twosource::annotate {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::size_t prefix_key(std::string_view word) {
  const auto a = static_cast<unsigned char>(word[0]);
  const auto b = static_cast<unsigned char>(word.size() > 1 ? word[1] : '\0');
  return static_cast<std::size_t>(a) * 256U + b;
}

// A hash of the first three bytes of a word: tells most words from number words without a lookup.
std::size_t start_key(unsigned char a, unsigned char b, unsigned char c) {
  return (a * 2503U + b * 131U + c) & 0xFFFFU;
}
std::size_t start_key(std::string_view word) {
  const auto byte = [&](std::size_t i) {
    return i < word.size() ? static_cast<unsigned char>(word[i]) : static_cast<unsigned char>(0);
  };
  return start_key(byte(0), byte(1), byte(2));
}

double power_of_ten(int exponent) { return std::pow(10.0, exponent); }

// Rounding unit of whole digits: zeros behind the third digit count as rounding.
double whole_granularity(std::string_view digits) {
  const std::size_t last = digits.find_last_not_of('0');
  if (last == std::string_view::npos) return 1;
  const std::size_t zeros = digits.size() - 1 - last;
  const std::size_t beyond_three = digits.size() > 3 ? digits.size() - 3 : 0;
  return power_of_ten(static_cast<int>(std::min(zeros, beyond_three)));
}

}  // namespace

NumberReader::Kind NumberReader::parse_kind(const Table& table, const Row& row,
                                            std::string_view name) {
  constexpr std::pair<std::string_view, Kind> kKinds[] = {{"one", Kind::One},
                                                          {"digit", Kind::Digit},
                                                          {"ten", Kind::Ten},
                                                          {"hundred", Kind::Hundred},
                                                          {"scale", Kind::Scale},
                                                          {"special", Kind::Special},
                                                          {"plus", Kind::Plus},
                                                          {"half", Kind::Half},
                                                          {"and", Kind::And},
                                                          {"ordinal", Kind::Ordinal},
                                                          {"ordinal_suffix", Kind::OrdinalSuffix},
                                                          {"digit_suffix", Kind::DigitSuffix}};
  for (const auto& [text, kind] : kKinds) {
    if (text == name) return kind;
  }
  throw PackError(table.where(row) + ": unknown kind of number word \"" + std::string(name) + "\"");
}

NumberReader::NumberReader(const Pack& pack) : may_start_(256U * 256U, false) {
  if (const auto mark = pack.setting("decimal"); mark && !mark->empty()) decimal_ = mark->front();
  if (const auto mark = pack.setting("grouping"); mark && !mark->empty()) grouping_ = mark->front();
  const Table& table = pack.table("numbers.tsv");
  const std::size_t word = table.column("word");
  const std::size_t value = table.column("value");
  const std::size_t kind = table.column("kind");
  for (const Row& row : table.rows()) {
    Morpheme m;
    m.kind = parse_kind(table, row, row.cells[kind]);
    const std::string& number = row.cells[value];
    const auto [end, error] =
        std::from_chars(number.data(), number.data() + number.size(), m.value);
    if (error != std::errc() || end != number.data() + number.size() || !std::isfinite(m.value)) {
      throw PackError(table.where(row) + ": \"" + number + "\" is not a number");
    }
    for (const std::string& form : split_list(row.cells[word])) {
      const std::string lower = utf8::lower(form);
      if (lower.find(' ') != std::string::npos) {
        std::vector<std::string> parts;
        std::size_t at = 0;
        while (at < lower.size()) {
          const std::size_t blank = std::min(lower.find(' ', at), lower.size());
          parts.push_back(lower.substr(at, blank - at));
          at = blank + 1;
        }
        plus_.emplace_back(std::move(parts), m.value);
        continue;
      }
      longest_ = std::max(longest_, lower.size());
      const std::uint32_t bit = 1U << std::min<std::size_t>(lower.size(), 31);
      const bool inner_only =
          m.kind == Kind::OrdinalSuffix || m.kind == Kind::Plus || m.kind == Kind::DigitSuffix;
      const auto note = [&](std::size_t key) {
        inner_[key] |= bit;
        if (inner_only) return;
        starts_[key] |= bit;
      };
      note(prefix_key(lower));
      if (lower.size() == 1) {  // one byte: the key of a longer word holds its next byte too
        for (std::size_t next = 0; next < 256; ++next) {
          note(static_cast<unsigned char>(lower[0]) * 256U + next);
        }
      }
      // "and" stands inside numbers only.
      if (!inner_only && m.kind != Kind::And) note_start(lower);
      morphemes_.try_emplace(lower, m);
    }
  }
}

void NumberReader::note_start(std::string_view word) {
  may_start_[start_key(word)] = true;
  if (word.size() > 2) return;
  const auto first = static_cast<unsigned char>(word[0]);
  for (unsigned b = 0; b < 256; ++b) {  // what may follow a word of one or two bytes
    const auto next = static_cast<unsigned char>(b);
    if (word.size() == 2) {
      may_start_[start_key(first, static_cast<unsigned char>(word[1]), next)] = true;
      continue;
    }
    for (unsigned c = 0; c < 256; ++c) {
      may_start_[start_key(first, next, static_cast<unsigned char>(c))] = true;
    }
  }
}

const NumberReader::Morpheme* NumberReader::find(std::string_view word) const {
  if (word.size() > longest_) return nullptr;
  const auto it = morphemes_.find(word);
  return it == morphemes_.end() ? nullptr : &it->second;
}

// Splits a word into number morphemes, longest first; hyphens between them are skipped. Quadratic
// in the longest morpheme only: a word is given up at the first part that is none.
bool NumberReader::split(std::string_view word, std::vector<Morpheme>& out) const {
  out.clear();
  constexpr std::size_t kLongestWord = 80;
  if (word.empty() || word.size() > kLongestWord) return false;
  while (!word.empty()) {
    const NumberMap<std::uint32_t>& table = out.empty() ? starts_ : inner_;
    const auto known = table.find(prefix_key(word));
    if (known == table.end()) return false;
    const std::uint32_t lengths = known->second;
    const Morpheme* found = nullptr;
    std::size_t take = std::min(longest_, word.size());
    for (; take > 0; --take) {
      if ((lengths >> std::min<std::size_t>(take, 31) & 1U) == 0) continue;
      if ((found = find(word.substr(0, take))) != nullptr) break;
    }
    if (take == 0) return false;
    out.push_back(*found);
    word.remove_prefix(take);
    if (word.size() > 1 && word.front() == '-') word.remove_prefix(1);
  }
  return true;
}

bool NumberReader::parse_digits(std::string_view text, double& value, double& granularity) const {
  std::string digits;
  int decimals = -1;
  std::size_t group = 0;
  bool grouped = false;
  for (const char c : text) {
    if (is_digit(c)) {
      digits.push_back(c);
      if (decimals >= 0) ++decimals;
      ++group;
    } else if (c == decimal_ && decimals < 0 && !digits.empty()) {
      if (grouped && group != 3) return false;
      decimals = 0;
    } else if ((c == grouping_ || c == '\'') && decimals < 0 && !digits.empty()) {
      if (grouped ? group != 3 : group > 3 || digits.front() == '0') return false;
      grouped = true;
      group = 0;
    } else {
      return false;
    }
  }
  if (digits.empty() || digits.size() > 18 || decimals == 0) return false;
  if (grouped && decimals < 0 && group != 3) return false;
  const int shift = std::max(decimals, 0);
  double whole = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), whole);
  value = shift == 0 ? whole : whole / power_of_ten(shift);
  granularity = shift == 0 ? whole_granularity(digits) : 1 / power_of_ten(shift);
  return true;
}

bool NumberReader::may_start(std::string_view lower) const {
  return !lower.empty() && (is_digit(lower.front()) || may_start_[start_key(lower)]);
}

// "1st", "22nd".
Number NumberReader::ordinal_digits(std::string_view lower) const {
  const std::size_t stop = lower.find_first_not_of("0123456789");
  if (stop == 0 || stop == std::string_view::npos || stop > 4) return {};
  const Morpheme* suffix = find(lower.substr(stop));
  if (suffix == nullptr || suffix->kind != Kind::DigitSuffix) return {};
  Number n;
  std::from_chars(lower.data(), lower.data() + stop, n.value);
  n.tokens = 1;
  n.ordinal = true;
  n.digits = true;
  return n;
}

Number NumberReader::word(std::string_view lower) const {
  if (lower.empty()) return {};
  if (is_digit(lower.front())) {
    Number n;
    if (!parse_digits(lower, n.value, n.granularity)) return ordinal_digits(lower);
    n.tokens = 1;
    n.digits = true;
    return n;
  }
  std::vector<Morpheme> parts;
  if (!split(lower, parts)) return {};
  Sum sum;
  for (const Morpheme& m : parts) {
    if (!sum.push(m, true)) return {};
  }
  Number n;
  if (!sum.complete()) return {};
  sum.fill(n);
  n.tokens = 1;
  return n;
}

std::size_t NumberReader::read_plus(const TokenLayer& layer, std::size_t at, std::size_t end,
                                    double& value) const {
  for (const auto& [words, amount] : plus_) {
    std::size_t i = 0;
    while (i < words.size() && at + i < end && layer.lower(at + i) == words[i]) ++i;
    if (i == words.size()) {
      value = amount;
      return i;
    }
  }
  return 0;
}

void NumberReader::read_scale(const TokenLayer& layer, std::size_t at, std::size_t end,
                              Number& number) const {
  std::size_t next = at + number.tokens;
  while (next < end && layer.tokens[next].kind == TokenKind::Word) {
    const Morpheme* m = find(layer.lower(next));
    if (m == nullptr || (m->kind != Kind::Scale && m->kind != Kind::Hundred)) break;
    number.value *= m->value;
    number.granularity *= m->value;
    number.scaled = true;
    number.article = false;
    number.tokens = static_cast<std::uint32_t>(++next - at);
  }
}

Number NumberReader::read_digits(const TokenLayer& layer, std::size_t at, std::size_t end) const {
  std::string_view text = layer.lower(at);
  Number n;
  if (layer.tokens[at].kind == TokenKind::Word) return ordinal_digits(text);
  if (layer.tokens[at].abbreviation) {  // "11."
    text.remove_suffix(1);
    if (!parse_digits(text, n.value, n.granularity)) return {};
    n.ordinal = true;
    n.tokens = 1;
    n.digits = true;
    return n;
  }
  std::string joined(text);
  std::size_t next = at + 1;
  const bool may_join = text.size() <= 3 && text.front() != '0' &&
                        text.find_first_not_of("0123456789") == std::string_view::npos;
  while (may_join && next < end && joined.size() < 15) {  // "350 000"
    const Token& t = layer.tokens[next];
    const std::string_view group = layer.lower(next);
    if (t.kind != TokenKind::Number || t.abbreviation || !t.space_before || group.size() != 3 ||
        group.find_first_not_of("0123456789") != std::string_view::npos) {
      break;
    }
    joined += group;
    ++next;
  }
  if (!parse_digits(joined, n.value, n.granularity)) return {};
  n.tokens = static_cast<std::uint32_t>(next - at);
  n.digits = true;
  read_scale(layer, at, end, n);
  return n;
}

// "half a million", "eine halbe Million": half of the scale behind it.
Number NumberReader::read_half(const TokenLayer& layer, std::size_t at, std::size_t end) const {
  std::size_t next = at;
  const Morpheme* first = find(layer.lower(next));
  if (first != nullptr && first->kind == Kind::One) {
    if (++next >= end) return {};
    first = find(layer.lower(next));
  }
  if (first == nullptr || first->kind != Kind::Half || ++next >= end) return {};
  const Morpheme* scale = find(layer.lower(next));
  if (scale != nullptr && scale->kind == Kind::One && ++next < end) {
    scale = find(layer.lower(next));
  }
  if (next >= end || scale == nullptr || scale->kind != Kind::Scale) return {};
  Number n;
  n.value = first->value * scale->value;
  n.granularity = n.value;
  n.scaled = true;
  n.tokens = static_cast<std::uint32_t>(next + 1 - at);
  return n;
}

Number NumberReader::read(const TokenLayer& layer, std::size_t at, std::size_t end) const {
  const std::string_view first = layer.lower(at);
  if (first.empty()) return {};
  if (is_digit(first.front())) return read_digits(layer, at, end);
  if (layer.tokens[at].kind != TokenKind::Word || !may_start_[start_key(first)]) return {};
  if (Number half = read_half(layer, at, end)) return half;
  Sum sum;
  Number best;
  std::vector<Morpheme> parts;
  for (std::size_t i = at; i < end && layer.tokens[i].kind == TokenKind::Word; ++i) {
    if (!split(layer.lower(i), parts)) break;
    if (i > at && parts.size() == 1 && parts[0].kind == Kind::One) break;
    bool ok = true;
    for (std::size_t k = 0; k < parts.size() && ok; ++k) ok = sum.push(parts[k], parts.size() > 1);
    if (!ok) break;
    if (!sum.complete()) continue;
    sum.fill(best);
    best.tokens = static_cast<std::uint32_t>(i + 1 - at);
    double plus = 0;
    if (const std::size_t n = read_plus(layer, i + 1, end, plus); n > 0) {
      best.value += plus;
      best.granularity = plus;
      best.article = false;
      best.tokens += static_cast<std::uint32_t>(n);
      read_scale(layer, at, end, best);
      break;
    }
    if (best.granularity < 1) {  // "zweieinhalb Millionen"
      read_scale(layer, at, end, best);
      break;
    }
  }
  return best;
}

}  // namespace twosource::annotate
