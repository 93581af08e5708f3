#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "clean/flat.hpp"
#include "clean/flat_dateline.hpp"
#include "clean/flat_head.hpp"
#include "clean/flat_lines.hpp"
#include "clean/flat_model.hpp"

namespace twosource::clean {

// Writes paragraphs and furniture of one text in order of its lines. One per text; keeps what is
// waiting for the next paragraph, because furniture stands before a byte of the finished text.
class FlatWriter {
 public:
  explicit FlatWriter(FlatResult& out) : out_(out) {}
  void paragraph(std::string_view text, ParagraphKind kind);
  // Index of the new furniture in FlatResult::furniture.
  std::int32_t furniture(FurnitureKind kind, std::string_view text);
  // Furniture behind the last paragraph stands before the end of the text.
  void finish();

 private:
  FlatResult& out_;
  std::size_t waiting_ = 0;  // first furniture without a place
};

// Turns labelled lines into the result. Const, thread-safe.
class FlatBuilder {
 public:
  FlatBuilder(const HeadReader& head, const DatelineFinder& datelines, const CreditFinder& credits)
      : head_(head), datelines_(datelines), credits_(credits) {}
  void build(const FlatText& text, const LineTable& table, std::vector<LineLabel> labels,
             std::string_view known_headline, FlatResult& out) const;

 private:
  struct Run;
  [[nodiscard]] static FurnitureKind kind_of(const Run& run, std::size_t at);
  void keep_line(Run& run, std::size_t at) const;
  void drop_line(Run& run, std::size_t at) const;
  [[nodiscard]] static bool rights_of_text(const Run& run, std::size_t at);
  void credit_line(Run& run, std::size_t at, std::int32_t furniture) const;
  void add_credits(std::string_view text, CreditPlace place, std::int32_t furniture,
                   FlatResult& out) const;
  const HeadReader& head_;
  const DatelineFinder& datelines_;
  const CreditFinder& credits_;
};

}  // namespace twosource::clean
