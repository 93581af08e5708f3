#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "article/article.hpp"
#include "text/pack.hpp"

namespace twosource::clean {

// What a flattened text gives. Fields have the meaning of Article's fields of the same name.
struct FlatResult {
  std::string text;                   // paragraphs joined by '\n'; headline included when found
  std::vector<Paragraph> paragraphs;  // in order, disjoint
  std::vector<Furniture> furniture;   // in order of the input
  std::string headline;
  std::string dateline;
  PublicationDate published;
  PublicationDate modified;
  std::vector<std::string> authors;
  std::string language;
  std::string genre;
  std::vector<AgencyCredit> agencies;  // text order; furniture indices into `furniture`
};

// Finds the article in text without markup: copy-and-paste, PDF text, e-mail, a web page dumped
// with all its furniture. Lines are told apart by a line model over the whole sequence, then pieces
// inside lines are cut (prefixes, datelines, credits). Every letter of the input ends up in `text`
// or in `furniture`. Text that is already clean comes through as it is, white space aside.
// Const, thread-safe, linear; any bytes are accepted (ill-formed UTF-8 is replaced by U+FFFD).
class DatelineFinder;
class FlatCleaner {
 public:
  explicit FlatCleaner(const PackSet& packs);
  ~FlatCleaner();
  FlatCleaner(FlatCleaner&&) noexcept;

  // `language_hint` is an ISO 639-1 code or empty (then CLD2 decides); `known_headline` helps to
  // find the headline in the text, empty when unknown.
  [[nodiscard]] FlatResult run(std::string_view utf8_text, std::string_view language_hint = {},
                               std::string_view known_headline = {}) const;
  [[nodiscard]] const DatelineFinder& datelines() const;

 private:
  struct State;
  std::unique_ptr<const State> state_;
};

}  // namespace twosource::clean
