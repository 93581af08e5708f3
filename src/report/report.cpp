#include "report/report.hpp"

namespace twosource::report {

std::string to_html(const Dossier& dossier) { return dossier.title; }
std::string to_markdown(const Dossier& dossier) { return dossier.title; }

}  // namespace twosource::report
