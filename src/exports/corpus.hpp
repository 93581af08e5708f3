#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "article/dossier.hpp"
#include "article/edtf.hpp"
#include "text/utf8.hpp"

namespace twosource::exports {

// A dossier as the formats want it: places in code points, names of outlets, and a name that the
// whole world may use for every article, claim, event and story. The dossier must outlive it.
class Corpus {
 public:
  explicit Corpus(const Dossier& dossier);

  [[nodiscard]] const Dossier& dossier() const noexcept { return dossier_; }
  // The exact words, and their place in code points of the article's text.
  [[nodiscard]] std::string_view words(const Evidence& e) const;
  [[nodiscard]] Span place(const Evidence& e) const;
  // Up to `code_points` characters before and behind the words.
  [[nodiscard]] std::string_view before(const Evidence& e, std::uint32_t code_points) const;
  [[nodiscard]] std::string_view behind(const Evidence& e, std::uint32_t code_points) const;

  // Publisher, else the host of the URL, else the article's id.
  [[nodiscard]] std::string outlet(std::uint32_t article) const;
  // Headline, else the first sentence cut to 78 code points, else the id.
  [[nodiscard]] std::string title(std::uint32_t article) const;
  // The address as a link may have it (web_address), else empty.
  [[nodiscard]] std::string url(std::uint32_t article) const;
  // "Nordblick, 2024-05-12, https://…": what is known of it.
  [[nodiscard]] std::string citation(std::uint32_t article) const;

  // "urn:uuid:…", no two alike. Of an article: from id and text, because places count in this text.
  // Of a claim, event or story: from its earliest statement, article and day, so that a name stays
  // when later articles join.
  [[nodiscard]] const std::string& article_iri(std::uint32_t a) const { return article_iris_[a]; }
  [[nodiscard]] const std::string& claim_iri(std::size_t c) const { return claim_iris_[c]; }
  [[nodiscard]] const std::string& event_iri(std::size_t e) const { return event_iris_[e]; }
  [[nodiscard]] const std::string& story_iri(std::size_t s) const { return story_iris_[s]; }

  // Index of the story an event or a claim belongs to.
  [[nodiscard]] std::optional<std::uint32_t> story_of(const Event& event) const;
  [[nodiscard]] std::optional<std::uint32_t> story_of(const Claim& claim) const;
  // Indices of the claims of a story, in the order of the dossier.
  [[nodiscard]] const std::vector<std::uint32_t>& claims_of(std::uint32_t story) const {
    return claims_of_[story];
  }
  [[nodiscard]] std::string entity_name(std::int32_t entity) const;
  [[nodiscard]] const Origin* origin(std::int32_t origin) const;

 private:
  void name_all();
  const Dossier& dossier_;
  std::vector<utf8::OffsetIndex> offsets_;
  std::vector<std::string> article_iris_;
  std::vector<std::string> claim_iris_;
  std::vector<std::string> event_iris_;
  std::vector<std::string> story_iris_;
  std::vector<std::vector<std::uint32_t>> claims_of_;
};

// The latest of the moments that `articles` were published or modified at, as RFC 3339 in UTC; of a
// date without a time its first second; "1970-01-01T00:00:00Z" when none is known. For fields that
// a format demands and that are not allowed to depend on the clock: same input, same bytes.
[[nodiscard]] std::string last_change(const Dossier& dossier,
                                      const std::vector<std::uint32_t>& articles);

// A moment of `date`, which must have precision Time, in UTC: "20240511T181500Z", or without Z when
// its zone is not written. Empty when the day has no such time (24:00, a leap second).
[[nodiscard]] std::string basic_utc(const PartialDate& date);

}  // namespace twosource::exports
