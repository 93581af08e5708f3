#include "clean/flat.hpp"

#include "clean/flat_build.hpp"
#include "clean/flat_dateline.hpp"
#include "clean/flat_head.hpp"
#include "clean/flat_lines.hpp"
#include "clean/flat_model.hpp"
#include "clean/flat_text.hpp"
#include "text/language.hpp"
#include "text/utf8.hpp"

namespace twosource::clean {
namespace {

constexpr float kDisclaimerWeight = 8;  // phrases that cut a line in two must be this plain

}  // namespace

struct FlatCleaner::State {
  explicit State(const PackSet& packs)
      : phrases(packs),
        credits(packs),
        dates(packs),
        reader(phrases, credits, dates),
        model(packs),
        head(packs, credits, dates),
        datelines(packs, phrases, credits, dates),
        builder(head, datelines, credits) {}

  FurniturePhrases phrases;
  CreditFinder credits;
  DateFinder dates;
  LineReader reader;
  LineModel model;
  HeadReader head;
  DatelineFinder datelines;
  FlatBuilder builder;

  void split_glued(FlatText& text, FlatResult& out) const;
};

// Takes apart what is glued together before lines are judged: a date in front of the text and a
// disclaimer behind a sentence become lines of their own.
void FlatCleaner::State::split_glued(FlatText& text, FlatResult& out) const {
  std::vector<TextLine> lines;
  lines.reserve(text.lines.size() + 2);
  for (const TextLine& line : text.lines) {
    TextLine rest = line;
    if (lines.empty()) {
      const auto found = dates.prefix(slice(text.buffer, line.span));
      if (found) {
        const std::uint32_t cut = line.span.begin + found->with_label.end;
        TextLine prefix = line;
        prefix.span.end = cut;
        prefix.forced = static_cast<std::int8_t>(FurnitureKind::Prefix);
        lines.push_back(prefix);
        rest.span = utf8::trim_span(text.buffer, {cut, line.span.end});
        rest.blank_before = true;
        out.published = {found->value, DateSource::Prefix};
        if (rest.span.empty()) continue;
      }
    }
    const std::string_view words = slice(text.buffer, rest.span);
    const std::size_t tail = phrases.tail(words, FurnitureKind::Disclaimer, kDisclaimerWeight);
    if (tail != std::string_view::npos) {
      TextLine disclaimer = rest;
      disclaimer.span.begin = rest.span.begin + static_cast<std::uint32_t>(tail);
      disclaimer.forced = static_cast<std::int8_t>(FurnitureKind::Disclaimer);
      disclaimer.blank_before = true;
      rest.span = utf8::trim_span(text.buffer, {rest.span.begin, disclaimer.span.begin});
      if (!rest.span.empty()) lines.push_back(rest);
      lines.push_back(disclaimer);
    } else {
      lines.push_back(rest);
    }
  }
  text.lines = std::move(lines);
}

FlatCleaner::FlatCleaner(const PackSet& packs) : state_(std::make_unique<State>(packs)) {}
FlatCleaner::~FlatCleaner() = default;
FlatCleaner::FlatCleaner(FlatCleaner&&) noexcept = default;

FlatResult FlatCleaner::run(std::string_view utf8_text, std::string_view language_hint,
                            std::string_view known_headline) const {
  FlatResult out;
  FlatText text = normalise(utf8_text);
  out.language =
      language_hint.empty() ? identify_language(text.buffer).code : std::string(language_hint);
  state_->split_glued(text, out);
  const LineTable table = state_->reader.read(text, out.language);
  state_->builder.build(text, table, state_->model.label(table), known_headline, out);
  return out;
}

}  // namespace twosource::clean
