#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "text/hash_map.hpp"
#include "text/pack.hpp"

namespace twosource::clean {

// Tells live tickers and opinion by what the newsroom calls them, words from
// lang/*/clean_genre.tsv. Each function returns "live", "opinion" or nothing,
// linear in what it is given. Const, thread-safe.
class GenreWords {
 public:
  explicit GenreWords(const PackSet& packs);

  // A short line beside the headline that is such a name and nothing else.
  [[nodiscard]] std::string_view of_line(std::string_view line) const;
  // The name in front of a headline's colon, or between the marks of "+++ … +++".
  [[nodiscard]] std::string_view of_headline(std::string_view headline) const;
  // What structured data call the text (genre, section).
  [[nodiscard]] std::string_view of_sections(const std::vector<std::string>& words) const;

 private:
  [[nodiscard]] std::string_view named(const StringMap<std::uint8_t>& table,
                                       std::string_view words) const;

  std::vector<std::string> genres_;
  StringMap<std::uint8_t> lines_;
  StringMap<std::uint8_t> sections_;
};

}  // namespace twosource::clean
