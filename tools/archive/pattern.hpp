#pragma once

#include <array>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "archive.hpp"

namespace twosource::archive {

using Random = std::mt19937_64;

[[nodiscard]] inline std::size_t below(Random& random, std::size_t n) {
  return static_cast<std::size_t>(random() % n);
}
[[nodiscard]] inline bool chance(Random& random, unsigned percent) {
  return random() % 100 < percent;
}
template <class T>
[[nodiscard]] const T& pick(Random& random, const std::vector<T>& list) {
  return list[below(random, list.size())];
}

struct Name {
  std::string full;
  std::string last;  // surname; the name itself for places and bodies
  EntityType type = EntityType::Person;
  std::size_t role = 0;
};

// Who, where and what an event is about, the same for all its articles; words that belong to a
// language by index.
struct Cast {
  std::vector<Name> people;  // of the event
  std::vector<Name> others;
  Name place;
  std::vector<Name> elsewhere;
  std::array<std::string, 3> body;       // "Werft X" in German, in English, and the X
  std::array<std::size_t, 12> things{};  // pairs of indices: first part, second part
  std::array<std::size_t, 10> style{};   // patterns that tell it most
  std::size_t kind = 0;
  std::vector<unsigned> figures;
  int day = 0;  // since 1970
};

// A stretch of text with the names and days in it.
struct Piece {
  std::string text;
  struct Marked {
    Span span;
    std::string name;
    EntityType type;
    std::string day;  // ISO date; then it is no name
  };
  std::vector<Marked> marks;
};

// "2020-03-05" of a day since 1970.
[[nodiscard]] std::string iso_day(int day);

// Fills a pattern of de.tsv: alternatives by chance, slots by cast or chance.
[[nodiscard]] Piece fill(std::string_view pattern, const Language& language, const Cast& cast,
                         Random& random);

[[nodiscard]] Cast make_cast(const Language& german, const Language& english, bool in_english,
                             int day, Random& random);

}  // namespace twosource::archive
