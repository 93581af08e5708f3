#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>
#include <utility>

#include "clean/dom.hpp"

// The attributes that we read, by name.
namespace twosource::clean::dom {

// By the length of the name, so that a name is compared with few.
inline constexpr std::pair<std::string_view, Attr> kAttributes[] = {
    {"id", Attr::Id},
    {"rel", Attr::Rel},
    {"role", Attr::Role},
    {"name", Attr::Name},
    {"href", Attr::Href},
    {"lang", Attr::Lang},
    {"class", Attr::Class},
    {"style", Attr::Style},
    {"title", Attr::Title},
    {"hidden", Attr::Hidden},
    {"content", Attr::Content},
    {"itemprop", Attr::Itemprop},
    {"itemtype", Attr::Itemtype},
    {"property", Attr::Property},
    {"datetime", Attr::Datetime},
    {"data-type", Attr::DataType},
    {"aria-label", Attr::AriaLabel},
    {"aria-hidden", Attr::AriaHidden},
};
inline constexpr std::size_t kLongestName = 11;
// Index of the first attribute whose name is at least so long.
inline constexpr auto kOfLength = [] {
  std::array<std::size_t, kLongestName + 2> out{};
  for (std::size_t length = 0; length < out.size(); ++length) {
    for (const auto& [name, key] : kAttributes) out[length] += name.size() < length ? 1U : 0U;
  }
  return out;
}();

// The attribute of this name (any case), Attr::Count when we read none such.
[[nodiscard]] constexpr Attr attribute_key(std::string_view name) {
  if (name.size() > kLongestName) return Attr::Count;
  for (std::size_t i = kOfLength[name.size()]; i < kOfLength[name.size() + 1]; ++i) {
    const auto& [known, key] = kAttributes[i];
    const auto same = [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a + 32 : a) == b; };
    if (std::equal(name.begin(), name.end(), known.begin(), same)) return key;
  }
  return Attr::Count;
}

}  // namespace twosource::clean::dom
