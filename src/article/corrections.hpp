#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "article/dossier.hpp"
#include "article/json.hpp"

// What a person corrected. Corrections are kept append-only by `record` and replayed on every run
// of the corpus half: `pipeline` hands them to the stage they concern. They never name p3, v1, k7
// or c2, which shift when an article is added, but words of articles, and names.
namespace twosource {

// Words of an article. They are found at their old place, else where they stand next to it.
struct Anchor {
  std::string article;      // id
  std::uint32_t start = 0;  // code points into the text the correction was made on
  std::string words;
  friend bool operator==(const Anchor&, const Anchor&) = default;
};

// What a correction is about: a person (a name, and words that name them), an event (its label, and
// words of its articles) or a claim (words of its statements). The places count; the name is for
// people to read, and for a person of whom no place is left.
struct Target {
  std::string name;
  std::vector<Anchor> places;
  friend bool operator==(const Target&, const Target&) = default;
};

enum class CorrectionKind : std::uint8_t {
  MergePeople,   // a and b are one person
  SplitPerson,   // what `articles` call a is another person, by the name of `value` if given
  RenamePerson,  // a is called `value`
  SetRole,       // a holds the office `value` from `from` to `to` (EDTF or empty)
  RemoveRole,    // a does not hold the office `value`
  MergeEvents,   // a and b are one event
  SplitEvent,    // `articles` are about another event than the rest of a
  RenameEvent,   // a is called `value`
  JoinCopies,    // the two `articles` descend from one text
  CutCopies,     // the two `articles` are no copies
  SetDate,       // the article in `articles` was published on `value` (EDTF)
  SetGroup,      // the outlet named `a` belongs to the publisher group `value`
  SameClaim,     // the statements a and b say the same thing
  NotSameClaim,  // the statements a and b are not about the same thing
};
[[nodiscard]] std::string_view to_string(CorrectionKind kind) noexcept;  // "merge-people", …
[[nodiscard]] std::optional<CorrectionKind> correction_kind(std::string_view name) noexcept;

struct Correction {
  std::int64_t id = 0;  // 1, 2, … in the order in which they were made; given by the record
  std::string when;     // UTC, "2026-05-12T09:30:00Z"
  std::string by;
  std::string why;
  CorrectionKind kind = CorrectionKind::MergePeople;
  Target a;
  Target b;
  std::vector<std::string> articles;  // ids
  std::string value;
  std::string from;
  std::string to;
};

// "correction 3 by Ada: two spellings of one name".
[[nodiscard]] std::string signature(const Correction& c);
// What it does, in words: "Ada Berg and A. Berg are one person".
[[nodiscard]] std::string describe(const Correction& c);

// Where an anchor's words stand in a text, as bytes: at the old place, else at the nearest other;
// nullopt when they are gone. Linear in the text.
[[nodiscard]] std::optional<Span> find_words(const Anchor& anchor, std::string_view text);

// Articles by id, and where the places of targets lie in them.
class ArticleIndex {
 public:
  // The articles must outlive it.
  explicit ArticleIndex(std::span<const Article> articles);
  // Index of the article, -1 for none.
  [[nodiscard]] std::int64_t find(std::string_view id) const;
  // The places whose article and words are there; a place without words is an empty span.
  [[nodiscard]] std::vector<Evidence> places(const Target& target) const;
  // Indices of the articles that are there, in the order of the ids.
  [[nodiscard]] std::vector<std::uint32_t> articles(const std::vector<std::string>& ids) const;

 private:
  std::span<const Article> articles_;
  std::map<std::string_view, std::uint32_t> by_id_;
};

// --- from what is shown to what is stored ---

// A dossier's person ("p3", or a name that only one has), event ("v1", or a label that only one
// has) or claim ("k7") as a target, with at most kTargetPlaces places: of a person words that name
// them, of an event articles (words empty), of a claim its sentences. nullopt: there is no such
// thing.
inline constexpr std::size_t kTargetPlaces = 3;
[[nodiscard]] std::optional<Target> target_of(const Dossier& dossier, std::string_view id);
// The statements (64 at most) of a claim that stand in one of `articles` (or, `inside` false, in
// none of them); nullopt when there are none.
[[nodiscard]] std::optional<Target> statements_of(const Dossier& dossier, std::string_view claim,
                                                  const std::vector<std::string>& articles,
                                                  bool inside);

// What a correction says, without id, when, by and why: the column `what` of the record.
// {"do": "merge-people", "a": {"name": …, "places": [{"article", "start", "words"}]}, …}
[[nodiscard]] Json correction_what(const Correction& c);
// Everything: a line of `correct export`.
[[nodiscard]] Json correction_to_json(const Correction& c);
// The way back, of either; refuses wrong types, unknown kinds and missing parts, naming the field.
[[nodiscard]] Result<Correction> correction_from_json(const Json& json);

}  // namespace twosource
