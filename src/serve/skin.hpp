#pragma once

#include <map>
#include <string>
#include <string_view>

#include "report/labels.hpp"
#include "report/template.hpp"

namespace twosource::serve {

// The pages in one language: its words (serve.tsv over report.tsv of its pack) and every template
// with them put in. Const and shared by all threads.
class Skin {
 public:
  explicit Skin(const Pack& pack);
  [[nodiscard]] const report::Labels& labels() const noexcept { return labels_; }
  [[nodiscard]] const std::string& language() const noexcept { return language_; }
  [[nodiscard]] std::string render(std::string_view page, const report::Data& data) const;

 private:
  std::string language_;
  report::Labels labels_;
  std::map<std::string, report::Template, std::less<>> templates_;
};

// A file of templates/ or static/ as it was at build time; empty when there is none.
[[nodiscard]] std::string_view site_file(std::string_view name);
// The style sheet of the report and that of the site, in this order.
[[nodiscard]] const std::string& site_style();
// Changes when style sheet or script do.
[[nodiscard]] const std::string& site_version();

}  // namespace twosource::serve
