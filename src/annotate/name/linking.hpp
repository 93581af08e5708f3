#pragma once

#include <string>
#include <vector>

#include "annotate/name/marks.hpp"

namespace twosource::annotate::name {

// An office as the article gives it: indices into the lexicon, -1 unknown.
struct Office {
  std::int32_t role = -1;
  std::int32_t place = -1;
  std::uint64_t first = 0;  // RoleWord::first
  friend bool operator==(const Office&, const Office&) = default;
};

// An entity while it is being built.
struct Draft {
  Entity entity;
  std::int32_t place = -1;      // for places, and the country of a body
  std::vector<Office> offices;  // of a person
  std::vector<Office> former;   // that the person had, or is to have
  std::size_t name_tokens = 0;  // length of the name shown
  void add_role(const std::string& title, Office office);
};

struct Linked {
  std::vector<Draft> drafts;         // in order of first mention
  std::vector<std::uint32_t> draft;  // of each span
};

// Makes one entity of all spans that are one name: a surname is the person of that surname, a
// gazetteer's forms are one, an acronym in brackets is what stands before it, genitives are their
// nominatives. Persons whose first names differ are never joined; a surname that two bear goes to
// the one named in full first. O(spans * persons).
[[nodiscard]] Linked link_names(const View& view, const std::vector<NameSpan>& spans);

// Are two folded words spellings of one name: long and one letter apart ("selenskyj", "selenskij")
// or of one transliteration ("zelensky")?
[[nodiscard]] bool other_spelling(std::string_view a, std::string_view b);

// The name in a span without a genitive ending, where the article or the tables show that it is
// one.
class BaseForms {
 public:
  BaseForms(const View& view, const std::vector<NameSpan>& spans);
  [[nodiscard]] std::string of(const NameSpan& span) const;

 private:
  [[nodiscard]] bool strip(const NameSpan& span, std::string_view word) const;
  const View& view_;
  StringSet words_;  // words of names, as written
};

}  // namespace twosource::annotate::name
