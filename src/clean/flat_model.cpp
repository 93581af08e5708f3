#include "clean/flat_model.hpp"

#include <algorithm>
#include <cstdlib>
#include <limits>

namespace twosource::clean {
namespace {

constexpr float kNever = -1e9F;
constexpr std::uint32_t kTeaserWords = 48;  // what lists of other articles say about one

// Names of the features in the order of the enumeration below.
constexpr std::array<std::string_view, 64> kFeatures = {"body_words_0",
                                                        "body_words_4",
                                                        "body_words_8",
                                                        "body_words_13",
                                                        "body_words_20",
                                                        "body_words_30",
                                                        "body_words_50",
                                                        "body_words_80",
                                                        "body_ends_sentence",
                                                        "body_ends_quote",
                                                        "body_ends_colon",
                                                        "body_ends_open",
                                                        "body_inner_sentence",
                                                        "body_few_function_words",
                                                        "body_some_function_words",
                                                        "body_many_function_words",
                                                        "body_starts_lower",
                                                        "body_symbols",
                                                        "body_before_credit",
                                                        "body_beside_time",
                                                        "body_isolated",
                                                        "body_after_opener",
                                                        "credit_line",
                                                        "photo_tail",
                                                        "photo_tail_long",
                                                        "date_line",
                                                        "time_line",
                                                        "repeated",
                                                        "quoted_again",
                                                        "phrase",
                                                        "sub_bias",
                                                        "sub_one_word",
                                                        "sub_words_2",
                                                        "sub_words_13",
                                                        "sub_words_20",
                                                        "sub_ends_stop",
                                                        "sub_ends_colon",
                                                        "sub_function_word",
                                                        "sub_clock",
                                                        "sub_quote",
                                                        "sub_before_body",
                                                        "sub_blank_around",
                                                        "sub_starts_lower",
                                                        "sub_list_neighbour",
                                                        "start_text",
                                                        "start_sub",
                                                        "start_teaser",
                                                        "teaser_gap_line",
                                                        "text_sub",
                                                        "sub_sub",
                                                        "text_gap",
                                                        "sub_gap",
                                                        "gap_line",
                                                        "gap_text",
                                                        "gap_sub",
                                                        "related_text",
                                                        "related_sub",
                                                        "opener",
                                                        "again_isolated",
                                                        "quiet_bonus",
                                                        "body_caption_form",
                                                        "sub_before_player",
                                                        "retold",
                                                        "gap_inline_link"};

float share(std::uint32_t part, std::uint32_t whole) {
  return whole == 0 ? 0.F : static_cast<float>(part) / static_cast<float>(whole);
}

}  // namespace

enum class LineModel::Feature : std::uint8_t {
  Words0,
  Words4,
  Words8,
  Words13,
  Words20,
  Words30,
  Words50,
  Words80,
  EndsSentence,
  EndsQuote,
  EndsColon,
  EndsOpen,
  InnerSentence,
  FewFunctionWords,
  SomeFunctionWords,
  ManyFunctionWords,
  StartsLower,
  Symbols,
  BeforeCredit,
  BesideTime,
  Isolated,
  AfterOpener,
  CreditLine,
  PhotoTail,
  PhotoTailLong,
  DateLine,
  TimeLine,
  Repeated,
  QuotedAgain,
  Phrase,
  SubBias,
  SubOneWord,
  SubWords2,
  SubWords13,
  SubWords20,
  SubEndsStop,
  SubEndsColon,
  SubFunctionWord,
  SubClock,
  SubQuote,
  SubBeforeBody,
  SubBlankAround,
  SubStartsLower,
  SubListNeighbour,
  StartText,
  StartSub,
  StartTeaser,
  TeaserGapLine,
  TextSub,
  SubSub,
  TextGap,
  SubGap,
  GapLine,
  GapText,
  GapSub,
  RelatedText,
  RelatedSub,
  Opener,
  AgainIsolated,
  QuietBonus,
  CaptionForm,
  SubBeforePlayer,
  Retold,
  GapInlineLink
};

LineModel::LineModel(const PackSet& packs) : weights_(kFeatures.size(), 0.F) {
  const Table& table = packs.common().table("line_model.tsv");
  for (const Row& row : table.rows()) {
    const std::string& name = row.cells[table.column("feature")];
    const auto it = std::find(kFeatures.begin(), kFeatures.end(), name);
    if (it == kFeatures.end()) throw PackError(table.where(row) + ": unknown feature " + name);
    weights_[static_cast<std::size_t>(it - kFeatures.begin())] =
        std::strtof(row.cells[table.column("value")].c_str(), nullptr);
  }
}

float LineModel::length_score(const LineFacts& line) const {
  if (line.words < 4) return w(Feature::Words0);
  if (line.words < 8) return w(Feature::Words4);
  if (line.words < 13) return w(Feature::Words8);
  if (line.words < 20) return w(Feature::Words13);
  if (line.words < 30) return w(Feature::Words20);
  if (line.words < 50) return w(Feature::Words30);
  return w(line.words < 80 ? Feature::Words50 : Feature::Words80);
}

float LineModel::style_score(const LineFacts& line) const {
  float score = 0;
  if (line.end == '.' || line.end == '?') score += w(Feature::EndsSentence);
  if (line.end == '"') score += w(Feature::EndsQuote);
  if (line.end == ':') score += w(Feature::EndsColon);
  if (line.end == 0) score += w(Feature::EndsOpen);
  constexpr std::uint32_t kCounted = 3;
  score += w(Feature::InnerSentence) * static_cast<float>(std::min(kCounted, line.inner_sentences));
  const float functions = share(line.function_words, std::min(line.words, 40U));
  if (functions < 0.1F) {
    score += w(Feature::FewFunctionWords);
  } else if (functions < 0.2F) {
    score += w(Feature::SomeFunctionWords);
  } else if (functions >= 0.3F) {
    score += w(Feature::ManyFunctionWords);
  }
  if (line.starts_lower) score += w(Feature::StartsLower);
  if (line.symbols) score += w(Feature::Symbols);
  return score;
}

// Evidence against any kind of text.
float LineModel::own_kind(const LineFacts& line) const {
  constexpr float kKnown = -50;
  if (line.forced >= 0) return kKnown;
  if (line.retold) return w(Feature::Retold);
  float score = w(Feature::Phrase) * line.hit.weight;
  if (!line.credit.span.empty()) score += w(Feature::CreditLine);
  if (!line.photo_tail.span.empty()) {
    const bool caption = line.words < kCaptionWords || line.inner_sentences < 2;
    score += w(caption ? Feature::PhotoTail : Feature::PhotoTailLong);
  }
  if (line.date_line) score += w(Feature::DateLine);
  if (line.time_line) score += w(Feature::TimeLine);
  if (line.repeats > 0) score += w(Feature::Repeated);
  if (line.quoted_again) score += w(Feature::QuotedAgain);
  return score;
}

float LineModel::neighbour_score(const LineTable& table, std::size_t at) const {
  const LineFacts& line = table.lines[at];
  const LineFacts* before = at > 0 ? &table.lines[at - 1] : nullptr;
  const LineFacts* after = at + 1 < table.lines.size() ? &table.lines[at + 1] : nullptr;
  float score = 0;
  const bool photo_next = after != nullptr && after->only_credit() &&
                          (after->credit.credits == AgencyKind::Photo || line.words < 25) &&
                          after->credit.kind == FurnitureKind::Credit;
  const bool photo = after != nullptr && after->credit.credits == AgencyKind::Photo;
  const bool set_apart = after != nullptr && after->blank_before &&
                         (line.inner_sentences > 0 || (!photo && line.ends_sentence()));
  if (photo_next && !set_apart && line.words < kCaptionWords) score += w(Feature::BeforeCredit);
  // A short line right under a photo's credit, set apart from the text behind it, is its caption.
  const bool under_photo = before != nullptr && before->only_credit() &&
                           before->credit.credits == AgencyKind::Photo && !line.blank_before &&
                           after != nullptr && after->blank_before && line.words < 25 &&
                           line.inner_sentences == 0;
  if (under_photo) score += w(Feature::BeforeCredit);
  const bool time_beside = (before != nullptr && (before->time_line || before->date_line)) ||
                           (after != nullptr && (after->time_line || after->date_line));
  if (time_beside && line.words < kTeaserWords) score += w(Feature::BesideTime);
  const auto texty = [](const LineFacts* l) { return l != nullptr && l->words >= 13; };
  if (before != nullptr && before->inline_link && at > 1) before = &table.lines[at - 2];
  if (line.words < kTeaserWords && !texty(before) && !texty(after)) score += w(Feature::Isolated);
  if (before != nullptr && before->hit.opens > 0) score += w(Feature::AfterOpener);
  return score;
}

float LineModel::body_score(const LineTable& table, std::size_t at) const {
  const LineFacts& line = table.lines[at];
  return length_score(line) + style_score(line) + own_kind(line) + neighbour_score(table, at);
}

float LineModel::sub_score(const LineTable& table, std::size_t at) const {
  const LineFacts& line = table.lines[at];
  float score = w(Feature::SubBias) + own_kind(line);
  if (line.words < 2) score += w(Feature::SubOneWord);
  if (line.words >= 2 && line.words < 13) score += w(Feature::SubWords2);
  if (line.words >= 13) score += w(line.words < 20 ? Feature::SubWords13 : Feature::SubWords20);
  if (line.end == '.') score += w(Feature::SubEndsStop);
  if (line.end == ':') score += w(Feature::SubEndsColon);
  if (line.function_words > 0) score += w(Feature::SubFunctionWord);
  if (line.clock_start) score += w(Feature::SubClock);
  if (line.starts_quote) score += w(Feature::SubQuote);
  if (line.starts_lower) score += w(Feature::SubStartsLower);
  if (line.symbols) score += w(Feature::Symbols);
  if (at + 1 < table.lines.size()) {
    const LineFacts& next = table.lines[at + 1];
    if (next.words >= 25 && next.ends_sentence()) score += w(Feature::SubBeforeBody);
    if (line.blank_before && next.blank_before) score += w(Feature::SubBlankAround);
    if (next.only_credit()) score += w(Feature::BeforeCredit);
    const bool player = next.time_line || next.hit.kind == FurnitureKind::Player;
    if (player && (next.time_line || next.hit.weight >= 4)) score += w(Feature::SubBeforePlayer);
    if (next.words < 13 && !next.ends_sentence()) score += w(Feature::SubListNeighbour);
  }
  return score;
}

std::array<float, kLineLabels> LineModel::emissions(const LineTable& table, std::size_t at,
                                                    bool quiet) const {
  const LineFacts& line = table.lines[at];
  const float bonus = quiet && !line.marked() ? w(Feature::QuietBonus) : 0.F;
  const float body = body_score(table, at) + bonus;
  const bool opens_list = line.hit.opens >= 3 && line.hit.weight >= 5;
  const float sub = opens_list ? kNever : sub_score(table, at) + bonus / 2;
  const auto short_line = [&](std::size_t i) { return table.lines[i].words < 13; };
  const bool isolated = line.words < kTeaserWords && (at == 0 || short_line(at - 1)) &&
                        (at + 1 >= table.lines.size() || short_line(at + 1));
  const float gap = w(Feature::GapLine) + w(Feature::Opener) * line.hit.opens;
  std::array<float, kLineLabels> out{};
  out[static_cast<std::size_t>(LineLabel::Teaser)] = body;
  out[static_cast<std::size_t>(LineLabel::HeadGap)] = w(Feature::TeaserGapLine);
  out[static_cast<std::size_t>(LineLabel::Text)] = body;
  out[static_cast<std::size_t>(LineLabel::Subhead)] = sub;
  out[static_cast<std::size_t>(LineLabel::Gap)] =
      line.hit.opens > 0 ? kNever : gap + (line.inline_link ? w(Feature::GapInlineLink) : 0.F);
  out[static_cast<std::size_t>(LineLabel::Related)] = gap;
  out[static_cast<std::size_t>(LineLabel::Again)] =
      body + (isolated ? w(Feature::AgainIsolated) : 0.F);
  out[static_cast<std::size_t>(LineLabel::AgainSubhead)] = sub;
  return out;
}

float LineModel::move(LineLabel from, LineLabel to) const {
  using L = LineLabel;
  switch (from) {
    case L::Before:
      if (to == L::Before) return 0;
      if (to == L::Text) return w(Feature::StartText);
      if (to == L::Subhead) return w(Feature::StartSub);
      return to == L::Teaser ? w(Feature::StartTeaser) : kNever;
    case L::Teaser:
      return to == L::HeadGap ? 0 : kNever;
    case L::HeadGap:
      if (to == L::HeadGap || to == L::Text) return 0;
      return to == L::Subhead ? w(Feature::StartSub) : kNever;
    case L::Text:
      if (to == L::Text || to == L::After) return 0;
      if (to == L::Subhead) return w(Feature::TextSub);
      return to == L::Gap || to == L::Related ? w(Feature::TextGap) : kNever;
    case L::Subhead:
      if (to == L::Text) return 0;
      if (to == L::Subhead) return w(Feature::SubSub);
      return to == L::Gap || to == L::Related ? w(Feature::SubGap) : kNever;
    case L::Gap:
      if (to == L::Gap || to == L::Related) return 0;
      if (to == L::Text) return w(Feature::GapText);
      return to == L::Subhead ? w(Feature::GapSub) : kNever;
    case L::Related:
      if (to == L::Related) return 0;
      if (to == L::Again) return w(Feature::RelatedText);
      return to == L::AgainSubhead ? w(Feature::RelatedSub) : kNever;
    case L::Again:
      if (to == L::Again || to == L::After) return 0;
      if (to == L::AgainSubhead) return w(Feature::TextSub);
      return to == L::Related ? w(Feature::TextGap) : kNever;
    case L::AgainSubhead:
      if (to == L::Again) return 0;
      if (to == L::AgainSubhead) return w(Feature::SubSub);
      return to == L::Related ? w(Feature::SubGap) : kNever;
    case L::After:
      return to == L::After ? 0 : kNever;
  }
  return kNever;
}

std::vector<LineLabel> LineModel::label(const LineTable& table) const {
  const std::size_t n = table.lines.size();
  if (n == 0) return {};
  // A text in which next to nothing looks like furniture is taken as it is.
  std::size_t odd = 0;
  for (const LineFacts& line : table.lines) {
    if (line.marked() || (line.words < 13 && !line.ends_sentence())) ++odd;
  }
  const bool quiet = 3 * odd <= n;
  std::array<std::array<float, kLineLabels>, kLineLabels> moves{};
  for (std::size_t a = 0; a < kLineLabels; ++a) {
    for (std::size_t b = 0; b < kLineLabels; ++b) {
      moves[a][b] = move(static_cast<LineLabel>(a), static_cast<LineLabel>(b));
    }
  }
  std::vector<std::array<std::uint8_t, kLineLabels>> back(n);
  std::array<float, kLineLabels> best{};
  best.fill(kNever);
  best[0] = 0;  // before the first line: as after furniture
  for (std::size_t i = 0; i < n; ++i) {
    const std::array<float, kLineLabels> emit = emissions(table, i, quiet);
    std::array<float, kLineLabels> next{};
    for (std::size_t b = 0; b < kLineLabels; ++b) {
      float top = 2 * kNever;
      for (std::size_t a = 0; a < kLineLabels; ++a) {
        const float score = best[a] + moves[a][b];
        if (score <= top) continue;
        top = score;
        back[i][b] = static_cast<std::uint8_t>(a);
      }
      next[b] = std::max(top + emit[b], 2 * kNever);
    }
    best = next;
  }
  constexpr std::array<LineLabel, 4> kLast = {LineLabel::After, LineLabel::Text, LineLabel::Again,
                                              LineLabel::Before};
  LineLabel at = kLast[0];
  for (const LineLabel last : kLast) {
    if (best[static_cast<std::size_t>(last)] > best[static_cast<std::size_t>(at)]) at = last;
  }
  std::vector<LineLabel> out(n);
  for (std::size_t i = n; i-- > 0;) {
    out[i] = at;
    at = static_cast<LineLabel>(back[i][static_cast<std::size_t>(at)]);
  }
  return out;
}

}  // namespace twosource::clean
