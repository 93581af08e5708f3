#pragma once

#include <cstddef>
#include <cstdint>
#include <iosfwd>
#include <memory>
#include <string>
#include <string_view>

#include "text/error.hpp"

namespace twosource::intake {

// A stream of bytes. Failures are values: reading ends and failure() says why.
class ByteSource {
 public:
  virtual ~ByteSource() = default;
  // Reads up to `size` bytes; fewer only at the end. 0: nothing more, for whatever reason.
  virtual std::size_t read(char* into, std::size_t size) = 0;
  // Why reading stopped before the end of the data, in words; empty when it did not.
  [[nodiscard]] virtual std::string failure() const { return {}; }
  // After a failure or the end: looks for a later place where reading can go on (the next gzip
  // member) and forgets the failure. False when there is none.
  virtual bool resume() { return false; }
};

// Reads from memory that must outlive the source.
[[nodiscard]] std::unique_ptr<ByteSource> from_memory(std::string_view bytes);
// The same with bytes of its own.
[[nodiscard]] std::unique_ptr<ByteSource> from_string(std::string bytes);

// Opens a file (or pipe, or device) for reading; refuses with the system's reason.
[[nodiscard]] Result<std::unique_ptr<ByteSource>> open_file(const std::string& path);
// Reads from a stream that must outlive the source.
[[nodiscard]] std::unique_ptr<ByteSource> from_stream(std::istream& in);

// Bytes with a look ahead, whole or by lines. gzip and zstd data, told by their first bytes and not
// by a name, are opened on the way (one within the other up to two deep).
class Input {
 public:
  // Opened data may not grow by more than `max_ratio` beyond its first MiB: what a small file may
  // cost is bounded before anything looks at the content.
  Input(std::unique_ptr<ByteSource> source, double max_ratio);

  // The next bytes, at least `size` of them unless the data ends before. Valid until the next call.
  [[nodiscard]] std::string_view peek(std::size_t size);
  // Everything that is left; false when that is more than `limit` bytes (then `into` is cut).
  [[nodiscard]] bool read_all(std::size_t limit, std::string& into);

  enum class Line : unsigned char { Whole, TooLong, End };
  // The next line without its line break. A line of more than `limit` bytes is passed over without
  // being kept. The view is valid until the next call.
  [[nodiscard]] Line next_line(std::size_t limit, std::string_view& line);

  // The next `size` bytes (fewer at the end) are appended to `into`; what comes back is how many.
  std::size_t take(std::size_t size, std::string& into);
  // Passes over `size` bytes without keeping them; fewer at the end.
  std::uint64_t skip(std::uint64_t size);

  [[nodiscard]] std::string failure() const { return source_->failure(); }
  // Goes on behind broken or foreign data, where the source can; what was read ahead is dropped.
  bool resume();

 private:
  bool fill(std::size_t size);
  [[nodiscard]] std::string_view rest() const { return std::string_view(buffer_).substr(begin_); }

  std::unique_ptr<ByteSource> source_;
  std::string buffer_;
  std::size_t begin_ = 0;  // first byte of buffer_ that was not handed out
};

}  // namespace twosource::intake
