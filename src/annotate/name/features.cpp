#include "annotate/name/features.hpp"

#include <algorithm>
#include <array>
#include <bit>

#include "annotate/name/memo.hpp"
#include "text/hash_map.hpp"
#include "text/utf8.hpp"

namespace twosource::annotate::name {
namespace {

constexpr std::size_t kReach =
    3;  // small words inside a name in a row: "Rat für deutsche Rechtschreibung"

std::uint32_t hash(std::string_view s) {
  return static_cast<std::uint32_t>(XXH3_64bits(s.data(), s.size()));
}

// Mixes a template's number and up to two values into a feature hash. Inlined at every use, so that
// the number's product is a constant; this is where scoring spends its time.
[[gnu::always_inline]] inline std::uint32_t mix(std::uint32_t number, std::uint32_t a,
                                                std::uint32_t b = 0) {
  std::uint32_t h = a * 0x9E3779B1U + std::rotl(b * 0x85EBCA77U, 13) + number * 0xC2B2AE3DU;
  h ^= h >> 15U;
  h *= 0x85EBCA6BU;
  return h ^ (h >> 16U);
}

// First or last `count` code points of a word.
std::string_view head(std::string_view word, std::size_t count) {
  std::size_t at = 0;
  while (at < word.size() && count-- > 0) {
    ++at;
    while (at < word.size() && (static_cast<unsigned char>(word[at]) & 0xC0U) == 0x80U) ++at;
  }
  return word.substr(0, at);
}
std::string_view tail(std::string_view word, std::size_t count) {
  std::size_t at = word.size();
  while (at > 0 && count-- > 0) {
    --at;
    while (at > 0 && (static_cast<unsigned char>(word[at]) & 0xC0U) == 0x80U) --at;
  }
  return word.substr(at);
}

constexpr std::uint32_t ascii_class(char32_t c) {
  if (c >= U'A' && c <= U'Z') return 2;
  if (c >= U'a' && c <= U'z') return 3;
  if (c >= U'0' && c <= U'9') return 4;
  if (c == U'-') return 5;
  return c == U'.' ? 6 : 1;
}
constexpr auto kAsciiShape = [] {
  std::array<std::uint8_t, 128> out{};
  for (std::size_t c = 0; c < out.size(); ++c) {
    out[c] = static_cast<std::uint8_t>(ascii_class(static_cast<char32_t>(c)));
  }
  return out;
}();
std::uint32_t letter_class(char32_t c) {
  if (utf8::is_upper(c)) return 2;
  if (utf8::is_letter(c)) return 3;
  return utf8::is_digit(c) ? 4U : 1U;
}

// Classes of letters with runs squeezed: "G20-Gipfel" -> "Ad-Aa".
std::uint32_t shape_of(std::string_view word) {
  std::uint32_t shape = 1;
  std::uint32_t last = 0;
  std::size_t at = 0;
  for (std::size_t n = 0; at < word.size() && n < 24; ++n) {
    const auto byte = static_cast<unsigned char>(word[at]);
    const std::uint32_t code =
        byte < 0x80U ? (++at, kAsciiShape[byte]) : letter_class(utf8::decode(word, at));
    if (code != last) shape = shape * 7U + code;
    last = code;
  }
  return shape;
}

constexpr std::uint32_t kUsed = kStop | kParticle | kArticle | kTitle | kOrgTail | kOrgHead |
                                kEventHead | kSpeechVerb | kReportedVerb | kPreposition |
                                kRelation | kFirstName | kPlaceAdjective | kDemonym | kAmbiguous;

// Position, then number of the template: features of different templates never mean the same.
constexpr std::uint32_t kSelf = 1;
constexpr std::uint32_t kNeighbour = 40;
constexpr std::uint32_t kPairs = 80;

}  // namespace

std::vector<std::uint8_t> labels_of(std::size_t tokens, const std::vector<NameSpan>& spans) {
  std::vector<std::uint8_t> labels(tokens, 0);
  for (const NameSpan& s : spans) {
    for (std::size_t i = s.begin; i < s.end; ++i) {
      labels[i] =
          static_cast<std::uint8_t>(2U * static_cast<unsigned>(s.type) + (i == s.begin ? 1U : 2U));
    }
  }
  return labels;
}

Features::Features(const View& view, const std::vector<NameSpan>& rules, const WordMemo* memo)
    : view_(view) {
  const std::vector<std::uint8_t> labels = labels_of(view.marks.size(), rules);
  facts_.resize(view.marks.size());
  words_.emplace_back();
  index_words(memo);
  std::size_t reach = 0;  // a name that began before can go on to here
  std::uint32_t sentence = 0;
  for (std::size_t i = 0; i < facts_.size(); ++i) {
    const std::uint32_t word = facts_[i].word;
    facts_[i] = read(i, labels[i]);
    facts_[i].word = word;
    if (view.layer.tokens[i].sentence != sentence) reach = 0;
    sentence = view.layer.tokens[i].sentence;
    facts_[i].near_name = i < reach;
    if (words_[word].may_begin) reach = i + kReach + 1;
    if (labels[i] != 0 && words_[word].rule_elsewhere == 0) words_[word].rule_elsewhere = labels[i];
  }
}

// Gives every token the number of its distinct word, in order of first occurrence.
void Features::index_words(const WordMemo* memo) {
  const std::size_t slots = std::bit_ceil(facts_.size() * 2 + 2);
  std::vector<std::uint32_t> table(slots, 0);
  for (std::size_t i = 0; i < facts_.size(); ++i) {
    const std::string_view text = view_.text(i);
    const Token& token = view_.layer.tokens[i];
    const std::uint64_t hash = text == view_.layer.lower(i) ? token.lower_hash : StringHash{}(text);
    const std::uint64_t key = (hash ^ (static_cast<std::uint64_t>(token.kind) << 56U)) | 1U;
    std::size_t at = (key >> 1U) & (slots - 1);
    while (table[at] != 0 && words_[table[at]].key != key) at = (at + 1) & (slots - 1);
    if (table[at] == 0) {
      table[at] = static_cast<std::uint32_t>(words_.size());
      const WordFacts* known = memo == nullptr ? nullptr : memo->find(key);
      words_.push_back(known != nullptr ? *known : read_word(key, i));
      words_.back().token = static_cast<std::uint32_t>(i);
      words_.back().rule_elsewhere = 0;
    }
    facts_[i].word = table[at];
  }
}

void Features::remember(WordMemo& memo) const {
  for (std::size_t w = 1; w < words_.size(); ++w) memo.keep(words_[w]);
}

WordFacts Features::read_word(std::uint64_t key, std::size_t i) const {
  WordFacts f;
  const Token& token = view_.layer.tokens[i];
  const std::string_view text = view_.text(i);
  const std::string_view lower = view_.layer.lower(i);
  f.key = key;
  f.lower = static_cast<std::uint32_t>(view_.marks[i].hash);
  f.shape = shape_of(text);
  f.may_begin = token.has_digit;
  if (token.kind != TokenKind::Word) return f;
  f.suffix3 = hash(tail(lower, 3));
  f.may_begin = token.upper || token.has_digit || lower.find('-') != std::string_view::npos;
  const WordInfo info = info_of(text);
  const std::size_t hyphen = text.rfind('-');
  if (hyphen != std::string_view::npos && hyphen > 0) {
    const WordInfo before = info_of(text.substr(0, text.find('-')));
    const WordInfo behind = info_of(text.substr(hyphen + 1));
    f.head = 1U + before.path + (before.marks & 15U) * 65536U;
    f.tail = 1U + behind.path + (behind.marks & 15U) * 65536U;
  }
  f.cluster = info.path + 1;
  f.cluster6 = 1 + (info.path & 63U);
  f.flags = 1U + info.common * 8U + (info.noun ? 4U : 0U) + (info.place ? 2U : 0U) +
            (info.known ? 1U : 0U);
  f.marks = info.marks;
  return f;
}

// What the table says of a word, or of what it is the genitive of.
WordInfo Features::info_of(std::string_view word) const {
  const WordClusters& clusters = view_.lexicon.clusters;
  const WordInfo info = clusters.of(word);
  if (info.known || !view_.lexicon.has_genitive_s || !word.ends_with('s')) return info;
  return clusters.of(word.substr(0, word.size() - 1));
}

Features::Facts Features::read(std::size_t i, std::uint8_t rule) const {
  Facts f;
  const Mark& mark = view_.marks[i];
  f.rule = rule;
  if (view_.layer.tokens[i].kind != TokenKind::Word) return f;
  if (mark.known >= 0) {
    const Known& k = view_.lexicon.known[static_cast<std::size_t>(mark.known)];
    f.known = 1U + static_cast<std::uint32_t>(k.type) * 16U + (mark.known_at > 0 ? 8U : 0U) +
              (mark.known_tokens > 1 ? 4U : 0U) + (k.place >= 0 ? 2U : 0U);
  }
  if (mark.word != nullptr) f.classes = mark.word->classes & kUsed;
  if (mark.role) f.classes |= kRole;
  return f;
}

void Features::of_self(const WordFacts& w, std::vector<std::uint32_t>& out) const {
  std::uint32_t t = kSelf;
  const auto add = [&](std::uint32_t a, std::uint32_t b = 0) { out.push_back(mix(t++, a, b)); };
  const bool word = view_.layer.tokens[w.token].kind == TokenKind::Word;
  const std::string_view lower = word ? view_.layer.lower(w.token) : std::string_view{};
  const std::uint32_t prefix3 = hash(head(lower, 3));
  const std::uint32_t prefix4 = hash(head(lower, 4));
  const std::uint32_t suffix4 = hash(tail(lower, 4));
  const std::size_t hyphen = lower.rfind('-');
  add(0);
  add(w.lower);
  add(hash(head(lower, 2)));
  add(prefix3);
  add(prefix4);
  add(hash(tail(lower, 2)));
  add(w.suffix3);
  add(suffix4);
  add(hash(tail(lower, 5)));
  add(hash(tail(lower, 6)));
  add(hyphen == std::string_view::npos ? 0 : hash(lower.substr(hyphen)));
  add(w.shape);
  add(prefix4, suffix4);
  add(prefix3, w.shape);
  add(w.suffix3, w.shape);
  add(suffix4, w.shape);
  add(w.cluster);
  add((w.cluster - 1) & 15U);
  add(w.cluster6);
  add((w.cluster - 1) & 511U);
  add(w.cluster, w.shape);
  add(w.flags, w.shape);
  add(w.flags, w.cluster6);
  add(w.flags, w.suffix3);
  add(w.marks);
  add(w.marks, w.shape);
  add(w.marks, w.flags);
  add(w.marks, w.suffix3);
  add(w.head);
  add(w.tail);
  add(w.head & 63U, w.tail & 63U);
}

void Features::of_word(std::uint32_t word, Seat place, std::vector<std::uint32_t>& out) const {
  const WordFacts& w = words_[word];
  if (place == Seat::Self) return of_self(w, out);
  const bool near = place == Seat::Before || place == Seat::Behind;
  const std::uint32_t t = kNeighbour + 8 * static_cast<std::uint32_t>(place);
  out.push_back(mix(t, w.lower));
  out.push_back(mix(t + 1, w.cluster));
  if (!near) return;
  out.push_back(mix(t + 2, w.suffix3));
  out.push_back(mix(t + 3, w.cluster6));
  out.push_back(mix(t + 4, w.flags, w.shape));
  out.push_back(mix(t + 5, w.marks, w.shape));
}

std::size_t Features::of_pairs(std::size_t i, std::array<std::uint32_t, kPairFeatures>& out) const {
  const Facts& f = facts_[i];
  const Facts& p = at(i, -1);
  const Facts& pp = at(i, -2);
  const Facts& n = at(i, 1);
  const WordFacts& w = words_[f.word];
  const WordFacts& pw = words_[p.word];
  const WordFacts& nw = words_[n.word];
  const std::uint32_t first = view_.marks[i].first ? 1 : 0;
  std::size_t count = 0;
  const auto add = [&](std::uint32_t t, std::uint32_t a, std::uint32_t b)
      __attribute__((always_inline)) {
    out[count++] = mix(kPairs + t, a, b);
  };
  add(0, w.shape, first);
  add(1, w.flags, first);
  add(2, pw.lower, w.lower);
  add(3, w.lower, nw.lower);
  add(4, pw.lower, w.shape);
  add(5, pw.lower, w.cluster6);
  add(6, w.cluster6, nw.lower);
  add(7, pw.shape, w.shape);
  add(8, w.shape, nw.shape);
  add(9, mix(99, pw.cluster6, nw.cluster6), w.cluster6);
  add(10, pw.cluster6, w.cluster6);
  add(11, w.cluster6, nw.cluster6);
  if (f.known != 0) {
    add(12, f.known, f.classes);
    add(13, f.known, w.shape);
    add(14, f.known, w.cluster);
  }
  if ((p.known | f.known) != 0) add(15, p.known, f.known);
  if ((f.known | n.known) != 0) add(16, f.known, n.known);
  if ((p.classes | f.classes) != 0) add(17, p.classes, f.classes);
  if ((f.classes | n.classes) != 0) add(18, f.classes, n.classes);
  if (p.classes != 0) {
    add(19, pp.classes, p.classes);
    add(20, p.classes, w.cluster6);
    add(21, p.classes, w.flags);
  }
  if (f.rule != 0) {
    add(22, f.rule, f.known);
    add(23, f.rule, w.shape);
    add(24, f.rule, pw.lower);
    add(25, f.rule, w.suffix3);
    add(26, f.rule, w.cluster);
  }
  if ((f.rule | p.rule) != 0) add(27, f.rule, p.rule);
  if ((f.rule | n.rule) != 0) add(28, f.rule, n.rule);
  add(30, pw.marks, w.marks);
  add(31, w.marks, nw.marks);
  add(32, w.marks, first);
  add(33, pw.flags, w.flags);
  add(34, w.flags, nw.flags);
  add(35, pw.cluster, w.marks);
  add(36, nw.cluster, w.marks);
  if (f.rule == 0 && w.rule_elsewhere != 0) add(29, w.rule_elsewhere, f.classes);
  return count;
}

void Features::of(std::size_t i, std::vector<std::uint32_t>& out) const {
  out.clear();
  for (std::size_t k = 0; k < kSeats; ++k) {
    of_word(word_at(i, static_cast<Seat>(k)), static_cast<Seat>(k), out);
  }
  std::array<std::uint32_t, kPairFeatures> pairs{};
  const std::size_t count = of_pairs(i, pairs);
  out.insert(out.end(), pairs.begin(), pairs.begin() + static_cast<std::ptrdiff_t>(count));
}

}  // namespace twosource::annotate::name
