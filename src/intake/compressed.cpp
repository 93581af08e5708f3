#include "intake/compressed.hpp"

#include <fmt/format.h>
#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <array>

namespace twosource::intake {
namespace {

constexpr std::uint64_t kFreeBytes = 1U << 20U;

// What gzip and zstd share: the input buffer, the bound on growth, the failure.
class Decompressor : public ByteSource {
 public:
  Decompressor(std::unique_ptr<ByteSource> source, double max_ratio)
      : source_(std::move(source)), max_ratio_(max_ratio) {}

  std::size_t read(char* into, std::size_t size) final {
    std::size_t total = 0;
    while (total < size && failure_.empty() && !ended_) {
      const std::size_t n = step(into + total, size - total);
      total += n;
      out_bytes_ += n;
      if (out_bytes_ > kFreeBytes &&
          static_cast<double>(out_bytes_) > max_ratio_ * static_cast<double>(in_bytes_)) {
        failure_ = fmt::format("compressed data that grows more than {:.0f}-fold", max_ratio_);
      }
    }
    return total;
  }
  [[nodiscard]] std::string failure() const final { return failure_; }

 protected:
  // Opens some bytes into the buffer: sets ended_ or failure_ when there is nothing more.
  virtual std::size_t step(char* into, std::size_t size) = 0;

  // More compressed bytes in buffer_, behind those from `keep_from` on; false at their end.
  bool refill(std::size_t keep_from) {
    const std::size_t kept = filled_ - keep_from;
    std::copy(buffer_.begin() + static_cast<std::ptrdiff_t>(keep_from),
              buffer_.begin() + static_cast<std::ptrdiff_t>(filled_), buffer_.begin());
    at_ = 0;
    const std::size_t fresh = source_->read(buffer_.data() + kept, buffer_.size() - kept);
    filled_ = kept + fresh;
    in_bytes_ += fresh;
    if (fresh == 0) failure_ = source_->failure();
    return fresh > 0;
  }
  bool refill() { return refill(filled_); }

  std::array<char, 64U << 10U> buffer_{};
  std::size_t at_ = 0;
  std::size_t filled_ = 0;
  bool ended_ = false;
  std::string failure_;

 private:
  std::unique_ptr<ByteSource> source_;
  double max_ratio_;
  std::uint64_t in_bytes_ = 0;
  std::uint64_t out_bytes_ = 0;
};

class GzipSource final : public Decompressor {
 public:
  GzipSource(std::unique_ptr<ByteSource> source, double max_ratio)
      : Decompressor(std::move(source), max_ratio) {
    if (inflateInit2(&stream_, kWindowBits) != Z_OK) failure_ = "zlib cannot start";
  }
  ~GzipSource() override { inflateEnd(&stream_); }
  GzipSource(const GzipSource&) = delete;
  GzipSource& operator=(const GzipSource&) = delete;

 private:
  static constexpr int kWindowBits = 15 + 16;  // largest window, gzip wrapper only

  std::size_t step(char* into, std::size_t size) override {
    if (at_ == filled_ && !refill()) {
      ended_ = true;
      if (inside_ && failure_.empty()) failure_ = "truncated gzip data";
      return 0;
    }
    if (!inside_ && !next_member()) return 0;
    const auto wanted = static_cast<uInt>(std::min<std::size_t>(size, 1U << 30U));
    stream_.next_in = reinterpret_cast<Bytef*>(buffer_.data() + at_);
    stream_.avail_in = static_cast<uInt>(filled_ - at_);
    stream_.next_out = reinterpret_cast<Bytef*>(into);
    stream_.avail_out = wanted;
    const int code = inflate(&stream_, Z_NO_FLUSH);
    at_ = filled_ - stream_.avail_in;
    if (code == Z_STREAM_END) inside_ = false;
    if (code != Z_OK && code != Z_STREAM_END && code != Z_BUF_ERROR) {
      failure_ = "broken gzip data";
    }
    return wanted - stream_.avail_out;
  }

  // Looks for the next member behind broken data, or behind what is none.
  bool resume() override {
    failure_.clear();
    ended_ = false;
    inside_ = false;
    for (;;) {
      const std::string_view rest(buffer_.data() + at_, filled_ - at_);
      const std::size_t found = rest.find("\x1f\x8b\x08");
      if (found != std::string_view::npos) {
        at_ += found;
        inflateReset(&stream_);
        inside_ = true;
        return true;
      }
      // The magic may lie across the border of two buffers; its last two bytes are kept.
      const std::size_t kept = std::min<std::size_t>(rest.size(), 2);
      if (!refill(filled_ - kept)) break;
    }
    ended_ = true;
    return false;
  }

  // At the border between members: starts the next one; what is no member ends the data (padding
  // and rubbish behind the last member are common, gzip itself ignores them).
  bool next_member() {
    if (members_++ > 0 && static_cast<unsigned char>(buffer_[at_]) != 0x1f) {
      ended_ = true;
      return false;
    }
    inflateReset(&stream_);
    inside_ = true;
    return true;
  }

  z_stream stream_{};
  std::size_t members_ = 0;
  bool inside_ = false;
};

class ZstdSource final : public Decompressor {
 public:
  ZstdSource(std::unique_ptr<ByteSource> source, double max_ratio)
      : Decompressor(std::move(source), max_ratio), stream_(ZSTD_createDStream()) {
    if (stream_ == nullptr) failure_ = "zstd cannot start";
  }
  ~ZstdSource() override { ZSTD_freeDStream(stream_); }
  ZstdSource(const ZstdSource&) = delete;
  ZstdSource& operator=(const ZstdSource&) = delete;

 private:
  std::size_t step(char* into, std::size_t size) override {
    if (at_ == filled_ && !pending_ && !refill()) {
      ended_ = true;
      if (hint_ != 0 && failure_.empty()) failure_ = "truncated zstd data";
      return 0;
    }
    ZSTD_inBuffer in{buffer_.data(), filled_, at_};
    ZSTD_outBuffer out{into, size, 0};
    const std::size_t code = ZSTD_decompressStream(stream_, &out, &in);
    at_ = in.pos;
    if (ZSTD_isError(code) != 0) {
      failure_ = fmt::format("broken zstd data ({})", ZSTD_getErrorName(code));
      return out.pos;
    }
    hint_ = code;
    pending_ = out.pos == out.size;  // the decoder may hold more than there was room for
    return out.pos;
  }

  ZSTD_DStream* stream_;
  std::size_t hint_ = 0;  // 0: at the end of a frame
  bool pending_ = false;
};

}  // namespace

Compression compression_of(std::string_view head) noexcept {
  if (head.starts_with("\x1f\x8b\x08")) return Compression::Gzip;
  if (head.starts_with("\x28\xb5\x2f\xfd")) return Compression::Zstd;
  return Compression::None;
}

std::unique_ptr<ByteSource> decompressed(std::unique_ptr<ByteSource> source, Compression kind,
                                         double max_ratio) {
  if (kind == Compression::Gzip) return std::make_unique<GzipSource>(std::move(source), max_ratio);
  if (kind == Compression::Zstd) return std::make_unique<ZstdSource>(std::move(source), max_ratio);
  return source;
}

}  // namespace twosource::intake
