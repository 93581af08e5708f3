#include "annotate/name/model.hpp"

#include <sys/mman.h>

#include <algorithm>
#include <bit>
#include <cstdlib>
#include <new>

#include "text/utf8.hpp"

namespace twosource::annotate::name {
namespace {

constexpr std::string_view kMagic = "TSNM";
constexpr std::uint32_t kVersion = 1;
constexpr std::size_t kHeader = 16;
constexpr std::size_t kFeatures = 47;  // templates in Features::of
// How far an open name may lie behind "outside" and still be followed, in weight units.
constexpr std::int32_t kMargin = 600;  // 300 loses 0.5 F1 on GermEval, 0.2 on UNER PUD; 600 nothing
constexpr std::size_t kReach =
    3;  // small words inside a name in a row: "Rat für deutsche Rechtschreibung"

std::uint32_t hash(std::string_view s) {
  return static_cast<std::uint32_t>(XXH3_64bits(s.data(), s.size()));
}

// Mixes a template's number and up to two values into a feature hash (Murmur3's finaliser).
std::uint32_t mix(std::uint32_t number, std::uint32_t a, std::uint32_t b = 0) {
  std::uint32_t h = a * 0x9E3779B1U + std::rotl(b * 0x85EBCA77U, 13) + number * 0xC2B2AE3DU;
  h ^= h >> 16U;
  h *= 0x85EBCA6BU;
  h ^= h >> 13U;
  h *= 0xC2B2AE35U;
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

std::uint32_t read_u32(std::string_view bytes, std::size_t at) {
  std::uint32_t v = 0;
  for (std::size_t k = 0; k < 4; ++k) {
    v |= static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[at + k])) << (8U * k);
  }
  return v;
}

void write_u32(std::string& out, std::uint32_t v) {
  for (std::size_t k = 0; k < 4; ++k) out.push_back(static_cast<char>((v >> (8U * k)) & 0xFFU));
}

constexpr std::uint32_t kUsed = kStop | kParticle | kArticle | kTitle | kOrgTail | kOrgHead |
                                kEventHead | kSpeechVerb | kReportedVerb | kPreposition |
                                kRelation | kFirstName | kPlaceAdjective | kDemonym | kAmbiguous;

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

std::vector<NameSpan> spans_of(const TokenLayer& layer, const std::vector<std::uint8_t>& labels) {
  std::vector<NameSpan> spans;
  for (std::uint32_t i = 0; i < labels.size();) {
    if (labels[i] == 0) {
      ++i;
      continue;
    }
    const unsigned type = (labels[i] - 1U) / 2U;
    std::uint32_t end = i + 1;
    while (end < labels.size() && labels[end] == 2 * type + 2 &&
           layer.tokens[end].sentence == layer.tokens[i].sentence) {
      ++end;
    }
    spans.push_back({i, end, static_cast<EntityType>(type)});
    i = end;
  }
  return spans;
}

Features::Features(const View& view, const std::vector<NameSpan>& rules) : view_(view) {
  const std::vector<std::uint8_t> labels = labels_of(view.marks.size(), rules);
  facts_.resize(view.marks.size());
  std::unordered_map<std::uint32_t, std::uint32_t> seen;
  std::size_t reach = 0;  // a name that began before can go on to here
  std::uint32_t sentence = 0;
  for (std::size_t i = 0; i < facts_.size(); ++i) {
    facts_[i] = read(view, i, labels[i]);
    if (view.layer.tokens[i].sentence != sentence) reach = 0;
    sentence = view.layer.tokens[i].sentence;
    facts_[i].near_name = i < reach;
    if (facts_[i].may_begin) reach = i + kReach + 1;
    if (labels[i] != 0) seen.try_emplace(facts_[i].lower, labels[i]);
  }
  for (Facts& f : facts_) {
    if (!f.may_begin || f.rule != 0) continue;
    if (const auto it = seen.find(f.lower); it != seen.end()) f.rule_elsewhere = it->second;
  }
  outside_.lower = 1;
}

Features::Facts Features::read(const View& view, std::size_t i, std::uint8_t rule) const {
  Facts f;
  const Token& token = view.layer.tokens[i];
  const Mark& mark = view.marks[i];
  const std::string_view lower = view.layer.lower(i);
  f.lower = static_cast<std::uint32_t>(mark.hash);
  f.rule = rule;
  f.shape = shape_of(view.text(i)) * 2U + (mark.first ? 1U : 0U);
  if (token.kind != TokenKind::Word) {
    f.may_begin = token.has_digit;
    return f;
  }
  f.suffix3 = hash(tail(lower, 3));
  if (mark.known >= 0) {
    const Known& k = view.lexicon.known[static_cast<std::size_t>(mark.known)];
    f.known = 1U + static_cast<std::uint32_t>(k.type) * 16U + (mark.known_at > 0 ? 8U : 0U) +
              (mark.known_tokens > 1 ? 4U : 0U) + (k.place >= 0 ? 2U : 0U);
  }
  if (mark.word != nullptr) f.classes = mark.word->classes & kUsed;
  if (mark.role) f.classes |= kRole;
  f.may_begin = token.upper || token.has_digit || lower.find('-') != std::string_view::npos;
  return f;
}

Features::Affixes Features::affixes(std::size_t i) const {
  Affixes a;
  if (view_.layer.tokens[i].kind != TokenKind::Word) return a;
  const std::string_view lower = view_.layer.lower(i);
  a.prefix2 = hash(head(lower, 2));
  a.prefix3 = hash(head(lower, 3));
  a.prefix4 = hash(head(lower, 4));
  a.suffix2 = hash(tail(lower, 2));
  a.suffix4 = hash(tail(lower, 4));
  a.suffix6 = hash(tail(lower, 6));
  if (const std::size_t hyphen = lower.rfind('-'); hyphen != std::string_view::npos) {
    a.part = hash(lower.substr(hyphen));
  }
  return a;
}

const Features::Facts& Features::at(std::size_t i, std::ptrdiff_t offset) const {
  const std::size_t k = i + static_cast<std::size_t>(offset);  // wraps below 0 to beyond the end
  if (k >= facts_.size() || !view_.same_sentence(k, i)) return outside_;
  return facts_[k];
}

void Features::of(std::size_t i, std::vector<std::uint32_t>& out) const {
  const Facts& f = facts_[i];
  const Facts& p = at(i, -1);
  const Facts& pp = at(i, -2);
  const Facts& n = at(i, 1);
  const Facts& nn = at(i, 2);
  const Affixes w = affixes(i);
  out.resize(kFeatures);
  std::uint32_t t = 0;
  const auto add = [&](std::uint32_t a, std::uint32_t b = 0) {
    out[t] = mix(t + 1, a, b);
    ++t;
  };
  add(0);
  add(f.lower);
  add(w.prefix3);
  add(w.prefix4);
  add(w.suffix2);
  add(f.suffix3);
  add(w.suffix4);
  add(w.part);
  add(f.shape);
  add(p.lower);
  add(pp.lower);
  add(n.lower);
  add(nn.lower);
  add(p.lower, f.lower);
  add(f.lower, n.lower);
  add(p.lower, n.lower);
  add(p.shape, f.shape);
  add(f.shape, n.shape);
  add(mix(99, p.shape, n.shape), f.shape);
  add(p.suffix3);
  add(n.suffix3);
  add(p.suffix3, f.suffix3);
  add(f.suffix3, f.shape);
  add(w.prefix4, w.suffix4);
  add(f.known, f.classes);
  add(f.known, f.shape);
  add(p.known, f.known);
  add(f.known, n.known);
  add(p.classes, f.classes);
  add(f.classes, n.classes);
  add(p.classes, n.classes);
  add(pp.classes, p.classes);
  add(p.lower, f.shape);
  add(f.rule, f.known);
  add(f.rule, p.rule);
  add(f.rule, n.rule);
  add(f.rule, f.shape);
  add(f.rule, p.lower);
  add(f.rule, f.suffix3);
  add(f.rule_elsewhere, f.classes);
  add(pp.lower, p.lower);
  add(n.lower, nn.lower);
  add(w.suffix6);
  add(w.prefix2);
  add(w.prefix3, f.shape);
  add(p.lower, w.suffix4);
  add(w.suffix4, f.known);
}

// Scoring is look-ups all over the table: on pages of 2 MB where the system grants them.
Model::Rows Model::allocate_rows(std::size_t rows) {
  constexpr std::size_t kHuge = std::size_t{1} << 21U;
  const std::size_t size = (rows * sizeof(Row) + kHuge - 1) / kHuge * kHuge;
  void* memory = std::aligned_alloc(kHuge, size);
  if (memory == nullptr) throw std::bad_alloc();
#ifdef MADV_HUGEPAGE
  madvise(memory, size, MADV_HUGEPAGE);
#endif
  return Rows(static_cast<Row*>(memory));
}

Model::Model(std::string_view bytes) {
  if (bytes.empty()) return;
  if (bytes.size() < kHeader || bytes.substr(0, 4) != kMagic || read_u32(bytes, 4) != kVersion ||
      read_u32(bytes, 8) > 22 || read_u32(bytes, 12) != kLabels) {
    throw PackError("names.model: not a name model of this version");
  }
  const std::size_t rows = std::size_t{1} << read_u32(bytes, 8);
  constexpr std::size_t kTransitions = kLabels * kLabels * 4;
  if (bytes.size() != kHeader + kTransitions + rows * kLabels) {
    throw PackError("names.model: the file is cut off");
  }
  std::size_t at = kHeader;
  for (Scores& row : transition_) {
    for (std::int32_t& w : row) {
      w = static_cast<std::int32_t>(read_u32(bytes, at));
      at += 4;
    }
  }
  mask_ = static_cast<std::uint32_t>(rows - 1);
  weights_ = allocate_rows(rows);
  for (std::size_t r = 0; r < rows; ++r, at += kLabels) {
    const int outside = static_cast<std::int8_t>(bytes[at]);
    for (std::size_t l = 0; l < kRow; ++l) {
      weights_.get()[r].of[l] =
          static_cast<std::int16_t>(static_cast<std::int8_t>(bytes[at + l + 1]) - outside);
    }
  }
}

std::string Model::serialise(const Weights& w) {
  std::string out(kMagic);
  write_u32(out, kVersion);
  write_u32(out, w.bits);
  write_u32(out, kLabels);
  for (const Scores& row : w.transition) {
    for (const std::int32_t v : row) write_u32(out, static_cast<std::uint32_t>(v));
  }
  out.append(reinterpret_cast<const char*>(w.rows.data()), w.rows.size());
  return out;
}

std::vector<NameSpan> Model::run(const View& view, const std::vector<NameSpan>& rules) const {
  const Features features(view, rules);
  std::vector<std::uint8_t> labels(view.marks.size(), 0);
  std::vector<std::uint32_t> row;
  const auto score = [&](std::size_t i, Scores& scores) {
    features.of(i, row);
    std::array<std::int16_t, kRow> sum{};
    for (const std::uint32_t f : row) {
      const Row& w = weights_.get()[f & mask_];
      for (std::size_t l = 0; l < kRow; ++l) sum[l] = static_cast<std::int16_t>(sum[l] + w.of[l]);
    }
    for (std::size_t l = 0; l < kRow; ++l) scores[l + 1] = sum[l];
  };
  const auto allowed = [&](std::size_t i) { return features.allowed(i); };
  BackPointers scratch;
  for (const Sentence& s : view.layer.sentences) {
    viterbi(s.first_token, s.last_token, transition_, score, allowed, labels, scratch, kMargin);
  }
  return spans_of(view.layer, labels);
}

}  // namespace twosource::annotate::name
