#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "exports/corpus.hpp"
#include "exports/escape.hpp"

// A dossier in the formats of other programs (docs/exports.md). Every piece of evidence reads in
// them exactly as in its article; what stands in an article stays text. Same dossier, same bytes.
namespace twosource::exports {

enum class Format : std::uint8_t {
  Jsonl,
  Csv,
  JsonLd,
  Annotations,
  GraphMl,
  Ics,
  Atom,
  Bibtex,
  Csl
};
inline constexpr auto kFormatNames = std::to_array<std::string_view>(
    {"jsonl", "csv", "jsonld", "annotations", "graphml", "ics", "atom", "bibtex", "csl"});

[[nodiscard]] std::string_view to_string(Format format) noexcept;
[[nodiscard]] std::optional<Format> format_from(std::string_view name) noexcept;
// How names of files of a format end: ".csv".
[[nodiscard]] std::string_view extension(Format format) noexcept;

struct Options {
  Formulas formulas = Formulas::Guard;  // CSV
};

// One file of a format: most have one; JSON Lines has one a list, Atom one a story.
struct Part {
  std::string name;  // "claims", "s1"
  std::string file;  // "claims.jsonl", "s1.atom"
  std::function<void(std::ostream&)> write;
};
// The parts of a format, in the order of the dossier, the one to take when only one is wanted
// first. They refer to `corpus`, which must outlive them.
[[nodiscard]] std::vector<Part> parts(const Corpus& corpus, Format format, const Options& options);

// What of the corpus half a format needs: copies and articles only, events too, or claims too.
enum class Needs : std::uint8_t { Copies, Stories, Claims };
[[nodiscard]] Needs needs(Format format) noexcept;

}  // namespace twosource::exports
