#pragma once

#include <string>
#include <string_view>

namespace twosource::intake {

struct Tag {
  std::string name;        // lower case, cut at 32 bytes
  std::string_view whole;  // from `<` to `>`
  bool closing = false;
  bool raw_text = false;  // script, style, …: the scanner continues behind its end tag
  std::size_t attributes = 0;
};

// The tags of a page one after the other, without building anything: comments and the content of
// script, style, textarea and the like are passed over. Total and linear.
class TagScanner {
 public:
  explicit TagScanner(std::string_view html) : html_(html) {}
  // The next tag; false at the end. The tag's views point into the page.
  bool next(Tag& tag);

 private:
  [[nodiscard]] std::size_t read_tag(std::size_t at, Tag& tag) const;
  [[nodiscard]] std::size_t behind_raw_text(std::size_t at, std::string_view name) const;

  std::string_view html_;
  std::size_t at_ = 0;
};

}  // namespace twosource::intake
