#include "intake/byte_source.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <istream>
#include <system_error>

#include "intake/compressed.hpp"

namespace twosource::intake {
namespace {

constexpr std::size_t kChunk = 256U << 10U;
constexpr int kMaxLayers = 2;

std::string system_reason(int error) { return std::generic_category().message(error); }

class FileSource final : public ByteSource {
 public:
  explicit FileSource(int fd) : fd_(fd) {}
  ~FileSource() override { ::close(fd_); }
  FileSource(const FileSource&) = delete;
  FileSource& operator=(const FileSource&) = delete;

  std::size_t read(char* into, std::size_t size) override {
    std::size_t total = 0;
    while (total < size) {
      const ssize_t n = ::read(fd_, into + total, size - total);
      if (n == 0) break;
      if (n < 0) {
        if (errno == EINTR) continue;
        failure_ = system_reason(errno);
        break;
      }
      total += static_cast<std::size_t>(n);
    }
    return total;
  }
  [[nodiscard]] std::string failure() const override { return failure_; }

 private:
  int fd_;
  std::string failure_;
};

class StreamSource final : public ByteSource {
 public:
  explicit StreamSource(std::istream& in) : in_(in) {}
  std::size_t read(char* into, std::size_t size) override {
    in_.read(into, static_cast<std::streamsize>(size));
    return static_cast<std::size_t>(in_.gcount());
  }
  [[nodiscard]] std::string failure() const override {
    return in_.bad() ? "reading failed" : std::string();
  }

 private:
  std::istream& in_;
};

class MemorySource final : public ByteSource {
 public:
  explicit MemorySource(std::string_view bytes) : bytes_(bytes) {}
  std::size_t read(char* into, std::size_t size) override {
    const std::size_t n = std::min(size, bytes_.size());
    std::memcpy(into, bytes_.data(), n);
    bytes_.remove_prefix(n);
    return n;
  }

 private:
  std::string_view bytes_;
};

// Hands out bytes that were already read, then the rest of their source.
class Prefixed final : public ByteSource {
 public:
  Prefixed(std::string prefix, std::unique_ptr<ByteSource> rest)
      : prefix_(std::move(prefix)), rest_(std::move(rest)) {}
  std::size_t read(char* into, std::size_t size) override {
    const std::size_t n = std::min(size, prefix_.size() - at_);
    std::memcpy(into, prefix_.data() + at_, n);
    at_ += n;
    return n == size ? n : n + rest_->read(into + n, size - n);
  }
  [[nodiscard]] std::string failure() const override { return rest_->failure(); }

 private:
  std::string prefix_;
  std::unique_ptr<ByteSource> rest_;
  std::size_t at_ = 0;
};

class StringSource final : public ByteSource {
 public:
  explicit StringSource(std::string bytes) : bytes_(std::move(bytes)) {}
  std::size_t read(char* into, std::size_t size) override {
    const std::size_t given = bytes_.copy(into, size, at_);
    at_ += given;
    return given;
  }

 private:
  std::string bytes_;
  std::size_t at_ = 0;
};

}  // namespace

Result<std::unique_ptr<ByteSource>> open_file(const std::string& path) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY);
  if (fd < 0) return tl::unexpected(Error{system_reason(errno), path});
  return std::make_unique<FileSource>(fd);
}

std::unique_ptr<ByteSource> from_stream(std::istream& in) {
  return std::make_unique<StreamSource>(in);
}

std::unique_ptr<ByteSource> from_memory(std::string_view bytes) {
  return std::make_unique<MemorySource>(bytes);
}

std::unique_ptr<ByteSource> from_string(std::string bytes) {
  return std::make_unique<StringSource>(std::move(bytes));
}

Input::Input(std::unique_ptr<ByteSource> source, double max_ratio) : source_(std::move(source)) {
  for (int layer = 0; layer < kMaxLayers; ++layer) {
    fill(kChunk / 4);
    const Compression kind = compression_of(rest());
    if (kind == Compression::None) return;
    auto whole = std::make_unique<Prefixed>(buffer_.substr(begin_), std::move(source_));
    buffer_.clear();
    begin_ = 0;
    source_ = decompressed(std::move(whole), kind, max_ratio);
  }
}

// Makes at least `size` bytes available; false when the data ends before.
bool Input::fill(std::size_t size) {
  if (buffer_.size() - begin_ >= size) return true;
  buffer_.erase(0, begin_);
  begin_ = 0;
  while (buffer_.size() < size) {
    const std::size_t old = buffer_.size();
    buffer_.resize(old + std::min(size - old, std::max(old, kChunk)));
    const std::size_t n = source_->read(buffer_.data() + old, buffer_.size() - old);
    const bool ended = old + n < buffer_.size();
    buffer_.resize(old + n);
    if (ended) return buffer_.size() >= size;
  }
  return true;
}

std::size_t Input::take(std::size_t size, std::string& into) {
  std::size_t taken = 0;
  while (taken < size) {
    if (rest().empty()) fill(kChunk);
    const std::string_view part = rest().substr(0, size - taken);
    if (part.empty()) break;
    into.append(part);
    begin_ += part.size();
    taken += part.size();
  }
  return taken;
}

std::uint64_t Input::skip(std::uint64_t size) {
  std::uint64_t skipped = 0;
  while (skipped < size) {
    if (rest().empty()) fill(kChunk);
    const std::size_t part =
        static_cast<std::size_t>(std::min<std::uint64_t>(rest().size(), size - skipped));
    if (part == 0) break;
    begin_ += part;
    skipped += part;
  }
  return skipped;
}

bool Input::resume() {
  buffer_.clear();
  begin_ = 0;
  return source_->resume();
}

std::string_view Input::peek(std::size_t size) {
  fill(size);
  return rest();
}

bool Input::read_all(std::size_t limit, std::string& into) {
  const bool longer = fill(limit + 1);
  into = begin_ == 0 ? std::move(buffer_) : buffer_.substr(begin_);
  buffer_.clear();
  begin_ = 0;
  if (into.size() > limit) into.resize(limit);
  return !longer;
}

Input::Line Input::next_line(std::size_t limit, std::string_view& line) {
  std::size_t searched = 0;
  bool too_long = false;
  for (;;) {
    const std::size_t found = rest().find('\n', searched);
    if (found != std::string_view::npos) {
      line = rest().substr(0, found);
      begin_ += found + 1;
      if (too_long || line.size() > limit) return Line::TooLong;
      return Line::Whole;
    }
    if (rest().size() > limit) {  // forget what is here, keep looking for the line's end
      too_long = true;
      begin_ = buffer_.size();
    }
    searched = rest().size();
    if (fill(searched + kChunk) || rest().size() > searched) continue;
    line = rest();
    begin_ = buffer_.size();
    if (too_long) return Line::TooLong;
    return line.empty() ? Line::End : Line::Whole;
  }
}

}  // namespace twosource::intake
