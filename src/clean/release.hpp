#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "article/article.hpp"
#include "text/hash_map.hpp"
#include "text/pack.hpp"

namespace twosource::clean {

// Tells what a body writes about itself (a press release) from the text of a newsroom, precision
// first: an article about a press release is none. Words come from lang/*/clean_release.tsv, the
// services that hand releases out from agencies.tsv (kind "release"). Const, thread-safe.
class ReleaseFinder {
 public:
  explicit ReleaseFinder(const PackSet& packs);

  // Does the article say so itself: by a line at its top ("Pressemitteilung Nr. 12", "Press release
  // by …"), by a service as its only source ("Berlin (ots) -", and no author), or by the line that
  // such a service puts below? Looks at the first and last lines only. `plain`: it was no page, so
  // that a line above it is no menu.
  [[nodiscard]] bool says_so(const Article& a, bool plain) const;
  // Is one of the words by which structured data call the text (genre, section) such a name?
  [[nodiscard]] bool is_section(const std::vector<std::string>& words) const;

 private:
  enum class Line { Alone, Owned, Headline };
  [[nodiscard]] bool names_release(std::string_view line, Line kind) const;
  [[nodiscard]] bool signed_by_service(const Article& a) const;
  [[nodiscard]] bool only_service(const Article& a) const;

  StringSet names_;
  StringSet sections_;
  StringSet owners_;
  StringSet beside_;
  StringSet services_;
  std::vector<std::string> signs_;
};

}  // namespace twosource::clean
