#include "annotate/time/draft.hpp"

#include <charconv>

namespace twosource::annotate {
namespace {

constexpr std::pair<std::string_view, Key> kKeys[] = {
    {"y", Key::Year},           {"m", Key::Month},          {"d", Key::MonthDay},
    {"wd", Key::Weekday},       {"week", Key::Week},        {"q", Key::Quarter},
    {"half", Key::Half},        {"season", Key::Season},    {"dec", Key::Decade},
    {"cent", Key::Century},     {"iso", Key::Iso},          {"n", Key::Number},
    {"u", Key::UnitOf},         {"n2", Key::Number2},       {"u2", Key::UnitOf2},
    {"part", Key::Part},        {"h", Key::Hour},           {"min", Key::Minute},
    {"z", Key::Zone},           {"v", Key::Value},          {"k", Key::Holiday},
    {"dir", Key::Direction},    {"lean", Key::Lean},        {"ref", Key::Reference},
    {"yshift", Key::YearShift}, {"wshift", Key::WeekShift}, {"mod", Key::Mod},
    {"quant", Key::Quant},      {"freq", Key::Freq},        {"anchor", Key::Anchor}};

constexpr std::pair<std::string_view, DraftKind> kKinds[] = {
    {"date", DraftKind::Date},     {"weekday", DraftKind::Weekday},
    {"shift", DraftKind::Shift},   {"season", DraftKind::Season},
    {"decade", DraftKind::Decade}, {"century", DraftKind::Century},
    {"dur", DraftKind::Duration},  {"lit", DraftKind::Literal},
    {"clock", DraftKind::Clock},   {"holiday", DraftKind::Holiday},
    {"week", DraftKind::Week},     {"weekend", DraftKind::Weekend},
    {"set", DraftKind::Set},       {"part", DraftKind::Part},
    {"today", DraftKind::Today},   {"same", DraftKind::Same},
    {"period", DraftKind::Period}};

}  // namespace

std::optional<Key> key_of(std::string_view name) {
  for (const auto& [text, key] : kKeys) {
    if (text == name) return key;
  }
  return std::nullopt;
}

std::optional<DraftKind> draft_kind_of(std::string_view name) {
  for (const auto& [text, kind] : kKinds) {
    if (text == name) return kind;
  }
  return std::nullopt;
}

const std::string& Draft::get(Key key) const {
  static const std::string kNone;
  for (const auto& [name, value] : fields) {
    if (name == key) return value;
  }
  return kNone;
}

std::optional<int> Draft::number(Key key) const {
  std::string_view text = get(key);
  if (!text.empty() && text.front() == '+') text.remove_prefix(1);
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace twosource::annotate
