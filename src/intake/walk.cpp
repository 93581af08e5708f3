#include "intake/walk.hpp"

#include <fmt/format.h>
#include <sys/stat.h>
#include <xxhash.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>

#include "intake/web.hpp"
#include "text/utf8.hpp"

namespace twosource::intake {
namespace {
namespace fs = std::filesystem;

class Walker {
 public:
  explicit Walker(unsigned max_depth) : max_depth_(max_depth) {}

  void input(const std::string& path) {
    if (path == "-" || is_address(path)) return file(path);
    struct stat info {};
    if (::stat(path.c_str(), &info) != 0) {
      problem(path, "no such file or folder");
    } else if (S_ISDIR(info.st_mode)) {
      folder(path, 0);
    } else {
      file(path);  // a pipe or a device that was named is meant
    }
  }

  std::vector<Source> take() && { return std::move(sources_); }

 private:
  void problem(const std::string& path, std::string reason) {
    sources_.push_back({path, {}, std::move(reason), false});
  }

  void file(const std::string& path) {
    std::error_code error;
    const std::string absolute = path == "-" || is_address(path)
                                     ? path
                                     : fs::absolute(path, error).lexically_normal().string();
    if (files_.insert(absolute).second) {
      sources_.push_back({path, {}, {}, false});
    } else {
      sources_.push_back({path, {}, "given more than once, read once", true});
    }
  }

  void folder(const std::string& path, unsigned depth) {
    struct stat info {};
    if (::stat(path.c_str(), &info) != 0) return problem(path, "cannot be opened");
    if (!folders_.emplace(info.st_dev, info.st_ino).second) return;  // a link led back here
    if (depth > max_depth_) {
      return problem(path, fmt::format("folders nested more than {} deep", max_depth_));
    }
    std::error_code error;
    std::vector<std::string> names;
    for (fs::directory_iterator it(path, error), end; !error && it != end; it.increment(error)) {
      std::string name = it->path().filename().string();
      if (!name.starts_with('.')) names.push_back(std::move(name));
    }
    if (error) problem(path, error.message());
    std::sort(names.begin(), names.end());
    for (const std::string& name : names) entry((fs::path(path) / name).string(), depth);
  }

  void entry(const std::string& path, unsigned depth) {
    struct stat info {};
    if (::stat(path.c_str(), &info) != 0) return problem(path, "a link that leads nowhere");
    if (S_ISDIR(info.st_mode)) return folder(path, depth + 1);
    if (S_ISREG(info.st_mode)) return file(path);
    problem(path, "neither a file nor a folder");
  }

  unsigned max_depth_;
  std::vector<Source> sources_;
  std::set<std::string> files_;
  std::set<std::pair<dev_t, ino_t>> folders_;
};

std::string stem(const std::string& path) {
  if (path == "-") return "stdin";
  if (is_address(path)) return address_id(path);
  fs::path name = fs::path(path).filename();
  if (name.extension() == ".gz" || name.extension() == ".zst") name = name.stem();
  std::string s = utf8::sanitise(name.stem().string());
  return s.empty() ? "document" : s;
}

}  // namespace

std::vector<Source> list_sources(const std::vector<std::string>& inputs, unsigned max_depth,
                                 bool alone) {
  Walker walker(max_depth);
  for (const std::string& input : inputs) walker.input(input);
  std::vector<Source> sources = std::move(walker).take();
  std::map<std::string, unsigned> uses;
  for (Source& s : sources) {
    if (!s.problem.empty()) continue;
    s.id = stem(s.path);
    ++uses[s.id];
  }
  for (Source& s : sources) {
    if (s.problem.empty() && !alone && uses[s.id] > 1) {
      s.id += fmt::format("-{:08x}", XXH3_64bits(s.path.data(), s.path.size()) >> 32U);
    }
  }
  return sources;
}

}  // namespace twosource::intake
