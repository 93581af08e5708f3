#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "article/dossier.hpp"
#include "claim/claim.hpp"
#include "text/pack.hpp"

namespace twosource::pipeline {

// What the articles say of a sentence of a draft.
enum class Finding : std::uint8_t {
  Backed,        // by as many independent origins as were asked for, in all its figures
  Weak,          // found, but on fewer origins, one agency or authority, or without its figures
  Contradicted,  // an article gives another value, or the articles contradict one another
  Outdated,      // the articles give a later figure of the same origin
  NotFound,
};
[[nodiscard]] std::string_view to_string(Finding finding) noexcept;

// A value of the draft that an article gives otherwise.
struct Conflict {
  std::string slot;
  std::string draft_value;
  std::string source_value;
  Evidence evidence;  // in the articles
};

struct CheckedSentence {
  Span span;  // in the draft's text
  Finding finding = Finding::NotFound;
  unsigned origins = 0;           // independent origins of the claim that carries it
  std::int32_t claim = -1;        // index into Check::dossier.claims
  std::vector<Evidence> support;  // sentences of the articles that say it
  std::vector<Conflict> conflicts;
  std::string why;
};

struct Check {
  Dossier dossier;  // of the articles alone: the draft is no source and changes no verdict
  Article draft;
  std::vector<CheckedSentence> sentences;  // in the order of the draft; questions are left out
};

// Holds every sentence of `draft` against the cross-checked `articles`: the draft is aligned with
// the events that share most of its words, and what it aligns with is judged by the verdicts of the
// dossier without it. A figure of the draft must stand in a sentence that backs it. Deterministic.
// Costs a cross-check of the articles, their events and stories once more, and the claims of the
// chosen events.
[[nodiscard]] Check check_draft(std::vector<Article> articles, Article draft, const PackSet& packs,
                                const claim::Options& options,
                                std::span<const Correction> corrections = {});

}  // namespace twosource::pipeline
