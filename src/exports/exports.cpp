#include "exports/exports.hpp"

#include "exports/formats.hpp"

namespace twosource::exports {
namespace {

using WriteCorpus = void (*)(const Corpus&, std::ostream&);

Part part_of(const Corpus& corpus, Format format, std::string name, WriteCorpus write) {
  std::string file = name + std::string(extension(format));
  return {std::move(name), std::move(file),
          [&corpus, write](std::ostream& out) { write(corpus, out); }};
}

std::vector<Part> lists(const Corpus& corpus) {
  std::vector<Part> out;
  const auto add = [&](const char* name, WriteCorpus write) {
    out.push_back(part_of(corpus, Format::Jsonl, name, write));
  };
  add("claims", write_claims_jsonl);
  add("articles", write_articles_jsonl);
  add("events", write_events_jsonl);
  add("stories", write_stories_jsonl);
  add("people", write_people_jsonl);
  add("copies", write_copies_jsonl);
  add("quotes", write_quotes_jsonl);
  add("timeline", write_timeline_jsonl);
  return out;
}

std::vector<Part> feeds(const Corpus& corpus) {
  std::vector<Part> out;
  const auto& stories = corpus.dossier().stories;
  for (std::uint32_t i = 0; i < stories.size(); ++i) {
    out.push_back({stories[i].id, stories[i].id + std::string(extension(Format::Atom)),
                   [&corpus, i](std::ostream& stream) { write_atom(corpus, i, stream); }});
  }
  return out;
}

Part table(const Corpus& corpus, Formulas formulas) {
  return {"claims", "claims.csv",
          [&corpus, formulas](std::ostream& out) { write_claims_csv(corpus, formulas, out); }};
}

}  // namespace

std::string_view to_string(Format format) noexcept {
  return kFormatNames[static_cast<std::size_t>(format)];
}

std::optional<Format> format_from(std::string_view name) noexcept {
  for (std::size_t i = 0; i < kFormatNames.size(); ++i) {
    if (kFormatNames[i] == name) return static_cast<Format>(i);
  }
  return std::nullopt;
}

std::string_view extension(Format format) noexcept {
  constexpr auto kExtensions = std::to_array<std::string_view>(
      {".jsonl", ".csv", ".jsonld", ".jsonld", ".graphml", ".ics", ".atom", ".bib", ".json"});
  return kExtensions[static_cast<std::size_t>(format)];
}

std::vector<Part> parts(const Corpus& corpus, Format format, const Options& options) {
  const auto one = [&](const char* name, WriteCorpus write) {
    return std::vector<Part>{part_of(corpus, format, name, write)};
  };
  switch (format) {
    case Format::Jsonl:
      return lists(corpus);
    case Format::Csv:
      return {table(corpus, options.formulas)};
    case Format::JsonLd:
      return one("dossier", write_jsonld);
    case Format::Annotations:
      return one("annotations", write_annotations);
    case Format::GraphMl:
      return one("copies", write_graphml);
    case Format::Ics:
      return one("events", write_ics);
    case Format::Atom:
      return feeds(corpus);
    case Format::Bibtex:
      return one("sources", write_bibtex);
    case Format::Csl:
      return one("sources", write_csl);
  }
  return {};
}

Needs needs(Format format) noexcept {
  switch (format) {
    case Format::GraphMl:
    case Format::Bibtex:
    case Format::Csl:
      return Needs::Copies;
    case Format::Ics:
      return Needs::Stories;
    default:
      return Needs::Claims;
  }
}

}  // namespace twosource::exports
