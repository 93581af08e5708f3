#include "reuse/templates.hpp"

#include <algorithm>
#include <map>
#include <string_view>
#include <unordered_set>
#include <utility>

#include "text/hash_map.hpp"

namespace twosource::reuse {
namespace {

using Entry = std::pair<std::uint64_t, std::uint32_t>;  // shingle, publication day

// Numbers the publication days of one outlet; unknown dates are all day 0.
class Days {
 public:
  std::uint32_t number(const PublicationDate& date) {
    if (date.value.empty()) return 0;
    return days_
        .emplace(std::string_view(date.value).substr(0, 10),
                 static_cast<std::uint32_t>(days_.size() + 1))
        .first->second;
  }

 private:
  std::map<std::string_view, std::uint32_t> days_;
};

// One article for each different text and URL: the first in canonical order.
std::vector<std::uint32_t> distinct(std::span<const Article> articles,
                                    const std::vector<std::uint32_t>& members) {
  std::unordered_set<std::string_view, StringHash> seen;
  std::vector<std::uint32_t> out;
  for (const std::uint32_t i : members) {
    const Article& a = articles[i];
    const bool new_text = seen.insert(a.text).second;
    const bool new_url = a.url.empty() || seen.insert(a.url).second;
    if (new_text && new_url) out.push_back(i);
  }
  return out;
}

void collect(std::vector<Entry>& entries, std::vector<std::uint64_t>& templates) {
  std::sort(entries.begin(), entries.end());
  for (std::size_t i = 0; i < entries.size();) {
    std::size_t j = i;
    std::uint32_t days = 0;
    for (; j < entries.size() && entries[j].first == entries[i].first; ++j) {
      if (j == i || entries[j].second != entries[j - 1].second) ++days;
    }
    const std::size_t texts = j - i;
    if (texts >= kTemplateManyTexts || (texts >= kTemplateTexts && days >= kTemplateDays)) {
      templates.push_back(entries[i].first);
    }
    i = j;
  }
}

}  // namespace

std::vector<std::uint64_t> learn_templates(std::span<const Article> articles,
                                           std::span<const ShingledText> texts,
                                           std::span<const std::uint32_t> order) {
  std::map<std::string_view, std::vector<std::uint32_t>> outlets;
  for (const std::uint32_t i : order) {
    if (!articles[i].publisher.empty()) outlets[articles[i].publisher].push_back(i);
  }
  std::vector<std::uint64_t> templates;
  std::vector<Entry> entries;
  for (const auto& [name, members] : outlets) {
    const std::vector<std::uint32_t> chosen = distinct(articles, members);
    if (chosen.size() < kTemplateTexts) continue;
    entries.clear();
    Days days;
    for (const std::uint32_t i : chosen) {
      const std::uint32_t day = days.number(articles[i].published);
      for (const std::uint64_t s : texts[i].set) entries.emplace_back(s, day);
    }
    collect(entries, templates);
  }
  std::sort(templates.begin(), templates.end());
  templates.erase(std::unique(templates.begin(), templates.end()), templates.end());
  return templates;
}

void discount_templates(const std::vector<std::uint64_t>& templates,
                        std::span<ShingledText> texts) {
  if (templates.empty()) return;
  const std::unordered_set<std::uint64_t> known(templates.begin(), templates.end());
  for (ShingledText& text : texts) {
    std::erase_if(text.set, [&](std::uint64_t s) { return known.contains(s); });
  }
}

}  // namespace twosource::reuse
