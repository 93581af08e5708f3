#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "article/article.hpp"

namespace twosource::annotate {

// What a rule's value template can set; docs/time.md explains each.
enum class Key : std::uint8_t {
  Year,
  Month,
  MonthDay,
  Weekday,
  Week,
  Quarter,
  Half,
  Season,
  Decade,
  Century,
  Iso,
  Number,
  UnitOf,
  Number2,
  UnitOf2,
  Part,
  Hour,
  Minute,
  Zone,
  Value,
  Holiday,
  Direction,
  Lean,
  Reference,
  YearShift,
  WeekShift,
  Mod,
  Quant,
  Freq,
  Anchor
};

// How a draft becomes a value (second step).
enum class DraftKind : std::uint8_t {
  Date,
  Weekday,
  Shift,
  Season,
  Decade,
  Century,
  Duration,
  Literal,
  Clock,
  Holiday,
  Week,
  Weekend,
  Set,
  Part,
  Today,
  Same,
  Period
};

[[nodiscard]] std::optional<Key> key_of(std::string_view name);
[[nodiscard]] std::optional<DraftKind> draft_kind_of(std::string_view name);

// An under-specified time expression: what the words say, before the publication date is looked at.
struct Draft {
  Span span;
  std::uint32_t first_token = 0;
  std::uint32_t last_token = 0;  // exclusive
  TimexType type = TimexType::Date;
  DraftKind kind = DraftKind::Date;
  std::vector<std::pair<Key, std::string>> fields;  // a few, in the order of the rule
  std::uint32_t group = 0;                          // expressions of one match share it
  bool interval = false;

  // Empty when not set.
  [[nodiscard]] const std::string& get(Key key) const;
  [[nodiscard]] bool has(Key key) const { return !get(key).empty(); }
  // The field as a whole number; nullopt when missing or none.
  [[nodiscard]] std::optional<int> number(Key key) const;
};

}  // namespace twosource::annotate
