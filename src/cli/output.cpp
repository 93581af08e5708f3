#include "cli/output.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <ostream>
#include <system_error>

#include "text/error.hpp"

namespace twosource::cli {
namespace fs = std::filesystem;

Output::Output(const Env& env, const std::string& path) : target_(path), stream_(&env.out) {
  if (path.empty() || path == "-") return;
  std::error_code error;
  if (fs::is_symlink(path, error)) target_ = fs::weakly_canonical(path, error).string();
  const fs::file_status status = fs::status(target_, error);
  if (fs::is_directory(status)) throw IoError(path + ": is a folder");
  const bool in_place = fs::exists(status) && !fs::is_regular_file(status);
  if (!in_place) temporary_ = fmt::format("{}.part-{}", target_, ::getpid());
  errno = 0;
  file_.open(in_place ? target_ : temporary_, std::ios::binary | std::ios::trunc);
  if (!file_) {
    temporary_.clear();
    fail();
  }
  stream_ = &file_;
}

Output::~Output() {
  if (temporary_.empty()) return;
  std::error_code error;
  file_.close();
  fs::remove(temporary_, error);
}

void Output::check() {
  if (!*stream_) fail();
}

void Output::commit() {
  errno = 0;
  stream_->flush();
  check();
  if (temporary_.empty()) return;
  file_.close();
  if (!file_) fail();
  std::error_code error;
  fs::rename(temporary_, target_, error);
  if (error) throw IoError(fmt::format("{}: {}", target_, error.message()));
  temporary_.clear();
}

void Output::fail() const {
  const int code = errno;
  if (stream_ != &file_ && target_.empty() && code == EPIPE) throw BrokenPipe{};
  const std::string name = target_.empty() || target_ == "-" ? "standard output" : target_;
  throw IoError(fmt::format(
      "{}: {}", name, code != 0 ? std::generic_category().message(code) : "cannot be written"));
}

}  // namespace twosource::cli
