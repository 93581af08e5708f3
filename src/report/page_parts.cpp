#include "report/page_parts.hpp"

#include "report/report.hpp"
#include "text/embedded.hpp"

namespace twosource {
[[nodiscard]] std::span<const EmbeddedFile> report_template_files();
}  // namespace twosource

namespace twosource::report {
namespace {

std::string_view file(std::string_view name) {
  for (const EmbeddedFile& f : report_template_files()) {
    if (f.name == name) return f.bytes();
  }
  return {};
}

}  // namespace

std::string_view style_sheet() { return file("dossier.css"); }
std::string_view page_template() { return file("dossier.mustache"); }

}  // namespace twosource::report
