#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "clean/credits.hpp"
#include "clean/flat_lex.hpp"
#include "text/hash_map.hpp"

// Inside of CreditFinder: the tables and one lexed text. No one else includes this.
namespace twosource::clean {

inline constexpr std::size_t kMaxNameTokens = 8;     // "dpa-AFX Wirtschaftsnachrichten": three
inline constexpr std::size_t kMaxCreditBytes = 160;  // beyond it a line is prose
inline constexpr std::size_t kTailBytes = 220;       // reach of a photo credit at a line's end
inline constexpr int kMaxCreditWords = 14;
inline constexpr std::size_t kCaseMatters = 4;  // names this short count only as they are written
inline constexpr char32_t kCopyrightSign = 0xA9;
inline constexpr char32_t kBullet = 0x2022;

enum class CreditWord : std::uint8_t { Photo, Text, By, Rights, Join, Sentence };
inline constexpr std::size_t kCreditWords = 6;

struct Agency {
  std::string name;
  bool photo_only = false;
};

struct NameEntry {
  std::uint32_t agency = 0;
  std::vector<std::string> forms;  // as written, tokens joined by blanks
};

// A mark behind which a sentence is over.
[[nodiscard]] bool ends_sentence(char32_t c) noexcept;
[[nodiscard]] bool opens_bracket(char32_t c) noexcept;
[[nodiscard]] bool closes_bracket(char32_t c) noexcept;
// An author's code: "cgn", "hosb".
[[nodiscard]] bool is_author_code(const Lex& token, std::string_view text);

struct CreditFinder::Data {
  std::vector<Agency> agencies;
  StringMap<NameEntry> names;
  StringSet name_starts;
  std::array<StringSet, kCreditWords> words;   // by CreditWord; phrases of several words too
  std::array<StringSet, kCreditWords> starts;  // their first words
  std::size_t longest_phrase = 1;
  // Hashes of first words: of agencies' names, and of phrases that introduce a credit.
  NumberSet name_hashes;
  NumberSet label_hashes;
  void fill_hashes();

  void add_name(std::string_view name, std::uint32_t agency);
  void load_agencies(const Table& table);
  void load_words(const Table& table);
  [[nodiscard]] bool is(CreditWord kind, std::string_view lower) const {
    return words[static_cast<std::size_t>(kind)].contains(lower);
  }
};

// One lexed text with what the finder asks of it.
struct CreditFinder::Scan {
  const Data& data;
  std::string_view text;
  std::vector<Lex> t;

  struct Name {
    std::size_t end = 0;  // index behind its last token; 0: no name here
    std::uint32_t agency = 0;
  };

  [[nodiscard]] bool mark(std::size_t i, char32_t c) const;
  [[nodiscard]] bool word(std::size_t i) const;
  [[nodiscard]] Span span(std::size_t first, std::size_t end) const;
  // The agency whose name starts at token `i`, the longest form.
  [[nodiscard]] Name name_at(std::size_t i) const;
  // No bracket, comma or the like inside.
  [[nodiscard]] bool one_name(std::size_t i, std::size_t end) const;
  [[nodiscard]] bool written_so(const NameEntry& entry, std::size_t i, std::size_t n) const;
  // "Anka Weber", "Lusa Brandt": a short name written like a first name, before another name.
  [[nodiscard]] bool part_of_person(std::size_t i) const;
  // The longest phrase of a class that starts at `i`: index behind it, 0 if none.
  [[nodiscard]] std::size_t phrase_at(std::size_t i, CreditWord kind) const;
  // "dpa:210301-99-12345/2": index behind the number of a wire report.
  [[nodiscard]] std::size_t report_number(std::size_t i) const;
  // Agencies among the tokens [from, end).
  void names(std::size_t from, std::size_t end, AgencyKind kind,
             std::vector<CreditMatch>& out) const;
  [[nodiscard]] bool has_name(std::size_t from, std::size_t end) const;
  // A code in capitals behind an agency and a slash: "dpa/SHZ".
  [[nodiscard]] bool desk_code(std::size_t i) const;
  // Only agencies, author codes and words of credit between `from` and `end`, and an agency.
  [[nodiscard]] bool only_credit(std::size_t from, std::size_t end) const;
  // Index behind the agencies, author codes and sites that the text begins with.
  [[nodiscard]] std::size_t end_of_sources() const;
  // Words between `from` and `end`, and whether one of them is followed by the end of a sentence.
  [[nodiscard]] int words(std::size_t from, std::size_t end, bool& sentence) const;
  // Is what stands from `from` to the end short and no sentence: names, agencies, places?
  [[nodiscard]] bool name_like(std::size_t from, std::size_t end) const;
  // Does a part between slashes, commas or bars look like a person's name: two or more capitalised
  // words, not all in capitals, and no agency?
  [[nodiscard]] bool names_person(std::size_t from, std::size_t end) const;
  // "Quelle: …": words that name sources of a text, and a colon.
  [[nodiscard]] bool text_label() const;
  [[nodiscard]] bool has_number() const;
  [[nodiscard]] bool lower_word(std::size_t i) const;
  // A phrase by which a sentence credits an agency: "contributed to this report".
  [[nodiscard]] bool credit_sentence() const;
  // "DER SPIEGEL/dpa": words in capitals that are no agency stand before the first slash.
  [[nodiscard]] bool capitals_first() const;
  // Index of the bracket that closes the one at `i`; 0 if none follows within reach.
  [[nodiscard]] std::size_t closing(std::size_t i) const;
  // A photo label at `i` ("Foto:", "Bild:", "©") that is used as one: index behind it, else 0.
  [[nodiscard]] std::size_t photo_label(std::size_t i) const;
  // The place of a label inside a word: "LawrowBild:" gives the byte of "Bild"; 0 if none.
  [[nodiscard]] std::uint32_t glued_label(std::size_t i) const;
};

}  // namespace twosource::clean
