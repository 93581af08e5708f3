#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "text/embedded.hpp"
#include "text/pack.hpp"

namespace twosource {

Result<void> PackSet::add(std::string_view path, std::string_view bytes,
                          const std::string& shown_name) {
  const std::size_t slash = path.find('/');
  if (slash == std::string_view::npos || slash == 0) {
    return tl::unexpected(Error{"a pack's file lies in a language's folder", shown_name});
  }
  const std::string code(path.substr(0, slash));
  auto [it, inserted] = packs_.try_emplace(code, code);
  return it->second.add(std::string(path.substr(slash + 1)), bytes, shown_name);
}

PackSet PackSet::builtin() {
  PackSet set;
  for (const EmbeddedFile& file : builtin_pack_files()) {
    const Result<void> added =
        set.add(file.name, file.bytes(), "lang/" + std::string(file.name));
    if (!added) throw PackError(added.error().describe());
  }
  return set;
}

Result<PackSet> PackSet::with_overrides(const std::string& dir) {
  namespace fs = std::filesystem;
  PackSet set = builtin();
  std::error_code failed;
  std::vector<fs::path> files;
  for (fs::recursive_directory_iterator it(dir, failed), end; !failed && it != end;
       it.increment(failed)) {
    if (it->is_regular_file()) files.push_back(it->path());
  }
  if (failed) return tl::unexpected(Error{failed.message(), dir});
  if (files.empty()) {
    return tl::unexpected(Error{"no language pack files (expected <dir>/de/*.tsv …)", dir});
  }
  std::sort(files.begin(), files.end());
  for (const fs::path& path : files) {
    const std::string relative = fs::relative(path, dir).generic_string();
    if (relative.find('/') == std::string::npos) continue;  // a README beside the folders
    std::ifstream in(path, std::ios::binary);
    const std::string bytes((std::istreambuf_iterator<char>(in)), {});
    if (!in.good() && !in.eof()) return tl::unexpected(Error{"cannot be read", path.string()});
    const Result<void> added = set.add(relative, bytes, path.string());
    if (!added) return tl::unexpected(added.error());
  }
  return set;
}

const Pack& PackSet::get(std::string_view code) const {
  static const Pack kEmpty;
  auto it = packs_.find(code);
  if (it == packs_.end() && code != "common") it = packs_.find("en");
  return it == packs_.end() ? kEmpty : it->second;
}

bool PackSet::has(std::string_view code) const { return packs_.find(code) != packs_.end(); }

std::vector<std::string> PackSet::languages() const {
  std::vector<std::string> out;
  for (const auto& [code, pack] : packs_) {
    if (code != "common") out.push_back(code);
  }
  return out;
}

}  // namespace twosource
