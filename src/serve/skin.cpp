#include "serve/skin.hpp"

#include <fmt/format.h>
#include <xxhash.h>

#include "report/report.hpp"
#include "text/embedded.hpp"

namespace twosource {
[[nodiscard]] std::span<const EmbeddedFile> serve_site_files();
}  // namespace twosource

namespace twosource::serve {
namespace {

constexpr std::string_view kFolder = "templates/";
constexpr std::string_view kEnding = ".mustache";

}  // namespace

std::string_view site_file(std::string_view name) {
  for (const EmbeddedFile& f : serve_site_files()) {
    if (f.name == name) return f.bytes();
  }
  return {};
}

const std::string& site_style() {
  static const std::string kStyle =
      std::string(report::style_sheet()) + std::string(site_file("static/site.css"));
  return kStyle;
}

const std::string& site_version() {
  static const std::string kVersion = [] {
    const std::string all = site_style() + std::string(site_file("static/keys.js"));
    return fmt::format("{:016x}", XXH3_64bits(all.data(), all.size()));
  }();
  return kVersion;
}

Skin::Skin(const Pack& pack) : language_(pack.code()), labels_(pack, "serve.tsv") {
  const auto label = [this](std::string_view key) { return labels_(key); };
  const auto partial = [](std::string_view name) {
    return std::string(site_file(fmt::format("{}{}{}", kFolder, name, kEnding)));
  };
  for (const EmbeddedFile& f : serve_site_files()) {
    if (!f.name.starts_with(kFolder) || !f.name.ends_with(kEnding)) continue;
    const std::string_view name =
        f.name.substr(kFolder.size(), f.name.size() - kFolder.size() - kEnding.size());
    templates_.emplace(std::string(name), report::Template(f.bytes(), label, partial));
  }
}

std::string Skin::render(std::string_view page, const report::Data& data) const {
  const auto it = templates_.find(page);
  return it == templates_.end() ? std::string() : it->second.render(data);
}

}  // namespace twosource::serve
