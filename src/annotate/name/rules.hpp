#pragma once

#include <vector>

#include "annotate/name/marks.hpp"

namespace twosource::annotate::name {

// Names by gazetteers and written patterns alone: known names; first name, initials, particles and
// surname; a word behind a role or title; company endings; in languages that write nouns small also
// any capitalised run inside a sentence. Sorted, disjoint, within sentences. Linear. They are the
// result where a pack has no model, and features of the model where it has one.
[[nodiscard]] std::vector<NameSpan> rule_spans(const View& view);

// End of the person's name that begins at `at` (first name, initials, particles, surname), at most
// `end`; `at` when no name can begin there.
[[nodiscard]] std::size_t person_end(const View& view, std::size_t at, std::size_t end);

// May the token be part of a person's name by its looks and the tables?
[[nodiscard]] bool person_word(const View& view, std::size_t at);

// Index of the token behind the last one of the sentence that `at` lies in.
[[nodiscard]] inline std::size_t sentence_end(const View& view, std::size_t at) {
  return view.layer.sentences[view.layer.tokens[at].sentence].last_token;
}

}  // namespace twosource::annotate::name
