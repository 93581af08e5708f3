#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "article/article.hpp"
#include "text/hash_map.hpp"
#include "text/pack.hpp"

namespace twosource::clean {

// What the words of an element's class, id and role say about what stands inside.
enum class HtmlRole : std::uint8_t {
  None,
  Body,
  Headline,
  Teaser,
  Byline,
  Date,
  Hidden,
  Navigation,
  Share,
  Related,
  Advert,
  Cookie,
  Comment,
  Paywall,
  Footer,
  Tag,
  Caption,
  Credit,
  Player,
  Other
};
struct RoleHint {
  HtmlRole role = HtmlRole::None;
  std::uint8_t weight = 0;  // 3 settles the element, 2 strong, 1 a hint
};

[[nodiscard]] FurnitureKind furniture_kind(HtmlRole role) noexcept;
// Roles that make what stands inside no part of the article.
[[nodiscard]] bool is_furniture(HtmlRole role) noexcept;

// The tables lang/*/clean_html.tsv of all packs. Const, thread-safe.
class HtmlWords {
 public:
  explicit HtmlWords(const PackSet& packs);

  // Bytes of a value that are read.
  static constexpr std::size_t kLongestValue = 512;

  // Reads one attribute value ("article-body js-ArticleText"). Two words in a row count before one,
  // greater weight before smaller; at equal weight furniture counts before article.
  [[nodiscard]] RoleHint read(std::string_view value) const;

 private:
  void add(const std::string& words, RoleHint hint);
  [[nodiscard]] RoleHint of_word(std::string_view word) const;

  StringMap<RoleHint> exact_;     // "comment list": words joined by one blank
  StringMap<RoleHint> prefixes_;  // without the star
  StringSet modifiers_;           // first words of classes that say nothing
  std::vector<std::size_t> prefix_lengths_;
};

}  // namespace twosource::clean
