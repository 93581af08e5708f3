#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "article/dossier.hpp"
#include "report/labels.hpp"
#include "text/pack.hpp"

namespace twosource::report {

// One cell of the table of claims: what one article does with one claim.
enum class CellState : std::uint8_t { Reports, Cites, Copies, Differs, Later, Silent };
struct Cell {
  CellState state = CellState::Silent;
  std::string words;  // the differing value as the article writes it, the agency, the speaker
};

// A column: an article, under the origin that most of its sentences rest on.
struct Column {
  std::uint32_t article = 0;
  std::string group;
};

// Claims of one verdict, in the order in which the report shows verdicts: what needs a look first.
struct ClaimGroup {
  Verdict verdict = Verdict::Confirmed;
  std::vector<std::uint32_t> claims;
};

// Everything that HTML and Markdown say alike, computed once.
class View {
 public:
  View(const Dossier& dossier, const PackSet& packs);

  [[nodiscard]] const Dossier& dossier() const noexcept { return dossier_; }
  [[nodiscard]] const Labels& labels() const noexcept { return labels_; }
  [[nodiscard]] const std::string& language() const noexcept { return language_; }
  [[nodiscard]] std::string title() const;
  // "7. Juli 2017 – 11. November 2017", from publication dates and events; empty when none known.
  [[nodiscard]] std::string time_span() const;
  // Publisher, else the host of the URL, else the article's id.
  [[nodiscard]] std::string outlet(std::uint32_t article) const;
  // The headline, else the first words of the text.
  [[nodiscard]] std::string headline(std::uint32_t article) const;
  // Only web addresses become links: anything else could run in the reader's browser.
  [[nodiscard]] static std::string safe_url(const std::string& url);
  // What an article rests on: its own text, an agency, or another outlet whose text it took over.
  [[nodiscard]] std::string rests_on(std::uint32_t article) const;
  [[nodiscard]] std::string origin_name(std::int32_t origin) const;
  [[nodiscard]] std::vector<Column> columns() const;
  [[nodiscard]] std::vector<ClaimGroup> groups() const;
  [[nodiscard]] Cell cell(const Claim& claim, std::uint32_t article) const;
  // The words in the text that stand for a side of a difference ("zwei Stunden und 15 Minuten").
  [[nodiscard]] std::string value_words(const Statement& statement, const std::string& slot,
                                        const std::string& value) const;
  [[nodiscard]] std::string slot_name(const std::string& slot) const;
  [[nodiscard]] static std::string article_anchor(std::uint32_t article);
  // Anchor of the sentence that contains (the start of) the evidence.
  [[nodiscard]] std::string sentence_anchor(const Evidence& evidence) const;
  // Names of the entities without, per person, in order of the number of mentions.
  [[nodiscard]] std::vector<std::uint32_t> people() const;
  [[nodiscard]] std::string role_dates(const Role& role) const;

 private:
  [[nodiscard]] std::string main_agency(std::uint32_t article, bool& all) const;
  // The other outlet that an origin of an article's sentence is; empty when it is its own house.
  [[nodiscard]] std::string other_house(std::uint32_t article, std::int32_t origin) const;
  // The other outlet that a sentence is taken over from; empty when it is the article's own.
  [[nodiscard]] std::string copied_from(const Evidence& sentence) const;
  [[nodiscard]] std::string reprinted_from(std::uint32_t article) const;
  const Dossier& dossier_;
  std::string language_;
  Labels labels_;
};

[[nodiscard]] std::string_view sign(CellState state) noexcept;
[[nodiscard]] std::string_view css_class(CellState state) noexcept;

}  // namespace twosource::report
