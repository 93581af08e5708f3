#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "annotate/name/marks.hpp"

namespace twosource::annotate::name {

// Labels of a token: 0 outside; 1 + 2 t begins, 2 + 2 t continues a name of EntityType t.
inline constexpr std::size_t kLabels = 9;

[[nodiscard]] std::vector<std::uint8_t> labels_of(std::size_t tokens,
                                                  const std::vector<NameSpan>& spans);

// Seat a word stands as seen from the token that is scored.
enum class Seat : std::uint8_t { Self, Before, Behind, TwoBefore, TwoBehind };
inline constexpr std::size_t kSeats = 5;
inline constexpr std::size_t kSelfFeatures = 31;
inline constexpr std::size_t kPairFeatures = 37;

// What a distinct word tells wherever it stands, and what a scorer made of it there.
struct WordFacts {
  // Eight 16-bit numbers, added at once (vector extension of GCC and Clang).
  using Sum [[gnu::vector_size(16)]] = std::int16_t;
  std::uint64_t key = 0;    // of the word as written, never 0 for one
  std::uint32_t token = 0;  // where it stands first in this text
  std::uint32_t lower = 1;
  std::uint32_t suffix3 = 0;
  std::uint32_t shape = 0;
  std::uint32_t cluster = 0;
  std::uint32_t cluster6 = 0;
  std::uint32_t flags = 0;          // common, noun, place
  std::uint32_t marks = 0;          // WordInfo::marks
  std::uint32_t head = 0;           // before a hyphen: cluster and marks of that part
  std::uint32_t tail = 0;           // … behind the last one
  std::uint8_t rule_elsewhere = 0;  // label the rules give the word somewhere in this text
  bool may_begin = false;
  std::uint8_t summed = 0;  // bit s: sums[s] holds the scorer's sum for seat s
  std::array<Sum, kSeats> sums{};
};

class WordMemo;

// The observations of a text's tokens as hashes, from which a token's features are mixed: the word,
// its affixes, shape and cluster, what the lexicon and the rules say about it and its neighbours (a
// window of two). Templates after Ratinov & Roth, "Design challenges and misconceptions in named
// entity recognition" (CoNLL 2009), with affixes for German after GermaNER (Benikova et al., GSCL
// 2015). What a word alone tells is the same wherever it stands: those features are asked for once
// a distinct word (of_word), only what joins tokens once a token (of_pairs).
class Features {
 public:
  // `memo` may know words of earlier texts of the same lexicon (nullptr: none).
  Features(const View& view, const std::vector<NameSpan>& rules, const WordMemo* memo = nullptr);

  // Number of distinct words; word 0 is what stands beyond a sentence's borders.
  [[nodiscard]] std::size_t words() const noexcept { return words_.size(); }
  [[nodiscard]] std::uint32_t word_of(std::size_t token) const { return facts_[token].word; }
  // The distinct word at a place about token i.
  [[nodiscard]] std::uint32_t word_at(std::size_t i, Seat place) const {
    constexpr std::array<std::ptrdiff_t, kSeats> kOffset{0, -1, 1, -2, 2};
    return at(i, kOffset[static_cast<std::size_t>(place)]).word;
  }
  [[nodiscard]] WordFacts& word(std::uint32_t word) { return words_[word]; }
  // Hands the words of this text to `memo` for the texts to come.
  void remember(WordMemo& memo) const;
  // Appends the features of a word at a place.
  void of_word(std::uint32_t word, Seat place, std::vector<std::uint32_t>& out) const;
  // The features that join token i and its surroundings; returns how many.
  std::size_t of_pairs(std::size_t i, std::array<std::uint32_t, kPairFeatures>& out) const;
  // All features of token i; `out` is cleared.
  void of(std::size_t i, std::vector<std::uint32_t>& out) const;
  // The labels a token may get, as bits: all; outside and continuing ones for a word that looks
  // like no beginning; only outside when no name can reach it.
  [[nodiscard]] std::uint32_t allowed(std::size_t i) const {
    constexpr std::uint32_t kAll = (1U << kLabels) - 1U;
    constexpr std::uint32_t kContinue = 0b101010101U;
    return words_[facts_[i].word].may_begin ? kAll : facts_[i].near_name ? kContinue : 1U;
  }

 private:
  // What a token tells of itself and to its neighbours besides.
  struct Facts {
    std::uint32_t word = 0;
    std::uint32_t known = 0;    // gazetteer type and position
    std::uint32_t classes = 0;  // word classes that matter
    std::uint32_t rule = 0;     // label the rules give
    bool near_name = false;
  };
  [[nodiscard]] WordFacts read_word(std::uint64_t key, std::size_t i) const;
  [[nodiscard]] Facts read(std::size_t i, std::uint8_t rule) const;
  [[nodiscard]] WordInfo info_of(std::string_view word) const;
  void of_self(const WordFacts& w, std::vector<std::uint32_t>& out) const;
  [[nodiscard]] const Facts& at(std::size_t i, std::ptrdiff_t offset) const {
    const std::size_t k = i + static_cast<std::size_t>(offset);  // wraps below 0 to beyond the end
    return k < facts_.size() && view_.same_sentence(k, i) ? facts_[k] : outside_;
  }
  void index_words(const WordMemo* memo);
  const View& view_;
  std::vector<Facts> facts_;
  std::vector<WordFacts> words_;
  Facts outside_;
};

}  // namespace twosource::annotate::name
