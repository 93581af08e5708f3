#pragma once

#include <vector>

#include "annotate/name/marks.hpp"

namespace twosource::annotate::name {

// Corrects the names of persons by what stands beside them, before names are spread over the text:
//   surnames  a first name takes the everyday word behind it that is its surname: "der Meteorologe
//             Stefan Sonntag", "head teacher Laura Bishop"
//   bodies    "Krüger & Söhne", "the Martin Luther King School", "on Victoria Street" are no
//   persons things    what stands behind a noun for storms, ships and the like
//   (lang/*/name_words.tsv, class
//             carrier) is a thing, and so is that name elsewhere: "Sturmtief Sabine"
//   places    "in Lichtenberg" is a place, "Hagen fährt …" the person of that surname
//   firms     "Boss" of "Hugo Boss" is the firm, unless a person of that surname is named
//   spellings "Zelenskyy" is a person beside "Volodymyr Zelensky"
//   headlines "Republican Donald Trump", "Hillary Clinton Speaks", "Climate Change" in English:
//   what
//             has its capital from a headline is no name of a person
//   nouns     "ein Wolf" is no person, whatever Carsten Wolf is called
// Spans ascend and do not overlap, before and after. O(spans * named things).
[[nodiscard]] std::vector<NameSpan> settle_persons(const View& view, std::vector<NameSpan> spans);

}  // namespace twosource::annotate::name
