#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "record/record.hpp"

namespace twosource::watch {

// A claim as far as telling its changes needs it. Ids of claims shift when articles come; what is
// said does not, so everything here is made of words: a key is XXH3-64 of an article's id and a
// sentence's words, or of a difference's slot and both values.
struct ClaimState {
  std::string id;       // "k7", of this moment; empty for a remembered claim
  std::string cell;     // what it was found in (desk/cells.hpp)
  std::string verdict;  // "confirmed", …
  std::string text;     // its words; only of remembered claims of a telling verdict
  std::vector<std::uint64_t> statements;   // keys, sorted, each once
  std::vector<std::uint64_t> differences;  // keys of those `different` or `superseded`, likewise
};

// A verdict that says more than that somebody wrote something: confirmed, contradicted, superseded,
// withdrawn.
[[nodiscard]] bool is_telling(std::string_view verdict) noexcept;

// The key of a statement, and of a difference (whichever value comes first).
[[nodiscard]] std::uint64_t statement_key(std::string_view article, std::string_view sentence);
[[nodiscard]] std::uint64_t difference_key(std::string_view slot, std::string_view a,
                                           std::string_view b);

// The claims of the stored findings that were found in these cells, in order of their ids. Reads
// the texts of the articles that they stand in.
[[nodiscard]] std::vector<ClaimState> read_claims(record::Record& record,
                                                  const std::vector<std::string>& cells);

// What happened to a claim between two states of a record.
struct Change {
  // Confirmed to Withdrawn: it has this verdict now and had not, or (Contradicted, Superseded)
  // there are new values. Changed: another verdict that says less. New: a claim that was not there,
  // of a verdict that says little. Gone: a claim of a telling verdict that nothing is left of.
  enum class Kind : std::uint8_t {
    Confirmed,
    Contradicted,
    Superseded,
    Withdrawn,
    Changed,
    New,
    Gone
  };
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);
  Kind kind = Kind::New;
  std::size_t before = kNone;  // index
  std::size_t now = kNone;     // index
};
[[nodiscard]] std::string_view to_string(Change::Kind kind) noexcept;

// Claims are the same that share most of their statements; each is matched once, the largest
// overlap first. An article is of one cell, so claims of cells that did not change need not be
// among them. Changes come in the order of `now`, what is gone last. Linear in the statements but
// for sorting.
[[nodiscard]] std::vector<Change> compare(const std::vector<ClaimState>& before,
                                          const std::vector<ClaimState>& now);

}  // namespace twosource::watch
