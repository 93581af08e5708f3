#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "clean/flat.hpp"
#include "clean/flat_lines.hpp"
#include "clean/flat_model.hpp"
#include "text/hash_map.hpp"

namespace twosource::clean {

// Looks at the lines before the text: headline, authors, dates. Const, thread-safe.
class HeadReader {
 public:
  HeadReader(const PackSet& packs, const CreditFinder& credits, const DateFinder& dates);

  // Index of the first line that is kept; lines.size() if none is.
  [[nodiscard]] static std::size_t first_kept(const std::vector<LineLabel>& labels);
  // Index of the headline among the lines before the text, lines.size() if none is good enough.
  [[nodiscard]] std::size_t headline(const FlatText& text, const LineTable& table,
                                     const std::vector<LineLabel>& labels,
                                     std::string_view known_headline) const;
  // Dates and authors of the lines around the headline into `out`; lines that turn out to be
  // bylines are noted in `bylines`.
  void read(const FlatText& text, const LineTable& table, const std::vector<LineLabel>& labels,
            std::size_t headline, FlatResult& out, std::vector<bool>& bylines) const;

  // People in a byline: "Von Jana Kern und Ole Tietz, dpa" → Jana Kern, Ole Tietz.
  [[nodiscard]] std::vector<std::string> authors(std::string_view byline) const;

 private:
  [[nodiscard]] float headline_score(const FlatText& text, const LineTable& table, std::size_t at,
                                     std::size_t anchor, std::string_view known) const;
  [[nodiscard]] bool is_person(std::string_view line, const LineFacts& facts) const;
  void date_of(std::string_view line, FlatResult& out) const;

  StringSet first_names_;
  StringSet by_words_;
  const CreditFinder& credits_;
  const DateFinder& dates_;
};

}  // namespace twosource::clean
