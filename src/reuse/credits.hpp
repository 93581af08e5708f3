#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "article/article.hpp"
#include "text/hash_map.hpp"
#include "text/pack.hpp"

namespace twosource::reuse {

// What an article says about who wrote it.
struct Authorship {
  std::vector<std::string> agencies;  // text agencies credited, canonical, sorted, each once
  bool own_author = false;            // a person or staff code that is neither agency nor outlet
};

// Agency names and aliases of all packs (agencies.tsv), and outlets with their other names
// (outlets.tsv). Const after construction.
class Credits {
 public:
  explicit Credits(const PackSet& packs);

  // Text credits of the article plus agencies in its author fields. An author who is the outlet
  // itself ("n-tv NACHRICHTEN" at n-tv.de) is no own author. A staff code beside the agencies
  // ("cgn/fab (afpe, dpa)") is one.
  [[nodiscard]] Authorship authorship(const Article& article) const;

  // Canonical name of an agency; empty when `name` is none. Case is ignored.
  [[nodiscard]] std::string agency(std::string_view name) const;

 private:
  void read(const Pack& pack);
  StringMap<std::string> agencies_;  // lower case name or alias -> canonical
};

// Key of the house that publishes the article: "house:" and publisher group, publisher or host of
// the URL, lower case; "article:" and the id when none is known (then the article stands for
// itself: two unknown publishers are two houses).
[[nodiscard]] std::string house_key(const Article& article);
// The house as people read it.
[[nodiscard]] std::string house_name(const Article& article);

}  // namespace twosource::reuse
