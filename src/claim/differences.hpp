#pragma once

#include <string>
#include <string_view>

#include "article/dossier.hpp"
#include "claim/values.hpp"

namespace twosource::claim {

// Set by hand, not tuned: the pair probability from which a differing measure is reported as
// different: a false contradiction costs more than a missed one.
inline constexpr double kValueDifference = 0.4;

// Whose word two values are: one voice's, two named ones', or it is not known.
enum class Pairing { OneVoice, TwoVoices, Unknown };

// Can a value of the slot be overtaken? How many, how much and when may; how long, how fast or how
// old something was stays as it is.
[[nodiscard]] bool grows(std::string_view slot);

// A difference that does not show that two reports disagree: of dates in sentences that may tell of
// different acts, of figures of sentences that name other days (`other_time`), or of one that may
// have grown between two reports of which one has no date (unless `undated_now`). `score`: the
// pair's probability; `x` and `y`: when the two were stated.
[[nodiscard]] bool hidden(const SlotComparison& c, double score, bool other_time,
                          const std::string& x, const std::string& y, bool undated_now);

// Is it an update, not a contradiction? A figure that may grow and changes from one day to the
// next, or hours later where nobody is named for it, or anything that one voice says later. Then
// `d.why` says so. `x` and `y`: when the two were stated, EDTF, empty when not known.
[[nodiscard]] bool supersedes(Pairing voices, Difference& d, const std::string& x,
                              const std::string& y);

// When each statement of a claim was first said: one that stands word for word in another article
// of the claim as early as there; empty when its article has no date.
[[nodiscard]] std::vector<std::string> stated_on(const Dossier& dossier, const Claim& claim);

// Are two values given in the same words? Those mean the same, even where they were resolved by
// different publication dates.
[[nodiscard]] bool same_words(const Dossier& dossier, const Evidence& a, const Evidence& b);

}  // namespace twosource::claim
