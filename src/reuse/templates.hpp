#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "article/article.hpp"
#include "reuse/shingles.hpp"

namespace twosource::reuse {

// A shingle is a template of an outlet (paywall stub, ticker head, daily count report) when it
// stands in kTemplateTexts or more different texts of that outlet that are spread over
// kTemplateDays publication days, or, where days are few or unknown, in kTemplateManyTexts.
// Versions of one URL and identical texts count once. The spread keeps a small stack safe: an
// outlet that tells one story five times in two days has no templates, it copies itself.
// Tuned on press_reuse_de, dev half; docs/benchmarks.md has the figures.
inline constexpr std::uint32_t kTemplateTexts = 4;
inline constexpr std::uint32_t kTemplateDays = 3;
inline constexpr std::uint32_t kTemplateManyTexts = 12;

// The template shingles of all outlets, sorted. `order` names the articles in canonical order.
// Articles without publisher teach nothing. O(n log n) in the shingles of an outlet.
[[nodiscard]] std::vector<std::uint64_t> learn_templates(std::span<const Article> articles,
                                                         std::span<const ShingledText> texts,
                                                         std::span<const std::uint32_t> order);

// Takes the templates out of every text's `set`. `at` stays as it is.
void discount_templates(const std::vector<std::uint64_t>& templates, std::span<ShingledText> texts);

}  // namespace twosource::reuse
