#include "clean/flat.hpp"

#include <algorithm>
#include <optional>

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
constexpr float kDisclaimerHint = 3;    // a line with less is not looked at for them

constexpr std::size_t kPrefixLines = 3;  // lines that a date can stand in front of

constexpr std::size_t kProseLine = 80;  // bytes; shorter lines are often navigation
constexpr std::size_t kSample = 4096;   // bytes of prose that settle the language
constexpr std::size_t kLeastSample = 200;

// The language of the prose, not of the navigation around it.
std::string language_of(const FlatText& text) {
  std::string sample;
  for (const TextLine& line : text.lines) {
    if (line.span.size() < kProseLine) continue;
    const std::size_t end = text.buffer.find(' ', line.span.begin + kSample);
    sample += slice(
        text.buffer,
        {line.span.begin, static_cast<std::uint32_t>(std::min<std::size_t>(end, line.span.end))});
    sample += '\n';
    if (sample.size() >= kSample) break;
  }
  if (sample.size() >= kLeastSample) return identify_language(sample).code;
  return identify_language(text.buffer).code;
}

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

  void split_prefix(FlatText& text, FlatResult& out) const;
  [[nodiscard]] bool split_disclaimers(FlatText& text, const LineTable& table) const;
};

// A date in front of the text becomes a line of its own: in front of its first line, or with a
// label ("date 2017-07 …") in front of a line behind the headline.
void FlatCleaner::State::split_prefix(FlatText& text, FlatResult& out) const {
  std::size_t at = 0;
  std::optional<FoundDate> found;
  for (; at < std::min(text.lines.size(), kPrefixLines); ++at) {
    const std::string_view line = slice(text.buffer, text.lines[at].span);
    found = dates.prefix(line);
    if (found && (at == 0 || found->span.begin > 0)) break;
    found.reset();
  }
  if (!found) return;
  const TextLine line = text.lines[at];
  out.published = {found->value, DateSource::Prefix};
  TextLine prefix = line;
  prefix.span.end = line.span.begin + found->with_label.end;
  prefix.forced = static_cast<std::int8_t>(FurnitureKind::Prefix);
  text.lines[at] = prefix;
  const Span rest = utf8::trim_span(text.buffer, {prefix.span.end, line.span.end});
  if (!rest.empty()) {
    text.lines.insert(text.lines.begin() + static_cast<std::ptrdiff_t>(at) + 1,
                      TextLine{rest, true, -1});
  }
}

// So does a disclaimer that is glued behind a sentence. Were there any?
bool FlatCleaner::State::split_disclaimers(FlatText& text, const LineTable& table) const {
  std::vector<TextLine> lines;
  for (std::size_t i = 0; i < text.lines.size(); ++i) {
    const TextLine& line = text.lines[i];
    const FurnitureHit& hit = table.lines[i].hit;
    std::size_t tail = std::string_view::npos;
    if (hit.kind == FurnitureKind::Disclaimer && hit.weight >= kDisclaimerHint && line.forced < 0 &&
        hit.strongest.begin > line.span.begin) {
      tail =
          phrases.tail(slice(text.buffer, line.span), FurnitureKind::Disclaimer, kDisclaimerWeight);
    }
    if (tail == std::string_view::npos) {
      if (!lines.empty()) lines.push_back(line);
      continue;
    }
    if (lines.empty()) {
      lines.assign(text.lines.begin(), text.lines.begin() + static_cast<std::ptrdiff_t>(i));
    }
    const auto cut = line.span.begin + static_cast<std::uint32_t>(tail);
    const Span before = utf8::trim_span(text.buffer, {line.span.begin, cut});
    if (!before.empty()) lines.push_back({before, line.blank_before, -1});
    lines.push_back(
        {{cut, line.span.end}, true, static_cast<std::int8_t>(FurnitureKind::Disclaimer)});
  }
  if (lines.empty()) return false;
  text.lines = std::move(lines);
  return true;
}

FlatCleaner::FlatCleaner(const PackSet& packs) : state_(std::make_unique<State>(packs)) {}
FlatCleaner::~FlatCleaner() = default;
FlatCleaner::FlatCleaner(FlatCleaner&&) noexcept = default;

const DatelineFinder& FlatCleaner::datelines() const { return state_->datelines; }

FlatResult FlatCleaner::run(std::string_view utf8_text, std::string_view language_hint,
                            std::string_view known_headline) const {
  FlatResult out;
  FlatText text = normalise(utf8_text);
  out.language = language_hint.empty() ? language_of(text) : std::string(language_hint);
  state_->split_prefix(text, out);
  LineTable table = state_->reader.read(text, out.language);
  if (state_->split_disclaimers(text, table)) table = state_->reader.read(text, out.language);
  state_->builder.build(text, table, state_->model.label(table), known_headline, out);
  return out;
}

}  // namespace twosource::clean
