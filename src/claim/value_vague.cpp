// Numbers that are not known beside numbers that are: "mehrere Boote" allows "vier Boote".
#include <fmt/format.h>

#include <algorithm>

#include "claim/value_kinds.hpp"
#include "claim/values.hpp"
#include "text/utf8.hpp"

namespace twosource::claim {
namespace {

constexpr std::size_t kMaxVague = 16;  // of a sentence
constexpr std::size_t kNounReach = 4;  // words from "mehrere" to what it counts

// Seconds of the unit that a duration of unknown length counts ("PXD"), 0 for other values. Months
// and years as the measures have them need not be exact here.
double vague_seconds(std::string_view value) {
  constexpr std::pair<std::string_view, double> kUnits[] = {
      {"PTXM", 60.0},       {"PTXH", 3600.0},        {"PXD", 86400.0},
      {"PXW", 7 * 86400.0}, {"PXM", 30.4 * 86400.0}, {"PXY", 365.2 * 86400.0}};
  for (const auto& [name, seconds] : kUnits) {
    if (value == name) return seconds;
  }
  return 0;
}

}  // namespace

void Slots::read_vague(const SentenceUnit& unit, const Lexicons* lexicons) {
  first_vague_.push_back(static_cast<std::uint32_t>(vague_.size()));
  if (lexicons == nullptr) return;
  const Article& article = dossier_.articles[unit.article];
  const Lexicon& lexicon = lexicons->of(article.language);
  for (const std::uint32_t t : unit.times) {
    const Timex& time = article.times[t];
    const double seconds = time.type == TimexType::Duration ? vague_seconds(time.value) : 0;
    const std::string words = utf8::lower(article.at(time.span));
    const VagueNumber* number = lexicon.vague(words.substr(0, words.find(' ')));
    // "Langjährig" says what somebody is, not how long it took.
    if (seconds <= 0 || number == nullptr) continue;
    vague_.push_back({Unit::Duration,
                      number->low * seconds,
                      number->high * seconds,
                      {},
                      time.span,
                      time.value.back()});
  }
  const TokenLayer& layer = article.tokens;
  const Sentence& s = layer.sentences[unit.sentence];
  for (std::size_t i = s.first_token; i < s.last_token; ++i) {
    const VagueNumber* number = lexicon.vague(layer.lower(i));
    if (number == nullptr || vague_.size() - first_vague_.back() >= kMaxVague) continue;
    Vague v{Unit::Count, number->low, number->high, {}, layer.tokens[i].span, 0};
    const std::size_t end = std::min<std::size_t>(s.last_token, i + 1 + kNounReach);
    for (std::size_t k = i + 1; k < end && layer.tokens[k].kind == TokenKind::Word; ++k) {
      if (lexicon.stop_word(layer.lower(k))) continue;
      if (unit.capital_nouns && !layer.tokens[k].upper) continue;
      v.heads.emplace_back(layer.lower(k));
      if (unit.capital_nouns) break;
    }
    if (!v.heads.empty()) vague_.push_back(std::move(v));
  }
}

// The one amount of a sentence that a vague one may be; null when there is none, or more.
const Slots::Amount* Slots::known_amount(const Vague& v, std::uint32_t unit) const {
  const Amount* found = nullptr;
  for (const Amount& y : amounts(unit)) {
    if (y.measure->unit != v.unit) continue;
    const bool counted = v.unit == Unit::Duration ||
                         std::any_of(v.heads.begin(), v.heads.end(), [&](const std::string& h) {
                           return y.head != 0 && same_head(h, heads_[y.head]);
                         });
    if (!counted) continue;
    if (found != nullptr) return nullptr;
    found = &y;
  }
  return found;
}

void Slots::compare_vague(std::uint32_t a, std::uint32_t b, bool turned,
                          std::vector<SlotComparison>& out) const {
  for (std::uint32_t i = first_vague_[a]; i < first_vague_[a + 1]; ++i) {
    const Vague& v = vague_[i];
    const Amount* y = known_amount(v, b);
    if (y == nullptr || known_amount(v, a) != nullptr) continue;
    const Measure& m = *y->measure;
    if (v.unit == Unit::Duration && (m.value.empty() || m.value.back() != v.letter)) continue;
    if (m.modality == Modality::Denied || m.low < v.low || m.high > v.high) continue;
    const Article& article = dossier_.articles[units_[a].article];
    const std::string words(article.at(v.span));
    SlotValue mine{slot_name(m), words, v.span};
    SlotValue other{slot_name(m), m.value, m.span};
    if (turned) std::swap(mine, other);
    out.push_back({Relation::Compatible, std::move(mine), std::move(other),
                   fmt::format("{} allows {}", words, m.value)});
  }
}

}  // namespace twosource::claim
