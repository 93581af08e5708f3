#pragma once

#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "article/article.hpp"
#include "text/pack.hpp"
#include "text/span.hpp"

namespace twosource::clean {

// Lower-case hash of a word as the line model sees it: letters and digits, every number the same.
struct FlatWord {
  std::uint64_t hash = 0;
  Span span;
  bool upper = false;
  bool number = false;
};

// Appends the words of `line` to `out`; spans count from `base`. Linear, allocates nothing else.
void split_words(std::string_view line, std::uint32_t base, std::vector<FlatWord>& out);

// What the phrases in a line say.
struct FurnitureHit {
  FurnitureKind kind = FurnitureKind::Other;
  float weight = 0;  // sum over the phrases found; 0: none
  float opens = 0;   // the greatest of them
  Span strongest;    // bytes of the phrase with the greatest weight
};

// Phrases of furniture in all packs (lang/*/furniture.tsv), found by their word hashes; and the
// function words (lang/*/stopwords.tsv), which tell sentences from labels. Const, thread-safe.
class FurniturePhrases {
 public:
  explicit FurniturePhrases(const PackSet& packs);

  // `words` are the words of one line. One table access a word, more only inside phrases.
  [[nodiscard]] FurnitureHit find(const FlatWord* words, std::size_t count) const;
  // The same for a single line, for callers without words at hand.
  [[nodiscard]] FurnitureHit find(std::string_view line) const;
  [[nodiscard]] bool is_function_word(std::uint64_t hash) const;
  // Where a phrase of `kind` (at a line's start or anywhere) stands right behind the end of a
  // sentence inside `line`, glued on or behind a blank, and weighs at least `weight`; npos if none.
  [[nodiscard]] std::size_t tail(std::string_view line, FurnitureKind kind, float weight) const;

 private:
  enum class Where : std::uint8_t { Line, Start, End, Part };
  struct Phrase {
    Where where = Where::Part;
    FurnitureKind kind = FurnitureKind::Other;
    float weight = 0;
    float opens = 0;
    std::int32_t next = -1;  // another row with the same words
  };
  // Open addressing; keys are hashes of (node, word), 0 is free.
  struct Slot {
    std::uint64_t key = 0;
    std::uint32_t value = 0;
  };
  void add(std::string_view phrase, const Phrase& value);
  void insert(std::vector<Slot>& table, std::size_t& used, std::uint64_t key, std::uint32_t value);
  [[nodiscard]] static std::uint32_t lookup(const std::vector<Slot>& table, std::uint64_t key);
  [[nodiscard]] bool starts_phrase(const FlatWord* words, std::size_t count, FurnitureKind kind,
                                   float weight) const;
  void collect(const Phrase& phrase, Span span, bool first, bool last, FurnitureHit& hit,
               float& best) const;

  std::vector<Slot> edges_;
  std::size_t edges_used_ = 0;
  std::vector<Slot> function_words_;
  std::size_t function_words_used_ = 0;
  std::vector<std::int32_t> node_phrase_{-1};
  std::vector<Phrase> phrases_;
};

}  // namespace twosource::clean
