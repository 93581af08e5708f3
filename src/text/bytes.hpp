#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

namespace twosource {

// Values as bytes, little-endian, and back: for what the record keeps as blobs.
class ByteWriter {
 public:
  void u8(std::uint8_t v) { out_.push_back(static_cast<char>(v)); }
  void u32(std::uint32_t v) { number(v); }
  void u64(std::uint64_t v) { number(v); }
  void text(std::string_view s) {
    u32(static_cast<std::uint32_t>(s.size()));
    out_.append(s);
  }
  void u32s(const std::vector<std::uint32_t>& list) {
    u32(static_cast<std::uint32_t>(list.size()));
    for (const std::uint32_t v : list) u32(v);
  }
  [[nodiscard]] std::string take() { return std::move(out_); }

 private:
  template <class T>
  void number(T v) {
    for (std::size_t i = 0; i < sizeof(T); ++i) {
      out_.push_back(static_cast<char>(static_cast<unsigned char>((v >> (8 * i)) & 0xFFU)));
    }
  }
  std::string out_;
};

// Reads what ByteWriter wrote. Past the end or after damage every answer is zero or empty and
// done() is false; never reads outside the bytes nor allocates more than they hold.
class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : rest_(bytes) {}
  std::uint8_t u8() { return number<std::uint8_t>(); }
  std::uint32_t u32() { return number<std::uint32_t>(); }
  std::uint64_t u64() { return number<std::uint64_t>(); }
  std::string text() { return std::string(view()); }
  // A text within the bytes that are read.
  std::string_view view() {
    const std::size_t size = u32();
    if (size > rest_.size()) return fail(), std::string_view();
    const std::string_view out = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return out;
  }
  std::vector<std::uint32_t> u32s() {
    const std::size_t size = u32();
    if (size > rest_.size() / sizeof(std::uint32_t)) return fail(), std::vector<std::uint32_t>();
    std::vector<std::uint32_t> out(size);
    for (std::uint32_t& v : out) v = u32();
    return out;
  }
  [[nodiscard]] bool sound() const { return sound_; }
  // Everything read, nothing left, nothing damaged.
  [[nodiscard]] bool done() const { return sound_ && rest_.empty(); }

 private:
  void fail() { sound_ = false, rest_ = {}; }
  template <class T>
  T number() {
    if (rest_.size() < sizeof(T)) return fail(), T{0};
    T v = 0;
    for (std::size_t i = 0; i < sizeof(T); ++i) {
      v = static_cast<T>(
          v | static_cast<T>(static_cast<T>(static_cast<unsigned char>(rest_[i])) << (8 * i)));
    }
    rest_.remove_prefix(sizeof(T));
    return v;
  }
  std::string_view rest_;
  bool sound_ = true;
};

}  // namespace twosource
