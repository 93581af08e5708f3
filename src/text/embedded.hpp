#pragma once

#include <span>
#include <string_view>

namespace twosource {

// One file compiled into the program (cmake/EmbedFiles.cmake). `name` is relative, "de/months.tsv".
struct EmbeddedFile {
  std::string_view name;
  const char* begin;
  const char* end;

  [[nodiscard]] std::string_view bytes() const {
    return {begin, static_cast<std::size_t>(end - begin)};
  }
};

// The language packs under lang/ as they were at build time.
[[nodiscard]] std::span<const EmbeddedFile> builtin_pack_files();

}  // namespace twosource
