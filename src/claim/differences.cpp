#include "claim/differences.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "claim/moments.hpp"
#include "text/utf8.hpp"

namespace twosource::claim {
namespace {

// All set by hand, not tuned. Pair probabilities from which differing days and clock times are
// reported as different.
constexpr double kDateDifference = 0.85;
constexpr double kClockDifference = 0.6;
// The same of shares: many are of one base ("60 Prozent der Befragten").
constexpr double kShareDifference = 0.7;
// Hours after which a figure that nobody is named for may have been overtaken.
constexpr double kGrown = 4;

// Did the moment that is disputed lie behind both reports? Then it cannot have been put off.
bool past(const Difference& d, const std::string& x, const std::string& y) {
  return d.slot == "time" && d.a_value < x && d.b_value < x && d.a_value < y && d.b_value < y;
}

}  // namespace

bool grows(std::string_view slot) {
  const std::string_view unit = slot.substr(0, slot.find(':'));
  return unit == "count" || unit == "money" || unit == "percent" || unit == "date" ||
         unit == "time" || unit == "other" || unit == "ratio" || unit == "score" || unit == "area";
}

bool hidden(const SlotComparison& c, double score, bool other_time, const std::string& x,
            const std::string& y, bool undated_now) {
  if (c.a.slot == "date") return score < kDateDifference;
  if (c.a.slot == "time") return score < kClockDifference;
  if (c.a.slot.starts_with("percent") && score < kShareDifference) return true;
  return other_time || (!undated_now && x.empty() != y.empty() && grows(c.a.slot));
}

bool supersedes(Pairing voices, Difference& d, const std::string& x, const std::string& y) {
  if (x.size() < kIsoDay || y.size() < kIsoDay) return false;
  if (voices != Pairing::OneVoice && (!grows(d.slot) || past(d, x, y))) return false;
  if (voices == Pairing::TwoVoices ? other_moment(x, y)
                                   : x.substr(0, kIsoDay) != y.substr(0, kIsoDay)) {
    d.why = fmt::format("reported on {} and on {}", x.substr(0, kIsoDay), y.substr(0, kIsoDay));
    return true;
  }
  const bool clocks = x != y && x.size() > kIsoDay && y.size() > kIsoDay;
  if (voices == Pairing::Unknown && grows(d.slot) && hours_between(x, y).value_or(0) >= kGrown) {
    d.why = fmt::format("reported at {} and at {}", x, y);
    return true;
  }
  if (voices == Pairing::OneVoice && clocks) {
    d.why = fmt::format("the same origin at {} and at {}", x, y);
    return true;
  }
  return false;
}

std::vector<std::string> stated_on(const Dossier& dossier, const Claim& claim) {
  std::map<std::string, std::string> first;
  std::vector<const std::string*> found;
  for (const Statement& s : claim.statements) {
    const Article& a = dossier.articles[s.evidence.article];
    const auto [it, fresh] =
        first.try_emplace(utf8::squeeze(a.at(s.evidence.span)), a.published.value);
    if (!fresh) it->second = std::min(it->second, a.published.value);
    found.push_back(&it->second);
  }
  std::vector<std::string> out;
  for (const std::string* date : found) out.push_back(*date);
  return out;
}

bool same_words(const Dossier& dossier, const Evidence& a, const Evidence& b) {
  return a.span.size() == b.span.size() && utf8::lower(dossier.articles[a.article].at(a.span)) ==
                                               utf8::lower(dossier.articles[b.article].at(b.span));
}

}  // namespace twosource::claim
