#include "clean/furniture.hpp"

#include <xxhash.h>

#include <algorithm>
#include <array>
#include <cstdlib>

#include "text/utf8.hpp"

namespace twosource::clean {
namespace {

constexpr std::uint64_t kNumberHash = 0x9E3779B97F4A7C15ULL;
constexpr std::size_t kMaxWord = 64;  // bytes of a word that are hashed

std::uint64_t edge_key(std::uint32_t node, std::uint64_t word) {
  std::uint64_t h = word ^ (static_cast<std::uint64_t>(node) * 0xD6E8FEB86659FD93ULL);
  h ^= h >> 32U;
  h *= 0xD6E8FEB86659FD93ULL;
  return h == 0 ? 1 : h;
}

// Lower-case form of ASCII letters and digits, 0 for all other bytes.
constexpr auto kWordByte = [] {
  std::array<char, 256> out{};
  for (unsigned char c = '0'; c <= '9'; ++c) out[c] = static_cast<char>(c);
  for (unsigned char c = 'a'; c <= 'z'; ++c) {
    out[c] = static_cast<char>(c);
    out[c - 32U] = static_cast<char>(c);
  }
  return out;
}();

// End of the word that starts at `at`; its lower-case bytes (at most kMaxWord) in `lower`.
std::size_t scan_word(std::string_view line, std::size_t at, std::array<char, kMaxWord>& lower,
                      std::size_t& length, bool& number) {
  length = 0;
  number = true;
  while (at < line.size()) {
    const auto byte = static_cast<unsigned char>(line[at]);
    if (const char c = kWordByte[byte]; c != 0) {
      number = number && c <= '9';
      if (length < kMaxWord) lower[length++] = c;
      ++at;
      continue;
    }
    if (byte < 0x80) break;
    std::size_t next = at;
    const char32_t c = utf8::decode(line, next);
    if (!utf8::is_letter(c) && !utf8::is_mark(c)) break;
    number = false;
    const char32_t l = utf8::to_lower(c);
    for (unsigned shift = 0; shift < 24 && length < kMaxWord; shift += 8) {
      const auto part = static_cast<unsigned char>((l >> shift) & 0xFFU);
      if (part != 0) lower[length++] = static_cast<char>(part);
    }
    at = next;
  }
  return at;
}

}  // namespace

void split_words(std::string_view line, std::uint32_t base, std::vector<FlatWord>& out) {
  std::array<char, kMaxWord> lower{};
  for (std::size_t at = 0; at < line.size();) {
    std::size_t length = 0;
    bool number = false;
    const std::size_t end = scan_word(line, at, lower, length, number);
    if (end == at) {
      if (static_cast<unsigned char>(line[at]) < 0x80) {
        ++at;
      } else {
        static_cast<void>(utf8::decode(line, at));
      }
      continue;
    }
    FlatWord word;
    word.number = number;
    word.hash = number ? kNumberHash : XXH3_64bits(lower.data(), length);
    word.span = make_span(base + at, base + end);
    word.upper = utf8::starts_upper(line.substr(at, end - at));
    out.push_back(word);
    at = end;
  }
}

FurniturePhrases::FurniturePhrases(const PackSet& packs) {
  static constexpr std::array<std::string_view, 4> kWhere = {"line", "start", "end", "part"};
  edges_.resize(1U << 12U);
  function_words_.resize(1U << 11U);
  for (const std::string& code : packs.languages()) {
    const Table& table = packs.get(code).table("furniture.tsv");
    for (const Row& row : table.rows()) {
      Phrase phrase;
      const std::string& where = row.cells[table.column("where")];
      const auto it = std::find(kWhere.begin(), kWhere.end(), where);
      const auto kind = from_string<FurnitureKind>(row.cells[table.column("kind")]);
      if (it == kWhere.end()) throw PackError(table.where(row) + ": unknown place " + where);
      if (!kind) throw PackError(table.where(row) + ": unknown kind of furniture");
      phrase.where = static_cast<Where>(it - kWhere.begin());
      phrase.kind = *kind;
      phrase.weight = std::strtof(row.cells[table.column("weight")].c_str(), nullptr);
      phrase.opens = std::strtof(row.cells[table.column("opens")].c_str(), nullptr);
      add(row.cells[table.column("phrase")], phrase);
    }
    const Table& stop = packs.get(code).table("stopwords.tsv");
    std::vector<FlatWord> words;
    for (const Row& row : stop.rows()) split_words(row.cells[stop.column("word")], 0, words);
    for (const FlatWord& w : words) insert(function_words_, function_words_used_, w.hash, 1);
  }
}

void FurniturePhrases::insert(std::vector<Slot>& table, std::size_t& used, std::uint64_t key,
                              std::uint32_t value) {
  if (2 * used >= table.size()) {
    std::vector<Slot> bigger(2 * table.size());
    std::swap(table, bigger);
    used = 0;
    for (const Slot& s : bigger) {
      if (s.key != 0) insert(table, used, s.key, s.value);
    }
  }
  const std::size_t mask = table.size() - 1;
  std::size_t i = key & mask;
  while (table[i].key != 0 && table[i].key != key) i = (i + 1) & mask;
  if (table[i].key == key) return;
  table[i] = {key, value};
  ++used;
}

std::uint32_t FurniturePhrases::lookup(const std::vector<Slot>& table, std::uint64_t key) {
  const std::size_t mask = table.size() - 1;
  std::size_t i = key & mask;
  while (table[i].key != 0 && table[i].key != key) i = (i + 1) & mask;
  return table[i].key == 0 ? 0 : table[i].value;
}

void FurniturePhrases::add(std::string_view phrase, const Phrase& value) {
  std::vector<FlatWord> words;
  split_words(phrase, 0, words);
  std::uint32_t node = 0;
  for (const FlatWord& w : words) {
    const std::uint64_t key = edge_key(node, w.hash);
    std::uint32_t child = lookup(edges_, key);
    if (child == 0) {
      child = static_cast<std::uint32_t>(node_phrase_.size());
      node_phrase_.push_back(-1);
      insert(edges_, edges_used_, key, child);
    }
    node = child;
  }
  if (node == 0) return;
  phrases_.push_back(value);
  phrases_.back().next = node_phrase_[node];
  node_phrase_[node] = static_cast<std::int32_t>(phrases_.size()) - 1;
}

bool FurniturePhrases::is_function_word(std::uint64_t hash) const {
  return lookup(function_words_, hash) != 0;
}

void FurniturePhrases::collect(const Phrase& phrase, Span span, bool first, bool last,
                               FurnitureHit& hit, float& best) const {
  const bool fits = phrase.where == Where::Part || (phrase.where == Where::Start && first) ||
                    (phrase.where == Where::End && last) ||
                    (phrase.where == Where::Line && first && last);
  if (!fits) return;
  hit.opens = std::max(hit.opens, phrase.opens);
  hit.weight += phrase.weight;
  if (phrase.weight <= best) return;
  best = phrase.weight;
  hit.kind = phrase.kind;
  hit.strongest = span;
}

FurnitureHit FurniturePhrases::find(const FlatWord* words, std::size_t count) const {
  FurnitureHit hit;
  float best = 0;
  bool first = true;  // only numbers so far: "2. Zur Hauptnavigation springen"
  for (std::size_t i = 0; i < count; ++i) {
    first = i == 0 || (first && words[i - 1].number);
    std::uint32_t node = 0;
    for (std::size_t k = i; k < count; ++k) {
      node = lookup(edges_, edge_key(node, words[k].hash));
      if (node == 0) break;
      for (std::int32_t p = node_phrase_[node]; p >= 0;
           p = phrases_[static_cast<std::size_t>(p)].next) {
        collect(phrases_[static_cast<std::size_t>(p)], {words[i].span.begin, words[k].span.end},
                first, k + 1 == count, hit, best);
      }
    }
  }
  return hit;
}

FurnitureHit FurniturePhrases::find(std::string_view line) const {
  std::vector<FlatWord> words;
  split_words(line, 0, words);
  return find(words.data(), words.size());
}

bool FurniturePhrases::starts_phrase(const FlatWord* words, std::size_t count, FurnitureKind kind,
                                     float weight) const {
  std::uint32_t node = 0;
  for (std::size_t k = 0; k < count; ++k) {
    node = lookup(edges_, edge_key(node, words[k].hash));
    if (node == 0) return false;
    for (std::int32_t p = node_phrase_[node]; p >= 0;) {
      const Phrase& phrase = phrases_[static_cast<std::size_t>(p)];
      const bool place = phrase.where == Where::Start || phrase.where == Where::Part;
      if (place && phrase.kind == kind && phrase.weight >= weight) return true;
      p = phrase.next;
    }
  }
  return false;
}

std::size_t FurniturePhrases::tail(std::string_view line, FurnitureKind kind, float weight) const {
  std::vector<FlatWord> words;
  split_words(line, 0, words);
  for (std::size_t i = 1; i < words.size(); ++i) {
    std::size_t before = words[i].span.begin;
    while (before > 0 && line[before - 1] == ' ') --before;
    if (before == 0 || std::string_view(".!?)").find(line[before - 1]) == std::string_view::npos) {
      continue;
    }
    if (starts_phrase(words.data() + i, words.size() - i, kind, weight)) {
      return words[i].span.begin;
    }
  }
  return std::string_view::npos;
}

}  // namespace twosource::clean
